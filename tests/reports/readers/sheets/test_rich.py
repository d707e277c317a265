"""Texts of workbooks in several fonts: marks and struck or white digits do not run into the figure beside them."""

import io

import openpyxl
import pytest
import xlwt
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill

from reports.readers import read, read_again

RUNS = {"white": ("12", "7"), "struck": ("7", "12"), "raised": ("12", "1"), "plain": ("1", "2")}
SHOWN = {"white": "12", "struck": "12", "raised": "12[1]", "plain": "12"}
FONTS = {
    "white": InlineFont(color="FFFFFFFF"), "struck": InlineFont(strike=True),
    "raised": InlineFont(vertAlign="superscript"), "plain": InlineFont(b=True),
}  # fmt: skip


def xlsx(kind, ground=None):
    book = openpyxl.Workbook()
    sheet = book.active
    parts = [TextBlock(FONTS[kind], text) if text in ("7", "1") else text for text in RUNS[kind]]
    sheet["A1"], sheet["B1"], sheet["C1"] = "许可", CellRichText(*parts), 5
    if ground:
        sheet["B1"].fill = PatternFill("solid", fgColor=ground)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def xls(kind, ground=None):
    font, plain = xlwt.Font(), xlwt.Font()
    font.struck_out = kind == "struck"
    font.escapement = xlwt.Font.ESCAPEMENT_SUPERSCRIPT if kind == "raised" else 0
    if kind == "white":
        font.colour_index = xlwt.Style.colour_map["white"]
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    for row in range(60):  # so that the table of texts goes on in another record
        sheet.write(row + 1, 0, f"{row}说明" * 60)
    sheet.write(0, 0, "许可")
    style = xlwt.easyxf(f"pattern: pattern solid, fore_colour {ground}") if ground else xlwt.Style.default_style
    sheet.write_rich_text(0, 1, [(text, font if text in ("7", "1") else plain) for text in RUNS[kind]], style)
    sheet.write(0, 2, 5)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


@pytest.mark.parametrize("kind", list(RUNS))
@pytest.mark.parametrize("made", [xlsx, xls])
def test_a_figure_in_two_fonts(made, kind):
    source = made(kind)
    (document,) = read(source, name=f"a.{made.__name__}")
    for each in (document, read_again(source, document)):
        if each is not None:
            assert [cell.text for cell in next(each.grids).rows[0]] == ["许可", SHOWN[kind], "5"]


@pytest.mark.parametrize(("made", "ground"), [(xlsx, "FF203864"), (xls, "dark_blue")])
def test_white_on_a_ground_is_read(made, ground):
    (document,) = read(made("white", ground), name="a.xls")
    assert next(document.grids).rows[0][1].text == "127"


def test_a_cell_that_is_struck_is_marked():
    book = openpyxl.Workbook()
    book.active.append(["许可", 12, 5])
    book.active["B1"].font = Font(strike=True)
    held = io.BytesIO()
    book.save(held)
    old = xlwt.Workbook()
    sheet = old.add_sheet("a")
    for x, value in enumerate(("许可", 12, 5)):
        sheet.write(0, x, value, xlwt.easyxf("font: struck_out on") if x == 1 else xlwt.Style.default_style)
    older = io.BytesIO()
    old.save(older)
    for source in (held.getvalue(), older.getvalue()):
        (document,) = read(source, name="a.xlsx")
        assert [cell.text for cell in next(document.grids).rows[0]] == ["许可", "~~12~~", "5"]


WEB = 'xmlns="http://www.w3.org/TR/REC-html40"'


def of_2003(*cells):
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    row = "".join(cells)
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}" xmlns:html="http://www.w3.org/TR/REC-html40">'
        f"<Worksheet><Table><Row>{row}</Row></Table></Worksheet></Workbook>"
    ).encode()


def test_a_workbook_of_2003():
    source = of_2003(
        '<Cell><Data ss:Type="String">许可</Data></Cell>',
        f'<Cell><ss:Data ss:Type="String" {WEB}>12<Sup>1</Sup></ss:Data></Cell>',
        f'<Cell><ss:Data ss:Type="String" {WEB}><S>7</S><Font html:Color="#000000">5</Font></ss:Data></Cell>',
        f'<Cell><ss:Data ss:Type="String" {WEB}>3<Font html:Color="#FFFFFF">9</Font></ss:Data></Cell>',
        '<Cell><Data ss:Type="Number">4</Data></Cell>',
        '<Cell ss:Formula="=RC[-1]*2+R1C5"/>',
        '<Cell ss:Formula="=SUM(RC[-2]:RC[-1])"><Data ss:Type="Number">16</Data></Cell>',
        '<Cell ss:Formula="=SUM(RC[-4]:RC[-1])"><Data ss:Type="Number">0</Data></Cell>',
        '<Cell ss:Formula="=MAX(C[-1])"/>',
    )
    (document,) = read(source, name="a.xls")
    shown = [cell.text for cell in next(document.grids).rows[0]]
    assert shown[:7] == ["许可", "12[1]", "5", "3", "4", "12", "16"]
    assert shown[7:] == ["=SUM(D1:G1)", "=MAX(C[-1])"]  # stored and counted results differ; not understood
