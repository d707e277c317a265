"""What a page's scripts call their functions with, read off the scripts: where the pages of a list begin."""

from __future__ import annotations

import re

from crawler.discovery.links import Page
from crawler.families.brackets import balanced, split

_FUNCTION = re.compile(r"\bfunction\s+([\w$]+)\s*\(([^)]*)\)")


_MEMBER = re.compile(r"([\w$]+)\s*[:=]\s*(?:async\s*)?(?:function\s*[\w$]*\(([^)]*)\)|\(?([\w$\s,]{1,60}?)\)?\s*=>)")
_VARIABLE = re.compile(r"(?:[A-Za-z_$][\w$]*\s*\.\s*)*([A-Za-z_$][\w$]*)")
_CHOSEN = re.compile(r"\bvalue\b|\bval\(")  # this.value, $(this).val()
_LITERAL = re.compile(r"(?:'([\w-]+)'|\"([\w-]+)\"|(\d+))$")


def functions(page: Page) -> list[tuple[str, list[str]]]:
    """The functions of the page that have parameters, and their names."""
    found = (
        (name, [each.split("=")[0].strip() for each in inside.split(",")])
        for name, inside in _FUNCTION.findall(page.text)
    )
    return [(name, names) for name, names in found if names[0]]


def first_passed(page: Page, name: str) -> str | None:
    """What the page first calls a function with whose parameter has this name (``getList(0)``): where pages begin."""
    name = name.strip()
    if not re.fullmatch(r"[A-Za-z_$][\w$]*", name):
        return None
    for function, names in functions(page):
        calls = _calls(page.text, function) if name in names else []
        given = (_number(page, call[names.index(name)]) for call in calls if len(call) == len(names))
        if (first := next(filter(None, given), None)) is not None:
            return first
    return None


def passed_around(page: Page, name: str) -> str | None:
    """What the function around a request is called with, where its parameter has this name (``docs(id, 0)``)."""
    function, names = page.within or ("", [])
    name = name.strip()
    if not function or name not in names:
        return None
    given = (_number(page, call[names.index(name)]) for call in _calls(page.text, function, member=True)
             if len(call) == len(names))  # fmt: skip
    return next(filter(None, given), None)


def object_passed(page: Page, name: str) -> str | None:
    """What stands in the object that a function is called with whose parameter has this name (``list({page: 1})``)."""
    for function, names in (*functions(page), *_members(page)):
        for call in _calls(page.text, function, member=True) if name in names else ():
            place = names.index(name)
            if place < len(call) and call[place].startswith("{"):
                return balanced(call[place], 0)
    return None


def variable_passed(page: Page, name: str) -> str | None:
    """The variable that a function is called with whose parameter has this name (``list(this.query)``): ``query``."""
    for function, names in (*functions(page), *_members(page)):
        for call in _calls(page.text, function, member=True) if name in names else ():
            place = names.index(name)
            given = _VARIABLE.fullmatch(call[place]) if place < len(call) else None
            if given and given[1] not in names:
                return given[1]
    return None


def _members(page: Page) -> list[tuple[str, list[str]]]:
    """Functions that are members or variables: ``list: function(e){…}``, ``list = (e) => …``."""
    found = ((match[1], match[2] or match[3] or "") for match in _MEMBER.finditer(page.text))
    return [(name, [each.strip() for each in inside.split(",")]) for name, inside in found]


def literals(page: Page, function: str, place: int) -> list[str]:
    """What a function is called with at this place of its parameters, in scripts, clicks and the options of a menu."""
    calls = _calls(page.text, function)
    given = (_LITERAL.match(call[place]) for call in calls if place < len(call))
    found = [next(filter(None, each.groups())) for each in given if each]
    if page.tree is not None and any(_CHOSEN.search(call[place]) for call in calls if place < len(call)):
        for menu in page.tree.css("select"):
            handled = f"{menu.attributes.get('onchange') or ''} {_changed(page, menu.attributes.get('id') or '')}"
            if re.search(rf"\b{re.escape(function)}\s*\(", handled):
                options = (each.attributes.get("value") or "" for each in menu.css("option"))
                found += [each for each in options if re.fullmatch(r"[\w-]+", each)]
    return list(dict.fromkeys(found))


def _changed(page: Page, menu: str) -> str:
    """What a script does when something is chosen in the menu with this id."""
    found = re.search(rf"#{re.escape(menu)}['\"]\s*\)\s*\.\s*(?:change|on)\s*(?=\()", page.text) if menu else None
    return balanced(page.text, found.end()) or "" if found else ""


def _number(page: Page, written: str) -> str | None:
    """A number that a call is given, in quotes or not, or that the page's variable is first set to."""
    written = written[1:-1] if re.fullmatch(r"'\d+'|\"\d+\"", written) else written
    if written.isdecimal() or not re.fullmatch(r"[A-Za-z_$][\w$]*", written):
        return written if written.isdecimal() else None
    given = re.search(rf"\b(?:var|let|const)\s+{re.escape(written)}\s*=\s*(\d+)\b", page.text)
    return given[1] if given else None


def _calls(source: str, function: str, *, member: bool = False) -> list[list[str]]:
    """The arguments of the calls of a function, its definition left out; as a ``member`` of something too."""
    before = r"(?<![\w$])" if member else r"(?<![\w$.])"
    calls = re.finditer(rf"(?<!function ){before}{re.escape(function)}(?=\()", source)
    inside = (balanced(source, call.end()) for call in calls)
    return [[each.strip() for each in split(given, ",")] for given in inside if given is not None]
