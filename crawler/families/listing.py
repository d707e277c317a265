"""The words that families and spider share.

A list's entries, what it announces, how it goes on; and readers for the usual answers.
"""

from __future__ import annotations

import base64
import functools
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import data
from crawler.discovery.page import Link, read_page
from crawler.families.entries import ADDRESSES, entry_of

#: Lists that one page lets choose and that are asked for; one that offers more is incomplete.
MOST = 3000


@dataclass(slots=True)
class Step:
    """One further request of a list.

    ``number`` is the page's number from 1; ``otherwise`` is tried when it fails (404 or a repeated page).
    """

    url: str
    number: int
    method: str = "GET"
    body: str | None = None
    family: str | None = None  # who reads the answer; None: it is an HTML page like the first
    memo: dict[str, object] = field(default_factory=dict)
    otherwise: list[Step] = field(default_factory=list)
    linked: bool = False  # a link of the page leads to it: a count that is wrong does not end the list


@dataclass(slots=True)
class Listing:
    """What a page or fragment says about its list."""

    family: str
    links: list[Link] = field(default_factory=list)  # entries that are not links of the HTML page itself
    steps: list[Step] = field(default_factory=list)
    records: int | None = None  # announced
    pages: int | None = None
    end: str | None = None  # why this is the last page, where it says so
    unread: str | None = None  # why its next page cannot be asked for
    cursor: str | None = None  # by which the answer has its next part asked for
    last_id: str | None = None  # of its last entry
    context: str | None = None  # "annual": the steps lead into the yearly reports whatever the page is


_TOTALS = (
    "total",
    "totalcount",
    "totalrecord",
    "totalrecords",
    "records",
    "recordcount",
    "totalnum",
    "count",
    "rowcount",
    "totalrows",
    "totalelements",
    "zs",
    "sum",
    "allcount",
    "totalsize",
    "@odata.count",
)
_PAGES = ("totalpage", "totalpages", "pagecount", "pages", "pagetotal", "total_page", "countpage")
_MORE = ("hasmore", "hasnext", "hasnextpage", "has_more", "has_next")
_LAST = ("islast", "islastpage", "lastpage", "nomore", "is_last")
_IDS = ("id", "docid", "articleid", "infoid", "newsid", "contentid", "manuscriptid")


def json_listing(text: str, url: str, name: str, shapes: Sequence[str] = ()) -> Listing | None:
    """Read any JSON list: the largest array of objects that have a title and an address, and the totals beside it.

    ``shapes`` are addresses with places for an object's fields (``crawler.families.asked``), where it has none itself.
    """
    try:
        answer = json.loads(text)
    except ValueError:
        stripped = re.sub(r"^[^\[{(]*\(?\s*|\s*\)?;?\s*$", "", text.strip(), count=0)
        try:
            answer = json.loads(stripped)
        except ValueError:
            return None
    listing = Listing(name)
    best: list[Link] = []
    html: list[str] = []
    arrays = 0

    def visit(value: Any, depth: int = 0) -> None:
        nonlocal best, arrays
        if depth > 12:
            return
        if isinstance(value, dict):
            for key, inner in value.items():
                lower = key.lower()
                if lower in _TOTALS and listing.records is None and _whole(inner) is not None:
                    listing.records = _whole(inner)
                elif lower in _PAGES and listing.pages is None and _whole(inner) is not None:
                    listing.pages = _whole(inner)
                elif lower in _cursors() and isinstance(inner, str | int) and inner and not isinstance(inner, bool):
                    listing.cursor = listing.cursor or str(inner)
                elif inner is (lower in _LAST) and lower in _LAST + _MORE:
                    listing.end = "the answer says that it is the last"
                elif isinstance(inner, str) and "<a" in inner and "href" in inner:
                    html.append(inner)
                elif isinstance(inner, str) and (told := _encoded(inner)) is not None:
                    visit(told, depth + 1)
                elif isinstance(inner, str) and inner[:1] in "{[" and len(inner) > 2 and lower not in ADDRESSES:
                    try:
                        visit(json.loads(inner), depth + 1)
                    except ValueError:
                        continue
                else:
                    visit(inner, depth + 1)
        elif isinstance(value, list):
            arrays += 1
            named = (
                {f"cell_{n}": cell for n, cell in enumerate(each)} if isinstance(each, list) else each for each in value
            )
            links = [link for each in named if isinstance(each, dict) and (link := entry_of(each, url, shapes))]
            if len(links) > len(best):
                best, listing.last_id = links, _id_of(value[-1])
            html.extend(each for each in value if isinstance(each, str) and "<a" in each and "href" in each)
            for each in value:
                visit(each, depth + 1)

    visit(answer)
    for fragment in html:
        best += html_links(fragment, url)
    listing.links = best
    return listing if best or arrays or listing.records is not None or html else None


def _encoded(value: str) -> Any:
    """What a text holds that is an answer in Base64; None where it is none."""
    if len(value) < 80 or not value.startswith(("ey", "W3", "eyJ", "Ww", "ew", "WyJ", "Wy")):
        return None
    try:
        return json.loads(base64.b64decode(value, validate=True))
    except ValueError:
        return None


@functools.cache
def _cursors() -> frozenset[str]:
    return frozenset(str(each).lower() for each in data.load_yaml("discovery.yaml")["sources"]["cursors"])


def _id_of(item: Any) -> str | None:
    lower = {key.lower(): value for key, value in item.items()} if isinstance(item, dict) else {}
    return next((str(lower[key]) for key in _IDS if isinstance(lower.get(key), str | int)), None)


def _whole(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, str) and value.isdecimal() else None


def totals_of(fields: dict[str, Any]) -> tuple[int | None, int | None]:
    """The entries and pages that an object announces."""
    records = pages = None
    for key, value in fields.items():
        if key.lower() in _TOTALS and records is None:
            records = _whole(value)
        elif key.lower() in _PAGES and pages is None:
            pages = _whole(value)
    return records, pages


def html_links(fragment: str, url: str) -> list[Link]:
    """The links of an HTML fragment, as one list."""
    links = read_page(url, f"<html><body><div>{fragment}</div></body></html>").links
    for link in links:
        link.block = link.block or -2
        link.place = "body" if link.place not in ("pager",) else link.place
    return links


def quoted(source: str, name: str) -> str | None:
    """The value of ``name: 'x'``, ``name = "x"``, ``"name":"x"`` or ``name=x`` in a script."""
    found = re.search(rf"""['"]?\b{re.escape(name)}\b['"]?\s*[:=]\s*\[?\s*(?:'([^']*)'|"([^"]*)"|([\w.-]+))""", source)
    if not found:
        return None
    return next((each for each in found.groups() if each is not None), None)


def announced(text: str) -> tuple[int | None, int | None]:
    """Records and pages as a page prints them: 共 756 条, 共31页, 1/31页, 总页数:16."""
    flat = re.sub(r"<[^>]*>|&nbsp;|\s+", "", text)
    records = re.search(
        r"(?:共|总共|总计|合计|总记录数?|记录总数|总条数)[:：有]?(\d{1,7})(?:条|篇|个?记录|项)", flat
    ) or re.search(r"(?:总记录数|记录总数|总条数)[:：](\d{1,7})", flat)
    pages = (
        re.search(r"(?:共|总共|总计)[:：有]?(\d{1,5})页", flat)
        or re.search(r"总页数[:：]?(\d{1,5})", flat)
        or re.search(r"第?\d{1,4}/(\d{1,4})页", flat)
        or re.search(r"(?:第\d+页)/?共?(\d{1,4})页", flat)
    )
    return (int(records[1]) if records else None, int(pages[1]) if pages else None)
