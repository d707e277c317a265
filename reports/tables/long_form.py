"""Table 3 with a line for each figure, and with its labels in rows of their own.

Statistical programs print the first: ``予以公开 | 自然人 | 5``; pages for narrow screens the second: a row with the
label, and below it a row with the figures alone.
"""

from __future__ import annotations

import re

from reports.document import Cell, Document, Grid
from reports.tables.applications_form import COLUMNS
from reports.tables.labels import fold
from reports.tables.listed import is_value
from reports.tables.other_times import year_of
from reports.tables.rows import Row, token_of
from reports.tables.sequence import Moved

_YEAR = re.compile(r"(20[0-9]{2})(?:年度?)?")
_LEAST_FIGURES = 100  # of table 3 in lines of their own: it has 161 or 175
_LEAST_ROWS = 8  # labels in rows of their own


def as_rows(grid: Grid, rows: list[Row], document: Document) -> Grid | None:
    """The grid with a row for each row of the form; None where it has another shape."""
    lines = _of_figures(rows, document) if len(rows) > _LEAST_FIGURES else _below_labels(rows)
    if not lines:
        return None
    width = max(map(len, lines))
    made: list[list[Cell | None]] = []
    for number, line in enumerate(lines):
        cells: list[Cell | None] = [
            Moved(cell.text, number, place, origin=(grid.index, cell.row, cell.column))
            for place, cell in enumerate(line)
        ]
        made.append(cells + [None] * (width - len(line)))
    return Grid(grid.index, made, grid.page, grid.sheet, grid.hidden, ruled=grid.ruled,
                uncertain=[*grid.uncertain, "the rows of table 3 are printed in another shape"])  # fmt: skip


def _of_figures(rows: list[Row], document: Document) -> list[list[Cell]]:
    """Rows of the form from lines with one figure each; nothing where a figure comes twice, or is another year's."""
    behind = _column_of_figures([row.covering() for row in rows if row.numbers])
    across = [row.covering() for row in rows if row.numbers or row.labelled]
    across = [[cell for cell in cells if cell.column <= behind] for cells in across if cells[-1].column >= behind]
    across = [cells for cells in across if cells and is_value(token_of(cells[-1].text), blank=True)]
    if len(across) < _LEAST_FIGURES or any(cells[-1].column != behind for cells in across):
        return []
    years = {int(year[1]) for cells in across for cell in cells[:-1] if (year := _YEAR.fullmatch(cell.text))}
    if years and years != {year_of(document)}:
        return []
    places = [{cell.column for cell in cells[:-1] if token_of(cell.text).label("column")} for cells in across]
    where = frozenset.intersection(*map(frozenset, places))
    if len(where) != 1:
        return []
    found: dict[tuple[str, ...], dict[str, tuple[Cell, Cell]]] = {}  # by label: applicant and figure in each column
    before: dict[tuple[str, ...], list[Cell]] = {}
    for cells in across:
        applicant = next(cell for cell in cells if cell.column in where)
        label = token_of(applicant.text).label("column")
        named = [cell for cell in cells[:-1] if cell is not applicant and not token_of(cell.text).numeric]
        key = tuple(fold(cell.text) for cell in named)
        if label is None or label.key in found.setdefault(key, {}):
            return []
        found[key][label.key] = applicant, cells[-1]
        before[key] = named
    if any(len(figures) != len(COLUMNS) for figures in found.values()):
        return []
    width = max(map(len, before.values()))
    blank = Cell("", 0, 0)
    first = next(iter(found.values()))
    lines = [[*[blank] * width, *(first[column][0] for column in COLUMNS)]]
    for key, figures in found.items():
        lines.append([*before[key], *[blank] * (width - len(before[key])), *(figures[each][1] for each in COLUMNS)])
    return lines


def _column_of_figures(across: list[list[Cell]]) -> int:
    """Where the figures stand: behind all words, and behind a serial number or a year; -1 where nothing tells.

    A second column of figures may be another year's, or another organ's.
    """
    numbers: dict[int, list[str]] = {}
    for cells in across:
        for cell in cells:
            if token_of(cell.text).numeric:
                numbers.setdefault(cell.column, []).append(cell.text)
    told = [
        column
        for column, texts in numbers.items()
        if len(set(texts)) > 1 and texts != [str(number) for number in range(1, len(texts) + 1)]
    ]
    last = max((cell.column for cells in across for cell in cells if cell.text), default=-1)
    return told[0] if len(told) == 1 and told[0] == last else -1


def _below_labels(rows: list[Row]) -> list[list[Cell]]:
    """Each row's label and the figures in the row below it; nothing where rows hold both, or hardly any holds one."""
    if any(row.of_applications and row.numbers for row in rows):
        return []
    lines: list[list[Cell]] = []
    joined = 0
    for above, row in zip([None, *rows], rows, strict=False):
        alone = above is not None and bool(above.labels("row")) and not above.numbers
        figures = [cell for cell, token in zip(row.cells, row.tokens, strict=True) if token.numeric or cell.text == ""]
        if alone and above is not None and row.numbers and not row.labelled:
            lines[-1] = [*(cell for cell in above.cells if cell.text), *row.cells[len(row.cells) - len(COLUMNS) :]]
            joined += len(figures) >= len(COLUMNS)
        else:
            lines.append(row.cells)
    return lines if joined >= _LEAST_ROWS else []
