"""What a sheet shows of its numbers is what counts: formats that hide, round or scale, and white on white."""

import io

import openpyxl
import pytest
import xlwt
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Font, PatternFill

from reports.extract import extract
from reports.readers import read, read_again
from reports.readers.sheets.number_formats import BUILT_IN, is_date, scales, shown_number, shown_text
from reports.readers.sheets.sheet import printed
from tests.gold import files
from tests.gold.cases import DIRTS, case

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
    (r"0.00;[Red]\-0.00", -3, "-3.00"),
    (r"0.00_);[Red]\(0.00\)", -3, "(3.00)"),
    ("0.0_", 3, "3.0"),
    ("*-0", 5, "--5"),
    ("**;**;**", 5, "**"),
    ("0年", 3, "3年"),
]


@pytest.mark.parametrize(("code", "value", "shown"), SHOWN)
def test_a_number_is_read_as_its_format_shows_it(code, value, shown):
    assert shown_number(value, code, printed(float(value))) == shown


def test_texts_are_hidden_by_the_fourth_part_alone():
    assert shown_text("无", ";;;") == ""
    assert shown_text("无", "0;;") == "无"
    assert shown_text("无", '0;;;@"。"') == "无。"
    assert shown_text("无", '@"。"') == "无。"


@pytest.mark.parametrize("code", ['yyyy"年"m"月"', "m/d", "[$-804]yyyy年m月", "h:mm"])
def test_formats_of_days_and_times(code):
    assert is_date(code)


@pytest.mark.parametrize("code", ["0.00", 'General"日"', '0"月"', "@", "[Red]0", "0.00E+00", "0年"])
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


@pytest.mark.parametrize(
    ("code", "value", "scaled"),
    [("0,", 400, True), ("0,", 0, False), ('0!.0,"万"', 12345, True), ("#,##0", 1234, False),
     ('[>=10000]0!.0,"万";0', 999, False), ("0.0,;-0.0,;0", -5, True), ("0.00", 1.005, False)],
)  # fmt: skip
def test_formats_that_count_in_thousands_are_known(code, value, scaled):
    assert scales(value, code) is scaled


def report_book(figure_format="General"):
    """A workbook with the three tables, balanced, its figures in a number format."""
    made = case(DIRTS[0], 3, "number formats")
    source, _name, _ = files.xlsx()(made)
    book = openpyxl.load_workbook(io.BytesIO(source))
    for row in book.active.iter_rows():
        for cell in row:
            if isinstance(cell.value, int | float):
                cell.number_format = figure_format
    return book


def verdict_of(book):
    out = io.BytesIO()
    book.save(out)
    (record,) = extract(out.getvalue(), name="a.xlsx")
    return record.verdict, [problem.code for problem in record.problems]


def test_figures_shown_in_thousands_are_never_verified():
    assert verdict_of(report_book())[0] == "verified"
    verdict, problems = verdict_of(report_book("0,"))
    assert verdict == "incomplete"
    assert "shown-otherwise" in problems


def test_labels_of_rows_whose_noughts_are_not_shown_are_no_second_version_of_the_table():
    book = report_book("0;-0;;@")
    _verdict, problems = verdict_of(book)
    assert "two-versions" not in problems


def hidden_by(rule):
    """What is read of 0, 3 and 7 under a conditional format."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["规章", 0, 3, 7])
    sheet.conditional_formatting.add("B1:D1", rule)
    out = io.BytesIO()
    book.save(out)
    (document,) = read(out.getvalue(), name="a.xlsx")
    (grid,) = document.grids
    (again,) = read_again(out.getvalue(), document).grids
    shown = [cell.text for cell in grid.rows[0]][1:]
    assert [cell.text for cell in again.rows[0]][1:] == shown
    return shown, [problem.code for problem in document.problems]


WHITE = Font(color="FFFFFFFF")


def test_noughts_that_a_conditional_format_writes_in_white_are_blank():
    assert hidden_by(CellIsRule("equal", ["0"], font=WHITE)) == (["", "3", "7"], [])
    assert hidden_by(FormulaRule(["B1=0"], font=WHITE)) == (["", "3", "7"], [])
    assert hidden_by(CellIsRule("lessThan", ["5"], font=WHITE)) == (["", "", "7"], [])


def test_conditional_formats_that_only_colour_hide_nothing():
    fill = PatternFill(bgColor="FF0000FF", fill_type="solid", fgColor="FF0000FF")
    assert hidden_by(CellIsRule("equal", ["0"], font=Font(color="FFFF0000"))) == (["0", "3", "7"], [])
    assert hidden_by(CellIsRule("equal", ["0"], font=WHITE, fill=fill)) == (["0", "3", "7"], [])


def test_a_conditional_format_that_nobody_can_foresee_is_a_doubt():
    assert hidden_by(FormulaRule(["SUM($A$1:$Z$9)>B1"], font=WHITE)) == (["0", "3", "7"], ["shown-otherwise"])


def test_a_format_that_writes_in_white_hides_and_one_that_writes_in_red_shows():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["规章", 5, 6])
    sheet.cell(1, 2).number_format = "[White]0"
    sheet.cell(1, 3).number_format = "[Red]0"
    sheet.cell(1, 3).font = WHITE
    out = io.BytesIO()
    book.save(out)
    (document,) = read(out.getvalue(), name="a.xlsx")
    (grid,) = document.grids
    assert [cell.text for cell in grid.rows[0]] == ["规章", "", "6"]


def test_rows_and_columns_too_small_to_be_seen_are_left_out():
    for kind in ("xlsx", "xls"):
        out = io.BytesIO()
        if kind == "xlsx":
            book = openpyxl.Workbook()
            for row in (["规章", 1, 2], ["旧数", 8, 9], ["总计", 3, 4]):
                book.active.append(row)
            book.active.row_dimensions[2].height = 0.75
            book.active.column_dimensions["C"].width = 0.1
            book.save(out)
        else:
            old = xlwt.Workbook()
            sheet = old.add_sheet("年报")
            for y, row in enumerate((["规章", 1, 2], ["旧数", 8, 9], ["总计", 3, 4])):
                for x, value in enumerate(row):
                    sheet.write(y, x, value)
            sheet.row(1).height_mismatch = True
            sheet.row(1).height = 15
            sheet.col(2).width = 20
            old.save(out)
        (document,) = read(out.getvalue(), name=f"a.{kind}")
        (grid,) = document.grids
        assert [[cell.text for cell in row] for row in grid.rows] == [["规章", "1"], ["总计", "3"]]
