"""The other formats: one table, made by other people's writers, comes out the same from each."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
import xlwt
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import SimpleDocTemplate, Table

from reports.readers import read, read_again

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus" / "reports"

# a heading over three columns, a label over two rows, a blank, a dash, decimals
WANTED = [
    ["信息内容", "本年情况", "本年情况", "本年情况"],
    ["行政处罚", "制发", "12", "1,234"],
    ["行政处罚", "废止", "", "/"],
    ["收费", "万元", "0", "21083.44"],
]


def texts(grid):
    return [[None if cell is None else cell.text for cell in row] for row in grid.rows]


def grids(source, name="x"):
    (document,) = read(source, name=name)
    return [texts(grid) for grid in document.grids], document


def as_docx():
    made = docx.Document()
    made.add_paragraph("一、总体情况")
    table = made.add_table(rows=4, cols=4)
    for y, row in enumerate(WANTED):
        for x, text in enumerate(row):
            table.cell(y, x).text = text
    for x in (2, 3):
        table.cell(0, x).text = ""
    table.cell(2, 0).text = ""
    table.cell(0, 1).merge(table.cell(0, 3))
    table.cell(1, 0).merge(table.cell(2, 0))
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def test_docx_and_its_second_reading():
    found, document = grids(as_docx())
    assert found == [WANTED]
    assert document.kind == "docx"
    assert [part.text for part in document.paragraphs] == ["一、总体情况"]
    again = read_again(as_docx(), document)
    assert again is not None and [texts(grid) for grid in again.grids] == [WANTED]


def test_xlsx_and_its_second_reading():
    book = openpyxl.Workbook()
    sheet = book.active
    for row in WANTED:
        sheet.append([float(text) if text.replace(".", "").isdigit() else text or None for text in row])
    sheet["C1"] = sheet["D1"] = sheet["A3"] = None
    sheet.merge_cells("B1:D1")
    sheet.merge_cells("A2:A3")
    held = io.BytesIO()
    book.save(held)
    found, document = grids(held.getvalue())
    assert found == [WANTED]
    again = read_again(held.getvalue(), document)
    assert again is not None and [texts(grid) for grid in again.grids] == [WANTED]


def test_xls():
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    sheet.write_merge(0, 0, 1, 3, "本年情况")
    sheet.write_merge(1, 2, 0, 0, "行政处罚")
    for y, row in enumerate(WANTED):
        for x, text in enumerate(row):
            if not (y == 0 and x > 0) and not (x == 0 and y in (1, 2)) and text:
                sheet.write(y, x, float(text) if text.replace(".", "").isdigit() else text)
    held = io.BytesIO()
    book.save(held)
    found, document = grids(held.getvalue(), name="report.doc")
    assert found == [WANTED]
    assert document.kind == "xls"


def test_hidden_rows_and_columns_of_workbooks_are_left_out():
    shown = [["规章", "12"], ["行政许可", "345"]]
    rows = [["规章", "99", "12"], ["旧数", "98", "97"], ["行政许可", "96", "345"]]
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([int(text) if text.isdigit() else text for text in row])
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["B"].hidden = True
    held = io.BytesIO()
    book.save(held)
    found, document = grids(held.getvalue())
    assert found == [shown]
    again = read_again(held.getvalue(), document)
    assert again is not None and [texts(grid) for grid in again.grids] == [shown]

    old = xlwt.Workbook()
    old.add_sheet("说明").write(0, 0, "填报说明")
    sheet = old.add_sheet("表")
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            sheet.write(y, x, int(text) if text.isdigit() else text)
    sheet.row(1).hidden = True
    sheet.col(1).hidden = True
    held = io.BytesIO()
    old.save(held)
    assert grids(held.getvalue())[0][-1] == shown


def as_pdf(rows, spans=(), *, lines=True, widths=None, **options):
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = [("FONT", (0, 0), (-1, -1), "STSong-Light", 10), *spans]
    if lines:
        style.append(("GRID", (0, 0), (-1, -1), 0.5, "black"))
    held = io.BytesIO()
    template = SimpleDocTemplate(held, pagesize=A4, title="年报", **options)
    template.build([Table(rows, colWidths=widths, style=style)])
    return held.getvalue()


def test_pdf_with_ruled_merged_cells():
    rows = [list(row) for row in WANTED]
    source = as_pdf(rows, [("SPAN", (1, 0), (3, 0)), ("SPAN", (0, 1), (0, 2))], widths=[80, 60, 60, 70])
    found, document = grids(source, name="report.html")
    assert found == [WANTED]
    (grid,) = document.grids
    assert (document.kind, document.pages, document.title, grid.page) == ("pdf", 1, "年报", 0)
    box = grid.rows[1][2].box
    assert box is not None and box.right - box.left == pytest.approx(60, abs=2)


def test_pdf_without_lines_is_read_by_its_words():
    rows = [["一、新收", "21", "0", "21"], ["二、结转", "3", "1", "4"], ["三、办结", "24", "", "24"]]
    found, document = grids(as_pdf(rows, lines=False, widths=[150, 60, 60, 60]))
    (grid,) = document.grids
    assert [[text for text in row if text] for row in found[0]] == [
        ["一、新收", "21", "0", "21"],
        ["二、结转", "3", "1", "4"],
        ["三、办结", "24", "24"],
    ]
    assert found[0][2][-2:] == ["", "24"]
    assert not grid.ruled and grid.uncertain


def test_pdf_table_over_a_page_break_is_two_grids():
    rows = [[f"{number}.事项", str(number), "0"] for number in range(60)]
    found, document = grids(as_pdf(rows, widths=[100, 60, 60]))
    assert [grid.page for grid in document.grids] == [0, 1]
    assert [row for grid in found for row in grid] == rows


def test_the_second_reading_of_a_pdf_agrees_on_the_real_report():
    path = CORPUS / "hongze-2023.pdf"
    if not path.exists():
        pytest.skip("the real corpus is not beside this checkout")
    source = path.read_bytes()
    (document,) = read(source, name="x")
    again = read_again(source, document)
    assert again is not None

    def figures(read_as, page):
        return [cell.text for grid in read_as.grids if grid.page == page for y in range(len(grid.rows))
                for cell in grid.own_cells(y) if cell.text.isdigit()]  # fmt: skip

    assert figures(document, 2) == figures(again, 2)
    assert figures(document, 3) == figures(again, 3)


def test_pdf_of_pictures_and_pdf_with_a_password():
    held = io.BytesIO()
    canvas = Canvas(held)
    canvas.rect(10, 10, 300, 300, fill=1)
    canvas.showPage()
    canvas.save()
    _, document = grids(held.getvalue())
    assert [problem.code for problem in document.problems] == ["no-text-layer"]
    _, document = grids(b"%PDF-1.7\nnothing of use")
    assert [problem.code for problem in document.problems] == ["damaged"]


RTF = (
    r"{\rtf1\ansi\ansicpg936{\fonttbl{\f0 x;}}\pard \u19968?\u12289?\'d7\'dc\'cc\'e5\par"
    r"\trowd\clvmgf\cellx1000\cellx2000\cellx3000\intbl \'b9\'e6\cell 1\cell 2\cell\row"
    r"\trowd\clvmrg\cellx1000\cellx2000\cellx3000\intbl\cell 3\cell \cell\row"
    r"\trowd\cellx1000\cellx3000\intbl \u24635?\cell 6\cell\row\pard \'cd\'ea\par}"
)


def test_rtf_under_the_name_of_doc():
    found, document = grids(RTF.encode("ascii"), name="report.doc")
    assert found == [[["规", "1", "2"], ["规", "3", ""], ["总", "6", "6"]]]
    assert [part.text for part in document.paragraphs] == ["一、总体", "完"]


@pytest.mark.slow
def test_doc_as_libreoffice_writes_it(tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice, which writes the .doc of this test, is not installed")
    (tmp_path / "a.docx").write_bytes(as_docx())
    command = [
        office,
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--convert-to",
        "doc:MS Word 97",
    ]
    subprocess.run([*command, "--outdir", tmp_path, tmp_path / "a.docx"], check=True, capture_output=True, timeout=120)
    found, document = grids((tmp_path / "a.doc").read_bytes(), name="no extension")
    assert found == [WANTED]
    assert document.kind == "doc"
    assert [part.text for part in document.paragraphs] == ["一、总体情况"]


def test_zip_gives_a_document_a_member_that_could_be_a_report():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("附件/年报.docx", as_docx())
        archive.writestr("readme.bin", bytes(range(256)) * 4)
        archive.writestr("页.html", "<table><tr><td>1</td><td>2</td></tr></table>")
    documents = read(held.getvalue(), name="a.zip", url="http://www.example.gov.cn/a.zip")
    assert [document.kind for document in documents] == ["docx", "html"]
    assert documents[0].address == "http://www.example.gov.cn/a.zip#附件/年报.docx"


def test_an_archive_in_an_archive_is_opened_and_one_in_that_is_not():
    def zipped(name, content):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as archive:
            archive.writestr(name, content)
        return held.getvalue()

    once = zipped("年报.zip", zipped("年报.docx", as_docx()))
    assert grids(once, name="a.zip")[0] == [WANTED]
    (document,) = read(zipped("全部.zip", once), name="a.zip")
    assert document.kind == "archive"
    assert {problem.code for problem in document.problems} == {"unsupported"}


MARKED = {
    "bars around": "| 规章 | 1 | 8 |\n|---|---|---|\n| 文件 | 17 | |\n",
    "bars behind": "规章 | 1 | 8 |\n文件 | 17 | |\n",
    "tabs": "规章\t1\t8\n文件\t17\t\n其他\t1\t2\n",
    "a bar opens a row": "|\n规章 |\n1 |\n8 |\n|\n文件 |\n17 | |\n",
}


@pytest.mark.parametrize("shape", MARKED)
def test_text_with_marks_between_cells(shape):
    found, document = grids(("二、主动公开情况\n" + MARKED[shape] + "三、其他事项说明。\n").encode())
    assert found[0][0] == ["规章", "1", "8"]
    assert [text or "" for text in found[0][1]] == ["文件", "17", ""]
    assert [part.text for part in document.paragraphs] == ["二、主动公开情况", "三、其他事项说明。"]
    assert all(not grid.ruled and grid.uncertain for grid in document.grids)


def test_text_of_one_cell_a_line():
    block = ["规章", "1", "1", "8", "行政规范性文件", "17", "41", "347"]
    found, _ = grids("\n".join(block).encode())
    assert found == [[["规章", "1", "1", "8"], ["行政规范性文件", "17", "41", "347"]]]


@pytest.mark.parametrize("source", [b"", b"   \n", b"\xef\xbb\xbf"])
def test_nothing_is_said_to_be_nothing(source):
    (document,) = read(source, name="empty")
    assert [problem.code for problem in document.problems] == ["empty"]
