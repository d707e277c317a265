"""Lists of no known family that a script loads: any JSON or HTML fragment whose address stands in the page.

By which words such an address is known is in data/discovery.yaml, ``sources``.
"""

from __future__ import annotations

import functools
import re

import data
from crawler.address import absolute
from crawler.discovery.page import Page
from crawler.families.listing import Listing, Step, announced, html_links, json_listing

NAME = "anylist"
_QUOTED = re.compile(r"""['"`]((?:https?:/)?\.{0,2}/?[^'"`\s<>{}()]+)['"`]""")
_TRIED = 3  # addresses of one page


@functools.cache
def _rule(name: str) -> re.Pattern[str]:
    words = data.load_yaml("discovery.yaml")["sources"]
    if name == "paths":
        return re.compile("|".join(rf"{re.escape(each)}(?![a-z])" for each in words["paths"]), re.I)
    return re.compile(rf"([?&](?:{'|'.join(words[name])})=)(\d*)", re.I)


def sources(page: Page) -> list[Step]:
    """The addresses in a page's scripts that may hold its list; for a column that shows no entries."""
    found: dict[str, Step] = {}
    for script in page.scripts:
        for match in _QUOTED.finditer(script):
            path = match[1] + ("1" if match[1].endswith("=") else "")  # '/list?page=' + page
            address = absolute(page.base, path) if _loads(path) else None
            if address:
                found.setdefault(address, Step(address, 1, family=NAME))
    return list(found.values())[:_TRIED]


def _loads(path: str) -> bool:
    """Whether an address in a script looks like one of a list."""
    named = path.split("?")[0]
    if ("/" not in path and ".json" not in path) or named.lower().endswith((".js", ".css", ".png", ".jpg", ".gif")):
        return False
    return bool(_rule("paths").search(named) or _rule("turning").search(path) or _rule("sizes").search(path))


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
    place = _rule("turning").search(url)
    if place and place[2] and not (listing.pages is not None and number >= listing.pages):
        address = url[: place.start(2)] + str(int(place[2]) + 1) + url[place.end(2) :]
        listing.steps = [Step(address, number + 1, family=NAME)]
    return listing
