"""Whether a database was made by this version of the program: what shows it would else fail page by page."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from pipelines.store import panel
from pipelines.store.connection import SCHEMA, StoreError, connect_read_only
from reports.forms import figures


def misfit(path: Path) -> str | None:
    """Why a database cannot be shown by this version, in one line that says what to do; None where it can."""
    advice = "run `gongkai rebuild` or crawl again, or copy a snapshot that this version made"
    try:
        with closing(connect_read_only(path)) as connection:
            made = connection.execute("PRAGMA user_version").fetchone()[0]
            lacking = [name for table, names in _wide().items() for name in names - _columns(connection, table)]
    except (StoreError, sqlite3.Error) as error:
        return f"{path} cannot be read ({str(error).removeprefix(f'{path}: ').partition('; ')[0]}): {advice}"
    if made > SCHEMA:
        return f"{path} was made by a newer version of gongkai (schema {made}, here {SCHEMA}): show it with that one"
    if made < SCHEMA:
        return f"{path} was made by an older version of gongkai (schema {made}, here {SCHEMA}): {advice}"
    if lacking:
        return f"{path} was made by another version of gongkai (without {min(lacking)}): {advice}"
    return None


def _wide() -> dict[str, set[str]]:
    """The columns that come from data files, of the two tables that have them."""
    return {"figures": {each.code for each in figures()}, "panel": {each.code for each in panel.columns()}}


def _columns(connection: sqlite3.Connection, table: str) -> set[str]:
    return {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
