"""From a figure to its bytes: the archived page with the figure's cell found again by the reader that read it.

The cell is found by its place in the source's own grid, and shown only if the text there is the text that was read: a
wrong cell is never highlighted. ``publish.replayed`` shows pages; here are pictures of PDF pages, and tables as read.
"""

from __future__ import annotations

import io
import math
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageDraw

import archive as keeping
from pipelines.store import whole
from pipelines.store.content import unpack
from publish.report_page import Row, first, rows
from reports import forms, readers
from reports.document import Document
from reports.record import Cell, Record

_SCALE = 1.6  # of a page's picture, in pixels a point
_LARGEST_PICTURE = 5000  # pixels


@dataclass(slots=True)
class Located:
    """A figure on an archived page. ``how`` is ``html``, ``picture`` (a PDF's page), ``grid`` (anything else) or
    ``none``.
    """

    capture: Row
    label: str = ""
    label_en: str = ""
    cell: Cell | None = None
    how: str = "none"
    page: int = 0


@dataclass(slots=True)
class ShownGrid:
    """A table as the reader has it, for sources that a browser does not show: rows of (text, rowspan, colspan,
    marked).
    """

    rows: list[list[tuple[str, int, int, bool]]] = field(default_factory=list)


def capture_row(connection: sqlite3.Connection, identity: str) -> Row | None:
    """The capture, or None."""
    return first(connection, "SELECT * FROM capture WHERE id = ?", identity)


def body_of(connection: sqlite3.Connection, folder: Path, capture: Row) -> keeping.ArchivedRecord:
    """The archived bytes of a capture; of a revisit, those to which it refers. Raises ``archive.ArchiveError``."""
    if capture["kind"] == "revisit" and capture["refers_to"]:
        referred = capture_row(connection, capture["refers_to"])
        capture = referred or capture
    return keeping.read(folder, capture["warc"], capture["offset"])


def as_read(connection: sqlite3.Connection, folder: Path, capture: Row) -> keeping.ArchivedRecord:
    """The archived bytes as figures were read from them: of a report over several pages, all of these in one."""
    record = body_of(connection, folder, capture)
    page = whole.capture_of(list(capture.values()))
    source, _ = whole.source_of(
        connection, page, record.body, lambda each: keeping.read(folder, each.warc, each.offset).body
    )
    return record if source is record.body else replace(record, body=source)


def record_of(connection: sqlite3.Connection, capture: str, report: str | None) -> Record | None:
    """What was read from this capture for this report, from the stored record."""
    stored = first(
        connection,
        "SELECT c.record FROM reading r JOIN content c ON c.digest = r.content WHERE r.capture = ? AND (r.report = "
        "? OR ? IS NULL) ORDER BY r.n LIMIT 1",
        capture,
        report,
        report,
    )
    if stored is None and report is not None:
        stored = first(
            connection,
            "SELECT c.record FROM report r JOIN content c ON c.digest = r.content WHERE r.id = ? AND r.capture = ?",
            report,
            capture,
        )
    return unpack(stored["record"]) if stored and stored["record"] else None


def locate(connection: sqlite3.Connection, capture: Row, report: str | None, code: str | None) -> Located:
    """Where a figure stands on a capture's page."""
    found = Located(capture)
    kind = capture["media_type"]
    shown = "html" if "html" in kind or kind == "" else "picture" if "pdf" in kind else "grid"
    if code is None:
        found.how = shown
        return found
    try:
        figure = forms.figure(code)
    except KeyError:
        found.how = shown
        return found
    found.label, found.label_en = figure.label, figure.label_en
    record = record_of(connection, capture["id"], report)
    if record is not None:
        for cell in record.cells:
            if (cell.table, cell.row, cell.column) == (figure.table, figure.row, figure.column):
                found.cell = cell
                found.page = cell.box[0] if cell.box else 0
                if record.reader in ("pdf", "ocr"):
                    shown = "picture"
                break
    found.how = shown
    return found


def content_type(record: keeping.ArchivedRecord) -> str | None:
    """What the server said that the body is."""
    for name, value in record.headers:
        if name.lower() == b"content-type":
            return value.decode("latin-1")
    return None


def document_of(record: keeping.ArchivedRecord, capture: Row) -> Document | None:
    """The page as the reader has it."""
    documents = readers.read(record.body, name=capture["url"], url=capture["url"], content_type=content_type(record))
    return documents[0] if documents else None


def squeezed(text: str | None) -> str:
    """Without white space."""
    return "".join((text or "").split())


@dataclass(frozen=True, slots=True)
class Sheet:
    """How many pages a PDF has, and one of them as a picture: its width and height in pixels, and how many pixels a
    point has."""

    pages: int
    width: int
    height: int
    scale: float


@contextmanager
def _opened(record: keeping.ArchivedRecord, page: int) -> Iterator[tuple[Any, int]]:
    """A page of a PDF, and how many it has; the page is None where it cannot be opened or has no such page."""
    try:
        document = pypdfium2.PdfDocument(record.body)
    except pypdfium2.PdfiumError:
        yield None, 0
        return
    try:
        yield document[page] if 0 <= page < len(document) else None, len(document)
    finally:
        document.close()


def sheet_of(record: keeping.ArchivedRecord, page: int) -> Sheet | None:
    """None where the PDF cannot be opened or has no such page."""
    with _opened(record, page) as (sheet, pages):
        if sheet is None:
            return None
        width, height = sheet.get_size()
    scale = _scale(width, height)
    return Sheet(pages, math.ceil(width * scale), math.ceil(height * scale), scale)


def _scale(width: float, height: float) -> float:
    return min(_SCALE, _LARGEST_PICTURE / max(width, height, 1))


def picture(record: keeping.ArchivedRecord, page: int, box: tuple[float, float, float, float] | None) -> bytes | None:
    """A PDF's page as PNG, the box (points from the top left) drawn in it; None where there is no such page."""
    with _opened(record, page) as (sheet, _):
        if sheet is None:
            return None
        scale = _scale(*sheet.get_size())
        image: Image.Image = sheet.render(scale=scale).to_pil().convert("RGB")
    if box is not None:
        left, top, right, bottom = (value * scale for value in box)
        shade = Image.new("RGBA", image.size, (0, 0, 0, 0))
        drawn = ImageDraw.Draw(shade)
        drawn.rectangle(
            (left - 3, top - 3, right + 3, bottom + 3), fill=(255, 214, 90, 90), outline=(163, 41, 31, 255), width=4
        )
        image = Image.alpha_composite(image.convert("RGBA"), shade).convert("RGB")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def grids(record: keeping.ArchivedRecord, capture: Row, cell: Cell | None) -> tuple[list[ShownGrid], bool]:
    """The tables of a Word file, a workbook or a text as the reader has them, the cell marked; and whether it was
    found.
    """
    document = document_of(record, capture)
    shown, found = [], False
    for grid in document.grids if document else ():
        if grid.layout:
            continue
        out = ShownGrid()
        for number in range(len(grid.rows)):
            line = []
            for own in grid.own_cells(number):
                marked = (
                    cell is not None
                    and grid.index == cell.position[0]
                    and grid.rows[cell.position[1]][cell.position[2]] is own
                    and squeezed(own.text) == squeezed(cell.raw)
                )
                found = found or marked
                line.append((own.text, own.rowspan, own.colspan, marked))
            out.rows.append(line)
        shown.append(out)
    return shown, found


def captures_of(connection: sqlite3.Connection, address: str) -> list[Row]:
    """Every capture of an address, oldest first."""
    return rows(
        connection, "SELECT id, time, status, kind, digest FROM capture WHERE url = ? ORDER BY time, id", address
    )
