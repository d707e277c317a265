"""A second reading that finds fewer figures balances all the easier: it does not stand in for the first."""

from __future__ import annotations

from demo.figures import COLUMNS, balanced
from reports import read_document
from reports.document import Document
from reports.tables.find import find_tables
from reports.tables.rows import Reading
from reports.tables.settle import settle
from tests.reports.tables.pages import body, page


def read(source: bytes) -> Document:
    return read_document(source, name="page.html", url=None, content_type=None)


def count(reading: Reading) -> int:
    return sum(cell.value is not None for cell in reading.cells.values())


def test_a_second_reading_that_lost_figures_is_not_taken() -> None:
    figures = balanced("one cell is wrong")
    (right,) = find_tables(read(page(body(figures))))
    largest = max(int(cell.value or 0) for cell in right.readings["applications"].cells.values())
    document = read(page(body(figures).replace(f">{largest}<", f">{largest + 7}<", 1)))
    (tables,) = find_tables(document)
    lost = read(page(body(figures.columns_blanked(*COLUMNS))))
    (empty,) = find_tables(lost)
    figures_read = count(tables.readings["applications"])
    assert count(empty.readings["applications"]) < figures_read
    settled = settle(document, tables, 0, lambda pages: lost)
    assert count(settled.readings["applications"]) == figures_read
