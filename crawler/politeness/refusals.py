"""Hosts that refuse: challenges are recorded and left alone until the next day, overload is waited for."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from scrapy.http import Response

from crawler import settled, visit
from crawler.frontier import Row
from crawler.politeness import blocks

if TYPE_CHECKING:
    from crawler.spiders.reports import ReportsSpider

#: So often an address is asked for that fails without saying why.
TRIES = 3


def blocked(spider: ReportsSpider, host: str, kind: str, url: str) -> None:
    """Leave a host alone until the next day, and say so."""
    if host not in spider.scheduler.blocked:
        spider.counts["blocked"] += 1
        spider.failures[f"blocked ({kind}) at {host}"] += 1
        spider.note(
            "blocked",
            f"{host} answers with a challenge or refusal ({kind}); it is left alone until the next day",
            url,
            "error",
        )
        now = time.time()
        spider.frontier.db.execute(
            "INSERT OR REPLACE INTO block (portal, host, kind, since, until, url) VALUES (?,?,?,?,?,?)",
            (spider.portal, host, kind, now, now + visit.DAY, url),
        )
    spider.scheduler.block(host)


def back_off(spider: ReportsSpider, row: Row, response: Response) -> float:
    """429 and 503: the row waits as long as Retry-After says, and its host with it; the seconds."""
    wait = blocks.retry_after(response.headers.get(b"Retry-After"))
    seconds = wait if wait is not None else min(60.0, 2.0 * 2**row.tries)
    spider.counts["backed_off"] += 1
    spider.failures[f"HTTP {response.status} at {row.host}"] += 1
    if row.tries + 1 >= TRIES + 2:
        settled.lost(spider, row, f"failed: HTTP {response.status} again and again", {})
    else:
        spider.frontier.postpone(row, time.time() + seconds, f"HTTP {response.status}")
    return seconds


def retry(spider: ReportsSpider, row: Row, reason: str, facts: dict[str, object]) -> None:
    """A server's error: the row is tried again a little later, then left with the reason."""
    spider.failures[reason.removeprefix("failed: ")] += 1
    if row.tries + 1 >= TRIES:
        settled.lost(spider, row, reason, facts)
    else:
        spider.frontier.postpone(row, time.time() + min(spider.pause * 2**row.tries, 30.0), reason)
