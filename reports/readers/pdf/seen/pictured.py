"""Figures that are drawn or pasted in as pictures, where the others of a table are text: nobody but an eye reads them.

A cell that holds one is not blank. A seal's outlines over a figure say nothing; over a cell without any text they may
hide its figure. Drawings that belong to text (a circle around it, a mark in front of it), that fill
a cell as its frame does, or that stand outside of tables say nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from reports.readers.pdf.page import UNREADABLE, Box, Glyph, PageContent
from reports.readers.pdf.ruled.lattice import Lattice, Slot
from reports.readers.pdf.seen.ink import is_ornament

_BAND = 12.0  # points
_FRAME = 3.0  # points: so near to its cell's edges lies a frame


def pictured_figures(page: PageContent, tables: Sequence[Lattice]) -> list[Glyph]:
    """A character that cannot be read for each of a page's drawings that may be a figure of a table."""
    lines: dict[int, list[Glyph]] = {}
    for glyph in page.glyphs:
        for band in range(int(glyph[2] / _BAND), int(glyph[4] / _BAND) + 1):
            lines.setdefault(band, []).append(glyph)
    found = []
    for box in page.drawings:
        bands = range(int(box[1] / _BAND), int(box[3] / _BAND) + 1)
        beside = [glyph for band in bands for glyph in lines.get(band, ())]
        if box in page.sealed and _is_over_text(box, page.glyphs, tables):
            continue
        if _is_alone(box, beside) and _is_in_table(box, beside, tables):
            found.append(Glyph(UNREADABLE, *box))
    return found


def _is_alone(box: Box, glyphs: Sequence[Glyph]) -> bool:
    """Whether a drawing has no text in it, or around it."""
    left, top, right, bottom = box
    x, y = (left + right) / 2, (top + bottom) / 2
    return not any(
        (left <= (glyph[1] + glyph[3]) / 2 <= right and top <= (glyph[2] + glyph[4]) / 2 <= bottom)
        or (glyph[1] <= x <= glyph[3] and glyph[2] <= y <= glyph[4])
        for glyph in glyphs
    )


def _is_over_text(box: Box, glyphs: Sequence[Glyph], tables: Sequence[Lattice]) -> bool:
    """Whether a drawing is in a ruled cell that holds text."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    slot = next((slot for table in tables if (slot := table.at(x, y)) is not None), None)
    return slot is not None and any(
        slot.left <= (glyph[1] + glyph[3]) / 2 <= slot.right and slot.top <= (glyph[2] + glyph[4]) / 2 <= slot.bottom
        for glyph in glyphs
    )


def _is_in_table(box: Box, glyphs: Sequence[Glyph], tables: Sequence[Lattice]) -> bool:
    left, top, right, bottom = box
    for table in tables:
        slot = table.at((left + right) / 2, (top + bottom) / 2)
        if slot is not None:
            return not _is_frame(box, slot)
    row = [glyph for glyph in glyphs if glyph[2] < bottom and top < glyph[4]]
    if sum(glyph.text.isdigit() for glyph in row) == 0:
        return False
    row.append(Glyph(UNREADABLE, *box))
    return not is_ornament(len(row) - 1, row)


def _is_frame(box: Box, slot: Slot) -> bool:
    """Whether a drawing is as large as its cell."""
    return (
        min(box[0] - slot.left, slot.right - box[2]) < _FRAME and min(box[1] - slot.top, slot.bottom - box[3]) < _FRAME
    )
