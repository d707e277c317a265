"""Hostile office files: binary ones that point outside themselves, tables without end, boxes in boxes, parts."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable

from xlwt.CompoundDoc import XlsDoc

from bench.hostile_files import RELATIONS, W, X, packed, text_file, word

_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_SHEET = "urn:schemas-microsoft-com:office:spreadsheet"
_HTML = "<html><table>" + "<tr><td>1<td>2" * 200_000


def compound(name: str, stream: bytes) -> bytes:
    """An OLE2 file with one stream of this name."""
    held = io.BytesIO()
    XlsDoc().save(held, stream)
    old, new = "Workbook\0".encode("utf-16-le"), f"{name}\0".encode("utf-16-le")
    source = held.getvalue()
    at = source.index(old)
    entry = new.ljust(64, b"\0") + struct.pack("<H", len(new))
    return source[:at] + entry + source[at + 66 :]


def word_97(fib: dict[int, int], rest: bytes = b"") -> bytes:
    """A binary Word file whose header has these numbers, by their places; all else in it is nought."""
    main = bytearray(0x800)
    struct.pack_into("<HH", main, 0, 0xA5EC, 0x00C1)
    for place, number in fib.items():
        struct.pack_into("<I", main, place, number)
    return compound("WordDocument", bytes(main) + rest)


def records(*parts: tuple[int, bytes]) -> bytes:
    """A binary workbook of these records."""
    stream = b"".join(struct.pack("<HH", code, len(content)) + content for code, content in parts)
    return compound("Workbook", stream)


_BOF = (0x0809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
_OUTSIDE = dict.fromkeys((0x4C, 0x64, 0xA2, 0xA6, 0xFA, 0xFE, 0x102, 0x106, 0x1A2, 0x1A6, 0x1DA, 0x1DE), 0x7FFFFFF0)


def chunks() -> bytes:
    """A Word file with the same page in its text over and over."""
    relations = '<Relationships><Relationship Id="c" Type="x/aFChunk" Target="c.htm"/></Relationships>'
    return packed({
        "word/document.xml": f"<w:document {W} {X.split(' ', 1)[1]}><w:body>" + '<w:altChunk r:id="c"/>' * 5_000,
        "word/_rels/document.xml.rels": relations,
        "word/c.htm": _HTML,
    })  # fmt: skip


def conditions() -> bytes:
    """A workbook with many rules over all of its cells."""
    rule = '<cfRule type="cellIs" dxfId="0" operator="equal"><formula>0</formula></cfRule>'
    cells = ("<row>" + "<c><v>1</v></c>" * 100 + "</row>") * 2_000
    sheet = f"<worksheet {X}><sheetData>{cells}</sheetData>"
    rules = f'<conditionalFormatting sqref="A1:CV2000">{rule}</conditionalFormatting>' * 5_000
    return styled('<dxfs><dxf><font><color rgb="FFFFFFFF"/></font></dxf></dxfs>', sheet + rules)


def formats() -> bytes:
    """A workbook whose number format is longer than its sheet."""
    endless = f'<numFmts><numFmt numFmtId="200" formatCode="{"0" * 15_000_000}"/></numFmts>'
    cells = '<c s="0"><v>1</v></c>' * 90_000
    return styled(
        f'{endless}<cellXfs><xf numFmtId="200"/></cellXfs>', f"<worksheet {X}><sheetData><row>{cells}</row></sheetData>"
    )


def styled(styles: str, sheet: str) -> bytes:
    """A workbook of one sheet with these styles."""
    return packed({
        "xl/workbook.xml": f'<workbook {X}><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": RELATIONS,
        "xl/styles.xml": f"<styleSheet {X}>{styles}</styleSheet>",
        "xl/worksheets/s.xml": sheet,
    })  # fmt: skip


def sheet_xml(rows: str) -> bytes:
    """A workbook in Excel's XML of 2003."""
    head = f'<?xml version="1.0"?><Workbook xmlns="{_SHEET}" xmlns:ss="{_SHEET}"><Worksheet><Table>'
    return (head + rows).encode()


def old_word() -> bytes:
    """A Word 95 file that is nothing but ends of cells."""
    return compound("WordDocument", struct.pack("<HH20xII", 0xA5DC, 0x65, 0x20, 9_000_000) + b"\7" * 9_000_000)


def text_codes() -> bytes:
    """An OFD page of a million texts."""
    code = '<ofd:TextCode X="0" Y="3">1</ofd:TextCode></ofd:TextObject>'
    texts = f'<ofd:TextObject ID="1" Boundary="0 0 9 9" Font="1" Size="3">{code}' * 1_000_000
    content = f"<ofd:Content><ofd:Layer>{texts}</ofd:Layer></ofd:Content>"
    return packed({
        "OFD.xml": f"<ofd:OFD {_OFD}><ofd:DocBody><ofd:DocRoot>D/D.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "D/D.xml": f'<ofd:Document {_OFD}><ofd:Pages><ofd:Page ID="1" BaseLoc="P/C.xml"/></ofd:Pages></ofd:Document>',
        "D/P/C.xml": f"<ofd:Page {_OFD}>{content}</ofd:Page>",
    })  # fmt: skip


OFFICE_CASES: dict[str, Callable[[], bytes]] = {
    "outside.doc": lambda: word_97(_OUTSIDE),
    "endless.doc": lambda: word_97({0x4C: 0xFFFFFFFF, 0x64: 0xFFFFFFFF, 0x1A6: 0xFFFFFFFF, 0x25E: 0xFFFFFFFF}),
    "old.doc": old_word,
    "records.xls": lambda: records(_BOF, *[(0x0203, b"\0\xff" * 32_767)] * 60),
    "cut.xls": lambda: compound("Workbook", struct.pack("<HH", 0x0809, 0xFFFF) + b"\0" * 5_000),
    "sheets.xls": lambda: records(_BOF, *[(0x85, struct.pack("<IBB", 9, 0, 0))] * 20_000,
                                  *[(0x0203, struct.pack("<HHHd", 1, 1, 0, 1.0))] * 300_000),
    "rows.docx": lambda: word("<w:tbl>" + "<w:tr/>" * 1_000_000),
    "cells.docx": lambda: word("<w:tbl>" + "<w:tr><w:tc/></w:tr>" * 700_000),
    "chunks.docx": chunks,
    "pictures.docx": lambda: word("<w:tbl><w:tr>" + "<w:tc><w:p><w:r><w:object/></w:r></w:p></w:tc>" * 250_000),
    "conditions.xlsx": conditions,
    "formats.xlsx": formats,
    "span.xml": lambda: sheet_xml('<Row ss:Span="1000000"/>' * 200_000),
    "merge.xml": lambda: sheet_xml(
        '<Row><Cell ss:MergeDown="99999" ss:MergeAcross="99"/></Row>' * 4_000 + "<Row><Cell><Data>1</Data></Cell></Row>"
    ),
    "columns.ods": lambda: text_file(
        '<table:table><table:table-row table:number-rows-repeated="1048576">'
        + '<table:table-cell table:number-columns-repeated="1024"><text:p>1</text:p></table:table-cell>' * 200_000
    ),
    "texts.ofd": text_codes,
    "nested.rtf": lambda: b"{\\rtf1 " + b"{\\b 1" * 100_000 + b"}" * 100_000,
    "boxes.rtf": lambda: b"{\\rtf1 " + b"{\\shp{\\*\\shpinst{\\shptxt 1" * 60_000,
    "codes.rtf": lambda: b"{\\rtf1 " + b"{\\field{\\*\\fldinst EQ \\\\o(1,2)}}" * 250_000,
}  # fmt: skip
