"""PDF: what is read is what a reader of the page sees."""

import io

import pypdfium2
import pytest
from PIL import Image
from pypdfium2 import PdfMatrix as Matrix
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

import reports
from demo.render import pdf
from reports.readers import read, read_again
from tests.gold.cases import DIRTS, case


def page(draw, *, rotation=0, crop=None, size=(400, 300)):
    """A page with a ruled table of two columns and three rows; ``draw`` writes into its second cell, at 210, 200."""
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=size)
    if rotation:
        canvas.setPageRotation(rotation)
    if crop:
        canvas.setCropBox(crop)
    canvas.setFont("Helvetica", 12)
    for number, label in enumerate(("one", "two", "three")):
        canvas.drawString(60, 200 - 30 * number, label)
    for number in range(4):
        canvas.line(50, 220 - 30 * number, 350, 220 - 30 * number)
    for x in (50, 200, 350):
        canvas.line(x, 220, x, 130)
    canvas.drawString(210, 170, "7")
    canvas.drawString(210, 140, "8")
    draw(canvas)
    canvas.save()
    return held.getvalue()


def twelve(canvas):
    canvas.drawString(210, 200, "12")


def text(mode=0, string="12", size=12, at=(210, 200), colour=0):
    def draw(canvas):
        written = canvas.beginText(*at)
        written.setFont("Helvetica", size)
        written.setTextRenderMode(mode)
        written.setFillGray(colour)
        written.textOut(string)
        canvas.drawText(written)

    return draw


def raised(canvas):
    twelve(canvas)
    text(string="1", size=7, at=(223.5, 205))(canvas)


def barely_raised(canvas):
    twelve(canvas)
    text(string="1", size=8, at=(223.5, 203))(canvas)


def bold(canvas):
    for shift in (0, 0.3):
        canvas.drawString(210 + shift, 200, "1122")


def corrected(canvas):
    twelve(canvas)
    canvas.setFillGray(1)
    canvas.rect(205, 195, 60, 18, stroke=0, fill=1)
    canvas.setFillGray(0)
    canvas.drawString(210, 200, "15")


def half_covered(canvas):
    canvas.drawString(210, 200, "1234")
    canvas.setFillGray(1)
    canvas.rect(205, 195, 18, 18, stroke=0, fill=1)
    canvas.setFillGray(0)


def picture(shade):
    return ImageReader(Image.new("L", (4, 4), shade))


def under_a_picture(canvas):
    twelve(canvas)
    canvas.drawImage(picture(255), 205, 195, 60, 18)
    canvas.drawString(210, 200, "15")


def white_on_dark(canvas):
    canvas.drawImage(picture(40), 205, 195, 60, 18)
    text(colour=1)(canvas)


def white_beside(canvas):
    twelve(canvas)
    text(string="0", colour=1, at=(222.6, 200))(canvas)


def struck(canvas):
    twelve(canvas)
    canvas.line(209, 204, 216, 204)


def underlined(canvas):
    twelve(canvas)
    canvas.line(209, 198.5, 224, 198.5)


def clip(canvas, *box):
    path = canvas.beginPath()
    path.rect(*box)
    canvas.clipPath(path, stroke=0)


def clipped(canvas):
    canvas.saveState()
    clip(canvas, 300, 20, 40, 40)
    twelve(canvas)
    canvas.restoreState()
    canvas.drawString(210, 200, "15")


def cut_wide(canvas):
    canvas.saveState()
    clip(canvas, 205, 195, 60, 18)
    twelve(canvas)
    canvas.restoreState()


def over_each_other(canvas):
    twelve(canvas)
    canvas.drawString(210, 200, "15")


def in_a_field(canvas):
    canvas.acroForm.textfield(value="12", x=205, y=195, width=60, height=18, borderWidth=0, fontSize=10)


def second(canvas_text):
    return [[cell.text for cell in grid.own_cells(row)] for grid in canvas_text.grids for row in range(len(grid.rows))]


WANTED = {
    "plain": (twelve, "12", []),
    "raised": (raised, "12[1]", []),
    "barely raised": (barely_raised, "12[1]", []),
    "bold by printing twice": (bold, "1122", []),
    "covered and written anew": (corrected, "15", ["text-hidden"]),
    "covered in part": (half_covered, "\ufffd\ufffd34", ["text-unseen"]),
    "under a picture": (under_a_picture, "15", ["text-hidden"]),
    "outside its clip": (clipped, "15", ["text-hidden"]),
    "inside its clip": (cut_wide, "12", []),
    "invisible": (text(mode=3), "", ["text-hidden"]),
    "white on white": (text(colour=1), "", ["text-hidden"]),
    "white on a dark picture": (white_on_dark, "12", []),
    "white over the edge of another": (white_beside, "12", ["text-hidden"]),
    "struck out": (struck, "\ufffd2", []),
    "underlined": (underlined, "12", []),
    "typed into a field": (in_a_field, "12", []),
}


@pytest.mark.parametrize("shape", WANTED)
def test_a_cell_of_pdf(shape):
    draw, wanted, problems = WANTED[shape]
    (document,) = read(page(draw), name="x.pdf")
    assert second(document) == [["one", wanted], ["two", "7"], ["three", "8"]]
    assert [problem.code for problem in document.problems] == problems
    if wanted.isdigit():
        again = read_again(page(draw), document)
        assert any(cell == wanted for row in second(again) for cell in row)


def test_two_figures_in_one_place_are_no_figure():
    (document,) = read(page(over_each_other), name="x.pdf")
    assert "\ufffd" in second(document)[0][1]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_turned_pages(rotation):
    (document,) = read(page(twelve, rotation=rotation), name="x.pdf")
    assert second(document) == [["one", "12"], ["two", "7"], ["three", "8"]]


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_text_that_stands_upright_on_a_turned_page(turns):
    def draw(canvas):
        twelve(canvas)

    source = page(draw)
    file = pypdfium2.PdfDocument(source)
    turned = file[0]
    for item in turned.get_objects():
        item.transform(
            {1: Matrix(0, 1, -1, 0, 300, 0), 2: Matrix(-1, 0, 0, -1, 400, 300), 3: Matrix(0, -1, 1, 0, 0, 400)}[turns]
        )
    if turns != 2:
        turned.set_mediabox(0, 0, 300, 400)
    turned.set_rotation(90 * turns)
    turned.gen_content()
    held = io.BytesIO()
    file.save(held)
    (document,) = read(held.getvalue(), name="x.pdf")
    assert second(document) == [["one", "12"], ["two", "7"], ["three", "8"]]


def test_what_is_outside_the_visible_part_of_the_page_is_left_out():
    def draw(canvas):
        twelve(canvas)
        canvas.drawString(380, 200, "99")
        canvas.drawString(60, 5, "draft")

    (document,) = read(page(draw, crop=(40, 20, 360, 280)), name="x.pdf")
    assert second(document) == [["one", "12"], ["two", "7"], ["three", "8"]]
    assert not list(document.paragraphs)
    assert [problem.code for problem in document.problems] == ["text-off-page"]


def test_text_under_a_scan_is_marked_as_recognised():
    def draw(canvas):
        text(mode=3)(canvas)
        canvas.drawImage(picture(255), 0, 0, 400, 300)

    (document,) = read(page(draw), name="x.pdf")
    assert document.ocr
    assert "12" in [cell for row in second(document) for cell in row]
    assert [problem.code for problem in document.problems] == ["text-recognised"]


def test_a_report_with_doubled_text_is_verified():
    made = case(DIRTS[0], 1, "sight")
    (record,) = reports.extract(pdf.render(made.report, bold=True), name="x.pdf")
    assert record.verdict == "verified"
