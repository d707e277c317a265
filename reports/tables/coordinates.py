"""Sheets published with their own coordinates: A, B, C … over the columns, 1, 2, 3 … beside the rows."""

from __future__ import annotations

from reports.document import Cell, Grid
from reports.tables.rows import Row
from reports.tables.sequence import Moved

_LEAST = 3  # columns and rows that are named so


def without_coordinates(grid: Grid, rows: list[Row]) -> Grid | None:
    """The grid without the row of letters and the column of numbers; None where it has none."""
    letters = [cell.text for cell in rows[0].cells]
    if len(letters) <= _LEAST or len(rows) <= _LEAST or letters[1:3] != ["A", "B"] or letters[0]:
        return None
    if any(row.cells[0].text != str(number) or row.cells[0].column for number, row in enumerate(rows[1:], 1)):
        return None
    moved: dict[int, Cell] = {}
    lines: list[list[Cell | None]] = []
    for line in grid.rows[1 : len(rows)]:
        for cell in line[1:]:
            if cell is not None and id(cell) not in moved:
                origin = (grid.index, cell.row, cell.column)
                moved[id(cell)] = Moved(
                    cell.text, cell.row - 1, cell.column - 1, cell.rowspan, cell.colspan, cell.box, origin=origin
                )
        lines.append([None if cell is None else moved[id(cell)] for cell in line[1:]])
    return Grid(grid.index, lines, grid.page, grid.sheet, grid.hidden, ruled=grid.ruled, uncertain=grid.uncertain)
