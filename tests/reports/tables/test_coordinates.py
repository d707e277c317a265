"""A sheet published with its own coordinates: A, B, C … over the columns, 1, 2, 3 … beside the rows."""

import re

from demo.figures import balanced
from demo.layout import layout
from reports.forms import TABLES
from tests.reports.tables.pages import HEADINGS, differences, table_html
from tests.reports.tables.test_other_shapes import TAIL, read_one

FIGURES = balanced("coordinates", requests=200)


def with_coordinates(html, width):
    beside = iter(range(1, 100))
    letters = "".join(f"<th>{chr(65 + place)}</th>" for place in range(width))
    rows = re.sub("<tr>", lambda _: f"<tr><th>{next(beside)}</th>", html)
    return rows.replace("<table>", f"<table><tr><th></th>{letters}</tr>", 1)


def test_letters_and_numbers_are_no_cells_of_the_forms():
    parts = "".join(
        f"<p>{HEADINGS[table]}</p>{with_coordinates(table_html(layout(table, FIGURES)), width)}"
        for table, width in zip(TABLES, (4, 10, 15), strict=True)
    )
    record = read_one(f"<p>一、总体情况</p>{parts}{TAIL}")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")
    assert next(cell.position for cell in record.cells if cell.table == "review") == (2, 4, 1)
