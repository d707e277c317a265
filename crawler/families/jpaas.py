"""大汉 jpaas and the newest jpage.

Lists are built by ``/…/page/build/unit`` (JSON with HTML inside) or by ``loadPageData`` (POST /queryList).
"""

from __future__ import annotations

import html
import json
import re
from urllib.parse import parse_qsl, urlencode, urlsplit

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
    unit = _UNIT.search(source)
    if unit:
        address = absolute(page.url, unit[1])
        fields = dict(parse_qsl(urlsplit(address).query, keep_blank_values=True)) if address else {}
        query = _QUERY.search(page.text)
        if query:
            try:
                fields |= {
                    str(key): str(value)
                    for key, value in json.loads(html.unescape(query[1][1:-1]).replace("'", '"')).items()
                }
            except (ValueError, AttributeError):
                fields |= {}
        near = source[max(0, unit.start() - _NEAR) : unit.end() + _NEAR]
        for name in _UNIT_FIELDS:
            value = quoted(near, name) if name not in fields else None
            if value is not None:
                fields[name] = value
        if address and fields:
            fields.setdefault("rows", "15")
            steps.append(_unit(address.split("?")[0], fields, 1))
    for load in _LOAD.finditer(source):
        body = load[1] or _object(source, load[2])
        named = _QUERYLIST.search(source)
        fields = {}
        for name in ("unitid", "perPage", "current", "webSiteCode", "channelCode", "dataBefore", "dataAfter"):
            value = quoted(body, name)
            if value is not None:
                fields[name] = value
        if "channelCode" in fields:
            address = absolute(page.url, named[1] if named else "/queryList") or page.url
            steps.append(_load(address, fields, 1))
    return Listing(NAME, steps=steps) if steps else None


def _object(source: str, name: str) -> str:
    """The inside of ``var name = {…}``."""
    found = re.search(rf"\b{re.escape(name)}\s*=\s*\{{(.*?)\}}", source, re.S)
    return found[1] if found else ""


def _unit(address: str, fields: dict[str, str], number: int) -> Step:
    query = {**fields, "pageNo": str(number)}
    return Step(f"{address}?{urlencode(query)}", number, family=NAME, memo={"unit": address, "fields": fields})


def _load(address: str, fields: dict[str, str], number: int, kind: str = "form") -> Step:
    memo: dict[str, object] = {"load": address, "fields": fields, "kind": kind}
    lists = {"webSiteCode", "channelCode"}
    if kind == "json":
        values = {key: [value] if key in lists else value for key, value in fields.items()} | {"current": number}
        return Step(address, number, "POST", json.dumps(values, ensure_ascii=False), NAME, memo)
    pairs = [(f"{key}[]" if key in lists else key, value) for key, value in fields.items() if key != "current"]
    step = Step(address, number, "POST", urlencode([("current", number), *pairs]), NAME, memo)
    if number == 1:
        step.otherwise = [_load(address, fields, 1, "json")]
    return step


def read_answer(text: str, url: str, number: int, memo: dict[str, object]) -> Listing | None:
    """One page; the pages go on until one is empty, repeats, or the announced total is reached."""
    listing = json_listing(text, url, NAME)
    if listing is None:
        return None
    fields = memo.get("fields")
    if not listing.links:
        listing.end = "empty page"
    elif listing.pages is not None and number >= listing.pages:
        listing.end = f"page {number} of {listing.pages}"
    elif isinstance(fields, dict) and "unit" in memo:
        listing.steps = [_unit(str(memo["unit"]), fields, number + 1)]
    elif isinstance(fields, dict) and "load" in memo:
        listing.steps = [_load(str(memo["load"]), fields, number + 1, str(memo.get("kind", "form")))]
    return listing
