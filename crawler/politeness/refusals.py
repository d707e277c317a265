"""Hosts that refuse, are overloaded or have fallen silent: recorded, left alone until they may be asked again."""

from __future__ import annotations

import time
from typing import Any

from scrapy.http import Response

from crawler.frontier import settled, visit
from crawler.frontier.frontier import Row
from crawler.pages import answer
from crawler.politeness import blocks
from crawler.spiders.portal import PortalSpider

#: So often an address is asked for that fails without saying why.
TRIES = 3
#: The longest wait within one visit, in seconds; whoever wants to be left alone for longer is asked at a later visit.
PATIENCE = 600.0
#: A Retry-After beyond this many seconds is taken as this many: a mistyped one must not silence a portal for ever.
LONGEST = 14 * visit.DAY


def blocked(spider: PortalSpider, host: str, kind: str, url: str) -> None:
    """A challenge or refusal: leave the host alone until the next day, and say so."""
    if host not in spider.scheduler.blocked:
        spider.counts["blocked"] += 1
        spider.failures[f"blocked ({kind}) at {host}"] += 1
    message = f"{host} answers with a challenge or refusal ({kind}); it is left alone until the next day"
    leave_alone(spider, host, kind, url, visit.NEXT_DAY, message)


def challenged(spider: PortalSpider, row: Row, kind: str) -> float:
    """A challenge in place of a page: the address waits for the next day; the seconds for which its host rests.

    A firewall may challenge single addresses of a portal that shows the others. Such a host is asked on, ever more
    slowly, until several challenges follow one another; whoever counts requests has said enough with one.
    """
    single = row.kind != "seed" and kind != "frequency" and row.host in spider.scheduler.answered
    inarow = spider.scheduler.fault(row.host, "challenge")
    if not single or inarow >= blocks.faults("challenge"):
        blocked(spider, row.host, kind, row.url)
    else:
        spider.counts["challenged"] += 1
        spider.failures[f"challenged ({kind}) at {row.host}"] += 1
        if spider.counts["challenged"] == 1:
            told = f"{row.host} answers single addresses with a challenge ({kind}); they wait until the next day"
            spider.note("blocked", told, row.url, "error")
    spider.frontier.postpone(row, time.time() + visit.NEXT_DAY, f"blocked: {kind}")
    return min(spider.pause * 2.0**inarow, 30.0)


def shut(spider: PortalSpider, row: Row, title: str) -> None:
    """A home page says that the portal is shut for a while: what it answers elsewhere until then says nothing."""
    spider.failures[f"shut for a while: {title[:60]}"] += 1
    message = f"{row.host} says that it is shut for a while ({title[:60]}); it is left alone until the next day"
    leave_alone(spider, row.host, "maintenance", row.url, visit.NEXT_DAY, message)
    spider.frontier.postpone(row, time.time() + visit.NEXT_DAY, "blocked: maintenance")


def leave_alone(spider: PortalSpider, host: str, kind: str, url: str, seconds: float, message: str) -> None:
    """Ask a host for nothing more for so many seconds, in this visit and the next ones. Its addresses wait."""
    if host not in spider.scheduler.blocked:
        spider.note("blocked", message, url, "error")
        now = time.time()
        spider.frontier.db.execute(
            "INSERT OR REPLACE INTO block (portal, host, kind, since, until, url) VALUES (?,?,?,?,?,?)",
            (spider.portal, host, kind, now, now + seconds, url),
        )
    spider.scheduler.block(host)


def back_off(spider: PortalSpider, row: Row, response: Response) -> float:
    """429 and 503: the row waits as long as Retry-After says, and its host with it; the seconds."""
    asked = blocks.retry_after(response.headers.get(b"Retry-After"))
    seconds = min(60.0, 2.0 * 2**row.tries) if asked is None else min(asked, LONGEST)
    spider.counts["backed_off"] += 1
    spider.failures[f"HTTP {response.status} at {row.host}"] += 1
    if seconds > PATIENCE:
        message = f"{row.host} answers {response.status} and wants to be left alone for {_told(seconds)}"
        leave_alone(spider, row.host, "retry-after", row.url, seconds, message)
    elif not faulty(spider, row, "overload", f"HTTP {response.status}") and row.tries + 1 >= TRIES + 2:
        settled.lost(spider, row, f"failed: HTTP {response.status} again and again", {})
        return seconds
    spider.frontier.postpone(row, time.time() + seconds, f"HTTP {response.status}")
    return seconds


def retry(spider: PortalSpider, row: Row, reason: str, facts: dict[str, object], kind: str = "error") -> bool:
    """A server's error or no answer: the row is tried again a little later, then left with the reason; True if so."""
    spider.failures[reason.removeprefix("failed: ")] += 1
    down = faulty(spider, row, kind, reason.removeprefix("failed: "))
    if not down and row.tries + 1 >= TRIES:
        settled.lost(spider, row, reason, facts)
        return True
    spider.frontier.postpone(row, time.time() + min(spider.pause * 2**row.tries, 30.0), reason)
    return False


def faulty(spider: PortalSpider, row: Row, kind: str, reason: str) -> bool:
    """Count a fault of a host; True where there were so many in a row that it is left alone until the next day.

    A portal that falls silent in the middle of a visit would else cost three long waits for each of its addresses.
    """
    if row.host in spider.scheduler.blocked:
        return True
    if spider.scheduler.fault(row.host, kind) < blocks.faults(kind):
        return False
    message = f"{row.host} has failed many times in a row ({reason}); it is left alone until the next day"
    leave_alone(spider, row.host, "silent" if kind == "silent" else "failing", row.url, visit.NEXT_DAY, message)
    return True


def _told(seconds: float) -> str:
    return f"{seconds / visit.DAY:.0f} days" if seconds >= 2 * visit.DAY else f"{seconds / 60:.0f} minutes"


def failed(spider: PortalSpider, failure: Any) -> None:
    """No answer: refused, timed out, name not found, outside, private."""
    request = failure.request
    row: Row = request.meta["gongkai_row"]
    reason = answer.reason(failure)
    spider.scheduler.release(row.host)
    if "outside" in reason or "private" in reason.lower():
        spider.failures[reason] += 1
        settled.lost(spider, row, f"failed: {reason}", {})
    else:
        left = retry(spider, row, f"failed: {reason}", {}, "silent")
        if not left:
            spider.progress()
            return
    if row.kind == "seed":
        spider.note("unreachable", f"the home page cannot be had: {reason}", row.url, "error")
    spider.progress()
