"""The national forms as data: every figure that a report can hold, with its labels and generations.

Read from ``data/forms``. Sources: 国办公开办函〔2019〕60号 (generation ``2019``), 国办公开办函〔2021〕30号 (``2021``).
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Any

import data
from reports.record import Table

_NOTE = re.compile(r"[（(]([^（）()]{1,2})[)）]$")
TABLES: tuple[Table, ...] = ("proactive", "applications", "review")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the forms. ``code`` is its column in the database: ``applications_granted_natural_person``."""

    code: str
    table: Table
    row: str
    column: str
    key: str  # its key inside the record's table: row_column for tables 2 and 4, row for table 3
    label: str
    label_en: str
    unit: str
    unit_en: str
    generations: tuple[str, ...]
    signed: bool = False
    decimals: bool = False


def form(table: Table) -> dict[str, Any]:
    """The rows, columns, labels and aliases of a table, as written in ``data/forms``."""
    loaded: dict[str, Any] = data.load_yaml(f"forms/{table}.yaml")
    return loaded


@functools.cache
def figures() -> tuple[Figure, ...]:
    """Every figure of every generation, once, in the order of the forms: 29 + 182 + 15."""
    return (*_proactive(), *_applications(), *_review())


@functools.cache
def figure(code: str) -> Figure:
    """The figure with this code; KeyError where there is none."""
    return {each.code: each for each in figures()}[code]


def _proactive() -> list[Figure]:
    found: dict[str, Figure] = {}
    for generation, blocks in form("proactive")["generations"].items():
        for block in blocks:
            for row in block["rows"]:
                for column in block["columns"]:
                    key = f"{row['key']}_{column['key']}"
                    earlier = found.get(key)
                    unit = column.get("unit", "项" if "项目" in column["label"] or "增" in column["label"] else "件")
                    found[key] = Figure(
                        code=f"proactive_{key}", table="proactive", row=row["key"], column=column["key"], key=key,
                        label=earlier.label if earlier else f"{row['label']} {column['label']}",
                        label_en=earlier.label_en if earlier else f"{row['label_en']}, {column['label_en']}",
                        unit=unit, unit_en=column.get("unit_en", "items"),
                        generations=tuple(sorted({generation, *(earlier.generations if earlier else ())})),
                        signed=column.get("signed", False), decimals=unit == "万元",
                    )  # fmt: skip
    return list(found.values())


def _applications() -> list[Figure]:
    table = form("applications")
    groups = {group["key"]: group for group in table["groups"]}
    found = []
    for row in table["rows"]:
        group = groups.get(row.get("group", ""))
        inner = group is not None and group["key"] != "result"
        label = f"{group['label']} {row['label']}" if group and inner else row["label"]
        for column in table["columns"]:
            found.append(Figure(
                code=f"applications_{row['key']}_{column['key']}", table="applications", row=row["key"],
                column=column["key"], key=row["key"], label=f"{label} · {column['label']}",
                label_en=f"{row['label_en']} · {column['label_en']}", unit=table["unit"], unit_en=table["unit_en"],
                generations=tuple(row["generations"]),
            ))  # fmt: skip
    return found


def _review() -> list[Figure]:
    table = form("review")
    return [
        Figure(
            code=f"review_{row['key']}_{column['key']}",
            table="review",
            row=row["key"],
            column=column["key"],
            key=f"{row['key']}_{column['key']}",
            label=f"{row['label']} {column['label']}",
            label_en=f"{row['label_en']}, {column['label_en']}",
            unit=table["unit"],
            unit_en=table["unit_en"],
            generations=("2019", "2021"),
        )
        for row in table["rows"]
        for column in table["columns"]
    ]


@functools.cache
def units() -> frozenset[str]:
    """What stands between an indicator and its figure in the lists of 2014-2018: 条, 件, 万元."""
    return frozenset(data.load_yaml("forms/statistics-2014.yaml")["units"])


def ends_in_unit(text: str) -> bool:
    """Whether a text is such a unit, or has one in brackets at its end: 举报投诉数（件）."""
    note = _NOTE.search(text)
    return (note[1] if note else text) in units()


@functools.cache
def _parts() -> frozenset[str]:
    return frozenset(section["label"] for section in data.load_yaml("forms/statistics-2014.yaml")["sections"])


def is_part_of_list(text: str) -> bool:
    """Whether a text is the name of a part of those lists, with its number: 三、依申请公开情况."""
    return text.partition("、")[2] in _parts()
