"""A page that has room for a table's header alone, and the next one that prints the header again above the rows."""

from dataclasses import replace

import pytest

from demo.figures import balanced
from demo.layout import Layout
from reports.record import Table
from tests.reports.tables.pages import differences, read


def header_alone(of: Table):
    """The header of one table by itself, its corner as narrow as one column, and then the whole table."""

    def bend(table: Table, rows: Layout) -> list[Layout]:
        if table != of:
            return [rows]
        header = rows[: next(at for at, row in enumerate(rows) if any(cell.code for cell in row))]
        narrow = [[replace(cell, colspan=1) if table == "applications" and (y, x) == (0, 0) else cell
                   for x, cell in enumerate(row)] for y, row in enumerate(header)]  # fmt: skip
        return [narrow, rows]

    return bend


@pytest.mark.parametrize("table", ["applications", "review"])
def test_the_header_that_stands_above_the_rows_counts(table):
    figures = balanced("header alone", proactive="2021", applications="2021", requests=900)
    record = read(figures, header_alone(table))
    assert differences(record, figures) == []
    assert record.verdict == "verified", [problem.message for problem in record.problems]
