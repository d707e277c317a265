"""Which cell of a row belongs to which column: by the order of the author's own cells, or by where they lie.

Real tables have header and body spans that disagree (a value with colspan 2 under another column than in the header):
there the order is what the author meant. Where a row has fewer cells than columns, only the places can tell.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from reports.document import Cell, Grid
from reports.tables.numbers import is_counter
from reports.tables.rows import Row, Token, token_of

How = Literal["order", "place", "none"]
_KINDS_OF_APPLICANTS = 7  # columns of table 3, the one whose sums cover every cell
_ROWS_ASKED = 60  # of a grid: enough for any of the forms


class Column(msgspec.Struct, frozen=True):
    """A column of a form in a grid: its key (None for one that the form does not have) and the places it covers."""

    key: str | None
    name: str
    left: int
    right: int  # the first place after it


class Aligned(msgspec.Struct):
    """One row's cells by column.

    ``cells`` holds None where the row has no cell there; ``merged`` the columns whose cell covers several columns or
    rows, or that hold several cells; ``left_over`` are printed cells that belong to no column.
    """

    how: How
    cells: dict[str, Cell | None]
    extra: list[tuple[str, Cell]]
    merged: set[str]
    left_over: list[Cell]


def once(columns: list[Column], beside: bool) -> list[Column]:
    """A heading repeated in each place that it should span is one heading: below, and ``beside`` where asked for.

    The same words right beside each other are one heading too: what lies under them says whether it is one figure.
    """
    joined: list[Column] = []
    for column in columns:
        last = joined[-1] if joined else None
        repeated = last is not None and (beside or last.name == column.name)
        if last is not None and last.key == column.key and column.left < last.right + repeated:
            joined[-1] = Column(last.key, last.name, last.left, max(last.right, column.right))
        else:
            joined.append(column)
    return joined


def align(columns: list[Column], row: Row, start: int, grid: Grid | None, header: Row | None = None) -> Aligned:
    """Align a row's own cells from its ``start``-th with the columns.

    ``grid`` is the grid of the header, whose places count only for rows of the same grid; None where they are not to
    be trusted. ``header``: the last header row, which shows where a grid without rules is as wide as the row.
    """
    values = row.cells[start:]
    count = len(columns)
    blanks_at_end = 0
    while len(values) - blanks_at_end > count and not values[-1 - blanks_at_end].text:
        blanks_at_end += 1
    if count and len(values) == count and not (grid is row.grid and _reaches_over(columns, values)):
        return _by_order(columns, values[:count])
    further = len(values) - count
    if 0 < further <= blanks_at_end and values[0].text and count and further <= padding(row.grid):
        return _by_order(columns, values[:count])  # columns that nobody filled end every row
    if grid is None and further > 0 and (labels := labels_before(row.grid)) + count == len(row.cells):
        return _by_order(columns, row.cells[labels:])
    if further > 0 and not row.grid.ruled and _is_padded_before(values, further, count) and _others_are(row, further):
        return _by_order(columns, values[further:])
    alike = header is not None and header.grid is row.grid and len(header.cells) == len(row.cells)
    if grid is row.grid and count and (grid.ruled or alike or rectangular(grid)):
        return by_place(columns, row, start)
    if grid is not None and grid is not row.grid and grid.width == row.grid.width == len(row.cells) and count:
        return by_place(columns, row, start)  # the rest of an unmerged table, below a page break
    return Aligned("none", {}, [], set(), [cell for cell in values if cell.text])


def _is_padded_before(values: list[Cell], further: int, count: int) -> bool:
    """All cells of a kind of applicants' row are there, and as many blanks as there are too many stand at its front.

    So programs print a label that reaches over several columns; the last cell is printed, and none can pad the end.
    """
    return count == _KINDS_OF_APPLICANTS and bool(values[-1].text) and not any(cell.text for cell in values[:further])


def _others_are(row: Row, further: int) -> bool:
    """Another row has as many blanks between its label and its figures: one alone was filled a column too far."""
    grid, count = row.grid, _KINDS_OF_APPLICANTS
    for other in range(min(len(grid.rows), _ROWS_ASKED)):
        cells = grid.own_cells(other)
        front, blanks, figures = cells[: -count - further], cells[-count - further : -count], cells[-count:]
        if other == row.index or not front or any(cell.text for cell in blanks) or not figures[-1].text:
            continue
        if token_of(front[-1].text).labels and any(token_of(cell.text).numeric for cell in figures):
            return True
    return False


def _reaches_over(columns: list[Column], values: list[Cell]) -> bool:
    """A blank cell behind the last heading makes up the number, because a figure before it covers two places."""
    return (
        not values[-1].text
        and values[-1].column >= max(column.right for column in columns)
        and any(cell.colspan > 1 for cell in values[:-1])
    )


def rectangular(grid: Grid) -> bool:
    """Every row prints every cell, so that the places of inferred columns can be trusted."""
    return all(len(grid.own_cells(row)) == grid.width for row in range(len(grid.rows)))


def padding(grid: Grid) -> int:
    """How many blank cells end every row of figures in a grid: columns that nobody filled."""
    least = len(grid.rows[0]) if grid.rows else 0
    for row in range(min(len(grid.rows), _ROWS_ASKED)):
        own = grid.own_cells(row)
        if len(own) < 3 or not any(token_of(cell.text).numeric for cell in own):
            continue  # a heading
        printed = next((place for place, cell in enumerate(reversed(own)) if cell.text), None)
        if printed is not None:
            least = min(least, printed)
    return least


def labels_before(grid: Grid) -> int:
    """How many columns of an unmerged grid, in which every row prints every cell, hold no figure in any row."""
    if not rectangular(grid):
        return 0
    tokens = [[token_of(cell.text) for cell in grid.own_cells(row)] for row in range(len(grid.rows))]
    free = 0
    while free < grid.width and not any(_is_figure(line[free]) for line in tokens):
        free += 1
    return free


def _is_figure(token: Token) -> bool:
    return token.numeric or token.value.state == "dash"


def _by_order(columns: list[Column], values: list[Cell]) -> Aligned:
    cells: dict[str, Cell | None] = {}
    aligned = Aligned("order", cells, [], set(), [])
    for column, cell in zip(columns, values, strict=True):
        key = column.key
        if key is None:
            aligned.extra.append((column.name, cell))
        else:
            cells[key] = cell
            if cell.rowspan > 1 and cell.text:
                aligned.merged.add(key)
    return aligned


def by_place(columns: list[Column], row: Row, start: int) -> Aligned:
    """Align by the places that cells cover in the expanded grid: what a browser shows under each heading."""
    aligned = Aligned("place", {}, [], set(), [])
    line = row.grid.rows[row.index]
    label_cells = {id(cell) for cell in row.cells[:start]}
    owner: dict[int, list[str]] = {}
    for column in columns:
        under: list[Cell] = []
        for place in range(column.left, min(column.right, len(line))):
            cell = line[place]
            if cell is not None and id(cell) not in label_cells and (not under or under[-1] is not cell):
                under.append(cell)
        printed = [cell for cell in under if not token_of(cell.text).blank]
        chosen = next(iter(printed or under), None)
        if column.key is None:
            if chosen is not None:
                aligned.extra.append((column.name, chosen))
            continue
        aligned.cells[column.key] = chosen
        repeated = len({cell.text for cell in printed}) == 1 and len(printed) == column.right - column.left
        if len(printed) > 1 and not repeated:  # a merged figure may be repeated in each place of its heading
            aligned.merged.add(column.key)
        for cell in printed if repeated else ():
            owner.setdefault(id(cell), []).append(column.key)
        if chosen is not None:
            if not repeated:
                owner.setdefault(id(chosen), []).append(column.key)
            if chosen.text and (chosen.row != row.index or chosen.rowspan > 1):
                aligned.merged.add(column.key)
    for cell in row.cells[start:]:
        keys = owner.get(id(cell), [])
        if len(keys) > 1 and token_of(cell.text).value.state not in ("blank", "dash"):
            aligned.merged.update(keys)
        if keys or not cell.text or is_counter(cell.text):
            continue  # a column 单位 says 件 in every row
        if not any(cell is each for _, each in aligned.extra):
            aligned.left_over.append(cell)
    return aligned
