"""Table 3 on its side, with a row for each kind of applicant; and summaries of many organs under the same headings."""

from __future__ import annotations

from reports.document import Cell, Grid
from reports.tables.rows import OWN_ROWS, Row
from reports.tables.sequence import Moved

_LEAST_ROWS, _LEAST_COLUMNS = 8, 5  # labels of the form's rows across the top, of its columns down the side
_SUMMARY = 3  # labels of the form's rows side by side: no row of the form has more than one, and two groups over it


def heads_across(row: Row) -> int:
    """How many different rows of table 3 the cells of one row name."""
    return len({label.key for _, label in row.labels("row") if label.key not in OWN_ROWS and label.exact})


def is_on_its_side(rows: list[Row]) -> bool:
    """Outcomes stand across the top and applicants down the side."""
    across = max((heads_across(row) for row in rows[:4]), default=0)
    if across < _LEAST_ROWS:
        return False
    down = {label.key for row in rows for cell, label in row.labels("column") if cell.column <= 2}
    return len(down) >= _LEAST_COLUMNS


def is_summary(rows: list[Row]) -> bool:
    """Headings of the form across the top, and below them something else than the form has: organs, years."""
    top = [row for row in rows[:4] if not row.numbers]
    if any(heads_across(row) >= _SUMMARY or _groups_across(row) >= _SUMMARY for row in top):
        return True
    if any(heads_across(row) for row in rows):
        return False
    headed = any(len(row.labels(kind)) >= _SUMMARY for row in top for kind in ("outcome", "column"))
    return headed and sum(_is_named(row) for row in rows) >= _SUMMARY


def _groups_across(row: Row) -> int:
    return len({label.key for _, label in row.labels("group") if label.exact})


def _is_named(row: Row) -> bool:
    """Figures behind a name that no form has."""
    names = [token for token in row.tokens[:2] if token.value.state == "unreadable" and not token.labels]
    return row.numbers >= 5 and bool(names) and not row.labelled


def turned(grid: Grid) -> Grid:
    """The grid with rows and columns exchanged; its cells know where they stand in the source."""
    moved: dict[int, Cell] = {}
    lines: list[list[Cell | None]] = []
    for x in range(grid.width):
        line: list[Cell | None] = []
        for row in grid.rows:
            cell = row[x]
            if cell is None:
                line.append(None)
                continue
            if id(cell) not in moved:
                origin = (grid.index, cell.row, cell.column)
                moved[id(cell)] = Moved(
                    cell.text, cell.column, cell.row, cell.colspan, cell.rowspan, cell.box, origin=origin
                )
            line.append(moved[id(cell)])
        lines.append(line)
    return Grid(grid.index, lines, page=grid.page, sheet=grid.sheet, hidden=grid.hidden, ruled=grid.ruled,
                uncertain=[*grid.uncertain, "the table stands on its side"])  # fmt: skip
