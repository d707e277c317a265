"""The text of a ruled cell of a PDF: its lines joined where only its width broke them, footnotes' marks bracketed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from reports.readers.pdf.lines import REACH, is_mark, is_wide, joined, left_of, line_of, rows_of
from reports.readers.pdf.page import Glyph
from reports.readers.pdf.ruled.upright import upright_text
from reports.readers.typeset import one_line

PADDING = 10.8  # points that Word leaves free in a cell, both sides together
_MOST_IN_A_ROW = 3  # characters side by side, of columns that are set upright


class CellText(NamedTuple):
    """The text of a cell. ``guessed``: digits were joined over a line break. ``full``: its last line leaves no room."""

    text: str
    guessed: bool = False
    full: bool = False


def cell_text(glyphs: Sequence[Glyph], left: float, right: float, apart: float = 0.0) -> CellText:
    """The text of a cell between two edges: lines that only the cell's width broke are joined again.

    ``apart``: how far apart the characters of the table are set, on purpose.
    Also says whether digits were joined that way: ``12|34`` in a narrow column is one number, but it was guessed.
    """
    if not glyphs:
        return CellText("")
    width = right - left - 0.9 * PADDING
    if len(glyphs) == 1:
        text, x1, y1, x2, y2 = glyphs[0]
        return CellText(one_line(text), False, width - (x2 - x1) < y2 - y1)
    rows = rows_of(glyphs, REACH)
    if len(rows) > 2 and len(glyphs) < _MOST_IN_A_ROW * len(rows) and (upright := upright_text(glyphs)):
        return CellText(upright)
    printed = [line_of(row, apart) for row in _without_marks(rows)]
    text = printed[0].text
    guessed = False
    for before, line in pairwise(printed):
        first = line.size if is_wide(line.text[0]) else 0.5 * line.size
        if width - (before.right - before.left) < first:
            if text[-1:].isdigit() and line.text[:1].isdigit():
                guessed = True
            text = joined(text, line.text)
        else:
            text = f"{text}\n{line.text}"
    last = printed[-1]
    return CellText(text, guessed, width - (last.right - last.left) < last.size)


def _without_marks(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """The rows of a cell with the marks of footnotes bracketed: 12 with a raised 1 is no 121."""
    heights = [glyph[4] - glyph[2] for row in rows for glyph in row]
    if max(heights) * 0.8 <= min(heights):
        return rows
    found: list[list[Glyph]] = []
    for row in rows:
        if found and _are_base_and_marks(found[-1], row):
            found[-1] += row  # a mark so high that it took a row of its own
        else:
            found.append(list(row))
    for row in found:
        row.sort(key=left_of)
        base = row[0]
        for number, glyph in enumerate(row[1:], 1):
            if is_mark(base, glyph):
                text = glyph.text if glyph.text in "[]()（）［］" else f"[{glyph.text}]"
                row[number] = Glyph(text, glyph.left, base.top, glyph.right, base.bottom)
            else:
                base = glyph
    return found


def _are_base_and_marks(above: list[Glyph], below: list[Glyph]) -> bool:
    """Whether of two rows that overlap one is of smaller characters throughout."""
    first, second = (max(glyph.bottom - glyph.top for glyph in row) for row in (above, below))
    overlap = max(glyph.bottom for glyph in above) - min(glyph.top for glyph in below)
    return min(first, second) < 0.8 * max(first, second) and overlap > 0.4 * min(first, second)
