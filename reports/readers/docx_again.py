"""A second way from DOCX to tables, for when a sum of the first reading fails.

The standard library's parser instead of libxml2, and cells placed by the widths that Word stores for them instead of by
the spans: the two agree in every file that Word wrote itself.
"""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree

from reports.document import Document
from reports.readers.edges import EdgedCell, table_from_edges
from reports.readers.flow import Line, Table, to_grid
from reports.readers.package import Package, PackageError

_LARGEST: Final = 30_000_000


def read_docx_again(source: bytes) -> Document | None:
    """The tables of the file by the other way, numbered as the first way does; None where the file says no widths."""
    try:
        body = Package(source).read("word/document.xml")
    except PackageError:
        return None
    if len(body) > _LARGEST or b"<!" in body[:2000]:
        return None
    try:
        root = ElementTree.fromstring(body)
    except ElementTree.ParseError:
        return None
    document = Document("docx")
    tables: list[tuple[ElementTree.Element, bool]] = []
    _tables(root, tables, inside=False)
    for index, (element, nested) in enumerate(tables):
        table = _table(element, index)
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
        if name not in ("del", "Fallback"):
            _tables(child, found, inside=inside or name == "tbl")


def _parts(element: ElementTree.Element, wanted: str) -> list[ElementTree.Element]:
    found = []
    for child in element:
        if _name(child) == wanted:
            found.append(child)
        elif _name(child) in ("sdt", "sdtContent", "ins", "customXml", "smartTag"):
            found += _parts(child, wanted)
    return found


def _table(element: ElementTree.Element, index: int) -> Table | None:
    rows: list[list[EdgedCell]] = []
    starts: list[int] = []
    grid = [int(_get(column, "w") or 0) for column in _under(element, "tblGrid") or () if _name(column) == "gridCol"]
    for row in _parts(element, "tr"):
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
            text = _text(cell).strip()
            blocks: list[Line | Table] = [Line(line) for line in text.split("\n") if line]
            cells.append(EdgedCell(blocks, at, begins=merge is not None and not down, down=down))
        rows.append(cells)
    return table_from_edges(index, rows, starts)


def _text(cell: ElementTree.Element) -> str:
    pieces: list[str] = []
    pending = [(child, False) for child in reversed(cell)]
    while pending:
        element, done = pending.pop()
        name = _name(element)
        if done:
            pieces.append("\n")
            continue
        if name in ("tbl", "del", "instrText", "delText", "rPr", "pPr", "Fallback"):
            continue
        if name == "t":
            pieces.append(element.text or "")
        elif name in ("br", "cr"):
            pieces.append("\n")
        elif name == "tab":
            pieces.append(" ")
        elif name == "noBreakHyphen":
            pieces.append("-")
        if name == "p":
            pending.append((element, True))
        pending += [(child, False) for child in reversed(element)]
    return "\n".join(line for line in (" ".join(part.split()) for part in "".join(pieces).split("\n")) if line)
