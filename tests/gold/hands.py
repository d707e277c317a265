"""Hands beyond the demo's: how editors, exporters and old CMS templates write paragraphs and tables in HTML."""

from __future__ import annotations

from html import escape

from demo.layout import Layout, Td, expanded
from demo.render.html import Boxed, Hand, Word, spans


def text(value: str) -> str:
    """Escaped, line breaks as <br>."""
    return escape(value, quote=False).replace("\n", "<br/>")


class Breaks(Hand):
    """Line breaks and runs of spaces inside labels."""

    def cell(self, cell: Td) -> str:
        return f"<td{spans(cell)}>\n   {text(cell.text)}\n  </td>"


class Nbsp(Hand):
    """Blanks and padding as &nbsp;, fonts and bold around everything."""

    def cell(self, cell: Td) -> str:
        inner = text(cell.text).replace(" ", "&nbsp;") or "&nbsp;"
        return f'<td{spans(cell)} nowrap><font face="宋体"><b>&nbsp;{inner}&nbsp;</b></font></td>'


class SplitDigits(Hand):
    """Each digit in its own span, some spans empty."""

    def cell(self, cell: Td) -> str:
        if not cell.code:
            return super().cell(cell)
        inner = "".join(f"<span lang=EN-US>{escape(character)}</span><span></span>" for character in cell.text)
        return f"<td{spans(cell)}><p>{inner}</p></td>"


class UpperCase(Hand):
    """HTML of 2003: capital letters, attributes without quotes, no closing tags in tables."""

    def paragraph(self, text_: str, kind: str) -> str:
        return f"<P align={'right' if kind == 'sign' else 'left'}>　　{escape(text_, quote=False)}\n"

    def table(self, rows: Layout) -> str:
        lines = "".join(f"<TR>{''.join(self.cell(cell) for cell in row)}\n" for row in rows)
        return f"<TABLE border=1 cellPadding=0>\n{lines}</TABLE>\n"

    def cell(self, cell: Td) -> str:
        over = f" rowSpan={cell.rowspan}" if cell.rowspan > 1 else ""
        over += f" colSpan={cell.colspan}" if cell.colspan > 1 else ""
        return f"<TD{over}>{text(cell.text)}"


class Divs(Hand):
    """Tables drawn with <div>s (display:table); merged cells as their first place and empty boxes."""

    def table(self, rows: Layout) -> str:
        lines = []
        for row in expanded(rows):
            cells = "".join(
                f'<div class="td" style="display:table-cell">{text(cell.text) if first else ""}</div>'
                for cell, first in row
            )
            lines.append(f'<div class="tr" style="display:table-row">{cells}</div>')
        return '<div class="table" style="display:table">\n' + "\n".join(lines) + "\n</div>\n"


class Layout1(Hand):
    """Everything inside an outer layout table with hundreds of empty cells around."""

    def article(self, report, bend=None):  # type: ignore[no-untyped-def]
        inner = super().article(report, bend)
        empty = "<tr>" + "<td></td>" * 12 + "</tr>"
        return (
            f'<table width="980"><tbody>{empty * 9}<tr><td colspan="12">'
            f"<table><tr><td>{inner}</td></tr></table></td></tr>"
            f"{empty * 9}</tbody></table>"
        )


class Sectioned(Hand):
    """thead, tbody and tfoot out of order, <th> for labels, a caption."""

    def table(self, rows: Layout) -> str:
        body = "".join(f"<tr>{''.join(self.cell(cell) for cell in row)}</tr>" for row in rows[:-1])
        foot = "".join(self.cell(cell) for cell in rows[-1])
        return f"<table><caption>附表</caption><tbody>{body}</tbody><tfoot><tr>{foot}</tr></tfoot></table>"

    def cell(self, cell: Td) -> str:
        tag = "td" if cell.code else "th"
        return f"<{tag}{spans(cell)}>{text(cell.text)}</{tag}>"


class Inputs(Hand):
    """A form's leftovers: line numbers in comments, scripts between rows, sup footnote marks on labels."""

    def table(self, rows: Layout) -> str:
        lines = []
        for n, row in enumerate(rows):
            cells = "".join(self.cell(cell) for cell in row)
            lines.append(f"<!-- {n} <td>99</td> --><tr>{cells}</tr><script>var row={n};</script>")
        return f"<table>{''.join(lines)}</table>"

    def cell(self, cell: Td) -> str:
        mark = "" if cell.code else "<sup><a href='#n1'></a></sup>"
        return f"<td{spans(cell)}>{text(cell.text)}{mark}</td>"


class OneParagraphACell(Word):
    """Word cells whose label is cut over several paragraphs."""

    def cell(self, cell: Td) -> str:
        if cell.code or len(cell.text) < 6:
            return super().cell(cell)
        half = len(cell.text) // 2
        return (
            f'<td{spans(cell)}><p class="MsoNormal">{text(cell.text[:half])}</p>'
            f'<p class="MsoNormal">{text(cell.text[half:])}<o:p></o:p></p></td>'
        )


class Footnotes(Hand):
    """Footnote marks behind some figures: 12<sup>1</sup> is 12."""

    marked: tuple[str, ...] = ("granted_total", "_issued", "review_review_upheld", "licence_decisions")

    def cell(self, cell: Td) -> str:
        mark = "<sup>1</sup>" if cell.code and cell.code.endswith(self.marked) else ""
        return f"<td{spans(cell)}>{text(cell.text)}{mark}</td>"


class FootnotesWithoutSums(Footnotes):
    """Only where no equation can tell."""

    marked = ("licence_decisions", "_in_force", "_public_total")


class HiddenInCells(Hand):
    """A hidden old figure inside the cell, and zero-width characters between digits."""

    def cell(self, cell: Td) -> str:
        if not cell.code:
            return super().cell(cell)
        return f'<td{spans(cell)}><span style="display:none">9</span>{"&#8203;".join(cell.text)}</td>'


class Entities(Hand):
    """Digits as character references."""

    def cell(self, cell: Td) -> str:
        inner = "".join(f"&#{ord(character)};" for character in cell.text) if cell.code else text(cell.text)
        return f"<td{spans(cell)}>{inner}</td>"


class MobileCopy(Hand):
    """Each table twice, for wide and for narrow screens, told apart by a class only."""

    def table(self, rows: Layout) -> str:
        return f'<div class="pc">{super().table(rows)}</div><div class="wap">{super().table(rows)}</div>'


HANDS: dict[str, type[Hand]] = {
    "clean": Hand,
    "word": Word,
    "boxed": Boxed,
    "breaks": Breaks,
    "nbsp": Nbsp,
    "split-digits": SplitDigits,
    "upper-case": UpperCase,
    "divs": Divs,
    "layout-table": Layout1,
    "sectioned": Sectioned,
    "inputs": Inputs,
    "paragraphs-in-cells": OneParagraphACell,
}
TRAPS: dict[str, type[Hand]] = {
    "trap-footnotes": Footnotes,
    "trap-footnotes-2": FootnotesWithoutSums,
    "trap-hidden": HiddenInCells,
    "trap-entities": Entities,
    "trap-mobile": MobileCopy,
}
