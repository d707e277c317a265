"""DOCX to a ``Document``, straight from the XML: paragraphs, tables, merged cells, text boxes, the numbers of lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reports.document import Document, ReaderProblem
from reports.readers.flow import Line, Table, TableCell, insert, lay_out, says_the_same
from reports.readers.marks import OBJECT, Printed, tell
from reports.readers.package import Package, PackageError
from reports.readers.typeset import fold
from reports.readers.word.docx_numbering import Numbering
from reports.readers.word.docx_runs import Runs
from reports.readers.word.docx_styles import PLAIN, WHITES, Styles
from reports.readers.word.wordml import (
    SKIPPED,
    R,
    alternative_of,
    attribute_of,
    child_of,
    is_shaded,
    is_unseen_row,
    name_of,
    value_of,
)

_MOST_CHUNKS = 20


def read_docx(
    source: bytes, url: str | None = None, read_chunk: Callable[[bytes], Document | None] | None = None
) -> Document:
    """The file as a document; what is damaged or missing in it is a problem.

    ``read_chunk`` reads the files of other kinds that it may hold as parts of its text (``w:altChunk``).
    """
    document = Document("docx", address=url)
    try:
        package = Package(source)
        main = package.main_part() or "word/document.xml"
        source_xml = package.read(main)
        body = package.parsed(source_xml, main)
    except PackageError as error:
        code = "encrypted" if "encrypted" in str(error) else "damaged"
        document.problems.append(ReaderProblem(code, str(error)))
        return document
    reader = _Reader(package, document, main, source_xml)
    _lay_out(reader, reader.blocks(body), read_chunk)
    tell(document, revised=reader.revised or reader.runs.revised, struck=reader.struck)
    for name in sorted(package.names()):
        if name.startswith(("word/footer", "word/header", "word/footnotes")) and name.endswith(".xml"):
            reader.margin(name)
    reader.core()
    return document


def _lay_out(
    reader: _Reader, blocks: list[Line | Table], read_chunk: Callable[[bytes], Document | None] | None
) -> None:
    """The blocks, and between them what the files say that stand in the text."""
    document, done = reader.document, 0
    for place, name in reader.chunks if read_chunk is not None else ():
        lay_out(blocks[done:place], document)
        done = place
        try:
            chunk = read_chunk(reader.package.read(name)) if read_chunk is not None else None
        except PackageError as error:
            document.problems.append(ReaderProblem("damaged", str(error), name))
            continue
        if chunk is not None:
            insert(document, chunk)
            if len(reader.chunks) == 1 and not reader.tables:
                document.again = chunk.again  # all tables are its own
    lay_out(blocks[done:], document)


class _Reader:
    def __init__(self, package: Package, document: Document, main: str, body: bytes) -> None:
        self.package = package
        self.document = document
        self.tables = 0
        self.numbering = Numbering(package, body)
        self.styles = Styles(package)
        self.revised = self.struck = False
        self.chunks: list[tuple[int, str]] = []  # of other files in the text: before which block, and their names
        self.folder = main.rpartition("/")[0]
        self.runs = Runs(document, self.styles, self._relationships(main))
        self.runs.shaded = b"<w:background" in body[:20_000]  # a coloured page
        self.has_white = WHITES.search(body) is not None

    def _relationships(self, main: str) -> dict[str, tuple[str, str]]:
        folder, _, name = main.rpartition("/")
        try:
            root = self.package.xml(f"{folder}/_rels/{name}.rels")
        except PackageError:
            return {}  # a file without links and pictures has none
        return {each.get("Id", ""): (each.get("Type", "").rsplit("/", 1)[-1], each.get("Target", "")) for each in root}

    def core(self) -> None:
        """The title that the file gives itself."""
        if "docProps/core.xml" in self.package:
            try:
                root = self.package.xml("docProps/core.xml")
            except PackageError as error:
                self.document.problems.append(ReaderProblem("damaged", str(error), "docProps/core.xml"))
                return
            for each in root:
                name = each.tag.rsplit("}", 1)[-1]
                if each.text and name == "title":
                    self.document.title = each.text.strip()
                elif each.text:
                    self.document.meta.append((name.lower(), each.text.strip()))

    def margin(self, name: str) -> None:
        """Headers, footers and footnotes: at the end, marked as such."""
        try:
            blocks = self.blocks(self.package.xml(name))
        except PackageError as error:
            self.document.problems.append(ReaderProblem("damaged", str(error), name))
            return
        notes = "footnotes" in name
        lines = [each for block in blocks for each in ([block] if notes else _lines(block))]
        for each in lines:
            if isinstance(each, Line):
                each.region = "body" if notes else "footer"
        lay_out([each for each in lines if isinstance(each, Table) or len(each.text) > 4], self.document)

    def blocks(self, root: Any) -> list[Line | Table]:
        """The paragraphs and tables below an element, in order."""
        found: list[Line | Table] = []
        self._collect(root, found, nested=False)
        return found

    def _collect(self, parent: Any, found: list[Line | Table], *, nested: bool) -> None:
        for child in parent:
            name = name_of(child)
            if name == "p":
                self._paragraph(child, found, nested=nested)
            elif name == "tbl":
                found.append(self._table(child, nested=nested))
            elif name == "AlternateContent":
                chosen = alternative_of(child)
                if chosen is not None:
                    self._collect(chosen, found, nested=nested)
            elif name == "altChunk" and not nested and len(self.chunks) < _MOST_CHUNKS:
                _kind, target = self.runs.targets.get(child.get(f"{R}id", ""), ("", ""))
                self.chunks.append((len(found), target[1:] if target[:1] == "/" else f"{self.folder}/{target}"))
            elif name not in SKIPPED:
                self._collect(child, found, nested=nested)

    def _paragraph(self, paragraph: Any, found: list[Line | Table], *, nested: bool) -> None:
        printed = Printed(nested)
        level = None
        properties = child_of(paragraph, "pPr")
        number = ""
        looks = PLAIN
        if properties is not None:
            level = _level(properties)
            number = self.numbering.label(properties)
            if number and not number.endswith((" ", "、", "）", ")", "．")):
                number += " "  # never 1. and 5 as 1.5
            looks = self.styles.of(value_of(properties, "pStyle"))
            if is_shaded(properties):
                looks = looks._replace(shaded=True)
        pictures = self.runs.pictures
        boxes = self.runs.of(paragraph, printed, looks)
        text = fold(printed.text())
        self.struck = self.struck or printed.struck
        if text:
            if nested and number.rstrip()[-1:].isdecimal() and text[:1].isdecimal():
                number = OBJECT  # 1 before 292 is 1292 on the page where no tab parts them
            found.append(Line(number + text, level=level))
        elif number and nested:
            found.append(Line(number, level=level))  # a column of automatic numbers in a table
        if nested and self.runs.pictures > pictures:
            found.append(Line(OBJECT))
        if level is not None and text:
            self.document.headings.append(number + text)
        for box in boxes:
            ground, self.runs.shaded = self.runs.shaded, True  # which colour a box is filled with is not asked
            self._collect(box, found, nested=nested)
            self.runs.shaded = ground

    def _table(self, element: Any, *, nested: bool) -> Table:
        table = Table(self.tables, nested=nested)
        self.tables += 1
        open_cells: dict[int, TableCell] = {}  # by column: the cells that a vMerge may continue
        ground = self.runs.shaded
        if self.has_white:
            settings = child_of(element, "tblPr")
            styled = settings is not None and self.styles.gives_ground(value_of(settings, "tblStyle"))
            self.runs.shaded = ground or styled or (settings is not None and is_shaded(settings))
        rows: list[Any] = []
        _find_rows(element, rows)
        for row in rows:
            self._row(row, table, open_cells)
        self.runs.shaded = ground
        for cells in table.rows:
            for cell in cells:
                cell.close()
        table.close()
        return table

    def _row(self, row: Any, table: Table, open_cells: dict[int, TableCell]) -> None:
        cells: list[TableCell] = []
        column = 0
        properties = child_of(row, "trPr")
        if properties is not None:
            if child_of(properties, "del") is not None:
                self.revised = True
                return  # a row deleted under revision tracking
            if is_unseen_row(properties):
                return
            before = value_of(properties, "gridBefore")
            if before:
                column = _count(before)
                cells.append(TableCell(colspan=column))
        continuing: dict[int, TableCell] = {}
        elements: list[Any] = []
        _find_cells(row, elements)
        for element in elements:
            settings = child_of(element, "tcPr")
            if settings is not None and child_of(settings, "cellDel") is not None:
                self.revised = True
                continue  # a cell deleted under revision tracking: those behind it move up
            span = _count(value_of(settings, "gridSpan")) if settings is not None else 1
            merge = child_of(settings, "vMerge") if settings is not None else None
            sideways = value_of(settings, "hMerge") if settings is not None else None
            cell = TableCell(colspan=span)
            ground = self.runs.shaded
            if self.has_white and settings is not None and is_shaded(settings):
                self.runs.shaded = True
            self._collect(element, cell.blocks, nested=True)
            self.runs.shaded = ground
            if sideways == "continue" and cells and not cell.blocks:
                cells[-1].colspan += span
                column += span
                continue
            if merge is not None:
                kind = attribute_of(merge, "val") or "continue"
                above = open_cells.get(column)
                if kind == "continue" and above is not None and above.colspan == span:
                    if cell.blocks and not says_the_same(cell.blocks, above.blocks):
                        # Word shows only what the first of merged cells holds
                        table.uncertain.append(f"text in the covered part of a merged cell, row {len(table.rows)}")
                    above.rowspan += 1
                    continuing[column] = above
                    column += span
                    continue
                continuing[column] = cell
            cells.append(cell)
            column += span
        open_cells.clear()
        open_cells.update(continuing)
        table.rows.append(cells)


def _lines(block: Line | Table) -> list[Line]:
    """The lines of a block: a table in a running head is no table of the report."""
    if isinstance(block, Line):
        return [block]
    return [line for row in block.rows for cell in row for part in cell.blocks for line in _lines(part)]


def _count(written: str | None) -> int:
    return min(max(int(written), 1), 1000) if written and written.isdecimal() else 1


def _level(properties: Any) -> int | None:
    written = value_of(properties, "outlineLvl")
    if written and written.isdecimal() and int(written) < 6:
        return int(written) + 1
    style = (value_of(properties, "pStyle") or "").lower()
    if style == "title":
        return 1
    if style.startswith("heading") and style[7:].isdecimal():
        return min(max(int(style[7:]), 1), 6)
    return None


def _find_rows(element: Any, rows: list[Any]) -> None:
    for child in element:
        name = name_of(child)
        if name == "tr":
            rows.append(child)
        elif name in ("sdt", "sdtContent", "ins", "customXml", "smartTag"):
            _find_rows(child, rows)


def _find_cells(element: Any, cells: list[Any]) -> None:
    for child in element:
        name = name_of(child)
        if name == "tc":
            cells.append(child)
        elif name in ("sdt", "sdtContent", "ins", "customXml", "smartTag"):
            _find_cells(child, cells)
