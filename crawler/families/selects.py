"""Lists that the menus of a page name together: 单位 and 年份 in two <select>s, and a button or script that takes both.

Only a column that shows no entries is asked so: where it shows some, its menus only narrow them down, unless one offers
nothing but organs and has one of them chosen (``others``): then the entries are that organ's alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice, product
from urllib.parse import quote, quote_plus

from selectolax.lexbor import LexborNode

from crawler.discovery.calls import sent_with
from crawler.discovery.links import Page, squeeze
from crawler.discovery.scoring import names_branch
from crawler.families import anylist, asked, made, turned
from crawler.families.brackets import balanced
from crawler.families.forms import fields_of, sent, value_of
from crawler.families.listing import MOST, Step

_YEAR = re.compile(r"((?:19|20)\d\d)(?:年|年度)?")
_ALL = re.compile(r"[-—=\s]*(?:全部|所有|不限|全选).*")
_OWN = re.compile(r"\$\(\s*this\s*\)\s*\.\s*val\(\)|\bthis\.value\b|\b[a-z]\w*\.target\.value\b")
_SUBMITS = "input[type=submit], input[type=image], button, input[type=button]"


@dataclass(frozen=True, slots=True)
class Choice:
    """One combination: what was chosen, of which year it is, and the request."""

    name: str
    year: int | None
    step: Step


@dataclass(frozen=True, slots=True)
class _Menu:
    names: tuple[str, ...]  # its id and its name
    options: list[tuple[str, str]]  # value and text
    closed: bool = True  # no option leaves it open


def choices(page: Page) -> Iterator[Choice]:
    """The requests of all combinations of a page's menus, at most so many; none where nothing takes the menus."""
    source = page.text.lower()
    if page.tree is None or not (any(word in source for word in ("<select", "radio", "<datalist"))):
        return
    found = _of_scripts(page) or _of_forms(page)
    yield from islice(found, MOST)


def others(page: Page) -> list[Choice]:
    """The requests for what a form's menus offer beside the organ whose entries the page shows.

    None where a menu leaves the organ open (全部, 请选择); one that leaves the year open is sent as it stands.
    """
    for form in page.tree.css("form") if page.tree is not None and "<select" in page.text.lower() else []:
        menus = [menu for menu in _menus(form) if len(menu.options) > 1 and menu.closed]
        if not any(_of_organs(menu) for menu in menus) or not _sends(form):
            continue
        found = _sent_by(page, form, menus)
        shown = sent(page, form, fields_of(form), 1)
        return [each for each in found if (each.step.url, each.step.body) != (shown.url, shown.body)]
    return []


def beside(page: Page) -> list[Choice]:
    """The requests that a script makes for what is chosen in menus of nothing but organs or years, of which the page
    shows one."""
    if page.tree is None or "<select" not in page.text.lower():
        return []
    return _of_scripts(page, only=lambda menu: menu.closed and (_of_organs(menu) or all(map(_year, menu.options))))


def _of_organs(menu: _Menu) -> bool:
    return all(names_branch(text) and not _year(("", text)) for _, text in menu.options)


def _sends(form: LexborNode) -> bool:
    return form.css_first(_SUBMITS) is not None or "submit" in (form.html or "")


def _menus(within: LexborNode) -> list[_Menu]:
    menus = []
    for select in within.css("select"):
        names = tuple(dict.fromkeys(filter(None, (select.attributes.get("id"), select.attributes.get("name")))))
        options = [(value_of(each), squeeze(each.text())) for each in select.css("option")]
        whole = [each for each in options if _ALL.fullmatch(each[1])]
        real = [each for each in options if each[0].strip() and each not in whole]
        of_years = bool(real) and all(_year(each) for each in real)
        if names and real and not (whole and not of_years):
            menus.append(_Menu(names, real, closed=len(real) == len(options)))
    for each in within.css("input[list][name]"):
        offered = page_list(each)
        if len(offered) > 1:
            menus.append(_Menu((each.attributes.get("name") or "",), offered))
    groups: dict[str, list[tuple[str, str]]] = {}
    for each in within.css("input[type=radio][name]"):
        value, name = each.attributes.get("value") or "", each.attributes.get("name") or ""
        groups.setdefault(name, []).append((value, _said(each)))
    for name, offered in groups.items():
        real = [each for each in offered if each[0] and each[1] and not _ALL.fullmatch(each[1])]
        if len(real) > 1:
            menus.append(_Menu((name,), real, closed=len(real) == len(offered)))
    for each in within.css("input[type=number][name][required]"):
        least, most = (each.attributes.get(name) or "" for name in ("min", "max"))
        if re.fullmatch(r"(?:19|20)\d\d", least) and re.fullmatch(r"(?:19|20)\d\d", most):
            years = [str(year) for year in range(int(least), int(most) + 1)]
            menus.append(_Menu((each.attributes.get("name") or "",), list(zip(years, years, strict=True))))
    return menus


def page_list(field: LexborNode) -> list[tuple[str, str]]:
    """What a field offers to be entered (``<datalist>``)."""
    root = field
    while root.parent is not None:
        root = root.parent
    named = root.css_first(f"datalist[id='{field.attributes.get('list') or ''}']")
    options = named.css("option") if named is not None else []
    return [(value, squeeze(each.text()) or squeeze(value)) for each in options if (value := value_of(each))]


def _said(button: LexborNode) -> str:
    """What stands beside a radio button: its label's text, or what follows it."""
    parent, behind = button.parent, button.next
    if parent is not None and parent.tag == "label":
        return squeeze(parent.text(separator=""))
    while behind is not None and behind.tag == "-text" and not squeeze(behind.text() or ""):
        behind = behind.next
    return squeeze(behind.text(separator="") or "") if behind is not None and behind.tag != "input" else ""


def _year(option: tuple[str, str]) -> int | None:
    found = _YEAR.fullmatch(option[1]) or _YEAR.fullmatch(option[0])
    return int(found[1]) if found else None


def _combined(menus: list[_Menu]) -> Iterator[tuple[tuple[tuple[str, str], ...], str, int | None]]:
    """The combinations of the menus' options, with what they are called and their year."""
    for chosen in product(*(menu.options for menu in menus)):
        years = [year for each in chosen if (year := _year(each))]
        yield chosen, " ".join(text for _, text in chosen), years[0] if years else None


def _of_forms(page: Page) -> list[Choice]:
    """Of a form with menus and a button that sends it."""
    assert page.tree is not None
    for form in page.tree.css("form"):
        menus = [menu for menu in _menus(form) if len(menu.options) > 1]
        telling = any(_year(each) for menu in menus for each in menu.options) or any(map(_of_organs, menus))
        if not menus or not _sends(form) or not telling:
            continue  # a search of the whole site has menus too
        if found := _sent_by(page, form, menus):
            return found
    return []


def _sent_by(page: Page, form: LexborNode, menus: list[_Menu]) -> list[Choice]:
    """What a form sends for each combination of these menus."""
    fields = {each: "" for menu in menus for each in menu.names[-1:]} | fields_of(form)
    named = [next((each for each in reversed(menu.names) if each in fields), "") for menu in menus]
    if not all(named):
        return []
    found = []
    for chosen, text, year in islice(_combined(menus), MOST):
        values = dict(zip(named, (value for value, _ in chosen), strict=True))
        found.append(Choice(text, year, sent(page, form, fields | values, 1)))
    return found


def _of_scripts(page: Page, only: Callable[[_Menu], bool] | None = None) -> list[Choice]:
    """Of a script that takes what the menus hold: an address that it opens, or a request that it makes."""
    assert page.tree is not None
    root = page.tree.body or page.tree.root
    menus = [menu for menu in (_menus(root) if root is not None else []) if len(menu.options) > 1]
    menus = [menu for menu in menus if only is None or only(menu)]
    text = page.text
    used: list[_Menu] = []
    known_as: list[tuple[str, ...]] = []
    for menu in menus:
        token = f"gongkai_menu_{len(used)}"
        taken, count = _takes(menu, text).subn(token, _named(menu, text, token))
        count += token in taken
        if count:
            text = taken
            used.append(menu)
            aliases = re.findall(rf"([A-Za-z_$][\w$]*)\s*=\s*{token}\b", text)
            known_as.append((token, *dict.fromkeys(aliases)))
    if not used:
        return []
    other = replace(page, text=text)
    marks = [f"gongkaivalue{number}x" for number in range(len(used))]
    known = {alias: mark for aliases, mark in zip(known_as, marks, strict=True) for alias in aliases}
    steps = _steps(other, known)
    if not steps:
        return []
    whole = any(steps[0].url.startswith(page.address(mark) or mark) for mark in marks)  # a value is an address itself
    found: list[Choice] = []
    for chosen, name, year in islice(_combined(used), MOST):
        values = [value for value, _ in chosen]
        if whole:
            each = {alias: value for aliases, value in zip(known_as, values, strict=True) for alias in aliases}
            found += [Choice(name, year, step) for step in _steps(other, each)[:1]]
        else:
            found.append(Choice(name, year, _filled(page, steps[0], dict(zip(marks, values, strict=True)))))
    return found if len({(each.step.url, each.step.body) for each in found}) > 1 else []


def _filled(page: Page, step: Step, values: dict[str, str]) -> Step:
    """The request with the values in the place of the marks that stand for them."""
    url, body, memo = step.url, step.body, json.dumps(step.memo)
    for mark, value in values.items():
        escaped = json.dumps(value)[1:-1]
        url = url.replace(mark, quote(value, safe="/", encoding=page.charset, errors="replace"))
        body = body and body.replace(mark, escaped if step.memo.get("json") else quote_plus(value))
        memo = memo.replace(mark, escaped)
    return replace(step, url=url, body=body, memo=json.loads(memo))


def _named(menu: _Menu, text: str, token: str) -> str:
    """The source with what a menu's own handler takes of it named: ``$('#dw').change(… $(this).val() …)``."""
    name = "|".join(map(re.escape, menu.names))
    for handler in re.finditer(rf"#(?:{name})['\"]\s*\)\s*\.\s*(?:change|on)\s*(?=\()", text):
        inside = balanced(text, handler.end()) or ""
        taken = _OWN.sub(token, inside)
        if taken != inside:
            return text.replace(inside, taken, 1)
    return text


def _takes(menu: _Menu, text: str) -> re.Pattern[str]:
    """How scripts take what is chosen in a menu: ``$('#dw').val()``, ``getElementById('dw').value``, or by a variable
    that holds the menu."""
    name = "|".join(map(re.escape, menu.names))
    held = re.findall(
        rf"([A-Za-z_$][\w$]*)\s*=\s*(?:[\w.]*(?:getElementById|querySelector)|\$)\(\s*['\"]#?(?:{name})['\"]\s*\)\s*[;,\n]",
        text,
    )
    name = "|".join(map(re.escape, dict.fromkeys((*menu.names, *held))))
    return re.compile(
        rf"(?:\$|jQuery)\(\s*['\"][^()]*?(?<![\w-])(?:{name})(?![\w-])[^()]*?['\"]\s*\)\s*\.\s*val\(\)"
        rf"|[\w.]*(?:getElementById|querySelector)\(\s*['\"]#?(?:{name})['\"]\s*\)\s*\.\s*"
        r"(?:value\b|options\[[^\]]*\]\.value)"
        rf"|(?<![\w$])(?:[\w$]+\.)*(?:{name})\.(?:value\b|val\(\)|options\[[^\]]*\]\.value)"
    )


def _steps(page: Page, known: dict[str, str]) -> list[Step]:
    opened = sent_with(page, known)
    if opened:
        return [Step(opened, 1, linked=True)]
    page.bound = known
    requests = [each for each in asked.requests(page) if any(value in _written(each) for value in known.values())]
    page.bound = {}
    shapes = made.shapes(page) if requests else []
    return [
        turned.step_of(address, each, shapes, 1, anylist.NAME)
        for each in requests
        if (address := page.address(each.address))
    ]


def _written(request: asked.Asked) -> str:
    return f"{request.address} {request.fields}"
