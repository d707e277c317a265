"""Lists of no known family that a script loads: any JSON or HTML fragment whose address stands in the page."""

from __future__ import annotations

import re

from crawler.address import absolute
from crawler.discovery.page import Page
from crawler.families.listing import Listing, Step, announced, html_links, json_listing

NAME = "anylist"
_ADDRESS = re.compile(
    r"""['"]((?:https?:/)?\.{0,2}/?[^'"\s<>{}]*(?:\.json|/api/|/list\b|/blocks/|getList|queryList|interfaces|ajax|\.do\b)[^'"\s<>{}]*)['"]"""
)


def sources(page: Page) -> list[Step]:
    """The addresses in a page's scripts that may hold its list; for a column that shows no entries."""
    found: list[Step] = []
    for script in page.scripts:
        for match in _ADDRESS.finditer(script):
            address = absolute(page.url, match[1])
            if address and not address.endswith((".js", ".css")) and all(step.url != address for step in found):
                found.append(Step(address, 1, family=NAME))
    return found[:3]


def read(page: Page, number: int, memo: dict[str, object]) -> Listing | None:
    """Nothing by itself: only a column without entries asks for ``sources``."""
    return None


def read_answer(text: str, url: str, number: int, memo: dict[str, object]) -> Listing | None:
    """JSON or HTML, whatever it is; the page's number in the address is counted up."""
    listing = json_listing(text, url, NAME)
    if listing is None:
        links = html_links(text, url) if "<a" in text else []
        if not links:
            return None
        records, pages = announced(text)
        listing = Listing(NAME, links=links, records=records, pages=pages)
    if not listing.links:
        listing.end = "empty answer"
        return listing
    place = re.search(r"([?&](?:page|pageNo|pageIndex|pageNum|current|p)=)(\d+)", url, re.I)
    if place and not (listing.pages is not None and number >= listing.pages):
        address = url[: place.start(2)] + str(int(place[2]) + 1) + url[place.end(2) :]
        listing.steps = [Step(address, number + 1, family=NAME)]
    return listing
