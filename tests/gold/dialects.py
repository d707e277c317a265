"""Further dialects: tables drawn with lists, rows written out in lines, last year beside this one, short labels."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from demo.layout import Layout, Td
from demo.render import Bend
from demo.render.html import Hand
from reports.record import Table
from tests.gold import bends, files
from tests.gold.cases import Case
from tests.gold.hands import text

_SHORT = {
    "政府信息公开申请数量": "", "属于国家秘密": "国家秘密", "属于三类内部事务信息": "内部事务信息", "相关政府信息": "",
    "补正后申请内容": "补正后", "继续办理": "", "无正当理由大量": "大量", "未经复议直接起诉": "直接起诉",
    "行政许可": "行政许可事项", "本年处理决定数量": "处理决定数", "（区分处理的，只计这一情形，不计其他情形）": "",
    "、行政机关不再处理其政府信息公开申请": "",
}  # fmt: skip


def _shortened(label: str) -> str:
    for whole, short in _SHORT.items():
        label = label.replace(whole, short)
    return label


short_labels = bends.each_label(_shortened)


class Lists(Hand):
    """Rows drawn as <ul>, cells as <li>; merged cells are written once."""

    def table(self, rows: Layout) -> str:
        return "".join(f"<ul>{''.join(f'<li>{text(cell.text)}</li>' for cell in row)}</ul>\n" for row in rows)


class DrawnWithMarks(Hand):
    """Boxes that hold a hidden old figure and a raised footnote's mark beside the figure that counts."""

    def table(self, rows: Layout) -> str:
        lines = []
        for row in rows:
            cells = "".join(f"<div>{text(cell.text)}{_beside(cell)}</div>" for cell in row)
            lines.append(f'<div style="display:flex">{cells}</div>')
        return f"<section>{''.join(lines)}</section>"


def _beside(cell: Td) -> str:
    return '<span style="display:none">9</span><sup>1</sup>' if cell.code and cell.text else ""


def last_year_beside(table: Table, rows: Layout) -> Layout:
    """Tables 3 and 4 with two columns for each kind: 本年 and 上年."""
    if table == "proactive":
        return rows
    first = next(at for at, row in enumerate(rows) if any(cell.code for cell in row))
    count = sum(bool(cell.code) for cell in rows[first])
    wide: Layout = []
    for at, row in enumerate(rows):
        line: list[Td] = []
        for cell in row:
            if at < first and cell.colspan == 3 and cell.rowspan == 3:
                line.append(replace(cell, rowspan=4))  # the corner
            elif at < first:
                line.append(replace(cell, colspan=2 * cell.colspan))
            else:
                line += [cell, Td(str(at % 7))] if cell.code else [cell]
        wide.append(line)
    wide.insert(first, [Td(time) for _ in range(count) for time in ("本年", "上年")])
    return wide


def unfilled_column(table: Table, rows: Layout) -> Layout:
    """An empty column at the right that nobody filled, as spreadsheets leave it."""
    return [[*row, Td("")] for row in rows]


def behind_a_colon(parting: str) -> Callable[[Case], files.Printed]:
    """Text: each row is its label, a colon and its figures; other rows are lines of names."""

    def table(rows: Layout) -> list[str]:
        lines = []
        for row in rows:
            labels = [cell.text.replace("\n", "") for cell in row if not cell.code]
            values = [cell.text for cell in row if cell.code]
            if values:
                lines += [*labels[:-1], f"{labels[-1] if labels else ''}：{parting.join(values)}"]
            else:
                lines.append(parting.join(labels))
        return lines

    def print_(made: Case) -> files.Printed:
        return files.lines_of(made, table).encode(), "report.txt", "text/plain"

    return print_


_MIXABLE: tuple[Bend, ...] = (
    short_labels,
    unfilled_column,
    bends.typos,
    bends.letter_spaced,
    bends.narrow_breaks,
    bends.half_brackets,
    bends.no_corner,
    bends.points_as_commas,
    bends.blank_rows,
    bends.traditional,
)


def mixture(seed: int) -> Bend:
    """Three to five of these at once, the same for a seed."""
    chance = random.Random(f"mixture {seed}")
    return bends.chained(*chance.sample(_MIXABLE, chance.randint(3, 5)))


HANDS: dict[str, type[Hand]] = {"lists": Lists, "drawn-with-marks": DrawnWithMarks}
