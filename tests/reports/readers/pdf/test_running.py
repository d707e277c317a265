"""PDF: what is printed at the same place of each page is no text of the report."""

import io

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from reports.readers import read

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def texts(*pages, lines=()):
    """The paragraphs and cells of a document; a page is a list of places and texts, ``lines`` are ruled on each."""
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(500, 700))
    for page in pages:
        canvas.setFont(FONT, 11)
        for x, y, text in page:
            canvas.drawString(x, 700 - y, text)
        for x1, y1, x2, y2 in lines:
            canvas.line(x1, 700 - y1, x2, 700 - y2)
        canvas.showPage()
    canvas.save()
    (document,) = read(held.getvalue(), name="x.pdf")
    cells = [cell.text for grid in document.grids for row in grid.rows for cell in row if cell and cell.text]
    return [part.text for part in document.paragraphs] + cells


def test_the_report_s_name_above_each_page_is_left_out_wherever_it_says_the_page():
    head = [(50, 40, f"某市年度报告 第 {n} 页") for n in (1, 2)]
    assert texts([head[0], (60, 120, "甲报告")], [head[1], (60, 300, "乙报告")]) == ["甲报告", "乙报告"]


def test_left_and_right_pages_may_have_heads_of_their_own():
    pages = [[(50, 40, "年度报告甲" if n % 2 else "年度报告乙"), (60, 100 + 50 * n, f"正文{n}")] for n in range(4)]
    assert texts(*pages) == ["正文0", "正文1", "正文2", "正文3"]


@pytest.mark.parametrize("stamp", ["11/26/26, 6:17 PM", "2026/11/26 18:17", "2026年11月26日 18:17"])
def test_the_time_of_printing_is_the_browser_s_on_a_single_page_too(stamp):
    assert texts([(30, 25, stamp), (200, 25, "某市年度报告"), (60, 120, "某市的年度报告")]) == ["某市的年度报告"]


def test_what_stands_on_one_page_only_stays():
    assert texts([(50, 40, "某市年度报告"), (60, 120, "甲")], [(60, 300, "乙")]) == ["某市年度报告", "甲", "乙"]


def test_a_table_s_header_that_is_printed_again_is_no_running_head():
    lines = [(50, 30, 400, 30), (50, 60, 400, 60), (50, 90, 400, 90), *((x, 30, x, 90) for x in (50, 200, 400))]
    pages = [[(60, 50, "信息内容"), (210, 50, "制发件数"), (60, 80, f"规章{n}"), (210, 80, str(n))] for n in (1, 2)]
    assert texts(*pages, lines=lines) == ["信息内容", "制发件数", "规章1", "1", "信息内容", "制发件数", "规章2", "2"]


def test_an_address_goes_on_below_and_so_does_a_title_in_the_middle_of_the_page():
    body = [(50, 120 + 20 * n, "甲" * 36) for n in range(4)]
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(500, 700))
    canvas.setFont(FONT, 18)
    canvas.drawCentredString(250, 640, "某市人力资源和社会保障局政府信息公开年度")
    canvas.drawCentredString(250, 612, "报告")
    canvas.setFont(FONT, 11)
    for x, y, text in [*body, (50, 200, "乙见（http://"), (50, 220, "www.example.gov.example）")]:
        canvas.drawString(x, 700 - y, text)
    canvas.save()
    (document,) = read(held.getvalue(), name="x.pdf")
    found = [part.text for part in document.paragraphs]
    assert found[0] == "某市人力资源和社会保障局政府信息公开年度报告"
    assert found[-1].endswith("乙见（http://www.example.gov.example）")
