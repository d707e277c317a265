"""The database's side of ``gongkai verify``: every row that names bytes finds them, every figure's page is archived."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archive import ArchiveError, ArchiveReader
from archive.shelf import locate
from pipelines.store.connection import FILE, connect_read_only
from pipelines.store.content import figures_digest, unpack
from pipelines.store.identity import Portal
from pipelines.store.reading import PageReader

Progress = Callable[[int, int, str], None]


@dataclass(slots=True)
class Checked:
    """What was checked, and what was wrong: one line a problem."""

    captures: int = 0
    reports: int = 0
    problems: list[str] = field(default_factory=list)


def check_database(archive: Path, *, deep: bool = False, progress: Progress | None = None) -> Checked:
    """Looks up every capture row in the archive and every report's capture; ``deep`` also extracts each report again.

    A database that is not there is a problem of its own. An extractor other than the one that made the rows is told,
    not counted as damage: the differences are for ``gongkai rebuild --dry-run``.
    """
    checked = Checked()
    if not (archive / FILE).exists():
        checked.problems.append(f"{FILE} is missing: run `gongkai rebuild`")
        return checked
    connection = connect_read_only(archive / FILE)
    try:
        fault = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if fault != "ok":
            checked.problems.append(f"{FILE} is damaged ({fault}): run `gongkai rebuild`")
            return checked
        checked.problems.extend(_dangling(connection))
        with ArchiveReader(archive) as reader, PageReader() as pages:
            checked.problems.extend(_captures(connection, archive, reader, checked, progress))
            checked.problems.extend(_reports(connection, reader, checked, pages if deep else None, progress))
    finally:
        connection.close()
    return checked


def _dangling(connection: sqlite3.Connection) -> Iterator[str]:
    for table, count in connection.execute(
        'SELECT "table", COUNT(*) FROM pragma_foreign_key_check GROUP BY 1'
    ).fetchall():  # fmt: skip
        yield f"{table}: {count} rows refer to rows that are not there"


def _captures(
    connection: sqlite3.Connection, archive: Path, reader: ArchiveReader, checked: Checked, progress: Progress | None
) -> Iterator[str]:  # fmt: skip
    total = connection.execute("SELECT COUNT(*) FROM capture").fetchone()[0]
    rows = connection.execute(
        'SELECT id, url, time, warc, "offset", length FROM capture ORDER BY portal, warc, "offset"'
    )
    missing: set[str] = set()
    for identifier, url, time, warc, offset, length in rows:
        checked.captures += 1
        if progress is not None and checked.captures % 50 == 0:
            progress(checked.captures, total, "capture rows")
        if warc in missing:
            continue
        try:
            locate(archive, warc)
        except ArchiveError as error:
            missing.add(warc)
            yield f"{error}; the database has captures of it"
            continue
        try:
            record = reader.record(warc, offset)
        except ArchiveError as error:
            yield f"capture {identifier} ({url}): {error}"
            continue
        found = (record.id, record.headers.get("warc-target-uri", "").strip("<>"), record.headers.get("warc-date", ""))
        if found != (identifier, url, time):
            yield f"capture {identifier} ({url}, {time}): {warc} has {found[0]} ({found[1]}, {found[2]}) at {offset}"
        elif record.length != length:
            yield f"capture {identifier} ({url}): {record.length} bytes in {warc}, {length} in the database"


def _reports(
    connection: sqlite3.Connection,
    reader: ArchiveReader,
    checked: Checked,
    pages: PageReader | None,
    progress: Progress | None,
) -> Iterator[str]:  # fmt: skip
    total = connection.execute("SELECT COUNT(*) FROM report").fetchone()[0]
    rows = connection.execute(
        'SELECT r.id, r.n, r.capture, c.warc, c."offset", t.record, t.extractor FROM report r '
        "LEFT JOIN capture c ON c.id = r.capture LEFT JOIN content t ON t.digest = r.content "
        'ORDER BY c.portal, c.warc, c."offset"'
    )
    for report, n, capture, warc, offset, blob, extractor in rows:
        checked.reports += 1
        if progress is not None and checked.reports % 10 == 0:
            progress(checked.reports, total, "reports")
        if warc is None:
            yield f"report {report}: its capture {capture} is not in the database"
        elif blob is None:
            yield f"report {report}: its record is not in the database"
        elif pages is not None:
            yield from _again(reader, pages, report, n, warc, offset, blob, extractor)


def _again(
    reader: ArchiveReader, pages: PageReader, report: str, n: int, warc: str, offset: int, blob: bytes,
    extractor: str | None,
) -> Iterator[str]:  # fmt: skip
    try:
        found = reader.read(warc, offset)
    except ArchiveError as error:
        yield f"report {report}: {error}"
        return
    records = pages.read(found.body, found.capture, Portal(found.capture.portal))
    kept = unpack(blob)
    if n >= len(records):
        yield f"report {report}: extracted again, its page holds {len(records)} records, not record {n}"
    elif figures_digest(records[n]) != figures_digest(kept) or records[n].verdict != kept.verdict:
        by = "" if records[n].extractor == extractor else " (by another version of the extraction: rebuild)"
        yield f"report {report}: extracted again, its figures or its verdict differ{by}"
