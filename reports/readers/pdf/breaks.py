"""Rows that a page break cuts through: the rest of their text goes back to where it began.

Of a header, whose cells are of several heights, what was printed above the break goes down to the rest.

Offices draw a line at the break, so that the rest looks like a row of its own, with blank cells below the figures.
What it is can be told from the text: a line that filled its cell runs on, no number begins a new label, and no row of
its own has words in the middle of the table and blanks beside them.
"""

from __future__ import annotations

import re

from reports.document import Cell, Grid
from reports.readers.pdf.lines import BEGINS
from reports.readers.pdf.unruled.headings import is_column

_APART = 3.0  # points: edges of the same column on two pages
_VALUE = re.compile(r"[\d０-９.,，．%/／\-－—+\s]*(?:件|条|项|个|元|万元)?")
_DIGITS = re.compile(r"[\d０-９,，．.]+(?:件|条|项|个)?")
_NOTE = re.compile(r"[（(:：]")  # of the header's corner
_FEWEST_HEADINGS = 3
_MOST_HEADERS = 6  # rows that are repeated at the top of each page


def mend_break(above: Grid, full: set[tuple[int, int]], below: Grid) -> None:
    """Joins the rest of a cut row, first in ``below``, to the last row of ``above``, the piece on the page before.

    ``full`` are the places of cells in ``above`` whose last line leaves no room for another character.
    """
    first = _repeated(above, below)
    if first >= len(below.rows):
        return
    ends = {
        _sides(cell): cell for cell in above.rows[-1] if cell is not None and cell.row + cell.rowspan == len(above.rows)
    }
    if first == 0 and _mend_header(ends, below):
        if not any(_texts(above, len(above.rows) - 1)):
            _remove(above, len(above.rows) - 1)
        return
    rests = [(cell, end) for cell in below.own_cells(first) if (end := _find(ends, cell)) is not None]
    if _are_rests_of_figures(rests, full) and len(rests) == len(below.own_cells(first)):
        for cell, end in rests:
            end.text += f" {cell.text}" if cell.text and _is_value(cell) else cell.text
        _remove(below, first)
        below.uncertain.append(f"digits below a page break were joined to those above it, row {first}")
        return
    if _are_figures_below(rests) and len(rests) == len(below.own_cells(first)):
        for cell, end in rests:
            end.text = end.text or cell.text
        _remove(below, first)
        below.uncertain.append(f"figures were joined to their row on the page before, row {first}")
        return
    if _is_label_below(rests):
        for cell, end in rests:
            end.text += cell.text
        _remove(below, first)
        below.uncertain.append(f"a label was joined to its figures on the page before, row {first}")
        return
    texts = [(cell, end) for cell, end in rests if cell.text and end.text]
    if not texts or any(BEGINS.match(cell.text) or _is_value(cell) or _is_value(end) for cell, end in texts):
        return
    cut = [BEGINS.match(end.text) or (end.row, end.column) in full for _, end in texts]
    label = min(end.column for end in ends.values() if end.text)
    if not all(cut) and not any(end.column > label for _, end in texts):
        return  # a label alone, unnumbered, with room for more: perhaps it is whole
    if any(cell.text and not _is_value(cell) for cell, end in rests if not end.text):
        return  # a label of its own
    whole = len(rests) == len(below.own_cells(first))
    if whole and all(bool(cell.text) == bool(end.text) for cell, end in rests):
        return  # nothing is blank above or below a figure: a row of texts only
    for cell, end in rests:
        end.text += cell.text
        cell.text = ""
    below.uncertain.append(f"the rest of a cut row was joined to the page before, row {first}")
    if not any(cell.text for cell in below.own_cells(first)):
        _remove(below, first)


def _are_rests_of_figures(rests: list[tuple[Cell, Cell]], full: set[tuple[int, int]]) -> bool:
    """Whether a row holds nothing but digits below full cells of digits, and perhaps the rest of their label.

    The space between them makes it a figure that only a sum can confirm.
    """
    texts = [(cell, end) for cell, end in rests if cell.text]
    digits = [(cell, end) for cell, end in texts if _is_value(cell)]
    if not 0 < len(digits) < sum(bool(end.text) and _is_value(end) for _, end in rests):
        return False
    if not all(_DIGITS.fullmatch(each.text) for pair in digits for each in pair):
        return False
    return all(
        end.text and ((end.row, end.column) in full or (BEGINS.match(end.text) and not _is_value(cell)))
        for cell, end in texts
    ) and not any(BEGINS.match(cell.text) for cell, _ in texts)


def _are_figures_below(rests: list[tuple[Cell, Cell]]) -> bool:
    """Whether a row has nothing but the figures that its first part, label and other figures, lacks on the page before.

    Cells with room for two lines go over to the next page, where the others stay: each column has one of both.
    """
    below = [(cell, end) for cell, end in rests if cell.text]
    above = [end for cell, end in rests if end.text]
    values = [end for end in above if _DIGITS.fullmatch(end.text) and end.rowspan == 1]
    label = max((end.column for end in above if not _is_value(end)), default=None)
    if label is None or not below or not values:
        return False
    if not all(_DIGITS.fullmatch(cell.text) and not end.text for cell, end in below):
        return False
    return all(cell.text or end.text for cell, end in rests if end.column > label)


def _is_label_below(rests: list[tuple[Cell, Cell]]) -> bool:
    """Whether a row's label, too high for what was left of the page, stands alone below its figures."""
    labels = [(cell, end) for cell, end in rests if cell.text]
    return (
        len(labels) == 1
        and not labels[0][1].text
        and not _is_value(labels[0][0])
        and sum(bool(end.text) and _is_value(end) for _, end in rests) >= _FEWEST_HEADINGS
        and all(_is_value(end) or end.rowspan > 1 for cell, end in rests if not cell.text)
    )


def _mend_header(ends: dict[tuple[float, float], Cell], below: Grid) -> bool:
    """Headings of columns whose cells a break cut: true where each is whole then, and some were not before."""
    first = next((number for number in range(len(below.rows)) if any(_texts(below, number))), 0)
    row = below.own_cells(first)
    pairs = [(cell, _find(ends, cell)) for cell in row]
    whole = [(cell, end, (end.text if end is not None else "") + cell.text) for cell, end in pairs]
    cut = [(cell, end, text) for cell, end, text in whole if end is not None and end.text and text]
    headings = [text for _, _, text in whole if text and not _NOTE.search(text)]
    own = any(cell.text and (end is None or not end.text) for cell, end in pairs)
    if not cut or not own or len(headings) < _FEWEST_HEADINGS or not all(map(is_column, headings)):
        return False
    for cell, end, text in cut:
        cell.text, end.text = text, ""
    below.uncertain.append("headings that a page break cut were joined from the page before")
    return True


def _is_value(cell: Cell) -> bool:
    return bool(_VALUE.fullmatch(cell.text))


def _repeated(above: Grid, below: Grid) -> int:
    """How many rows at the top of the lower piece are the header again."""
    count = 0
    while count < min(_MOST_HEADERS, len(above.rows), len(below.rows)) and _texts(above, count) == _texts(below, count):
        count += 1
    return count


def _texts(grid: Grid, row: int) -> list[str]:
    return [cell.text for cell in grid.own_cells(row)]


def _sides(cell: Cell) -> tuple[float, float]:
    return (cell.box.left, cell.box.right) if cell.box is not None else (0.0, 0.0)


def _find(ends: dict[tuple[float, float], Cell], cell: Cell) -> Cell | None:
    left, right = _sides(cell)
    for (x1, x2), end in ends.items():
        if abs(x1 - left) <= _APART and abs(x2 - right) <= _APART:
            return end
    return None


def _remove(grid: Grid, row: int) -> None:
    """Takes out a row that is blank now; cells that grow down from it begin in the next one."""
    for cell in {id(cell): cell for line in grid.rows for cell in line if cell is not None}.values():
        if cell.row > row:
            cell.row -= 1
        elif cell.row + cell.rowspan > row:
            cell.rowspan -= 1
    del grid.rows[row]
