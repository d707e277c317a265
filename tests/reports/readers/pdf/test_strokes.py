"""PDF: figures that strokes cross, that lines and points belong to, and that cannot be seen for other causes."""

import pytest
from reportlab.lib.colors import white
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

from reports.readers import read
from tests.reports.readers.pdf.test_sight import clip, page, second, text, twelve

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))


def crossed(canvas):
    twelve(canvas)
    canvas.line(208, 198, 225, 211)
    canvas.line(208, 211, 225, 198)


def scrawled(canvas):
    twelve(canvas)
    canvas.bezier(208, 198, 214, 215, 218, 195, 226, 210)


def diagonal_of_the_cell(canvas):
    text(string="1", at=(340, 200))(canvas)
    canvas.line(200, 190, 350, 220)


def diagonal_beside(canvas):
    twelve(canvas)
    canvas.line(235, 195, 250, 212)


def sign_drawn(canvas):
    twelve(canvas)
    canvas.line(204, 204, 208.5, 204)


def one_drawn(canvas):
    twelve(canvas)
    canvas.line(226, 200, 226, 208.5)


def stroke_in_a_digit(canvas):
    text(string="3")(canvas)
    canvas.line(211.5, 200.5, 211.5, 208)


def point_drawn(canvas):
    twelve(canvas)
    canvas.circle(225, 200.5, 0.6, fill=1)
    text(string="34", at=(226.5, 200))(canvas)


def dotted(canvas):
    twelve(canvas)
    for number in range(40):
        canvas.rect(202 + 3 * number, 199, 1, 1, stroke=0, fill=1)


def in_strips(canvas):
    twelve(canvas)
    canvas.setFillGray(1)
    for x in range(205, 230, 2):
        canvas.rect(x, 195, 2.05, 18, stroke=0, fill=1)
    canvas.setFillGray(0)


def under_a_frame(canvas):
    twelve(canvas)
    canvas.setFillGray(1)
    canvas.rect(205, 195, 60, 18, stroke=1, fill=1)
    canvas.setFillGray(0)


def under_a_shading(canvas):
    twelve(canvas)
    canvas.saveState()
    clip(canvas, 205, 195, 60, 18)
    canvas.linearGradient(205, 195, 265, 213, (white, white))
    canvas.restoreState()


def under_blocks(canvas):
    twelve(canvas)
    canvas.setFont("STSong-Light", 14)
    canvas.setFillGray(1)
    canvas.drawString(208, 199, "■■")
    canvas.setFillGray(0)


def under_an_ellipse(canvas):
    twelve(canvas)
    canvas.setFillGray(1)
    canvas.ellipse(205, 195, 228, 213, stroke=0, fill=1)
    canvas.setFillGray(0)


def under_a_veil(alpha, colour):
    def draw(canvas):
        twelve(canvas)
        canvas.setFillColorRGB(*colour)
        canvas.setFillAlpha(alpha)
        canvas.rect(205, 195, 60, 18, stroke=0, fill=1)
        canvas.setFillAlpha(1)
        canvas.setFillGray(0)

    return draw


def under_a_broad_stroke(canvas):
    twelve(canvas)
    canvas.setStrokeGray(1)
    canvas.setLineWidth(18)
    canvas.line(207, 202, 228, 205)
    canvas.setStrokeGray(0)
    canvas.setLineWidth(1)


def red_on_red(canvas):
    canvas.setFillColorRGB(0.9, 0.1, 0.1)
    canvas.rect(205, 195, 60, 18, stroke=0, fill=1)
    twelve(canvas)
    canvas.setFillGray(0)


def red_on_yellow(canvas):
    canvas.setFillColorRGB(1, 1, 0.6)
    canvas.rect(205, 195, 60, 18, stroke=0, fill=1)
    canvas.setFillColorRGB(0.9, 0.1, 0.1)
    twelve(canvas)
    canvas.setFillGray(0)


def struck_by_a_character(canvas):
    canvas._code.append("/Span <</ActualText <FEFF003103360032>>> BDC")
    canvas.drawString(210, 200, "1-2")
    canvas._code.append("EMC")


def squeezed(canvas):
    written = canvas.beginText(210, 200)
    written.setHorizScale(1)
    written.textOut("12")
    canvas.drawText(written)


def in_a_form(right):
    def draw(canvas):
        canvas.beginForm(f"form{right}", 0, 0, right, 300)
        canvas.setFont("Helvetica", 12)
        twelve(canvas)
        canvas.endForm()
        canvas.doForm(f"form{right}")

    return draw


UNREADABLE = "\ufffd"
WANTED = {
    "crossed out": (crossed, None),
    "scrawled over": (scrawled, None),
    "a diagonal across an empty part of the cell": (diagonal_beside, "12"),
    "under the cell's diagonal": (diagonal_of_the_cell, None),
    "a sign that is drawn": (sign_drawn, None),
    "a digit that is drawn": (one_drawn, None),
    "a stroke in a digit": (stroke_in_a_digit, None),
    "a point that is drawn": (point_drawn, None),
    "over a dotted line": (dotted, "12"),
    "covered in strips": (in_strips, None),
    "under a frame": (under_a_frame, ""),
    "under a shading": (under_a_shading, ""),
    "under white blocks": (under_blocks, None),
    "under an ellipse": (under_an_ellipse, ""),
    "under a veil": (under_a_veil(0.97, (1, 1, 1)), ""),
    "highlighted": (under_a_veil(0.6, (1, 1, 0)), "12"),
    "under a broad stroke": (under_a_broad_stroke, ""),
    "red on red": (red_on_red, ""),
    "red on yellow": (red_on_yellow, "12"),
    "too small": (text(size=0.6), None),
    "struck by a character": (struck_by_a_character, None),
    "squeezed": (squeezed, None),
    "cut off by its form": (in_a_form(100), ""),
    "in a form": (in_a_form(400), "12"),
}


@pytest.mark.parametrize("shape", WANTED)
def test_only_what_is_seen_is_a_figure(shape):
    draw, wanted = WANTED[shape]
    (document,) = read(page(draw), name="x.pdf")
    cell = second(document)[0][1]
    if wanted is None:
        assert UNREADABLE in cell or cell == ""
    elif wanted == "":
        assert cell == "" or UNREADABLE in cell
    else:
        assert cell == wanted
