"""Styles that lay traps: a careless reader finds figures that balance, or need not balance, and are not on the page."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import docx as python_docx
import openpyxl

from demo.figures import Figures
from demo.layout import Layout, Td, layout
from demo.render import Bend, parts
from demo.render import docx as word
from demo.render.html import Hand
from demo.writing import Report
from reports.record import Table
from tests.gold.cases import Case, truth_of

ORDER = (4, 2, 5, 1, 3)  # the five organisation columns in another order


def columns_reordered(table: Table, rows: Layout) -> Layout:
    """Table 3 with its organisation columns in another order, and the header saying so."""
    if table != "applications":
        return rows
    out = [*rows[:2], [rows[2][n - 1] for n in ORDER]]
    for row in rows[3:]:
        labels, values = [cell for cell in row if not cell.code], [cell for cell in row if cell.code]
        out.append([*labels, values[0], *(values[n] for n in ORDER), values[6]])
    return out


def total_first(table: Table, rows: Layout) -> Layout:
    """Table 3 with 总计 before 自然人."""
    if table != "applications":
        return rows
    out = [rows[0], [rows[1][2], rows[1][0], rows[1][1]], rows[2]]
    for row in rows[3:]:
        labels, values = [cell for cell in row if not cell.code], [cell for cell in row if cell.code]
        out.append([*labels, values[6], *values[:6]])
    return out


def blocks_swapped(table: Table, rows: Layout) -> Layout:
    """Table 4 with 复议后起诉 before 未经复议直接起诉."""
    if table != "review":
        return rows
    middle, values = rows[1], rows[3]
    return [rows[0], [*middle[:5], middle[6], middle[5]], rows[2], [*values[:5], *values[10:], *values[5:10]]]


def review_columns_swapped(table: Table, rows: Layout) -> Layout:
    """Table 4 with 总计 first in each block."""
    if table != "review":
        return rows

    def turned(cells: list[Td]) -> list[Td]:
        return [cell for n in range(0, len(cells), 5) for cell in (cells[n + 4], *cells[n : n + 4])]

    return [rows[0], [*turned(rows[1][:5]), *rows[1][5:]], turned(rows[2]), turned(rows[3])]


def proactive_columns_reordered(table: Table, rows: Layout) -> Layout:
    """Table 2 with 现行有效件数 (对外公开总数量) before the others."""
    if table != "proactive":
        return rows
    out = []
    for row in rows:
        three = len(row) == 4 and all(cell.colspan == 1 for cell in row)
        out.append([row[0], row[3], row[1], row[2]] if three and out and len(out) < 4 else row)
    return out


def proactive_rows_swapped(table: Table, rows: Layout) -> Layout:
    """Table 2 with 行政强制 before 行政处罚."""
    if table != "proactive":
        return rows
    place = next(n for n, row in enumerate(rows) if row[0].text == "行政处罚")
    return [*rows[:place], rows[place + 1], rows[place], *rows[place + 2 :]]


def labels_lost(table: Table, rows: Layout) -> Layout:
    """Three labels of table 3 are empty cells: the rows can be known only by their place, or not at all."""
    if table != "applications":
        return rows
    lost = ("属于国家秘密", "重复申请", "没有现成信息")
    return [
        [replace(cell, text="") if any(each in cell.text for each in lost) else cell for cell in row] for row in rows
    ]


def row_missing(table: Table, rows: Layout) -> Layout:
    """Table 3 without 8.属于行政查询事项 (the organ dropped it; nothing was in it)."""
    if table != "applications":
        return rows
    place = next(n for n, row in enumerate(rows) if any("属于行政查询事项" in cell.text for cell in row))
    for row in rows[:place]:
        for cell in row:
            if cell.text.startswith(("三、", "（三）")):
                cell.rowspan -= 1
    return [*rows[:place], *rows[place + 1 :]]


def no_query_row(made: Case) -> None:
    """Figures and truth for ``row_missing``."""
    assert made.report.figures
    for column in ("natural_person", "business", "research", "social_organisation", "legal_service",
                   "other_organisation", "total"):  # fmt: skip
        code = f"applications_refused_administrative_query_{column}"
        moved = made.report.figures.values[code] or 0
        for row in ("handled_total", "new_received"):
            other = f"applications_{row}_{column}"
            made.report.figures.values[other] = (made.report.figures.values[other] or 0) - moved
        made.report.figures.values[code] = 0
        made.truth.values = dict(made.report.figures.values)
    for code in list(made.truth.values):
        if "refused_administrative_query" in code:
            del made.truth.values[code]
    made.truth.verdict = None


def header_in_yuan(made: Case) -> None:
    """The header of 行政事业性收费 says 元, the cell holds a plain number."""
    assert made.report.figures
    for code in ("proactive_fees_10k_yuan", "proactive_procurement_10k_yuan"):
        if code in made.report.figures.values:
            yuan = made.chance.randint(10_000, 90_000_000)
            made.report.figures.values[code] = made.truth.values[code] = yuan / 10_000
            made.report.figures.printed[code] = str(yuan)


def yuan_label(table: Table, rows: Layout) -> Layout:
    """万元 in table 2's header becomes 元."""
    return [[replace(cell, text=cell.text.replace("万元", "元")) if not cell.code else cell for cell in row]
            for row in rows]  # fmt: skip


def last_year_too(report: Report, hand: Hand, bend: Bend | None) -> str:
    """The tables of the year before stand below, under their own heading."""
    assert report.figures
    old = report.figures.copy()
    old.values = {code: (value or 0) + 5 for code, value in report.figures.values.items()}
    old.printed = {}
    tables = "".join(hand.table(layout(table, old)) for table in report.figures.generations)
    head = hand.paragraph(f"附：{report.year - 1}年政府信息公开工作年度报告数据", "h")
    return hand.article(report, bend) + head + tables


def tracked_docx(made: Case) -> tuple[bytes, str, str | None]:
    """A Word file with tracked changes: the deleted figures are still in it."""
    document = python_docx.Document(io.BytesIO(word.render(made.report)))
    for table in document.tables:
        for cell in table._cells:
            if cell.text.isdigit():
                element = cell.paragraphs[0]._p
                gone = python_docx.oxml.parse_xml(
                    '<w:del xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
                    'w:id="9" w:author="a">'
                    "<w:r><w:delText>7</w:delText></w:r></w:del>"
                )
                element.append(gone)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue(), "report.docx", None


def hidden_sheet(made: Case) -> tuple[bytes, str, str | None]:
    """A workbook whose hidden sheet holds last year's figures."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None and made.report.figures
    old = book.create_sheet("上年")
    old.sheet_state = "hidden"
    figures = made.report.figures.copy()
    figures.values = {code: (value or 0) + 4 for code, value in figures.values.items()}
    figures.printed = {}
    _sheet(old, replace(made.report, figures=figures))
    _sheet(sheet, made.report)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), "report.xlsx", None


def _sheet(sheet: openpyxl.worksheet.worksheet.Worksheet, report: Report) -> None:
    row = 1
    sheet.cell(row, 1, report.title)
    for _, part in parts(report):
        if isinstance(part, str):
            row += 1
            sheet.cell(row, 1, part)
            continue
        taken: set[tuple[int, int]] = set()
        for line in part:
            row += 1
            column = 1
            for cell in line:
                while (row, column) in taken:
                    column += 1
                taken |= {(row + dr, column + dc) for dr in range(cell.rowspan) for dc in range(cell.colspan)}
                sheet.cell(row, column, cell.text)
                column += cell.colspan


def spaced_text(made: Case) -> tuple[bytes, str, str | None]:
    """Text as pdftotext -layout gives it: spaces for columns; a blank cell leaves nothing but more space."""
    lines = [made.report.title, f"发布日期：{made.report.published}"]
    for _, part in parts(made.report):
        if isinstance(part, str):
            lines.append(part)
        else:
            lines += ["  ".join(f"{cell.text:<6}" for cell in row).rstrip() for row in part]
    return ("\n".join(lines) + "\n").encode(), "report.txt", "text/plain"


def retold(made: Case, sentence: str, contact: dict[str, str]) -> None:
    """Put another contact sentence into the report, with what it states."""
    report = made.report
    pattern = re.compile(r"(如对本报告|本报告可在|联系单位：|对报告内容有|报告电子版在).*$")
    report.opening = [pattern.sub("", text) + sentence if n == 0 else text for n, text in enumerate(report.opening)]
    for section in report.sections:
        section.paragraphs = [text for text in section.paragraphs if not pattern.match(text)]
    report.contact = contact
    made.truth.contact = dict(contact)


def refreshed(made: Case, figures: Figures) -> None:
    """Take other figures, with their truth."""
    made.report.figures = figures
    verdict = made.truth.verdict
    made.truth = truth_of(made.report)
    made.truth.verdict = verdict
