"""Makes a report's rows from what was seen of it.

Always all of them anew, so that no order of events can leave a trace.
"""

from __future__ import annotations

import datetime
import hashlib
import sqlite3
from collections.abc import Iterable, Sequence

import msgspec

from pipelines.store import removal, rows, years
from pipelines.store.changes import changes, contradict
from pipelines.store.content import load
from pipelines.store.identity import Identity
from pipelines.store.timeline import Reading, Timeline, fold, readings_of, sightings_of
from reports.metadata import statutory
from reports.record import Contact, Problem, Record

LAYOUT = 1  # raise it when the rows below a report are made in another way, so that unchanged reports are made anew too


def derive(connection: sqlite3.Connection, report: str) -> None:
    """Brings one report up to date with its readings. Inside the caller's transaction.

    A report whose content is the one that its rows were made from only gets its dates moved.
    """
    readings = readings_of(connection, report)
    if not readings:
        removal.remove(connection, report)
        return
    timeline = fold(readings, sightings_of(connection, report, [reading.url for reading in readings]))
    if not timeline.versions:  # no answer held it after all
        removal.remove(connection, report)
        return
    record = _complete(connection, timeline)
    organ, year = connection.execute(
        "SELECT organ, year FROM reading WHERE report = ? LIMIT 1", (report,)
    ).fetchone()  # fmt: skip
    problems = _problems(connection, timeline)
    basis = _basis(timeline, record, problems)
    known = connection.execute("SELECT basis, seq FROM report WHERE id = ?", (report,)).fetchone()
    if known is None or known[0] != basis:
        if known is None:
            (seq,) = connection.execute("SELECT COALESCE(MAX(seq), 0) + 1 FROM report").fetchone()
        else:
            seq = known[1]
            removal.clear(connection, report)
        rows.write_report(connection, report, organ, year, record, timeline, basis, seq)
        _write_versions(connection, report, timeline)
        rows.write_problems(connection, report, timeline, record, problems)
        years.recheck(connection, organ, year)
        years.recheck(connection, organ, year + 1)
        connection.execute("INSERT OR IGNORE INTO dirty VALUES (?)", (report,))
    _forget(connection, timeline)
    rows.write_addresses(connection, report, timeline)
    rows.link_attachments(connection, report, timeline.current.time)


def _complete(connection: sqlite3.Connection, timeline: Timeline) -> Record:
    """The current record, with what only the page knows that links it: title, date, contact."""
    record = load(connection, timeline.current.content)
    others = [address.reading for address in timeline.addresses.values() if address.reading is not timeline.current]
    others.sort(key=lambda each: (each.url != timeline.current.page, each.time, each.capture, each.n))
    for reading in others:
        if timeline.current.page is None and reading.page is None:
            continue  # another address with the report itself: it speaks for itself
        record = _filled(record, load(connection, reading.content))
    return record


def _filled(record: Record, page: Record) -> Record:
    changed: dict[str, object] = {}
    if record.published is None and page.published is not None:
        changed["published"] = page.published
        due = statutory.statutory_date(record.organ or page.organ, record.year or page.year)
        published = day(page.published)
        late = (published - due).days if due and published else None
        changed["days_late"] = statutory.measured(late, (each.code for each in page.problems))
        changed["statutory_date"] = record.statutory_date or (due.isoformat() if due else None)
    for name in ("title", "organ", "year", "scope", "statutory_date"):
        if getattr(record, name) is None and name not in changed and getattr(page, name) is not None:
            changed[name] = getattr(page, name)
    if record.contact == Contact() and page.contact != Contact():
        changed["contact"] = page.contact
    if not record.sections and page.sections:
        changed["sections"] = page.sections
    missing = [each for each in page.attachments if each.url not in {own.url for own in record.attachments}]
    if missing:
        changed["attachments"] = [*record.attachments, *missing]
    return msgspec.structs.replace(record, **changed) if changed else record


def _problems(connection: sqlite3.Connection, timeline: Timeline) -> list[Problem]:
    rivals = timeline.conflicting()
    shown = load(connection, timeline.current.content) if rivals else None
    found = [
        Problem(
            code="conflicting-addresses",
            message=f"{address.url} states other figures than {timeline.current.url}; the latter is shown",
            where=address.url,
        )
        for address in rivals
        if shown is not None and contradict(shown, load(connection, address.reading.content))
    ]
    found.extend(
        Problem(
            code="report-twice",
            message=f"{reading.url} holds two tables of figures for this organ and year; the fuller one is shown",
            where=reading.url,
        )
        for reading in timeline.doubled
        if reading.capture == timeline.current.capture and reading.figures
    )
    found.extend(
        Problem(
            code="report-replaced",
            message=f"{address.url} now shows a page without the report",
            where=address.url,
        )
        for address in sorted(timeline.addresses.values(), key=lambda each: each.url)
        if address.replaced is not None and address.gone_since is None
    )
    return found


def _basis(timeline: Timeline, record: Record, problems: Sequence[Problem]) -> str:
    parts = [
        LAYOUT,
        record,
        [(each.number, each.seen, each.reading.capture, each.reading.n) for each in timeline.versions],
        list(problems),
    ]
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:32]


def _write_versions(connection: sqlite3.Connection, report: str, timeline: Timeline) -> None:
    before: Record | None = None
    for version in timeline.versions:
        reading = version.reading
        connection.execute(
            "INSERT INTO report_version VALUES (?, ?, ?, ?, ?, ?)",
            (report, version.number, version.seen, reading.capture, reading.verdict, reading.sense),
        )
        after = load(connection, reading.content)
        if before is not None:
            connection.executemany(
                "INSERT INTO figure_change VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [(report, version.number, *change) for change in changes(before, after)],
            )
        before = after


def _forget(connection: sqlite3.Connection, timeline: Timeline) -> None:
    """A reading that says what its address said before needs no record of its own."""
    for reading in timeline.redundant:
        dropped = connection.execute(
            "UPDATE reading SET content = NULL WHERE capture = ? AND n = ? AND content IS NOT NULL RETURNING 1",
            (reading.capture, reading.n),
        ).fetchone()
        if dropped:
            drop_unused(connection, [reading.content])


def drop_unused(connection: sqlite3.Connection, contents: Iterable[str | None]) -> None:
    """Removes records that no reading refers to."""
    for digest in contents:
        used = connection.execute("SELECT 1 FROM reading WHERE content = ? LIMIT 1", (digest,)).fetchone()
        if used is None and digest is not None:
            connection.execute("DELETE FROM content WHERE digest = ?", (digest,))


def write_organ(connection: sqlite3.Connection, identity: Identity, portal: str) -> None:
    """The organ and its names, as the readings so far have them; the newest report's spelling is the one shown, with
    as much of its place before it as most years have: a title that says 县水利局 is given the whole of it."""
    told = connection.execute(
        "SELECT organ_name, MIN(time), MAX(time), MAX(year), COUNT(DISTINCT year) FROM reading WHERE organ = ? GROUP "
        "BY organ_name ORDER BY MAX(year) DESC, MAX(time) DESC, organ_name",
        (identity.id,),
    ).fetchall()
    alike = [each for each in told if each[0].endswith(told[0][0]) or told[0][0].endswith(each[0])]
    usual = max(alike, key=lambda each: each[4], default=None)
    names = [each[:4] for each in sorted(told, key=lambda each: each is not usual)]
    first = connection.execute(
        "SELECT portal FROM reading WHERE organ = ? ORDER BY time, capture LIMIT 1", (identity.id,)
    ).fetchone()  # fmt: skip
    rows.write_organ(connection, identity, names, first[0] if first else portal)


def day(published: str | None) -> datetime.date | None:
    """A complete date of publication, or None."""
    return datetime.date.fromisoformat(published) if published and len(published) == 10 else None


__all__ = ["Reading", "derive", "drop_unused", "write_organ"]
