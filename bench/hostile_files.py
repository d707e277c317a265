"""Hostile sources of every format, each made when it is asked for: spans, depths, bombs, loops, junk, lies."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
X = (
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="worksheets/s.xml"/></Relationships>'
)
OFFICE = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
ODF = (
    f'{OFFICE} xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY a0 "&a;">'
    + "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(12))
    + "]>"
)


def packed(members: dict[str, bytes | str]) -> bytes:
    """A ZIP."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in members.items():
            pack.writestr(name, content)
    return held.getvalue()


def word(body: str, styles: str = "") -> bytes:
    """A Word file with this body."""
    return packed({
        "word/document.xml": f"<w:document {W}><w:body>{body}",
        "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>",
    })  # fmt: skip


def book(body: str, strings: str = "") -> bytes:
    """A workbook of one sheet."""
    return packed({
        "xl/workbook.xml": f'<workbook {X}><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": RELATIONS,
        "xl/worksheets/s.xml": f"<worksheet {X}>{body}</worksheet>",
        "xl/sharedStrings.xml": f"<sst {X}>{strings}</sst>",
    })  # fmt: skip


def text_file(body: str) -> bytes:
    """An OpenDocument text."""
    return packed({
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {ODF}><office:body><office:text>{body}",
    })  # fmt: skip


def zip_of(make: Callable[[int], bytes], count: int, ending: str) -> bytes:
    """An archive with so many members."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as pack:
        for number in range(count):
            pack.writestr(f"{number}.{ending}", make(number))
    return held.getvalue()


def nested_zip() -> bytes:
    """Archives in archives, sixteen in each, with a bomb inmost."""
    inner = packed({"word/document.xml": b"<a>" + b" " * 60_000_000})
    for _ in range(3):
        now = inner
        inner = zip_of(lambda _: now, 16, "zip")  # noqa: B023
    return inner


def pdf(objects: list[bytes]) -> bytes:
    """A PDF of these objects, the first its catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))


def stream(content: bytes, more: bytes = b"") -> bytes:
    """A compressed stream."""
    shut = zlib.compress(content, 9)
    return b"<<%b/Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (more, len(shut), shut)


CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def one_page(content: bytes, *more: bytes, resources: bytes = b"", box: bytes = b"0 0 600 800") -> bytes:
    """A PDF of one page; ``more`` are further objects, from number 6."""
    page = b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[%b]/Resources<</Font<</F 5 0 R>>%b>>>>"
    page %= (box, resources)
    return pdf([CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, stream(content), FONT, *more])


def forms_that_call_each_other() -> bytes:
    """Twelve form XObjects, each drawn ten times by the one before: ten to the twelfth rectangles."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X %d 0 R>>>>"
    made = [stream(b"/X Do " * 10 if n < 11 else b"0 0 1 1 re f", form % (7 + n if n < 11 else 6)) for n in range(12)]
    return one_page(b"/X Do " * 10, *made, resources=b"/XObject<</X 6 0 R>>")


def pages(count: int) -> bytes:
    """Many pages with the same text."""
    kids = b" ".join(b"%d 0 R" % (5 + n) for n in range(count))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 3 0 R/Resources<</Font<</F 4 0 R>>>>>>"
    content = stream(b"BT /F 10 Tf " + b"(report 12 34 5) Tj 0 12 Td " * 60 + b"ET")
    return pdf([CATALOGUE, b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, count), content, FONT, *[page] * count])


def noise(head: bytes, size: int = 20_000_000) -> bytes:
    """Random bytes behind a head that promises a format."""
    return head + random.Random(head).randbytes(size)


CASES: dict[str, Callable[[], bytes]] = {
    "spans.html": lambda: b"<table>" + b"<tr><td rowspan=100000 colspan=100000>1<td colspan=65000 rowspan=0>2" * 400,
    "deep.html": lambda: b"<div>" * 200_000 + b"x",
    "tables.html": lambda: b"<table><tr><td>" * 10_000 + b"5",
    "cells.html": lambda: b"<td>" * 12_500_000,
    "tables-50.html": lambda: b"<table><tr><td>1" * 3_100_000,
    "laughs.html": lambda: LAUGHS.encode() + b"<table><tr><td>&a12;",
    "junk.html": lambda: noise(b"<html><table>", 50_000_000),
    "junk.txt": lambda: noise(b"", 50_000_000),
    "lines.txt": lambda: "政府信息公开 12 3\n".encode() * 2_000_000,
    "bars.txt": lambda: b"|" * 50_000_000,
    "quadratic.txt": lambda: "（".encode() * 200_000 + b"1 " * 500_000 + "其中".encode() * 200_000,
    "bomb.docx": lambda: packed({"word/document.xml": b"<w:p>" + b"\0" * 300_000_000}),
    "laughs.docx": lambda: packed({"word/document.xml": f"{LAUGHS}<w:document {W}><w:body><w:p>&a12;"}),
    "deep.docx": lambda: word("<w:tbl><w:tr><w:tc>" * 10_000),
    "spans.docx": lambda: word(
        "<w:tbl>"
        + ("<w:tr>" + '<w:tc><w:tcPr><w:gridSpan w:val="100000"/><w:vMerge w:val="restart"/></w:tcPr></w:tc>' * 5
           + "</w:tr>") * 3_000
    ),
    "table.docx": lambda: word(
        "<w:tbl>" + ("<w:tr>" + "<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>" * 60 + "</w:tr>") * 3_000
    ),
    "long.docx": lambda: word("<w:p><w:r><w:t>政府信息公开年度报告</w:t></w:r></w:p>" * 250_000),
    "styles.docx": lambda: word(
        "".join(f'<w:p><w:pPr><w:pStyle w:val="s{n % 5_000}"/></w:pPr><w:r><w:t>{n}</w:t></w:r></w:p>'
                for n in range(50_000)),
        "".join(f'<w:style w:styleId="s{n}"><w:basedOn w:val="s{(n + 1) % 5_000}"/><w:rPr><w:vanish/></w:rPr></w:style>'
                for n in range(5_000)),
    ),
    "fields.docx": lambda: word('<w:p>' + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 100_000),
    "far.xlsx": lambda: book('<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
    "million.xlsx": lambda: book(
        "<sheetData>" + "".join(f'<row r="{n}"><c><v>1</v></c></row>' for n in range(1, 400_000)) + "</sheetData>"
    ),
    "wide.xlsx": lambda: book("<sheetData>" + ("<row>" + "<c><v>1</v></c>" * 110 + "</row>") * 2_500 + "</sheetData>"),
    "strings.xlsx": lambda: book(
        "<sheetData>" + ("<row>" + '<c t="s"><v>0</v></c>' * 100 + "</row>") * 4_000 + "</sheetData>",
        f"<si><t>{'政' * 200_000}</t></si>",
    ),
    "merges.xlsx": lambda: book(
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><mergeCells>'
        + "".join(f'<mergeCell ref="A{n}:XFD1048576"/>' for n in range(1, 20_001)) + "</mergeCells>",
        "<si><t>a</t></si>" * 800_000,
    ),
    "repeated.ods": lambda: text_file(
        '<table:table><table:table-row table:number-rows-repeated="1000000">'
        '<table:table-cell table:number-columns-repeated="16000"><text:p>1</text:p></table:table-cell>'
        "</table:table-row></table:table>" * 50
    ),
    "deep.odt": lambda: text_file("<text:section>" * 10_000 + "<text:p>1"),
    "spaces.odt": lambda: text_file('<text:p><text:s text:c="100000000"/></text:p>' * 10_000),
    "groups.rtf": lambda: b"{\\rtf1" + b"{" * 2_000_000,
    "rows.rtf": lambda: b"{\\rtf1 " + b"\\trowd\\cellx100\\intbl 1\\cell\\row" * 150_000 + b"}",
    "levels.rtf": lambda: b"{\\rtf1 " + b"\\itap20 1\\nestcell\\itap1 1\\cell" * 100_000 + b"}",
    "binary.rtf": lambda: noise(b"{\\rtf1 {\\pict\\bin 99999999 ", 30_000_000),
    "long.rtf": lambda: b"{\\rtf1 " + b"\\u25919?" * 1_400_000 + b"}",
    "forms.pdf": forms_that_call_each_other,
    "stream.pdf": lambda: one_page(b" " * 400_000_000),
    "rectangles.pdf": lambda: one_page(b"0 0 1 1 re f\n" * 3_000_000),
    "texts.pdf": lambda: one_page(b"BT /F 10 Tf " + b"(12 345 6) Tj 1 0 Td " * 800_000 + b" ET"),
    "huge-page.pdf": lambda: one_page(b"BT /F 10 Tf 100 100 Td (x) Tj ET", box=b"-1e30 -1e30 1e30 1e30"),
    "pages.pdf": lambda: pages(2_000),
    "kids.pdf": lambda: pdf([CATALOGUE, b"<</Type/Pages/Kids[%b]/Count 1000000>>" % b" ".join([b"2 0 R"] * 1_000)]),
    "nested.zip": nested_zip,
    "members.zip": lambda: zip_of(lambda n: b"<p>x", 20_000, "html"),
    "slow.zip": lambda: zip_of(
        lambda n: b"<html>" + b"<table>" * 20 + b"<tr>" + b"<td colspan=1000 rowspan=1000>1" * 3_000, 60, "html"
    ),
    "bomb.ofd": lambda: packed({"OFD.xml": b"<a>" + b" " * 200_000_000}),
    **{
        f"noise.{ending}": lambda head=head: noise(head)  # type: ignore[misc]
        for ending, head in (
            ("pdf", b"%PDF-1.7\n"), ("docx", b"PK\3\4"), ("doc", bytes.fromhex("d0cf11e0a1b11ae1")),
            ("rtf", b"{\\rtf1 "), ("png", b"\x89PNG\r\n\x1a\n"), ("7z", b"7z\xbc\xaf\x27\x1c"),
        )
    },
}  # fmt: skip
