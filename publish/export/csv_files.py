"""CSV as Excel and programs both read it: UTF-8 with byte-order mark, comma, CRLF, machine-readable headers, null
empty.
"""

from __future__ import annotations

import csv
import sqlite3
from pathlib import Path

from publish.export import spreadsheet_safe
from publish.export.shapes import Shape

#: Columns whose values are made here (identities, codes, days, digests): no portal can write a formula into them.
OURS = frozenset(
    [
        "report",
        "organ",
        "kind",
        "level",
        "division",
        "prefecture",
        "province",
        "portal",
        "verdict",
        "scope",
        "form_proactive",
        "form_applications",
        "form_review",
        "published",
        "statutory_date",
        "gone_since",
        "first_seen",
        "last_seen",
        "capture",
        "digest",
        "warc",
        "outcome",
        "item",
        "state",
        "status",
        "severity",
        "rule",
        "crawl",
        "seen",
    ]
)


def write(connection: sqlite3.Connection, shape: Shape, folder: Path) -> Path:
    """One table as ``NAME.csv``. Rows go from SQLite's cursor to the C writer without passing through Python code."""
    path = folder / f"{shape.name}.csv"
    chosen = ", ".join(
        f"{spreadsheet_safe.sql(_quoted(field.name))} AS {_quoted(field.name)}"
        if field.kind == "string" and field.name not in OURS
        else _quoted(field.name)
        for field in shape.fields
    )  # fmt: skip
    cursor = connection.cursor()
    cursor.row_factory = None
    head, _, order = shape.sql.rpartition(" ORDER BY ")
    # The order is inside, on the raw columns: the guard outside must not change it.
    cursor.execute(f"SELECT {chosen} FROM ({head} ORDER BY {order})")
    with path.open("w", encoding="utf-8-sig", newline="", buffering=1 << 20) as lines:
        writer = csv.writer(lines)
        writer.writerow([field.name for field in shape.fields])
        writer.writerows(cursor)
    return path


def _quoted(name: str) -> str:
    return f'"{name}"'
