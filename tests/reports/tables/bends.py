"""Ways in which real editors bend the form's tables, as changes of a drawn table (``demo.layout``).

Every bend leaves each figure where its own labels name it, so that a reader must give the same figures.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from demo.layout import Layout, Td, expanded
from reports.record import Table

Bend = Callable[[Table, Layout], list[Layout]]


def same(table: Table, rows: Layout) -> list[Layout]:
    return [rows]


def unmerged(table: Table, rows: Layout) -> list[Layout]:
    """A workbook or a careless paste: merged cells keep their text in the first place and leave the others empty."""
    return [
        [
            [Td(cell.text if first else "", code=cell.code if first else None) for cell, first in line]
            for line in expanded(rows)
        ]
    ]


def repeated(table: Table, rows: Layout) -> list[Layout]:
    """Merged labels repeated in each place (figures' cells keep their spans)."""
    out = []
    for line in expanded(rows):
        made: list[Td] = []
        for cell, first in line:
            if cell.code:
                if first:
                    made.append(replace(cell, rowspan=1))
            else:
                made.append(Td(cell.text))
        out.append(made)
    return [out]


def letter_spaced(table: Table, rows: Layout) -> list[Layout]:
    return [[[cell if cell.code else replace(cell, text=" ".join(cell.text)) for cell in row] for row in rows]]


def broken_lines(table: Table, rows: Layout) -> list[Layout]:
    return [
        [
            [
                cell if cell.code or len(cell.text) < 4 else replace(cell, text=cell.text[:2] + "\n" + cell.text[2:])
                for cell in row
            ]
            for row in rows
        ]
    ]


def blocks_apart(table: Table, rows: Layout) -> list[Layout]:
    """Table 2 as a table for each paragraph."""
    if table != "proactive":
        return [rows]
    parts: list[Layout] = []
    for row in rows:
        if len(row) == 1:
            parts.append([])
        parts[-1].append(row)
    return parts


def cut(after: int, half: bool = False) -> Bend:
    """Table 3 cut after a row by a page break; the second piece has no header, and a group cell is cut with it.

    ``half``: the text of a group cell over the cut is cut in two as well.
    """

    def bend(table: Table, rows: Layout) -> list[Layout]:
        if table != "applications" or not 3 < after < len(rows):
            return [rows]
        first, second = [list(row) for row in rows[:after]], [list(row) for row in rows[after:]]
        over: list[Td] = []
        for number, row in enumerate(first):
            for place, cell in enumerate(row):
                if number + cell.rowspan > after:
                    left = number + cell.rowspan - after
                    text = cell.text
                    keep = text[: len(text) // 2] if half else text
                    rest = text[len(text) // 2 :] if half else ""
                    row[place] = replace(cell, rowspan=after - number, text=keep)
                    over.append(Td(rest, rowspan=left))
        second[0] = over + second[0]
        return [first, second]

    return bend


def cut_before_figures(table: Table, rows: Layout) -> list[Layout]:
    """A page break between the headings of table 4 and its figures."""
    return [rows[:-1], rows[-1:]] if table == "review" else [rows]


def cut_with_header(after: int) -> Bend:
    """As ``cut``, with the header rows repeated on the second page."""

    def bend(table: Table, rows: Layout) -> list[Layout]:
        pieces = cut(after)(table, rows)
        return [pieces[0], rows[:3] + pieces[1]] if len(pieces) == 2 else pieces

    return bend


def columns_shuffled(seed: int) -> Bend:
    """Table 3 with its five organisation columns in another order."""

    def bend(table: Table, rows: Layout) -> list[Layout]:
        if table != "applications":
            return [rows]
        order = [0, 1, 2, 3, 4]
        random.Random(seed).shuffle(order)
        out = [rows[0], rows[1], [rows[2][place] for place in order]]
        for row in rows[3:]:
            labels, values = row[:-7], row[-7:]
            out.append([*labels, values[0], *(values[1 + place] for place in order), values[6]])
        return [out]

    return bend


def total_first(table: Table, rows: Layout) -> list[Layout]:
    """Table 3 with 总计 before 自然人."""
    if table != "applications":
        return [rows]
    out = [rows[0], [rows[1][2], rows[1][0], rows[1][1]], rows[2]]
    return [out + [[*row[:-7], row[-1], *row[-7:-1]] for row in rows[3:]]]


def rows_shuffled(seed: int) -> Bend:
    """Table 3 unmerged, its rows in another order within their groups."""

    def bend(table: Table, rows: Layout) -> list[Layout]:
        if table != "applications":
            return [rows]
        (flat,) = repeated(table, rows)
        header, body = flat[:3], flat[3:]
        body.sort(key=lambda row: (row[1].text, random.Random(f"{seed}{row[2].text}").random()))
        return [header + body]

    return bend


def header_without_rowspans(table: Table, rows: Layout) -> list[Layout]:
    """The lower header row begins at the left edge, because nobody merged the cells above it."""
    if table == "proactive":
        return [rows]
    head = 3
    return [[[replace(cell, rowspan=1) if number < head else cell for cell in row] for number, row in enumerate(rows)]]


def header_without_rowspans_but_blanks(table: Table, rows: Layout) -> list[Layout]:
    """As ``header_without_rowspans``, with empty cells where the merged ones would be."""
    if table == "proactive":
        return [rows]
    grid = expanded(rows)
    out: Layout = []
    for number, row in enumerate(rows):
        if number >= 3:
            out.append(row)
            continue
        out.append([])
        last = None
        for cell, first in grid[number]:
            above = number > 0 and any(cell is each for each, _ in grid[number - 1])
            if cell is not last:
                out[-1].append(Td("", colspan=cell.colspan) if above else replace(cell, rowspan=1))
            last = cell
            del first
    return [out]


def without_header(table: Table, rows: Layout) -> list[Layout]:
    return [rows[3:]] if table == "applications" else [rows]


def review_misaligned(table: Table, rows: Layout) -> list[Layout]:
    """行政诉讼 begins over column 8 instead of 5."""
    if table != "review":
        return [rows]
    return [[[replace(rows[0][0], colspan=8), replace(rows[0][1], colspan=7)], *rows[1:]]]


def review_as_list(table: Table, rows: Layout) -> list[Layout]:
    """Table 4 on its side: a row a figure."""
    if table != "review":
        return [rows]
    values = rows[-1]
    out: Layout = []
    names = ["行政复议", "未经复议直接起诉", "复议后起诉"]
    heads = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    for number, name in enumerate(names):
        for place, head in enumerate(heads):
            line = [Td(name, rowspan=5)] if place == 0 else []
            out.append([*line, Td(head), replace(values[number * 5 + place], colspan=1)])
    return [out]


def review_as_list_with_a_gap(table: Table, rows: Layout) -> list[Layout]:
    """Table 4 on its side: beside the outcomes of 行政复议 is an empty cell where the suits' two kinds are named."""
    if table != "review":
        return [rows]
    out: Layout = []
    blocks = [Td("行政复议", rowspan=5)], [Td("行政诉讼", rowspan=10), Td("未经复议直接起诉", rowspan=5)]
    for number, labels in enumerate([*blocks, [Td("复议后起诉", rowspan=5)]]):
        for place, head in enumerate(["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]):
            value = replace(rows[-1][number * 5 + place], colspan=1)
            beside = [Td(head), Td("")] if number == 0 else [Td(head)]
            out.append([*(labels if place == 0 else []), *beside, value])
    return [out]


def review_blocks_as_rows(table: Table, rows: Layout) -> list[Layout]:
    """Table 4 with a row a block and a column an outcome."""
    if table != "review":
        return [rows]
    values = rows[-1]
    out: Layout = [[Td("类别"), *(Td(each) for each in ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"])]]
    for number, name in enumerate(["行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）"]):
        out.append([Td(name), *values[number * 5 : number * 5 + 5]])
    return [out]


def review_outcomes_as_rows(table: Table, rows: Layout) -> list[Layout]:
    """Table 4 with a row an outcome and a column a block."""
    if table != "review":
        return [rows]
    values = rows[-1]
    out: Layout = [
        [Td("", rowspan=2), Td("行政复议", rowspan=2), Td("行政诉讼", colspan=2)],
        [Td("未经复议直接起诉"), Td("复议后起诉")],
    ]
    for place, head in enumerate(["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]):
        out.append([Td(head), values[place], values[5 + place], values[10 + place]])
    return [out]


def review_apart(table: Table, rows: Layout) -> list[Layout]:
    """Table 4 as three tables, each with its block's name over it."""
    if table != "review":
        return [rows]
    values = rows[-1]
    heads = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    out = []
    for number, name in enumerate(["行政复议", "未经复议直接起诉", "复议后起诉"]):
        out.append([[Td(name, colspan=5)], [Td(each) for each in heads], values[number * 5 : number * 5 + 5]])
    return out


def value_spans_elsewhere(table: Table, rows: Layout) -> list[Layout]:
    """Header and body spans of table 2 that disagree, as in a real report of 2019."""
    if table != "proactive":
        return [rows]
    out: Layout = []
    for row in rows:
        if len(row) == 4 and row[1].code:
            out.append([replace(row[0]), replace(row[1], colspan=2), *row[2:]])
        elif len(row) == 4:
            out.append([row[0], row[1], replace(row[2], colspan=2), row[3]])
        else:
            out.append([replace(row[0], colspan=row[0].colspan if row[0].colspan > 1 else 1), *row[1:]])
    return [out]


def review_slivers(table: Table, rows: Layout) -> list[Layout]:
    """Columns of table 4 drawn as two by a converter, and a figure in only one of them."""
    if table != "review":
        return [rows]
    out = [[replace(cell, colspan=cell.colspan * 2) for cell in row] for row in rows]
    values = out[-1]
    for at in (9, 3):
        values[at : at + 1] = (
            [replace(values[at], colspan=1), Td("")] if at == 9 else [Td(""), replace(values[at], colspan=1)]
        )
    return [out]


def review_in_a_sheet_without_merges(table: Table, rows: Layout) -> list[Layout]:
    """Table 4 of a sheet that forgot its merged cells: each column was two, and its second is blank."""
    if table != "review":
        return [rows]
    return [
        [[td for cell, first in line for td in (Td(cell.text if first else ""), Td(""))] for line in expanded(rows)]
    ]


def header_wider(table: Table, rows: Layout) -> list[Layout]:
    """The header claims a column more than the body has."""
    if table != "applications":
        return [rows]
    return [[[rows[0][0], replace(rows[0][1], colspan=8)], [*rows[1][:2], replace(rows[1][2], colspan=2)], *rows[2:]]]


def empty_cells_at_end(table: Table, rows: Layout) -> list[Layout]:
    """An empty column at the right edge."""
    return [[[*row, Td("")] for row in rows]]


def empty_column_at_left(table: Table, rows: Layout) -> list[Layout]:
    """An empty column at the left edge."""
    return [[[Td(""), *row] for row in rows]]


def groups_on_own_rows(table: Table, rows: Layout) -> list[Layout]:
    """The groups of table 3 as heading rows of their own, over the full width."""
    if table != "applications":
        return [rows]
    (flat,) = repeated(table, rows)
    out = flat[:3]
    last = ""
    for row in flat[3:]:
        group, label = row[1].text, row[2].text
        if row[0].text == label:
            out.append([Td(row[0].text), *row[3:]])
            continue
        if group != label and group != last:
            out.append([Td(group, colspan=8)])
            last = group
        out.append([Td(label), *row[3:]])
    return [[[Td("", rowspan=3), out[0][3]], [replace(c, rowspan=1) for c in out[1][3:]], out[2][3:], *out[3:]]]


def values_with(change: Callable[[str], str]) -> Bend:
    """The same tables with every figure's text written otherwise."""

    def bend(table: Table, rows: Layout) -> list[Layout]:
        return [[[replace(cell, text=change(cell.text)) if cell.code else cell for cell in row] for row in rows]]

    return bend


def full_width(text: str) -> str:
    return "".join(chr(ord(char) - 0x30 + 0xFF10) if char.isascii() and char.isdigit() else char for char in text)


def thousands(text: str) -> str:
    whole, dot, rest = text.partition(".")
    return f"{int(whole):,}{dot}{rest}" if whole.lstrip("-").isdigit() else text


TRADITIONAL = str.maketrans(
    "国务发规处罚强单项总计诉讼经审结维纠复后续转继办机构组织与会关联证属员业费额废现数许对务诉请",
    "國務發規處罰強單項總計訴訟經審結維糾復後續轉繼辦機構組織與會關聯證屬員業費額廢現數許對務訴請",
)


def traditional(table: Table, rows: Layout) -> list[Layout]:
    return [[[replace(cell, text=cell.text.translate(TRADITIONAL)) for cell in row] for row in rows]]


def kangxi(table: Table, rows: Layout) -> list[Layout]:
    """Radicals in place of characters, as PDFs made by browsers have them."""
    radicals = str.maketrans("一文行自人力工大子小山年", "⼀⽂⾏⾃⼈⼒⼯⼤⼦⼩⼭年")
    return [
        [[cell if cell.code else replace(cell, text=cell.text.translate(radicals)) for cell in row] for row in rows]
    ]


BENDS: dict[str, Bend] = {
    "same": same,
    "unmerged": unmerged,
    "repeated": repeated,
    "letter-spaced": letter_spaced,
    "broken-lines": broken_lines,
    "blocks-apart": blocks_apart,
    "cut-before-figures": cut_before_figures,
    **{f"cut-{row}": cut(row) for row in range(4, 28)},
    **{f"cut-half-{row}": cut(row, half=True) for row in range(4, 28)},
    **{f"cut-header-{row}": cut_with_header(row) for row in (5, 12, 20, 27)},
    **{f"columns-shuffled-{seed}": columns_shuffled(seed) for seed in range(3)},
    "total-first": total_first,
    "review-slivers": review_slivers,
    "review-without-merges": review_in_a_sheet_without_merges,
    "rows-shuffled": rows_shuffled(1),
    "header-without-rowspans": header_without_rowspans,
    "header-blanks": header_without_rowspans_but_blanks,
    "without-header": without_header,
    "review-misaligned": review_misaligned,
    "review-as-list": review_as_list,
    "review-as-list-with-a-gap": review_as_list_with_a_gap,
    "review-blocks-as-rows": review_blocks_as_rows,
    "review-outcomes-as-rows": review_outcomes_as_rows,
    "review-apart": review_apart,
    "value-spans-elsewhere": value_spans_elsewhere,
    "header-wider": header_wider,
    "empty-cells-at-end": empty_cells_at_end,
    "empty-column-at-left": empty_column_at_left,
    "groups-on-own-rows": groups_on_own_rows,
    "full-width": values_with(full_width),
    "thousands": values_with(thousands),
    "thousands-full-width": values_with(lambda text: full_width(thousands(text)).replace(",", "，")),
    "counters": values_with(lambda text: text + "件" if text.isdigit() else text),
    "decimals": values_with(lambda text: text + ".0" if text.isdigit() else text),
    "spaces-around": values_with(lambda text: f" {text}\u3000"),
    "traditional": traditional,
    "kangxi": kangxi,
}
