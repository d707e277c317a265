"""Office files written by hand, for what the libraries do not write: OpenDocument, RTF with tables inside cells, number
formats that change what is shown, and text in Word files that no page shows."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import docx as python_docx
import openpyxl

from demo.layout import Layout, Td, expanded
from demo.render import docx as word
from demo.render import parts

if TYPE_CHECKING:
    from tests.gold.cases import Case

Printed = tuple[bytes, str, str | None]

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in (
        ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("fo", "xsl-fo-compatible"),
    )
)  # fmt: skip
_HIDDEN = '<style:style style:name="Gone"><style:text-properties text:display="none"/></style:style>'
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

#: What Excel and WPS call 会计专用: nought is shown as a dash.
ACCOUNTING = '_ * #,##0.####_ ;_ * -#,##0.####_ ;_ * "-"_ ;_ @_ '


def odf(kind: str) -> Callable[[Case], Printed]:
    """An OpenDocument text (``odt``) or workbook (``ods``), with merged cells and hidden figures beside the shown."""

    def print_(made: Case) -> Printed:
        body = "".join(
            (
                _sheet_row(f"<table:table-cell>{_odf_text(part)}</table:table-cell>")
                if kind == "ods"
                else _odf_text(part)
            )
            if isinstance(part, str)
            else _odf_table(part, made.chance, within=kind == "ods")
            for part in (made.report.title, *(part for _, part in parts(made.report)))
        )
        if kind == "ods":
            body = f'<office:spreadsheet><table:table table:name="年报">{body}</table:table></office:spreadsheet>'
        else:
            body = f"<office:text>{body}</office:text>"
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as pack:
            for name, content in (
                ("mimetype", "application/vnd.oasis.opendocument.text"),
                (
                    "content.xml",
                    f"<office:document-content {_SPACES}><office:automatic-styles>{_HIDDEN}</office:automatic-styles>"
                    f"<office:body>{body}</office:body></office:document-content>",
                ),
            ):
                pack.writestr(zipfile.ZipInfo(name, (2024, 1, 20, 9, 0, 0)), content)
        return out.getvalue(), f"report.{kind}", None

    return print_


def _odf_text(text: str, more: str = "") -> str:
    return f"<text:p>{escape(text)}{more}</text:p>" if text or more else ""


def _sheet_row(cells: str) -> str:
    return f"<table:table-row>{cells}</table:table-row>"


def _odf_table(rows: Layout, chance: random.Random, *, within: bool) -> str:
    lines = []
    for line in expanded(rows):
        cells = []
        for cell, first in line:
            if not first:
                cells.append("<table:covered-table-cell/>")
                continue
            gone = f'<text:span text:style-name="Gone">{chance.randint(1, 9)}</text:span>' if cell.code else ""
            cells.append(
                f'<table:table-cell table:number-columns-spanned="{cell.colspan}" '
                f'table:number-rows-spanned="{cell.rowspan}">{_odf_text(cell.text, gone)}</table:table-cell>'
            )
        lines.append(_sheet_row("".join(cells)))
    return "".join(lines) if within else f"<table:table>{''.join(lines)}</table:table>"


def rtf_nested(made: Case) -> Printed:
    """RTF whose tables stand in a cell of an outer table, with hidden and white figures beside the shown."""
    out = [r"{\rtf1\ansi\ansicpg936{\colortbl;\red0\green0\blue0;\red255\green255\blue255;}"]
    for part in (made.report.title, *(part for _, part in parts(made.report))):
        if isinstance(part, str):
            out.append(rf"\pard\plain {_rtf_text(part)}\par")
            continue
        out.append(r"\trowd\cellx9000\pard\plain\intbl")
        out += _rtf_rows(part, made.chance)
        out.append(r"\pard\plain\intbl\itap1\cell\row")
    return "\n".join([*out, "}"]).encode("ascii"), "report.doc", None


def _rtf_rows(rows: Layout, chance: random.Random) -> Iterator[str]:
    for line in expanded(rows):
        shape, texts = "", ""
        x = 0
        while x < len(line):
            cell, first = line[x]
            begun = first or _begins(line, x)
            if cell.rowspan > 1:
                shape += r"\clvmgf" if first else r"\clvmrg"
            if begun:
                x += cell.colspan
                shape += rf"\cellx{x * 500}"
                gone = rf"{{\v {chance.randint(1, 9)}}}{{\cf2 {chance.randint(1, 9)}}}" if cell.code else ""
                texts += rf"\pard\plain\intbl\itap2 {_rtf_text(cell.text) if first else ''}{gone}\nestcell"
        yield rf"{texts}{{\*\nesttableprops\trowd{shape}\nestrow}}{{\nonesttables\par}}"


def _begins(line: list[tuple[Td, bool]], x: int) -> bool:
    return x == 0 or line[x - 1][0] is not line[x][0]


def _rtf_text(text: str) -> str:
    """Characters beyond ASCII as numbers, each with a stand-in."""
    return "".join(each if each.isascii() else rf"\u{(ord(each) + 32768) % 65536 - 32768}?" for each in text)


def accounting(made: Case) -> Printed:
    """A workbook whose figures have the accounting format: noughts are shown as dashes."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    row = 1
    sheet.cell(row, 1, made.report.title)
    for _, part in parts(made.report):
        row += 1
        if isinstance(part, str):
            sheet.cell(row, 1, part)
            continue
        grid = expanded(part)
        for r, line in enumerate(grid):
            for c, (cell, first) in enumerate(line):
                if first and cell.text:
                    number = cell.text.replace(".", "", 1).isdigit()
                    value = (float(cell.text) if "." in cell.text else int(cell.text)) if number else cell.text
                    shown = sheet.cell(row + r, c + 1, value if cell.code else cell.text)
                    if cell.code:
                        shown.number_format = ACCOUNTING
                if first and (cell.rowspan > 1 or cell.colspan > 1):
                    sheet.merge_cells(
                        start_row=row + r, end_row=row + r + cell.rowspan - 1,
                        start_column=c + 1, end_column=c + cell.colspan,
                    )  # fmt: skip
        row += len(grid)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), "report.xlsx", None


def noughts_as_dashes(made: Case) -> None:
    """The truth of ``accounting``."""
    made.truth.values = {code: value or None for code, value in made.truth.values.items()}


def unseen_docx(made: Case) -> Printed:
    """A Word file with white and tiny figures beside the shown, and figures that are results of fields in fields."""
    document = python_docx.Document(io.BytesIO(word.render(made.report)))
    for table in document.tables:
        for cell in table._cells:
            paragraph = cell.paragraphs[0]._p
            if not cell.text.isdigit() or paragraph.get("seen"):
                continue
            paragraph.set("seen", "1")
            run = next(each for each in paragraph if each.tag.endswith("}r"))
            run.addprevious(_xml(_mark("begin") + _code("IF") + _mark("begin") + _code("PAGE") + _mark("separate")))
            run.addprevious(_xml(_run("7") + _mark("end") + _code('= 7 "a" "b"') + _mark("separate")))
            run.addnext(_xml(_run("8", '<w:sz w:val="2"/>')))
            run.addnext(_xml(_run("9", '<w:color w:val="FFFFFF"/>')))
            run.addnext(_xml(_mark("end")))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue(), "report.docx", None


def _xml(runs: str) -> object:
    return python_docx.oxml.parse_xml(f'<w:smartTag {_WORD} w:element="x">{runs}</w:smartTag>')


def _run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _code(text: str) -> str:
    return f"<w:r><w:instrText>{escape(text)}</w:instrText></w:r>"
