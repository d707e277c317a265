"""Table 2 written otherwise than with a row for each kind: on its side, or as a list with one figure a line.

A list names kind and figure before each number, in two cells (规章 | 本年制发件数 | 3) or in one (规章本年制发件数).
"""

from __future__ import annotations

from reports.document import Cell, Grid
from reports.tables.kind_and_figure import kind_and_figure
from reports.tables.labels import exact_labels, fold
from reports.tables.numbers import is_counter, is_unit
from reports.tables.rows import Row, token_of
from reports.tables.sequence import Moved

_FEWEST = 3  # figures of a list
Item = tuple[Cell, Cell, Cell]  # kind, figure, value


def is_turned(rows: list[Row]) -> bool:
    """The kinds (规章, 行政许可) stand over the figures, and what is counted before them."""
    headed = [row for row in rows if row.labels("kind") and not row.numbers and not row.labels("figure")]
    counted = [row for row in rows if row.numbers]
    return bool(headed and counted) and all(row.labels("figure") and not row.labels("kind") for row in counted)


def as_table(grid: Grid, rows: list[Row]) -> Grid | None:
    """A list of figures in the rows of the form; None where the grid is no such list."""
    items: dict[str, list[Item]] = {}
    others: list[Row] = []
    for row in rows:
        if (item := _item(row)) is not None:
            items.setdefault(fold(item[0].text), []).append(item)
        elif row.numbers:
            others.append(row)
    if sum(map(len, items.values())) < _FEWEST or any(row.labelled or row.numbers > 2 for row in others):
        return None
    lines: list[list[Cell]] = []
    for listed in items.values():
        for place in (1, 2):
            cells = [listed[0][0] if place == 2 else Cell("", 0, 0), *(item[place] for item in listed)]
            lines.append([_moved(grid, cell, len(lines), x) for x, cell in enumerate(cells)])
    for row in others:
        lines.append([_moved(grid, cell, len(lines), x) for x, cell in enumerate(row.cells)])
    width = max(map(len, lines))
    padded: list[list[Cell | None]] = [[*line, *[None] * (width - len(line))] for line in lines]
    return Grid(grid.index, padded, grid.page, grid.sheet, grid.hidden, ruled=grid.ruled,
                uncertain=[*grid.uncertain, "the table is a list of figures"])  # fmt: skip


def _item(row: Row) -> Item | None:
    """The kind, the figure and the value of a line; None of another one."""
    if not row.cells or row.tokens[-1].labels:
        return None
    value = row.cells[-1]
    before = [cell for cell in row.covering() if cell is not value]
    if len(before) > 1 and is_unit(before[-1].text):  # 规章制发件数 | 件 | 3
        before = [*before[:-2], _counted_in(before[-2], before[-1])]
    if before and before[-1].text and (parts := kind_and_figure(before[-1].text)):
        kind, figure = (Cell(text, before[-1].row, before[-1].column) for text in parts)
        return kind, figure, value
    if not before or not any(label.kind == "figure" for label in exact_labels(before[-1].text)):
        return None
    named = next((cell for cell in reversed(before[:-1]) if _is_kind(cell.text)), None)
    return None if named is None else (named, before[-1], value)


def _counted_in(figure: Cell, unit: Cell) -> Cell:
    """The heading with the unit that stands in a cell of its own, where that changes what is counted."""
    if is_counter(unit.text):
        return figure
    return Cell(f"{figure.text}（单位：{unit.text}）", figure.row, figure.column)


def _is_kind(text: str) -> bool:
    return any(label.kind == "kind" for label in token_of(text).labels if label.exact)


def _moved(grid: Grid, cell: Cell, row: int, column: int) -> Moved:
    return Moved(cell.text, row, column, origin=(grid.index, cell.row, cell.column))
