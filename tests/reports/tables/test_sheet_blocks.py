"""Sheets whose tables stand side by side, years one below another, or one of them on its side."""

import io

import pytest
import xlsxwriter

from demo.figures import balanced
from demo.layout import expanded, layout
from reports.extract import extract
from reports.forms import TABLES
from reports.readers import read
from tests.reports.tables.pages import HEADINGS, differences

FIGURES, OLD = balanced("blocks", requests=300), balanced("blocks-old", requests=200)
TITLE = "青山县民政局{}年政府信息公开工作年度报告"


def workbook(*put):
    """A sheet with texts and tables at the given rows and columns."""
    return sheets(("年报", put))


def sheets(*named):
    """A workbook of such sheets with their names."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, put in named:
            fill(book.add_worksheet(name), put)
    return out.getvalue()


def fill(sheet, put):
    for top, left, what in put:
        lines = [[(what, True)]] if isinstance(what, str) else what
        for y, line in enumerate(lines):
            for x, (text, first) in enumerate(line):
                if first and text:
                    number = float(text) if text.replace(".", "", 1).lstrip("-").isdigit() else text
                    sheet.write(top + y, left + x, number)


def cells(table, figures=FIGURES):
    return [[(cell.text, first) for cell, first in line] for line in expanded(layout(table, figures))]


ONE, TWO, THREE = (cells(table) for table in TABLES)
PLACES = {
    "2 and 3 side by side": [(2, 0, ONE), (2, 6, TWO), (40, 0, THREE)],
    "3 and 4 side by side": [(2, 0, ONE), (20, 0, TWO), (20, 12, THREE)],
    "all in one row": [(2, 0, ONE), (2, 6, TWO), (2, 18, THREE)],
}


@pytest.mark.parametrize("kind", PLACES)
def test_tables_side_by_side(kind):
    source = workbook((0, 0, TITLE.format(2023)), *PLACES[kind])
    (record,) = extract(source, name="a.xlsx")
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")
    (document,) = read(source, name="a.xlsx")
    (grid,) = document.grids
    assert all(grid.rows[cell.position[1]][cell.position[2]].text == cell.raw for cell in record.cells)


def test_years_one_below_another_are_reports_of_their_own():
    put, at = [], 0
    for year, figures in ((2023, FIGURES), (2022, OLD)):
        put += [(at, 0, TITLE.format(year)), (at + 1, 0, "一、总体情况"), (at + 2, 0, "各项工作有序开展。")]
        at += 3
        for table in TABLES:
            lines = cells(table, figures)
            put += [(at, 0, HEADINGS[table]), (at + 1, 0, lines)]
            at += len(lines) + 2
    found = extract(workbook(*put), name="a.xlsx")
    assert [(record.year, record.verdict) for record in found] == [(2023, "verified"), (2022, "verified")]
    assert [differences(record, figures) for record, figures in zip(found, (FIGURES, OLD), strict=True)] == [[], []]


@pytest.mark.parametrize(
    ("name", "line", "verdict"),
    [
        ("2022年依申请", "", "incomplete"),
        ("2022年依申请", "2023年依申请公开情况", "verified"),
        ("2023年依申请", "", "verified"),
        ("依申请", "", "verified"),
    ],
)
def test_a_sheet_that_is_called_by_another_year_is_doubted(name, line, verdict):
    rest = [(0, 0, TITLE.format(2023)), (2, 0, ONE), (40, 0, THREE)]
    (record,) = extract(sheets(("年报", rest), (name, [(0, 0, line), (1, 0, TWO)])), name="a.xlsx")
    assert record.verdict == verdict
