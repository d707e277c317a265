"""What editors and organs do to the drawn tables. A bend takes a layout and gives another; spans stay honest unless the
bend is about dishonest spans."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace

from demo.layout import BALANCE_NOTE, Layout, Td, expanded
from demo.render import Bend
from reports.record import Table

#: Simplified and traditional characters of the forms' labels and of common words in the reports, in pairs.
_PAIRS = (
    "规規范範许許强強费費业業务務总總计計结結转轉关關监監举舉报報诉訴书書资資讯訊请請数數处處罚罰类類构構组組织織团團会會"
    "开開办辦无無应應当當现現将將条條题題问問见見复復议議讼訟维維纠糾质質审審经經过過与與对對发發废廢内內执執险險确確认認"
    "获獲给給证證单單万萬减減额額满滿门門际際邮郵编編电電话話传傳视視网網厅廳县縣区區镇鎮乡鄉众眾听聽长長体體财財产產权權"
    "义義农農统統预預决決测測据據时時间間领領导導级級创創优優续續严嚴价價标標准準华華国國号號为為项項个個补補齐齊继繼届屆"
    "备備独獨护護属屬举舉访訪联聯系係纳納缴繳细細实實载載动動机機关關违違场場员員专專库庫"
)
TRADITIONAL = str.maketrans(dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)))


def each_label(change: Callable[[str], str]) -> Bend:
    """Change every label; figures stay."""

    def bend(table: Table, rows: Layout) -> Layout:
        return [[cell if cell.code else replace(cell, text=change(cell.text)) for cell in row] for row in rows]

    return bend


def chained(*bends: Bend) -> Bend:
    """One after the other."""

    def bend(table: Table, rows: Layout) -> Layout:
        for each in bends:
            rows = each(table, rows)
        return rows

    return bend


def only(table: Table, change: Bend) -> Bend:
    """In one table only."""
    return lambda which, rows: change(which, rows) if which == table else rows


letter_spaced = each_label(lambda text: " ".join(text) if len(text) <= 4 else text)
narrow_breaks = each_label(lambda text: f"{text[:2]}\n{text[2:]}" if len(text) == 4 else text)
points_as_commas = each_label(lambda text: re.sub(r"^(\d)\.", r"\1、", text))
half_brackets = each_label(lambda text: text.replace("（", "(").replace("）", ")"))
traditional = each_label(lambda text: text.translate(TRADITIONAL))
without_notes = each_label(lambda text: re.sub(r"（区分处理.*?）|（本列数据.*?）", "", text))
no_numbers = each_label(lambda text: re.sub(r"^(?:[一二三四]、|（[一二三四五六七八九]）|\d\.)", "", text) or text)

_TYPOS = {
    "其他法律行政法规禁止公开": "其他法律行政止公开", "本年处理决定数量": "本年处理绝对数量", "第二十条": "第二十一条",
    "行政规范性文件": "规范性文件", "本年制发件数": "本年度制发数", "现行有效件数": "现行有效件",
    "对外公开总数量": "对外公开总数", "政府信息公开申请数量": "政府信息公开数量",
    "危及“三安全一稳定”": "危及三安全一稳定",
    "社会公益组织": "社会公益 组织", "结转下年度继续办理": "结转下年继续办理", "其他结果": "其它结果",
}  # fmt: skip


def _mistyped(text: str) -> str:
    for right, wrong in _TYPOS.items():
        text = text.replace(right, wrong)
    return text


typos = each_label(_mistyped)


def repeated(table: Table, rows: Layout) -> Layout:
    """Nothing merged: a merged cell's text stands in each of its places."""
    return [[Td(cell.text, code=cell.code) for cell, _ in row] for row in expanded(rows)]


def emptied(table: Table, rows: Layout) -> Layout:
    """Nothing merged: a merged cell's text stands in its first place, the others are empty."""
    return [[Td(cell.text, code=cell.code) if first else Td("") for cell, first in row] for row in expanded(rows)]


def ragged(table: Table, rows: Layout) -> Layout:
    """Row spans lost: the rows below a merged cell simply have fewer cells (column spans stay)."""
    if table == "review":
        return rows
    return [[replace(cell, rowspan=1) for cell in row] for row in rows]


def shallow_header(table: Table, rows: Layout) -> Layout:
    """Table 3 with one header row, as a spreadsheet would have it."""
    if table != "applications":
        return rows
    _, middle, bottom = rows[:3]
    head = [Td("申请人情况", colspan=3), replace(middle[0], rowspan=1), *bottom, replace(middle[2], rowspan=1)]
    return [head, *rows[3:]]


def organisations_named(table: Table, rows: Layout) -> Layout:
    """One header row that says the group in each column: 法人或其他组织-商业企业."""
    if table != "applications":
        return rows
    flat = shallow_header(table, rows)
    for cell in flat[0][2:7]:
        cell.text = f"法人或其他组织-{cell.text}"
    return flat


def no_corner(table: Table, rows: Layout) -> Layout:
    """The corner is empty instead of holding the note on the sums."""
    return [[replace(cell, text="" if cell.text == BALANCE_NOTE else cell.text) for cell in row] for row in rows]


def local_row(table: Table, rows: Layout) -> Layout:
    """A row of the organ's own under 予以公开: 其中：网上答复."""
    if table != "applications":
        return rows
    out: Layout = []
    for row in rows:
        out.append(row)
        if any("（一）予以公开" in cell.text for cell in row):
            figures = [replace(cell, code=None) for cell in row if cell.code]
            out.append([Td("其中：网上答复", colspan=2), *figures])
            row[0].rowspan += 1
    return out


def forward_first(table: Table, rows: Layout) -> Layout:
    """结转下年度 printed above the results."""
    if table != "applications":
        return rows
    return [*rows[:5], rows[-1], *rows[5:-1]]


def reordered(table: Table, rows: Layout) -> Layout:
    """不予处理 before 无法提供, 部分公开 before 予以公开 (groups whole)."""
    if table != "applications":
        return rows
    starts = [n for n, row in enumerate(rows) if any(re.match(r"（[一二三四五六七]）", cell.text) for cell in row)]
    pieces = [rows[a:b] for a, b in zip(starts, [*starts[1:], len(rows) - 1], strict=True)]
    granted, partly, refused, unavailable, declined, *rest = pieces
    result = granted[0].pop(0)
    pieces = [partly, granted, refused, declined, unavailable, *rest]
    pieces[0][0].insert(0, result)
    return [*rows[: starts[0]], *(row for piece in pieces for row in piece), rows[-1]]


def without_column(column: str) -> Bend:
    """Table 3 without one of its organisation columns."""

    def bend(table: Table, rows: Layout) -> Layout:
        if table != "applications":
            return rows
        label = {"research": "科研机构", "legal_service": "法律服务机构"}[column]
        out = []
        for row in rows:
            kept = [cell for cell in row if not (cell.code or "").endswith(f"_{column}") and cell.text != label]
            for cell in kept:
                if cell.text in ("申请人情况", "法人或其他组织"):
                    cell.colspan -= 1
            out.append(kept)
        return out

    return bend


def stacked_review(table: Table, rows: Layout) -> Layout:
    """Table 4 as three lines under one header, for narrow screens."""
    if table != "review":
        return rows
    heads, values = [cell.text for cell in rows[1][:5]], rows[3]
    names = ("行政复议", "行政诉讼 未经复议直接起诉", "行政诉讼 复议后起诉")
    body = [[Td(name), *values[5 * n : 5 * n + 5]] for n, name in enumerate(names)]
    return [[Td("类别"), *(Td(head) for head in heads)], *body]


def misaligned_review(table: Table, rows: Layout) -> Layout:
    """行政诉讼 over the eighth column instead of the fifth, as Word exports have it."""
    if table != "review":
        return rows
    return [[Td("行政复议", colspan=8), Td("行政诉讼", colspan=7)], *rows[1:]]


def wide_values(table: Table, rows: Layout) -> Layout:
    """Form 2019: header and value cells that claim other spans than each other (colspan on the first, not the last)."""
    if table != "proactive":
        return rows
    for row in rows:
        cells = [cell for cell in row if cell.code]
        if len(cells) == 1 and row[-1].colspan == 3:
            row[0].colspan, row[-1].colspan = 2, 2
    return rows


def spans_too_wide(table: Table, rows: Layout) -> Layout:
    """A last cell that claims more columns than there are, and a row span beyond the table's end."""
    rows[0][-1].colspan += 3
    rows[-1][-1].rowspan = 4
    return rows


def blank_rows(table: Table, rows: Layout) -> Layout:
    """An empty row between all rows of table 3's groups (a habit of some editors)."""
    if table != "applications":
        return rows
    width = len(expanded(rows)[0])
    out: Layout = []
    for n, row in enumerate(rows):
        out.append(row)
        if n == 4:
            out.append([Td("") for _ in range(width)])
    return out


def pieces(table: Table, rows: Layout, at: int, *, header: bool = False, label_cut: bool = False) -> list[Layout]:
    """A table cut above row ``at``: what spans the cut goes on as an empty cell, or as the label's second half."""
    grid = expanded(rows)
    first: Layout = []
    for r, row in enumerate(rows[:at]):
        first.append([replace(cell, rowspan=min(cell.rowspan, at - r)) for cell in row])
    second: Layout = [[*row] for row in rows[at:]]
    going_on = [(c, cell) for c, (cell, starts) in enumerate(grid[at]) if not starts and cell is grid[at - 1][c][0]]
    heads: list[Td] = []
    for c, cell in going_on:
        if c and grid[at][c - 1][0] is cell:
            continue
        begun = next(r for r, line in enumerate(grid) if line[c][0] is cell)
        tail = ""
        if label_cut and len(cell.text) > 4:
            tail = cell.text[4:]
            for row in first:
                for there in row:
                    if there.text == cell.text:
                        there.text = cell.text[:4]
        heads.append(Td(tail, rowspan=begun + cell.rowspan - at, colspan=cell.colspan))
    second[0] = [*heads, *second[0]]
    if header:
        second = [[replace(cell) for cell in row] for row in rows[:3]] + second
    return [first, second]


def shuffled(bends: list[Bend], chance: random.Random) -> Bend:
    """Two of these bends, one after the other."""
    return chained(*chance.sample(bends, 2))
