"""Pictures on the cells of a workbook: one in place of a figure is no blank, a seal or logo changes nothing."""

import io

import openpyxl
import pytest
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor, TwoCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from PIL import Image as Painted

from reports.readers import read, read_again

ROWS = [["政府信息公开情况", None, None], ["许可", None, 3], ["处罚", 12, None], ["强制", 0, 5]]
POINT = 12_700  # EMU


def small(row, column, begin=2):
    size = XDRPositiveSize2D(40 * POINT, 11 * POINT)
    return OneCellAnchor(AnchorMarker(col=column, row=row, colOff=2 * POINT, rowOff=begin * POINT), ext=size)


def between(top, left, bottom, right, begin=1, end=12):
    return TwoCellAnchor(
        _from=AnchorMarker(col=left, row=top, colOff=POINT, rowOff=begin * POINT),
        to=AnchorMarker(col=right, row=bottom, colOff=20 * POINT, rowOff=end * POINT),
    )


def with_picture(anchor, *, merge=None):
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    held = io.BytesIO()
    Painted.new("RGB", (40, 12), "white").save(held, "png")
    picture = Image(held)
    picture.anchor = anchor
    book.active.add_image(picture)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def texts(document):
    (grid,) = document.grids
    return [[cell.text for cell in row] for row in grid.rows]


def expected(*pictured):
    shown = [["" if value is None else str(value) for value in row] for row in ROWS]
    for row, column in pictured:
        shown[row][column] = "[图]"
    return shown


@pytest.mark.parametrize(
    ("anchor", "pictured"),
    [
        (small(1, 1), [(1, 1)]),
        (between(1, 1, 1, 1), [(1, 1)]),
        (between(1, 1, 2, 1, begin=2, end=2), [(1, 1)]),  # a little over the lower edge
        (small(0, 1, begin=13), [(1, 1)]),  # begins above its cell
        (small(2, 2), [(2, 2)]),
        (small(2, 1), []),  # on a cell that prints a figure
        (between(0, 0, 3, 2), []),  # a seal
        (OneCellAnchor(AnchorMarker(col=1, row=1), ext=XDRPositiveSize2D(110 * POINT, 110 * POINT)), []),
        (small(9, 1), []),  # below the table
    ],
)
def test_a_picture_on_an_empty_cell(anchor, pictured):
    source = with_picture(anchor)
    (document,) = read(source, name="a.xlsx")
    assert texts(document) == expected(*pictured)
    again = read_again(source, document)
    assert again is not None and texts(again) == expected(*pictured)


def test_a_logo_beside_a_title_leaves_the_title_one():
    (document,) = read(with_picture(small(0, 1)), name="a.xlsx")
    assert [part.text for part in document.paragraphs] == ["政府信息公开情况"]


def test_a_picture_anywhere_on_a_merged_empty_cell():
    (document,) = read(with_picture(small(1, 2), merge="B1:C1"), name="a.xlsx")
    assert texts(document)[1] == ["许可", "", "3"]
    (document,) = read(with_picture(small(0, 2), merge="B1:C1"), name="a.xlsx")
    assert texts(document)[0] == ["政府信息公开情况", "[图]", "[图]"]
