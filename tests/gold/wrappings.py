"""Office files as WPS, old versions of Word and Excel, and portals write them, with more in them than pages show."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font

from demo.layout import Layout, expanded
from demo.organs import invented
from demo.render import docx as word
from demo.render import html as web
from demo.render import parts
from demo.writing import Report, write
from tests.gold.cases import Sample, Truth

if TYPE_CHECKING:
    from tests.gold.cases import Case

Printed = tuple[bytes, str, str | None]

_WORD_2003 = "http://schemas.microsoft.com/office/word/2003/wordml"
_SHEET = "urn:schemas-microsoft-com:office:spreadsheet"
_W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
_CELL = re.compile(r"<w:tc>.*?</w:tc>", re.S)
_FIGURE = re.compile(r"(<w:t(?: [^>]*)?>)(\d+)(</w:t>\s*</w:r>)")
_WHITE = '<w14:textFill><w14:solidFill><w14:schemeClr w14:val="bg1"/></w14:solidFill></w14:textFill>'


def _members(report: Report) -> dict[str, bytes]:
    pack = zipfile.ZipFile(io.BytesIO(word.render(report)))
    return {name: pack.read(name) for name in pack.namelist()}


def _packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in members.items():
            pack.writestr(zipfile.ZipInfo(name, (2024, 1, 20, 9, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def by_wps(made: Case) -> Printed:
    """A Word file by WPS: letters with fillings, and beside a figure one that is filled with white."""
    members = _members(made.report)
    body = members["word/document.xml"].decode()

    def with_unseen(match: re.Match[str]) -> str:
        run = f"<w:r {_W14}><w:rPr>{_WHITE}</w:rPr><w:t>{made.chance.randint(1, 9)}</w:t></w:r>"
        return match.group() + run if made.chance.random() < 0.5 else match.group()

    members["word/document.xml"] = _FIGURE.sub(with_unseen, body).encode()
    return _packed(members), "report.docx", None


def revised_cells(made: Case) -> Printed:
    """A Word file in which cells beside figures, and last year's rows, were deleted under revision tracking."""
    members = _members(made.report)
    chance = made.chance

    def with_deleted(match: re.Match[str]) -> str:
        cell = match.group()
        if _FIGURE.search(cell) is None or chance.random() < 0.8:
            return cell
        gone = f'<w:del w:id="9" w:author="a"><w:r><w:delText>{chance.randint(1, 99)}</w:delText></w:r></w:del>'
        return f'<w:tc><w:tcPr><w:cellDel w:id="8" w:author="a"/></w:tcPr><w:p>{gone}</w:p></w:tc>{cell}'

    body = _CELL.sub(with_deleted, members["word/document.xml"].decode())
    members["word/document.xml"] = body.encode()
    return _packed(members), "report.docx", None


def with_a_page_inside(made: Case) -> Printed:
    """A Word file whose text is a web page that stands in it as a file (``w:altChunk``), as report generators write."""
    page = f'<html><head><meta charset="utf-8"></head><body><p>{made.report.title}</p>{web.article(made.report)}</body>'
    spaces = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    )
    links = '<Relationships><Relationship Id="c1" Type="x/aFChunk" Target="/word/page.htm"/></Relationships>'
    body = f'<w:document {spaces}><w:body><w:altChunk r:id="c1"/></w:body></w:document>'
    members = {"word/document.xml": body, "word/_rels/document.xml.rels": links, "word/page.htm": page}
    return _packed({name: content.encode() for name, content in members.items()}), "report.docx", None


def word_2003(made: Case) -> Printed:
    """Word's XML of 2003, served as .doc."""
    found = re.search(r"<w:body>.*</w:body>", _members(made.report)["word/document.xml"].decode(), re.S)
    assert found is not None
    body = re.sub(r"<w:drawing>.*?</w:drawing>", "", found.group(), flags=re.S).replace("<w:vMerge", "<w:vmerge")
    head = '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>'
    source = f'{head}<w:wordDocument xmlns:w="{_WORD_2003}">{body}</w:wordDocument>'
    return source.encode(), "report.doc", "application/msword"


def sheet_2003(made: Case) -> Printed:
    """Excel's XML of 2003, served as .xls, with a hidden row of other figures below each table."""
    rows = [_sheet_row([_sheet_cell(1, made.report.title)])]
    for _, part in parts(made.report):
        if isinstance(part, str):
            rows.append(_sheet_row([_sheet_cell(1, part)]))
        else:
            rows += _sheet_rows(part, made.chance)
    table = f'<Worksheet ss:Name="年报"><Table>{"".join(rows)}</Table></Worksheet>'
    source = f'<?xml version="1.0"?><Workbook xmlns="{_SHEET}" xmlns:ss="{_SHEET}">{table}</Workbook>'
    return source.encode(), "report.xls", "application/vnd.ms-excel"


def _sheet_rows(rows: Layout, chance: random.Random) -> Iterator[str]:
    grid = expanded(rows)
    for line in grid:
        cells = [
            _sheet_cell(place + 1, cell.text, cell.colspan - 1, cell.rowspan - 1, number=bool(cell.code))
            for place, (cell, first) in enumerate(line)
            if first and (place == 0 or line[place - 1][0] is not cell)
        ]
        yield _sheet_row(cells)
    hidden = [_sheet_cell(place + 1, str(chance.randint(1, 9)), number=True) for place in range(len(grid[0]))]
    yield _sheet_row(hidden, ' ss:Hidden="1"')


def _sheet_row(cells: list[str], more: str = "") -> str:
    return f"<Row{more}>{''.join(cells)}</Row>"


def _sheet_cell(place: int, text: str, across: int = 0, down: int = 0, *, number: bool = False) -> str:
    kind = "Number" if number and text.replace(".", "", 1).isdigit() else "String"
    data = f'<Data ss:Type="{kind}">{escape(text)}</Data>' if text else ""
    return f'<Cell ss:Index="{place}" ss:MergeAcross="{across}" ss:MergeDown="{down}">{data}</Cell>'


def saved_workbook(made: Case) -> Printed:
    """A workbook saved as one web page: a frame first, the sheet behind it."""
    page = f'<html><head><meta charset="utf-8"></head><body><p>{made.report.title}</p>{web.article(made.report)}</body>'
    frames = '<html><frameset rows="*,39"><frame src="sheet001.htm"></frameset></html>'
    source = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n'
    for each in (frames, page):
        source += (
            f'\r\n--B\r\nContent-Transfer-Encoding: 8bit\r\nContent-Type: text/html; charset="utf-8"\r\n\r\n{each}'
        )
    return f"{source}\r\n--B--\r\n".encode(), "report.xls", "application/vnd.ms-excel"


def white_noughts(book_of: Callable[[Case], Printed]) -> Callable[[Case], Printed]:
    """A workbook that writes its noughts in white by a conditional format."""

    def print_(made: Case) -> Printed:
        book = openpyxl.load_workbook(io.BytesIO(book_of(made)[0]))
        sheet = book.active
        assert sheet is not None
        white = CellIsRule("equal", ["0"], font=Font(color="FFFFFFFF"))
        sheet.conditional_formatting.add(f"A1:Z{sheet.max_row}", white)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue(), "report.xlsx", None

    return print_


def boxed_rtf(made: Case) -> Printed:
    """RTF in which figures stand in text boxes inside their cells, each with Word's fallback for old programs."""
    out = [r"{\rtf1\ansi\ansicpg936 "]
    for part in (made.report.title, *(part for _, part in parts(made.report))):
        if isinstance(part, str):
            out.append(rf"\pard\plain {_rtf(part)}\par")
            continue
        for line in expanded(part):
            shape = texts = ""
            for place, (cell, first) in enumerate(line):
                if place and line[place - 1][0] is cell:
                    continue
                merged = (r"\clvmgf" if first else r"\clvmrg") if cell.rowspan > 1 else ""
                shape += rf"{merged}\cellx{(place + cell.colspan) * 600}"
                text = _rtf(cell.text) if first else ""
                if cell.code and text and made.chance.random() < 0.4:
                    text = _rtf_box(text)
                texts += rf"\pard\plain\intbl {text}\cell"
            out.append(rf"\trowd{shape}{texts}\row\pard\plain ")
    return "\n".join([*out, "}"]).encode("ascii"), "report.doc", None


def _rtf_box(text: str) -> str:
    inner = rf"{{\shptxt \pard\plain {text}\par}}"
    fallback = rf"{{\shprslt{{\*\do{{\dptxbxtext\pard\plain {text}\par}}}}}}"
    return rf"{{\shp{{\*\shpinst{{\sp{{\sn lTxid}}{{\sv 65536}}}}{inner}}}{fallback}}}"


def _rtf(text: str) -> str:
    return "".join(each if each.isascii() else rf"\u{(ord(each) + 32768) % 65536 - 32768}?" for each in text)


def statistics_in_halves(number: int) -> Sample:
    """A workbook with the form of 2014-2018 in two halves side by side."""
    organ = invented(f"statistics book {number}", 8).organs[number % 8]
    report = write(organ, 2014 + number % 5, None, f"book {number}", verdict="incomplete", statistics=True)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    row = 1
    for text in (report.title, *(part for _, part in parts(report) if isinstance(part, str))):
        sheet.cell(row, 1, text)
        row += 1
    lines = report.statistics
    half = -(-len(lines) // 2)
    for side in (0, 1):
        for at, line in enumerate([("统计指标", "单位", "统计数"), *lines[side * half : (side + 1) * half]]):
            for place, value in enumerate(line):
                sheet.cell(row + at, 3 * side + place + 1, value)
    out = io.BytesIO()
    book.save(out)
    truth = Truth(
        organ.name, report.year, report.title, None, {}, {}, {}, [], "incomplete", statistics=report.statistics,
    )  # fmt: skip
    return Sample("statistics-2014-halves", "none", number, out.getvalue(), "report.xlsx", [truth], None, None)
