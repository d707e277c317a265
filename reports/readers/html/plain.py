"""Rows and paragraphs that hold nothing but characters, read in few steps instead of being walked.

Nine tenths of a report pasted from Word are spans in such cells. The parser gives the text of a whole cell at once, so
that only the names of its elements have to be looked at: the first that does anything to the place of its text stops
the look, and what held it is walked. So nothing is looked at twice, however deep rows stand in rows.
"""

from __future__ import annotations

import re
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from reports.readers.flow import Line, Region, TableCell, cell_of
from reports.readers.html.shown import Shown
from reports.readers.spaced import spaced
from reports.readers.typeset import one_line

_NUMBER = re.compile(r"\s*\+?(\d{1,7})")
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
        text = paragraph.text()
        if "\xa0" in text and spaced(text):
            return None  # its spaces may part cells
        return one_line(text)

    def row(self, row: Any, hidden: bool, region: Region) -> list[TableCell] | None:
        """The cells of a ``<tr>``, each of bare text or of one paragraph."""
        if self._holding and row.mem_id in self._holding:
            return None
        cells: list[TableCell] = []
        for cell in row.iter():
            text = _text(cell) if cell.tag in _CELLS else None
            if text is None:
                return None  # something else stands in it: a break, several blocks, a link
            if text and not text.isalnum():
                text = one_line(text)
            down = across = 1
            if cell.mem_id in self._spanning:
                attributes = cell.attributes
                down, across = span(attributes.get("rowspan"), 1), span(attributes.get("colspan"), 1)
            cells.append(cell_of(Line(text, 0, None, hidden, region) if text else None, down, across))
        return cells


def _text(cell: Any) -> str | None:
    """The text of a cell that holds characters, or one paragraph of them."""
    block = None
    elements = cell.traverse()
    next(elements)  # the cell
    for element in elements:
        tag = element.tag
        if tag not in _OF_NO_ACCOUNT:
            if block is not None or not (tag == "p" or (tag == "div" and not _named(element))):
                return None
            block = element
    text: str = cell.text()
    if block is not None and text.strip() != block.text().strip():
        return None  # text stands beside the paragraph
    return text


def _named(element: Any) -> bool:
    """Whether a class or an id may say that the element is another part of the page than what is around it."""
    attributes = element.attributes
    return "class" in attributes or "id" in attributes


def span(written: str | None, default: int) -> int:
    """The number that a ``colspan`` or ``rowspan`` claims."""
    match = _NUMBER.match(written or "")
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
