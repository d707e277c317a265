"""The three tables as the official form prints them: merged header cells, numbering, one layout a generation.

Sources: 国办公开办函〔2019〕60号 and 〔2021〕30号; the words come from ``data/forms``, their arrangement from here.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from reports import forms
from reports.record import Table


@dataclass(frozen=True, slots=True)
class Place:
    """One cell of the printed form: a label, or the place of a figure (``code``)."""

    label: str = ""
    label_en: str = ""
    rowspan: int = 1
    colspan: int = 1
    code: str | None = None
    scope: str | None = None  # of a label that heads a row or a column, for screen readers


Row = tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A table of the form. ``head`` are the rows of headers, ``body`` the rest; all rows are equally wide once
    expanded.
    """

    table: Table
    generation: str
    title: str
    title_en: str
    head: tuple[Row, ...]
    body: tuple[Row, ...]

    @property
    def codes(self) -> list[str]:
        """The figures of the table, in the order of the form."""
        return [place.code for row in self.body for place in row if place.code]


@functools.cache
def layout(table: Table, generation: str) -> Layout:
    """How this generation (``2019`` or ``2021``) prints this table. An unknown generation is printed as the newest."""
    known = generation if generation in ("2019", "2021") else "2021"
    head, body = {"proactive": _proactive, "applications": _applications, "review": _review}[table](known)
    written = forms.form(table)
    return Layout(table, known, written["label"], written["label_en"], tuple(head), tuple(body))


def _proactive(generation: str) -> tuple[list[Row], list[Row]]:
    blocks = forms.form("proactive")["generations"][generation]
    width = max(len(block["columns"]) for block in blocks)
    rows: list[Row] = []
    for block in blocks:
        columns = block["columns"]
        spans = [1] * (len(columns) - 1) + [width - len(columns) + 1]
        rows.append(
            (Place(block["paragraph"], _paragraph_en(block["paragraph"]), colspan=width + 1, scope="colgroup"),)
        )
        rows.append((
            Place("信息内容", "Kind of information", scope="col"),
            *(
                Place(_with_unit(column), column["label_en"] + (
                    f" ({column['unit_en']})" if "unit_en" in column else ""), colspan=span, scope="col")
                for column, span in zip(columns, spans, strict=True)
            ),
        ))  # fmt: skip
        for row in block["rows"]:
            rows.append((
                Place(row["label"], row["label_en"], scope="row"),
                *(
                    Place(code=f"proactive_{row['key']}_{column['key']}", colspan=span)
                    for column, span in zip(columns, spans, strict=True)
                ),
            ))  # fmt: skip
    return [], rows


def _with_unit(column: dict[str, Any]) -> str:
    label: str = column["label"]
    return f"{label}（单位：{column['unit']}）" if "unit" in column else label


def _paragraph_en(paragraph: str) -> str:
    """第二十条第（一）项: the item of article 20 of the regulations on open government information."""
    number = "一二三四五六七八九".index(paragraph[paragraph.index("（") + 1]) + 1
    return f"Article 20, item {number}"


def _applications(generation: str) -> tuple[list[Row], list[Row]]:
    form = forms.form("applications")
    columns = form["columns"]
    inner = [column for column in columns if "group" in column]
    note = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    note_en = "(in every column, items 1 and 2 together equal items 3 and 4 together)"
    first, last = columns[0], columns[-1]
    head: list[Row] = [
        (Place(note, note_en, rowspan=3, colspan=3), Place("申请人情况", "Applicants", colspan=7, scope="colgroup")),
        (
            Place(first["label"], first["label_en"], rowspan=2, scope="col"),
            Place("法人或其他组织", "Legal persons or other organisations", colspan=len(inner), scope="colgroup"),
            Place(last["label"], last["label_en"], rowspan=2, scope="col"),
        ),
        tuple(Place(column["label"], column["label_en"], scope="col") for column in inner),
    ]
    groups = {group["key"]: group for group in form["groups"]}
    rows = [row for row in form["rows"] if generation in row["generations"]]
    in_result = sum(1 for row in rows if row.get("group"))
    body: list[Row] = []
    group_open: str | None = None
    result_open = False
    for row in rows:
        figures = tuple(Place(code=f"applications_{row['key']}_{column['key']}") for column in columns)
        group = row.get("group")
        label = f"{row['number']}{_separator(row['number'])}{row['label']}{row.get('note', '')}"
        if group is None:
            body.append((Place(label, row["label_en"], colspan=3, scope="row"), *figures))
            continue
        lead: list[Place] = []
        if not result_open:
            result = groups["result"]
            lead.append(
                Place(f"{result['number']}、{result['label']}", result["label_en"], rowspan=in_result, scope="rowgroup")
            )
            result_open = True
        if group == "result":
            lead.append(Place(label, row["label_en"], colspan=2, scope="row"))
        else:
            if group != group_open:
                size = sum(1 for each in rows if each.get("group") == group)
                lead.append(
                    Place(
                        f"{groups[group]['number']}{groups[group]['label']}", groups[group]["label_en"], rowspan=size,
                        scope="rowgroup",
                    )
                )  # fmt: skip
            lead.append(Place(label, row["label_en"].partition(": ")[2] or row["label_en"], scope="row"))
        group_open = group
        body.append((*lead, *figures))
    return head, body


def _separator(number: str) -> str:
    """一、 but （一） and 1."""
    return "" if number.startswith("（") else "." if number.isdigit() else "、"


def _review(generation: str) -> tuple[list[Row], list[Row]]:
    form = forms.form("review")
    blocks, columns = form["rows"], form["columns"]
    suits = [block for block in blocks if "group" in block]
    alone = blocks[0]
    width = len(columns)
    head: list[Row] = [
        (
            Place(alone["label"], alone["label_en"], colspan=width, scope="colgroup"),
            Place("行政诉讼", "Lawsuits", colspan=width * len(suits), scope="colgroup"),
        ),
        (
            *(Place(column["label"], column["label_en"], rowspan=2, scope="col") for column in columns),
            *(Place(block["label"], block["label_en"], colspan=width, scope="colgroup") for block in suits),
        ),
        tuple(Place(column["label"], column["label_en"], scope="col") for _ in suits for column in columns),
    ]
    body: list[Row] = [
        tuple(Place(code=f"review_{block['key']}_{column['key']}") for block in blocks for column in columns)
    ]
    return head, body
