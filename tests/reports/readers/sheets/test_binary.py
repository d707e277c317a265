"""XLSB: its stored values are read, and doubted, for how the sheet shows them is not known."""

import io
import struct
import zipfile

from reports.readers import read

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def record(number, content=b""):
    """One of [MS-XLSB] 2.1.4, shorter than 128 bytes."""
    kind = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
    return kind + bytes([len(content)]) + content


def text(written):
    return struct.pack("<I", len(written)) + written.encode("utf-16-le")


def relations(identity, kind, target):
    link = f'<Relationship Id="{identity}" Type="{OFFICE}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{RELATIONS}">{link}</Relationships>'


def xlsb():
    row = record(0, struct.pack("<IIHHB", 0, 0, 300, 0, 0) + b"\0" * 4)
    cells = record(6, struct.pack("<II", 0, 0) + text("许可")) + record(5, struct.pack("<IId", 1, 0, 12.0))
    size = record(148, struct.pack("<4I", 0, 0, 0, 1))
    sheet = record(129) + size + record(145) + row + cells + record(146) + record(130)
    names = record(156, struct.pack("<II", 0, 1) + text("rId1") + text("表"))
    book = record(131) + record(143) + names + record(144) + record(157, bytes(26)) + record(132)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as pack:
        pack.writestr("_rels/.rels", relations("rId1", "officeDocument", "xl/workbook.bin"))
        pack.writestr("xl/_rels/workbook.bin.rels", relations("rId1", "worksheet", "worksheets/sheet1.bin"))
        pack.writestr("xl/workbook.bin", book)
        pack.writestr("xl/worksheets/sheet1.bin", sheet)
    return held.getvalue()


def test_a_binary_workbook_is_read_and_doubted():
    (document,) = read(xlsb(), name="a.xlsb")
    (grid,) = document.grids
    assert [cell.text for cell in grid.rows[0]] == ["许可", "12"]
    assert [problem.code for problem in document.problems] == ["shown-otherwise"]
