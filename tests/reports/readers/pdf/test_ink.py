"""PDF: fonts whose tables of names are damaged. Nothing is read as another figure than the one that is seen."""

import io
import itertools

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

import reports
from reports.characters import unified
from reports.readers import read
from reports.readers.pdf.page import UNREADABLE, Glyph
from reports.readers.pdf.seen.ink import Ink, is_ornament

pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
WHERE = (1, (0.0, 0.0, 1.0, 1.0))
FIGURES = ("10", "21", "34", "57", "60", "89")


def named(*names, write=None):
    """A ruled table of figures; each of ``names`` is a pair: a digit, and what the file says it is."""
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(400, 400), pageCompression=0)
    canvas.setFont("Vera", 12)
    for number, figure in enumerate(FIGURES):
        canvas.drawString(60, 300 - 30 * number, f"row {chr(97 + number)}")
        canvas.drawString(210, 300 - 30 * number, figure)
    for number in range(len(FIGURES) + 1):
        canvas.line(50, 320 - 30 * number, 350, 320 - 30 * number)
    for x in (50, 200, 350):
        canvas.line(x, 320, x, 320 - 30 * len(FIGURES))
    if write:
        write(canvas)
    canvas.save()
    body = held.getvalue()
    table = body.index(b"beginbfchar")
    for digit, name in names:
        old, new = (b"<%02X> <%04X>" % (ord(digit), code) for code in (ord(digit), name))
        assert body.count(old) == 1
        body = body[:table] + body[table:].replace(old, new)
    (document,) = read(body, name="x.pdf")
    (grid,) = document.grids
    return tuple(row[1].text for row in grid.rows), [problem.code for problem in document.problems]


def unclear(item, box):
    return None


def test_figures_of_a_sound_font_are_what_they_are():
    assert named() == (FIGURES, [])


def test_two_digits_under_one_name_are_neither():
    """7 is called 1: a font that names one digit wrongly is believed in none."""
    cells, problems = named(("7", ord("1")))
    assert set("".join(cells)) == {UNREADABLE}
    assert problems == ["digits-untold"]


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations("0123456789", 2)))
def test_two_digits_that_a_font_has_swapped_are_never_read(one, other):
    cells, problems = named((one, ord(other)), (other, ord(one)))
    assert set("".join(cells)) == {UNREADABLE}
    assert problems == ["digits-untold"]


def test_names_that_are_one_off_leave_no_figure():
    cells, problems = named(*((digit, ord(str((int(digit) + 1) % 10))) for digit in "0123456789"))
    assert set("".join(cells)) == {UNREADABLE}
    assert problems == ["digits-untold"]


@pytest.mark.parametrize("name", [0x00, 0x13, 0x20, 0x200B, 0xFFFD])
def test_a_digit_without_a_name_is_not_left_out(name):
    """13 is no 1, and a 3 alone no blank."""
    cells, problems = named(("1", name), ("6", name))
    assert cells == (f"{UNREADABLE}0", f"2{UNREADABLE}", "34", "57", f"{UNREADABLE}0", "89")
    assert problems == ["text-unnamed"]


def test_digits_of_all_sizes_turned_and_squeezed_have_one_shape():
    def write(canvas):
        canvas.setFont("Vera", 7)
        canvas.drawString(60, 60, "1 10 17 71 4 8")
        canvas.saveState()
        canvas.translate(380, 60)
        canvas.rotate(90)
        canvas.drawString(0, 0, "2017")
        canvas.restoreState()
        text = canvas.beginText(60, 40)
        text.setHorizScale(70)
        text.textOut("1234567890")
        canvas.drawText(text)

    assert named(write=write) == (FIGURES, [])


def test_a_flat_digit_is_not_higher_than_a_round_one():
    ink = Ink()
    for place, (digit, height) in enumerate((("1", 0.70), ("8", 0.72), ("0", 0.70))):
        ink.add(place, 5, digit, (0.5, height, 0.0, 0.0), 0.6, WHERE)
    assert not list(ink.untold(unclear))
    ink.add(3, 5, "7", (0.5, 0.72, 0.0, 0.0), 0.6, WHERE)
    assert sorted(ink.untold(unclear)) == [0, 1, 2, 3]


def test_figures_of_another_width_may_have_another_shape():
    ink = Ink()
    for place, (width, cell) in enumerate(((0.5, 0.6), (0.6, 0.5))):
        ink.add(place, 5, "1", (width, 0.7, 0.0, 0.0), cell, WHERE)
    assert not list(ink.untold(unclear))


@pytest.mark.parametrize(("drawn", "struck"), [(("4", "4"), []), (("4", "5"), [0, 1]), (("4", None), [0, 1])])
def test_a_digit_of_two_shapes_counts_where_each_clearly_is_that_digit(drawn, struck):
    """Programs take figures of two styles of one font on one page."""
    ink = Ink()
    for item, height in enumerate((0.834, 0.77)):
        ink.add(item, 5, "4", (0.9, height, 0.06, 0.07), 0.61, (item, (0.0, 0.0, 5.0, 8.0)))
    assert sorted(ink.untold(lambda item, box: drawn[item])) == struck


def test_an_ornament_is_told_from_a_digit_by_what_stands_beside_it():
    def line(*texts):
        return [Glyph(text, 10.0 * at, 0, 10.0 * at + 8, 10) for at, text in enumerate(texts) if text]

    assert is_ornament(0, line(UNREADABLE, "甲"))
    assert not is_ornament(0, line(UNREADABLE, "1"))
    assert not is_ornament(1, line("1", UNREADABLE, "件"))
    assert not is_ornament(0, line(UNREADABLE))


def test_text_that_no_one_can_name_is_unreadable_not_another_paper():
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(500, 700))
    canvas.setTitle("某市人民政府2024年政府信息公开工作年度报告")
    canvas.setFont("STSong-Light", 11)
    rare = itertools.cycle(map(chr, range(0x3400, 0x3700)))
    for y in range(100, 600, 20):
        canvas.drawString(50, y, "".join(itertools.islice(rare, 36)))
    canvas.save()
    (record,) = reports.extract(held.getvalue(), name="x.pdf")
    assert record.verdict == "unreadable"
    assert "text-garbled" in [problem.code for problem in record.problems]


def test_radicals_are_read_as_the_characters_that_they_stand_for():
    assert unified("⼈⺠政府⼯作⾨⼾⻔") == "人民政府工作門戶门"
    assert unified("人民政府") == "人民政府"
