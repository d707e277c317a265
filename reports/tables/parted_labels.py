"""Labels cut over two rows of a grid, with the row's figures beside one of the pieces.

Programs that make Word files and sheets of PDFs make a row of each printed line: ``（四）结转下年`` with the figures,
``度继续办理`` and blanks below it.
"""

from __future__ import annotations

from typing import Final

from reports.document import Cell, Grid
from reports.tables.labels import exact_labels
from reports.tables.rows import Row
from reports.tables.sequence import Moved

_FEWEST: Final = 3  # figures in a row: one of table 2, 3 or 4 that has a label
_KINDS: Final = frozenset(("row", "kind"))


def rejoined(rows: list[Row]) -> Grid | None:
    """The grid with such labels whole, in the row of their figures; None where there is none."""
    moved: dict[int, Cell] = {}
    for at, row in enumerate(rows):
        if row.numbers < _FEWEST or any(label.kind in _KINDS for _, label in row.labelled):
            continue
        piece = _piece(row)
        if piece is None:
            continue
        above, below = (_rest(rows, place, piece) for place in (at - 1, at + 1))
        for pieces in ([above, piece], [piece, below], [above, piece, below]):
            held = [each for each in pieces if each is not None and id(each) not in moved]
            label = "".join(each.text for each in held)
            if len(held) == len(pieces) and any(each.kind in _KINDS for each in exact_labels(label)):
                for each in held:
                    moved[id(each)] = _moved(each, label if each is piece else "", rows[0].grid)
                break
    if not moved:
        return None
    grid = rows[0].grid
    lines = [[moved.get(id(cell), cell) for cell in row] for row in grid.rows]
    return Grid(grid.index, lines, grid.page, grid.sheet, grid.hidden, grid.nested, grid.layout, grid.ruled,
                grid.uncertain)  # fmt: skip


def _piece(row: Row) -> Cell | None:
    """The text before the row's first figure, where that is no label."""
    found: Cell | None = None
    for cell, token in zip(row.cells, row.tokens, strict=True):
        if token.numeric:
            break
        if cell.text:
            found = cell
    return found if found is not None and not exact_labels(found.text) else None


def _rest(rows: list[Row], place: int, piece: Cell) -> Cell | None:
    """The only text of a row, where it stands over or under the piece."""
    if not 0 <= place < len(rows):
        return None
    texts = [cell for cell in rows[place].cells if cell.text]
    return texts[0] if len(texts) == 1 and texts[0].column == piece.column else None


def _moved(cell: Cell, text: str, grid: Grid) -> Cell:
    return Moved(text, cell.row, cell.column, cell.rowspan, cell.colspan, cell.box,
                 origin=(grid.index, cell.row, cell.column))  # fmt: skip
