"""大汉 jpaas and the newest jpage.

Lists are built by ``/…/page/build/unit`` (JSON with HTML inside) or by ``loadPageData`` (POST /queryList).
"""

from __future__ import annotations

import html
import json
import re
from urllib.parse import parse_qsl, urlencode, urlsplit

import data
from crawler.address import absolute
from crawler.discovery.page import Page
from crawler.families.listing import Listing, Step, json_listing, quoted

NAME = "jpaas"
_UNIT = re.compile(r"""['"]([^'"\s]*page/build/unit[^'"]*)['"]""")
_QUERY = re.compile(r"""querydata\s*=\s*("[^"]*"|'[^']*')""", re.I)
_LOAD = re.compile(r"loadPageData\s*\(\s*(?:\{(.*?)\}|(\w+))\s*[,)]", re.S)
_UNIT_FIELDS = ("parseType", "webId", "tplSetId", "pageType", "tagId", "editType", "pageId", "rows")
_NEAR = 1500  # characters of the source around a request's address in which its parameters stand
_QUERYLIST = re.compile(r"""['"]([^'"\s]*/?queryList)['"]""")


def read(page: Page, number: int, memo: dict[str, object]) -> Listing | None:
    """The first request of each list that the page builds by script."""
    source = html.unescape(page.text)
    steps: list[Step] = []
    queries = _queries(page)
    unit = _UNIT.search(source)
    address = absolute(page.url, unit[1]) if unit else None
    if address and len(queries) > 1:
        for query in queries:
            named = dict(parse_qsl(urlsplit(address).query, keep_blank_values=True)) | {"rows": "15"} | query
            steps.append(_unit(address.split("?")[0], named, 1, page.base, "&".join(query.values())))
    elif unit:
        fields = dict(parse_qsl(urlsplit(address).query, keep_blank_values=True)) if address else {}
        fields |= next(iter(queries), {})
        near = source[max(0, unit.start() - _NEAR) : unit.end() + _NEAR]
        for name in _UNIT_FIELDS:
            value = quoted(near, name) if name not in fields else None
            if value is not None:
                fields[name] = value
        if address and fields:
            fields.setdefault("rows", "15")
            steps.append(_unit(address.split("?")[0], fields, 1, page.base))
    for load in _LOAD.finditer(source):
        body = load[1] or _object(source, load[2])
        asked = _QUERYLIST.search(source)
        fields = {}
        for name in ("unitid", "perPage", "current", "webSiteCode", "channelCode", "dataBefore", "dataAfter"):
            value = quoted(body, name)
            if value is not None:
                fields[name] = value
        if "channelCode" in fields:
            address = absolute(page.url, asked[1] if asked else "/queryList") or page.url
            steps.append(_load(address, fields, 1, page.base))
    return Listing(NAME, steps=steps) if steps else None


def _queries(page: Page) -> list[dict[str, str]]:
    """What each unit of the page is asked for by; of several, those that are not the place's name or a menu."""
    found: list[dict[str, str]] = []
    for query in _QUERY.finditer(page.text):
        try:
            values = json.loads(html.unescape(query[1][1:-1]).replace("'", '"'))
        except ValueError:
            continue
        if isinstance(values, dict):
            fields = {str(key): str(value) for key, value in values.items() if value is not None}
            if fields not in found:
                found.append(fields)
    beside = data.load_yaml("families.yaml")["beside"]
    return [each for each in found if not any(word in each.get("tagId", "") for word in beside)] or found[:1]


def _object(source: str, name: str) -> str:
    """The inside of ``var name = {…}``."""
    found = re.search(rf"\b{re.escape(name)}\s*=\s*\{{(.*?)\}}", source, re.S)
    return found[1] if found else ""


def _unit(address: str, fields: dict[str, str], number: int, base: str, column: str = "") -> Step:
    """``base``: against which the page's links are read; ``column``: names one of several lists of the page."""
    query = {**fields, "pageNo": str(number)}
    memo: dict[str, object] = {"unit": address, "fields": fields, "base": base}
    if column:
        memo["column"] = column
    return Step(f"{address}?{urlencode(query)}", number, family=NAME, memo=memo)


def _load(address: str, fields: dict[str, str], number: int, base: str, kind: str = "form") -> Step:
    memo: dict[str, object] = {"load": address, "fields": fields, "base": base, "kind": kind}
    lists = {"webSiteCode", "channelCode"}
    if kind == "json":
        values = {key: [value] if key in lists else value for key, value in fields.items()} | {"current": number}
        return Step(address, number, "POST", json.dumps(values, ensure_ascii=False), NAME, memo)
    pairs = [(f"{key}[]" if key in lists else key, value) for key, value in fields.items() if key != "current"]
    step = Step(address, number, "POST", urlencode([("current", number), *pairs]), NAME, memo)
    if number == 1:
        step.otherwise = [_load(address, fields, 1, base, "json")]
    return step


def read_answer(text: str, url: str, number: int, memo: dict[str, object]) -> Listing | None:
    """One page; the pages go on until one is empty, repeats, or the announced total is reached.

    Its links are read as in the page that the script puts them into, which may tell another ``<base>``.
    """
    base = str(memo.get("base", url))
    listing = json_listing(text, base, NAME)
    if listing is None:
        return None
    fields = memo.get("fields")
    if not listing.links:
        listing.end = "empty page"
    elif listing.pages is not None and number >= listing.pages:
        listing.end = f"page {number} of {listing.pages}"
    elif isinstance(fields, dict) and "unit" in memo:
        listing.steps = [_unit(str(memo["unit"]), fields, number + 1, base, str(memo.get("column", "")))]
    elif isinstance(fields, dict) and "load" in memo:
        listing.steps = [_load(str(memo["load"]), fields, number + 1, base, str(memo.get("kind", "form")))]
    return listing
