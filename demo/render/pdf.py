"""A report as a PDF with a text layer and ruled tables cut at page breaks. The same report gives the same bytes."""

from __future__ import annotations

import functools
import io
from html import escape
from typing import Any, Literal

from reportlab.lib import colors, pagesizes
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Spacer, Table

from demo.layout import Layout, expanded
from demo.render import Bend, parts
from demo.writing import Report

Rules = Literal["all", "across", "columns", "header", "none"]
FONT = "STSong-Light"  # every PDF viewer knows it; no font file is needed


@functools.cache
def _font() -> str:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    return FONT


def render(
    report: Report,
    bend: Bend | None = None,
    *,
    height: float = 842,
    repeat_header: bool = False,
    bold: bool = False,
    rules: Rules = "all",
    running_head: str = "",
) -> bytes:
    """The PDF's bytes. ``height`` of the page in points moves the page breaks; ``repeat_header`` prints a table's first
    rows again after a break, as Word can; ``bold`` draws the tables' text twice, a little apart; ``rules`` are the
    lines that a table has, ``running_head`` is what stands above the text on each page."""
    body = ParagraphStyle("body", fontName=_font(), fontSize=11, leading=18, firstLineIndent=22, wordWrap="CJK")
    heading = ParagraphStyle("heading", parent=body, firstLineIndent=0, fontSize=13, leading=22, spaceBefore=6)
    title = ParagraphStyle("title", parent=heading, alignment=1, fontSize=16, leading=28)
    sign = ParagraphStyle("sign", parent=body, alignment=2)
    kind_of = _Doubled if bold else Paragraph
    flow: list[Flowable] = [Paragraph(escape(report.title), title), Spacer(1, 8)]
    for kind, part in parts(report, bend):
        if isinstance(part, str):
            flow.append(Paragraph(escape(part), {"h": heading, "sign": sign}.get(kind, body)))
        else:
            flow += [_table(part, repeat_header, kind_of, rules), Spacer(1, 8)]
    out = io.BytesIO()
    size = (pagesizes.A4[0], height)
    document = BaseDocTemplate(out, pagesize=size, title=report.title, author=report.organ.name, invariant=1)
    frame = Frame(56, 50, size[0] - 112, height - 100, id="page")
    on_page = functools.partial(_margins, running_head=running_head)
    document.addPageTemplates(PageTemplate(frames=[frame], onPage=on_page))
    document.build(flow)
    return out.getvalue()


class _Doubled(Paragraph):  # type: ignore[misc]  # reportlab has no types
    """Bold without a bold font, as some programs make it: everything is drawn twice, a little apart."""

    def draw(self) -> None:
        super().draw()
        self.canv.saveState()
        self.canv.translate(0.3, 0)
        super().draw()
        self.canv.restoreState()


def _margins(canvas: Any, document: Any, *, running_head: str) -> None:
    canvas.setFont(_font(), 9)
    canvas.drawCentredString(document.pagesize[0] / 2, 28, f"- {canvas.getPageNumber()} -")
    if running_head:
        canvas.drawString(56, document.pagesize[1] - 36, running_head)


def _table(rows: Layout, repeat_header: bool, kind_of: type[Paragraph], rules: Rules) -> Table:
    grid = expanded(rows)
    width = len(grid[0])
    wide = {10: (26, 58, 113, *(40,) * 7), 15: (32,) * 15, 4: (135, 116, 116, 116), 3: (330, 60, 90)}
    widths = wide.get(width, (483 / width,) * width)
    style = ParagraphStyle("cell", fontName=_font(), fontSize=9 if width < 15 else 8, leading=12, alignment=1,
                           wordWrap="CJK")  # fmt: skip
    commands: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2),
    ]
    if rules == "columns":
        commands += [("LINEBEFORE", (0, 0), (-1, -1), 0.6, colors.black), ("BOX", (0, 0), (-1, -1), 0.6, colors.black)]
    if rules in ("all", "across"):
        commands += [
            ("LINEBELOW", (0, "splitlast"), (-1, "splitlast"), 0.6, colors.black),
            ("LINEABOVE", (0, "splitfirst"), (-1, "splitfirst"), 0.6, colors.black),
        ]
    body: list[list[Any]] = [["" for _ in line] for line in grid]
    for r, line in enumerate(grid):
        for c, (cell, begins) in enumerate(line):
            if not begins:
                continue
            right = c + cell.colspan - 1
            if rules == "all" or (rules == "header" and r < 3 and width > 4):
                commands.append(("BOX", (c, r), (right, r + cell.rowspan - 1), 0.6, colors.black))
            elif rules == "across":
                commands.append(("LINEABOVE", (c, r), (right, r), 0.6, colors.black))
                commands.append(
                    ("LINEBELOW", (c, r + cell.rowspan - 1), (right, r + cell.rowspan - 1), 0.6, colors.black)
                )
            room = sum(widths[c : right + 1]) - 6
            for down, text in enumerate(_over_rows(cell.text, cell.rowspan, int(room / style.fontSize))):
                body[r + down][c] = kind_of(escape(text), style)
                if cell.colspan > 1:
                    commands.append(("SPAN", (c, r + down), (right, r + down)))
    header = {10: 3, 15: 3}.get(width, 0) if repeat_header else 0
    return Table(body, colWidths=widths, style=commands, repeatRows=header)


def _over_rows(text: str, rows: int, letters: int) -> list[str]:
    """A label over the rows that its merged cell covers, in their middle: so a page break can cut the cell, and its
    label with it, as word processors do (（四）无 | 法提供)."""
    if rows == 1:
        return [text]
    lines = [text[at : at + max(1, letters)] for at in range(0, len(text), max(1, letters))]
    if len(lines) > rows:
        lines = [*lines[: rows - 1], "".join(lines[rows - 1 :])]
    above = (rows - len(lines)) // 2
    return [*[""] * above, *lines, *[""] * (rows - len(lines) - above)]
