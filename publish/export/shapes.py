"""The tables of the data set: their columns, in the order of the schema, and the query that gives their rows in a
stable order.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from publish import codebook
from reports import forms

#: Which table of the database a file comes from, and by what its rows are ordered. Long shapes come from the wide
# table.
ORDERED = {
    "report": "id", "panel": "report", "figures": "report", "applications": 'report, "order"',
    "check": "report, rule, at",
    "cell_note": 'report, "table", row, "column"', "figure_change": 'report, version, "table", row, "column"',
    "report_version": "report, version", "report_address": "report, url", "contact": "id", "section": "report, n",
    "correction": 'noticed, report, "table", row, "column"', "concentration": "year, level, kind, area",
    "narrative": "report, n", "statistic": "report, n", "attachment": "report, n", "organ": "id",
    "organ_name": "organ, name",
    "division": "code", "division_name": "code, name",
    "portal": "id", "coverage": "division, year", "missing": "organ, year", "problem": "id",
    "organ_kind": '"order"', "item": '"order"', "crawl": "id",
}  # fmt: skip
#: Of the tables, what is the search index's or the store's own business.
LEFT_OUT = {
    ("report", "seq"),
    ("report", "content"),
    ("organ", "seq"),
    ("organ", "key"),
    ("section", "indexed"),
    ("section", "id"),
}
#: Excel and Stata get what people open there; texts of whole sections do not fit a Stata file's strings nor a sheet's
# cells well.
IN_SHEETS = (
    "panel",
    "panel_balanced",
    "figures",
    "report",
    "check",
    "cell_note",
    "figure_change",
    "correction",
    "concentration",
    "organ",
    "division",
    "coverage",
    "missing",
)
IN_STATA = ("panel", "panel_balanced", "figures")


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a file. ``kind`` is ``integer``, ``number`` or ``string``."""

    name: str
    kind: str
    column: codebook.Column


@dataclass(frozen=True, slots=True)
class Shape:
    """A table of the data set: name of its files, its fields, its query."""

    name: str
    source: str
    fields: tuple[Field, ...]
    sql: str
    keys: tuple[str, ...]

    def rows(self, connection: sqlite3.Connection) -> sqlite3.Cursor:
        """All rows, as tuples, in a stable order."""
        cursor = connection.cursor()
        cursor.row_factory = None
        return cursor.execute(self.sql)

    def count(self, connection: sqlite3.Connection) -> int:
        """How many rows the query gives."""
        counted: int = connection.execute(f"SELECT count(*) FROM ({self.sql})").fetchone()[0]
        return counted


def shapes(connection: sqlite3.Connection) -> list[Shape]:
    """Every table of the data set, the balanced panel last."""
    found = []
    for name, order in ORDERED.items():
        fields = _fields(connection, name)
        chosen = ", ".join(f'"{field.name}"' for field in fields)
        found.append(
            Shape(name, name, fields, f'SELECT {chosen} FROM "{name}" ORDER BY {order}', _keys(connection, name))
        )
    found.append(_balanced(connection))
    return found


def _fields(connection: sqlite3.Connection, table: str) -> tuple[Field, ...]:
    kinds = {"INTEGER": "integer", "REAL": "number"}
    known = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    fields = []
    for row in known:
        name, declared = row[1], row[2].upper()
        if (table, name) in LEFT_OUT:
            continue
        kind = kinds.get(declared, "string")
        if table == "applications" and name not in ("report", "outcome"):
            kind = "integer"
        if table == "missing" and name == "year":
            kind = "integer"
        fields.append(Field(name, kind, codebook.column(table, name)))
    return tuple(fields)


def _keys(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    keyed = [(row[5], row[1]) for row in connection.execute(f'PRAGMA table_info("{table}")') if row[5]]
    names = tuple(name for _, name in sorted(keyed))
    if table == "section":
        return ("report", "n")
    return names or {"applications": ("report", "outcome"), "missing": ("organ", "year")}.get(table, ())


def _balanced(connection: sqlite3.Connection) -> Shape:
    """Every organ in every year, with nulls where there is no report: what panel estimators want."""
    fields = [field for field in _fields(connection, "panel") if field.name != "report"]
    of_organ = {
        "organ": "organ.id",
        "organ_name": "organ.name",
        "kind": "organ.kind",
        "level": "organ.level",
        "division": "organ.division",
        "year": "years.year",
    }
    chosen = ", ".join(f'{of_organ.get(field.name, f"panel.{field.name}")} AS "{field.name}"' for field in fields)
    ordered = sorted(
        fields, key=lambda field: ("organ", "year").index(field.name) if field.name in ("organ", "year") else 2
    )
    names = ", ".join(f'"{field.name}"' for field in ordered)
    sql = (
        f"SELECT {names} FROM (SELECT {chosen} FROM organ CROSS JOIN (SELECT DISTINCT year FROM report) AS years "
        "LEFT JOIN panel ON panel.organ = organ.id AND panel.year = years.year) ORDER BY organ, year"
    )
    return Shape("panel_balanced", "panel", tuple(ordered), sql, ("organ", "year"))


def is_figure(name: str) -> bool:
    """Whether a column is a figure of the forms."""
    return any(each.code == name for each in forms.figures())
