"""Labels of tables without ruled lines that a page break cuts: their rest stands alone at the top of the next page."""

from __future__ import annotations

from reports.document import Cell, Grid
from reports.readers.pdf.unruled.headings import names_row
from reports.readers.pdf.unruled.words import is_figure


def mend_label(above: Grid, below: Grid) -> None:
    """Joins the rest of a row's label to its beginning on the page before, where together they are one of the forms'.

    The figures stand beside the one or the other.
    """
    if not above.rows or not below.rows:
        return
    last = len(above.rows) - 1
    begun, rest = _label(above, last), _label(below, 0)
    if begun is None or rest is None or names_row(begun.text) or not names_row(begun.text + rest.text):
        return
    figured, alone = _has_figures(above, last), not _has_figures(below, 0)
    if figured and alone and len(_told(below, 0)) == 1:
        begun.text += rest.text
        _remove(below, 0)
    elif not figured and not alone and begun.text and len(_told(above, last)) == 1:
        rest.text = begun.text + rest.text
        _remove(above, last)


def _told(grid: Grid, row: int) -> list[Cell]:
    return [cell for cell in grid.own_cells(row) if cell.text]


def _label(grid: Grid, row: int) -> Cell | None:
    """The last text before a row's figures; where there is none, the empty cell beside them."""
    label = None
    for cell in grid.own_cells(row):
        if is_figure(cell.text):
            break
        if cell.text or label is None or not label.text:
            label = cell
    return label


def _has_figures(grid: Grid, row: int) -> bool:
    return any(is_figure(cell.text) for cell in _told(grid, row))


def _remove(grid: Grid, row: int) -> None:
    for line in grid.rows[row + 1 :]:
        for cell in {id(cell): cell for cell in line if cell is not None}.values():
            cell.row -= 1
    del grid.rows[row]
