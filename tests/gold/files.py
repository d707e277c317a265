"""Gold documents that are not HTML pages: PDF, Word, Excel, text, ZIP. Printers give (body, name, Content-Type)."""

from __future__ import annotations

import atexit
import functools
import io
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import xlwt

from demo.layout import Layout, expanded
from demo.render import Bend, parts
from demo.render import docx as word
from demo.render import html as web
from demo.render import pdf as paper

if TYPE_CHECKING:
    from tests.gold.cases import Case

Printed = tuple[bytes, str, str | None]

#: Kangxi radicals that browser-made PDFs have in place of the characters.
KANGXI = str.maketrans("一文行自人工生立用老而高月日大小支", "⼀⽂⾏⾃⼈⼯⽣⽴⽤⽼⽽⾼⽉⽇⼤⼩⽀")


def kangxi(text: str) -> str:
    """The text with radicals for characters."""
    return text.translate(KANGXI)


def pdf(
    bend: Bend | None = None,
    *,
    height: float = 842,
    repeat_header: bool = False,
    bold: bool = False,
    rules: paper.Rules = "all",
    running_head: str = "",
) -> Callable[[Case], Printed]:
    """A PDF; the page's height moves the breaks, ``rules`` are the lines that its tables have."""

    def print_(made: Case) -> Printed:
        body = paper.render(
            made.report, bend, height=height, repeat_header=repeat_header, bold=bold, rules=rules,
            running_head=running_head,
        )  # fmt: skip
        return body, "report.pdf", None

    return print_


def docx(bend: Bend | None = None) -> Callable[[Case], Printed]:
    """A Word file."""
    return lambda made: (word.render(made.report, bend), "report.docx", None)


def by_program(body: bytes, name: str, make: Callable[[Path, Path], list[str]], made: str) -> bytes:
    """A file that another program makes of this one; ``make`` gives the command."""
    with tempfile.TemporaryDirectory(prefix="gongkai-gold-") as folder:
        source, target = Path(folder, name), Path(folder, made)
        source.write_bytes(body)
        subprocess.run(make(source, target), check=True, capture_output=True, timeout=120)
        return target.read_bytes()


def by_libreoffice(kind: str) -> Callable[[Path, Path], list[str]]:
    """The command by which LibreOffice saves a file as another kind."""
    return lambda source, target: [
        "soffice", "--headless", f"-env:UserInstallation=file://{_profile()}", "--convert-to", kind,
        "--outdir", str(target.parent), str(source),
    ]  # fmt: skip


@functools.cache
def _profile() -> str:
    """A profile for this process, gone at its end: two LibreOffices with one profile refuse each other."""
    folder = tempfile.mkdtemp(prefix="gongkai-gold-libreoffice-")
    atexit.register(shutil.rmtree, folder)
    return folder


def doc(made: Case) -> Printed:
    """Word 97, by LibreOffice."""
    return by_program(word.render(made.report), "report.docx", by_libreoffice("doc"), "report.doc"), "report.doc", None


def rtf(made: Case) -> Printed:
    """RTF that calls itself .doc, as some editors save it."""
    return by_program(word.render(made.report), "report.docx", by_libreoffice("rtf"), "report.rtf"), "report.doc", None


def pdf_by_libreoffice(made: Case, *, lines: bool = True) -> Printed:
    """A PDF that LibreOffice made of the Word file, with or without ``lines`` around the tables' cells."""
    source = word.render(made.report, lines=lines)
    return by_program(source, "report.docx", by_libreoffice("pdf"), "report.pdf"), "report.pdf", None


def pdf_by_chromium(made: Case, *, lines: bool = True) -> Printed:
    """A PDF printed by a browser: its own page breaks, and sometimes Kangxi radicals.

    Without ``lines`` around the tables' cells it has the browser's own line above each page: date, time and title.
    """
    border = "1px solid #000" if lines else "0"
    style = f"<style>table{{border-collapse:collapse}}td{{border:{border};font-size:11px}}</style>"
    page = f"<html><head><meta charset=utf-8><title>{made.report.title}</title>{style}</head><body><h1>"
    page += f"{made.report.title}</h1>{web.article(made.report)}</body></html>"
    body = by_program(
        page.encode(), "page.html",
        lambda source, target: [
            shutil.which("chromium") or "chromium", "--headless", "--no-sandbox", "--disable-gpu",
            f"--user-data-dir={source.parent}/profile", *(["--no-pdf-header-footer"] if lines else []),
            f"--print-to-pdf={target}", source.as_uri(),
        ],
        "report.pdf",
    )  # fmt: skip
    return body, "report.pdf", "application/pdf"


def _number(text: str) -> int | float | str:
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text


def xlsx(*, as_text: bool = False, sheets: bool = False) -> Callable[[Case], Printed]:
    """A workbook with merged cells; all in one sheet, or a sheet a table."""

    def print_(made: Case) -> Printed:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "年度报告"
        row = 1
        sheet.cell(row, 1, made.report.title)
        for _, part in parts(made.report):
            if isinstance(part, str):
                row += 1
                sheet.cell(row, 1, part)
                continue
            if sheets:
                sheet = book.create_sheet(f"表{len(book.sheetnames) + 1}")
                row = 0
            grid = expanded(part)
            for r, line in enumerate(grid):
                for c, (cell, first) in enumerate(line):
                    if not first:
                        continue
                    value = cell.text if as_text or not cell.code else _number(cell.text)
                    sheet.cell(row + 1 + r, c + 1, value if cell.text else None)
                    if cell.rowspan > 1 or cell.colspan > 1:
                        sheet.merge_cells(
                            start_row=row + 1 + r, end_row=row + r + cell.rowspan,
                            start_column=c + 1, end_column=c + cell.colspan,
                        )  # fmt: skip
            row += len(grid) + 1
            if sheets:
                sheet, row = book.worksheets[0], (book.worksheets[0].max_row or 1) + 1
        out = io.BytesIO()
        book.save(out)
        return out.getvalue(), "report.xlsx", None

    return print_


def xls(made: Case) -> Printed:
    """Excel 97."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("年度报告")
    row = 0
    sheet.write(row, 0, made.report.title)
    for _, part in parts(made.report):
        row += 1
        if isinstance(part, str):
            sheet.write(row, 0, part)
            continue
        grid = expanded(part)
        for r, line in enumerate(grid):
            for c, (cell, first) in enumerate(line):
                if not first:
                    continue
                value = _number(cell.text) if cell.code else cell.text
                if cell.rowspan > 1 or cell.colspan > 1:
                    sheet.write_merge(row + r, row + r + cell.rowspan - 1, c, c + cell.colspan - 1, value)
                else:
                    sheet.write(row + r, c, value)
        row += len(grid)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), "report.xls", None


def zipped(inner: Callable[[Case], Printed], kind: str) -> Callable[[Case], Printed]:
    """A ZIP with the report in it, its name in GBK as Windows packers write it."""

    def print_(made: Case) -> Printed:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
            entry = zipfile.ZipInfo(f"report.{kind}", (2024, 1, 20, 9, 0, 0))
            pack.writestr(entry, inner(made)[0])
            pack.writestr(zipfile.ZipInfo("readme.txt", (2024, 1, 20, 9, 0, 0)), "请用办公软件打开。".encode("gb18030"))
        return out.getvalue(), "report.zip", "application/zip"

    return print_


def lines_of(made: Case, table: Callable[[Layout], list[str]], bend: Bend | None = None) -> str:
    lines = [made.report.title, f"发布时间：{made.report.published}", ""]
    for _, part in parts(made.report, bend):
        lines += [part] if isinstance(part, str) else table(part)
    return "\n".join(lines) + "\n"


def text(
    mark: str, *, leading: bool = False, encoding: str = "utf-8", bend: Bend | None = None
) -> Callable[[Case], Printed]:
    """Plain text: a line a row, cells with a mark between; a merged cell is written once."""

    def table(rows: Layout) -> list[str]:
        lines = [mark.join(cell.text for cell in row) for row in rows]
        return [f"{mark}{line}{mark}" for line in lines] if leading else lines

    def print_(made: Case) -> Printed:
        return lines_of(made, table, bend).encode(encoding), "report.txt", "text/plain"

    return print_


def text_lines(*, mark: bool) -> Callable[[Case], Printed]:
    """Plain text, one cell a line, with or without a mark after each cell."""

    def table(rows: Layout) -> list[str]:
        return [f"{cell.text} |" if mark else cell.text for row in rows for cell in row]

    def print_(made: Case) -> Printed:
        return lines_of(made, table).encode(), "report.txt", "text/plain"

    return print_
