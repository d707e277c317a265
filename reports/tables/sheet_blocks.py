"""A sheet of a workbook taken apart where rows or columns of it are blank: tables side by side, or years below another.

A page has a table each for them; a sheet is one grid. Asked only where the grid as a whole does not give the tables.
"""

from __future__ import annotations

from dataclasses import replace

from reports.document import Cell, Document, Grid, Paragraph
from reports.readers.alone import lines_around
from reports.tables.sequence import Moved

_NARROWEST = 2  # columns of a table
_MOST_ROWS = 1_000


def apart(document: Document) -> Document | None:
    """The document with the blocks of its sheets as grids, and the lines between them; None where no sheet has two."""
    flow: list[Paragraph | Grid] = []
    made = False
    left_out = 0  # lines below a sheet, which stand among its blocks now
    for part in document.flow:
        if isinstance(part, Paragraph):
            if left_out:
                left_out -= 1
            else:
                flow.append(part)
            continue
        blocks = _blocks(part) if part.sheet is not None and len(part.rows) <= _MOST_ROWS else []
        if len(blocks) < 2:
            flow.append(part)
            continue
        made = True
        above, below = map(len, lines_around(part))
        del flow[len(flow) - above :]
        left_out = below
        for block in blocks:
            before, behind = lines_around(block)
            flow += [Paragraph(text, 0, hidden=block.hidden) for text in before]
            flow += [block] if block.width >= _NARROWEST else []
            flow += [Paragraph(text, 0, hidden=block.hidden) for text in behind]
    if not made:
        return None
    whole = replace(document, flow=flow)
    for number, paragraph in enumerate(whole.paragraphs):
        paragraph.index = number
    return whole


def _blocks(grid: Grid) -> list[Grid]:
    filled = [[cell is not None and cell.text != "" for cell in row] for row in grid.rows]
    found: list[Grid] = []
    for rows in _runs([any(row) for row in filled]):
        columns = _runs([any(filled[y][x] for y in rows) for x in range(grid.width)])
        found += [_block(grid, rows, each) for each in columns]
    return found


def _runs(filled: list[bool]) -> list[range]:
    """The stretches of rows or columns without a blank one."""
    found: list[range] = []
    start: int | None = None
    for at, each in enumerate([*filled, False]):
        if each:
            start = at if start is None else start
        elif start is not None:
            found.append(range(start, at))
            start = None
    return found


def _block(grid: Grid, rows: range, columns: range) -> Grid:
    moved: dict[int, Cell] = {}

    def cell_at(y: int, x: int) -> Cell | None:
        cell = grid.rows[y][x]
        if cell is None:
            return None
        if id(cell) not in moved:
            spans = min(cell.rowspan, rows.stop - cell.row), min(cell.colspan, columns.stop - cell.column)
            origin = (grid.index, cell.row, cell.column)
            moved[id(cell)] = Moved(cell.text, y - rows.start, x - columns.start, *spans, cell.box, origin=origin)
        return moved[id(cell)]

    lines = [[cell_at(y, x) for x in columns] for y in rows]
    return replace(grid, rows=lines, own=None, laid=None)
