"""DOCX to a ``Document``, straight from the XML: paragraphs, tables, merged cells, text boxes, the numbers of lists."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import urljoin

from reports.document import Document, Image, Link, ReaderProblem
from reports.readers.docx_numbering import Numbering
from reports.readers.docx_styles import PLAIN, Looks, Styles, is_on
from reports.readers.flow import Line, Table, TableCell, lay_out
from reports.readers.marks import Printed, tell
from reports.readers.package import Package, PackageError
from reports.readers.typeset import fold

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = frozenset(
    (
        "del",
        "moveFrom",
        "instrText",
        "delText",
        "pPr",
        "rPr",
        "rt",
        "tblPr",
        "tblGrid",
        "tcPr",
        "trPr",
        "tblPrEx",
        "sectPr",
        "proofErr",
    )
)


def read_docx(source: bytes, url: str | None = None) -> Document:
    """The file as a document; what is damaged or missing in it is a problem."""
    document = Document("docx", address=url)
    try:
        package = Package(source)
        source_xml = package.read("word/document.xml")
        body = package.parsed(source_xml, "word/document.xml")
    except PackageError as error:
        code = "encrypted" if "encrypted" in str(error) else "damaged"
        document.problems.append(ReaderProblem(code, str(error)))
        return document
    reader = _Reader(package, document, source_xml)
    lay_out(reader.blocks(body), document)
    tell(document, revised=reader.revised, struck=reader.struck)
    for name in sorted(package.names()):
        if name.startswith(("word/footer", "word/header", "word/footnotes")) and name.endswith(".xml"):
            reader.margin(name)
    reader.core()
    return document


class _Reader:
    def __init__(self, package: Package, document: Document, body: bytes) -> None:
        self.package = package
        self.document = document
        self.tables = 0
        self.numbering = Numbering(package, body)
        self.styles = Styles(package)
        self.revised = self.struck = False
        self.targets = self._relationships()

    def _relationships(self) -> dict[str, tuple[str, str]]:
        try:
            root = self.package.xml("word/_rels/document.xml.rels")
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
        for block in blocks:
            if isinstance(block, Line):
                block.region = "body" if "footnotes" in name else "footer"
        lay_out([block for block in blocks if isinstance(block, Table) or len(block.text) > 4], self.document)

    def blocks(self, root: Any) -> list[Line | Table]:
        """The paragraphs and tables below an element, in order."""
        found: list[Line | Table] = []
        self._collect(root, found, nested=False)
        return found

    def _collect(self, parent: Any, found: list[Line | Table], *, nested: bool) -> None:
        for child in parent:
            name = _name(child)
            if name == "p":
                self._paragraph(child, found, nested=nested)
            elif name == "tbl":
                found.append(self._table(child, nested=nested))
            elif name == "AlternateContent":
                chosen = _alternative(child)
                if chosen is not None:
                    self._collect(chosen, found, nested=nested)
            elif name not in _SKIPPED:
                self._collect(child, found, nested=nested)

    def _paragraph(self, paragraph: Any, found: list[Line | Table], *, nested: bool) -> None:
        printed = Printed(nested)
        boxes: list[Any] = []
        level = None
        properties = _child(paragraph, "pPr")
        number = ""
        looks = PLAIN
        if properties is not None:
            level = _level(properties)
            number = self.numbering.label(properties)
            if number and not number.endswith((" ", "、", "）", ")", "．")):
                number += " "  # never 1. and 5 as 1.5
            looks = self.styles.of(_value(properties, "pStyle"))
        self._runs(paragraph, printed, boxes, looks)
        text = fold(printed.text())
        self.struck = self.struck or printed.struck
        if text:
            found.append(Line(number + text, level=level))
        elif number and nested:
            found.append(Line(number, level=level))  # a column of automatic numbers in a table
        if level is not None and text:
            self.document.headings.append(number + text)
        for box in boxes:
            self._collect(box, found, nested=nested)

    def _runs(self, parent: Any, printed: Printed, boxes: list[Any], looks: Looks) -> None:
        for child in parent:
            name = _name(child)
            if name == "t":
                if child.text:
                    printed.add(child.text, raised=looks.raised, struck=looks.struck)
            elif name == "r":
                properties = _child(child, "rPr")
                run = self.styles.run(properties, looks) if properties is not None else looks
                if run.hidden:
                    continue
                note = _child(child, "footnoteReference")
                if note is not None and _attribute(note, "customMarkFollows") not in (None, "0", "false"):
                    run = Looks(run.hidden, run.struck, True)
                self._runs(child, printed, boxes, run)
            elif name in ("br", "cr"):
                printed.add("\n")
            elif name in ("tab", "ptab"):
                printed.add(" ")
            elif name == "noBreakHyphen":
                printed.add("-")
            elif name == "sym":
                printed.add(_symbol(child))
            elif name == "txbxContent":
                boxes.append(child)
            elif name == "AlternateContent":
                chosen = _alternative(child)
                if chosen is not None:
                    self._runs(chosen, printed, boxes, looks)
            elif name == "hyperlink":
                start = len(printed.pieces)
                self._runs(child, printed, boxes, looks)
                kind, target = self.targets.get(child.get(f"{_R}id", ""), ("", ""))
                if kind == "hyperlink" and target and not target.lower().startswith("javascript:"):
                    address = urljoin(self.document.address, target) if self.document.address else target
                    self.document.links.append(Link(address, fold(printed.since(start))))
            elif name == "blip":
                kind, target = self.targets.get(child.get(f"{_R}embed", ""), ("", ""))
                if kind == "image":
                    self.document.images.append(Image(target))
            elif name in ("del", "moveFrom"):
                self.revised = True
            elif name not in _SKIPPED:
                self._runs(child, printed, boxes, looks)

    def _table(self, element: Any, *, nested: bool) -> Table:
        table = Table(self.tables, nested=nested)
        self.tables += 1
        open_cells: dict[int, TableCell] = {}  # by column: the cells that a vMerge may continue
        rows: list[Any] = []
        _find_rows(element, rows)
        for row in rows:
            self._row(row, table, open_cells)
        for cells in table.rows:
            for cell in cells:
                cell.close()
        table.close()
        return table

    def _row(self, row: Any, table: Table, open_cells: dict[int, TableCell]) -> None:
        cells: list[TableCell] = []
        column = 0
        properties = _child(row, "trPr")
        if properties is not None:
            if _child(properties, "del") is not None:
                self.revised = True
                return  # a row deleted under revision tracking
            if is_on(_child(properties, "hidden")):
                return
            before = _value(properties, "gridBefore")
            if before:
                column = _count(before)
                cells.append(TableCell(colspan=column))
        continuing: dict[int, TableCell] = {}
        elements: list[Any] = []
        _find_cells(row, elements)
        for element in elements:
            settings = _child(element, "tcPr")
            span = _count(_value(settings, "gridSpan")) if settings is not None else 1
            merge = _child(settings, "vMerge") if settings is not None else None
            sideways = _value(settings, "hMerge") if settings is not None else None
            cell = TableCell(colspan=span)
            self._collect(element, cell.blocks, nested=True)
            if sideways == "continue" and cells and not cell.blocks:
                cells[-1].colspan += span
                column += span
                continue
            if merge is not None:
                kind = _attribute(merge, "val") or "continue"
                above = open_cells.get(column)
                if kind == "continue" and above is not None and above.colspan == span:
                    if cell.blocks:
                        table.uncertain.append(f"text in the covered part of a merged cell, row {len(table.rows)}")
                        above.blocks += cell.blocks
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


def _name(element: Any) -> str:
    tag: str = element.tag
    return tag[tag.rfind("}") + 1 :]


def _child(parent: Any, name: str) -> Any:
    return parent.find(_W + name)


def _attribute(element: Any, name: str) -> str | None:
    value: str | None = element.get(_W + name)
    return value


def _value(parent: Any, name: str) -> str | None:
    element = _child(parent, name)
    return None if element is None else _attribute(element, "val") or ""


def _symbol(element: Any) -> str:
    """A character given by its place in a font: of the font Symbol the digits are known, else a mark that is no digit
    says that something is printed."""
    code = _attribute(element, "char") or ""
    place = int(code, 16) & 0xFF if re.fullmatch("[0-9A-Fa-f]{2,4}", code) else 0
    return chr(place) if (_attribute(element, "font") or "") == "Symbol" and 0x20 <= place < 0x40 else "�"


def _count(written: str | None) -> int:
    return min(max(int(written), 1), 1000) if written and written.isdigit() else 1


def _alternative(element: Any) -> Any:
    """Of two drawings of the same thing the first: reading both would print text boxes twice."""
    for wanted in ("Choice", "Fallback"):
        found = element.find(_MC + wanted)
        if found is not None:
            return found
    return None


def _level(properties: Any) -> int | None:
    written = _value(properties, "outlineLvl")
    if written and written.isdigit() and int(written) < 6:
        return int(written) + 1
    style = (_value(properties, "pStyle") or "").lower()
    if style == "title":
        return 1
    if style.startswith("heading") and style[7:].isdigit():
        return min(max(int(style[7:]), 1), 6)
    return None


def _find_rows(element: Any, rows: list[Any]) -> None:
    for child in element:
        name = _name(child)
        if name == "tr":
            rows.append(child)
        elif name in ("sdt", "sdtContent", "ins", "customXml", "smartTag"):
            _find_rows(child, rows)


def _find_cells(element: Any, cells: list[Any]) -> None:
    for child in element:
        name = _name(child)
        if name == "tc":
            cells.append(child)
        elif name in ("sdt", "sdtContent", "ins", "customXml", "smartTag"):
            _find_cells(child, cells)
