"""SQLite files beside the archive that the processes of several portals open at the same moment."""

from __future__ import annotations

import sqlite3
import time

_PAUSE = 0.01  # seconds


def write_ahead(connection: sqlite3.Connection, seconds: float) -> None:
    """Switch a file to a write-ahead log, waiting up to ``seconds`` for others that open it too.

    For this lock SQLite itself does not wait: two processes that begin a new file would lock each other out (`PRAGMA
    journal_mode`, https://sqlite.org/wal.html), and a portal's first crawl failed.
    """
    until = time.monotonic() + seconds
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            others = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
            if not others or time.monotonic() > until:
                raise
            time.sleep(_PAUSE)
        else:
            return
