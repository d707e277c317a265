"""How the archive stands: coverage, freshness, failures, overdue reports.

The one place where the clock is looked at.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from archive import ArchiveError, iterate
from pipelines.store.connection import FILE, connect_read_only
from pipelines.store.summary import IMPORTED
from reports.metadata.statutory import statutory_date

WELL = ("finished", IMPORTED, None)  # outcomes of a last crawl that nobody need look at
_PARTS_AHEAD = 3  # an organ that has published in this many of the last years is expected to publish again


@dataclass(frozen=True, slots=True)
class PortalStatus:
    """One portal. Times are UTC as captured; ``days_since`` counts from the last crawl's start to now."""

    id: str
    name: str
    state: str
    reports: int
    verified: int
    last_crawl: str | None
    outcome: str | None
    days_since: int | None
    silent_since: str | None
    reason: str | None = None  # why the last crawl failed


@dataclass(frozen=True, slots=True)
class Overdue:
    """A report that the law required by ``due`` and that has not been seen; ``days`` since then."""

    organ: str
    name: str
    year: int
    due: str
    days: int


@dataclass(slots=True)
class Status:
    """The whole archive."""

    portals: list[PortalStatus] = field(default_factory=list)
    organs: int = 0
    reports: int = 0
    verdicts: dict[str, int] = field(default_factory=dict)
    years: dict[int, tuple[int, int]] = field(default_factory=dict)  # found, expected
    captures: int = 0
    not_in_database: int = 0  # captures of a killed crawl: the next crawl or rebuild reads them
    gone: int = 0
    changed: int = 0
    late: int = 0
    problems: dict[str, int] = field(
        default_factory=dict
    )  # by code, of the last crawl of each portal and of the reports
    overdue: list[Overdue] = field(default_factory=list)
    extractors: dict[str, int] = field(default_factory=dict)

    @property
    def failures(self) -> list[PortalStatus]:
        """Portals whose last crawl did not end well, or that do not answer."""
        return [each for each in self.portals if each.silent_since or each.outcome not in WELL]


def status(archive: Path, now: datetime | None = None) -> Status:
    """Looks at the database (and how far it is behind the archive). ``now`` is for tests."""
    now = now or datetime.now(UTC)
    found = Status()
    connection = connect_read_only(archive / FILE)
    try:
        _portals(connection, found, now)
        _counts(connection, found)
        _overdue(connection, found, now.date())
        found.not_in_database = sum(_behind(connection, archive, portal.id) for portal in found.portals)
    finally:
        connection.close()
    return found


def _portals(connection: sqlite3.Connection, found: Status, now: datetime) -> None:
    rows = connection.execute(
        "SELECT p.id, p.name, p.state, (SELECT COUNT(*) FROM report WHERE portal = p.id), "
        "(SELECT COUNT(*) FROM report WHERE portal = p.id AND verdict = 'verified'), c.started, c.outcome, "
        "p.silent_since, (SELECT message FROM problem WHERE crawl = c.id AND code = 'crawl-failed' LIMIT 1) "
        "FROM portal p LEFT JOIN crawl c ON c.id = (SELECT id FROM crawl WHERE portal = p.id "
        "ORDER BY outcome = ?, started DESC, id DESC LIMIT 1) ORDER BY p.id",
        (IMPORTED,),
    )
    for identifier, name, state, reports, verified, started, outcome, silent, reason in rows:
        days = (now - datetime.fromisoformat(started)) // timedelta(days=1) if started else None
        found.portals.append(
            PortalStatus(identifier, name, state, reports, verified, started, outcome, days, silent, reason)
        )  # fmt: skip


def _counts(connection: sqlite3.Connection, found: Status) -> None:
    def one(sql: str) -> int:
        return int(connection.execute(sql).fetchone()[0])

    found.organs = one("SELECT COUNT(*) FROM organ")
    found.reports = one("SELECT COUNT(*) FROM report")
    found.captures = one("SELECT COUNT(*) FROM capture")
    found.gone = one("SELECT COUNT(*) FROM report WHERE gone_since IS NOT NULL")
    found.changed = one("SELECT COUNT(DISTINCT report) FROM report_version WHERE version > 1")
    found.late = one("SELECT COUNT(*) FROM report WHERE days_late > 0")
    found.verdicts = dict(connection.execute("SELECT verdict, COUNT(*) FROM report GROUP BY 1 ORDER BY 1"))
    found.extractors = dict(
        connection.execute("SELECT COALESCE(extractor, '?'), COUNT(*) FROM report GROUP BY 1 ORDER BY 2 DESC")
    )
    missing = dict(connection.execute("SELECT year, COUNT(*) FROM missing GROUP BY 1"))
    for year, count in connection.execute("SELECT year, COUNT(*) FROM report GROUP BY 1 ORDER BY 1"):
        found.years[year] = (count, count + missing.get(year, 0))
    found.problems = dict(
        connection.execute(
            "SELECT code, COUNT(*) FROM problem WHERE source != 'crawl' OR crawl IN (SELECT id FROM crawl c "
            "WHERE started = "
            "(SELECT MAX(started) FROM crawl WHERE portal = c.portal)) GROUP BY 1 ORDER BY 2 DESC, 1"
        )
    )


def _overdue(connection: sqlite3.Connection, found: Status, today: date) -> None:
    """Organs with a report for one of the last years, whose next one was due and has not been seen."""
    rows = connection.execute(
        "SELECT o.id, o.name, MAX(r.year) FROM organ o JOIN report r ON r.organ = o.id GROUP BY o.id ORDER BY o.id"
    )
    for organ, name, last in rows:
        for year in range(max(last + 1, today.year - _PARTS_AHEAD), today.year):
            due = statutory_date(name, year)
            if due is not None and due < today:
                found.overdue.append(Overdue(organ, name, year, due.isoformat(), (today - due).days))


def _behind(connection: sqlite3.Connection, archive: Path, portal: str) -> int:
    row = connection.execute(
        'SELECT warc, "offset" FROM capture WHERE portal = ? ORDER BY time DESC, "offset" DESC LIMIT 1', (portal,)
    ).fetchone()
    try:
        known = connection.execute
        return sum(
            known("SELECT 1 FROM capture WHERE id = ?", (capture.id,)).fetchone() is None
            for capture, _ in iterate(archive, portal, row)
        )
    except ArchiveError:
        return 0  # `gongkai verify` says what is missing
