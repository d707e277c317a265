"""Inhabitants by division and year, from a table that the operator lays into the archive: ``population.csv``.

Nobody publishes such a table under a licence that would let it come along; its columns are ``division`` (the six-digit
code), ``year`` and ``population`` (inhabitants). A year that it lacks has the nearest earlier one's, for five years.
"""

from __future__ import annotations

import csv
import sqlite3
from pathlib import Path

FILE = "population.csv"
CARRIED = 5  # years that a count is good for


class BadTable(ValueError):
    """The table cannot be read; the message says which line and why."""


def read(archive: Path) -> dict[tuple[str, int], int]:
    """The table of an archive, empty where there is none. Raises ``BadTable``."""
    path = archive / FILE
    if not path.is_file():
        return {}
    known: dict[tuple[str, int], int] = {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        if not {"division", "year", "population"} <= set(rows.fieldnames or ()):
            raise BadTable(f"{path}: the first line must name the columns division, year and population")
        for at, row in enumerate(rows, 2):
            try:
                known[row["division"].strip(), int(row["year"])] = int(row["population"])
            except (TypeError, ValueError):
                raise BadTable(f"{path}: line {at} has no whole numbers for year and population") from None
    return known


def offer(connection: sqlite3.Connection, known: dict[tuple[str, int], int]) -> None:
    """Give a connection the function ``population(division, year)``: inhabitants, or null."""

    def population(division: str | None, year: int) -> int | None:
        if division is None:
            return None
        return next(
            (known[division, at] for at in range(year, year - CARRIED - 1, -1) if (division, at) in known), None
        )

    connection.create_function("population", 2, population, deterministic=True)
