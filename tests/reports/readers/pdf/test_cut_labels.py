"""PDF: labels of tables without lines that a page break cuts."""

import pytest

from reports.document import Cell, Grid
from reports.readers.pdf.unruled.cut_labels import mend_label


def piece(rows: list[list[str]]) -> Grid:
    return Grid(0, [[Cell(text, y, x) for x, text in enumerate(row)] for y, row in enumerate(rows)], ruled=False)


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in grid.own_cells(y)] for y in range(len(grid.rows))]


NEXT = ["", "5.其他", "0", "0"]
WHOLE = ["", "4.无正当理由大量反复申请", "7", "8"]


@pytest.mark.parametrize(
    ("last", "first"),
    [
        (["", "4.无正当理由", "7", "8"], ["", "大量反复申请", "", ""]),
        (["", "", "7", "8"], ["", "4.无正当理由大量反复申请", "", ""]),
    ],
)
def test_the_rest_of_a_label_goes_up_to_its_figures(last: list[str], first: list[str]) -> None:
    above, below = piece([last]), piece([first, NEXT])
    mend_label(above, below)
    assert texts(above) == [WHOLE]
    assert texts(below) == [NEXT]
    assert [cell.row for row in below.rows for cell in row if cell is not None] == [0] * 4


def test_the_beginning_of_a_label_goes_down_to_its_figures() -> None:
    above, below = piece([NEXT, ["", "4.无正当理由", "", ""]]), piece([["", "大量反复申请", "7", "8"]])
    mend_label(above, below)
    assert texts(above) == [NEXT]
    assert texts(below) == [WHOLE]


@pytest.mark.parametrize("first", ["其中：线上", "四、政府信息公开行政复议、行政诉讼情况", "5.其他"])
def test_what_makes_no_label_of_the_forms_stays(first: str) -> None:
    for last in ("4.无正当理由大量反复申请", "4.无正当"):
        above, below = piece([["", last, "7", "8"]]), piece([[first, "", "", ""]])
        mend_label(above, below)
        assert texts(below) == [[first, "", "", ""]]
