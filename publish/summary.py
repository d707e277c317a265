"""Sums over the panel by year, province, level and kind, made in one pass when a snapshot is opened: what charts
draw.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import data
from pipelines.store import panel

Key = tuple[int, str | None, str | None, str]


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator: a count of the panel, or a rate with numerator and denominator as SQL over the panel."""

    code: str
    label: str
    label_en: str
    unit: str
    unit_en: str
    about: str
    about_en: str
    caveat: str
    caveat_en: str
    formula: str
    numerator: str
    denominator: str | None
    scale: float
    group: str


@dataclass(slots=True)
class Pooled:
    """A sum over reports: numerator, denominator (the number of reports, of a count), reports used and left out."""

    numerator: float = 0.0
    denominator: float = 0.0
    used: int = 0
    reports: int = 0

    def add(self, other: Pooled) -> None:
        """Another group's sums."""
        self.numerator += other.numerator
        self.denominator += other.denominator
        self.used += other.used
        self.reports += other.reports


@dataclass(slots=True)
class Summary:
    """``sums[indicator][(year, province, level, kind)]``; ``verified`` the same of verified reports alone."""

    sums: dict[str, dict[Key, Pooled]] = field(default_factory=dict)
    verified: dict[str, dict[Key, Pooled]] = field(default_factory=dict)
    verdicts: dict[tuple[int, str], int] = field(default_factory=dict)

    def pooled(
        self, indicator: Indicator, by: str, *, level: str | None, kind: str, only_verified: bool,
        year: int | None = None
    ) -> dict[Any, Pooled]:  # fmt: skip
        """Sums by ``year`` or ``province`` of the reports of one level and kind: never of a government and its
        departments.
        """
        found: dict[Any, Pooled] = defaultdict(Pooled)
        for (at, province, its_level, its_kind), sums in (self.verified if only_verified else self.sums)[
            indicator.code
        ].items():
            if its_level == level and its_kind == kind and (year is None or at == year):
                found[at if by == "year" else province].add(sums)
        return dict(found)


def indicators() -> dict[str, Indicator]:
    """Every indicator of ``data/indicators.yaml``, in its order."""
    columns = {each.code: each for each in panel.columns()}
    rates = {each["code"]: each for each in data.load_yaml("panel.yaml")["rates"]}
    found = {}
    for group in data.load_yaml("indicators.yaml")["groups"]:
        for entry in group["indicators"]:
            column = columns[entry["code"]]
            rate = rates.get(entry["code"])
            below = None
            if rate:
                below = " + ".join(rate["over"]) + "".join(f" - {part}" for part in rate.get("less", []))
            found[entry["code"]] = Indicator(
                column.code, column.label, column.label_en, column.unit, column.unit_en, entry["about"],
                entry["about_en"],
                entry.get("caveat", ""), entry.get("caveat_en", ""), column.formula,
                rate["of"] if rate else column.code, below,
                float(rate.get("scale", 1)) if rate else 1.0, group["key"],
            )  # fmt: skip
    return found


def summarise(connection: sqlite3.Connection) -> Summary:
    """One pass over the panel. A report counts for an indicator only where it has it: nulls are left out, and told."""
    wanted = list(indicators().values())
    parts = []
    for each in wanted:
        known = f"{each.code} IS NOT NULL"
        below = f"total({each.denominator}) FILTER (WHERE {known})" if each.denominator else f"count({each.code})"
        parts.append(f"total({each.numerator}) FILTER (WHERE {known}), {below}, count({each.code})")
    sql = (
        "SELECT year, province, level, CASE kind WHEN 'government' THEN kind ELSE 'department' END, verdict = "
        "'verified', count(*), " + ", ".join(parts) + " FROM panel GROUP BY 1, 2, 3, 4, 5"
    )
    found = Summary({each.code: {} for each in wanted}, {each.code: {} for each in wanted})
    for row in connection.execute(sql):
        year, province, level, kind, verified, reports = row[:6]
        key = (year, province, level, kind)
        for at, each in enumerate(wanted):
            above, below, used = row[6 + 3 * at : 9 + 3 * at]
            sums = Pooled(above, below, used, reports)
            found.sums[each.code].setdefault(key, Pooled()).add(sums)
            if verified:
                found.verified[each.code][key] = sums
    for year, verdict, count in connection.execute("SELECT year, verdict, count(*) FROM report GROUP BY 1, 2"):
        found.verdicts[(year, verdict)] = count
    return found


def value(indicator: Indicator, pooled: Pooled) -> float | None:
    """The pooled value: a rate, or a count's sum. None where nothing is known."""
    if indicator.denominator is None:
        return pooled.numerator if pooled.used else None
    return round(indicator.scale * pooled.numerator / pooled.denominator, 6) if pooled.denominator > 0 else None
