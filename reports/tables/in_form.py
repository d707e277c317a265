"""A grid as the forms are printed: this year's columns, years called as the form calls them, and not on its side."""

from __future__ import annotations

from reports.document import Document, Grid
from reports.tables.coordinates import without_coordinates
from reports.tables.crowded import taken_apart
from reports.tables.itemised import as_table, is_turned
from reports.tables.limits import MOST_ROWS
from reports.tables.long_form import as_rows
from reports.tables.named_cells import unnamed
from reports.tables.named_years import in_words_of_the_form
from reports.tables.parted_labels import rejoined
from reports.tables.rows import Row
from reports.tables.turned import is_on_its_side, is_summary, turned
from reports.tables.two_times import of_this_time

_MOST_ACROSS = 4  # rows of table 2 with all its figures in one


def in_form(grid: Grid, document: Document) -> list[Row]:
    """The rows of the grid, reshaped where it has another shape than the forms; none of a summary of many organs."""
    rows = rows_of(grid)
    if rows and rows[0].cells[1:] and rows[0].cells[1].text == "A" and (bare := without_coordinates(grid, rows)):
        grid, rows = bare, rows_of(bare)
    if (reduced := of_this_time(grid, rows, document)) is not None:
        rows = rows_of(reduced)
    if rows and (named := in_words_of_the_form(rows[0].grid, document)) is not rows[0].grid:
        rows = rows_of(named)
    one_each = any(row.of_applications and row.numbers > 2 for row in rows)
    if not one_each and rows and (parted := taken_apart(rows[0].grid, rows) or as_rows(rows[0].grid, rows, document)):
        rows = rows_of(parted)
    if (mended := rejoined(rows)) is not None:
        rows = rows_of(mended)
    if rows and _may_name_figures(rows) and (unpaired := unnamed(rows[0].grid, rows)) is not None:
        rows = rows_of(unpaired)
    if is_summary(rows):
        return rows_of(turned(rows[0].grid)) if is_on_its_side(rows) else []
    if any(row.labels("figure") and row.numbers for row in rows) or _names_no_figure(rows):
        if is_turned(rows):
            return rows_of(turned(rows[0].grid))
        if rows and (table := as_table(rows[0].grid, rows)) is not None:
            return rows_of(table)
    return rows


def rows_of(grid: Grid) -> list[Row]:
    """The rows of a grid that are read."""
    return [Row(grid, index) for index in range(min(len(grid.rows), MOST_ROWS))]


def _may_name_figures(rows: list[Row]) -> bool:
    """A row names several of its own figures, or all of table 2 stand in one row."""
    for row in rows:
        if any(len(row.labels(kind)) > 4 for kind in ("column", "outcome")) and row.numbers > 1:
            return True
        if not row.numbers and any(":" in cell.text or "：" in cell.text for cell in row.cells):
            return True
    return len(rows) <= _MOST_ACROSS and sum(bool(row.numbers) for row in rows) == 1


def _names_no_figure(rows: list[Row]) -> bool:
    """Numbers behind words, none of which is a label: perhaps kind and figure are named in one."""
    return any(row.numbers == 1 for row in rows) and not any(row.labelled for row in rows if row.numbers)
