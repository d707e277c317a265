"""A report as the article part of a page, in the hands that real editors have: typed cleanly, pasted from Word, boxed
in <div>s. What stands around the article is the portal's business (``demo/portals``).
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from demo.layout import Layout, Td
from demo.render import Bend, parts
from demo.writing import Report

Styles = dict[str, "type[Hand]"]


class Hand:
    """The clean hand: <p> and <table> with the spans of the form. Other hands override what they do otherwise."""

    def paragraph(self, text: str, kind: str) -> str:
        """One paragraph; ``kind`` is p, h (a section's heading), sub (（一）…) or sign."""
        style = {"h": "font-weight:bold", "sign": "text-align:right"}.get(kind, "text-indent:2em")
        return f'<p style="{style}">{escape(text, quote=False)}</p>\n'

    def table(self, rows: Layout) -> str:
        """One table."""
        lines = [f"<tr>{''.join(self.cell(cell) for cell in row)}</tr>" for row in rows]
        return '<table border="1" cellspacing="0" width="100%"><tbody>\n' + "\n".join(lines) + "\n</tbody></table>\n"

    def cell(self, cell: Td) -> str:
        """One cell with its spans."""
        return f"<td{spans(cell)}>{escape(cell.text, quote=False)}</td>"

    def article(self, report: Report, bend: Bend | None = None) -> str:
        """The whole text, from the opening to the signature."""
        return "".join(
            self.paragraph(part, kind) if isinstance(part, str) else self.table(part)
            for kind, part in parts(report, bend)
        )


def spans(cell: Td) -> str:
    """The span attributes of a cell, "" where it has none."""
    return (f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else "") + (
        f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    )


class Word(Hand):
    """Pasted from Word: MsoNormal, mso- styles, <o:p>, fonts in spans, numbers and labels cut over spans."""

    FONT = "mso-spacerun:'yes';font-family:仿宋;mso-ascii-font-family:Calibri;font-size:16.0000pt;"

    def paragraph(self, text: str, kind: str) -> str:
        cut = len(text) // 3
        align = ' align="right"' if kind == "sign" else ""
        return (
            f'<p class="MsoNormal"{align} style="text-indent:32.0pt;mso-char-indent-count:2.0;">'
            f'<span style="{self.FONT}">{escape(text[:cut], quote=False)}</span>'
            f'<span style="{self.FONT}">{escape(text[cut:], quote=False)}</span>'
            f'<span style="{self.FONT}"><o:p></o:p></span></p>\n'
        )

    def table(self, rows: Layout) -> str:
        lines = [f'<tr style="height:20.0500pt;">{"".join(self.cell(cell) for cell in row)}</tr>' for row in rows]
        return (
            '<table class="MsoNormalTable" style="border-collapse:collapse;mso-table-layout-alt:fixed;border:none;'
            'mso-padding-alt:0.0000pt 5.4000pt;">' + "\n".join(lines) + "</table>\n"
        )

    def cell(self, cell: Td) -> str:
        if cell.text == "":
            inner = f'<span style="{self.FONT}"><o:p>&nbsp;</o:p></span>'
        elif cell.code and len(cell.text) > 1 and cell.text.isdigit():
            inner = f'<span style="{self.FONT}">{cell.text[:1]}</span><span style="{self.FONT}">{cell.text[1:]}</span>'
        else:
            inner = f'<span style="{self.FONT}"><font face="仿宋">{escape(cell.text, quote=False)}</font></span>'
        return (
            f'<td{spans(cell)} valign="center" style="width:35.0000pt;padding:0.0000pt 5.4000pt;'
            f'border:1.0000pt solid windowtext;mso-border-alt:0.5000pt solid windowtext;">'
            f'<p class="MsoNormal" align="center" style="text-align:center;">{inner}'
            f'<span style="{self.FONT}"><o:p></o:p></span></p></td>'
        )


class Boxed(Hand):
    """An editor's output: every paragraph a <div>, tables in a scrolling box, labels broken by <br>, &nbsp; for 0-width
    blanks, header cells as <th>."""

    def paragraph(self, text: str, kind: str) -> str:
        if kind == "h":
            return f'<div class="para"><strong>{escape(text, quote=False)}</strong></div>\n'
        return f'<div class="para {kind}">&emsp;&emsp;{escape(text, quote=False)}<br></div>\n'

    def table(self, rows: Layout) -> str:
        return f'<div class="table-box" style="overflow-x:auto"><div>{super().table(rows)}</div></div>\n'

    def cell(self, cell: Td) -> str:
        text = escape(cell.text, quote=False) or "&nbsp;"
        if not cell.code and len(cell.text) == 4:
            text = f"{cell.text[:2]}<br/>{cell.text[2:]}"
        tag = "td" if cell.code else "th"
        return f"<{tag}{spans(cell)}><div>{text}</div></{tag}>"


HANDS: dict[str, Callable[[], Hand]] = {"clean": Hand, "word": Word, "boxed": Boxed}


def article(report: Report, hand: str = "clean", bend: Bend | None = None) -> str:
    """The article part of a page in one of the ``HANDS``."""
    return HANDS[hand]().article(report, bend)
