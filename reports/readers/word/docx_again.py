"""A second way from DOCX to tables, for when a sum of the first reading fails.

The standard library's parser instead of libxml2, and cells placed by the widths that Word stores for them instead of by
the spans: the two agree in every file that Word wrote itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from xml.etree import ElementTree

from reports.document import Document
from reports.readers.edges import EdgedCell, table_from_edges
from reports.readers.flow import SHORT, Line, Table, to_grid
from reports.readers.marks import OBJECT, Printed
from reports.readers.package import Package, PackageError, with_usual_names
from reports.readers.symbols import SYMBOL, has_signs, in_symbol, place_of, sign
from reports.readers.word.docx_runs import DRAWINGS, RIGHT_TO_LEFT, Fields, floats
from reports.readers.word.docx_styles import WHITES, Looks, Styles
from reports.readers.word.wordml import is_shaded, is_unseen_drawing, is_unseen_row

_LARGEST: Final = 30_000_000
_NO_TEXT: Final = frozenset(("tbl", "del", "moveFrom", "instrText", "delText", "rPr", "pPr", "rt"))
#: Beginnings of the prefixes of what Word knows, in the requirements of alternatives: ``wps``, ``w14``, ``a14`` …
_KNOWN: Final = ("w", "a1", "am3d", "aink", "c1", "cx", "v", "o")


def read_docx_again(source: bytes) -> Document | None:
    """The tables of the file by the other way, numbered as the first way does; None where the file says no widths."""
    try:
        package = Package(source)
        body = package.read(package.main_part() or "word/document.xml")
    except PackageError:
        return None
    if len(body) > _LARGEST or b"<!" in body[:2000] or b"altChunk" in body:
        return None
    try:
        root = ElementTree.fromstring(with_usual_names(body))
    except ElementTree.ParseError:
        return None
    document = Document("docx")
    styles = Styles(package)
    # white text is left out unless it stands on a ground; which ground a named table style gives is not asked
    words = Words(styles, whites=WHITES.search(body) is not None and b"<w:background" not in body[:20_000])
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
    for child in shown_children(element):
        name = _name(child)
        if name == "tbl":
            found.append((child, inside))
        if name not in ("del", "moveFrom"):
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
        properties = _under(row, "trPr")
        if properties is not None and (_under(properties, "del") is not None or is_unseen_row(properties)):
            continue
        before = _get(_under(row, "trPr", "gridBefore"), "val")
        at = sum(grid[: int(before)]) if before.isdecimal() else 0
        starts.append(at)
        cells: list[EdgedCell] = []
        for cell in _parts(row, "tc"):
            settings = _under(cell, "tcPr")
            if _under(settings, "cellDel") is not None:
                continue
            width = _get(_under(settings, "tcW"), "w")
            if _get(_under(settings, "tcW"), "type") not in ("dxa", "") or not width.isdecimal() or int(width) == 0:
                return None
            at += int(width)
            merge = _under(settings, "vMerge")
            down = merge is not None and _get(merge, "val") != "restart"
            text = words.of(cell, ground=ground or _has_ground(settings)).strip()
            blocks: list[Line | Table] = [Line(line) for line in text.split("\n") if line]
            if not blocks and _is_pictured(cell):
                blocks.append(Line(OBJECT))
            sideways = _get(_under(settings, "hMerge"), "val") == "continue" and not blocks
            cells.append(EdgedCell(blocks, at, sideways, begins=merge is not None and not down, down=down))
        rows.append(cells)
    return table_from_edges(index, rows, starts, covers=True)


def _is_pictured(element: ElementTree.Element) -> bool:
    """Whether a picture stands in its lines; what floats over the page does not count."""
    return any(
        _name(child) in ("blip", "imagedata", "OLEObject") or _is_pictured(child)
        for child in shown_children(element)
        if _name(child) not in ("anchor", "tbl", "del", "moveFrom") and not floats(child.get("style"))
    )


def shown_children(element: ElementTree.Element) -> list[ElementTree.Element]:
    """The children, of alternatives only the one that Word shows, and nothing of a drawing that it hides."""
    if _name(element) in DRAWINGS and is_unseen_drawing(element):
        return []
    if _name(element) != "AlternateContent":
        return list(element)
    for choice in element:
        required = choice.get("Requires", "").split()
        if _name(choice) == "Fallback" or all(prefix.startswith(_KNOWN) for prefix in required):
            return [choice]
    return list(element)[:1]


def _has_ground(properties: ElementTree.Element | None) -> bool:
    return properties is not None and is_shaded(properties)


def _paragraphs(cell: ElementTree.Element, *, nested: bool) -> list[ElementTree.Element]:
    """The paragraphs of a cell, with those of tables in it where they are asked for."""
    found: list[ElementTree.Element] = []
    waiting = [cell]
    while waiting:
        element = waiting.pop()
        name = _name(element)
        if name == "p":
            found.append(element)
        elif name not in _NO_TEXT or (nested and name == "tbl"):
            waiting += reversed(shown_children(element))
    return found


@dataclass(slots=True)
class Words:
    """What the paragraphs of a cell print."""

    styles: Styles
    whites: bool  # whether any text may be white
    fields: Fields = field(default_factory=Fields)

    def of(self, cell: ElementTree.Element, *, ground: bool) -> str:
        """The lines of a cell; ``ground``: it has a colour of its own, on which white text is seen."""
        text = self._lines(_paragraphs(cell, nested=True), ground=ground)
        return text if len(text) <= SHORT else self._lines(_paragraphs(cell, nested=False), ground=ground)

    def _lines(self, paragraphs: list[ElementTree.Element], *, ground: bool) -> str:
        lines: list[str] = []
        for paragraph in paragraphs:
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
        for element in shown_children(parent):
            name = _name(element)
            if name == "t":
                if self.fields.prints:
                    said = self.fields.shown(looks.shown(_said(element.text or "", parent)))
                    printed.add(said, raised=looks.raised, struck=looks.struck)
            elif name == "fldChar":
                printed.add(self.fields.mark(_get(element, "fldCharType")))
            elif name == "instrText":
                self.fields.code(element.text or "")
            elif name in ("sup", "sub"):
                self._collect(element, printed, looks._replace(raised=True))
            elif name == "den":
                printed.add("/")
                self._collect(element, printed, looks)
            elif name == "bdo" and _get(element, "val") == "rtl":
                printed.add(RIGHT_TO_LEFT)
                self._collect(element, printed, looks)
            elif name == "textpath":
                printed.add(_get(element, "string"))
            elif name in ("br", "cr"):
                printed.add("\n")
            elif name == "p":  # of a text box that hangs in the paragraph
                printed.add("\n")
                self._collect(element, printed, looks)
            elif name == "tab":
                printed.add(" ")
            elif name == "noBreakHyphen":
                printed.add("-")
            elif name == "sym":
                printed.add(sign(_get(element, "font"), place_of(_get(element, "char"))))
            elif name == "r":
                properties = _under(element, "rPr")
                run = self.styles.run(properties, looks) if properties is not None else looks
                if not run.hidden and not (run.white and not run.shaded):
                    self._collect(element, printed, run)
            elif name not in _NO_TEXT:
                self._collect(element, printed, looks)


def _said(text: str, run: ElementTree.Element) -> str:
    """A text, with the signs of the font Symbol where its run is set in it."""
    fonts = _under(_under(run, "rPr"), "rFonts") if has_signs(text) else None
    return in_symbol(text) if SYMBOL in (_get(fonts, "ascii"), _get(fonts, "hAnsi")) else text
