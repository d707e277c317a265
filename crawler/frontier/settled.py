"""What became of a row: done once its capture is safe and the store has its page, else dropped with the reason."""

from __future__ import annotations

import json
import time

from crawler.discovery import gaps, scriptturned
from crawler.families import annual_jsp
from crawler.families import anylist as any_list
from crawler.frontier import visit
from crawler.frontier.frontier import Row
from crawler.spiders.portal import PortalSpider


def lost(spider: PortalSpider, row: Row, reason: str, facts: dict[str, object], *, quiet: bool = False) -> None:
    """An address that gave nothing.

    Of a list it may be the proof of the end, or call for another way to number pages.
    """
    spider.counts["lost"] += 0 if quiet else 1
    if reason.startswith("gone"):
        spider.failures["HTTP 404"] += 1
    memo = json.loads(row.memo) if row.memo else {}
    guessed = row.family == any_list.NAME  # nothing but an address in a script speaks for the list
    turned = (row.listing and (row.number or 1) > 1) or (row.family and (memo.get("otherwise") or guessed))
    if turned and not (spider.lists.onward.otherwise(row, memo) or gaps.passed(spider.frontier, row, reason)):
        error = reason.startswith("failed")
        scriptturned.unreadable(spider.frontier, row, f"page {row.number}: {reason}", error=error)
    if row.report:
        if reason.startswith(visit.AWAY):  # what has gone is told by the summary
            spider.lists.changes.gone(row)
        else:
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


def schedule(row: Row) -> dict[str, object]:
    """When the row is asked for again."""
    return {"due": due(row, time.time(), row.year) if row.report else 0.0}


def _due_again(row: Row, reason: str) -> float:
    """When an address is tried again that gave nothing. What has answered before (it has a digest) is asked for at the
    next visit after a failure, and now and then where it is gone; what never did, ever more seldom."""
    answered = row.digest and not reason.startswith(("same bytes", "redirect"))
    now, attempts = time.time(), 0 if answered else row.checks
    if reason.startswith("failed"):
        return visit.due_again(now, visit.NEXT_DAY, attempts)
    return due(row, now, row.year) if row.report else visit.due_again(now, visit.retry_gone(), attempts)


def due(row: Row, now: float, year: int | None) -> float:
    """When a report is asked for again: within a week where it is what names the organ's next one."""
    planned = visit.due(now, listed=row.listed, added=row.done or now, year=year)
    names_next = annual_jsp.newest(row.url, year, time.gmtime(now).tm_year)
    return min(planned, now + visit.WEEK) if names_next else planned


def finish(spider: PortalSpider, row: Row, facts: dict[str, object]) -> None:
    """Done, without anything for the store to read."""
    if row.digest and row.kind != "seed":
        spider.counts["answered"] += 1  # a known list is still there, whether or not it says anything new
    spider.unsynced.append((row, facts))
    _flush_if_full(spider)


def _flush_if_full(spider: PortalSpider) -> None:
    if len(spider.unsynced) >= 8:
        flush(spider)


def flush(spider: PortalSpider) -> None:
    """Mark pages without an item done: after their captures are safe on disk."""
    if not spider.unsynced:
        return
    writer = getattr(spider.crawler, "gongkai_writer", None)
    if writer is not None:
        writer.sync()
    rows, spider.unsynced = spider.unsynced, []
    spider.frontier.finish(rows)
