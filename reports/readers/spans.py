"""Merged cells expanded into a rectangle, after the rules of the HTML table model, within bounds.

The slots of a grid are filled row by row: a cell takes the first free slot and what its spans claim. Pages claim
nonsense (``rowspan=100000``, spans that run over other cells, columns that no row fills). So spans end where the table
and the row group end, a slot belongs to the cell that came first, and columns in which no cell begins are removed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from reports.document import Box, Cell

PLAUSIBLE = 60  # columns that one cell may claim beyond what any row of the table fills
AREA = 400_000  # slots of a grid; beyond it columns are cut, and the grid says so


class Spanning(Protocol):
    """What is asked of a cell: its text, claimed spans, and its box in paged sources."""

    @property
    def text(self) -> str: ...
    @property
    def rowspan(self) -> int: ...
    @property
    def colspan(self) -> int: ...
    @property
    def box(self) -> Box | None: ...


class RawCell(NamedTuple):
    """A cell as written: text and claimed spans. A rowspan of 0 reaches to the end of the row group."""

    text: str
    rowspan: int = 1
    colspan: int = 1
    box: Box | None = None


def expand(raw: Sequence[Sequence[Spanning]], groups: Sequence[int] = ()) -> tuple[list[list[Cell | None]], list[str]]:
    """The rectangle, and what was doubtful in words. ``groups`` are the rows at which row groups begin."""
    notes: list[str] = []
    height = len(raw)
    if not height:
        return [], notes
    widest = max(*(len(row) for row in raw), PLAUSIBLE)
    hard = max(1, AREA // height)
    starts = sorted({*groups, height})
    carried: dict[int, tuple[Cell, int]] = {}  # column -> the cell that grows down through it, and its last row + 1
    rows: list[list[Cell | None]] = []
    last = -1  # the furthest column in which a cell begins
    ends = iter(starts)
    group_end = next(ends)
    for y, cells in enumerate(raw):
        while y >= group_end:
            group_end = next(ends)
        row: list[Cell | None] = []
        if carried:
            row = [None] * (max(carried) + 1)
            for x, (cell, until) in list(carried.items()):
                if until <= y:
                    del carried[x]
                else:
                    row[x] = cell
            while row and row[-1] is None:
                row.pop()
        holes = None in row
        x, begun = 0, -1
        for number, source in enumerate(cells):
            if holes:
                while x < len(row) and row[x] is not None:
                    x += 1
            else:
                x = len(row)
            if x >= hard:
                _note(notes, f"row {y} has more cells than the {hard} that are read")
                break
            begun = x
            colspan, rowspan = source.colspan, source.rowspan
            if colspan == 1 == rowspan and not holes:  # nearly all cells
                row.append(Cell(source.text, y, x, 1, 1, source.box))
                continue
            if colspan < 1:
                colspan = 1
            elif colspan > 1 and x + colspan > widest:
                _note(notes, f"a cell in row {y} claims {colspan} columns")
                colspan = max(1, min(widest, hard) - x - (len(cells) - number - 1))
            if rowspan == 0 or y + rowspan > group_end:
                if rowspan > 1 and y + rowspan > height:
                    _note(notes, f"a cell in row {y} claims {rowspan} rows")
                rowspan = group_end - y
            elif rowspan < 0:
                rowspan = 1
            cell = Cell(source.text, y, x, rowspan, colspan, source.box)
            taken = 0
            while taken < colspan and (x + taken >= len(row) or row[x + taken] is None):
                if x + taken == len(row):
                    row.append(cell)
                else:
                    row[x + taken] = cell
                taken += 1
            if taken < colspan:
                _note(notes, f"a cell in row {y} overlaps another")
                cell.colspan = taken
            if rowspan > 1:
                for at in range(x, x + taken):
                    carried[at] = (cell, y + rowspan)
        last = max(last, begun)
        rows.append(row)
    _square(rows, last + 1)
    return rows, notes


def _note(notes: list[str], text: str) -> None:
    if len(notes) < 20:
        notes.append(text)


def _square(rows: list[list[Cell | None]], width: int) -> None:
    """Removes the columns on the right that only spans reach, and fills short rows with ``None``."""
    for row in rows:
        if len(row) > width:
            for cell in {id(each): each for each in row[width:] if each is not None}.values():
                cell.colspan = min(cell.colspan, width - cell.column)
            del row[width:]
        elif len(row) < width:
            row.extend([None] * (width - len(row)))
