"""Tables whose cells are known by their right edges, as in Word's binary and RTF files.

These formats have no column spans: a wide cell simply ends at a later edge than the cells below it. The edges of all
rows together are the columns.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from reports.readers.flow import Line, Table, TableCell, says_the_same

SAME_EDGE = 60  # twentieths of a point: edges that should be one differ by rounding; the narrowest column is 300


@dataclass(slots=True)
class EdgedCell:
    """A cell with its right edge, and the ways in which it is merged with its neighbours."""

    blocks: list[Line | Table] = field(default_factory=list)
    edge: int = 0
    sideways: bool = False  # goes on with the cell on its left
    begins: bool = False  # first of a downward merge
    down: bool = False  # goes on with the cell above


def table_from_edges(
    index: int, rows: Sequence[Sequence[EdgedCell]], starts: Sequence[int] = (), *, covers: bool = False
) -> Table:
    """The table with spans. ``starts`` are the left edges of the rows, where they are known.

    ``covers``: of cells merged downward the first covers what the others hold; else one with other text is not merged.
    """
    columns = _columns([cell.edge for row in rows for cell in row], starts)
    left = _columns(list(starts), ())
    offset = {}
    if left:
        offset = {y: bisect_right(columns, start - SAME_EDGE) for y, start in enumerate(starts)}
    table = Table(index)
    above: dict[int, TableCell] = {}
    for y, row in enumerate(rows):
        cells: list[TableCell] = []
        now: dict[int, TableCell] = {}
        at = 0
        if offset.get(y):
            at = offset[y]
            cells.append(TableCell(colspan=at))  # the row begins further to the right than the table
        for source in row:
            span = max(1, bisect_right(columns, source.edge + SAME_EDGE // 2) - at)
            if source.sideways and cells:
                cells[-1].colspan += span
                cells[-1].blocks += source.blocks
            elif (
                source.down
                and at in above
                and above[at].colspan == span
                and (covers or not source.blocks or says_the_same(source.blocks, above[at].blocks))
            ):
                above[at].rowspan += 1
                now[at] = above[at]
            else:
                cell = TableCell(source.blocks, colspan=span)
                cells.append(cell)
                if source.begins or source.down:
                    now[at] = cell
            at += span
        above = now
        table.rows.append(cells)
    for cells in table.rows:
        for cell in cells:
            cell.close()
    table.close()
    return table


def _columns(edges: Sequence[int], starts: Sequence[int]) -> list[int]:
    """The distinct right edges, those within rounding taken as one (the largest of them)."""
    columns: list[int] = []
    first = 0
    floor = min(starts, default=-(10**9))
    for edge in sorted(set(edges)):
        if edge <= floor:
            continue
        if columns and edge - first <= SAME_EDGE:
            columns[-1] = edge
        else:
            columns.append(edge)
            first = edge
    return columns
