"""Rows and paragraphs that hold nothing but characters, read in few steps instead of being walked.

Nine tenths of a report pasted from Word are spans in such cells. The parser gives the text of a whole cell at once, so
that only the names of its elements have to be looked at: the first that does anything to the place of its text stops
the look, and what held it is walked. So nothing is looked at twice, however deep rows stand in rows.
"""

from __future__ import annotations

import re
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from reports.readers.flow import PROSE, Line, Region, Table, TableCell, is_prose
from reports.readers.html.shown import Shown
from reports.readers.spaced import spaced
from reports.readers.typeset import one_line

_NUMBER = re.compile(r"\s*\+?(\d{1,7})")
_SINGLE: Final = frozenset(str(number) for number in range(10))  # nearly all of the spans that cells claim
_CELLS: Final = frozenset(("td", "th"))
#: Elements that do nothing to the place of their text.
_OF_NO_ACCOUNT: Final = frozenset(("span", "font", "b", "strong", "i", "em", "u", "sup", "sub", "ins", "o:p"))


class Plain:
    """Reads what is nothing but characters; gives None for all else, which has to be walked."""

    def __init__(self, tree: LexborHTMLParser, left_out: Shown) -> None:
        self._holding = _holding(tree, left_out) if left_out else frozenset()
        self._spanning = frozenset(node.mem_id for node in tree.css("[rowspan],[colspan]"))

    def line(self, paragraph: Any) -> str | None:
        """The printed line of a ``<p>``."""
        if self._holding and paragraph.mem_id in self._holding:
            return None
        elements = paragraph.traverse()
        next(elements)  # the paragraph
        for element in elements:
            if element.tag not in _OF_NO_ACCOUNT:
                return None
        text = paragraph.text_lexbor()
        if "\xa0" in text and spaced(text):
            return None  # its spaces may part cells
        return one_line(text)

    def row(self, row: Any, hidden: bool, region: Region) -> list[TableCell] | None:
        """The cells of a ``<tr>``, each of bare text or of one paragraph, possibly among white space."""
        if self._holding and row.mem_id in self._holding:
            return None
        cells: list[TableCell | None] = []
        cell = block = None  # the latest, and the paragraph in it
        elements = row.traverse()  # all of the row at once: to ask each cell for its own takes longer
        next(elements)  # the row
        for element in elements:
            tag = element.tag
            if tag in _CELLS:
                if cell is not None:
                    cells.append(self._cell(cell, block, hidden, region))
                cell, block = element, None
            elif tag not in _OF_NO_ACCOUNT:
                if cell is None or block is not None or not (tag == "p" or (tag == "div" and not _named(element))):
                    return None  # something else stands in it: a break, several blocks, a link
                block = element
        if cell is not None:
            cells.append(self._cell(cell, block, hidden, region))
        return None if None in cells else cells  # type: ignore[return-value]

    def _cell(self, cell: Any, block: Any, hidden: bool, region: Region) -> TableCell | None:
        """A cell of characters, or with one block of them; None where text stands beside the block."""
        text = cell.text_lexbor()  # takes half as long as text()
        if block is not None and text.strip() != block.text_lexbor().strip():
            return None
        if not text.isalnum():
            text = one_line(text)
        blocks: list[Line | Table] = [Line(text, 0, None, hidden, region)] if text else []
        read = TableCell(blocks, 1, 1, None, "" if hidden else text)
        if len(text) >= PROSE and not hidden:
            read.prose = is_prose(text)
        if cell.mem_id in self._spanning:
            attributes = cell.attributes
            read.rowspan, read.colspan = span(attributes.get("rowspan"), 1), span(attributes.get("colspan"), 1)
        return read


def _named(element: Any) -> bool:
    """Whether a class or an id may say that the element is another part of the page than what is around it."""
    attributes = element.attributes
    return "class" in attributes or "id" in attributes


def span(written: str | None, default: int) -> int:
    """The number that a ``colspan`` or ``rowspan`` claims."""
    if written is None:
        return default
    if written in _SINGLE:
        return int(written)
    match = _NUMBER.match(written)
    return int(match.group(1)) if match else default


def _holding(tree: LexborHTMLParser, left_out: Shown) -> set[int]:
    """What is hidden, and what of rows, cells and paragraphs holds something hidden."""
    marked = left_out.gone | left_out.unseen
    found = set(marked)
    for node in tree.css("tr,td,th,td *,th *,p,p *"):
        if node.mem_id in marked:
            parent = node.parent
            while parent is not None and parent.mem_id not in found:
                found.add(parent.mem_id)
                parent = parent.parent
    return found
