"""The last guard before the wire: no request to another scheme or outside the portal's hosts, whoever made it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.exceptions import IgnoreRequest

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class OutsidePortal(IgnoreRequest):
    """Raised by BoundaryMiddleware for a request that would leave the portal; the spider's errback drops the row."""


class BoundaryMiddleware:
    """Refuses what the frontier should never have held; redirects are rows of the frontier, so they pass here too."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BoundaryMiddleware:
        """As Scrapy makes it."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Let pass or refuse."""
        boundary = getattr(self.crawler.spider, "boundary", None)
        if boundary is not None and not boundary.holds(request.url):
            self.crawler.stats.inc_value("gongkai/outside")
            raise OutsidePortal(f"outside the portal: {request.url}")
