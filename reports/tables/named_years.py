"""Labels that name their year (一、2023年新收政府信息公开申请数量) where the forms say 本年, 上年 and 下年度.

Only the report's own year makes them labels of the form: of another year's table nothing is read.
"""

from __future__ import annotations

import re
from typing import Final

from reports.document import Cell, Document, Grid
from reports.tables.labels import exact_labels, fold_characters
from reports.tables.other_times import year_of
from reports.tables.sequence import Moved

_YEAR = re.compile(r"(20[0-9]{2})\s*年(?:度|(?=\D))")
_LONGEST = 60  # characters of a label
#: How the forms call a year that is so many later than the report's; the spelling that makes it a label is taken.
_CALLED: Final = {-1: ("上年", "上一年", "上年度"), 0: ("本年", "本年度", ""), 1: ("下年度", "下年")}


def in_words_of_the_form(grid: Grid, document: Document) -> Grid:
    """The grid with such labels as the form prints them; the grid itself where it names no year."""
    named = {
        id(cell): cell
        for row in range(len(grid.rows))
        for cell in grid.own_cells(row)
        if "年" in cell.text and len(cell.text) <= _LONGEST and _YEAR.search(fold_characters(cell.text))
    }
    if not named or (year := year_of(document)) is None:
        return grid
    moved: dict[int, Cell] = {}
    for key, cell in named.items():
        if (text := _as_label(cell.text, year)) is not None:
            origin = (grid.index, cell.row, cell.column)
            moved[key] = Moved(text, cell.row, cell.column, cell.rowspan, cell.colspan, cell.box, origin=origin)
    if not moved:
        return grid
    rows = [[moved.get(id(cell), cell) for cell in row] for row in grid.rows]
    return Grid(grid.index, rows, grid.page, grid.sheet, grid.hidden, grid.nested, grid.layout, grid.ruled,
                grid.uncertain)  # fmt: skip


def _as_label(text: str, year: int) -> str | None:
    folded = fold_characters(text)
    found = _YEAR.search(folded)
    assert found is not None
    for called in _CALLED.get(int(found[1]) - year, ()):
        label = folded[: found.start()] + called + folded[found.end() :]
        if exact_labels(label):
            return label
    return None
