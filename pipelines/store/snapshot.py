"""The copy that the site serves: complete, compact, analysed, never changed.

A finished crawl puts a new one in its place.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

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
    finally:
        connection.close()
    fresh = archive / f".{SNAPSHOT}.{os.getpid()}"
    fresh.unlink(missing_ok=True)
    source = connect_read_only(archive / FILE)
    try:
        source.execute("VACUUM INTO ?", (str(fresh),))
    finally:
        source.close()
    try:
        prepare(fresh)
        _sync(fresh)
        fresh.replace(archive / SNAPSHOT)
        _sync(archive)
    finally:
        fresh.unlink(missing_ok=True)
    return archive / SNAPSHOT


def prepare(path: Path) -> None:
    """What only the site needs: one segment a word list, statistics for the planner, no log beside the file."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        # One big segment a word list: the site's searches then read each word's places in one go.
        for index in ("search", "search_report", "search_organ"):
            connection.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")
        connection.execute("PRAGMA analysis_limit = 2000")
        connection.execute("ANALYZE")
        connection.execute("PRAGMA journal_mode = DELETE")  # an immutable file has no log beside it
    finally:
        connection.close()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
