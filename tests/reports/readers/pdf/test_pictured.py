"""PDF: figures that are drawn, not written. A cell that shows one is not blank."""

import io

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from reports.readers import read
from reports.readers.pdf.page import UNREADABLE

SEVEN = ((0, 8), (5, 8), (5, 7), (2, 0), (1, 0), (4, 7), (0, 7))


def table(draw, *, ruled=True):
    """Two rows of a label and three figures; ``draw`` writes the first, at 210, 200."""
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(420, 300))
    canvas.setFont("Helvetica", 11)
    for row, label in enumerate(("one", "two")):
        canvas.drawString(60, 200 - 30 * row, label)
        for column, figure in enumerate(("12", "34", "56")):
            if row or column:
                canvas.drawString(210 + 60 * column, 200 - 30 * row, figure)
    if ruled:
        for row in range(3):
            canvas.line(50, 220 - 30 * row, 380, 220 - 30 * row)
        for x in (50, 200, 260, 320, 380):
            canvas.line(x, 220, x, 160)
    draw(canvas)
    canvas.save()
    (document,) = read(held.getvalue(), name="x.pdf")
    (grid,) = document.grids
    return [[cell.text for cell in grid.own_cells(row)] for row in range(len(grid.rows))]


def outline(canvas):
    path = canvas.beginPath()
    for number, (x, y) in enumerate(SEVEN):
        (path.lineTo if number else path.moveTo)(210 + x, 200 + y)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def picture(canvas):
    canvas.drawImage(ImageReader(Image.new("L", (8, 8), 90)), 210, 200, 12, 9)


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("draw", [outline, picture])
def test_a_figure_that_is_drawn_is_unreadable_not_blank(draw, ruled):
    assert table(draw, ruled=ruled) == [["one", UNREADABLE, "34", "56"], ["two", "12", "34", "56"]]


def circled(canvas):
    canvas.drawString(210, 200, "12")
    canvas.setFillGray(0.9)
    canvas.circle(215, 204, 9, stroke=0, fill=1)
    canvas.setFillGray(0)
    canvas.drawString(210, 200, "12")


def ticked(canvas):
    canvas.drawString(210, 200, "12")
    canvas.translate(-165, 0)
    outline(canvas)


def framed(canvas):
    canvas.roundRect(201, 191, 58, 28, 3, stroke=0, fill=0)
    canvas.setFillGray(0.95)
    canvas.roundRect(201, 191, 58, 28, 3, stroke=0, fill=1)


@pytest.mark.parametrize(("draw", "text"), [(circled, "12"), (ticked, "12"), (framed, "")])
def test_drawings_that_are_no_figures_say_nothing(draw, text):
    assert table(draw)[0] == ["one", text, "34", "56"]
