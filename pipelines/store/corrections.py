"""The log of figures that a better reading of the same pages corrected: ``corrections.jsonl`` beside the database.

A rebuild with a newer extraction may read a page otherwise than before. Whoever used the earlier figures must be able
to see that, so the log outlives the database: a line a cell, added to and never taken from. The table ``correction`` is
filled from it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import msgspec

from reports.record import Number

FILE = "corrections.jsonl"


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of a report, or its verdict (``table`` is ``report``), as it was and as it is read now."""

    noticed: str
    report: str
    organ_name: str
    year: int
    table: str
    row: str
    column: str
    before: Number | str | None
    after: Number | str | None
    extractor_before: str | None = None
    extractor_after: str | None = None

    @property
    def what(self) -> tuple[object, ...]:
        """The same without the time, by which a rebuild that was interrupted knows what it has told."""
        return (self.report, self.table, self.row, self.column, self.before, self.after, self.extractor_after)


def read(archive: Path) -> list[Correction]:
    """The log, oldest first. A last line that was cut off is left out: the rebuild that wrote it was not complete."""
    path = archive / FILE
    lines = path.read_bytes().splitlines(keepends=True) if path.exists() else []
    return [msgspec.json.decode(line, type=Correction) for line in lines if line.endswith(b"\n")]


def add(archive: Path, found: Iterable[Correction]) -> list[Correction]:
    """Adds to the log what it does not tell yet, and gives the whole log."""
    known = read(archive)
    last = {each.what[:4]: each.what for each in known}
    fresh = [each for each in found if last.get(each.what[:4]) != each.what]
    if fresh:
        beside = archive / f".{FILE}"
        with beside.open("wb") as lines:
            lines.writelines(msgspec.json.encode(each) + b"\n" for each in (*known, *fresh))
            lines.flush()
            os.fsync(lines.fileno())
        beside.replace(archive / FILE)
    return [*known, *fresh]


def fill(connection: sqlite3.Connection, log: Iterable[Correction]) -> None:
    """The table ``correction`` from the log."""
    connection.execute("DELETE FROM correction")
    connection.executemany(
        "INSERT OR REPLACE INTO correction VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (msgspec.structs.astuple(each) for each in log),
    )
