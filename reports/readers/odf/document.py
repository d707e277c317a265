"""OpenDocument texts and workbooks (ODT, ODS) to a ``Document``, straight from their ``content.xml``.

Tables say their merged cells by spans and print covered cells besides; repeated rows and cells are written once with a
count. What a cell of a workbook shows is written out as text beside its value. Deleted text stands apart, in
``text:tracked-changes``, or between two marks; hidden text and rows say so. The language is OASIS OpenDocument 1.3,
part 3.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from reports.document import Document, Image, Link, ReaderProblem
from reports.readers.flow import Line, Table, TableCell, lay_out
from reports.readers.marks import OBJECT, PICTURE, Printed, doubted, tell
from reports.readers.odf.changes import Deletions
from reports.readers.odf.frames import lies_on_cell, stands_in_line
from reports.readers.odf.room import crowd, widths
from reports.readers.odf.sheets import (
    SheetSight,
    default_styles,
    is_in_words,
    is_sheet,
    number_of,
    own_style,
    shows_zeros,
    unwritten,
)
from reports.readers.odf.styles import PLAIN, Styles, TextLook, get, name_of
from reports.readers.package import Package, PackageError
from reports.readers.sheets.sheet import is_padded
from reports.readers.sheets.sheet import printed as printed_value
from reports.readers.symbols import in_symbol
from reports.readers.typeset import fold

MOST_ROWS, MOST_COLUMNS = 5_000, 120  # of a table: what is repeated to the end of a sheet is no part of it
_MOST_CELLS: Final = 200_000  # of a file
_NOT_PRINTED: Final = frozenset(
    ("tracked-changes", "annotation", "annotation-end", "note", "forms", "sequence-decls", "ruby-text", "desc", "title",
     "hidden-text", "hidden-paragraph", "shapes", "automatic-styles")
)  # fmt: skip


def read_odf(source: bytes, url: str | None = None) -> Document:
    """The file as a document; encrypted and damaged files say so."""
    document = Document("odf", address=url)
    try:
        package = Package(source)
        if _is_encrypted(package):
            raise PackageError("the file is encrypted")
        root = package.xml("content.xml")
        styles = Styles(root, package.xml("styles.xml") if "styles.xml" in package else None)
        settings = package.xml("settings.xml") if "settings.xml" in package else root
    except PackageError as error:
        code = "encrypted" if "encrypted" in str(error) else "damaged"
        document.problems.append(ReaderProblem(code, str(error)))
        return document
    body = next((each for each in root if name_of(each) == "body"), None)
    reader = _Reader(document, styles, SheetSight(styles, shows_zeros(settings)))
    blocks: list[Line | Table] = []
    reader.collect(body if body is not None else root, blocks, nested=False)
    _lay_out(reader, blocks)
    if reader.cut:
        document.problems.append(ReaderProblem("cut", f"only the first {_MOST_CELLS} cells of the file were read"))
    if reader.doubtful:
        message = f"{reader.doubtful} figures stand under conditions by which they are perhaps not shown"
        document.problems.append(ReaderProblem("shown-otherwise", message))
    if reader.crowded:
        message = f"{reader.crowded} figures are wider than their columns: the sheet shows ### for them"
        document.problems.append(ReaderProblem("no-room", message))
    tell(document, revised=reader.revised, struck=reader.struck)
    _describe(package, document)
    return document


def _is_encrypted(package: Package) -> bool:
    return "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml")


def _lay_out(reader: _Reader, blocks: list[Line | Table]) -> None:
    """Sheets first say what stands alone in a row, as a title does, then their table."""
    flow: list[Line | Table] = []
    for block in blocks:
        if isinstance(block, Table) and block.sheet is not None:
            covered = 0  # rows down to this one stand beside a cell merged downwards
            for y, row in enumerate(block.rows):
                filled = [cell for cell in row if cell.text not in ("", PICTURE)]
                beside, covered = y < covered, max([covered, *(y + cell.rowspan for cell in row if cell.rowspan > 1)])
                if len(filled) == 1 and not beside:
                    flow.append(Line(filled[0].text, hidden=block.hidden))
                    filled[0].prose = False  # it has been said
        flow.append(block)
    lay_out(flow, reader.document)


def _describe(package: Package, document: Document) -> None:
    if "meta.xml" not in package:
        return
    try:
        root = package.xml("meta.xml")
    except PackageError as error:
        document.problems.append(ReaderProblem("damaged", str(error), "meta.xml"))
        return
    for each in root.iter():
        if name_of(each) == "title" and each.text:
            document.title = each.text.strip()


@dataclass(slots=True)
class _Reader:
    document: Document
    styles: Styles
    sight: SheetSight
    look: TextLook = PLAIN  # of the cell that is open
    widths: list[float | None] = field(default_factory=list)  # of the columns of the sheet that is open
    crowded: int = 0  # figures that their columns have no room for
    doubtful: int = 0  # figures of which nobody can say whether they are shown
    tables: int = 0
    cells: int = 0
    cut: bool = False
    revised: bool = False
    deletions: Deletions = field(default_factory=Deletions)
    struck: bool = False
    shaded: bool = False  # inside a cell or paragraph with a ground of its own
    hidden: bool = False  # inside a sheet that is not shown

    def collect(self, parent: Any, found: list[Line | Table], *, nested: bool) -> None:
        """The paragraphs and tables below an element, in order."""
        for child in parent:
            name = name_of(child)
            if name in ("p", "h"):
                self._paragraph(child, found, nested=nested)
            elif name == "table":
                found.append(self._table(child, nested=nested))
            elif name == "tracked-changes":
                self.revised = True
                self.deletions.note(child)
            elif name == "section" and get(child, "display") == "none":
                continue
            elif name not in _NOT_PRINTED:
                self.collect(child, found, nested=nested)

    def _paragraph(self, element: Any, found: list[Line | Table], *, nested: bool) -> None:
        printed = Printed(nested)
        boxes: list[Any] = []
        name = get(element, "style-name")
        ground = self.shaded
        self.shaded = ground or self.styles.has_ground(name)
        self._words(element, printed, boxes, self.styles.span(name, self.look))
        text = fold(printed.text())
        self.struck = self.struck or printed.struck
        level = get(element, "outline-level") if name_of(element) == "h" else ""
        if text:
            rank = min(max(int(level), 1), 6) if level.isdecimal() else None
            found.append(Line(text, level=rank))
            if rank is not None:
                self.document.headings.append(text)
        if nested and any(stands_in_line(box) for box in boxes):
            found.append(Line(OBJECT))
        for box in boxes:
            self.shaded = True  # which colour a box is filled with is not asked
            self.collect(box, found, nested=nested)
        self.shaded = ground

    def _words(self, parent: Any, printed: Printed, boxes: list[Any], look: TextLook) -> None:
        seen = not look.hidden and not (look.white and not look.shaded and not self.shaded)

        def say(text: str | None) -> None:
            if text and seen and not self.deletions.open:
                text = in_symbol(text) if look.symbols else text
                text = doubted(text) if look.blacked else text
                printed.add(" ".join(text.split("\n")), raised=look.raised, struck=look.struck, size=look.size)

        say(parent.text)
        for child in parent:
            name = name_of(child)
            if name == "s":
                count = get(child, "c")
                say(" " * min(int(count) if count.isdecimal() else 1, 100))
            elif name == "tab":
                say(" ")
            elif name == "line-break":
                if seen and not self.deletions.open:
                    printed.add("\n")
            elif name in ("change-start", "change-end"):
                self.deletions.mark(child, begins=name == "change-start")
            elif name in ("frame", "custom-shape", "text-box"):
                boxes.append(child)
                self.document.images += [
                    Image(get(each, "href")) for each in child if name_of(each) == "image" and get(each, "href")
                ]
            elif name not in _NOT_PRINTED:
                inner = self.styles.span(get(child, "style-name"), look) if name == "span" else look
                start = len(printed.pieces)
                self._words(child, printed, boxes, inner)
                address = get(child, "href") if name == "a" else ""
                if address.startswith(("http://", "https://")):
                    self.document.links.append(Link(address, fold(printed.since(start))))
            say(child.tail)

    def _table(self, element: Any, *, nested: bool) -> Table:
        sheet = get(element, "name") if not nested and is_sheet(element) else None
        table = Table(self.tables, nested=nested, sheet=sheet)
        self.tables += 1
        outer = self.hidden
        table.hidden = self.hidden = outer or self.styles.is_hidden(get(element, "style-name"))
        columns = _columns(element)
        named = [get(column, "style-name") for column, _ in columns]
        self.widths = widths(columns, self.styles, named) if sheet is not None else []
        self._rows(element, table, _hidden_columns(columns), default_styles(columns))
        for row in table.rows if sheet is not None else ():
            if not any(cell.text not in ("", PICTURE) for cell in row):
                for cell in row:
                    cell.text = ""  # pictures outside the table
        while table.rows and sheet is not None and not any(cell.text for cell in table.rows[-1]):
            table.rows.pop()
        table.close()
        self.hidden = outer
        return table

    def _rows(self, element: Any, table: Table, hidden_columns: set[int], usual: list[str]) -> None:
        tall: list[tuple[TableCell, int]] = []  # merged cells, and the row behind each
        for at, row in enumerate(_below(element, "table-row", ("table-rows", "table-row-group", "table-header-rows"))):
            if get(row, "visibility") in ("collapse", "filter") or self.styles.is_unseen_row(get(row, "style-name")):
                table.uncertain.append("hidden rows were left out")
                for cell, behind in tall:
                    cell.rowspan -= behind > at
                continue
            cells = self._row(row, hidden_columns, usual)
            tall += [(cell, at + cell.rowspan) for cell in cells if cell.rowspan > 1]
            filled = any(cell.text or cell.holds_table for cell in cells)
            for _ in range(_count(row, "number-rows-repeated") if filled else 1):
                if len(table.rows) >= MOST_ROWS or self.cells > _MOST_CELLS:
                    self.cut = True
                    return
                self.cells += len(cells)
                table.rows.append(cells)

    def _inside(self, element: Any, cell: TableCell, style: str) -> None:
        """Collects what a cell of a style holds."""
        ground, look = self.shaded, self.look
        self.shaded, self.look = ground or self.styles.has_ground(style), self.styles.span(style, look)
        self.collect(element, cell.blocks, nested=True)
        self.shaded, self.look = ground, look
        value = number_of(element)
        if text := unwritten(element, style, self.styles):
            cell.blocks.append(Line(text))
        for block in cell.blocks:
            if (
                value is not None
                and isinstance(block, Line)
                and (is_padded(block.text, value) or is_in_words(block.text, value))
            ):
                block.text = printed_value(value)

    def _row(self, row: Any, hidden_columns: set[int], usual: list[str]) -> list[TableCell]:
        cells: list[TableCell] = []
        at = 0
        elements = [each for each in row if name_of(each) in ("table-cell", "covered-table-cell")]
        while elements and not len(elements[-1]) and _count(elements[-1], "number-columns-repeated") > MOST_COLUMNS:
            elements.pop()  # the rest of a sheet
        for element in elements:
            cell = TableCell()
            if name_of(element) == "table-cell":
                cell.colspan = _count(element, "number-columns-spanned")
                cell.rowspan = _count(element, "number-rows-spanned")
                style = own_style(element, row, usual, at)
                unseen = self.sight.hides(element, style)
                self.doubtful += unseen is None and not self.hidden
                if not unseen:
                    self._inside(element, cell, style)
                    if self.widths and number_of(element) is not None:
                        crowded = crowd(cell, style, self.styles, self.widths[at : at + cell.colspan])
                        self.crowded += crowded is True and not self.hidden
                        self.doubtful += crowded is None and not self.hidden
                if any(lies_on_cell(each) for each in element):
                    cell.blocks.append(Line(OBJECT))
                cell.close()
            for _ in range(min(_count(element, "number-columns-repeated"), MOST_COLUMNS)):
                if at < MOST_COLUMNS and name_of(element) == "table-cell":
                    shown = sum(at + place not in hidden_columns for place in range(cell.colspan))
                    if shown:
                        cell.colspan = shown
                        cells.append(cell)
                at += 1
        return cells


def _columns(table: Any) -> list[tuple[Any, int]]:
    """The columns that a table tells, and how often each comes."""
    found: list[tuple[Any, int]] = []
    at = 0
    for column in _below(table, "table-column", ("table-columns", "table-column-group", "table-header-columns")):
        count = min(_count(column, "number-columns-repeated"), MOST_COLUMNS - at)
        found.append((column, count))
        at += count
    return found


def _hidden_columns(columns: list[tuple[Any, int]]) -> set[int]:
    shown = [get(column, "visibility") not in ("collapse", "filter") for column, count in columns for _ in range(count)]
    return {at for at, seen in enumerate(shown) if not seen}


def _count(element: Any, name: str) -> int:
    written = get(element, name)
    return min(max(int(written), 1), 100_000) if written.isdecimal() else 1


def _below(element: Any, wanted: str, through: tuple[str, ...]) -> Iterator[Any]:
    for child in element:
        if name_of(child) == wanted:
            yield child
        elif name_of(child) in through:
            yield from _below(child, wanted, through)
