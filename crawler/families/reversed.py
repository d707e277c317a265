"""国资委, 审计署, 海关.

Fragments numbered from the end. The newest page has no number; with maxPageNum 16 the second is index_…_15.html.
Some columns show nothing before a script has loaded the newest.
"""

from __future__ import annotations

import re

from crawler.address import absolute
from crawler.discovery.page import Page
from crawler.families.listing import Listing, Step, html_links

NAME = "reversed"
_LAST = re.compile(r"maxPageNum\d*\s*=\s*['\"]?(\d+)")  # the list's own number may stand in the name
_STEM = re.compile(r"""purl\d*\s*=\s*['"]([^'"]+?)_?['"]|load\(\s*['"]([^'"]*index_\d+)_['"]\s*\+""")
_JOINED = re.compile(r"""['"]([^'"\s]*index_\d+)_['"]\s*\+""")  # var u = "index_260_" + n + ".html"; $(box).load(u)
_EMPTY = re.compile(r"<(\w+)[^>]*\bid\s*=\s*['\"]?comp_\d+['\"]?[^>]*>\s*</\1>")
_LOADS_NEWEST = re.compile(r"""load\(\s*(?:purl\d*\s*\+\s*['"]|['"][^'"]*index_\d+)\.html""")
_LINKED = re.compile(r"""href=['"]([^'"]*index_\d+)_\d+\.html['"]""")


def read(page: Page, number: int, memo: dict[str, object]) -> Listing | None:
    """The second page, which has the highest number but one."""
    totals = [int(each) for each in _LAST.findall(page.text)]
    total = max(totals, default=0)
    stem = _STEM.search(page.text) or _JOINED.search(page.text) or _LINKED.search(page.text)
    if total <= 0:
        return None
    empty = bool(_EMPTY.search(page.text) and _LOADS_NEWEST.search(page.text))
    if stem is None or (total == 1 and not empty):
        return Listing(NAME, pages=total, end="page 1 of 1" if total == 1 else None)
    address = absolute(page.url, next(each for each in stem.groups() if each))
    if address is None:
        return None
    step = _step(address, total, 1 if empty else number + 1)
    if empty and total > 1:  # where the newest cannot be had, the rest is there all the same
        step.otherwise = [_step(address, total, 2)]
    return Listing(NAME, pages=total, steps=[step])


def _step(stem: str, total: int, number: int) -> Step:
    address = f"{stem}.html" if number == 1 else f"{stem}_{total - number + 1}.html"
    return Step(address, number, family=NAME, memo={"stem": stem, "total": total})


def read_answer(text: str, url: str, number: int, memo: dict[str, object]) -> Listing | None:
    """One fragment; number 1 is the oldest."""
    total = int(str(memo["total"]))
    listing = Listing(NAME, links=html_links(text, url), pages=total)
    if number >= total:
        listing.end = f"page {number} of {total}"
    elif listing.links:
        listing.steps = [_step(str(memo["stem"]), total, number + 1)]
    return listing
