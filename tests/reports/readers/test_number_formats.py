"""What a sheet shows of its numbers is what counts: formats that hide, round or scale, and white on white."""

import io

import openpyxl
import pytest
import xlwt
from openpyxl.styles import Font, PatternFill

from reports.readers import read, read_again
from reports.readers.number_formats import BUILT_IN, is_date, shown_number, shown_text
from reports.readers.workbook import printed

SHOWN = [
    ("0", 3.5, "4"),
    ("0", -2.5, "-3"),
    ("0.00", 1234.5, "1234.50"),
    ("#,##0.##", 1234567, "1,234,567"),
    ("0.##", 5, "5"),
    ("000", 7, "007"),
    ("#", 0, ""),
    ("0;-0;;@", 0, ""),
    ("0;-0;;@", -3, "-3"),
    (";;;", 5, ""),
    ('0.##;-0.##;"-"', 0, "-"),
    (BUILT_IN[41], 0, "-"),
    (BUILT_IN[41], 1234, "1,234"),
    (BUILT_IN[43], -5, "-5.00"),
    (BUILT_IN[37], -3, "(3)"),
    ("0;[Red]0", -3, "-3"),
    ("0;0", -3, "3"),
    ('0\\.0,"万"', 123_456, "12.3万"),
    ('0!.0,"万"', 123_456, "12.3万"),
    ("0,", 1_234_567, "1235"),
    ("0%", 0.5, "50%"),
    ('0"件"', 12, "12件"),
    ('General"件"', -7, "-7件"),
    ('[=0]"";General', 0, ""),
    ('[=0]"";General', -4, "-4"),
    ("[>=1000]#,##0;0", 999, "999"),
    ("[>5]0", 3, "######"),
    ("[DBNum1]0", 5, "5"),
    ("# ?/?", 0.5, "1/2"),
    ("0.00E+00", 12_000, "1.200000E+04"),
]


@pytest.mark.parametrize(("code", "value", "shown"), SHOWN)
def test_a_number_is_read_as_its_format_shows_it(code, value, shown):
    assert shown_number(value, code, printed(float(value))) == shown


def test_texts_are_hidden_by_the_fourth_part_alone():
    assert shown_text("无", ";;;") == ""
    assert shown_text("无", "0;;") == "无"
    assert shown_text("无", '0;;;@"。"') == "无。"


@pytest.mark.parametrize("code", ['yyyy"年"m"月"', "m/d", "[$-804]yyyy年m月", "h:mm"])
def test_formats_of_days_and_times(code):
    assert is_date(code)


@pytest.mark.parametrize("code", ["0.00", 'General"日"', '0"月"', "@", "[Red]0", "0.00E+00"])
def test_formats_of_numbers(code):
    assert not is_date(code)


def workbook(kind):
    """Row by row: nought under a format that hides it, a rounded figure, a figure hidden, one plain."""
    formats = ["0;-0;;@", "0", ";;;", "General"]
    values = [0, 3.6, 5, 1200]
    out = io.BytesIO()
    if kind == "xls":
        book = xlwt.Workbook()
        sheet = book.add_sheet("年报")
        for y, (value, code) in enumerate(zip(values, formats, strict=True)):
            style = xlwt.XFStyle()
            style.num_format_str = code
            sheet.write(y, 0, "规章")
            sheet.write(y, 1, value, style)
        white = xlwt.easyxf("font: color white")
        sheet.write(4, 0, "旧数")
        sheet.write(4, 1, 77, white)
        sheet.write(5, 0, "总计")
        sheet.write(5, 1, 88, xlwt.easyxf("font: color white; pattern: pattern solid, fore_color blue"))
        book.save(out)
        return out.getvalue()
    book = openpyxl.Workbook()
    sheet = book.active
    for y, (value, code) in enumerate(zip(values, formats, strict=True), 1):
        sheet.cell(y, 1, "规章")
        sheet.cell(y, 2, value).number_format = code
    sheet.cell(5, 1, "旧数")
    sheet.cell(5, 2, 77).font = Font(color="FFFFFFFF")
    sheet.cell(6, 1, "总计")
    shown = sheet.cell(6, 2, 88)
    shown.font, shown.fill = Font(color="FFFFFFFF"), PatternFill("solid", fgColor="FF0000FF")
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_a_workbook_is_read_as_it_is_shown(kind):
    source = workbook(kind)
    (document,) = read(source, name=f"a.{kind}")
    wanted = ["", "4", "", "1200", "", "88"]
    (grid,) = document.grids
    assert [row[1].text for row in grid.rows] == wanted
    if kind == "xlsx":
        (again,) = read_again(source, document).grids
        assert [row[1].text for row in again.rows] == wanted


def test_noughts_that_a_sheet_does_not_show_are_blank():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["规章", 0, 3])
    sheet.sheet_view.showZeros = False
    out = io.BytesIO()
    book.save(out)
    (document,) = read(out.getvalue(), name="a.xlsx")
    (grid,) = document.grids
    assert [cell.text for cell in grid.rows[0]] == ["规章", "", "3"]
