"""From a figure to its bytes: the archived page with the figure's cell found again by the reader that read it.

The cell is found by its place in the source's own grid, and shown only if the text there is the text that was read: a
wrong
cell is never highlighted.
"""

from __future__ import annotations

import io
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin

import pypdfium2
from PIL import Image, ImageDraw
from selectolax.lexbor import LexborHTMLParser, LexborNode

import archive as keeping
from pipelines.store.content import unpack
from publish.report_page import Row, first, rows
from reports import forms, readers
from reports.document import Document, Grid
from reports.readers.charset import decode
from reports.record import Cell, Record

MARK = "gongkai-cell"
PLACE = "gongkai-place"
ROWS_ABOVE = 8
_STYLE = (
    f"#{MARK}{{outline:4px solid #a3291f !important;outline-offset:1px;"
    f"background:#ffe9a8 !important;color:#000 !important}}"
)
_REMOVED = (
    "script, noscript, iframe, frame, object, embed, applet, base, portal, meta[http-equiv],"
    " audio, video, form input[type=password]"
)
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


def page_with_mark(
    connection: sqlite3.Connection, capture: Row, record: keeping.ArchivedRecord, cell: Cell | None
) -> tuple[bytes, bool]:
    """The archived HTML without anything that runs, the cell marked; and whether the cell was found."""
    decoded = decode(record.body, _content_type(record))
    tree = LexborHTMLParser(decoded.text.replace("\0", ""))
    marked = False
    if cell is not None:
        node = _node(tree, record, capture, cell)
        if node is not None:
            node.attrs["id"] = MARK
            _place(node).attrs["id"] = PLACE
            marked = True
    _quieten(connection, tree, capture)
    markup = tree.html or ""
    head = f'<meta charset="utf-8"><style>{_STYLE}</style>'
    at = markup.lower().find("<head>")
    markup = markup[: at + 6] + head + markup[at + 6 :] if at >= 0 else head + markup
    return markup.encode("utf-8", "replace"), marked


def _place(node: LexborNode) -> LexborNode:
    """Where the reader's eye should begin: some rows above the cell, so that the cell stands in its context.

    (``scroll-margin`` in a sandboxed frame sends Chromium to wrong places.)
    """
    row = node.parent
    while row is not None and row.tag != "tr":
        row = row.parent
    above = row
    for _ in range(ROWS_ABOVE):
        before = above.prev if above is not None else None
        while before is not None and before.tag != "tr":
            before = before.prev
        if before is None:
            break
        above = before
    if above is None:
        return node
    return above if above.prev is not None else (above.parent or above)


def _content_type(record: keeping.ArchivedRecord) -> str | None:
    for name, value in record.headers:
        if name.lower() == b"content-type":
            return value.decode("latin-1")
    return None


def _document(record: keeping.ArchivedRecord, capture: Row) -> Document | None:
    documents = readers.read(record.body, name=capture["url"], url=capture["url"], content_type=_content_type(record))
    return documents[0] if documents else None


def _node(tree: LexborHTMLParser, record: keeping.ArchivedRecord, capture: Row, cell: Cell) -> LexborNode | None:
    """The element of the cell: the same table, the same cell counted in source order, the same text."""
    document = _document(record, capture)
    if document is None or document.kind != "html":
        return None
    grid = next((grid for grid in document.grids if grid.index == cell.position[0]), None)
    tables = tree.css("table")
    if grid is None or cell.position[0] >= len(tables):
        return None
    ordinal = _ordinal(grid, cell.position[1], cell.position[2])
    elements = _own_cells(tables[cell.position[0]])
    candidates = [elements[ordinal]] if ordinal is not None and ordinal < len(elements) else []
    for node in candidates:
        if _squeezed(node.text(deep=True)) == _squeezed(cell.raw):
            return node
    return None


def _ordinal(grid: Grid, row: int, column: int) -> int | None:
    """Which of the table's cells, in source order, covers this place."""
    if not (0 <= row < len(grid.rows) and 0 <= column < grid.width):
        return None
    wanted = grid.rows[row][column]
    at = 0
    for line in range(len(grid.rows)):
        for cell in grid.own_cells(line):
            if cell is wanted:
                return at
            at += 1
    return None


def _own_cells(table: LexborNode) -> list[LexborNode]:
    """The table's cells in source order, without those of tables inside it."""
    found = []
    for node in table.css("td, th"):
        parent = node.parent
        while parent is not None and parent.tag != "table":
            parent = parent.parent
        if parent is not None and parent.mem_id == table.mem_id:
            found.append(node)
    return found


def _squeezed(text: str | None) -> str:
    return "".join((text or "").split())


def _quieten(connection: sqlite3.Connection, tree: LexborHTMLParser, capture: Row) -> None:
    """Take out what runs or loads; stylesheets and pictures that are in the archive are loaded from it."""
    for node in tree.css(_REMOVED):
        node.decompose()
    for node in tree.css("link"):
        archived = (
            _archived(connection, capture, node.attributes.get("href"))
            if "stylesheet" in (node.attributes.get("rel") or "")
            else None
        )
        if archived:
            node.attrs["href"] = archived
        else:
            node.decompose()
    for node in tree.css("img"):
        source = node.attributes.get("src") or ""
        if not source.startswith("data:"):
            archived = _archived(connection, capture, source)
            if archived:
                node.attrs["src"] = archived
            elif "src" in node.attributes:
                del node.attrs["src"]
        for name in ("srcset", "data-src"):
            if name in node.attributes:
                del node.attrs[name]
    for node in tree.css("*"):
        for name in list(node.attributes):
            value = node.attributes[name] or ""
            if name.startswith("on") or (
                name in ("href", "action", "formaction", "src", "background")
                and value.strip().lower().startswith(("javascript:", "vbscript:"))
            ):
                del node.attrs[name]


def _archived(connection: sqlite3.Connection, capture: Row, reference: str | None) -> str | None:
    if not reference:
        return None
    try:
        address = urljoin(capture["url"], reference.strip())
    except ValueError:
        return None
    found = first(
        connection, "SELECT id FROM capture WHERE url = ? AND status = 200 ORDER BY time DESC LIMIT 1", address
    )
    return f"/-/raw/{found['id']}" if found else None


def picture(record: keeping.ArchivedRecord, page: int, box: tuple[float, float, float, float] | None) -> bytes | None:
    """A PDF's page as PNG, the box (points from the top left) drawn in it; None where there is no such page."""
    try:
        document = pypdfium2.PdfDocument(record.body)
    except pypdfium2.PdfiumError:
        return None
    try:
        if not 0 <= page < len(document):
            return None
        sheet = document[page]
        scale = min(_SCALE, _LARGEST_PICTURE / max(sheet.get_width(), sheet.get_height(), 1))
        image: Image.Image = sheet.render(scale=scale).to_pil().convert("RGB")
    finally:
        document.close()
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


def pages_of(record: keeping.ArchivedRecord) -> int:
    """How many pages a PDF has; 0 where it cannot be opened."""
    try:
        document = pypdfium2.PdfDocument(record.body)
    except pypdfium2.PdfiumError:
        return 0
    try:
        return len(document)
    finally:
        document.close()


def grids(record: keeping.ArchivedRecord, capture: Row, cell: Cell | None) -> tuple[list[ShownGrid], bool]:
    """The tables of a Word file, a workbook or a text as the reader has them, the cell marked; and whether it was
    found.
    """
    document = _document(record, capture)
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
                    and _squeezed(own.text) == _squeezed(cell.raw)
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
