"""Ruled tables of a PDF's page: which characters stand in which cells, and what only looks like a ruled table."""

from __future__ import annotations

import math
from itertools import pairwise

from reports.document import Box, Cell, Grid
from reports.readers.pdf import lines as pdf_lines
from reports.readers.pdf.page import UNREADABLE, Glyph, PageContent, Rule
from reports.readers.pdf.ruled.cells import cell_text
from reports.readers.pdf.ruled.lattice import Lattice, Slot, without_slivers
from reports.readers.pdf.unruled.headings import is_column
from reports.readers.pdf.unruled.words import figures, is_figure, words

Contents = dict[int, tuple[Slot, list[Glyph]]]  # of a ruled table: its cells that hold characters
_FEW_LINES = 7  # across a table: with more of them each row has its own
_MANY_BELOW, _MANY_BESIDE = 4, 3  # figures in a cell, and such cells in a row
_MANY_STACKS = 2  # cells
_ACROSS = 0.3  # of its width: how far a digit drawn by itself lies over the edge of its cell
_SHORT = 3  # characters
_OF_FIGURES = frozenset("0123456789.,，．%-－−+")
_PARTING, _TIGHT = 0.3, 0.05  # of their height: gaps between digits of two numbers, and of one
_UNDER = 60.0  # points: from a ruled header to the first row below it


def parted(page: PageContent, tables: list[Lattice]) -> tuple[list[tuple[Lattice, Contents]], list[Glyph]]:
    """The page's characters by the cells of its ruled tables, and those outside of any.

    A box around text, an underline that meets a margin line, or a frame around a table without lines is no ruled table:
    what it holds counts as outside.
    """
    if not tables:  # looking at each character costs a page of text 5 % of its reading
        return [], page.glyphs.copy()
    inside: list[Contents] = [{} for _ in tables]
    outside: list[Glyph] = []
    held = outside
    overrun, spaced = page.overrun, page.spaced
    before = outside
    around: Slot | None = None  # the cell of the character before: the next one is mostly in the same
    x1 = x2 = y1 = y2 = 0.0
    for place, glyph in enumerate(page.glyphs):
        if place not in overrun:  # a digit drawn in one piece with the digit before stays with it
            character, left, top, right, bottom = glyph
            x, y = (left + right) / 2, (top + bottom) / 2
            if not (x1 <= x < x2 and y1 <= y < y2):
                held, around = outside, None
                x1, y1, x2, y2 = _free(tables, y)
                for number, table in enumerate(tables if x1 == x2 else ()):
                    around = table.at(x, y)
                    if around is not None:
                        x1, y1, x2, y2 = around.left, around.top, around.right, around.bottom
                        held = inside[number].setdefault(id(around), (around, []))[1]
                        break
            over = _ACROSS * (right - left)
            if around is not None and (left < x1 - over or right > x2 + over) and character.isdigit():
                glyph = glyph._replace(text=UNREADABLE)  # whose it is, only a person can see
            elif held is not before and place in spaced and before and not _part_numbers(page.glyphs, place):
                # one number over a line, or two drawn together
                before[-1] = before[-1]._replace(text=UNREADABLE)
                glyph = glyph._replace(text=UNREADABLE)
            before = held
        held.append(glyph)
    ruled = []
    for table, contents in zip(tables, inside, strict=True):
        few = len(table.xs) <= 3 or not page.vertical
        if (
            len(table.xs) == 2
            or (len(contents) <= 1 and (len(table.xs) <= 3 or _holds_rows(contents)))
            or (few and _holds_rows(contents))
            or _is_header(table, contents, outside, tables)
            or (len(table.ys) <= _FEW_LINES and _holds_columns(contents))
        ):
            outside += [glyph for _, glyphs in contents.values() for glyph in glyphs]
        else:
            ruled.append((table, contents))
    return ruled, outside


def _part_numbers(glyphs: list[Glyph], place: int) -> bool:
    """Whether the gap before a digit is wide, and those within the numbers beside it are none.

    Ghostscript draws the figures of narrow cells in one piece: 123 and 1281 are two numbers, 1 2 may be one.
    """
    size = glyphs[place].bottom - glyphs[place].top
    within, apart = _TIGHT * size, _PARTING * size
    gaps = [
        second.left - first.right if first.text.isdigit() and second.text.isdigit() else size
        for first, second in pairwise(glyphs[max(0, place - 2) : place + 2])
    ]
    own = glyphs[place].left - glyphs[place - 1].right
    return own > apart and min(gaps) < within and all(gap < within or gap > apart for gap in gaps)


def _free(tables: list[Lattice], y: float) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the stretch around a height that is beside no table; nothing where one is."""
    above, below = -math.inf, math.inf
    for table in tables:
        if y < table.ys[0]:
            below = min(below, table.ys[0])
        elif y > table.ys[-1] + table.overhang:
            above = max(above, table.ys[-1] + table.overhang)
        else:
            return 0.0, 0.0, 0.0, 0.0
    return -math.inf, math.nextafter(above, math.inf), math.inf, below


def _holds_rows(contents: Contents) -> bool:
    """Whether some cell holds figures side by side: the table's own lines do not part all of its columns."""
    return any(
        sum(glyph[0].isdigit() for glyph in glyphs) >= 3 and any(figures(line) >= 3 for line in words(glyphs))
        for _, glyphs in contents.values()
    )


def _holds_columns(contents: Contents) -> bool:
    """Whether cells side by side hold figures below each other, or below their headings: no lines part the rows."""
    rows: dict[int, int] = {}
    for slot, glyphs in contents.values():
        first, last = glyphs[0], glyphs[-1]
        if abs(last[2] - first[2]) < 0.5 * (first[4] - first[2]) or not any(glyph[0].isdigit() for glyph in glyphs):
            continue  # in one line, or in words
        printed = pdf_lines.lines(glyphs)
        values = sum(is_figure(line.text) for line in printed)
        if values >= _MANY_BELOW or (values == 1 and len(printed) > 1 and is_column(_heading(printed))):
            rows[slot.row] = rows.get(slot.row, 0) + 1
    return any(count >= _MANY_BESIDE for count in rows.values())


def holds_stacks(contents: Contents) -> bool:
    """Whether cells hold figures of several rows: every other column of the table is shaded, and the rest is not."""
    stacked = 0
    for _, glyphs in contents.values():
        if len(glyphs) > 1 and any(glyph[0].isdigit() for glyph in glyphs):
            stacked += sum(is_figure(line.text) for line in pdf_lines.lines(glyphs)) > 1
    return stacked >= _MANY_STACKS


def _heading(printed: list[pdf_lines.PrintedLine]) -> str:
    return "".join(line.text for line in printed if not is_figure(line.text))


def _is_header(table: Lattice, contents: Contents, outside: list[Glyph], tables: list[Lattice]) -> bool:
    """Whether a table is only the ruled headings of figures that stand below it, between no lines."""
    if any(_is_number(glyphs) for _, glyphs in contents.values()):
        return False
    bottom = table.ys[-1]
    under = [glyph for glyph in outside if 0 < glyph.top - bottom < _UNDER and table.xs[0] < glyph.left < table.xs[-1]]
    if any(0 <= other.ys[0] - bottom < _UNDER for other in tables) or not under:
        return False
    return any(figures(line) >= 2 for line in words(under))


def _is_number(glyphs: list[Glyph]) -> bool:
    """Whether a cell holds digits alone, or next to nothing beside them."""
    if not glyphs[0][0].isdigit():
        return len(glyphs) < _SHORT and any(glyph[0].isdigit() for glyph in glyphs)
    return len(glyphs) < _SHORT or is_figure("".join([glyph[0] for glyph in glyphs]))


def edges(page: PageContent) -> tuple[list[Rule], list[Rule]]:
    """The edges of filled rectangles, where a table is drawn as coloured cells instead of lines."""
    across = [Rule(y, left, right) for left, top, right, bottom in page.areas for y in (top, bottom)]
    down = [Rule(x, top, bottom) for left, top, right, bottom in page.areas for x in (left, right)]
    return across, down


def ruled_grid(
    table: Lattice, contents: Contents, index: int, page: int, digits_apart: float = 0.0
) -> tuple[Grid, set[tuple[int, int]]]:
    """The table as a grid, and the places of cells whose last line is full.

    ``digits_apart``: how far apart the digits of its figures are set.
    """
    table = without_slivers(table, lambda slot: id(slot) in contents)
    cells: dict[int, Cell] = {}
    rows: list[list[Cell | None]] = []
    wrapped: list[str] = []
    full: set[tuple[int, int]] = set()
    apart = pdf_lines.tracking(glyphs for _, glyphs in contents.values())
    for slot_row in table.slots:
        row: list[Cell | None] = []
        for slot in slot_row:
            cell = cells.get(id(slot))
            if cell is None:
                held = contents.get(id(slot))
                glyphs = held[1] if held else ()
                set_apart = digits_apart if digits_apart and all(glyph[0] in _OF_FIGURES for glyph in glyphs) else apart
                read = cell_text(glyphs, slot.left, slot.right, set_apart)
                if read.guessed:
                    wrapped.append(f"digits of a number were joined over a line break, row {slot.row}")
                if read.full:
                    full.add((slot.row, slot.column))
                cell = cells[id(slot)] = Cell(read.text, slot.row, slot.column, slot.rowspan, slot.colspan,
                                              Box(page, slot.left, slot.top, slot.right, slot.bottom))  # fmt: skip
            row.append(cell)
        rows.append(row)
    return Grid(index, rows, page=page, uncertain=[*table.uncertain, *wrapped]), full
