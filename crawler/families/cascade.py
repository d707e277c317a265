"""Lists that are asked for step by step: what one answer names stands in the next request.

``/units`` tells the organs' codes, ``/years?code=`` an organ's years, ``/docs?code=&year=`` the reports; or a menu
tells the columns' numbers, and one list is asked for by such a number. The requests are read off the page's scripts,
with a hole for each parameter of which the page knows nothing; no script is run.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlsplit

import data
from crawler.discovery.calls import address_of
from crawler.discovery.links import Page, squeeze
from crawler.discovery.scoring import names_branch, sure_organ, under_annual
from crawler.families import anylist, asked, made, terms, turned
from crawler.families.brackets import balanced
from crawler.families.entries import PLACEHOLDER
from crawler.families.forms import fields_of, value_of
from crawler.families.listing import Listing, Step, json_listing
from reports.title import read_title

NAME = "cascade"
_HOLE = re.compile("\x05([\\w$]+)\x06")
_OBJECTS = re.compile(r"[=:(]\s*(?=\[\s*\{)")
_KEY = re.compile(r"([{,]\s*)([A-Za-z_$][\w$]*)\s*:")
_QUOTED = re.compile(r"'((?:[^'\\\n]|\\.)*)'")
_OPTION = re.compile(r"<option\b[^>]*?\bvalue\s*=\s*['\"]?([^'\">]*?)['\"]?\s*>([^<]*)", re.I)
_NAMES = ("name", "title", "text", "label", "mc")
_IDS = ("id", "code", "value", "key", "uuid", "guid", "no", "bm", "dm")
_DEPTH = 4  # answers one behind the other
_MOST = 300  # branches of one answer
_ALL = 80  # nodes of an answer of which none is named like an organ or a year
_ANNUAL = "annual"

Template = dict[str, Any]


def root(page: Page, *, annual: bool) -> Step | None:
    """The request of a page's scripts with which such steps begin; None where nothing asks for what another tells."""
    found = list(_templates(page))
    known = {each["address"] for each in found}
    steps = [each for each in found if _holes(each) and not _of_article(each) and not _below(each, known)]
    if not steps:
        return None
    starts = [each for each in found if not _holes(each) and not _turned(each)]
    starts.sort(key=lambda each: not _tells(each))
    if not starts or (not annual and not _tells(starts[0])):
        return None
    shapes = _shapes(page, steps)
    memo: dict[str, object] = {"steps": steps[:6], "bound": {}, "shapes": shapes, _ANNUAL: int(annual)}
    first, *others = [_step(each, memo, "") for each in starts[:2]]
    first.otherwise = others
    return first


def read_answer(text: str, url: str, number: int, memo: dict[str, object]) -> Listing | None:
    """The reports of a list, or the requests for what the answer's nodes lead to."""
    try:
        answer = json.loads(text)
    except ValueError:
        answer = _options(text)
        if not answer:
            return None
    kept = memo["shapes"]
    listing = json_listing(text, url, NAME, kept if isinstance(kept, list) else [])
    if listing is not None and any(_names_report(link.text) for link in listing.links):
        following = turned.following(_asked(url, number, memo), listing)
        if following is not None and not listing.end:
            following.memo |= {name: memo[name] for name in ("steps", "bound", "column", _ANNUAL)}
            listing.steps = [following]
        listing.context = "annual"
        return listing
    nodes = _chosen(_joined(list(_nodes(answer))), bool(memo[_ANNUAL]))
    steps = _branches(nodes, memo)
    if steps:
        return Listing(NAME, steps=steps, context="annual")
    if any(_names_report(node["name"]) for node in _nodes(answer)):
        return Listing(NAME, unread="its entries have numbers, and no script says what opens them", context="annual")
    if listing is not None and not listing.links:
        listing.end = "empty answer"
    return listing


def _held(page: Page) -> list[Step]:
    """The requests for each organ of which the page's own script holds what they lack, under the same name."""
    templates = [each for each in _templates(page) if _holes(each) and not _of_article(each)]
    for script in page.scripts:
        for start in _OBJECTS.finditer(script):
            nodes = [each for each in _written(balanced(script, start.end()) or "") if isinstance(each, dict)]
            names = {key for each in nodes for key in each}
            fit = [each for each in templates if set(_holes(each)) <= names and len(nodes) > 1]
            if fit:
                memo: dict[str, object] = {"steps": fit[:1], "bound": {}, "shapes": _shapes(page, fit), _ANNUAL: 1}
                return _branches(nodes, memo)
    return []


def _written(inside: str) -> list[Any]:
    """The objects of an array as a script writes it."""
    plain = _KEY.sub(r'\1"\2":', _QUOTED.sub(lambda text: json.dumps(text[1], ensure_ascii=False), inside))
    try:
        return list(json.loads(f"[{plain.rstrip().rstrip(',')}]"))
    except ValueError:
        return []


def _shapes(page: Page, steps: list[Template]) -> list[str]:
    """What opens an entry: the address of a list is no article's."""
    asked_for = {_HOLE.sub("", each["address"]) for each in steps}
    whole = {each: page.address(PLACEHOLDER.sub("", each)) for each in made.shapes(page)}
    return [each for each, address in whole.items() if address not in asked_for]


def filling(page: Page) -> list[Template]:
    """What the page's forms send whose menu of organs is empty until a script fills it with what an answer has."""
    found: list[Template] = []
    for form in page.tree.css("form") if page.tree is not None and "<select" in page.text.lower() else []:
        for menu in form.css("select[name]"):
            name = menu.attributes.get("name") or ""
            if not any(value_of(each).strip() for each in menu.css("option")):
                address = page.address(form.attributes.get("action") or "") or page.url
                posts = (form.attributes.get("method") or "get").lower() == "post"
                fields: dict[str, terms.Value] = {**fields_of(form), name: terms.hole(name)}
                found.append(
                    {"address": address.split("?")[0], "fields": fields, "post": int(posts), "json": 0, "turning": "",
                     "page": 1}
                )  # fmt: skip
                break
    return found


def chosen(page: Page) -> Iterator[tuple[str, Step]]:
    """The requests that a menu's script makes for each of its options (``onchange="loadDept(this.value)"``)."""
    for menu in page.tree.css("select[onchange]") if page.tree is not None else []:
        for option in menu.css("option"):
            value = value_of(option)
            address = address_of(page, menu.attributes.get("onchange") or "", value) if value.strip() else None
            if address:
                yield squeeze(option.text()), Step(address, 1)


def filled_by(step: Step, forms: list[Template], choice: str) -> Step:
    """The request for what fills such a menu, whose answer leads to what the form then sends."""
    memo: dict[str, object] = {"steps": forms, "bound": {}, "shapes": [], _ANNUAL: 1, "column": choice}
    return replace(step, family=NAME, memo=memo)


def _options(text: str) -> list[dict[str, str]]:
    return [{"value": value, "name": squeeze(said)} for value, said in _OPTION.findall(text) if value.strip()]


def before(page: Page, steps: list[Step]) -> list[Step]:
    """The requests for a column's list, with such steps before those that lack what an answer may tell."""
    asks = steps[0] if steps else None
    whole = asks is not None and anylist.lists(asks) and not asks.memo.keys() & {"unread", anylist.QUOTED}
    if asks is not None and whole and "" not in turned.parameters(asks).values():
        return steps
    if held := _held(page):
        return held
    start = root(page, annual=True)
    if start is None:
        return steps
    start.otherwise += steps
    return [start]


def _names_report(text: str) -> bool:
    return read_title(text).kind == "report"


def _asked(url: str, number: int, memo: dict[str, object]) -> Step:
    return Step(url, number, "POST" if "fields" in memo else "GET", None, NAME, memo)


def _branches(nodes: list[dict[str, Any]], memo: dict[str, object]) -> list[Step]:
    """The next request for each node: the one that lacks least of what is known with it."""
    templates, known = memo["steps"], memo["bound"]
    assert isinstance(templates, list) and isinstance(known, dict)
    if len(known) >= _DEPTH:
        return []
    steps: dict[str, Step] = {}
    for node in nodes[:_MOST]:
        for template in sorted(templates, key=lambda each: len(_holes(each))):
            lacking = [name for name in _holes(template) if name not in known]
            bound = {name: value for name in lacking if (value := _told(node, name, alone=len(lacking) == 1))}
            if not lacking or len(bound) < len(lacking):
                continue
            more = memo | {"bound": known | bound}
            step = _step(template, more, json.dumps(known | bound, sort_keys=True))
            steps.setdefault(f"{step.url} {step.body}", step)
            break
    return list(steps.values())


def _told(node: dict[str, Any], name: str, *, alone: bool) -> str:
    """What a node says of a hole: under its name, else its own id where nothing else is lacking."""
    lower = {key.lower(): value for key, value in node.items() if isinstance(value, str | int) and value != ""}
    exact = lower.get(name.lower())
    if exact is None and alone:
        keys = (*_IDS, *(key for key in lower if key.endswith(("id", "code")) and not key.startswith(("p", "parent"))))
        exact = next((lower[key] for key in keys if key in lower), None)
    return "" if exact is None or isinstance(exact, bool) else str(exact)


def _nodes(value: Any, above: str = "", depth: int = 0) -> Iterator[dict[str, Any]]:
    """All objects of an answer that have a name, and plain years; ``\\x00`` is what stands above one."""
    if depth > 10:
        return
    if isinstance(value, list) and value and all(isinstance(each, str | int) for each in value):
        yield from ({"value": each, "name": str(each), "\0": above} for each in value if _year(str(each)))
    for each in value if isinstance(value, list) else ():
        yield from _nodes(each, above, depth + 1)
    if isinstance(value, dict):
        name = _name(value)
        if name:
            yield {**value, "name": name, "\0": above}
        for inner in value.values():
            if isinstance(inner, list | dict):
                yield from _nodes(inner, f"{above}>{name}" if name else above, depth + 1)


def _joined(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The nodes of a flat tree with what stands above each by its parent's id."""
    known: dict[str, dict[str, Any]] = {}
    for node in nodes:
        own = _told(node, "", alone=True)
        if own:
            known.setdefault(own, node)
    for node in nodes:
        above: list[str] = []
        here = node
        while len(above) < _DEPTH and (parent := known.get(_above(here))) is not None and parent is not here:
            above.append(parent["name"])
            parent["\1"] = True  # it leads down
            here = parent
        if above:
            node["\0"] = ">".join((node["\0"], *reversed(above)))
    return nodes


def _above(node: dict[str, Any]) -> str:
    return next((str(value) for key, value in node.items() if key.lower() in terms.named("parents")), "")


def _name(node: dict[str, Any]) -> str:
    lower = {key.lower(): value for key, value in node.items() if isinstance(value, str) and value.strip()}
    keys = (*_NAMES, *(key for key in lower if key.endswith(("name", "title", "mc"))))
    found = next((squeeze(str(lower[key])) for key in keys if key in lower), "")
    years = (str(node[key]) for key in node if terms.of_year(key) and _year(str(node[key])))
    return found or next(years, "")


def _year(text: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d(?:年|年度)?", text))


def _chosen(nodes: list[dict[str, Any]], annual: bool) -> list[dict[str, Any]]:
    """The nodes that lead to the reports: the column of the yearly reports and all below it; else, where the page is
    such a column itself, the organs, levels and years, or all where none is called so."""
    below = [each for each in nodes if any(under_annual(name) for name in (*each["\0"].split(">"), each["name"]))]
    if below or not annual:
        leaves = [each for each in below if not _has_below(each)]
        return leaves or below
    named = [each for each in nodes if _year(each["name"]) or sure_organ(each["name"]) or names_branch(each["name"])]
    return named or (nodes if len(nodes) <= _ALL else [])


def _has_below(node: dict[str, Any]) -> bool:
    if "\1" in node:
        return True
    return any(isinstance(each, list) and each and isinstance(each[0], dict) for each in node.values())


def _templates(page: Page) -> Iterator[Template]:
    for request in asked.requests(page, holes=True):
        address = page.address(request.address)
        if address and not _counts(address):
            yield {
                "address": _unmarked(address), "fields": dict(request.fields), "post": int(request.method == "POST"),
                "json": int(request.json), "turning": request.turning,
            }  # fmt: skip


def _unmarked(address: str) -> str:
    """An address with its holes as they were written: making it absolute has quoted them."""
    return address.replace("%05", "\x05").replace("%06", "\x06")


def _holes(template: Template) -> list[str]:
    written = template["address"] + json.dumps(template["fields"], ensure_ascii=False)
    return list(dict.fromkeys(_HOLE.findall(written.replace("\\u0005", "\x05").replace("\\u0006", "\x06"))))


def _turned(template: Template) -> bool:
    return any(map(terms.turns, template["fields"])) or any(
        terms.turns(pair.split("=")[0]) for pair in urlsplit(template["address"]).query.split("&")
    )


@functools.cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile("|".join(data.load_yaml("discovery.yaml")["sources"][name]), re.I)


def _counts(address: str) -> bool:
    return bool(_words("counters").search(urlsplit(address).path))


def _tells(template: Template) -> bool:
    """Whether a request's path says that it tells of organs, columns or years."""
    return bool(_words("tells").search(urlsplit(template["address"]).path))


def _of_article(template: Template) -> bool:
    """Whether a request asks for one article, and not for a list: its number is all that it names."""
    return bool(_words("article").search(_HOLE.sub("", urlsplit(template["address"]).path))) and not _turned(template)


def _below(template: Template, known: set[str]) -> bool:
    """Whether a request asks for one thing of a list that another one asks for: ``/news/3`` of ``/news``."""
    stem = re.fullmatch("(.*)/\x05[\\w$]+\x06", template["address"])
    return stem is not None and not template["fields"] and stem[1] in known


def _step(template: Template, memo: dict[str, object], column: str) -> Step:
    bound = memo["bound"]
    assert isinstance(bound, dict)
    address = _HOLE.sub(lambda hole: quote(str(bound.get(hole[1], "")), safe=""), template["address"])
    fields = {name: _filled(value, bound) for name, value in template["fields"].items()}
    request = asked.Asked(address, "POST" if template["post"] else "GET", bool(template["json"]), fields)
    request.turning = template["turning"]
    step = turned.step_of(address, request, [], 1, NAME)
    if template.get("page"):  # what a form opens is a page like any other
        return replace(step, family=None, memo={"column": column}, linked=True)
    step.memo |= {name: memo[name] for name in ("steps", "bound", "shapes", _ANNUAL)} | {"column": column}
    return step


def _filled(value: terms.Value, bound: dict[str, str]) -> terms.Value:
    if isinstance(value, str):
        return _HOLE.sub(lambda hole: str(bound.get(hole[1], "")), value)
    if isinstance(value, dict):
        return {name: _filled(each, bound) for name, each in value.items()}
    return value
