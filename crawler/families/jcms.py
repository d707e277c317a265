"""大汉 jcms.

The first group of a list stands in a ``<datastore>``; the rest comes from dataproxy.jsp in groups of three pages
that may overlap.
"""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawler.address import absolute
from crawler.discovery.page import Link, Page
from crawler.families.listing import Listing, Step, html_links, quoted
from reports.title import read_title

NAME = "jcms"
_STORE = re.compile(r"<datastore\b.*?</datastore>", re.S)
_RECORD = re.compile(r"<record>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</record>", re.S)
_NEXT = re.compile(r"<nextgroup>.*?href=['\"]([^'\"]+dataproxy\.jsp[^'\"]*)['\"]", re.S)
_PROXY = re.compile(r"""['"]([^'"]*dataproxy\.jsp[^'"]*)['"]""")
_TOTAL = re.compile(r"<totalrecord>\s*(\d+)\s*</totalrecord>")
_PAGES = re.compile(r"<totalpage>\s*(\d+)\s*</totalpage>")
_FIELDS = ("col", "appid", "webid", "path", "columnid", "sourceContentType", "unitid", "webname", "permissiontype")


def read(page: Page, number: int, memo: dict[str, object]) -> Listing | None:
    """The embedded group, and the first request of the proxy."""
    source = page.text
    units = _units(page)
    if units:
        return Listing(NAME, links=_records(source, page.base), steps=units)
    links = _records(source, page.base)
    total = _TOTAL.search(source) or re.search(r"totalrecord['\"]?\s*[:=]\s*['\"]?(\d+)", source, re.I)
    following = _NEXT.search(source)
    proxy = following or _PROXY.search(source)
    if not links and not proxy:
        return None
    listing = Listing(NAME, links=links, records=int(total[1]) if total else None)
    if listing.records is not None and links and len({link.url for link in links}) >= listing.records:
        listing.end = f"all {listing.records} records"
        return listing
    if proxy is None:
        listing.end = "no further group" if links else None
        return listing
    address = absolute(page.base, html.unescape(proxy[1]))
    if address is None:
        return listing
    fields = _known(address)
    for key in _FIELDS:
        value = quoted(source, key) if key not in fields else None
        if value is not None and key != "path":
            fields[key] = value
    if "columnid" not in fields:
        column = re.search(r"/col/col(\d+)/", page.url)
        if column:
            fields["columnid"] = column[1]
    if "unitid" not in fields:
        unit = re.search(r"[?&]uid=(\d+)", page.url) or re.search(r"""id=['"](\d{4,})['"]""", source)
        if unit:
            fields["unitid"] = unit[1]
    fields.setdefault("path", "/")
    per = _per_page(source)
    proxied = address.split("?")[0]
    state: dict[str, object] = {"proxy": proxied, "fields": fields, "per": max(per, 1), "start": len(links) + 1}
    step = _step(state, 2 if links else 1)
    if following:
        step.otherwise.append(Step(address, 2, family=NAME, memo={**state, "plain": 1}))
    listing.steps = [step]
    return listing


def _units(page: Page) -> list[Step]:
    """The first windows of the lists of a column that has several side by side (departments, towns), as far as they
    show a report: a list of news beside them is none of the column's."""
    found: dict[str, Step] = {}
    for store in _STORE.finditer(page.text):
        following = _NEXT.search(store[0])
        address = absolute(page.base, html.unescape(following[1])) if following else None
        fields = _known(address) if address else {}
        unit = fields.get("unitid")
        if address and unit and any(read_title(link.text).kind == "report" for link in _records(store[0], page.base)):
            per = _per_page(page.text[store.end() :])
            state: dict[str, object] = {"proxy": address.split("?")[0], "fields": {"path": "/"} | fields, "per": per}
            found.setdefault(unit, _step(state | {"start": 1, "column": unit}, 1))
    return list(found.values()) if len(found) > 1 else []


def _known(address: str) -> dict[str, str]:
    return {key: value for key, value in parse_qsl(urlsplit(address).query, keep_blank_values=True) if key in _FIELDS}


def from_the_start(memo: dict[str, object], number: int) -> Step | None:
    """The windows once more from record 1, where the embedded group was not the list's beginning and entries are
    missing.
    """
    if "proxy" not in memo or memo.get("again") or memo.get("plain"):
        return None
    return _step({**memo, "start": 1, "again": 1}, number + 1)


def _per_page(source: str) -> int:
    """The entries of a page, as the script says by number (perpage: 15); by a variable it says nothing."""
    told = quoted(source, "perpage") or quoted(source, "perPage") or ""
    return int(told) if told.isdecimal() and len(told) < 6 else 15


def _step(state: dict[str, object], number: int) -> Step:
    per, start, fields = int(str(state["per"])), int(str(state["start"])), state["fields"]
    window = {"startrecord": start, "endrecord": start + 3 * per - 1, "perpage": per}
    assert isinstance(fields, dict)
    post = Step(f"{state['proxy']}?{urlencode(window)}", number, "POST", urlencode(fields), NAME, dict(state))
    post.otherwise = [
        Step(f"{state['proxy']}?{urlencode({**fields, **window})}", number, family=NAME, memo={**state, "get": 1})
    ]
    return post


def read_answer(text: str, url: str, number: int, memo: dict[str, object]) -> Listing | None:
    """One group.

    Groups overlap, so the next window follows the last one asked for, and the end is the total of distinct
    addresses.
    """
    if "<record" not in text and "<datastore" not in text:
        return None
    listing = Listing(NAME, links=_records(text, url))
    total = _TOTAL.search(text)
    pages = _PAGES.search(text)
    listing.records = int(total[1]) if total else None
    if not listing.links:
        listing.end = "empty group"
        return listing
    if "proxy" not in memo:
        return listing
    state = dict(memo)
    start, per = int(str(state.get("start", 1))), int(str(state["per"]))
    if listing.records is None and pages:
        listing.records = None
    if memo.get("plain"):
        following = _NEXT.search(text)
        address = absolute(url, html.unescape(following[1])) if following else None
        if address and address != url:
            listing.steps = [Step(address, number + 1, family=NAME, memo=state)]
        else:
            listing.end = "no further group"
        return listing
    state["start"] = start + 3 * per
    if listing.records is not None and int(str(state["start"])) > listing.records:
        listing.end = f"window behind record {listing.records}"
        return listing
    step = _step(state, number + 1)
    listing.steps = [step.otherwise[0] if memo.get("get") else step]
    return listing


def _records(source: str, url: str) -> list[Link]:
    links: list[Link] = []
    for match in _RECORD.finditer(source):
        links += html_links(html.unescape(match[1]) if "&lt;" in match[1] else match[1], url)
    for link in links:
        link.block = -2
    return links
