"""TRS WCM.

``createPageHTML(9, 0, "index", "html")``. Page 2 is index_1.html in most places, index_2.shtml in some (太原).
"""

from __future__ import annotations

import re

from crawler.address import absolute
from crawler.discovery.page import Page
from crawler.families.listing import Listing, Step

NAME = "trs"
_CALL = re.compile(
    r"createPage(?:HTML)?\s*\(\s*['\"]?(\d+)['\"]?\s*,\s*['\"]?(\d+)['\"]?\s*,\s*['\"](\w+)['\"]\s*,\s*['\"](\w+)['\"]"
)


def read(page: Page, number: int, memo: dict[str, object]) -> Listing | None:
    """The next page, by the numbering that the call itself tells: its second argument is 0 or 1 on the first page."""
    call = _CALL.search(page.text)
    if not call:
        return None
    total, current, name, extension = int(call[1]), int(call[2]), call[3], call[4]
    first = memo.get("first")
    if not isinstance(first, int):
        first = current - (number - 1) if current - (number - 1) in (0, 1) else 0
    listing = Listing(NAME, pages=total)
    if number >= total:
        listing.end = f"page {number} of {total}"
        return listing
    addresses = {}
    for habit in (0, 1):  # number 2 is name_1 (from 0) or name_2 (from 1)
        address = absolute(page.url, f"{name}_{number + habit}.{extension}")
        if address:
            addresses[habit] = Step(address, number + 1, memo={"first": habit})
    step = addresses.get(first)
    if step is None:
        return listing
    other = addresses.get(1 - first)
    if number == 1 and other is not None:
        step.otherwise = [other]
    listing.steps = [step]
    return listing
