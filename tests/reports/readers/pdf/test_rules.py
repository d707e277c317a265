"""PDF: tables as browsers and offices draw them: dotted, dashed, parted by pages, under watermarks, too narrow."""

import io
from collections.abc import Callable

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from reports.document import Document
from reports.readers import read

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))

Draw = Callable[[Canvas], None]
XS, YS = (50, 200, 350), (220, 190, 160, 130)


def drawn(*draws: Draw) -> Document:
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(400, 300))
    canvas.setFont(FONT, 10)
    for draw in draws:
        draw(canvas)
    canvas.save()
    (document,) = read(held.getvalue(), name="x.pdf")
    return document


def cells(document: Document) -> list[list[str]]:
    return [[cell.text for cell in grid.own_cells(y)] for grid in document.grids for y in range(len(grid.rows))]


def texts(canvas: Canvas) -> None:
    for number, (label, figure) in enumerate((("规章", "12"), ("行政许可", "345"), ("其他", "0"))):
        canvas.drawString(60, 200 - 30 * number, label)
        canvas.drawString(210, 200 - 30 * number, figure)


def solid(canvas: Canvas) -> None:
    for y in YS:
        canvas.line(XS[0], y, XS[-1], y)
    for x in XS:
        canvas.line(x, YS[0], x, YS[-1])


def specks(canvas: Canvas) -> None:
    for y in YS:
        for x in range(XS[0], XS[-1], 2):
            canvas.rect(x, y, 0.8, 0.8, stroke=0, fill=1)
    for x in XS:
        for y in range(YS[-1], YS[0], 2):
            canvas.rect(x, y, 0.8, 0.8, stroke=0, fill=1)


def dashes(canvas: Canvas) -> None:
    """As browsers do: one path for each line, of many small rectangles."""
    for y in YS:
        path = canvas.beginPath()
        for x in range(XS[0], XS[-1], 4):
            path.rect(x, y, 2, 0.7)
        canvas.drawPath(path, stroke=0, fill=1)
    for x in XS:
        path = canvas.beginPath()
        for y in range(YS[-1], YS[0], 4):
            path.rect(x, y, 0.7, 2)
        canvas.drawPath(path, stroke=0, fill=1)


@pytest.mark.parametrize("lines", [solid, specks, dashes])
def test_lines_of_dots_and_dashes_are_lines(lines: Draw) -> None:
    document = drawn(texts, lines)
    assert cells(document) == [["规章", "12"], ["行政许可", "345"], ["其他", "0"]]
    assert all(grid.ruled for grid in document.grids)


def slanted(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.translate(120, 120)
    canvas.rotate(35)
    canvas.setFillGray(0.4)
    canvas.setFont(FONT, 12)
    canvas.drawString(0, 0, "草稿2024草稿2024")
    canvas.restoreState()


def faint(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.setFillGray(0.85)
    canvas.setFont(FONT, 34)
    canvas.drawString(80, 165, "草稿2024")
    canvas.restoreState()


@pytest.mark.parametrize("mark", [slanted, faint])
def test_a_watermark_is_left_out_and_said(mark: Draw) -> None:
    for order in ((texts, solid, mark), (mark, texts, solid)):
        document = drawn(*order)
        assert cells(document) == [["规章", "12"], ["行政许可", "345"], ["其他", "0"]]
        assert [problem.code for problem in document.problems] == ["watermark"]


def test_a_dark_large_figure_is_no_watermark() -> None:
    def large(canvas: Canvas) -> None:
        canvas.setFont(FONT, 24)
        canvas.drawString(260, 165, "7")

    assert "7" in cells(drawn(texts, solid, large))[1][1]


def test_characters_set_apart_on_purpose_make_one_figure() -> None:
    rows = [["现行有效件数", "1234"], ["本年制发件数", "16"], ["本年废止件数", "5"]]

    def apart(canvas: Canvas) -> None:
        for number, (label, figure) in enumerate(rows):
            for x, string in ((60, label), (210, figure)):
                written = canvas.beginText(x, 200 - 30 * number)
                written.setFont(FONT, 10)
                written.setCharSpace(3.5)
                written.textOut(string)
                canvas.drawText(written)

    assert cells(drawn(apart, solid)) == rows


def test_figures_with_a_gap_of_their_own_stay_two_things() -> None:
    def gap(canvas: Canvas) -> None:
        texts(canvas)
        canvas.drawString(230, 200, "6")

    assert cells(drawn(gap, solid))[0] == ["规章", "12 6"]


@pytest.mark.parametrize("at", [188, 338])
def test_a_figure_that_runs_over_its_cell_stays_whole(at: int) -> None:
    """Over the line between two cells, and over the right edge of the table."""

    def figure(canvas: Canvas) -> None:
        canvas.drawString(at, 200, "12345")
        canvas.drawString(60, 170, "行政许可")
        canvas.drawString(210, 170, "6")

    found = cells(drawn(figure, solid))
    assert found[0] == (["12345", ""] if at < 200 else ["", "12345"])


def spaced(figure: str, at: float) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 170, "行政许可")
        canvas.drawString(210, 170, "6")
        written = canvas.beginText(at, 200)
        written.setFont(FONT, 10)
        written.setCharSpace(3)
        written.textOut(figure)
        canvas.drawText(written)

    return draw


def test_a_figure_set_apart_that_runs_over_its_cell_stays_whole() -> None:
    first, second = cells(drawn(spaced("12345", 168), solid))[0]
    assert first.replace(" ", "") == "12345"
    assert second == ""


def test_two_digits_set_apart_on_both_sides_of_a_line_are_nobodys() -> None:
    """Perhaps one number, perhaps two that are drawn together: never 1 here and 2 there."""
    assert cells(drawn(spaced("12", 193), solid))[0] == ["\ufffd", "\ufffd"]


@pytest.mark.parametrize(("text", "right"), [("45", ["123", "45"]), ("4", ["123", "4"])])
def test_tight_numbers_drawn_in_one_piece_over_a_line_are_two(text: str, right: list[str]) -> None:
    """Ghostscript draws the figures of narrow cells together, with the gap between them as a space of the text."""

    def figures(canvas: Canvas) -> None:
        canvas.drawString(60, 170, "行政许可")
        canvas.drawString(210, 170, "6")
        written = canvas.beginText(180.5, 200)
        written.setFont("Helvetica", 10)
        written.setWordSpace(1.5)
        written.textOut(f"123 {text}")
        canvas.drawText(written)

    assert cells(drawn(figures, solid))[0] == right


def test_a_digit_on_a_line_is_nobodys() -> None:
    def figures(canvas: Canvas) -> None:
        canvas.drawString(60, 200, "规章")
        for number, digit in enumerate("123"):
            canvas.drawString(192.5 + 4.6 * number, 200, digit)
        canvas.drawString(210, 170, "6")

    found = cells(drawn(figures, solid))[0]
    assert "\ufffd" in "".join(found)


def test_a_line_in_the_middle_of_other_cells_makes_no_row() -> None:
    """Browsers end merged cells a little above their neighbours where a page break parts a table."""

    def lines(canvas: Canvas) -> None:
        for y in (220, 160):
            canvas.line(50, y, 350, y)
        canvas.line(50, 173, 120, 173)
        canvas.line(50, 130, 350, 130)
        for x in (50, 120, 200, 350):
            canvas.line(x, 220, x, 130)

    def words(canvas: Canvas) -> None:
        canvas.drawString(60, 200, "不予公开")
        for number, (label, figure) in enumerate((("国家秘密", "12"), ("行政查询", "345"))):
            canvas.drawString(130, 190 - 45 * number, label)
            canvas.drawString(210, 190 - 45 * number, figure)

    assert cells(drawn(words, lines)) == [["不予公开", "国家秘密", "12"], ["", "行政查询", "345"]]


def test_rows_lower_than_the_page_s_text_are_rows_where_their_own_type_is_smaller():
    """Tables beside each other are set in small type: a row of 7 points is none between lines of 12."""

    def small(canvas: Canvas) -> None:
        for number in range(9):
            canvas.drawString(40, 280 - 16 * number, "本机关依法公开政府信息")
        canvas.setFont(FONT, 5)
        for row in range(6):
            canvas.drawString(60, 115 - 7 * row, f"{row + 1}.类")
            canvas.drawString(210, 115 - 7 * row, str(row))
        canvas.setFont(FONT, 10)
        for y in range(120, 77, -7):
            canvas.line(50, y, 350, y)
        for x in XS:
            canvas.line(x, 120, x, 78)

    assert cells(drawn(small)) == [[f"{row + 1}.类", str(row)] for row in range(6)]


def test_a_page_number_below_a_table_makes_no_header_of_it():
    """The strokes of - 3 - are no figures of a table whose header alone is ruled."""

    def large(canvas: Canvas) -> None:
        for x, heading, figure in ((60, "规章", "12345"), (210, "其他", "67890")):
            canvas.drawString(x, 80, heading)
            canvas.drawString(x, 60, figure)
        for y in (95, 75, 55):
            canvas.line(50, y, 350, y)
        for x in XS:
            canvas.line(x, 95, x, 55)
        canvas.drawString(180, 20, "- 3 -")

    document = drawn(large)
    assert [grid.ruled for grid in document.grids] == [True]
    assert cells(document) == [["规章", "其他"], ["12345", "67890"]]
