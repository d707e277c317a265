"""PDF: two pages on one sheet are read one after the other."""

import io

from reportlab.pdfgen.canvas import Canvas

from reports.document import Document
from reports.readers import read
from reports.readers.pdf.page import Glyph, PageContent, Rule
from reports.readers.pdf.two_up import halves


def table(canvas: Canvas, left: float, top: float, rows: list[list[str]]) -> None:
    canvas.setFont("Helvetica", 10)
    bottom = top - 20 * len(rows)
    for number in range(len(rows) + 1):
        canvas.line(left, top - 20 * number, left + 300, top - 20 * number)
    for x in (left, left + 150, left + 300):
        canvas.line(x, top, x, bottom)
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            canvas.drawString(left + 10 + 150 * column, top - 15 - 20 * number, text)


def sheet() -> Document:
    """A table that begins on the left page and ends on the right one, with text above and below."""
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(842, 595))
    canvas.setFont("Helvetica", 10)
    canvas.drawString(60, 500, "the first page says something in a line of running text")
    table(canvas, 60, 100, [["one", "12"], ["two", "3"]])
    table(canvas, 480, 550, [["three", "45"]])
    canvas.setFont("Helvetica", 10)
    canvas.drawString(480, 495, "the second page says something else at the same height")
    canvas.save()
    (document,) = read(held.getvalue(), name="x.pdf")
    return document


def test_two_pages_on_a_sheet_are_read_one_after_the_other() -> None:
    document = sheet()
    assert document.pages == 2
    assert [each.page for each in document.flow] == [0, 0, 1, 1]
    assert [[cell.text for cell in grid.own_cells(0)] for grid in document.grids] == [["one", "12"], ["three", "45"]]


def line_of(text: str, left: float, right: float, y: float) -> list[Glyph]:
    step = (right - left) / len(text)
    return [Glyph(each, left + step * at, y, left + step * (at + 1), y + step) for at, each in enumerate(text)]


def wide(*lines: list[Glyph], rules: list[Rule] | None = None) -> PageContent:
    return PageContent(0, 842, 595, glyphs=[glyph for line in lines for glyph in line], horizontal=rules or [])


def test_a_wide_table_is_one_page() -> None:
    label, figures = (
        line_of("申请人逾期未按收费通知要求缴纳费用行政机关不再处理", 50, 380, 100),
        line_of("12", 500, 520, 100),
    )
    assert len(halves(wide(label, figures))) == 1
    text = line_of("本年度未收取信息处理费也没有其他需要报告的事项", 470, 790, 100)
    assert len(halves(wide(label, text))) == 2
    assert len(halves(wide(label, text, rules=[Rule(90, 50, 790)]))) == 1


def test_a_page_may_be_a_table_ruled_cell_by_cell() -> None:
    label = line_of("申请人逾期未按收费通知要求缴纳费用行政机关不再处理", 50, 380, 100)
    borders = [Rule(90, start, start + 60) for start in range(480, 780, 60)]
    assert len(halves(wide(label, line_of("12", 500, 520, 100), rules=borders))) == 2


def test_a_full_stop_may_hang_in_the_gutter() -> None:
    label = line_of("申请人逾期未按收费通知要求缴纳费用行政机关不再处理。", 50, 412, 100)
    text = line_of("本年度未收取信息处理费也没有其他需要报告的事项", 470, 790, 100)
    assert len(halves(wide(label, text))) == 2


def test_the_last_sheet_may_hold_little_on_its_right() -> None:
    label, end = (
        line_of("申请人逾期未按收费通知要求缴纳费用行政机关不再处理", 50, 380, 100),
        line_of("完", 500, 510, 100),
    )
    assert [len(page.glyphs) for page in halves(wide(label, end), before=True)] == [25, 1]
    assert len(halves(wide(label, end))) == 1
