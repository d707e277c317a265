"""What became of a row: done once its capture is safe and the store has its page, else dropped with the reason."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from scrapy.http import Response

from crawler import answer, looks, visit
from crawler.families import anylist as any_list
from crawler.frontier import Row
from crawler.politeness import refusals

if TYPE_CHECKING:
    from crawler.spiders.reports import ReportsSpider


def lost(spider: ReportsSpider, row: Row, reason: str, facts: dict[str, object], *, quiet: bool = False) -> None:
    """An address that gave nothing.

    Of a list it may be the proof of the end, or call for another way to number pages.
    """
    spider.counts["lost"] += 0 if quiet else 1
    if reason.startswith("gone"):
        spider.failures["HTTP 404"] += 1
    memo = json.loads(row.memo) if row.memo else {}
    guessed = row.family == any_list.NAME  # nothing but an address in a script speaks for the list
    turned = (row.listing and (row.number or 1) > 1) or (row.family and (memo.get("otherwise") or guessed))
    if turned and not spider.lists.otherwise(row, memo):
        spider.lists.unreadable(row, f"page {row.number}: {reason}")
    if row.report:
        if not reason.startswith(visit.AWAY):  # what has gone is told by the summary
            spider.note("report-unreachable", f"a known report could not be asked for ({reason})", row.url)
    elif row.digest and row.kind in ("column", "year", "level") and not quiet:
        if reason.startswith("gone"):
            told = "is not there any more ({}); discovery starts again from the home page"
            visit.rediscover(spider.frontier)
        else:
            told = "could not be asked for ({})"
        code = "column-gone" if reason.startswith("gone") else "column-unreachable"
        spider.note(code, f"a known column {told.format(reason)}", row.url)
    elif row.kind in ("report", "attachment") and not quiet:
        spider.note("report-missing", f"a linked report could not be had ({reason})", row.url)
    spider.unsynced.append((row, {**facts, "state": "dropped", "reason": reason, "due": _due_again(row, reason)}))
    _flush_if_full(spider)


def failed(spider: ReportsSpider, failure: Any) -> None:
    """No answer: refused, timed out, name not found, outside, private."""
    request = failure.request
    row: Row = request.meta["gongkai_row"]
    reason = answer.reason(failure)
    spider.scheduler.release(row.host)
    if "outside" in reason or "private" in reason.lower():
        spider.failures[reason] += 1
        lost(spider, row, f"failed: {reason}", {})
    else:
        left = refusals.retry(spider, row, f"failed: {reason}", {}, "silent")
        if not left:
            spider.progress()
            return
    if row.kind == "seed":
        spider.note("unreachable", f"the home page cannot be had: {reason}", row.url, "error")
    spider.progress()


def schedule(row: Row) -> dict[str, object]:
    """When the row is asked for again."""
    return {"due": _due(row, time.time()) if row.report else 0.0}


def _due_again(row: Row, reason: str) -> float:
    """When an address is tried again that gave nothing. What has answered before (it has a digest) is asked for at the
    next visit after a failure, and now and then where it is gone; what never did, ever more seldom."""
    now, attempts = time.time(), 0 if row.digest else row.checks
    if reason.startswith("failed"):
        return visit.due_again(now, visit.NEXT_DAY, attempts)
    return _due(row, now) if row.report else visit.due_again(now, visit.retry_gone(), attempts)


def _due(row: Row, now: float) -> float:
    return visit.due(now, listed=row.listed, added=row.done or now, year=row.year)


def finish(spider: ReportsSpider, row: Row, facts: dict[str, object]) -> None:
    """Done, without anything for the store to read."""
    if row.digest and row.kind != "seed":
        spider.counts["answered"] += 1  # a known list is still there, whether or not it says anything new
    spider.unsynced.append((row, facts))
    _flush_if_full(spider)


def _flush_if_full(spider: ReportsSpider) -> None:
    if len(spider.unsynced) >= 8:
        flush(spider)


def flush(spider: ReportsSpider) -> None:
    """Mark pages without an item done: after their captures are safe on disk."""
    if not spider.unsynced:
        return
    writer = getattr(spider.crawler, "gongkai_writer", None)
    if writer is not None:
        writer.sync()
    rows, spider.unsynced = spider.unsynced, []
    spider.frontier.finish(rows)


def item_stored(spider: ReportsSpider, item: dict[str, Any], response: Response) -> None:
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
        facts["due"] = visit.due(now, listed=row.listed, added=row.done or now, year=year)
        facts["year"] = year
        spider.counts["reports"] += 1
        for record in records or []:
            spider.counts[f"verdict:{record.verdict}"] += 1
    elif row.kind in ("report", "attachment"):  # what a list calls a report may become one: a page that was not ready
        facts["due"] = visit.due_again(now, visit.retry_gone(), row.checks)
    if report:
        looks.dress(spider, row, item)
    spider.frontier.finish([(row, facts)])
    if report and not row.report:
        spider.counts["new_reports"] += 1
        spider.known_reports += 1
        spider.explored = 0
        spider.frontier.credit(row)
        spider.counts["useful"] += 1
    spider.progress()


def _looks(row: Row) -> bool:
    """Without pipelines (a test of discovery alone) the page's own phrases decide."""
    return bool(row.extra.get("report", row.kind in ("report", "attachment")))


def item_failed(spider: ReportsSpider, item: dict[str, Any], response: Response, failure: Any) -> None:
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


def item_dropped(spider: ReportsSpider, item: dict[str, Any], response: Response, exception: Exception) -> None:
    """Signal item_dropped: a pipeline refused the page."""
    capture = item["capture"]
    row, facts = spider.awaiting.pop(capture.id if capture else item["url"], (None, {}))
    if row is not None:
        spider.frontier.finish([(row, facts)])


def callback_failed(spider: ReportsSpider, failure: Any, response: Response) -> None:
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
