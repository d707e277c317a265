"""How much of a source is looked at for tables. What lies beyond is told, never passed over in silence."""

from __future__ import annotations

from reports.document import Document
from reports.record import Problem

MOST_ROWS = 2000  # of one grid: the three forms together have fewer than a hundred
WIDEST = 120  # places: table 4 has 15, and layout grids a few dozen
MOST_TABLES = 40  # a page with several reports has six or nine


def beyond_limits(document: Document) -> list[Problem]:
    """The parts of a document's tables that are not read, because no report is so large."""
    found = []
    for grid in document.grids:
        rows, where = len(grid.rows), f"table {grid.index}"
        if grid.width > WIDEST:
            message = f"a table of {grid.width} columns was not read: more than {WIDEST}"
            found.append(Problem(code="table-too-wide", message=message, where=where))
        elif rows > MOST_ROWS:
            message = f"of a table of {rows} rows only the first {MOST_ROWS} were read"
            found.append(Problem(code="table-cut", message=message, where=where))
    if len(found) > 5:
        message = f"{len(found) - 5} further tables were too large to be read whole"
        found[5:] = [Problem(code="table-cut", message=message)]
    return found
