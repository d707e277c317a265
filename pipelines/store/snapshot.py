"""The copy that the site serves: complete, compact, analysed, never changed.

A finished crawl puts a new one in its place.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import data
from pipelines.store import corrections
from pipelines.store.connection import FILE, connect, connect_read_only, immediate
from pipelines.store.refresh import refresh

SNAPSHOT = "snapshot.db"


def publish_snapshot(archive: Path) -> Path:
    """Writes ``ARCHIVE/snapshot.db`` anew and swaps it in at once; its path.

    Who has the old one open keeps reading it. Nothing is swapped where writing fails.
    """
    connection = connect(archive / FILE)
    try:
        with immediate(connection):
            refresh(connection)
            corrections.fill(connection, corrections.read(archive))
    finally:
        connection.close()
    _sweep(archive)
    fresh = archive / f".{SNAPSHOT}.{os.getpid()}"
    source = connect_read_only(archive / FILE)
    try:
        source.execute("VACUUM INTO ?", (str(fresh),))
        prepare(fresh)
        _sync(fresh)
        fresh.replace(archive / SNAPSHOT)
        _sync(archive)
    finally:
        source.close()
        _sweep(archive)
    return archive / SNAPSHOT


def _sweep(archive: Path) -> None:
    """Takes away what this process, or one that was killed, has begun and not put in its place; SQLite's journals of
    it as well, which a full disk leaves behind."""
    for path in archive.glob(f".{SNAPSHOT}.*"):
        process = path.name.removeprefix(f".{SNAPSHOT}.").partition("-")[0]
        if process.isdigit() and (int(process) == os.getpid() or not _lives(int(process))):
            path.unlink(missing_ok=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True  # it is somebody else's
    return True


def prepare(path: Path) -> None:
    """What only the site needs: one segment a word list, statistics for the planner, no log beside the file."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        # One big segment a word list: the site's searches then read each word's places in one go.
        for index in ("search", "search_report", "search_organ"):
            connection.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")
        _index(connection)
        connection.execute("PRAGMA analysis_limit = 2000")
        connection.execute("ANALYZE")
        connection.execute("PRAGMA journal_mode = DELETE")  # an immutable file has no log beside it
    finally:
        connection.close()


# What pages ask for in an order of their own.
_INDEXES = (
    "report_verdict_newest ON report (verdict, year DESC, id)",
    "report_newest ON report (first_seen DESC, id)",
    "report_version_edits ON report_version (seen DESC, report) WHERE version > 1",
    "section_newest ON section (year, id)",
    'check_failed ON "check" (status, rule, report)',
    "panel_without_division ON panel (portal, year, verdict) WHERE division IS NULL",
)


def _index(connection: sqlite3.Connection) -> None:
    """Indexes for every order that the site offers, upwards and downwards with the key behind, as its pages need them.

    The missing years are worked out once and kept as a table, in the place of the view.
    """
    view = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'view' AND name = 'missing'").fetchone()
    if view:
        connection.execute("CREATE TEMP TABLE worked_out AS SELECT * FROM missing")
        connection.execute("DROP VIEW missing")
        connection.execute(
            "CREATE TABLE missing (organ TEXT NOT NULL REFERENCES organ(id), organ_name TEXT NOT NULL, "
            "division TEXT REFERENCES division(code), kind TEXT NOT NULL, year INTEGER NOT NULL, "
            "PRIMARY KEY (organ, year)) STRICT"
        )
        connection.execute("INSERT INTO missing SELECT * FROM worked_out ORDER BY organ, year")
        connection.execute("DROP TABLE worked_out")
        connection.execute("CREATE INDEX missing_newest ON missing (year DESC, organ)")
        connection.execute("CREATE INDEX missing_division ON missing (division, year)")
    for index in _INDEXES:
        connection.execute(f"CREATE INDEX IF NOT EXISTS {index}")
    for table, entry in data.load_yaml("texts/codebook.yaml")["tables"].items():
        described = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
        keys = [f'"{name}"' for _, name, _, _, _, place in sorted(described, key=lambda row: row[5]) if place]
        facets, first = entry.get("facets", ()), entry.get("sort_desc")
        for column in entry.get("sortable", ()):
            _make(connection, f"sorted_{table}_{column}", table, [f'"{column}"', *keys])
            _make(connection, f"sorted_{table}_{column}_desc", table, [f'"{column}" DESC', *keys])
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)).fetchone():
            continue
        for column in facets:
            # Values are counted, and rows chosen by one facet counted by another, along an index that has them all.
            _make(connection, f"facet_{table}_{column}", table, [f'"{each}"' for each in _first(column, facets)])
            if first and column != first:  # the rows of a facet's value in the order in which the page begins
                _make(connection, f"chosen_{table}_{column}", table, [f'"{column}"', f'"{first}" DESC', *keys])


def _make(connection: sqlite3.Connection, name: str, table: str, columns: Sequence[str]) -> None:
    connection.execute(f'CREATE INDEX IF NOT EXISTS "{name}" ON "{table}" ({", ".join(columns)})')


def _first(column: str, columns: Sequence[str]) -> list[str]:
    return [column, *(each for each in columns if each != column)]


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
