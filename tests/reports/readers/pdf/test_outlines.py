"""PDF: what a font draws against what it says it draws, in fonts of all kinds."""

import ctypes
import io

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from reports.readers import read
from reports.readers.pdf.page import UNREADABLE
from reports.readers.pdf.seen.drawn import digit_of_rows
from reports.readers.pdf.seen.outlines import has_outlines, shown_digit
from reports.readers.pdf.seen.shapes import digit_of, shape_of

VERA = ("Vera", "VeraBd", "VeraIt", "VeraBI")
for _name in VERA:
    pdfmetrics.registerFont(TTFont(_name, f"{_name}.ttf"))
pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
FONTS = (
    *VERA,
    "STSong-Light",
    "Helvetica",
    "Helvetica-Bold",
    "Times-Roman",
    "Times-Italic",
    "Times-BoldItalic",
    "Courier",
)


@pytest.mark.parametrize("name", FONTS)
def test_digits_of_a_sound_font_are_told_or_not_clear_but_never_others(name):
    held = io.BytesIO()
    canvas = Canvas(held)
    canvas.setFont(name, 12)
    canvas.drawString(60, 300, "0123456789")
    canvas.save()
    page = pypdfium2.PdfDocument(held.getvalue())[0]
    (drawn,) = page.get_objects([pdfium.FPDF_PAGEOBJ_TEXT])
    font = ctypes.cast(pdfium.FPDFTextObj_GetFont(drawn.raw), ctypes.c_void_p).value or 0
    assert has_outlines(font)
    shown = {digit: shown_digit(font, digit)[0] for digit in "0123456789"}
    assert all(other in (None, digit) for digit, other in shown.items())
    assert list(shown.values()).count(None) <= 2


def test_a_font_of_an_encrypted_file_is_asked_as_well():
    held = io.BytesIO()
    canvas = Canvas(held, encrypt=StandardEncryption("", "owner"))
    canvas.setFont("Vera", 12)
    canvas.drawString(60, 300, "60 of 39")
    canvas.save()
    (document,) = read(held.getvalue(), name="x.pdf")
    assert [part.text for part in document.paragraphs] == ["60 of 39"]
    assert not document.problems


def test_an_outline_that_is_no_digit_is_none():
    square = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]
    shape = shape_of([square])
    assert shape is not None and digit_of(shape) is None
    assert shape_of([]) is None
    assert shape_of([[(0.0, 0.0), (1.0, 0.0)]]) is None


SEVEN = "0 100 m 60 100 l 60 88 l 25 0 l 12 0 l 46 88 l 0 88 l h f"
FOUR = "38 0 m 50 0 l 50 24 l 62 24 l 62 34 l 50 34 l 50 100 l 36 100 l 0 36 l 0 24 l 38 24 l h " \
       "38 34 m 10 34 l 38 84 l h f"  # fmt: skip


def drawn(four, seven):
    """A page of a Type 3 font, whose glyphs are small drawings: the codes 4 and 7 and what each draws."""
    procedures = [f"700 0 0 0 62 100 d1 {drawing}".encode() for drawing in (four, seven)]
    text = b"BT /F 12 Tf 60 300 Td (4774) Tj ET"
    font = b"<</Type/Font/Subtype/Type3/FontBBox[0 0 70 100]/FontMatrix[.007 0 0 .007 0 0]" \
           b"/CharProcs<</four 5 0 R/seven 6 0 R>>" \
           b"/Encoding<</Type/Encoding/Differences[52/four 55/seven]>>/FirstChar 52/LastChar 55/Widths[70 0 0 70]" \
           b"/Resources<<>>>>"  # fmt: skip
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 7 0 R/Resources<</Font<</F 4 0 R>>>>>>",
        font,
        *(b"<</Length %d>>stream\n%s\nendstream" % (len(each), each) for each in (*procedures, text)),
    ]
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % each for each in enumerate(objects, 1))
    return body + b"trailer<</Root 1 0 R/Size 8>>\n%%EOF"


def test_a_font_of_drawings_is_looked_at():
    (document,) = read(drawn(FOUR, SEVEN), name="x.pdf")
    assert [part.text for part in document.paragraphs] == ["4774"]
    assert not document.problems


def test_a_font_of_drawings_that_names_them_wrongly_is_not_believed():
    (document,) = read(drawn(SEVEN, FOUR), name="x.pdf")
    assert [part.text for part in document.paragraphs] == [4 * UNREADABLE]
    assert [problem.code for problem in document.problems] == ["digits-untold"]


def test_a_font_of_drawings_that_leave_nearly_nothing_is_no_reason_to_give_up():
    (document,) = read(drawn("0 0 62 1 re f", "0 0 1 1 re f"), name="x.pdf")
    assert [part.text for part in document.paragraphs] == ["4774"]
    assert digit_of_rows((b"\x01\x01",)) is None
    assert digit_of_rows(()) is None
