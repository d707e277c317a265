"""The data set as one SQLite file: the tables of the export with their types and keys, without the store's own
business.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from publish.export.shapes import Shape

TYPES = {"integer": "INTEGER", "number": "REAL", "string": "TEXT"}
BATCH = 5000


def write(connection: sqlite3.Connection, shapes: list[Shape], folder: Path, version: str) -> Path:
    """``gongkai.sqlite``, with a table ``codebook``."""
    path = folder / "gongkai.sqlite"
    out = sqlite3.connect(path, isolation_level=None)
    try:
        out.execute("PRAGMA journal_mode = OFF")
        out.execute("PRAGMA synchronous = OFF")
        out.execute("BEGIN")
        for shape in shapes:
            columns = ", ".join(f'"{field.name}" {TYPES[field.kind]}' for field in shape.fields)
            keys = ", ".join(f'"{key}"' for key in shape.keys)
            out.execute(f'CREATE TABLE "{shape.name}" ({columns}{f", PRIMARY KEY ({keys})" if keys else ""})')
            places = ", ".join("?" * len(shape.fields))
            cursor = shape.rows(connection)
            while rows := cursor.fetchmany(BATCH):
                out.executemany(f'INSERT INTO "{shape.name}" VALUES ({places})', rows)
        out.execute(
            'CREATE TABLE codebook ("table" TEXT, "column" TEXT, label TEXT, label_en TEXT, unit TEXT, unit_en '
            "TEXT, note TEXT, formula TEXT, generations TEXT)"
        )
        for shape in shapes:
            out.executemany("INSERT INTO codebook VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", [
                (shape.name, field.name, field.column.label, field.column.label_en, field.column.unit,
                field.column.unit_en, field.column.note,
                 field.column.formula, " ".join(field.column.generations)) for field in shape.fields
            ])  # fmt: skip
        out.execute("CREATE TABLE about (version TEXT)")
        out.execute("INSERT INTO about VALUES (?)", (version,))
        out.execute("COMMIT")
    finally:
        out.close()
    return path
