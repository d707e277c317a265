"""开普 UCAP.

``createPageHTML('page_div',10,1,'list','shtml',200)``; page 2 is list_2.shtml. Lists stand in the page, in a
comment, or come as JSON.
"""

from __future__ import annotations

import re
from urllib.parse import urlencode

from crawler.address import absolute
from crawler.discovery.page import Page
from crawler.families import trs
from crawler.families.listing import Listing, Step, json_listing

NAME = "ucap"
_SEARCH = re.compile(r"""['"](/?[^'"\s]*common/search/[0-9a-zA-Z]*)[?'"]""")
#: How many entries a page has: as its script asks for them, or its hidden field says.
_SIZE = re.compile(r"""_pageSize=(\d{1,3})\b|\bid=["']?pageSize["']?[^>]*\bvalue=["']?(\d{1,3})\b""")
_SIZES = (20, 10, 15, 25, 30, 50)  # the usual ones, where it tells none


def read(page: Page, number: int, memo: dict[str, object]) -> Listing | None:
    """The next static page, or the JSON search of the column where the page's own list is empty."""
    call = _call(page)
    search = _SEARCH.search(page.text)
    if call:
        total, current, name, extension, records = call
        listing = Listing(NAME, pages=total, records=records)
        here = max(number, current)
        if here >= total:
            listing.end = f"page {here} of {total}"
            return listing
        address = absolute(page.url, f"{name}_{here + 1}.{extension}")
        if address:
            step = Step(address, here + 1)
            channel = page.meta.get("channelid", "")
            if number == 1 and (search or channel):
                step.otherwise = [_search(page, search, channel, 2, _size(page, total, records))]
            listing.steps = [step]
        return listing
    if search:
        channel = page.meta.get("channelid", "")
        if channel or not search[1].endswith("/"):
            return Listing(NAME, steps=[_search(page, search, channel, 1, _size(page, None, None))])
    return None


def _call(page: Page) -> tuple[int, int, str, str, int | None] | None:
    """How many pages there are, which one this is, their name and extension, and how many entries."""
    for values in trs.calls(page):
        place, total, current, name, extension, records = (values + [""] * 6)[:6]
        known = place and not place.isdecimal() and total.isdecimal() and current.isdecimal()
        if known and re.fullmatch(r"[\w-]+", name) and extension.isalnum():
            return int(total), int(current), name, extension, int(records) if records.isdecimal() else None
    return None


def _size(page: Page, pages: int | None, records: int | None) -> int:
    """How many entries a page of the list has: what was shown already is not asked for by another measure."""
    told = [int(one or other) for one, other in _SIZE.findall(page.text)]
    fit = [size for size in (*told, *_SIZES) if size and (not (pages and records) or -(-records // size) == pages)]
    return (fit or _SIZES)[0]


def _search(page: Page, search: re.Match[str] | None, channel: str, number: int, size: int) -> Step:
    path = search[1] if search else "/common/search/"
    if path.endswith("/"):
        path += channel
    address = absolute(page.url, path) or page.url
    return _step(address, number, size)


def _step(address: str, number: int, size: int) -> Step:
    query = urlencode({"_pageSize": size, "_isAgg": "true", "_isJson": "true", "page": number})
    return Step(f"{address}?{query}", number, family=NAME, memo={"search": address, "size": size})


def read_answer(text: str, url: str, number: int, memo: dict[str, object]) -> Listing | None:
    """One page of the JSON search."""
    listing = json_listing(text, url, NAME)
    if listing is None:
        return None
    if not listing.links:
        listing.end = "empty page"
    elif listing.pages is not None and number >= listing.pages:
        listing.end = f"page {number} of {listing.pages}"
    else:
        size = memo.get("size")
        address = str(memo.get("search") or url.split("?")[0])
        listing.steps = [_step(address, number + 1, size if isinstance(size, int) else _SIZES[0])]
    return listing
