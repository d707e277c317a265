"""Tables of a list that is too long for a page: its pieces below page breaks, and its halves side by side."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import data
from reports.document import Grid

MOST_ROWS = 2000  # of one grid


def goes_on(above: Grid | None, grid: Grid) -> bool:
    """Whether a table is the rest of another one below a page break, which may be one line."""
    return above is not None and above.page is not None and grid.page == above.page + 1 and grid.width == above.width


def in_halves(grids: list[Grid]) -> Iterator[tuple[list[Grid], list[tuple[int, int]]]]:
    """The tables, each with the columns of its parts; what goes on below a page break belongs to the piece above.

    A long form is printed in halves side by side, each with its own heads: the first is read to its end, then the next.
    """
    pieces: list[Grid] = []
    halves: list[tuple[int, int]] = []
    for grid in grids:
        found = _halves(grid)
        if pieces and len(halves) > 1 and len(found) == 1 and grid.width == pieces[-1].width:
            pieces.append(grid)
            continue
        if pieces:
            yield pieces, halves
        pieces, halves = [grid], found
    if pieces:
        yield pieces, halves


def _halves(grid: Grid) -> list[tuple[int, int]]:
    """The columns of the form's parts, by the heads over its labels."""
    for row in range(min(len(grid.rows), MOST_ROWS)):
        heads = [cell.column for cell in grid.own_cells(row) if "".join(cell.text.split()) in _label_heads()]
        if len(heads) > 1:
            starts = [0, *heads[1:]]
            return list(zip(starts, [*starts[1:], grid.width], strict=True))
    return [(0, grid.width)]


@functools.cache
def _label_heads() -> frozenset[str]:
    """What stands over the column of labels."""
    return frozenset(data.load_yaml("forms/statistics-2014.yaml")["label_heads"])
