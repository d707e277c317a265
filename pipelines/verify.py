"""The database's side of ``gongkai verify``: every row that names bytes finds them, every figure's page is archived."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from archive import ArchiveError, ArchiveReader, Capture, iterate
from archive.shelf import OPEN, locate, shelves
from pipelines.rederive import altered
from pipelines.store import whole
from pipelines.store.connection import FILE, connect_read_only
from pipelines.store.content import figures_digest, pack, unpack
from pipelines.store.identity import Portal
from pipelines.store.reading import PageReader
from reports.record import Record

Progress = Callable[[int, int, str], None]


@dataclass(slots=True)
class Checked:
    """What was checked, and what was wrong: one line a problem."""

    captures: int = 0
    reports: int = 0
    problems: list[str] = field(default_factory=list)


def check_database(archive: Path, *, deep: bool = False, progress: Progress | None = None) -> Checked:
    """Looks up every capture row in the archive and every report's capture.

    ``deep`` also looks for archived captures without a row, compares all that a row says of a capture, extracts every
    page again from which figures were read, earlier versions included, and makes all derived rows anew: an altered
    figure is seen in whatever table it stands. Rows that were all taken away, from a page's readings on, are for
    ``gongkai rebuild --dry-run``, which reads every page.

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
            checked.problems.extend(_captures(connection, archive, reader, checked, deep, progress))
            checked.problems.extend(_reports(connection, checked))
            if deep:
                checked.problems.extend(_without_row(connection, archive))
                checked.problems.extend(_readings(connection, reader, pages, progress))
                checked.problems.extend(altered(archive / FILE, progress))
    finally:
        connection.close()
    return checked


def _dangling(connection: sqlite3.Connection) -> Iterator[str]:
    for table, count in connection.execute(
        'SELECT "table", COUNT(*) FROM pragma_foreign_key_check GROUP BY 1'
    ).fetchall():  # fmt: skip
        yield f"{table}: {count} rows refer to rows that are not there"


def _captures(
    connection: sqlite3.Connection,
    archive: Path,
    reader: ArchiveReader,
    checked: Checked,
    deep: bool,
    progress: Progress | None,
) -> Iterator[str]:
    total = connection.execute("SELECT COUNT(*) FROM capture").fetchone()[0]
    names = [field.name for field in fields(Capture)]
    rows = connection.execute(
        f'SELECT {", ".join(f"""c."{name}" """ for name in names)} FROM capture c ORDER BY portal, warc, "offset"'
    )
    missing: set[str] = set()
    for values in rows:
        row = Capture(**{**dict(zip(names, values, strict=True)), "exact": bool(values[-1])})
        checked.captures += 1
        if progress is not None and checked.captures % 50 == 0:
            progress(checked.captures, total, "capture rows")
        if row.warc in missing:
            continue
        try:
            locate(archive, row.warc)
        except ArchiveError as error:
            missing.add(row.warc)
            yield f"{error}; the database has captures of it"
            continue
        try:
            yield from _resolved(reader, row, deep)
        except ArchiveError as error:
            yield f"capture {row.id} ({row.url}): {error}"


def _resolved(reader: ArchiveReader, row: Capture, deep: bool) -> Iterator[str]:
    record = reader.record(row.warc, row.offset)
    found = (record.id, record.headers.get("warc-target-uri", "").strip("<>"), record.headers.get("warc-date", ""))
    if found != (row.id, row.url, row.time):
        yield (
            f"capture {row.id} ({row.url}, {row.time}): {row.warc} has {found[0]} ({found[1]}, {found[2]})"
            f" at {row.offset}"
        )
    elif record.length != row.length:
        yield f"capture {row.id} ({row.url}): {record.length} bytes in {row.warc}, {row.length} in the database"
    elif deep:
        archived = reader.read(row.warc, row.offset).capture
        archived = replace(archived, crawl=archived.crawl or row.warc)  # as the store names what belongs to no crawl
        for field_ in fields(Capture):
            ours, theirs = getattr(row, field_.name), getattr(archived, field_.name)
            if ours != theirs:
                yield f"capture {row.id} ({row.url}): {field_.name} is {ours} in the database, {theirs} in the archive"


def _without_row(connection: sqlite3.Connection, archive: Path) -> Iterator[str]:
    """Captures of sealed files that the database does not name. A crawl that runs, or was killed, names its later."""
    for shelf in shelves(archive):
        if shelf.busy:
            continue
        known = {row[0] for row in connection.execute("SELECT id FROM capture WHERE portal = ?", (shelf.portal,))}
        still_open = {shelf.named(path) for path in shelf.files() if path.name.endswith(OPEN)}
        for capture, _ in iterate(archive, shelf.portal, on_damage=_told_by_the_archive):
            if capture.id not in known and capture.warc not in still_open:
                name = f"capture {capture.id} ({capture.url})"
                yield f"{name} is archived, and not in the database: run `gongkai rebuild`"


def _told_by_the_archive(warc: str, offset: int, what: str) -> None:
    """Damage is what ``archive.verify`` looks for."""


def _reports(connection: sqlite3.Connection, checked: Checked) -> Iterator[str]:
    rows = connection.execute(
        "SELECT r.id, r.capture, c.id, t.digest, EXISTS (SELECT 1 FROM reading g WHERE g.report = r.id AND g.content "
        "IS NOT NULL) FROM report r LEFT JOIN capture c ON c.id = r.capture "
        "LEFT JOIN content t ON t.digest = r.content ORDER BY r.id"
    )
    for report, capture, archived, content, was_read in rows:
        checked.reports += 1
        if archived is None:
            yield f"report {report}: its capture {capture} is not in the database"
        elif content is None:
            yield f"report {report}: its record is not in the database"
        elif not was_read:
            yield f"report {report}: what was read of its pages is not in the database: run `gongkai rebuild`"


def _readings(
    connection: sqlite3.Connection, reader: ArchiveReader, pages: PageReader, progress: Progress | None
) -> Iterator[str]:
    """Extracts again every page of which a record is kept."""
    told = (
        "FROM reading r JOIN capture c ON c.id = r.capture JOIN content t ON t.digest = r.content "
        'ORDER BY c.portal, c.warc, c."offset", r.n'
    )
    total = connection.execute(f"SELECT COUNT(*) {told}").fetchone()[0]
    rows = connection.execute(
        f'SELECT r.capture, c.url, c.warc, c."offset", r.n, COALESCE(r.report, r.url), t.digest, t.record {told}'
    )
    last, records = None, list[Record]()

    def past(capture: Capture) -> bytes:
        return reader.read(capture.warc, capture.offset).body

    for done, (capture, url, warc, offset, n, report, digest, blob) in enumerate(rows):
        if progress is not None and done % 10 == 0:
            progress(done, total, "pages extracted again")
        if capture != last:
            last, records = capture, []
            try:
                found = reader.read(warc, offset)
            except ArchiveError as error:
                yield f"report {report}: {error}"
                continue
            portal = Portal(found.capture.portal)
            records = whole.read(connection, found.capture, found.body, pages.read, past, portal)
        yield from _again(records, n, f"report {report} ({url})", digest, unpack(blob))


def _again(records: list[Record], n: int, report: str, digest: str, kept: Record) -> Iterator[str]:
    if pack(kept).digest != digest:
        yield f"{report}: the record in the database is not the one that was stored"
        return
    if not records:
        return  # the page could not be read from the archive, which has been told
    if n >= len(records):
        yield f"{report}: extracted again, its page holds {len(records)} records, not record {n}"
        return
    again = records[n]
    by = "" if again.extractor == kept.extractor else " (by another version of the extraction: rebuild)"
    if figures_digest(again) != figures_digest(kept) or again.verdict != kept.verdict:
        yield f"{report}: extracted again, its figures or its verdict differ{by}"
    elif not by and pack(again).digest != digest:
        yield f"{report}: extracted again, what stands beside its figures differs"
