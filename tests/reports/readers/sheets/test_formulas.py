"""Formulas that a library wrote and nobody has counted: what the sheet will show is read, or nothing is."""

import io
import struct
import zipfile

import openpyxl
import pytest
import xlsxwriter
import xlwt

from reports.readers import read, read_again
from reports.readers.sheets.formulas import Formulas
from reports.readers.sheets.xls_formulas import FORMULA, XlsFormulas
from tests.reports.readers.odf.test_document import cell, packed, table

NUMBERS = {(0, 0): 3.0, (0, 1): 4.0, (1, 0): 5.0}
TEXTS = {(1, 1)}


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("SUM(A1:B2)", 12),
        ("SUM(A1,B1,2)", 9),
        ("sum($A$1:$A$2)-B1*2", 0),
        ("(A1+B1)/2", 3.5),
        ("-A1+10%", -2.9),
        ("A1+C9", 3),  # nothing counts as nought
        ("A1+B2", None),  # a text does not
        ("A1/C9", None),
        ("ROUND(A1,0)", None),
        ("Sheet2!A1", None),
        ("SUM(A1:B1 A1)", None),
        ("SUM(A:A)", None),
        ("(" * 40 + "1" + ")" * 40, None),
        ("SUM(A1:XFD1048576)", None),
        ("SUM(A1:B1", None),
        ("", None),
    ],
)
def test_a_formula(formula, result):
    found = Formulas(NUMBERS, TEXTS, {(5, 5): formula}).result((5, 5))
    assert found == (None if result is None else pytest.approx(result))


def test_formulas_upon_formulas():
    formulas = {(2, 0): "A1+A2", (3, 0): "SUM(A3,B4)", (3, 1): "A4", (5, 0): "A3*2"}
    sheet = Formulas(NUMBERS, TEXTS, formulas)
    assert sheet.result((5, 0)) == 16
    assert sheet.result((3, 0)) is None  # they ask for each other


def by_xlsxwriter(rows):
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    sheet = book.add_worksheet()
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            sheet.write(y, x, value)  # of a formula it stores nought
    book.close()
    return held.getvalue(), "a.xlsx"


def by_openpyxl(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)  # of a formula it stores nothing
    return held.getvalue(), "a.xlsx"


def by_xlwt(rows):
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            formula = isinstance(value, str) and value.startswith("=")
            sheet.write(y, x, xlwt.Formula(value[1:]) if formula else value)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue(), "a.xls"


@pytest.mark.parametrize("made_by", [by_xlsxwriter, by_openpyxl, by_xlwt])
def test_results_that_are_not_stored(made_by):
    source, name = made_by([
        ["许可", 12, 30, "=SUM(B1:C1)", "=B1+C1-2"],
        ["处罚", 1, 2, "=AVERAGE(B2:C2)", "=(B2+C2)*10/3"],
        ["强制", 0, 0, "=SUM(B3:C3)", "=D1"],
    ])  # fmt: skip
    (document,) = read(source, name=name)
    for each in (document, read_again(source, document)):
        if each is None:
            continue  # of the older format there is no second way
        (grid,) = each.grids
        rows = [[found.text for found in row] for row in grid.rows]
        assert [row[3:] for row in (rows[0], rows[2])] == [["42", "40"], ["0", "42"]]
        assert rows[1][3].startswith("=")
        assert rows[1][4] == "10"


def test_a_result_that_is_stored_is_believed():
    book = openpyxl.Workbook()
    book.active.append(["许可", 12, 30, 41])
    held = io.BytesIO()
    book.save(held)
    pack = zipfile.ZipFile(held)
    members = {name: pack.read(name) for name in pack.namelist()}
    sheet = members["xl/worksheets/sheet1.xml"].replace(b"<v>41</v>", b"<f>SUM(B1:C1)</f><v>%s</v>")
    for stored, shown in ((b"41", "41"), (b"0", "=SUM(B1:C1)")):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as pack:
            for name, content in members.items():
                content = content.replace(b' fullCalcOnLoad="1"', b"")
                pack.writestr(name, sheet % stored if name == "xl/worksheets/sheet1.xml" else content)
        (document,) = read(held.getvalue(), name="a.xlsx")
        assert next(document.grids).rows[0][3].text == shown  # of nought nobody can tell


def test_values_and_formulas_of_which_a_sheet_has_no_text():
    rows = table(
        f"{cell('许可')}"
        '<table:table-cell office:value-type="float" office:value="12"/>'
        '<table:table-cell office:value-type="string" office:string-value="无"/>'
        '<table:table-cell table:formula="of:=[.B1]+1"/><table:table-cell/>',
        settings='table:name="a"',
    )
    (document,) = read(packed(f"<office:spreadsheet>{rows}</office:spreadsheet>"), name="a.ods")
    (grid,) = document.grids
    assert [each.text for each in grid.rows[0]][:4] == ["许可", "12", "无", "=of:=[.B1]+1"]


def test_a_formula_far_from_the_cells_is_left_out():
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    sheet.write(0, 0, "许可")
    sheet.write(10_000, 3, xlwt.Formula("1+1"))
    held = io.BytesIO()
    book.save(held)
    (document,) = read(held.getvalue(), name="a.xls")
    assert [len(grid.rows) for grid in document.grids] == [1]


def stored(*results):
    """Formulas of a sheet as their records have them: 1+1, each with a result of eight bytes."""
    tokens = b"\x1e\1\0\x1e\1\0\3"
    found = XlsFormulas()
    for x, result in enumerate(results):
        found.note(FORMULA, struct.pack("<HHH8sHIH", 0, x, 0, result, 0, 0, len(tokens)) + tokens)
    return found


def test_a_program_that_stores_any_result_has_counted():
    nothing, nought, two = b"\3" + bytes(5) + b"\xff\xff", bytes(8), struct.pack("<d", 2)
    assert stored(nothing, nought).found == {(0, 0): ("1+1", None), (0, 1): ("1+1", 0.0)}
    assert not stored(nothing, nought).counted
    assert stored(nothing, two).counted
