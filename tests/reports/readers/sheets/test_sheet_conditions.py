"""Figures that a sheet keeps out of sight by a condition, a view or a white font, in the formats beside XLSX."""

import io
import struct

import openpyxl
import pytest

from reports.readers import read, read_again
from reports.readers.sheets.conditions import Condition
from reports.readers.sheets.xls_conditions import XlsConditions
from tests.reports.readers.odf.test_document import SPACES, packed

FORMATS = (
    ' xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"'
    ' xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0"'
)
WHITE = '<style:text-properties fo:color="#ffffff"/>'
NOTHING = (
    '<number:number-style style:name="N1"><number:text/></number:number-style><number:text-style style:name="N2">'
    '<number:text/><style:map style:condition="value()&gt;0" style:apply-style-name="N1"/></number:text-style>'
    '<number:number-style style:name="N3"><number:number number:min-integer-digits="1"/></number:number-style>'
    f'<number:number-style style:name="N4">{WHITE}<number:number number:min-integer-digits="1"/></number:number-style>'
    '<number:number-style style:name="N5"><number:number number:min-integer-digits="1"/>'
    '<style:map style:condition="value()&gt;0" style:apply-style-name="N4"/></number:number-style>'
)


def look(name, inner="", more=""):
    return f'<style:style style:name="{name}" style:family="table-cell" {more}>{inner}</style:style>'


def chosen(condition, name):
    return f'<style:map style:condition="{condition}" style:apply-style-name="{name}"/>'


def sheet(*rows, columns="", zeros=None, looks=""):
    """The rows of an ODS, whose figures are pairs of a style and a number."""
    lines = ""
    for row in rows:
        lines += "<table:table-row>"
        for style, value in row:
            named = f'table:style-name="{style}"' if style else ""
            number = f'office:value-type="float" office:value="{value}"' if not isinstance(value, str) else ""
            lines += f"<table:table-cell {named} {number}><text:p>{value}</text:p></table:table-cell>"
        lines += "</table:table-row>"
    body = f'<office:spreadsheet><table:table table:name="表">{columns}{lines}</table:table></office:spreadsheet>'
    more = {"styles.xml": f"<office:document-styles {SPACES}{FORMATS}>{NOTHING}{looks}</office:document-styles>"}
    if zeros is not None:
        items = "".join(
            f'<config:config-item config:name="ShowZeroValues" config:type="boolean">{each}</config:config-item>'
            for each in zeros
        )
        more["settings.xml"] = f"<office:document-settings {SPACES}{FORMATS}>{items}</office:document-settings>"
    (document,) = read(packed(body, **more), name="a.ods")
    (grid,) = document.grids
    return [[each.text for each in row] for row in grid.rows], [problem.code for problem in document.problems]


ROW = [("", "许可"), ("c", 0), ("c", 5)]


@pytest.mark.parametrize(
    ("looks", "shown", "codes"),
    [
        (look("w", WHITE) + look("c", chosen("cell-content()=0", "w")), ["", "5"], []),
        (look("w", WHITE) + look("c", chosen("cell-content()&gt;=5", "w")), ["0", ""], []),
        (look("w", WHITE) + look("c", chosen("is-true-formula(A1)", "w")), ["0", "5"], ["shown-otherwise"]),
        (look("w") + look("c", chosen("cell-content()=0", "w")), ["0", "5"], []),
        (look("w", more='style:data-style-name="N2"') + look("c", chosen("cell-content()=0", "w")), ["", "5"], []),
        (look("w", more='style:data-style-name="N3"') + look("c", chosen("cell-content()=0", "w")), ["0", "5"], []),
        (look("c", WHITE), ["", ""], []),
        (look("c", more='style:data-style-name="N4"'), ["", ""], []),
        (look("c", more='style:data-style-name="N5"'), ["0", "5"], ["shown-otherwise"]),
    ],
)
def test_conditions_and_white_cells_of_an_ods(looks, shown, codes):
    rows, found = sheet(ROW, looks=looks)
    assert (rows, found) == ([["许可", *shown]], codes)


def test_white_by_the_column_of_an_ods():
    columns = '<table:table-column/><table:table-column table:default-cell-style-name="w"/><table:table-column/>'
    rows, _ = sheet([("", "许可"), ("", 9), ("", 5)], columns=columns, looks=look("w", WHITE))
    assert rows == [["许可", "", "5"]]


@pytest.mark.parametrize(
    ("zeros", "shown", "codes"),
    [
        (["true"], "0", []),
        (["false"], "", []),
        (["false", "false"], "", []),
        (["true", "false"], "0", ["shown-otherwise"]),
    ],
)
def test_noughts_that_an_ods_does_not_show(zeros, shown, codes):
    assert sheet(ROW, zeros=zeros) == ([["许可", shown, "5"]], codes)


def test_a_whole_number_with_noughts_before_it_is_the_number():
    body = (
        '<office:spreadsheet><table:table table:name="表"><table:table-row><table:table-cell><text:p>许可</text:p>'
        '</table:table-cell><table:table-cell office:value-type="float" office:value="7"><text:p>007</text:p>'
        "</table:table-cell><table:table-cell><text:p>007</text:p></table:table-cell></table:table-row></table:table>"
        "</office:spreadsheet>"
    )
    (document,) = read(packed(body), name="a.ods")
    assert [each.text for each in next(document.grids).rows[0]] == ["许可", "7", "007"]


SHEET = "urn:schemas-microsoft-com:office:spreadsheet"
EXCEL = "urn:schemas-microsoft-com:office:excel"
NOUGHT = ("Equal", "0")


def sheet_xml(place, style, qualifier="", value=""):
    sign = f"<Qualifier>{qualifier}</Qualifier>" if qualifier else ""
    rule = (
        f'<ConditionalFormatting xmlns="{EXCEL}"><Range>{place}</Range><Condition>{sign}<Value1>{value}</Value1>'
        f"<Format Style='{style}'/></Condition></ConditionalFormatting>"
    )
    cells = '<Cell><Data ss:Type="String">许可</Data></Cell>' + "".join(
        f'<Cell><Data ss:Type="Number">{value}</Data></Cell>' for value in (0, 5, 0)
    )
    source = (
        f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{SHEET}" xmlns:ss="{SHEET}">'
        f'<Worksheet ss:Name="表"><Table><Row>{cells}</Row></Table>{rule}</Worksheet></Workbook>'
    )
    (document,) = read(source.encode(), name="a.xls")
    return [each.text for each in next(document.grids).rows[0][1:]], [each.code for each in document.problems]


@pytest.mark.parametrize(
    ("rule", "shown", "codes"),
    [
        (("R1C2:R1C3", "color:white", *NOUGHT), ["", "5", "0"], []),
        (("R1C2,R1C4", "color:#FFFFFF;font-weight:700", *NOUGHT), ["", "5"], []),
        (("C2:C4", "color:white", *NOUGHT), ["", "5"], []),
        (("R1", "color:white", "GreaterOrEqual", "5"), ["0", "", "0"], []),
        (("R1C2:R1C4", "color:white;background:#1F4E79", *NOUGHT), ["0", "5", "0"], []),
        (("R1C2:R1C4", "background-color:white", *NOUGHT), ["0", "5", "0"], []),
        (("R1C2", "color:white", "", "=R1C9=1"), ["0", "5", "0"], ["shown-otherwise"]),
    ],
)
def test_conditions_of_excel_s_xml(rule, shown, codes):
    assert sheet_xml(*rule) == (shown, codes)


RANGE = struct.pack("<HH4HH4H", 1, 0, 2, 9, 1, 3, 1, 2, 9, 1, 3)
PLACE = (2, 1, 9, 3)


def rule(*, colour=None, number=None, pattern=None, kind=1, sign=3, formula=b"\x1e\0\0"):
    flags, own, parts = 0, 0, b""
    if number is not None:
        flags, own = flags | 1 << 25, isinstance(number, str)
        if own:
            text = struct.pack("<HB", len(number), 0) + number.encode()
            parts += struct.pack("<H", len(text) + 2) + text
        else:
            parts += bytes([0, number])
    if colour is not None:
        flags, parts = flags | 1 << 26, parts + b"\0" * 80 + struct.pack("<I", colour) + b"\0" * 34
    if pattern is not None:
        flags, parts = flags | 1 << 29, parts + struct.pack("<HH", *pattern)
    return struct.pack("<BBHHIH", kind, sign, len(formula), 0, flags, own) + parts + formula


@pytest.mark.parametrize(
    ("record", "test"),
    [
        (rule(colour=9), ("=", 0.0)),
        (rule(colour=9, sign=5, formula=b"\x1f" + struct.pack("<d", 2.5)), (">", 2.5)),
        (rule(colour=9, sign=6, formula=b"\x1e\3\0\x13"), ("<", -3.0)),
        (rule(number=";;;"), ("=", 0.0)),
        (rule(number="0;0;;", colour=8), "shown"),
        (rule(number=2), "shown"),
        (rule(colour=10), "shown"),
        (rule(colour=9, pattern=(1 << 10, 23 | 65 << 7)), "shown"),  # on a ground
        (rule(colour=9, kind=2, formula=b"\x44\2\0\1\xc0"), None),
        (rule(colour=9, sign=1), None),
    ],
)
def test_conditions_of_a_binary_workbook(record, test):
    conditions = XlsConditions()
    conditions.note(0x01B0, RANGE, {})
    conditions.note(0x01B1, record, {})
    assert conditions.found == ([] if test == "shown" else [Condition(PLACE, test)])


def test_a_formula_without_its_result_is_no_blank():
    book = openpyxl.Workbook()
    book.active.append(["许可", 3, "=MAX(B1:B1)", None, 4])
    held = io.BytesIO()
    book.save(held)
    (document,) = read(held.getvalue(), name="a.xlsx")
    for found in (document, read_again(held.getvalue(), document)):
        assert [each.text for each in next(found.grids).rows[0]] == ["许可", "3", "=MAX(B1:B1)", "", "4"]
