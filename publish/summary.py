"""Sums over the panel by year, province, level and kind, made in one pass when a snapshot is opened: what charts
draw.
"""

from __future__ import annotations

import functools
import re
import sqlite3
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import data
from pipelines.store import panel
from publish import codebook
from publish.language import current

Key = tuple[int, str | None, str | None, str]
SHARE, CHANGE = panel.SHARE, panel.CHANGE
NATION = "100000"  # the area that stands for the whole country in the table of concentration


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator: a count of the panel, or a rate with numerator and denominator as SQL over the panel.

    ``source`` is the indicator of one report as SQL: a column of the panel, or the ratio itself.
    """

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
    source: str

    @property
    def percent(self) -> bool:
        """Whether it is a share of 1, which people read in per cent."""
        return self.denominator is not None and self.scale == 1 and self.unit_en in (SHARE[1], CHANGE[1])

    @property
    def change(self) -> bool:
        """Whether it is a change against the year before, which may be negative and above 1."""
        return self.unit_en == CHANGE[1]

    @property
    def of_a_group(self) -> bool:
        """Whether one organ alone has no such value: it is told of all organs of a level, in the country or a
        province."""
        return self.source == ""

    @property
    def uncertain(self) -> bool:
        """Whether it is a share of few cases, so that a plot against their number tells chance from difference."""
        return self.percent and self.group == "remedies"


@dataclass(frozen=True, slots=True)
class Basis:
    """Whose reports are counted: one level, and governments or departments; in one province, or everywhere."""

    level: str | None
    kind: str
    province: str | None = None
    verified: bool = False

    def condition(self) -> tuple[str, list[Any]]:
        """The same as a condition of SQL with its parameters."""
        parts, values = ["(kind = 'government') = ?", "level IS ?"], [self.kind == "government", self.level]
        if self.province:
            parts.append("province = ?")
            values.append(self.province)
        if self.verified:
            parts.append("verdict = 'verified'")
        return " AND ".join(parts), values

    @property
    def label(self) -> str:
        """In words, without the province."""
        language = current.get()
        return (
            f"{codebook.value_label(self.level or 'unknown_level', language)} · "
            f"{codebook.value_label(self.kind, language)}"
        )


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
    """``sums[indicator][(year, province, level, kind)]``; ``verified`` the same of verified reports alone;
    ``kinds[indicator][(level, kind of organ)][year]``, of all provinces.
    """

    sums: dict[str, dict[Key, Pooled]] = field(default_factory=dict)
    verified: dict[str, dict[Key, Pooled]] = field(default_factory=dict)
    kinds: dict[str, dict[tuple[str | None, str], dict[int, Pooled]]] = field(default_factory=dict)
    verdicts: dict[tuple[int, str], int] = field(default_factory=dict)
    population: bool = False  # whether there is a table of inhabitants

    def pooled(self, indicator: Indicator, by: str, basis: Basis, *, year: int | None = None) -> dict[Any, Pooled]:
        """Sums by ``year`` or ``province`` of the reports of one level and kind: never of a government and its
        departments.
        """
        found: dict[Any, Pooled] = defaultdict(Pooled)
        known = (self.verified if basis.verified and not indicator.of_a_group else self.sums)[indicator.code]
        # What is told of a group is not the sum of its parts: the country has a value of its own.
        only = (basis.province or NATION) if indicator.of_a_group and by == "year" else basis.province
        for (at, province, level, kind), sums in known.items():
            if (level, kind) != (basis.level, basis.kind) or (only and province != only):
                continue
            if indicator.of_a_group and by == "province" and province == NATION:
                continue
            if year is None or at == year:
                found[at if by == "year" else province].add(sums)
        return dict(found)


@functools.cache
def indicators() -> dict[str, Indicator]:
    """Every indicator of ``data/indicators.yaml``, in its order."""
    columns = {each.code: each for each in panel.columns()}
    rates = {each["code"]: each for each in data.load_yaml("panel.yaml")["rates"]}
    found = {}
    for group in data.load_yaml("indicators.yaml")["groups"]:
        for entry in group["indicators"]:
            code = entry["code"]
            scale = float(rates.get(code, {}).get("scale", 1))
            if entry.get("of") == code:
                found[code] = _group(entry, group["key"])
            elif "of" in entry:
                found[code] = _ratio(entry, group["key"])
            else:
                found[code] = _column(entry, columns[code], scale, group["key"])
    return found


def entry(indicator: Indicator) -> codebook.Column:
    """The indicator as the codebook has it."""
    join = {"；": (indicator.about, indicator.caveat), "; ": (indicator.about_en, indicator.caveat_en)}
    note, note_en = (between.join(part for part in parts if part) for between, parts in join.items())
    return codebook.Column(
        "indicators", indicator.code, indicator.label, indicator.label_en, indicator.unit, indicator.unit_en,
        note, note_en, formula=indicator.formula,
        missing=codebook.RATE_MISSING if indicator.denominator else codebook.MISSING,
        missing_en=codebook.RATE_MISSING_EN if indicator.denominator else codebook.MISSING_EN,
    )  # fmt: skip


def offered(sums: Summary) -> dict[str, Indicator]:
    """The indicators that this archive can give: those of inhabitants only where their number is known."""
    needing = {
        entry["code"]
        for group in data.load_yaml("indicators.yaml")["groups"]
        for entry in group["indicators"]
        if entry.get("needs") == "population"
    }
    return {code: each for code, each in indicators().items() if sums.population or code not in needing}


def _column(entry: dict[str, str], column: panel.PanelColumn, scale: float, group: str) -> Indicator:
    return Indicator(
        column.code, column.label, column.label_en, column.unit, column.unit_en, entry["about"], entry["about_en"],
        entry.get("caveat", ""), entry.get("caveat_en", ""), column.formula,
        column.numerator or column.code, column.denominator or None, scale, group, column.code,
    )  # fmt: skip


def _group(entry: dict[str, str], group: str) -> Indicator:
    return Indicator(
        entry["code"], entry["label"], entry["label_en"], *SHARE, entry["about"], entry["about_en"],
        entry.get("caveat", ""), entry.get("caveat_en", ""), entry["formula"], "", entry["over"], 1.0, group, "",
    )  # fmt: skip


def _filled(expression: str) -> str:
    """An expression over the panel, with its counts as rates take them."""
    counts = {each.code for each in panel.columns() if not each.denominator}
    return re.sub(r"\w+", lambda word: f"({panel.filled(word[0])})" if word[0] in counts else word[0], expression)


def _ratio(entry: dict[str, str], group: str) -> Indicator:
    numerator, denominator = _filled(entry["of"]), _filled(entry["over"])
    return Indicator(
        entry["code"], entry["label"], entry["label_en"], entry.get("unit", SHARE[0]), entry.get("unit_en", SHARE[1]),
        entry["about"], entry["about_en"], entry.get("caveat", ""), entry.get("caveat_en", ""),
        entry.get("formula") or f"{entry['of']} / {entry['over']}", f"({numerator})", f"({denominator})", 1.0, group,
        f"(CASE WHEN ({denominator}) > 0 THEN ROUND(1.0 * ({numerator}) / ({denominator}), 6) END)",
    )  # fmt: skip


def summarise(connection: sqlite3.Connection, population: bool = False) -> Summary:
    """One pass over the panel. A report counts for an indicator only where it has it: nulls are left out, and told.

    ``population``: whether the connection has the function of that name (``publish.population``).
    """
    found = Summary(population=population)
    wanted = list(offered(found).values())
    for each in wanted:
        found.sums[each.code], found.verified[each.code], found.kinds[each.code] = {}, {}, {}
    of_groups = [each for each in wanted if each.of_a_group]
    for each in of_groups:
        found.sums[each.code] = _of_groups(connection)
    wanted = [each for each in wanted if not each.of_a_group]
    for row in connection.execute(_one_pass(wanted)):
        year, province, level, kind, verified, reports = row[:6]
        group = "government" if kind == "government" else "department"
        key = (year, province, level, group)
        for at, each in enumerate(wanted):
            sums = Pooled(row[6 + 3 * at], row[7 + 3 * at], row[8 + 3 * at], reports)
            found.sums[each.code].setdefault(key, Pooled()).add(sums)
            if verified:
                found.verified[each.code].setdefault(key, Pooled()).add(sums)
            if group == "department":
                found.kinds[each.code].setdefault((level, kind), {}).setdefault(year, Pooled()).add(sums)
    for year, verdict, count in connection.execute("SELECT year, verdict, count(*) FROM report GROUP BY 1, 2"):
        found.verdicts[(year, verdict)] = count
    return found


def _of_groups(connection: sqlite3.Connection) -> dict[Key, Pooled]:
    """The table ``concentration`` by year, area, level and kind: the top ten's requests over all; organs as reports."""
    return {
        (year, area, None if level == "unknown_level" else level, kind): Pooled(top_ten, requests, organs, organs)
        for year, level, kind, area, organs, requests, top_ten in connection.execute(
            "SELECT year, level, kind, area, organs, requests, top_ten FROM concentration WHERE share IS NOT NULL"
        )
    }


def _one_pass(wanted: list[Indicator]) -> str:
    """Numerator, denominator and reports used of every indicator, by year, province, level, kind and verified or not.

    The parts of a report are worked out once, in a subquery that LIMIT keeps SQLite from writing out three times.
    """
    parts, sums = [], []
    for at, each in enumerate(wanted):
        parts.append(f"{each.numerator} AS n{at}")
        known = f"n{at} IS NOT NULL"
        if each.denominator:
            parts.append(f"{each.denominator} AS d{at}")
            known += f" AND d{at} > 0"
        below = f"total(d{at})" if each.denominator else "count(*)"
        sums += [f"{what} FILTER (WHERE {known})" for what in (f"total(n{at})", below, "count(*)")]
    return (
        f"SELECT year, province, level, kind, verified, count(*), {', '.join(sums)} FROM "
        "(SELECT year, province, level, kind, verdict = 'verified' AS verified, "
        f"{', '.join(parts)} FROM panel LIMIT -1) "
        "GROUP BY 1, 2, 3, 4, 5"
    )


def value(indicator: Indicator, pooled: Pooled) -> float | None:
    """The pooled value: a rate, or a count's sum. None where nothing is known."""
    if indicator.denominator is None:
        return pooled.numerator if pooled.used else None
    return round(indicator.scale * pooled.numerator / pooled.denominator, 6) if pooled.denominator > 0 else None
