"""Redirects: what they lead to takes the place of the row, inside the portal and only so often."""

from __future__ import annotations

import json

from scrapy.http import Response

from crawler.address import absolute, canonical, host_of
from crawler.discovery.page import Page
from crawler.frontier import settled
from crawler.frontier.frontier import Row, Target
from crawler.politeness import refusals
from crawler.spiders.portal import PortalSpider

MOST_HOPS = 8  # redirects one after the other; browsers give up after twenty
_SPELLINGS = 4  # of one address
_EMPTY = 3  # links of a page that only sends on


def redirected(spider: PortalSpider, row: Row, response: Response, facts: dict[str, object]) -> None:
    """3xx: follow inside the portal, tell of a home page that has moved, end loops and cookie gates."""
    location = absolute(response.url, (response.headers.get(b"Location") or b"").decode("utf-8", "surrogateescape"))
    if location is None:
        settled.lost(spider, row, f"failed: HTTP {response.status} without an address", facts)
        return
    if not spider.boundary.holds(location):
        if row.kind == "seed":
            spider.note(
                "moved",
                f"the home page sends on to {location}, outside the portal; add it to the registry if it is the"
                f" portal's new address",
                row.url,
                "error",
            )
            spider.failures[f"redirected to {host_of(location)}"] += 1
        settled.lost(spider, row, f"redirect outside the portal: {location}", facts, quiet=True)
        return
    if canonical(location) == row.canonical:
        if not _again(spider, row, location):
            if response.headers.get(b"Set-Cookie"):
                refusals.blocked(spider, row.host, "cookie-gate", row.url)
            settled.lost(spider, row, "failed: redirect loop", facts)
            spider.failures["redirect loop"] += 1
        return
    if _hops(row) >= MOST_HOPS:
        spider.failures["too many redirects"] += 1
        settled.lost(spider, row, f"failed: more than {MOST_HOPS} redirects", facts)
        return
    forward(spider, row, location, f"HTTP {response.status}")
    settled.lost(spider, row, f"redirect to {location}", facts, quiet=True)


def to_itself(spider: PortalSpider, row: Row, page: Page) -> bool:
    """Whether a page without links sends on to another spelling of its own address (``/`` to ``/index.html``).

    A page that holds something may load itself anew every few minutes: that is no redirect.
    """
    sends = page.redirect is not None and canonical(page.redirect) == row.canonical and len(page.links) < _EMPTY
    return sends and _again(spider, row, str(page.redirect))


def _again(spider: PortalSpider, row: Row, url: str) -> bool:
    """Ask for a page under another spelling of its address; not for ever."""
    if row.tries >= _SPELLINGS:
        return False
    spider.frontier.move(row, url)
    spider.frontier.postpone(row, 0, "redirect to the same page")
    return True


def forward(spider: PortalSpider, row: Row, url: str, rule: str) -> None:
    """What a redirect leads to takes the place of the row: same kind, same promise, one hop deeper."""
    chain = _hops(row)
    if chain >= MOST_HOPS or not spider.boundary.holds(url):
        return
    value = max(row.priority, min(99.0, row.priority + 0.5))
    spider.frontier.add(
        [
            Target(
                url, canonical(url), host_of(url), row.kind, value, f"redirect ({rule})",
                anchor=row.anchor,
                context=row.context, branch=row.branch, year=row.year, listed=row.listed,
                memo=json.dumps({"hops": chain + 1}),
            )
        ],
        parent=row,
    )  # fmt: skip


def _hops(row: Row) -> int:
    """How many redirects led to a row."""
    memo = row.memo or ""
    return int(json.loads(memo).get("hops", 0)) if memo.startswith('{"hops"') else 0
