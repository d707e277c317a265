"""Opening the database: several portals' processes write to it, so every write begins by taking the lock."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.write_ahead import write_ahead

FILE = "gongkai.db"
SCHEMA = 5  # the number of migrations: a database at it needs no look at them
BUSY_MILLISECONDS = 120_000  # a batch of another portal takes a second; a long one is no reason to lose a page


class StoreError(RuntimeError):
    """The database cannot be used; the message says which and why, in one line."""


def connect(path: Path) -> sqlite3.Connection:
    """A connection with the settings of this house, at the present schema. Creates the file where there is none."""
    try:
        # Transactions are begun by hand: the driver's own begin DEFERRED, and two such writers lock each other out.
        connection = sqlite3.connect(path, isolation_level=None, cached_statements=1000)
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        write_ahead(connection, BUSY_MILLISECONDS / 1000)
        connection.execute("PRAGMA synchronous = NORMAL")  # the archive is the truth; a lost commit is read again
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute("PRAGMA temp_store = MEMORY")
        if connection.execute("PRAGMA user_version").fetchone()[0] != SCHEMA:
            _migrate(connection)
    except sqlite3.Error as error:
        raise StoreError(_told(path, error)) from error
    return connection


def connect_read_only(path: Path) -> sqlite3.Connection:
    """A connection that can only look."""
    if not path.exists():
        raise StoreError(f"{path} does not exist: crawl something, or run `gongkai rebuild`")
    try:
        how = "immutable=1" if _on_a_read_only_disk(path) else "mode=ro"
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?{how}", uri=True, isolation_level=None)
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.Error as error:
        raise StoreError(_told(path, error)) from error
    return connection


def _on_a_read_only_disk(path: Path) -> bool:
    """Whether nobody can be writing: SQLite would refuse a database in WAL mode where it cannot make its log."""
    log = path.with_name(path.name + "-wal")
    return not os.access(path.parent, os.W_OK) and not (log.exists() and log.stat().st_size)


def _told(path: Path, error: sqlite3.Error) -> str:
    damaged = type(error) is sqlite3.DatabaseError  # its subclasses are about locks, room and rights
    advice = "; `gongkai rebuild` makes it again from the archive" if damaged and path.name == FILE else ""
    return f"{path}: {error}{advice}"


@contextmanager
def immediate(connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction that takes the write lock at its beginning; inside another one, part of that."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def _hidden(*modules: str) -> Iterator[None]:
    """An import of these modules fails, where they are not imported yet."""
    absent = [name for name in modules if name not in sys.modules]
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]  # None makes the import fail
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


def _migrate(connection: sqlite3.Connection) -> None:
    # Only a new database needs it. It looks for pandas and numpy, which no migration needs: a second and 60 MB.
    with _hidden("pandas", "numpy"):
        from sqlite_utils import Database

    from pipelines.store import migrations

    with immediate(connection):
        migrations.apply(Database(connection))
        connection.execute(f"PRAGMA user_version = {SCHEMA}")
