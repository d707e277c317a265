"""Rows of an invented database waiting to be written, and what they are made of everywhere."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass, field
from typing import Any

from pipelines.store import search


@dataclass
class Rows:
    """Rows waiting to be written, by table."""

    held: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)

    def add(self, table: str, *row: Any) -> None:
        """Keep a row until ``write``."""
        self.held.setdefault(table, []).append(row)

    def write(self, connection: sqlite3.Connection) -> None:
        """Write all."""
        for table, rows in self.held.items():
            places = ", ".join("?" * len(rows[0]))
            name = table if " " in table else f'"{table}"'
            connection.executemany(f"INSERT INTO {name} VALUES ({places})", rows)
        self.held.clear()


def digest(*parts: object) -> str:
    """What stands for a digest of something that is not there."""
    return hashlib.sha256("\x00".join(map(str, parts)).encode()).hexdigest()


def index(rows: Rows, table: str, rowid: int, text: str) -> None:
    """The words of a text in a search index."""
    rows.add(f"{table} (rowid, text)", rowid, search.tokens(text))
