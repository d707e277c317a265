"""Rows and paragraphs that hold nothing but characters, read in few steps from the markup that lexbor writes of them.

Nine tenths of a report pasted from Word are spans in such cells. What lexbor writes is always alike: attributes stand
in double quotes, ``<`` and ``>`` of the text are references. So a ``<`` that is left when the tags of no account are
taken out is an element that has to be walked, or an odd attribute, which may be walked as well.
"""

from __future__ import annotations

import re
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from reports.readers.flow import Line, Region, TableCell, cell_of
from reports.readers.html_shown import Shown
from reports.readers.typeset import one_line

_NUMBER = re.compile(r"\s*\+?(\d{1,7})")
_ATTRIBUTES = r'(?:\s[^<>"]*+(?:"[^"]*+"[^<>"]*+)*+)?+'
_WORDS = "(?:span|font|b|strong|i|em|u|sup|sub|ins|o:p)"  # elements that do nothing to the place of their text
_OF_NO_ACCOUNT = re.compile(rf"<(?:/{_WORDS}>|{_WORDS}{_ATTRIBUTES}>|!--.*?-->)", re.S)
_PARAGRAPH = re.compile(rf"<p{_ATTRIBUTES}>([^<]*+)</p>")
_CELL = re.compile(rf"<t[dh]({_ATTRIBUTES})>\s*+(?:<p{_ATTRIBUTES}>)?+([^<]*+)(?:</p>\s*+)?+</t[dh]>")
_ROWSPAN = re.compile(r'\srowspan="([^"]*)"')
_COLSPAN = re.compile(r'\scolspan="([^"]*)"')
_MOST_WRITTEN = 12  # times the page's length: rows that nest deeper than that are walked


class Plain:
    """Reads what is nothing but characters; gives None for all else, which has to be walked."""

    def __init__(self, tree: LexborHTMLParser, left_out: Shown, length: int) -> None:
        """``length``: characters of the page's markup; 0 where everything is to be walked."""
        self._holding = _holding(tree, left_out) if left_out else frozenset()
        self._left = _MOST_WRITTEN * length
        self._spans: dict[str, tuple[int, int]] = {}  # by a cell's attributes, which come again and again

    def _bare(self, node: Any) -> str | None:
        """The element's markup without comments and the tags that do nothing to the text around them."""
        if self._left <= 0 or node.mem_id in self._holding:
            return None
        markup = node.html or ""
        self._left -= len(markup)
        return _OF_NO_ACCOUNT.sub("", markup)

    def line(self, paragraph: Any) -> str | None:
        """The printed line of a ``<p>``."""
        bare = self._bare(paragraph)
        match = _PARAGRAPH.fullmatch(bare) if bare is not None else None
        return one_line(_meant(match[1])) if match is not None else None

    def row(self, row: Any, hidden: bool, region: Region) -> list[TableCell] | None:
        """The cells of a ``<tr>``, each of bare text or of one paragraph."""
        bare = self._bare(row)
        if bare is None:
            return None
        found = _CELL.findall(bare)
        if bare.count("<") != 2 + 2 * len(found) + bare.count("<p") + bare.count("</p"):
            return None  # something else stands in a cell: a break, several blocks, a link
        cells: list[TableCell] = []
        for attributes, written in found:
            down, across = self._spans_in(attributes) if "span=" in attributes else (1, 1)
            text = written if written.isalnum() else one_line(_meant(written))
            cells.append(cell_of(Line(text, 0, None, hidden, region) if text else None, down, across))
        return cells

    def _spans_in(self, attributes: str) -> tuple[int, int]:
        """``rowspan`` and ``colspan``."""
        spans = self._spans.get(attributes)
        if spans is None:
            down, across = _ROWSPAN.search(attributes), _COLSPAN.search(attributes)
            spans = span(down[1] if down else None, 1), span(across[1] if across else None, 1)
            self._spans[attributes] = spans
        return spans


def _meant(text: str) -> str:
    """The text with the references resolved that lexbor writes; it writes no others."""
    if "&" not in text:
        return text
    return text.replace("&nbsp;", "\xa0").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


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
