"""Which columns of a 统计表 hold the report's own figures: not last year's, not their change, a code's or a level's."""

from __future__ import annotations

import functools
import re
from decimal import Decimal

import data
from reports.document import Document, Grid
from reports.tables.labels import fold, fold_characters
from reports.tables.numbers import read_value
from reports.tables.rows import Row
from reports.tables.two_times import Time, of_this_time, without

WIDEST = 120  # places
_HEADED = 8  # rows in which the headings stand
_FEWEST_SUMS = 5  # rows in which a column is more than each of those that it sums up
_LONGEST_HEADING = 16  # characters: 较上年增减(%)
_NOTE = re.compile(r"[(\[【].*?[)\]】]")


def own_columns(grid: Grid, document: Document) -> Grid:
    """The grid without the columns of another year, where two stand side by side, and of what is no figure."""
    if grid.width > WIDEST:
        return grid
    grid = of_this_time(grid, _head(grid), document) or grid
    grid = _of_all_levels(grid) or grid
    heads, beside = _head_words()
    for row in _head(grid):
        named = {id(cell): _bare(cell.text) for cell in row.cells if len(cell.text) <= _LONGEST_HEADING}
        others = {cell for cell, text in named.items() if text in beside}
        if others and not heads.isdisjoint(named.values()):
            if grid.ruled:  # the other headings stay: they say where the halves of a long form begin
                return without(grid, row, dict.fromkeys(others, "other")) or grid
            if sum(text in heads for text in named.values()) > 1:
                return grid  # halves of packed cells: two figures for one indicator are no figure
            return without(grid, row, {cell: "other" if cell in others else "this" for cell in named}) or grid
    return grid


def _of_all_levels(grid: Grid) -> Grid | None:
    """The grid without the columns of levels (省本级 | 市级 | 县级) beside that of all; None without such headings.

    None too where a level's figure is above that of all: then the headings do not say what they seem to.
    """
    level, totals, values, heads = _level_words()
    for row in _head(grid):
        named = {id(cell): fold(cell.text) for cell in row.cells if 0 < len(cell.text) <= _LONGEST_HEADING}
        levels = {cell for cell, text in named.items() if level.fullmatch(text)}
        within = bool(levels) and all(named[cell].startswith("其中") for cell in levels)
        total = [cell for cell, text in named.items() if text in totals or (within and text in values)]
        if len(total) != 1:
            continue
        others = {cell for cell, text in named.items() if text not in totals and text not in heads}
        if not levels and grid.ruled and _adds_up(_figures(grid, row, total[0], others)):
            levels = others  # 县政府办 | 县教育局 | 合计
        if not levels or any(max(each) > most for most, each in _figures(grid, row, total[0], levels)):
            continue
        times: dict[int, Time] = dict.fromkeys(levels, "other")
        return without(grid, row, times if grid.ruled else {**dict.fromkeys(named, "this"), **times})
    return None


_Figures = list[tuple[Decimal | int, list[Decimal | int]]]


def _figures(grid: Grid, row: Row, total: int, levels: set[int]) -> _Figures:
    """The figures of all and of the levels in the rows below their headings, where both are printed."""
    columns = {id(cell): cell.column for cell in row.cells}
    found: _Figures = []
    for line in grid.rows[row.index + 1 :] if grid.ruled else ():
        cell = line[columns[total]]
        most = read_value(cell.text).number if cell is not None else None
        others = [each for level in levels if (each := line[columns[level]]) is not None and each is not cell]
        parts = [number for other in others if (number := read_value(other.text).number) is not None]
        if most is not None and parts:
            found.append((most, parts))
    return found


def _adds_up(figures: _Figures) -> bool:
    """Whether enough rows show that a column is the sum of the others."""
    told = [(most, parts) for most, parts in figures if len(parts) > 1 and most > max(parts)]
    return len(told) >= _FEWEST_SUMS and all(sum(parts) == most for most, parts in figures)


@functools.cache
def _level_words() -> tuple[re.Pattern[str], frozenset[str], frozenset[str], frozenset[str]]:
    loaded = data.load_yaml("forms/statistics-2014.yaml")
    totals, values = (frozenset(map(fold, loaded[key])) for key in ("level_totals", "level_values"))
    heads = frozenset(map(fold, (*loaded["header_words"], *loaded["units"])))
    return re.compile(f"(?:{'|'.join(loaded['levels'])})(?:数|数据)?"), totals, values, heads


def _head(grid: Grid) -> list[Row]:
    return [Row(grid, index) for index in range(min(len(grid.rows), _HEADED))]


def _bare(text: str) -> str:
    return fold(_NOTE.sub("", fold_characters(text)))


@functools.cache
def _head_words() -> tuple[frozenset[str], frozenset[str]]:
    loaded = data.load_yaml("forms/statistics-2014.yaml")
    headings = data.load_yaml("forms/headings.yaml")
    return frozenset(map(fold, loaded["label_heads"])), frozenset(
        map(fold, (*loaded["beside"], *headings["changes"], *headings["of_another_time"]))
    )
