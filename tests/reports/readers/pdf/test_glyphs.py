"""PDF: characters stand where the page shows them, whatever the file does to place them."""

import io

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from reports.readers import read


def with_a_text_of_its_own(canvas: Canvas, x: float, y: float, character: str, size: float) -> None:
    """A character drawn with a text beside its glyph, as browsers give those that share a glyph with a radical."""
    canvas._code.append(f"/Span <</ActualText <FEFF{ord(character):04X}>>> BDC")
    canvas.setFont("STSong-Light", size)
    canvas.drawString(x, y, character)
    canvas._code.append("EMC")


@pytest.mark.parametrize("character", ["行", "一", "目"])
@pytest.mark.parametrize("scale", [0.25, 1.0, 2.0])
def test_characters_with_a_text_of_their_own_stand_in_their_line_in_a_scaled_form(character: str, scale: float) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(400, 300))
    size = 12 / scale
    canvas.beginForm("page", upperx=400 / scale, uppery=300 / scale)
    x, y = 60 / scale, 200 / scale
    canvas.setFont("STSong-Light", size)
    canvas.drawString(x, y, "本")
    with_a_text_of_its_own(canvas, x + size, y, character, size)
    canvas.setFont("STSong-Light", size)
    canvas.drawString(x + 2 * size, y, "年共有如下各项")
    canvas.endForm()
    canvas.translate(11, -7)
    canvas.scale(scale, scale)
    canvas.doForm("page")
    canvas.save()
    (document,) = read(held.getvalue(), name="x.pdf")
    assert [part.text for part in document.paragraphs] == [f"本{character}年共有如下各项"]
    assert not document.problems


@pytest.mark.parametrize("apart", [30, 60])
def test_a_row_of_figures_drawn_in_one_piece_keeps_to_its_cells(apart: int) -> None:
    """Programs that print by way of cairo draw what stands on one line in one piece, its figures evenly apart."""
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(500, 300))
    for y in (200, 220, 240):
        canvas.line(50, y, 50 + 5 * apart, y)
    for x in range(50, 51 + 5 * apart, apart):
        canvas.line(x, 200, x, 240)
    text = canvas.beginText(58, 206)
    text.setFont("Helvetica", 10)
    gap = round(100 * apart - 556)
    text._code.append("[" + f" -{gap} ".join(f"({digit})" for digit in "20041") + "] TJ")
    canvas.drawText(text)
    canvas.save()
    (document,) = read(held.getvalue(), name="x.pdf")
    (grid,) = document.grids
    assert [cell.text for cell in grid.rows[1] if cell] == ["2", "0", "0", "4", "1"]
