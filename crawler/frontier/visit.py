"""Return visits: what is asked for again when a portal is crawled the next time, and when a known report is due."""

from __future__ import annotations

import sqlite3
import time
from datetime import date

import data
from crawler.families import annual_jsp
from crawler.frontier.frontier import Frontier

DAY = 86_400.0
#: What is left alone until the next day may be asked by the crawl that cron starts at the same minute of that day.
NEXT_DAY = 0.8 * DAY
WEEK = 7 * DAY
#: The reason of a visit that did not come to its end begins so.
STOPPED = "stopped before the end"
#: Reasons that say that an address has its page no more begin so; others say that it could not be asked.
AWAY = ("gone", "redirect to", "same bytes")
_AWAY = "(" + " OR ".join(f"reason LIKE '{each}%'" for each in AWAY) + ")"
#: The newest year of which the portal has shown a report.
_NEWEST = "(SELECT max(year) FROM page WHERE portal = ? AND report = 1)"
_NAMED = 8  # characters of a link that names its report; a year or an organ's name is that of many
#: A page of an organ that names no report and no year itself, but leads to the column that does.
_LEADS_ON = (
    "(kind = 'organ' AND useful = 1 AND NOT EXISTS (SELECT 1 FROM page c WHERE c.portal = page.portal AND c.parent ="
    " page.id AND c.kind IN ('report', 'attachment', 'candidate', 'year', 'level')))"
)
#: A list of one year's reports, of which nothing new is expected: where anything else has changed it is asked for too.
_OF_OLD_YEARS = f"(kind = 'year' AND report = 0 AND ifnull(year < {_NEWEST} - 1, 0))"
#: The last page of each list that does not begin with its newest entries, by their dates or the reports' years.
_GROWING = (
    "SELECT listing, max(number) FROM (SELECT e.listing, e.number, max(CAST(coalesce(e.listed, p.year) AS TEXT)) AS"
    " newest FROM entry e LEFT JOIN page p ON p.portal = e.portal AND p.canonical = e.canonical WHERE e.portal = ?"
    " AND e.number IS NOT NULL GROUP BY e.listing, e.number) GROUP BY listing HAVING max(number) > 1"
    " AND max(CASE WHEN number = 1 THEN newest END) < max(newest)"
)
LISTS = ("seed", "hub", "organs", "organ", "column", "year", "level", "notice", "frame")


def begin(
    frontier: Frontier, crawl: str, *, full: bool = False, years: range | None = None, now: float | None = None
) -> bool:
    """Open a visit.

    Rows of a visit of the same day that was killed or stopped stay as they are: it goes on. True where it is such a
    continuation.
    """
    now = time.time() if now is None else now
    rules = data.load_yaml("discovery.yaml")
    marks = ",".join("?" * len(LISTS))
    with frontier.transaction() as db:
        last = db.execute(
            "SELECT crawl, ended, started, reason FROM visit WHERE portal = ? ORDER BY started DESC LIMIT 1",
            (frontier.portal,),
        ).fetchone()
        unfinished = last is not None and (last[1] is None or (last[3] or "").startswith(STOPPED))
        resumed = unfinished and now - last[2] < NEXT_DAY  # after that the lists may say something else
        if resumed:
            db.execute("DELETE FROM visit WHERE portal = ? AND crawl = ?", (frontier.portal, last[0]))
        started = last[2] if resumed else now  # what the killed visit has seen is told at the end of this one
        db.execute(
            "INSERT OR REPLACE INTO visit (portal, crawl, started) VALUES (?,?,?)", (frontier.portal, crawl, started)
        )
        db.execute("DELETE FROM block WHERE portal = ? AND until <= ?", (frontier.portal, now))
        _revive_years(frontier, years)
        if resumed and not full:
            return True
        again = (
            "UPDATE page SET state = 'pending', due = 0, tries = 0, claimed = NULL, conditional = ? WHERE"
            " portal = ? AND state = 'done'"
        )
        if full:
            db.execute(f"{again} AND (useful = 1 OR report = 1 OR kind IN ({marks}))", (0, frontier.portal, *LISTS))
        else:
            # the first page of every list that ever led to a report, and the home page: conditional, list pages first
            # … and the years that may still fill: an empty list in January is the year's list
            db.execute(
                f"{again} AND report = 0 AND (kind = 'seed' OR ((useful = 1 OR kind = 'column' OR (kind = 'year' AND"
                f" year >= {_NEWEST})) AND kind IN ({marks}) AND (number IS NULL OR number = 1)))"
                f" AND NOT (({_LEADS_ON} OR {_OF_OLD_YEARS}) AND done > ?)",
                (
                    *(1, frontier.portal, frontier.portal, *LISTS, frontier.portal),
                    now - DAY * float(rules["organs_every"]),
                ),
            )
            # … and the last page of a list that goes from old to new
            db.execute(
                f"{again} AND report = 0 AND (listing, number) IN ({_GROWING})", (1, frontier.portal, frontier.portal)
            )
            # what led to nothing so far may have been filled since
            db.execute(
                f"{again} AND report = 0 AND useful = 0 AND kind IN ('year', 'level', 'organ', 'organs') AND done <= ?",
                (1, frontier.portal, now - DAY * float(rules["empty_every"])),
            )
            db.execute(
                f"{again} AND number > 1 AND done <= ?",
                (1, frontier.portal, now - DAY * float(rules["deep_pages_every"])),
            )
            db.execute(
                f"{again} AND (report = 1 OR (kind IN ('report', 'attachment') AND due > 0)) AND due <= ?",
                (1, frontier.portal, now),
            )
            # a report's page that names the years of its organ is where a new year shows first
            db.execute(
                f"{again} AND id = (SELECT id FROM page WHERE portal = ? AND report = 1 AND canonical LIKE ?"
                " ORDER BY year DESC, id LIMIT 1)",
                (1, frontier.portal, frontier.portal, f"%{annual_jsp.PAGE}%"),
            )
        _revive(db, frontier.portal, now, DAY * float(rules["rediscover_after"]))
    return False


def _revive(db: sqlite3.Connection, portal: str, now: float, rediscover_after: float) -> None:
    """What was given up gets another chance."""
    again = (
        "UPDATE page SET state = 'pending', due = 0, tries = 0, claimed = NULL, conditional = 0 WHERE portal = ?"
        " AND state = 'dropped'"
    )
    # a home page that failed or led elsewhere is asked at every visit: without it the portal would fall silent, and
    # where a rebuilt portal's home page is now only the old home page tells
    db.execute(
        f"{again} AND kind = 'seed' AND (reason LIKE 'gone%' OR reason LIKE 'failed%' OR reason LIKE 'robots%'"
        " OR reason LIKE 'redirect%')",
        (portal,),
    )
    # settled.lost has said when; what robots.txt forbids costs no request; what a list calls a report may have been
    # another page for one night: a notice, the home page
    db.execute(
        f"{again} AND due <= ? AND (reason LIKE 'gone%' OR reason LIKE 'failed%' OR reason LIKE 'robots%'"
        " OR (kind IN ('report', 'attachment') AND report = 0 AND (reason LIKE 'same bytes%' OR (reason LIKE"
        " 'redirect%' AND NOT EXISTS (SELECT 1 FROM page t WHERE t.portal = page.portal AND t.report = 1"
        " AND page.reason = 'redirect to ' || t.url)))))",
        (portal, now),
    )
    db.execute(
        "UPDATE page SET state = 'pending', due = 0, tries = 0, claimed = NULL, added = ? WHERE portal = ?"
        " AND state = 'dropped' AND added <= ? AND reason LIKE 'low yield%'",
        (now, portal, now - rediscover_after),
    )


def _revive_years(frontier: Frontier, years: range | None) -> None:
    condition = ""
    parameters: tuple[int, ...] = ()
    if years is not None:
        condition, parameters = " AND year BETWEEN ? AND ?", (years.start, years.stop - 1)
    frontier.db.execute(
        "UPDATE page SET state = 'pending', reason = NULL, claimed = NULL WHERE portal = ? AND state = 'dropped'"
        f" AND reason = 'year not asked for'{condition}",
        (frontier.portal, *parameters),
    )


def returning(frontier: Frontier, crawl: str) -> bool:
    """Whether reports were known before this visit began, or the killed one that it goes on with."""
    return bool(
        frontier.count(
            "report = 1 AND added < (SELECT started FROM visit v WHERE v.portal = page.portal AND v.crawl = ?)",
            (crawl,),
        )
    )


def rediscover(frontier: Frontier) -> None:
    """A known column is gone.

    The home page is read again whatever it says, as are the pages on the way from it to the columns.
    """
    with frontier.transaction() as db:
        db.execute(
            "UPDATE page SET state = 'pending', due = 0, claimed = NULL, conditional = 0 WHERE portal = ?"
            " AND state = 'done' AND ((kind IN ('seed', 'hub', 'organs') AND status = 304)"
            " OR (kind = 'organ' AND useful = 1 AND done < ?))",
            (frontier.portal, started(frontier)),
        )


def gone(frontier: Frontier, crawl: str) -> list[tuple[str, str, str | None]]:
    """The known reports that this visit found gone, with those that a killed one before it did: address, reason and
    capture."""
    return frontier.db.execute(
        f"SELECT url, reason, capture FROM page WHERE portal = ? AND report = 1 AND state = 'dropped' AND {_AWAY}"
        " AND done >= (SELECT started FROM visit WHERE portal = ? AND crawl = ?) ORDER BY id",
        (frontier.portal, frontier.portal, crawl),
    ).fetchall()


def reopen_gone(frontier: Frontier, canonical: str) -> bool:
    """Ask again for an address that had gone and is listed again; whether it had."""
    cursor = frontier.db.execute(
        "UPDATE page SET state = 'pending', due = 0, tries = 0, claimed = NULL, conditional = 0 WHERE portal = ?"
        f" AND canonical = ? AND state = 'dropped' AND {_AWAY}",
        (frontier.portal, canonical),
    )
    return cursor.rowcount > 0


def started(frontier: Frontier) -> float:
    """When the visit under way began."""
    (started,) = frontier.db.execute("SELECT max(started) FROM visit WHERE portal = ?", (frontier.portal,)).fetchone()
    return float(started or 0.0)


def recheck(frontier: Frontier) -> int:
    """Ask again, conditionally, for known reports, as many as data/ allows, for the pages of organs and for the later
    pages of lists; how many.

    First those that a list has ceased to show, or that a list showed which is not there any more, then those of the two
    newest years, then older ones that were not asked for again for long. Those that had gone are asked for with them:
    they may be back. What this visit has asked for already is left out, and the old address of a report that it has
    found, by its name, at a new one.
    """
    rules = data.load_yaml("discovery.yaml")
    before = time.time() - DAY * float(rules["recheck_old_every"])
    ceased = (
        "EXISTS (SELECT 1 FROM entry e LEFT JOIN page l ON l.portal = e.portal AND l.canonical = e.listing WHERE"
        " e.portal = page.portal AND e.canonical = page.canonical AND (e.number IS NULL OR (l.state = 'dropped' AND"
        " l.done >= :started)))"
    )
    since = started(frontier)
    moved = (
        "(ifnull(anchor, ''), ifnull(year, 0)) IN (SELECT anchor, ifnull(year, 0) FROM page WHERE portal = :portal"
        " AND report = 1 AND length(anchor) >= :named AND added >= :started)"
        # a name that leaves out the organ is that of many: it tells of none that it has moved
        " AND (SELECT count(*) FROM page o WHERE o.portal = :portal AND o.report = 1 AND o.anchor = page.anchor"
        " AND o.added < :started) = 1"
    )
    newest = _NEWEST.replace("?", ":portal")
    cursor = frontier.db.execute(
        "UPDATE page SET state = 'pending', due = 0, tries = 0, claimed = NULL, conditional = 1 WHERE id IN ("
        f"SELECT id FROM page WHERE portal = :portal AND (state = 'done' OR (state = 'dropped' AND {_AWAY}))"
        " AND report = 1 AND claimed IS NOT :run AND checks > 0 AND done < :started"
        f" AND (year >= {newest} - 1 OR checks = 1 OR done <= :before OR {ceased}) AND NOT ({moved})"
        f" ORDER BY {ceased} DESC, max(ifnull(year, 0), {newest} - 2) DESC, done, year DESC LIMIT :most)",
        {
            "portal": frontier.portal,
            "run": frontier.run,
            "named": _NAMED,
            "started": since,
            "before": before,
            "most": int(rules["recheck_changed"]),
        },
    )
    lists = frontier.db.execute(
        "UPDATE page SET state = 'pending', due = 0, tries = 0, claimed = NULL, conditional = 1 WHERE portal = ?"
        # on a later page a report of an older year may have been put in
        f" AND state = 'done' AND ((done < ? AND ({_LEADS_ON} OR {_OF_OLD_YEARS}))"
        " OR (number > 1 AND report = 0 AND done <= ?))",
        (frontier.portal, since, frontier.portal, min(since, time.time() - DAY * float(rules["deep_pages_changed"]))),
    )
    return cursor.rowcount + lists.rowcount


def due(now: float, *, listed: str | None, added: float, year: int | None) -> float:
    """When a report that was read now is asked for again: soon while it is young, at least once a year for ever."""
    published = added
    if listed:
        try:
            published = time.mktime(date.fromisoformat(listed).timetuple())
        except ValueError:
            published = added
    elif year:
        published = min(added, time.mktime((year + 1, 3, 1, 0, 0, 0, 0, 0, 0)))
    age = max(0.0, now - published) / DAY
    for rule in data.load_yaml("discovery.yaml")["recheck"]:
        if age < rule["younger"]:
            return now + DAY * float(rule["every"])
    return now + DAY * 300


def due_again(now: float, first: float, attempts: int) -> float:
    """When an address is tried again that gave nothing: after ``first`` seconds, doubled with each earlier attempt."""
    return now + min(first * 2.0**attempts, DAY * 300)


def retry_gone() -> float:
    """Seconds until an address that gave 404 is tried again."""
    return DAY * float(data.load_yaml("discovery.yaml")["retry_failed_after"])


def end(frontier: Frontier, crawl: str, outcome: str, reason: str | None, now: float | None = None) -> None:
    """Close a visit."""
    frontier.db.execute(
        "UPDATE visit SET ended = ?, outcome = ?, reason = ? WHERE portal = ? AND crawl = ?",
        (time.time() if now is None else now, outcome, reason, frontier.portal, crawl),
    )
