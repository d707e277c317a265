"""TRS WCM.

``createPageHTML(9, 0, "index", "html")``, or the same with variables of the page; ``createPage`` in 重庆.
Page 2 is index_1.html in most places, index_2.shtml in some (太原).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.address import absolute
from crawler.discovery.page import Page
from crawler.families import terms
from crawler.families.brackets import balanced, split
from crawler.families.listing import Listing, Step

NAME = "trs"
_CALL = re.compile(r"\bcreatePage(?:HTML)?\s*(?=\()")


def read(page: Page, number: int, memo: dict[str, object]) -> Listing | None:
    """The next page, by the numbering that the call itself tells: its second argument is 0 or 1 on the first page."""
    call = _call(page)
    if call is None:
        return None
    total, current, name, extension = call
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


def _call(page: Page) -> tuple[int, int, str, str] | None:
    """How many pages there are, which one this is, and their name and extension."""
    for values in calls(page):
        total, current, name, extension = (values + [""] * 4)[:4]
        if total.isdecimal() and current.isdecimal() and re.fullmatch(r"[\w-]+", name) and extension.isalnum():
            return int(total), int(current), name, extension
    return None


def calls(page: Page) -> Iterator[list[str]]:
    """The values of each call; "" is one that is not known, as all are in the script's own definition of it."""
    for found in _CALL.finditer(page.text):
        written = split(balanced(page.text, found.end()) or "", ",")
        yield [terms.text_of(page, each) or "" for each in written]
