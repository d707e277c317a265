"""Tables with each row in a table of its own, one below the other: editors of pages for telephones make such."""

from __future__ import annotations

import itertools
from dataclasses import replace

from reports.document import Cell, Document, Grid, Paragraph
from reports.tables.sequence import Moved

_LEAST = 3  # tables of one row that follow each other


def joined(document: Document) -> Document | None:
    """The document with each run of tables of one row as one table; None without any."""
    flow: list[Paragraph | Grid] = []
    made = False
    for one_row, parts in itertools.groupby(document.flow, key=_is_one_row):
        run = [part for part in parts if isinstance(part, Grid) or not one_row]
        if one_row and len(run) >= _LEAST:
            flow.append(_whole([part for part in run if isinstance(part, Grid)]))
            made = True
        else:
            flow += run
    return replace(document, flow=flow) if made else None


def _is_one_row(part: Paragraph | Grid) -> bool:
    return isinstance(part, Grid) and len(part.rows) == 1 and not part.hidden and not part.layout


def _whole(run: list[Grid]) -> Grid:
    width = max(grid.width for grid in run)
    rows: list[list[Cell | None]] = []
    for number, grid in enumerate(run):
        moved: dict[int, Cell] = {}
        row: list[Cell | None] = []
        for cell in grid.rows[0]:
            if cell is not None and id(cell) not in moved:
                origin = (grid.index, cell.row, cell.column)
                moved[id(cell)] = Moved(cell.text, number, cell.column, 1, cell.colspan, cell.box, origin=origin)
            row.append(None if cell is None else moved[id(cell)])
        rows.append(row + [None] * (width - len(row)))
    return Grid(run[0].index, rows, run[0].page, run[0].sheet, ruled=False,
                uncertain=["each row is a table of its own"])  # fmt: skip
