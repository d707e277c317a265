"""A sheet shows ### for a number that its column has no room for: no figure is shown, so none is read."""

import io

import openpyxl
import pytest
import xlwt
from openpyxl.styles import Alignment, Font

from reports.readers import read, read_again
from reports.readers.sheets.room import needed, scale_of
from tests.reports.readers.odf.test_document import SPACES, packed

NUMBER = 12_345


def cells(source):
    """The texts of the first row, of both readings, and the codes of the problems."""
    (first,) = read(source, name="a.xlsx")
    again = read_again(source, first)
    texts = [cell.text for cell in next(iter(first.grids)).own_cells(0)]
    if again is not None:
        assert [cell.text for cell in next(iter(again.grids)).own_cells(0)] == texts
    return texts, [problem.code for problem in first.problems]


def xlsx(width, value=NUMBER, *, font=None, alignment=None, code="General", merged=False, usual=None):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([value, 7] if not merged else [value, None, 7])
    if width is not None:
        sheet.column_dimensions["A"].width = width
    sheet.sheet_format.defaultColWidth = usual
    if merged:
        sheet.merge_cells("A1:B1")
    cell = sheet["A1"]
    cell.number_format = code
    if font:
        cell.font = font
    if alignment:
        cell.alignment = alignment
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    "given",
    [
        {"width": 3},
        {"width": None, "usual": 3},
        {"width": 8, "font": Font(size=22)},
        {"width": 6, "code": "#,##0.00"},
        {"width": 1.5, "merged": True, "usual": 2},
    ],
)
def test_a_number_wider_than_its_column_is_not_shown(given):
    texts, problems = cells(xlsx(**given))
    assert texts[0] == "###"
    assert problems == ["no-room"]


@pytest.mark.parametrize(
    "given",
    [
        {"width": 5},
        {"width": None},
        {"width": 3, "alignment": Alignment(shrink_to_fit=True)},
        {"width": 2, "alignment": Alignment(text_rotation=90)},
        {"width": 3, "font": Font(size=6)},
        {"width": 3, "merged": True},
        {"width": 3, "value": "12345"},
    ],
)
def test_a_number_with_room_is_read(given):
    texts, problems = cells(xlsx(**given))
    assert texts[0] == "12345"
    assert problems == []


def test_decimals_without_room_are_rounded_by_the_sheet_and_doubted():
    texts, problems = cells(xlsx(6, 21_083.44))
    assert texts[0] == "21083.44"
    assert problems == ["shown-otherwise"]


def test_a_hidden_column_is_no_narrow_one():
    book = openpyxl.load_workbook(io.BytesIO(xlsx(3)))
    book.active.column_dimensions["A"].hidden = True
    file = io.BytesIO()
    book.save(file)
    assert cells(file.getvalue()) == (["7"], [])


@pytest.mark.parametrize(("width", "height", "shown"), [(3, 11, "###"), (8, 22, "###"), (8, 11, "12345")])
def test_binary_workbooks(width, height, shown):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    style = xlwt.XFStyle()
    style.font.height = height * 20
    sheet.write(0, 0, NUMBER, style)
    sheet.write(0, 1, 7)
    sheet.col(0).width = width * 256
    file = io.BytesIO()
    book.save(file)
    texts, problems = cells(file.getvalue())
    assert texts[0] == shown
    assert ("no-room" in problems) == (shown == "###")


@pytest.mark.parametrize(("width", "shown"), [("15", "###"), ("40", "12345")])
def test_workbooks_in_xml(width, shown):
    source = (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a"><Table>'
        f'<Column ss:Width="{width}"/><Row><Cell><Data ss:Type="Number">12345</Data></Cell>'
        '<Cell><Data ss:Type="Number">7</Data></Cell></Row></Table></Worksheet></Workbook>'
    )
    texts, _ = cells(source.encode())
    assert texts[0] == shown


def test_needs():
    assert needed("12345", 1.0) == 5
    assert needed("1,234", 1.0) == pytest.approx(4.4)
    assert needed("12345", scale_of(22, 11, fits=False)) == pytest.approx(9.3)
    assert needed("12345", scale_of(22, 11, fits=True)) == 0


def ods(width, style="", value="12345", number="12345"):
    styles = (
        '<style:style style:name="co"><style:table-column-properties style:column-width="2in"/></style:style>'
        f'<style:style style:name="c1"><style:table-column-properties style:column-width="{width}"/></style:style>'
        f'<style:style style:name="ce">{style}</style:style>'
    )
    rows = (
        "<table:table-row><table:table-cell><text:p>许可</text:p></table:table-cell>"
        f'<table:table-cell table:style-name="ce" office:value-type="float" office:value="{number}">'
        f"<text:p>{value}</text:p></table:table-cell></table:table-row>"
    )
    columns = '<table:table-column table:style-name="co"/><table:table-column table:style-name="c1"/>'
    body = f'<office:spreadsheet><table:table table:name="a">{columns}{rows}</table:table></office:spreadsheet>'
    common = f"<office:document-styles {SPACES}>{styles}</office:document-styles>"
    (document,) = read(packed(body, **{"styles.xml": common}), name="a.ods")
    return next(iter(document.grids)).rows[0][1].text, [problem.code for problem in document.problems]


@pytest.mark.parametrize(
    ("given", "shown", "codes"),
    [
        (("0.2in",), "###", ["no-room"]),
        (("0.5in",), "12345", []),
        (("0.5in", '<style:text-properties fo:font-size="22pt"/>'), "###", ["no-room"]),
        (("0.2in", '<style:table-cell-properties style:shrink-to-fit="true"/>'), "12345", []),
        (("0.2in", '<style:table-cell-properties style:rotation-angle="90"/>'), "12345", []),
        (("0.4in", "", "12345.25", "12345.25"), "12345.25", ["shown-otherwise"]),
    ],
)
def test_workbooks_in_open_document(given, shown, codes):
    assert ods(*given) == (shown, codes)
