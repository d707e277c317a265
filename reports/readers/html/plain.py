"""Rows and paragraphs that hold nothing but characters, read in few steps instead of being walked.

Nine tenths of a report pasted from Word are spans in such cells. The parser gives the text of a whole cell at once, so
that only the names of its elements have to be looked at: the first that does anything to the place of its text stops
the look, and what held it is walked. So nothing is looked at twice, however deep rows stand in rows.
"""

from __future__ import annotations

import re
from itertools import repeat
from operator import attrgetter
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from reports.readers.flow import PROSE, Line, Region, Table, TableCell, is_prose
from reports.readers.html.seen.shown import Shown
from reports.readers.spaced import spaced
from reports.readers.typeset import one_line

_NUMBER = re.compile(r"\s*\+?(\d{1,7})")
_SINGLE: Final = frozenset(str(number) for number in range(10))  # nearly all of the spans that cells claim
_CELLS: Final = frozenset(("td", "th"))
_ONE, _NO_BOX = repeat(1), repeat(None)
_place = attrgetter("mem_id")
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
        cells = list(row.traverse())  # all of the row at once: to ask each cell for its own takes longer
        del cells[0]  # the row
        tags = [element.tag for element in cells]
        blocks: dict[int, Any] = {}  # by the number of their cell
        if not _CELLS.issuperset(tags):
            told = [each for each in zip(cells, tags, strict=True) if each[1] not in _OF_NO_ACCOUNT]
            cells = []
            for element, tag in told:
                if tag in _CELLS:
                    cells.append(element)
                elif not cells or len(cells) in blocks or not _is_block(element, tag):
                    return None  # something else stands in it: a break, several blocks, a link
                else:
                    blocks[len(cells)] = element
        texts = [cell.text_lexbor() for cell in cells]  # takes half as long as text()
        for number, block in blocks.items():
            if texts[number - 1].strip() != block.text_lexbor().strip():
                return None  # text stands beside the block
        return self._cells(cells, [text if text.isalnum() else one_line(text) for text in texts], hidden, region)

    def _cells(self, elements: list[Any], texts: list[str], hidden: bool, region: Region) -> list[TableCell]:
        """The cells of a row with their texts, all at once: a page has hundreds."""
        blocks: list[list[Line | Table]] = [[Line(text, 0, None, hidden, region)] if text else [] for text in texts]
        cells = list(map(TableCell, blocks, _ONE, _ONE, _NO_BOX, repeat("") if hidden else texts))
        if not hidden and max(map(len, texts), default=0) >= PROSE:
            for cell, text in zip(cells, texts, strict=True):
                cell.prose = is_prose(text)
        if not self._spanning.isdisjoint(map(_place, elements)):
            for cell, element in zip(cells, elements, strict=True):
                if element.mem_id in self._spanning:
                    attributes = element.attributes
                    cell.rowspan, cell.colspan = span(attributes.get("rowspan"), 1), span(attributes.get("colspan"), 1)
        return cells


def _is_block(element: Any, tag: str) -> bool:
    """Whether it is a line of its own in its cell, and no class or id may say that it is another part of the page."""
    if tag != "div":
        return tag == "p"
    attributes = element.attributes
    return "class" not in attributes and "id" not in attributes


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
