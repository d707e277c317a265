"""What is in a gold document, apart from how it looks: an invented organ's report with figures of one kind of dirt.

Each ``Dirt`` takes balanced figures and bends them as real organs do; it knows the verdict that the contract asks for.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from demo.figures import COLUMNS, Figures, balanced
from demo.organs import Organ, invented
from demo.writing import Report, write
from reports import forms
from reports.record import Table


@dataclass
class Truth:
    """What a reader must find. None is: not scored for this document (``absent`` names what must be null)."""

    organ: str | None
    year: int | None
    title: str | None
    published: str | None
    forms: dict[Table, str]
    values: dict[str, int | float | None]
    contact: dict[str, str]
    sections: list[tuple[str, str]]
    verdict: str | None
    scope: str | None = None
    statistics: list[tuple[str, str, int | None]] = field(default_factory=list)
    contact_is_partial: bool = False  # ``contact`` does not name everything that the page states
    attachments: list[str] = field(default_factory=list)
    more_records_are_fair: bool = False  # the page holds more that can be taken for reports


@dataclass
class Sample:
    """One document, as ``reports.extract`` gets it, with its truth: one a record, in the order of the page."""

    style: str
    dirt: str
    seed: int
    body: bytes
    name: str
    truths: list[Truth]
    url: str | None = None
    content_type: str | None = None

    @property
    def label(self) -> str:
        """style/dirt/seed."""
        return f"{self.style}/{self.dirt}/{self.seed}"


@dataclass
class Dirt:
    """A kind of figures: what it does to balanced ones, and the verdict that follows."""

    name: str
    bend: Callable[[Figures, random.Random], Figures]
    verdict: str = "verified"
    forms: tuple[str, str] | None = None  # table 2 and table 3, where the kind needs them
    persons_only: bool = False
    requests: int = 60


def _same(figures: Figures, chance: random.Random) -> Figures:
    return figures


def _wrong(*codes: str) -> Callable[[Figures, random.Random], Figures]:
    def bend(figures: Figures, chance: random.Random) -> Figures:
        there = [code for code in codes if code in figures.values]
        return figures.planted(chance.choice(there), chance.choice((1, 2, 9, 10, 90)))

    return bend


def _columns(mark: str, *columns: str) -> Callable[[Figures, random.Random], Figures]:
    return lambda figures, chance: figures.columns_blanked(*columns, mark=mark)


def _totals_blank(figures: Figures, chance: random.Random) -> Figures:
    codes = [code for code in figures.values if code.startswith("applications_") and code.endswith("_total")]
    keep = ("new_received", "carried_in", "handled_total", "carried_forward")
    return figures.blanked(*(code for code in codes if not any(row in code for row in keep)))


def _zero(figures: Figures, chance: random.Random) -> Figures:
    other = figures.copy()
    other.values = dict.fromkeys(figures.values, 0)
    return other


def _printed(write: Callable[[str, Any], str | None]) -> Callable[[Figures, random.Random], Figures]:
    """Print figures otherwise, with the same value: ``write`` gives the text, or None for the plain number."""

    def bend(figures: Figures, chance: random.Random) -> Figures:
        other = figures.copy()
        for code, value in figures.values.items():
            text = write(code, value)
            if text is not None:
                other.printed[code] = text
        return other

    return bend


def _annotated(code: str, value: Any) -> str | None:
    notes = {"proactive_normative_documents_issued": "（其中修订1件）",
             "proactive_normative_documents_repealed": "（含自然失效2件）"}  # fmt: skip
    return f"{value}{notes[code]}" if code in notes and value else None


def _in_yuan(figures: Figures, chance: random.Random) -> Figures:
    other = figures.copy()
    for code in ("proactive_fees_10k_yuan", "proactive_procurement_10k_yuan"):
        if code in other.values:
            yuan = chance.randint(10_000, 90_000_000)
            other.values[code] = yuan / 10_000
            other.printed[code] = f"{yuan}元"
    return other


def _with_unit(code: str, value: Any) -> str | None:
    return f"{value}万元" if code.endswith("10k_yuan") and value else None


def _signs(code: str, value: Any) -> str | None:
    """The change of a year with a sign: full-width and typographic minus, a plus. No equation knows these cells."""
    if not code.endswith("_items_change") or not value:
        return None
    minus = {"licence": "－", "penalty": "−", "coercion": "-", "fee": "－"}.get(code.split("_")[1], "−")
    return f"+{value}" if value > 0 else f"{minus}{-value}"


def _more_changes(figures: Figures, chance: random.Random) -> Figures:
    other = figures.copy()
    for code in other.values:
        if code.endswith("_items_change"):
            other.values[code] = chance.choice((-12, -7, -1, 3, 8))
    return _printed(_signs)(other, chance)


def _point_zero(code: str, value: Any) -> str | None:
    return f"{value}.0" if isinstance(value, int) and code.startswith(("applications", "review")) else None


def _wide_money(code: str, value: Any) -> str | None:
    return f"{value:,}".translate(FULL_WIDTH) if code.endswith("10k_yuan") else None


def _blanks_that_hide(figures: Figures, chance: random.Random) -> Figures:
    """Organisation columns left blank though their figures are not 0: the row totals cannot be assessed."""
    while True:
        other = balanced(f"hidden {chance.random()}", requests=200)
        if other.application("new_received", "business") and other.application("granted", "business"):
            return other.columns_blanked(*COLUMNS[1:])


def _blanks_and_wrong(figures: Figures, chance: random.Random) -> Figures:
    """Blank columns, and a total below its one printed part: no blank can mend that."""
    return figures.columns_blanked(*COLUMNS[1:]).planted("applications_new_received_total", -1)


FULL_WIDTH = str.maketrans("0123456789,.", "０１２３４５６７８９，．")
_ROW_TOTALS = tuple(f"applications_{row}_total" for row in ("granted", "new_received", "unavailable_not_held"))
_HANDLED = tuple(f"applications_handled_total_{column}" for column in (*COLUMNS, "total"))

DIRTS = (
    Dirt("plain", _same),
    Dirt("plain-2019", _same, forms=("2019", "2019")),
    Dirt("mixed", _same, forms=("2021", "2019")),
    Dirt("mixed-back", _same, forms=("2019", "2021")),
    Dirt("wrong-row-total", _wrong(*_ROW_TOTALS), "inconsistent"),
    Dirt("wrong-handled", _wrong(*_HANDLED), "inconsistent"),
    Dirt("wrong-cell", _wrong("applications_granted_natural_person", "applications_carried_in_business"),
         "inconsistent"),
    Dirt("wrong-review", _wrong("review_review_total", "review_suit_direct_upheld"), "inconsistent"),
    Dirt("blank-columns", _columns("", *COLUMNS[1:]), persons_only=True),
    Dirt("dash-columns", _columns("/", "research", "legal_service"), persons_only=True),
    Dirt("long-dash-columns", _columns("—", *COLUMNS[1:]), persons_only=True),
    Dirt("blank-totals", _totals_blank, "incomplete"),
    Dirt("zero", _zero),
    Dirt("annotated", _printed(_annotated), forms=("2021", "2021")),
    Dirt("yuan", _in_yuan),
    Dirt("unit-in-cell", _printed(_with_unit)),
    Dirt("thousands", _printed(lambda code, value: f"{value:,}" if isinstance(value, int) else None), requests=9000),
    Dirt("full-width", _printed(lambda code, value: str(value).translate(FULL_WIDTH))),
    Dirt("with-item-word", _printed(lambda code, value: f"{value}件" if code.startswith("review_") else None)),
    Dirt("large", _same, requests=40000),
    Dirt("signs", _more_changes, forms=("2019", "2019")),
    Dirt("point-zero", _printed(_point_zero)),
    Dirt("wide-money", _printed(_wide_money)),
    Dirt("blanks-that-hide", _blanks_that_hide, "incomplete", forms=("2021", "2021")),
    Dirt("blanks-and-wrong", _blanks_and_wrong, "", persons_only=True),  # incomplete or inconsistent: both hold
)  # fmt: skip


@dataclass
class Case:
    """A report to be printed, with its truth."""

    report: Report
    truth: Truth
    dirt: Dirt
    chance: random.Random
    organ: Organ


def case(dirt: Dirt, seed: int, key: str = "") -> Case:
    """The report of an invented organ with figures of this dirt; always the same for a seed."""
    chance = random.Random(f"gold {dirt.name} {key} {seed}")
    organ = chance.choice(invented(f"gold {key} {seed}", 30).organs)
    two, three = dirt.forms or (("2021", "2021") if chance.random() < 0.75 else ("2019", "2019"))
    year = chance.choice((2019, 2020) if two == three == "2019" else (2021, 2022, 2023, 2024, 2025))
    figures = dirt.bend(
        balanced(
            f"{dirt.name} {key} {seed}",
            proactive=two,
            applications=three,
            requests=dirt.requests,
            persons_only=dirt.persons_only,
        ),
        chance,
    )
    report = write(organ, year, figures, f"gold {key} {seed}", verdict=dirt.verdict)
    return Case(report, truth_of(report), dirt, chance, organ)


def truth_of(report: Report) -> Truth:
    """The truth of a report that is printed in full."""
    figures = report.figures
    return Truth(
        organ=report.organ.name,
        year=report.year,
        title=report.title,
        published=report.published.isoformat(),
        forms=dict(figures.generations) if figures else {},
        values=dict(figures.values) if figures else {},
        contact=dict(report.contact),
        sections=[(section.number, section.title) for section in report.sections],
        verdict=report.verdict or None,
        scope=report.scope,
        statistics=report.statistics,
    )


def without_columns(truth: Truth, *columns: str) -> None:
    """The page does not have these columns of table 3."""
    for each in forms.figures():
        if each.table == "applications" and each.column in columns:
            truth.values.pop(each.code, None)


def spelled(day: date) -> str:
    """2024年1月31日."""
    return f"{day.year}年{day.month}月{day.day}日"
