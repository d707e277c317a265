"""The three tables as the national form draws them: rows of cells with their spans, before any page is made of them.

Renderers turn a layout into HTML, PDF, Word or Excel; the gold corpus bends a layout first (cuts it, unmerges it,
misspells it). Sources of the drawings: 国办公开办函〔2019〕60号 and 〔2021〕30号.
"""

from __future__ import annotations

from dataclasses import dataclass

from demo.figures import Figures
from reports import forms
from reports.record import Table

BALANCE_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


@dataclass
class Td:
    """One cell: its text, its spans, and the code of the figure that it holds, if it holds one."""

    text: str
    rowspan: int = 1
    colspan: int = 1
    code: str | None = None


Layout = list[list[Td]]


def layout(table: Table, figures: Figures) -> Layout:
    """The drawing of one table of these figures, in the generation that they name."""
    if table == "proactive":
        return _proactive(figures)
    if table == "applications":
        return _applications(figures)
    return _review(figures)


def _value(figures: Figures, code: str, colspan: int = 1) -> Td:
    return Td(figures.text(code), colspan=colspan, code=code)


def _proactive(figures: Figures) -> Layout:
    rows: Layout = []
    for block in forms.form("proactive")["generations"][figures.generations["proactive"]]:
        columns = block["columns"]
        last = 4 - len(columns)  # the last column takes what is left of four
        rows.append([Td(block["paragraph"], colspan=4)])
        heads = [column["label"] + ("（单位：万元）" if column.get("unit") == "万元" else "") for column in columns]
        rows.append([
            Td("信息内容"),
            *(Td(head, colspan=last if head is heads[-1] else 1) for head in heads),
        ])  # fmt: skip
        for row in block["rows"]:
            codes = [f"proactive_{row['key']}_{column['key']}" for column in columns]
            rows.append([
                Td(row["label"]),
                *(_value(figures, code, last if code is codes[-1] else 1) for code in codes),
            ])  # fmt: skip
    return rows


def _applications(figures: Figures) -> Layout:
    form = forms.form("applications")
    generation = figures.generations["applications"]
    columns = form["columns"]
    organisations = [column for column in columns if column.get("group")]
    rows: Layout = [
        [Td(BALANCE_NOTE, rowspan=3, colspan=3), Td("申请人情况", colspan=7)],
        [Td("自然人", rowspan=2), Td("法人或其他组织", colspan=5), Td("总计", rowspan=2)],
        [Td(column["label"]) for column in organisations],
    ]
    groups = {group["key"]: group for group in form["groups"]}
    shown = [row for row in form["rows"] if generation in row["generations"]]
    results = [row for row in shown if row.get("group")]
    seen: set[str] = set()
    for row in shown:
        group = row.get("group")
        line: list[Td] = []
        label = _numbered(row["number"], row["label"]) + row.get("note", "")
        if group is None:
            line.append(Td(label, colspan=3))
        else:
            if row is results[0]:
                line.append(Td(_numbered("三", "本年度办理结果"), rowspan=len(results)))
            if group == "result":
                line.append(Td(label, colspan=2))
            else:
                if group not in seen:
                    seen.add(group)
                    members = sum(each.get("group") == group for each in shown)
                    line.append(Td(_numbered(groups[group]["number"], groups[group]["label"]), rowspan=members))
                line.append(Td(label))
        line += [_value(figures, f"applications_{row['key']}_{column['key']}") for column in columns]
        rows.append(line)
    return rows


def _numbered(number: str, label: str) -> str:
    if number.startswith("（"):
        return number + label
    return f"{number}.{label}" if number.isdigit() else f"{number}、{label}"


def _review(figures: Figures) -> Layout:
    form = forms.form("review")
    heads = [column["label"] for column in form["columns"]]
    return [
        [Td("行政复议", colspan=5), Td("行政诉讼", colspan=10)],
        [
            *(Td(head, rowspan=2) for head in heads),
            Td("未经复议直接起诉", colspan=5),
            Td("复议后起诉", colspan=5),
        ],
        [Td(head) for _ in range(2) for head in heads],
        [
            _value(figures, f"review_{block['key']}_{column['key']}")
            for block in form["rows"]
            for column in form["columns"]
        ],
    ]


def expanded(rows: Layout) -> list[list[tuple[Td, bool]]]:
    """The layout on a rectangular grid: each place holds its cell, and whether the cell begins here."""
    places: dict[tuple[int, int], tuple[Td, bool]] = {}
    for r, row in enumerate(rows):
        c = 0
        for cell in row:
            while (r, c) in places:
                c += 1
            for dr in range(cell.rowspan):
                for dc in range(cell.colspan):
                    places[r + dr, c + dc] = (cell, dr == dc == 0)
            c += cell.colspan
    width = 1 + max(c for _, c in places)
    nothing = Td("")
    return [[places.get((r, c), (nothing, True)) for c in range(width)] for r in range(len(rows))]
