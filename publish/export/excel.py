"""One workbook: a sheet a table with typed cells and labels in both languages, a codebook sheet, a sheet about the
data.

Written row by row, and the rows are counted: a library's option that dropped cells without an error was seen
(PITFALLS).
"""

from __future__ import annotations

import datetime
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import xlsxwriter

from publish.export import codebook_files, spreadsheet_safe
from publish.export.shapes import IN_SHEETS, Shape

LARGEST_SHEET = 1_048_576 - 3  # rows under the three header rows
LONGEST_CELL = 32_767
IN_PROVINCES = ("panel", "figures", "check", "cell_note", "figure_change")
_EPOCH = datetime.datetime(2000, 1, 1)


class TooManyRows(ValueError):
    """A table does not fit a sheet of Excel; the message says which and what to take instead."""


def write(connection: sqlite3.Connection, shapes: list[Shape], folder: Path, version: str) -> list[Path]:
    """``gongkai.xlsx``. Tables longer than a sheet go on in a second sheet of the same name with a number."""
    by_name = {shape.name: shape for shape in shapes}
    path = folder / "gongkai.xlsx"
    _book(connection, [by_name[name] for name in IN_SHEETS], shapes, path, version)
    return [path]


def write_provinces(
    connection: sqlite3.Connection, shapes: list[Shape], folder: Path, version: str
) -> list[Path]:  # fmt: skip
    """``gongkai-CODE.xlsx``, a workbook a province: its rows of the tables by report. Organs without a division code
    are in ``gongkai-none.xlsx``.
    """
    written = []
    provinces = connection.execute("SELECT DISTINCT province FROM panel ORDER BY province").fetchall()
    for (province,) in provinces:
        # The code comes from the divisions' own table; the check keeps the query safe whatever stands there.
        code = province if province and province.isalnum() else None
        of = f"= '{code}'" if code else "IS NULL"
        kept = [
            replace(shape, sql=_restricted(shape.sql, f"report IN (SELECT report FROM panel WHERE province {of})"))
            for shape in shapes
            if shape.name in IN_PROVINCES
        ]
        path = folder / f"gongkai-{code or 'none'}.xlsx"
        _book(connection, kept, shapes, path, version)
        written.append(path)
    return written


def _restricted(sql: str, condition: str) -> str:
    head, _, order = sql.rpartition(" ORDER BY ")
    return f"SELECT * FROM ({head}) WHERE {condition} ORDER BY {order}"


def _book(
    connection: sqlite3.Connection, tables: list[Shape], shapes: list[Shape], path: Path, version: str
) -> None:  # fmt: skip
    book = xlsxwriter.Workbook(
        str(path),
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties({"title": f"Gongkai {version}", "created": _EPOCH})
    bold = book.add_format({"bold": True, "bg_color": "#F4F2EA", "text_wrap": True, "valign": "top"})
    grey = book.add_format({"font_color": "#68747A", "text_wrap": True, "valign": "top"})
    about = book.add_worksheet("about")
    for line, (key, value) in enumerate(
        (("data version", version), ("codebook", "the sheet codebook, and codebook.csv beside this file"))
    ):
        about.write_string(line, 0, key, bold)
        about.write_string(line, 1, value)
    for shape in tables:
        _table(book, shape, connection, bold, grey)
    sheet = book.add_worksheet("codebook")
    sheet.freeze_panes(1, 2)
    for column, heading in enumerate(codebook_files.HEADER):
        sheet.write_string(0, column, heading, bold)
    for line, entry in enumerate(codebook_files.lines(shapes), 1):
        for column, value in enumerate(entry):
            if value:
                sheet.write_string(line, column, spreadsheet_safe.safe(value))
    book.close()


def _table(book: Any, shape: Shape, connection: sqlite3.Connection, bold: Any, grey: Any) -> None:
    expected, written = shape.count(connection), 0
    sheet: Any = None
    line = 0
    for row in shape.rows(connection):
        if sheet is None or line >= LARGEST_SHEET:
            number = written // LARGEST_SHEET
            sheet, line = _sheet(book, shape, number, bold, grey), 0
        for column, value in enumerate(row):
            if value is None:
                continue
            if isinstance(value, str):
                sheet.write_string(line + 3, column, _fitting(spreadsheet_safe.safe(value)))
            else:
                sheet.write_number(line + 3, column, value)
        line += 1
        written += 1
    if sheet is None:
        _sheet(book, shape, 0, bold, grey)
    if written != expected:
        raise TooManyRows(f"the sheet {shape.name} got {written} of {expected} rows")


def _fitting(text: str) -> str:
    """A text as a cell can hold it; one that was cut says so."""
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def _sheet(book: Any, shape: Shape, number: int, bold: Any, grey: Any) -> Any:
    sheet = book.add_worksheet(shape.name if not number else f"{shape.name}_{number + 1}")
    sheet.freeze_panes(3, 1)
    for column, field in enumerate(shape.fields):
        sheet.set_column(column, column, 14 if field.kind != "string" else 20)
    # Row by row: in constant memory a row that has been left cannot be written any more.
    for column, field in enumerate(shape.fields):
        sheet.write_string(0, column, field.name, bold)
    for column, field in enumerate(shape.fields):
        sheet.write_string(
            1, column, field.column.label + (f"（{field.column.unit}）" if field.column.unit else ""), grey
        )
    for column, field in enumerate(shape.fields):
        sheet.write_string(
            2, column, field.column.label_en + (f" ({field.column.unit_en})" if field.column.unit_en else ""), grey
        )
    return sheet
