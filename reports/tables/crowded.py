"""Cells that hold what the form prints in several: all figures of a row, or all lines of a column.

Editors leave them where a table was pasted as text: ``予以公开 | 5 0 0 0 0 1 6``, or one row whose cells hold a line
for each row of the form. A cell is taken apart only into as many pieces as the form has columns, or as the labels
beside it have lines.
"""

from __future__ import annotations

from collections.abc import Sequence

from reports.document import Cell, Grid
from reports.tables.applications_form import COLUMNS
from reports.tables.labels import exact_labels
from reports.tables.listed import figures_in, is_value, names_in
from reports.tables.rows import Row, token_of
from reports.tables.sequence import Moved

CROWDED = "cells hold several figures"
_LEAST_ROWS = 8  # of table 3, each with all its figures in one cell
_LEAST_NAMES = 5  # of the kinds of applicants in one cell
_LEAST_LINES = 2  # rows of the form in the lines of one row's cells
_LONGEST_LABEL = 4  # cells before the figures, at most
_Line = list[tuple[str, Cell]]  # texts of a new row, each with the cell where it stands


def taken_apart(grid: Grid, rows: list[Row]) -> Grid | None:
    """The grid with a cell for each figure; None where its cells hold one each."""
    lines = _rows_in_cells(rows) or _columns_in_cells(rows)
    if not lines:
        return None
    width = max(map(len, lines))
    made: list[list[Cell | None]] = []
    for number, line in enumerate(lines):
        cells: list[Cell | None] = [
            Moved(text, number, place, origin=(grid.index, cell.row, cell.column))
            for place, (text, cell) in enumerate(line)
        ]
        made.append(cells + [None] * (width - len(line)))
    return Grid(grid.index, made, grid.page, grid.sheet, grid.hidden, ruled=grid.ruled,
                uncertain=[*grid.uncertain, CROWDED])  # fmt: skip


def _rows_in_cells(rows: list[Row]) -> list[_Line]:
    """The rows of table 3 whose figures stand in one cell each; nothing where hardly any does."""
    if any(row.of_applications and row.numbers > 1 for row in rows):
        return []
    parted = {row.index: figures for row in rows if (figures := _figures(row))}
    if len(parted) < _LEAST_ROWS:
        return []
    lines: list[_Line] = []
    headed = any(names for names, _ in parted.values())
    for row in rows:
        names, values = parted.get(row.index, ((), ()))
        behind = row.cells[-1] if row.cells else None
        if names and behind is not None:
            lines.append([("", behind), *((name, behind) for name in names)])
        if values and behind is not None:
            lines.append([*((cell.text, cell) for cell in row.cells[:-1]), *((value, behind) for value in values)])
        else:
            headed = headed or any(len(names_in(cell.text)) >= _LEAST_NAMES for cell in row.cells)
            lines.append([(text, cell) for cell in row.cells for text in names_in(cell.text) or (cell.text,)])
    return lines if headed else []  # no sum tells one kind of organisations from another


def _figures(row: Row) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The names, where it gives them, and the figures in the last cell of a row of table 3."""
    if not row.labels("row") or not 1 < len(row.cells) <= _LONGEST_LABEL or row.tokens[-1].labels:
        return None
    found = figures_in(row.cells[-1].text)
    return found if found is not None and len(found[1]) == len(COLUMNS) else None


def _columns_in_cells(rows: list[Row]) -> list[_Line]:
    """The rows of a form that stand in the lines of one row's cells; nothing where no row is so."""
    lines: list[_Line] = []
    found = False
    for row in rows:
        if several := _lines(row):
            found = True
            lines += [[(texts[number], cell) for texts, cell in several] for number in range(len(several[0][0]))]
        else:
            lines.append([(cell.text, cell) for cell in row.cells])
    return lines if found else []


def _lines(row: Row) -> list[tuple[Sequence[str], Cell]]:
    """The lines of each cell of a row: labels of the form in the first, as many figures in each of the others."""
    if row.numbers or len(row.cells) < 2 or "\n" not in row.cells[0].text:
        return []
    several: list[tuple[Sequence[str], Cell]] = [(cell.text.split("\n"), cell) for cell in row.cells]
    labels = several[0][0]
    if len(labels) < _LEAST_LINES or any(len(texts) != len(labels) for texts, _ in several):
        return []
    named = all(any(label.kind in ("row", "kind") for label in exact_labels(text)) for text in labels)
    figures = all(is_value(token_of(text)) for texts, _ in several[1:] for text in texts)
    return several if named and figures else []
