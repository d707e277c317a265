"""CSV as Excel and programs both read it: UTF-8 with byte-order mark, comma, CRLF, machine-readable headers, null
empty.
"""

from __future__ import annotations

import csv
import io
import sqlite3
from pathlib import Path

from publish.export import spreadsheet_safe
from publish.export.shapes import Field, Shape

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


_MOST_ARGUMENTS = 100  # of SQLite's printf in one call; 127 is the limit


def write(connection: sqlite3.Connection, shape: Shape, folder: Path) -> Path:
    """One table as ``NAME.csv``. SQLite makes each line itself: much quicker than a writer of Python's."""
    path = folder / f"{shape.name}.csv"
    head, _, order = shape.sql.rpartition(" ORDER BY ")
    # The order is inside, on the raw columns: the guard outside must not change it.
    source = f"({head} ORDER BY {order})"
    cursor = connection.cursor()
    cursor.row_factory = None
    whole = not _cut_by_nul(cursor, shape, head)
    cursor.execute(f"SELECT {_line(shape) if whole else _columns(shape)} FROM {source}")
    header = io.StringIO(newline="")
    csv.writer(header).writerow([field.name for field in shape.fields])
    with path.open("wb", buffering=1 << 20) as lines:
        lines.write(header.getvalue().encode("utf-8-sig"))
        if whole:
            lines.writelines(line for (line,) in cursor)
        else:
            with io.TextIOWrapper(lines, encoding="utf-8", newline="") as text:
                csv.writer(text).writerows(cursor)
    return path


def _foreign(field: Field) -> bool:
    """Whether the column holds what a portal wrote."""
    return field.kind == "string" and field.name not in OURS


def _cut_by_nul(cursor: sqlite3.Cursor, shape: Shape, source: str) -> bool:
    """Whether a text holds a NUL, at which SQLite's printf would cut it."""
    tests = [f"instr(CAST({_quoted(field.name)} AS BLOB), x'00')" for field in shape.fields if _foreign(field)]
    if not tests:
        return False
    found = cursor.execute(f"SELECT EXISTS (SELECT 1 FROM ({source}) WHERE {' OR '.join(tests)})").fetchone()
    return bool(found[0])


def _columns(shape: Shape) -> str:
    return ", ".join(
        f"{spreadsheet_safe.sql(_quoted(field.name))} AS {_quoted(field.name)}"
        if _foreign(field)
        else _quoted(field.name)
        for field in shape.fields
    )


def _line(shape: Shape) -> str:
    """A row as a line of CSV in bytes, as an SQL expression. Empty for null; quoted where a text needs it."""
    parts = []
    for field in shape.fields:
        column = _quoted(field.name)
        if _foreign(field):
            text = spreadsheet_safe.sql(column)
            quoted = f"""'"' || replace({text}, '"', '""') || '"'"""
            # Two looks at a text that needs nothing, which is nearly every one.
            column = (
                f"CASE WHEN {column} GLOB '*[,\"\r\n]*' THEN {quoted} "
                f"WHEN {spreadsheet_safe.like(column)} THEN {text} ELSE {column} END"
            )
        parts.append(column)
    pieces = []
    for at in range(0, len(parts), _MOST_ARGUMENTS):
        some = parts[at : at + _MOST_ARGUMENTS]
        last = at + _MOST_ARGUMENTS >= len(parts)
        form = ",".join(["%s"] * len(some)) + ("" if last else ",")
        pieces.append(f"printf('{form}', {', '.join(some)})")
    return f"CAST({' || '.join([*pieces, 'char(13, 10)'])} AS BLOB)"


def _quoted(name: str) -> str:
    return f'"{name}"'
