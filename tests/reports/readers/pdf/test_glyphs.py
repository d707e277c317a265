"""PDF: characters stand where the page shows them, whatever the file does to place them."""

import io
import shutil
from itertools import pairwise
from pathlib import Path

import docx
import pypdfium2
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from reports.readers import read
from reports.readers.pdf import calls
from reports.readers.pdf.content import page_content
from reports.readers.pdf.seen.type_size import of_its_size
from tests.gold.files import by_libreoffice, by_program


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


@pytest.mark.parametrize("begins", [-150, 300])
def test_an_even_line_is_read_as_far_as_it_is_on_the_page(begins: int) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(400, 300))
    canvas.setFont("STSong-Light", 12)
    line = "一年来办公室统一受理登记和答复依申请公开工作"
    canvas.drawString(begins, 200, line)
    canvas.drawString(60, 160, "本年没有行政复议")
    canvas.save()
    (document,) = read(held.getvalue(), name="x.pdf")
    seen = "".join(text for place, text in enumerate(line) if 0 <= begins + 12 * place + 6 <= 400)
    assert 0 < len(seen) < len(line)
    assert "".join(part.text for part in document.paragraphs) == seen + "本年没有行政复议"


@pytest.mark.slow
def test_a_long_line_of_a_font_without_heights_is_placed_as_one(tmp_path: Path) -> None:
    """Of the fonts of LibreOffice's longer files pdfium knows the ink only: 一 is flat, a comma small and low."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice, which prints the page of this test, is not installed")
    line = "本年机关的依申请公开工作，由办公室统一受理、登记和答复，目录每月更新，无一逾期"
    many = "".join(map(chr, range(0x5200, 0x52C0)))  # characters, as a long text has
    texts = [f"{line}，全年共收到申请37件。{line}。", many, "受理机关数目一览表"]
    written = docx.Document()
    for text in texts:
        written.add_paragraph(text)
    written.save(str(tmp_path / "x.docx"))
    source = by_program((tmp_path / "x.docx").read_bytes(), "x.docx", by_libreoffice("pdf"), "x.pdf")
    (document,) = read(source, name="x.pdf")
    assert [part.text for part in document.paragraphs] == texts
    file = pypdfium2.PdfDocument(source)
    page = page_content(file, 0)
    file.close()
    assert page is not None
    assert len({(glyph.top, glyph.bottom) for glyph in page.glyphs[:30]}) == 1
    assert len({(glyph.top, glyph.bottom) for glyph in page.glyphs[-9:]}) > 1  # as in a cell: each has its own
    assert all(abs(right.left - left.right) < 0.1 for left, right in pairwise(page.glyphs[:30]))


def test_a_character_is_no_higher_than_its_type_where_its_font_says_so() -> None:
    """Ghostscript writes fonts with a descent and an ascent of three lines: rows would lie over each other."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(400, 300))
    canvas.setFont("STSong-Light", 10)
    canvas.drawString(60, 200, "规")
    canvas.save()
    text = pypdfium2.PdfDocument(held.getvalue())[0].get_textpage()
    left, bottom, right, top = text.get_charbox(0, loose=True)
    page = calls.fixed(text.raw)
    assert of_its_size(page, 0, (left, bottom - 8, right, top + 8)) == pytest.approx((60, 198.8, 70, 208.8))
    assert of_its_size(page, 0, (left, bottom, right, top)) == (left, bottom, right, top)
