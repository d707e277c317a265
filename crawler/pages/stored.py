"""What became of a page that the store was to have: stored, refused, or lost to an error on the way there."""

from __future__ import annotations

import time
from typing import Any

from scrapy.http import Response

from crawler.frontier import settled, visit
from crawler.frontier.frontier import Row
from crawler.pages import looks
from crawler.politeness import refusals
from crawler.spiders.portal import PortalSpider


def item_stored(spider: PortalSpider, item: dict[str, Any], response: Response) -> None:
    """Signal item_scraped: the pipelines have stored the page, so the row is done."""
    capture = item["capture"]
    row, facts = spider.awaiting.pop(capture.id if capture else item["url"], (None, {}))
    if row is None:
        return
    records = item.get("records")
    report = any(record.verdict != "not_a_report" for record in records) if records is not None else _looks(row)
    now = time.time()
    facts |= {"report": int(report)}
    if report:
        year = next((record.year for record in records or [] if record.year), row.year)
        facts["due"] = settled.due(row, now, year)
        facts["year"] = year
        spider.counts["reports"] += 1
        for record in records or []:
            spider.counts[f"verdict:{record.verdict}"] += 1
    elif row.kind in ("report", "attachment"):  # what a list calls a report may become one: a page that was not ready
        facts["due"] = visit.due_again(now, visit.retry_gone(), row.checks)
        if row.kind == "report" and records is not None and not row.extra.get("article"):
            spider.note("report-missing", f"what a list calls a report holds none: {row.anchor or row.url}", row.url)
    if report:
        looks.dress(spider, row, item)
    settled.flush(spider)  # the lists that led here: a crawl that is killed need not ask for them again
    spider.frontier.finish([(row, facts)])
    if report and not row.report:
        spider.counts["new_reports"] += 1
        spider.known_reports += 1
        spider.explored = 0
        spider.frontier.credit(row)
        spider.counts["useful"] += 1
        if spider.returning and not _waited(spider, row):  # a bare year may lead to the report itself
            spider.lists.changes.stir()
    spider.progress()


def _waited(spider: PortalSpider, row: Row) -> bool:
    """Whether a report was named at an earlier visit, which could not have it: that it came now is no change of its
    portal's."""
    named = spider.frontier.count("id = ? AND added >= ?", (row.id, visit.started(spider.frontier)))
    return row.done is None and not named


def _looks(row: Row) -> bool:
    """Without pipelines (a test of discovery alone) the page's own phrases decide."""
    return bool(row.extra.get("report", row.kind in ("report", "attachment")))


def item_failed(spider: PortalSpider, item: dict[str, Any], response: Response, failure: Any) -> None:
    """Signal item_error: a pipeline raised; the row is tried again, then left with the reason."""
    capture = item["capture"]
    row, _ = spider.awaiting.pop(capture.id if capture else item["url"], (None, {}))
    if row is None:
        return
    spider.counts["store_failed"] += 1
    reason = f"failed: {failure.type.__name__}: {failure.getErrorMessage()}"[:300]
    spider.failures[reason.removeprefix("failed: ")] += 1
    if row.tries + 1 >= refusals.TRIES:
        spider.note("not-stored", f"the page could not be stored ({reason})", row.url, "error")
        spider.frontier.drop(row, reason)
    else:
        spider.frontier.postpone(row, time.time() + spider.pause, reason)


def item_dropped(spider: PortalSpider, item: dict[str, Any], response: Response, exception: Exception) -> None:
    """Signal item_dropped: a pipeline refused the page."""
    capture = item["capture"]
    row, facts = spider.awaiting.pop(capture.id if capture else item["url"], (None, {}))
    if row is not None:
        spider.frontier.finish([(row, facts)])


def callback_failed(spider: PortalSpider, failure: Any, response: Response) -> None:
    """Signal spider_error: reading a page raised. The page is archived; the row is left with the reason."""
    row = response.meta.get("gongkai_row")
    host = response.meta.get("gongkai_host")
    spider.counts["errors"] += 1
    reason = f"{failure.type.__name__}: {failure.getErrorMessage()}"[:300]
    spider.note("spider-error", f"reading a page failed ({reason})", response.url, "error")
    if row is not None:
        spider.frontier.drop(row, f"failed: {reason}")
    if host:
        spider.scheduler.release(host)
