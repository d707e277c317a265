"""A second way from DOCX to tables, for when a sum of the first reading fails.

The standard library's parser instead of libxml2, and cells placed by the widths that Word stores for them instead of by
the spans: the two agree in every file that Word wrote itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from xml.etree import ElementTree

from reports.document import Document
from reports.readers.docx_runs import Fields, symbol
from reports.readers.docx_styles import WHITES, Looks, Styles
from reports.readers.edges import EdgedCell, table_from_edges
from reports.readers.flow import Line, Table, to_grid
from reports.readers.marks import Printed
from reports.readers.package import Package, PackageError
from reports.readers.wordml import is_on, is_shaded

_LARGEST: Final = 30_000_000
_NO_TEXT: Final = frozenset(("tbl", "del", "moveFrom", "instrText", "delText", "rPr", "pPr", "rt", "Fallback"))


def read_docx_again(source: bytes) -> Document | None:
    """The tables of the file by the other way, numbered as the first way does; None where the file says no widths."""
    try:
        package = Package(source)
        body = package.read(package.main_part() or "word/document.xml")
    except PackageError:
        return None
    if len(body) > _LARGEST or b"<!" in body[:2000]:
        return None
    try:
        root = ElementTree.fromstring(body)
    except ElementTree.ParseError:
        return None
    document = Document("docx")
    styles = Styles(package)
    # white text is left out unless it stands on a ground; which ground a named table style gives is not asked
    words = Words(styles, whites=any(word in body for word in WHITES) and b"<w:background" not in body[:20_000])
    tables: list[tuple[ElementTree.Element, bool]] = []
    _tables(root, tables, inside=False)
    for index, (element, nested) in enumerate(tables):
        table = _table(element, index, words)
        if table is None:
            return None
        table.nested = nested
        document.flow.append(to_grid(table))
    return document


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _get(element: ElementTree.Element | None, name: str) -> str:
    if element is None:
        return ""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _under(element: ElementTree.Element | None, *path: str) -> ElementTree.Element | None:
    for name in path:
        element = next((child for child in element if _name(child) == name), None) if element is not None else None
    return element


def _tables(element: ElementTree.Element, found: list[tuple[ElementTree.Element, bool]], *, inside: bool) -> None:
    for child in element:
        name = _name(child)
        if name == "tbl":
            found.append((child, inside))
        if name not in ("del", "moveFrom", "Fallback"):
            _tables(child, found, inside=inside or name == "tbl")


def _parts(element: ElementTree.Element, wanted: str) -> list[ElementTree.Element]:
    found = []
    for child in element:
        if _name(child) == wanted:
            found.append(child)
        elif _name(child) in ("sdt", "sdtContent", "ins", "customXml", "smartTag"):
            found += _parts(child, wanted)
    return found


def _table(element: ElementTree.Element, index: int, words: Words) -> Table | None:
    rows: list[list[EdgedCell]] = []
    starts: list[int] = []
    named = _get(_under(element, "tblPr", "tblStyle"), "val")
    ground = words.whites and (words.styles.gives_ground(named) or _has_ground(_under(element, "tblPr")))
    grid = [int(_get(column, "w") or 0) for column in _under(element, "tblGrid") or () if _name(column) == "gridCol"]
    for row in _parts(element, "tr"):
        if _under(row, "trPr", "del") is not None or is_on(_under(row, "trPr", "hidden")):
            continue
        before = _get(_under(row, "trPr", "gridBefore"), "val")
        at = sum(grid[: int(before)]) if before.isdigit() else 0
        starts.append(at)
        cells: list[EdgedCell] = []
        for cell in _parts(row, "tc"):
            settings = _under(cell, "tcPr")
            width = _get(_under(settings, "tcW"), "w")
            if _get(_under(settings, "tcW"), "type") not in ("dxa", "") or not width.isdigit() or int(width) == 0:
                return None
            at += int(width)
            merge = _under(settings, "vMerge")
            down = merge is not None and _get(merge, "val") != "restart"
            text = words.of(cell, ground=ground or _has_ground(settings)).strip()
            blocks: list[Line | Table] = [Line(line) for line in text.split("\n") if line]
            sideways = _get(_under(settings, "hMerge"), "val") == "continue" and not blocks
            cells.append(EdgedCell(blocks, at, sideways, begins=merge is not None and not down, down=down))
        rows.append(cells)
    return table_from_edges(index, rows, starts)


def _has_ground(properties: ElementTree.Element | None) -> bool:
    return properties is not None and is_shaded(properties)


@dataclass(slots=True)
class Words:
    """What the paragraphs of a cell print."""

    styles: Styles
    whites: bool  # whether any text may be white
    fields: Fields = field(default_factory=Fields)

    def of(self, cell: ElementTree.Element, *, ground: bool) -> str:
        """The lines of a cell; ``ground``: it has a colour of its own, on which white text is seen."""
        lines: list[str] = []
        paragraphs = [cell]
        pending: list[ElementTree.Element] = []
        while paragraphs:
            element = paragraphs.pop()
            if _name(element) == "p":
                pending.append(element)
            elif _name(element) not in _NO_TEXT:
                paragraphs += reversed(element)
        for paragraph in pending:
            printed = Printed(bracket=True)
            properties = _under(paragraph, "pPr")
            looks = self.styles.of(_get(_under(properties, "pStyle"), "val"))
            if ground or not self.whites or _has_ground(properties):
                looks = looks._replace(shaded=True)
            self.fields = Fields()
            self._collect(paragraph, printed, looks)
            lines += printed.text().split("\n")
        return "\n".join(line for line in (" ".join(part.split()) for part in lines) if line)

    def _collect(self, parent: ElementTree.Element, printed: Printed, looks: Looks) -> None:
        for element in parent:
            name = _name(element)
            if name == "t":
                if self.fields.prints:
                    printed.add(element.text or "", raised=looks.raised, struck=looks.struck)
            elif name == "fldChar":
                self.fields.mark(_get(element, "fldCharType"))
            elif name in ("br", "cr"):
                printed.add("\n")
            elif name == "tab":
                printed.add(" ")
            elif name == "noBreakHyphen":
                printed.add("-")
            elif name == "sym":
                printed.add(symbol(_get(element, "font"), _get(element, "char")))
            elif name == "r":
                properties = _under(element, "rPr")
                run = self.styles.run(properties, looks) if properties is not None else looks
                if not run.hidden and not (run.white and not run.shaded):
                    self._collect(element, printed, run)
            elif name not in _NO_TEXT:
                self._collect(element, printed, looks)
