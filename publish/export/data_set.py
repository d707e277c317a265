"""``gongkai export DIR``: the whole data set, in the formats asked for."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Collection
from pathlib import Path

from publish.database import database_file
from publish.export import codebook_files, csv_files, json_lines, package, sqlite_file
from publish.export.shapes import shapes
from publish.site import data_version

FORMATS = ("csv", "jsonl", "xlsx", "provinces", "parquet", "dta", "sqlite")
MAPPED = 1 << 34  # bytes of the database that are read in place: rows in the order of their keys lie scattered
Told = Callable[[str], None]


class ExportError(ValueError):
    """The export cannot be made; the message says why."""


def export(
    archive: Path, folder: Path, formats: Collection[str] = frozenset({"csv", "jsonl"}), *, file: Path | None = None,
    tell: Told | None = None
) -> list[Path]:  # fmt: skip
    """Write the data set into ``folder`` (made if missing) and give the files' paths.

    ``formats`` are some of ``FORMATS``. The codebook, ``datapackage.json``, ``CITATION.cff``, the licence note and
    the version
    are always written. Files are written beside and moved into place when all are complete, so that a failed export
    leaves an
    earlier one whole. The same data gives the same bytes. Raises ``ExportError`` on an unknown format or a missing
    database.
    """
    unknown = set(formats) - set(FORMATS)
    if unknown:
        raise ExportError(f"unknown format {', '.join(sorted(unknown))}: choose from {', '.join(FORMATS)}")
    file = file or database_file(archive)
    if not file.is_file():
        raise ExportError(f"there is no database in {archive}: crawl first, or make it again with gongkai rebuild")
    folder.mkdir(parents=True, exist_ok=True)
    say = tell or (lambda _: None)
    workplace = Path(tempfile.mkdtemp(prefix=".export-", dir=folder))
    try:
        connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        try:
            connection.execute(f"PRAGMA mmap_size = {MAPPED}")
            connection.execute("BEGIN")  # one state of the data in all files, though a crawl may be writing
            written = _write(connection, file, workplace, set(formats), say)
        finally:
            connection.close()
        final = []
        for path in written:
            final.append(path.replace(folder / path.name))
        return final
    finally:
        shutil.rmtree(workplace, ignore_errors=True)


def _write(connection: sqlite3.Connection, file: Path, folder: Path, formats: set[str], say: Told) -> list[Path]:
    version = data_version(connection)
    tables = shapes(connection)
    written: list[Path] = []
    if "csv" in formats:
        for shape in tables:
            say(f"{shape.name}.csv")
            written.append(csv_files.write(connection, shape, folder))
    if "jsonl" in formats:
        say("reports.jsonl")
        written += json_lines.write(connection, folder)
    if "parquet" in formats:
        from publish.export import columnar

        for shape in tables:
            say(f"{shape.name}.parquet")
            written.append(columnar.write(connection, shape, folder, version))
    if "dta" in formats:
        from publish.export import stata

        say("*.dta")
        written += stata.write(connection, tables, folder, version)
    if "xlsx" in formats:
        from publish.export import excel

        say("gongkai.xlsx")
        written += excel.write(connection, tables, folder, version)
    if "provinces" in formats:
        from publish.export import excel

        say("gongkai-*.xlsx")
        written += excel.write_provinces(connection, tables, folder, version)
    if "sqlite" in formats:
        say("gongkai.sqlite")
        written.append(sqlite_file.write(connection, tables, folder, version))
    written += codebook_files.write(tables, folder, version)
    written += package.write(tables, written, folder, version)
    return written
