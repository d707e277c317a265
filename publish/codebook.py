"""The one source of what tables and columns mean: titles, definitions, units, generations, formulas, missing rules.

Site headings, ``codebook.csv``, ``codebook.html``, the Excel sheet, ``datapackage.json`` and Stata labels are all
written from it.
Figures come from ``reports.forms``, the panel's counts and rates from ``pipelines.store.panel``, the rest from
``data/texts/codebook.yaml``.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

import data
from pipelines.store import panel
from publish.language import Language
from reports import forms

MISSING = "空值：报告中为空白、划线，或报告无此行（见 cell_note）；空白不等于 0。"
MISSING_EN = "Null is a blank, a dash, or a row that the report does not have (see cell_note). A blank is not a zero."
RATE_MISSING = "分母为 0 或有未知部分时为空；已核验的报告中空白按零计（其勾稽关系已证明）。"
RATE_MISSING_EN = (
    "Null where the denominator is 0 or a part is not known; in a verified report a blank part is 0, as its sums prove."
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, in both languages. ``official_row`` and ``official_column`` are the figure's keys in its
    form.
    """

    table: str
    code: str
    label: str
    label_en: str
    unit: str = ""
    unit_en: str = ""
    note: str = ""
    note_en: str = ""
    form_table: str = ""
    form_row: str = ""
    form_column: str = ""
    generations: tuple[str, ...] = ()
    formula: str = ""
    missing: str = ""
    missing_en: str = ""

    def title(self, language: Language) -> str:
        """What the column is called."""
        return self.label_en if language == "en" else self.label

    def describe(self, language: Language) -> str:
        """Unit, definition, formula and form in one line."""
        english = language == "en"
        parts = [
            (self.unit_en or self.unit) if english else self.unit,
            (self.note_en or self.note) if english else self.note,
            self.formula and f"= {self.formula}",
            self.generations and ("form " if english else "格式 ") + ", ".join(self.generations),
        ]
        return ("; " if english else "；").join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class TableText:
    """What a table is called and holds."""

    name: str
    label: str
    label_en: str
    about: str
    about_en: str
    group: str
    facets: tuple[str, ...]
    sort: str | None
    sort_desc: str | None
    labelled_by: str | None
    sortable: tuple[str, ...] | None  # None: all columns, of a small table


@functools.cache
def tables() -> dict[str, TableText]:
    """Every table and view that is shown, in the order of the codebook."""
    return {
        name: TableText(
            name, entry["label"], entry["label_en"], entry["about"], entry["about_en"], entry["group"],
            tuple(entry.get("facets", ())), entry.get("sort"), entry.get("sort_desc"), entry.get("labelled_by"),
            tuple(entry["sortable"]) if "sortable" in entry else None,
        )
        for name, entry in _texts()["tables"].items()
    }  # fmt: skip


@functools.cache
def hidden() -> tuple[str, ...]:
    """Tables that are the store's own business and are not shown."""
    return tuple(_texts()["hidden"])


@functools.cache
def column(table: str, code: str) -> Column:
    """What is known of a column. A column that nobody has described is its own label: the codebook's test finds it."""
    own = _texts()["tables"].get(table, {}).get("columns", {}).get(code)
    if own is None and table == "figures" and code in _figures():
        return _figures()[code]
    if own is None and table == "panel" and code in _panel():
        return _panel()[code]
    entry: dict[str, Any] = own or _texts()["columns"].get(code) or {"label": code, "label_en": code}
    return Column(
        table, code, entry["label"], entry["label_en"], entry.get("unit", ""), entry.get("unit_en", ""),
        entry.get("note", ""), entry.get("note_en", ""),
        missing=MISSING if "unit" in entry else "", missing_en=MISSING_EN if "unit" in entry else "",
    )  # fmt: skip


def described(table: str, code: str) -> bool:
    """Whether somebody has described this column."""
    entry = column(table, code)
    return entry.label != code or code in _texts()["columns"]


def value_label(code: object, language: Language) -> str:
    """How a code of the database (a verdict, a kind, a state) is printed; the code itself where it has no label."""
    entry = _texts()["values"].get(str(code)) or _kinds().get(str(code)) or _problems().get(str(code))
    if entry is None:
        return str(code)
    label: str = entry["label_en"] if language == "en" else entry["label"]
    return label


@functools.cache
def _problems() -> dict[str, dict[str, str]]:
    """The codes of problems (data/texts/problems.yaml)."""
    known: dict[str, dict[str, str]] = data.load_yaml("texts/problems.yaml")
    return known


@functools.cache
def _kinds() -> dict[str, dict[str, str]]:
    """The kinds of organs, by code (data/organs.yaml)."""
    return {kind["code"]: kind for kind in data.load_yaml("organs.yaml")["kinds"]}


@functools.cache
def _figures() -> dict[str, Column]:
    return {
        each.code: Column(
            "figures", each.code, each.label, each.label_en, each.unit, each.unit_en,
            form_table=each.table, form_row=each.row, form_column=each.column, generations=each.generations,
            missing=MISSING, missing_en=MISSING_EN,
        )
        for each in forms.figures()
    }  # fmt: skip


@functools.cache
def _panel() -> dict[str, Column]:
    found = {}
    told = {
        entry["code"]: entry for group in data.load_yaml("indicators.yaml")["groups"] for entry in group["indicators"]
    }
    for each in panel.columns():
        rate = "/" in each.formula
        about = told.get(each.code, {})
        found[each.code] = Column(
            "panel", each.code, each.label, each.label_en, each.unit, each.unit_en,
            note="；".join(about[key] for key in ("about", "caveat") if key in about),
            note_en="; ".join(about[f"{key}_en"] for key in ("about", "caveat") if key in about), formula=each.formula,
            missing=RATE_MISSING if rate else MISSING, missing_en=RATE_MISSING_EN if rate else MISSING_EN,
        )  # fmt: skip
    return found


def _texts() -> dict[str, Any]:
    loaded: dict[str, Any] = data.load_yaml("texts/codebook.yaml")
    return loaded
