"""This year's figures and last year's side by side under one heading: what is not this year's is left out.

Told by a row of headings that hold nothing but times: 本年 | 上年, 2023年 | 2022年, or also their difference.
"""

from __future__ import annotations

import functools
import re
from typing import Literal

import data
from reports.document import Cell, Document, Grid
from reports.tables.labels import fold
from reports.tables.other_times import year_of
from reports.tables.rows import Row
from reports.tables.sequence import Moved

Time = Literal["this", "other"]
BESIDE = "figures of another time stand beside this year's and were left out"
_YEAR = re.compile(r"(20[0-9]{2})(?:年度?)?(?:统计)?(?:数|数据|数量|情况)?")
_ROWS_ASKED = 7  # headings stand in the first rows


@functools.cache
def _words() -> dict[str, Time]:
    headings = data.load_yaml("forms/headings.yaml")
    words: dict[str, Time] = {}
    kinds: tuple[tuple[str, Time], ...] = (("this_time", "this"), ("of_another_time", "other"), ("changes", "other"))
    for key, time in kinds:
        for word in headings[key]:
            for end in ("", "数", "数据", "数量", "情况", "同期", "统计数", "统计数据"):
                words[fold(word + end)] = time
    return words


def of_this_time(grid: Grid, rows: list[Row], document: Document) -> Grid | None:
    """The grid without what is under another time's heading; None where it has no such headings.

    Of two years, the report's own counts, as the document's title has it; the later one where it names none.
    """
    for row in rows[:_ROWS_ASKED]:
        if len(row.cells) >= 2 and (times := _times(row, document)):
            return without(grid, row, times)
    return None


def without(grid: Grid, row: Row, times: dict[int, Time]) -> Grid | None:
    """The grid without what stands under those cells of a row of headings (by ``id``) that are another's."""
    return _without(grid, row, times) if grid.ruled else _without_packed(grid, row, times)


def _times(row: Row, document: Document) -> dict[int, Time]:
    """The time that each cell of a row of headings names, by the cell; nothing if it does not name both."""
    found: dict[int, Time] = {}
    years: dict[int, int] = {}
    for cell in row.cells:
        text = fold(cell.text) if cell.text and len(cell.text) <= 12 else ""
        if (time := _words().get(text)) is not None:
            found[id(cell)] = time
        elif text.startswith("20") and (named := _YEAR.fullmatch(text)):
            years[id(cell)] = int(named[1])
        elif row.numbers:
            return {}  # figures stand beside
    if len(set(years.values())) > 1:
        own = year_of(document) or max(years.values())
        found.update((cell, "this" if each == own else "other") for cell, each in years.items())
    return found if set(found.values()) == {"this", "other"} else {}


def _without(grid: Grid, row: Row, times: dict[int, Time]) -> Grid:
    """By place: the columns that another time's heading covers are taken out."""
    line = grid.rows[row.index]
    kept = [x for x in range(grid.width) if times.get(id(line[x])) != "other"]
    moved: dict[int, Moved] = {}
    rows: list[list[Cell | None]] = []
    for cells in grid.rows:
        out: list[Cell | None] = []
        for x in kept:
            cell = cells[x]
            if cell is None:
                out.append(None)
                continue
            if id(cell) not in moved:
                span = [each for each in kept if cell.column <= each < cell.column + cell.colspan]
                text = "" if id(cell) in times else cell.text
                moved[id(cell)] = Moved(text, cell.row, kept.index(span[0]), cell.rowspan, len(span), cell.box,
                                        origin=(grid.index, cell.row, cell.column))  # fmt: skip
            out.append(moved[id(cell)])
        rows.append(out)
    return _like(grid, rows)


def _without_packed(grid: Grid, row: Row, times: dict[int, Time]) -> Grid | None:
    """By count, where cells are packed: the last cells of a row stand under the times, one by one."""
    pattern = [times.get(id(cell)) for cell in row.cells]
    if None in pattern or len(pattern) < 4:
        return None
    rows: list[list[Cell | None]] = []
    for y in range(len(grid.rows)):
        own = grid.own_cells(y)
        first = len(own) - len(pattern)
        if y == row.index or (y > row.index and first >= 0):
            own = [] if y == row.index else own[:first] + [
                cell for cell, time in zip(own[first:], pattern, strict=True) if time == "this"
            ]  # fmt: skip
        rows.append([Moved(cell.text, y, x, origin=(grid.index, cell.row, cell.column)) for x, cell in enumerate(own)])
    width = max(len(line) for line in rows)
    return _like(grid, [line + [None] * (width - len(line)) for line in rows])


def _like(grid: Grid, rows: list[list[Cell | None]]) -> Grid:
    return Grid(grid.index, rows, grid.page, grid.sheet, grid.hidden, grid.nested, grid.layout, grid.ruled,
                [*grid.uncertain, BESIDE])  # fmt: skip
