"""A report as a Word file (.docx). The same report gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH

from demo.layout import Layout, expanded
from demo.render import Bend, parts
from demo.writing import Report


def render(report: Report, bend: Bend | None = None, *, lines: bool = True) -> bytes:
    """The file's bytes; with or without ``lines`` around the cells of its tables."""
    document = docx.Document()
    document.core_properties.title = report.title
    document.core_properties.author = report.organ.name
    stamp = datetime(report.published.year, report.published.month, report.published.day)
    document.core_properties.created = document.core_properties.modified = stamp
    document.add_paragraph(report.title).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, part in parts(report, bend):
        if isinstance(part, str):
            paragraph = document.add_paragraph(part)
            if kind == "sign":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        else:
            _table(document, part, "Table Grid" if lines else None)
    out = io.BytesIO()
    document.save(out)
    return _without_clock(out.getvalue())


def _table(document: docx.document.Document, rows: Layout, style: str | None) -> None:
    grid = expanded(rows)
    table = document.add_table(rows=len(grid), cols=len(grid[0]), style=style)
    cells = [list(row.cells) for row in table.rows]
    for r, line in enumerate(grid):
        for c, (cell, begins) in enumerate(line):
            if not begins:
                continue
            place = cells[r][c]
            if cell.rowspan > 1 or cell.colspan > 1:
                place = place.merge(cells[r + cell.rowspan - 1][c + cell.colspan - 1])
            place.text = cell.text


def _without_clock(packed: bytes) -> bytes:
    """The same package with a fixed time on every part: zipfile writes the clock into each entry."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            target.writestr(zipfile.ZipInfo(entry.filename, (2024, 1, 1, 0, 0, 0)), source.read(entry),
                            zipfile.ZIP_DEFLATED)  # fmt: skip
    return out.getvalue()
