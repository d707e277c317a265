"""Where a click leads that calls a function.

``gotoPage(2)``, with ``function gotoPage(n){location.href='list-'+n+'.html'}`` in the page, leads to list-2.html.
No script is run. Only sums of texts, of the call's arguments and of the page's plain variables are read; anything else
gives no address.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from crawler.discovery.links import Page

_SENDS = re.compile(
    r"(?:location(?:\.href)?\s*=(?!=)|location\.(?:replace|assign)\s*\(|window\.open\s*\(|\.(?:load|get)\s*\(|\bfetch\s*\(|\burl\s*:"
    r"|\.(?:attr|prop)\(\s*['\"]src['\"]\s*,|\.src\s*=(?!=))"
    r"\s*([^;,\n}]+)"
)
_DRAWS = re.compile(r"\.getJSON\s*\(\s*([^;,\n}]+)")  # what a click draws from data, where it names a report
_MOVES = re.compile(r"\blocation(?:\.href)?\s*=(?!=)\s*([^;\n}<]+)|\blocation\.(?:replace|assign)\s*\(([^;\n}<]+)\)")
_DEFINED = re.compile(r"\bfunction\b\s*([\w$]*)\s*\(([^)]*)\)\s*\{")
_ASSIGNED = re.compile(r"([\w$.]+)\s*[=:]\s*$")
CALL = re.compile(r"([A-Za-z_$][\w$.]*)\s*\(([^()]*)\)")
_NAME_ALONE = re.compile(r"[A-Za-z_$][\w$]*")
_TERM = re.compile(r"\(?\s*([A-Za-z_$][\w$.]*)\s*(?:([+-])\s*(\d+))?\s*\)?$")
_TEXT = re.compile(r"(['\"])(.*?)\1$")
_LITERAL = re.compile(r"""'[^']*'|"[^"]*\"""")
_COUNTED = re.compile(r"\b([A-Za-z_$][\w$]*)\s*[+-]\s*1\b")
_SUM = re.compile(r"""'[^']*'|"[^"]*"|\([^()]*\)|[^+'"()]+""")
_EITHER = re.compile(r"\([^()?]*\?([^():]*):([^()]*)\)")  # (n > 1 ? '_' + n : '')
_EITHER_WHOLE = re.compile(r"[^?'\"]*\?([^:?]*):([^:?]*)")
_TAKES = re.compile(
    r"(?:([A-Za-z_$][\w$]*)\s*=\s*)?(?:\$\(\s*(?:this|[\w.]+)\s*\)|this|[\w$]+(?:\.(?:currentTarget|target))?)\s*\.\s*"
    r"(?:(?:data|attr|getAttribute)\(\s*['\"](?:data-)?(\w+)['\"]\s*\)|dataset\.(\w+)|(?<=this\.)(id)\b(?!\s*[(=]))"
)
_LISTENS = re.compile(
    r"\$\(\s*['\"]([\w\s.#>-]+)['\"]\s*\)\s*\.\s*(?:click|on|bind)\s*\(\s*(?:['\"]click['\"]\s*,\s*(?:['\"]([\w\s.#>-]+)['\"]\s*,\s*)?)?$"
)
_PLAIN = ("this.id", "attr('id')", 'attr("id")', "attr('rel')", 'attr("rel")')  # attributes that any element may have
_TAKEN = "gongkai_taken"  # stands for what a handler takes from its element
_HANDLER = 400  # characters behind it in which the address is made
_NAME = 60  # characters before a function in which its name is looked for
_BODY = 1200  # characters of a function that are looked at
_CHOSEN = ("this.value", "this.options[this.selectedIndex].value", "value")


def address_of(page: Page, script: str, value: str = "", *, data: bool = False) -> str | None:
    """The address to which a click's script sends the browser; ``value`` is what was chosen in a <select>."""
    chosen = dict.fromkeys(_CHOSEN, value) if value else {}
    direct = _sent(page, script, chosen, set(chosen))
    if direct:
        return direct
    for call in CALL.finditer(script):
        names, start = _functions(page.text).get(call[1], ([], 0))
        if not start:
            continue
        known = _given_object(names, call[2]) or {
            name: told
            for name, each in zip(names, call[2].split(","), strict=False)
            if (told := _value(page, each, chosen)) is not None
        }
        body = _function(page.text, start)
        own = not names and "location" in body  # nextPage() of a page that knows its own number
        counted = set(_COUNTED.findall(body)) if own else set()
        address = _sent(page, body, known, set(names) | counted, _DRAWS if data else _SENDS)
        if address:
            return address
    return None


def _given_object(names: list[str], written: str) -> dict[str, str]:
    """What a function knows that is called with one object (``open({id: '3', type: 2})``): o.id and o.type."""
    if len(names) != 1 or not written.strip().startswith("{"):
        return {}
    pairs = re.findall(r"([\w$]+)['\"]?\s*:\s*(?:'([^']*)'|\"([^\"]*)\"|(\d+))", written)
    return {f"{names[0]}.{key}": single or double or number for key, single, double, number in pairs}


def sent_with(page: Page, known: dict[str, str]) -> str | None:
    """The address to which a page's script sends the browser where these names stand for these values."""
    return _sent(page, page.text, known, set(known))


def openers(page: Page) -> Iterator[tuple[list[str], str, Callable[[dict[str, str]], str | None]]]:
    """The functions of the page that open an address: their parameters, their bodies, and what they make of values."""
    for names, start in _functions(page.text).values():
        body = _function(page.text, start)
        if names and _SENDS.search(body):
            yield names, body, functools.partial(_opened_by, page, body, set(names))


def _opened_by(page: Page, body: str, names: set[str], values: dict[str, str]) -> str | None:
    return _sent(page, body, values, names)


def opened_by(page: Page, function: str, values: list[str]) -> str | None:
    """The address that a function of the page opens when it is called with these values."""
    names, start = _functions(page.text).get(function, ([], 0))
    known = dict(zip(names, values, strict=False))
    return _sent(page, _function(page.text, start), known, set(known)) if start and known else None


def sent_on(page: Page) -> str | None:
    """The address to which a page's script sends the browser by itself, where all terms of its sum are known."""
    for match in _MOVES.finditer(page.text):
        values = [_value(page, term, {}) for term in _SUM.findall((match[1] or match[2]).strip()) if term.strip()]
        if values and all(each is not None for each in values):
            return page.address("".join(each for each in values if each is not None))
    return None


def body_of(page: Page, function: str) -> tuple[list[str], str]:
    """The parameters and the body of a function of the page; nothing where it has none of this name."""
    names, start = _functions(page.text).get(function, ([], 0))
    return names, _function(page.text, start) if start else ""


class _Handler(NamedTuple):
    """A click's handler that takes an attribute from its element and makes an address of it."""

    attribute: str  # without "data-"
    plain: bool  # it is taken as ``this.id``
    before: str  # what stands before the handler: to what it listens
    makes: Callable[[str], str | None]


def held_in(page: Page) -> dict[str, Callable[[str], str | None]]:
    """The attributes of which a click's handler makes an address (``$(this).data('id')``), and what it makes of one."""
    found: dict[str, Callable[[str], str | None]] = {}
    for each in _handlers(page) if "data-" in page.text else ():
        if not each.plain:
            found.setdefault(f"data-{each.attribute}", each.makes)
    return found


def listened(page: Page) -> dict[int, Callable[[LexborNode], str | None]]:
    """The elements with a handler that makes an address of their ``id`` or ``rel`` (``$('.lst li').click(…)``): any
    element may have such an attribute, so that only those count to which a script listens."""
    found: dict[int, Callable[[LexborNode], str | None]] = {}
    if page.tree is None or not any(word in page.text for word in _PLAIN):
        return found
    for each in _handlers(page):
        listens = _LISTENS.search(each.before) if each.attribute in ("id", "rel") else None
        for node in page.tree.css(f"{listens[1]} {listens[2] or ''}") if listens else ():
            found.setdefault(node.mem_id, functools.partial(_by_attribute, each))
    return found


def _by_attribute(handler: _Handler, node: LexborNode) -> str | None:
    value = node.attributes.get(handler.attribute)
    return handler.makes(value) if value else None


def _handlers(page: Page) -> Iterator[_Handler]:
    for match in _TAKES.finditer(page.text):
        function = max(0, page.text.rfind("function", 0, match.start()))
        start = match.start(1) if match[1] else function
        body = _TAKES.sub(f" {_TAKEN} ", page.text[start : match.end() + _HANDLER])
        makes = functools.partial(_made_of, page, body, match[1] or _TAKEN)
        before = page.text[max(0, function - 2 * _NAME) : function]
        yield _Handler(match[2] or match[3] or match[4], bool(match[4]), before, makes)


def _made_of(page: Page, body: str, variable: str, value: str) -> str | None:
    return _sent(page, body, {variable: value, _TAKEN: value}, {variable, _TAKEN})


@functools.lru_cache(maxsize=4)
def _functions(source: str) -> dict[str, tuple[list[str], int]]:
    """The page's functions: their parameters, and where their bodies begin."""
    found = {}
    for match in _DEFINED.finditer(source):
        before = None if match[1] else _ASSIGNED.search(source[max(0, match.start() - _NAME) : match.start()])
        name = match[1] or (before[1] if before else "")
        found[name] = ([each.strip() for each in match[2].split(",") if each.strip()], match.end())
    return found


def _function(source: str, start: int) -> str:
    """The function's body from behind its opening brace."""
    depth = 1
    for place in range(start, min(len(source), start + _BODY)):
        depth += {"{": 1, "}": -1}.get(source[place], 0)
        if depth == 0:
            return source[start:place]
    return source[start : start + _BODY]


def _sent(
    page: Page, script: str, known: dict[str, str], needed: set[str], sends: re.Pattern[str] = _SENDS
) -> str | None:
    """The last address of a script that depends on one of the ``needed`` names (the first page is often apart)."""
    result = None
    for match in sends.finditer(script):
        expression = match[1].strip()
        if _NAME_ALONE.fullmatch(expression) and expression not in known:  # var url = '…?id=' + id; window.open(url)
            given = re.search(rf"(?<![\w.]){re.escape(expression)}\s*=(?!=)\s*([^;\n}}]+)", script)
            expression = given[1].strip() if given else expression
        expression = _EITHER.sub(lambda found: max(found[1], found[2], key=len), expression)
        closed = _within(expression)
        if (either := _EITHER_WHOLE.fullmatch(closed)) is not None:  # n == 1 ? '/nb/' : '/nb/index_' + n + '.html'
            closed = max(either[1], either[2], key=len)
        terms = _SUM.findall(closed)
        unquoted = _LITERAL.sub("", closed)  # y is no part of '/nb/y.jsp'
        if needed and not any(re.search(rf"(?<![\w.]){re.escape(name)}(?![\w(])", unquoted) for name in needed):
            continue
        values = [_value(page, term, known) for term in terms if term.strip()]
        if not needed or not values or any(each is None for each in values):
            continue
        result = page.address("".join(each for each in values if each is not None)) or result
    return result


def _within(expression: str) -> str:
    """An expression up to the bracket that closes the call it stands in: ``'/nb/'+n).then(show)``."""
    depth = 0
    for place, char in enumerate(expression):
        depth += {"(": 1, ")": -1}.get(char, 0)
        if depth < 0:
            return expression[:place]
    return expression


def _value(page: Page, term: str, known: dict[str, str]) -> str | None:
    """The text of one term of a sum: a literal, a number, an argument, a variable of the page."""
    term = term.strip()
    text = _TEXT.match(term)
    if text:
        return text[2]
    if term.isdecimal():
        return term
    if term in known:
        return known[term]
    name = _TERM.match(term)
    if not name:
        return None
    value = known.get(name[1])
    if value is None:
        given = re.search(rf"\b{re.escape(name[1])}\s*=\s*(?:'([^']*)'|\"([^\"]*)\"|(\d+))", page.text)
        value = next((each for each in given.groups() if each is not None), None) if given else None
    if value is None or not name[2]:
        return value
    return str(int(value) + int(name[2] + name[3])) if value.isdecimal() else None
