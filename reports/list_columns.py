"""Which columns of a 统计表 hold the report's own figures: not last year's, not their change, not a code's."""

from __future__ import annotations

import functools
import re

import data
from reports.document import Document, Grid
from reports.tables.labels import fold, fold_characters
from reports.tables.rows import Row
from reports.tables.two_times import of_this_time, without

WIDEST = 120  # places
_HEADED = 8  # rows in which the headings stand
_LONGEST_HEADING = 16  # characters: 较上年增减(%)
_NOTE = re.compile(r"[(\[【].*?[)\]】]")


def own_columns(grid: Grid, document: Document) -> Grid:
    """The grid without the columns of another year, where two stand side by side, and of what is no figure."""
    if grid.width > WIDEST:
        return grid
    grid = of_this_time(grid, _head(grid), document) or grid
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
