"""The crawl's own account.

What it found, what it could not have, which lists did not prove their end. Written as a resource record.
"""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from crawler.address import host_of
from crawler.discovery.scoring import explore
from crawler.frontier import visit
from crawler.pages import looks
from crawler.spiders.portal import Note, PortalSpider

#: Why a visit was stopped, by the reason with which the spider was closed.
_STOPPED = {"archive_full": "the disk is full, make room", "shutdown": "it was told to stop"}
_WEIGHT = {"error": 0, "warning": 1, "info": 2}


def outcome_of(spider: PortalSpider, stopped: str | None) -> tuple[str, str | None]:
    """finished or failed, and why, from the facts: nothing found is a failure unless the registry declares it."""
    if stopped is not None:
        why = _STOPPED.get(stopped) or spider.scheduler.broken or stopped
        return "failed", f"{visit.STOPPED}: {why}; the next crawl goes on"
    if spider.counts["store_failed"] and any(note.code == "not-stored" for note in spider.notes):
        return "failed", next(note.message for note in spider.notes if note.code == "not-stored")
    if spider.scheduler.stopped == "window" and not spider.counts["requests"]:
        return "finished", "nothing was asked: " + next(n.message for n in spider.notes if n.code == "window-closed")
    if spider.counts["errors"]:
        return "failed", f"{spider.counts['errors']} pages could not be read: " + next(
            (note.message for note in spider.notes if note.code == "spider-error"), ""
        )
    moved = next((note.message for note in spider.notes if note.code == "moved"), None)
    if moved is not None:
        return "failed", moved
    held = _held_back(spider)
    if held is not None:
        return "failed", held
    found = spider.frontier.count("report = 1")
    answered = spider.counts["reports"] or spider.counts["unchanged"] or spider.counts["answered"]
    seeds_failed = any(
        note.code in ("unreachable", "robots-unreachable") and note.severity == "error" for note in spider.notes
    )
    if found and not seeds_failed and (answered or not spider.failures):
        return "finished", None
    if spider.job.get("expect") == "none" and not seeds_failed:
        return "finished", "no reports, as the registry says"
    errors = [note.message for note in spider.notes if note.severity == "error"]
    if errors:
        return "failed", errors[0]
    worst = ", ".join(
        f"{reason} ({count})" if count > 1 else reason for reason, count in spider.failures.most_common(3)
    )
    elsewhere = list(dict.fromkeys(host_of(note.where) for note in spider.notes if note.code == "outside"))[:3]
    if elsewhere:
        worst += f"{'; ' if worst else ''}promising links lead to {', '.join(elsewhere)}, outside the portal"
    return "failed", f"no report found{': ' + worst if worst else ''}"


def _held_back(spider: PortalSpider) -> str | None:
    """What a host that refuses has kept back: the home page, or addresses that promise something."""
    for note in reversed(spider.notes):  # of single addresses first, of the whole host then
        if note.code != "blocked" or note.severity != "error":
            continue
        hosts = spider.scheduler.blocked
        marks = ",".join("?" * len(hosts))
        waiting = f"state = 'pending' AND (host IN ({marks}) OR reason LIKE 'blocked: %')"
        left = spider.frontier.count(f"{waiting} AND priority >= ? AND kind <> ?", (*hosts, explore(), looks.KIND))
        if left or spider.frontier.count(f"{waiting} AND kind = 'seed'", tuple(hosts)):
            return f"{note.message}; {left} addresses wait" if left > 1 else note.message
    return None


def write(spider: PortalSpider, stopped: str | None) -> dict[str, Any]:
    """Close the visit, archive the summary, and keep what run_portal tells the runner once the store is closed."""
    spider.notes += [
        Note("report-gone", "warning", f"a known report is not there any more ({why})", url, capture)
        for url, why, capture in visit.gone(spider.frontier, spider.crawl_id)
    ]
    outcome, reason = outcome_of(spider, stopped)
    columns = [
        {
            "url": url,
            "title": title,
            "family": family,
            "records": records,
            "pages": pages,
            "state": state,
            "proof": proof,
            "entries": entries,
        }
        for url, title, family, records, pages, state, proof, entries in spider.frontier.db.execute(
            "SELECT url, title, family, records, pages, state, proof,"
            " (SELECT count(*) FROM entry e WHERE e.portal = l.portal AND e.listing = l.listing)"
            " FROM listing l WHERE portal = ? ORDER BY listing",
            (spider.portal,),
        )
    ]
    for column in columns:
        if column["state"] in ("incomplete", "open"):
            spider.note(
                "list-incomplete",
                f"a list was not read to its end: {column['proof'] or 'still open'}",
                str(column["url"]),
            )
    blocked = [
        {"host": host, "kind": kind, "since": _iso(since), "until": _iso(until), "url": url}
        for host, kind, since, until, url in spider.frontier.db.execute(
            "SELECT host, kind, since, until, url FROM block WHERE portal = ?", (spider.portal,)
        )
    ]
    states = dict(
        spider.frontier.db.execute(
            "SELECT state, count(*) FROM page WHERE portal = ? GROUP BY state", (spider.portal,)
        ).fetchall()
    )
    account: dict[str, Any] = {
        "portal": spider.portal,
        "crawl": spider.crawl_id,
        "home": spider.home,
        "started": _iso(spider.started),
        "ended": _iso(time.time()),
        "outcome": outcome,
        "reason": reason,
        "counts": {
            **dict(sorted(spider.counts.items())),
            **{f"addresses_{state}": count for state, count in sorted(states.items())},
        },
        "reports_known": spider.frontier.count("report = 1"),
        "problems": [asdict(note) for note in spider.notes],
        "columns": columns,
        "blocked": blocked,
        "robots": {origin: rules.state for origin, rules in sorted(spider.scheduler.rules.items())},
    }
    writer = getattr(spider.crawler, "gongkai_writer", None)
    if writer is not None:
        body = json.dumps(account, ensure_ascii=False, indent=1).encode()
        writer.write_resource(f"urn:gongkai:crawl:{spider.crawl_id}:summary", "application/json", body)
        writer.sync()
    spider.outcome = outcome
    visit.end(spider.frontier, spider.crawl_id, outcome, reason)
    spider.ending = {
        "outcome": outcome, "reason": reason, "counts": dict(spider.counts), "reports_known": account["reports_known"],
        "problems": sorted(account["problems"], key=lambda each: _WEIGHT.get(each["severity"], 0))[:50],
        "incomplete": sum(column["state"] in ("incomplete", "open") for column in columns),
    }  # fmt: skip
    return account


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
