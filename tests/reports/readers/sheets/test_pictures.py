"""Pictures on the cells of a workbook: one in place of a figure is no blank, a seal or logo changes nothing."""

import io
import struct

import openpyxl
import pytest
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor, TwoCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from PIL import Image as Painted

from reports.readers import read, read_again
from reports.readers.sheets.xls_drawings import Drawings

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


def with_picture(*anchors, merge=None):
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    for anchor in anchors:
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


def shape(left, top, right, bottom, *, art=b""):
    """A drawing record of one shape that begins and ends in the middle of cells."""
    anchor = struct.pack("<9H", 0, left, 200, top, 50, right, 800, bottom, 200)
    inner = struct.pack("<HHI", 0, 0xF00B, len(art)) + art + struct.pack("<HHI", 0, 0xF010, 18) + anchor
    return 0xEC, struct.pack("<HHI", 0xF, 0xF004, len(inner)) + inner


def thing(kind):
    return 0x5D, struct.pack("<HHH", 0x15, 18, kind) + b"\0" * 16


def written(length):
    return 0x1B6, b"\0" * 10 + struct.pack("<H", length) + b"\0" * 6


@pytest.mark.parametrize(
    ("records", "pictured"),
    [
        ([shape(1, 1, 1, 1), thing(8)], {(1, 1)}),
        ([shape(1, 1, 1, 1), thing(6), written(2)], {(1, 1)}),
        ([shape(1, 1, 1, 1), thing(6), written(0)], set()),
        ([shape(1, 1, 1, 1), thing(0x19), written(9)], set()),  # a note, which is not printed
        ([shape(1, 1, 1, 1, art=b"\xc0\xc0\x04\0\0\0" + "12".encode("utf-16-le")), thing(0x1E)], {(1, 1)}),
        ([shape(1, 1, 1, 1), thing(0), shape(2, 2, 2, 2), thing(8)], {(2, 2)}),  # a group, a picture
        ([shape(0, 0, 9, 9), thing(8)], set()),  # a seal
        ([(0xEC, b"\x0f\0\4\xf0\xff\xff\xff\xff\0\0\x10\xf0\x12"), thing(8)], set()),  # cut short
        ([(0x7D, struct.pack("<3H", 0, 9, 9000)), shape(1, 1, 2, 1), thing(8)], {(1, 1)}),
    ],
)
def test_drawings_of_a_binary_workbook(records, pictured):
    drawings = Drawings()
    for code, record in records:
        drawings.note(code, record)
    assert drawings.cells() == pictured
