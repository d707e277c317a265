"""A real crawler in a process of its own: fetches what it is told on standard input, prints what the spider saw.

In: ``{"settings": {...}, "requests": [{"url": ..., "method": ..., "meta": {...}}]}``. Out: one JSON line a request.
"""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator
from dataclasses import asdict
from hashlib import sha256
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response

HANDLER = "crawler.capture.handler.ArchivingDownloadHandler"
SETTINGS = {
    "DOWNLOAD_HANDLERS": {"http": HANDLER, "https": HANDLER},
    "EXTENSIONS": {"crawler.capture.extension.ArchiveExtension": 0},
    "GONGKAI_PORTAL": "demo",
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "COOKIES_ENABLED": False,
    "RETRY_ENABLED": False,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "DOWNLOAD_DELAY": 0,
    "LOG_LEVEL": "ERROR",
}


class FetchSpider(scrapy.Spider):
    """Fetches its requests, one after the other."""

    name = "fetch"
    handle_httpstatus_all = True
    orders: tuple[dict[str, Any], ...] = ()

    async def start(self) -> AsyncIterator[scrapy.Request]:
        for order in self.orders:
            meta = {"handle_httpstatus_all": True, "dont_redirect": True, **order.get("meta", {})}
            yield scrapy.Request(
                order["url"],
                method=order.get("method", "GET"),
                body=order.get("body", "").encode(),
                meta=meta,
                dont_filter=True,
                callback=self.seen,
                errback=self.failed,
            )

    def seen(self, response: Response) -> None:
        self.say(response.request, status=response.status, digest="sha256:" + sha256(response.body).hexdigest())

    def failed(self, failure: Any) -> None:
        self.say(failure.request, error=type(failure.value).__name__, message=str(failure.value))

    def say(self, request: Any, **more: Any) -> None:
        capture = request.meta.get("gongkai_capture")
        line = {"url": request.url, "capture": asdict(capture) if capture else None, **more}
        print(json.dumps({**line, "failure": request.meta.get("gongkai_failure")}), flush=True)


def main() -> None:
    told = json.load(sys.stdin)
    FetchSpider.orders = tuple(told["requests"])
    process = AsyncCrawlerProcess({**SETTINGS, **told["settings"]})
    crawler = process.create_crawler(FetchSpider)
    process.crawl(crawler)
    process.start()
    print(json.dumps({"reason": crawler.stats.get_value("finish_reason")}))


if __name__ == "__main__":
    main()
