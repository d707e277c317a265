"""Text of a ruled cell that is set upright in two columns or more, which are read from the right: 未经复议直接|起诉."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reports.readers.pdf.page import Glyph

_MOST_COLUMNS, _LEAST_HEIGHT = 4, 3  # columns, and characters in the first
_ALIGNED = 0.3  # of a character's width: the middles of one column
_EVEN = 1.5  # times the smallest: the steps within a column
_IDEOGRAPHS = "\u3400"


def upright_text(glyphs: Sequence[Glyph]) -> str | None:
    """The text, where nothing but columns explains how its characters stand; None for anything else.

    Each column but the last, the leftmost, is full. Lines from left to right are full but for the last one, and none of
    them is shorter on its left.
    """
    if any(glyph.text < _IDEOGRAPHS for glyph in glyphs):
        return None
    columns = _columns(glyphs)
    *full, last = columns
    heights = {len(column) for column in full}
    if not 1 < len(columns) <= _MOST_COLUMNS or len(heights) != 1:
        return None
    height = heights.pop()
    if height < _LEAST_HEIGHT or len(last) >= height or not all(map(_is_even, columns)):
        return None
    step = full[0][1].top - full[0][0].top
    if height - len(last) == 1 and abs(last[0].top - full[0][0].top) < _ALIGNED * step:
        return None  # so do lines stand that end at the right
    if last[-1].top > full[0][-1].top - _ALIGNED * step:
        return None  # and so a last line that is longer than the others
    return "".join(glyph.text for column in columns for glyph in column)


def _columns(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The characters by the columns that they stand in, from the right, each from its top."""
    found: list[list[Glyph]] = []
    place = float("inf")
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.left - glyph.right):
        middle = (glyph.left + glyph.right) / 2
        if place - middle > _ALIGNED * (glyph.right - glyph.left):
            found.append([])
            place = middle
        found[-1].append(glyph)
    for column in found:
        column.sort(key=lambda glyph: glyph.top)
    return found


def _is_even(column: Sequence[Glyph]) -> bool:
    """Whether characters follow each other without a gap or an overlap."""
    steps = [below.top - above.top for above, below in pairwise(column)]
    return not steps or (min(steps) > 0.5 * (column[0].bottom - column[0].top) and max(steps) < _EVEN * min(steps))
