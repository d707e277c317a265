"""Every derived row made again, in a copy of the database, from what was read of the pages: what differs was altered.

Figures, panel, versions, contacts and the rest follow from the rows of ``reading`` and ``content``, which ``verify
--deep`` compares with the archived pages. So a figure that somebody changed in any table is seen.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from pipelines.compare import shown, tables
from pipelines.store.connection import FILE, connect, connect_read_only, immediate
from pipelines.store.derive import derive
from pipelines.store.refresh import refresh

Progress = Callable[[int, int, str], None]

MOST = 20  # rows of a table that are told one by one


def altered(database: Path, progress: Progress | None = None) -> Iterator[str]:
    """One line a row that is not what its readings give. The copy lies beside the database while this runs."""
    with tempfile.TemporaryDirectory(dir=database.parent, prefix=".verify-") as place:
        copy = Path(place) / FILE
        with closing(connect_read_only(database)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        original = Path(place) / "original.db"
        with closing(sqlite3.connect(copy)) as source, closing(sqlite3.connect(original)) as target:
            source.backup(target)
        with closing(connect(copy)) as connection:
            with immediate(connection):
                unmade = list(_make_again(connection, progress))
            yield from unmade
            connection.execute("ATTACH ? AS original", (str(original),))
            yield from _differences(connection)


def _make_again(connection: sqlite3.Connection, progress: Progress | None) -> Iterator[str]:
    """Yields a line a report of whose pages a reading is gone, so that it cannot be made again."""
    connection.execute("UPDATE report SET basis = ''")  # so that no report counts as unchanged
    reports = [report for (report,) in connection.execute(
        "SELECT id FROM report UNION SELECT report FROM reading WHERE report IS NOT NULL ORDER BY 1"
    )]  # fmt: skip
    for done, report in enumerate(reports):
        if progress is not None and done % 50 == 0:
            progress(done, len(reports), "rows made again")
        try:
            derive(connection, report)
        except KeyError as error:
            yield f"report {report}: {error.args[0]}"
    connection.execute("INSERT OR IGNORE INTO dirty SELECT id FROM report")
    connection.execute("INSERT OR IGNORE INTO dirty_crawl SELECT id FROM crawl")
    connection.execute("DELETE FROM panel")
    connection.execute("DELETE FROM coverage")
    connection.execute("DELETE FROM concentration")
    refresh(connection)


def _differences(connection: sqlite3.Connection) -> Iterator[str]:
    for table, columns in tables(connection).items():
        names = ", ".join(f'"{name}"' for name in columns)
        ours, theirs = (f'SELECT {names} FROM {schema}."{table}"' for schema in ("main", "original"))
        wrong = connection.execute(f"{theirs} EXCEPT {ours}").fetchmany(MOST + 1)
        right = connection.execute(f"{ours} EXCEPT {theirs}").fetchmany(MOST + 1)
        key = [columns.index(name) for name in _key(connection, table, columns)]
        by_key = {tuple(row[at] for at in key): row for row in right}
        for row in wrong[:MOST]:
            name = tuple(row[at] for at in key)
            twin = by_key.pop(name, None)
            where = f"{table} {' '.join(str(part) for part in name)}"
            if twin is None:
                yield f"{where}: this row does not follow from what was read of the pages"
                continue
            for column, has, gives in zip(columns, row, twin, strict=True):
                if has != gives:
                    yield f"{where}: {column} is {shown(has)}; what was read of the page gives {shown(gives)}"
        for name in list(by_key)[:MOST]:
            yield f"{table} {' '.join(str(part) for part in name)}: this row is missing"
        if len(wrong) > MOST or len(right) > MOST:
            yield f"{table}: more rows than these do not follow from what was read of the pages"


def _key(connection: sqlite3.Connection, table: str, columns: list[str]) -> list[str]:
    found = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    key = [name for _, name, _, _, _, place in sorted(found, key=lambda row: row[5]) if place and name in columns]
    if "report" in columns and "report" not in key and not key:
        key = [name for name in ("report", "n") if name in columns]
    return key or columns
