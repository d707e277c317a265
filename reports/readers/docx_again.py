"""A second way from DOCX to tables, for when a sum of the first reading fails.

The standard library's parser instead of libxml2, and cells placed by the widths that Word stores for them instead of by
the spans: the two agree in every file that Word wrote itself.
"""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree

from reports.document import Document
from reports.readers.docx_styles import Looks, Styles, is_on
from reports.readers.edges import EdgedCell, table_from_edges
from reports.readers.flow import Line, Table, to_grid
from reports.readers.marks import Printed
from reports.readers.package import Package, PackageError

_LARGEST: Final = 30_000_000
_NO_TEXT: Final = frozenset(("tbl", "del", "moveFrom", "instrText", "delText", "rPr", "pPr", "Fallback"))


def read_docx_again(source: bytes) -> Document | None:
    """The tables of the file by the other way, numbered as the first way does; None where the file says no widths."""
    try:
        package = Package(source)
        body = package.read("word/document.xml")
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
    tables: list[tuple[ElementTree.Element, bool]] = []
    _tables(root, tables, inside=False)
    for index, (element, nested) in enumerate(tables):
        table = _table(element, index, styles)
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


def _table(element: ElementTree.Element, index: int, styles: Styles) -> Table | None:
    rows: list[list[EdgedCell]] = []
    starts: list[int] = []
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
            text = _text(cell, styles).strip()
            blocks: list[Line | Table] = [Line(line) for line in text.split("\n") if line]
            cells.append(EdgedCell(blocks, at, begins=merge is not None and not down, down=down))
        rows.append(cells)
    return table_from_edges(index, rows, starts)


def _text(cell: ElementTree.Element, styles: Styles) -> str:
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
        _collect(paragraph, printed, styles, styles.of(_get(_under(paragraph, "pPr", "pStyle"), "val")))
        lines += printed.text().split("\n")
    return "\n".join(line for line in (" ".join(part.split()) for part in lines) if line)


def _collect(parent: ElementTree.Element, printed: Printed, styles: Styles, looks: Looks) -> None:
    for element in parent:
        name = _name(element)
        if name == "t":
            printed.add(element.text or "", raised=looks.raised, struck=looks.struck)
        elif name in ("br", "cr"):
            printed.add("\n")
        elif name == "tab":
            printed.add(" ")
        elif name == "noBreakHyphen":
            printed.add("-")
        elif name == "r":
            properties = _under(element, "rPr")
            run = styles.run(properties, looks) if properties is not None else looks
            if not run.hidden:
                _collect(element, printed, styles, run)
        elif name not in _NO_TEXT:
            _collect(element, printed, styles, looks)
