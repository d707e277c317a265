"""How organs differ in one indicator: the distribution, the ranking within a province, the funnel, an organ's peers."""

from __future__ import annotations

import itertools
import math
import sqlite3
import statistics
from dataclasses import dataclass
from typing import Any

from publish.report_page import Row, rows
from publish.summary import Basis, Indicator

SHARES = [(at / 10, (at + 1) / 10) for at in range(10)]
COUNTS = [(0, 1), (1, 3), (3, 10), (10, 30), (30, 100), (100, 300), (300, 1000), (1000, 3000), (3000, 10**9)]
CHANGES = [
    (label, low, high)
    for label, (low, high) in zip(
        ("< −75%", "−75–−50%", "−50–−25%", "−25–0%", "0–25%", "25–50%", "50–100%", "100–200%", "≥ 200%"),
        itertools.pairwise((-math.inf, -0.75, -0.5, -0.25, 0.0, 0.25, 0.5, 1.0, 2.0, math.inf)),
        strict=True,
    )
]
MOST_RANKED = 500
MOST_CLASSES = 14
FEWEST_PEERS = 8  # of fewer organs no quartiles are drawn
SURE = 1.96  # standard errors on either side of the pooled rate within which 95 of 100 organs lie by chance


def distribution(connection: sqlite3.Connection, indicator: Indicator, basis: Basis, year: int) -> list[dict[str, Any]]:
    """Organs by class of value, in one year: ``class``, ``organs``."""
    where, parameters = basis.condition()
    found = connection.execute(
        f"SELECT {indicator.source} AS value FROM panel WHERE year = ? AND {where} AND value IS NOT NULL",
        (year, *parameters),
    )
    values = sorted(row[0] for row in found)
    if indicator.change:
        classes = CHANGES
    elif indicator.percent:
        classes = [(f"{low * 100:.0f}–{high * 100:.0f}%", low, high) for low, high in SHARES]
        classes[-1] = (classes[-1][0], 0.9, math.nextafter(1, 2))
        if values and values[-1] > 1:
            classes.append(("> 100%", math.nextafter(1, 2), math.inf))
    elif indicator.denominator is None:
        classes = [(f"{low}" if high - low == 1 else f"{low}–{high - 1}", low, high) for low, high in COUNTS]
        classes[-1] = (f"{COUNTS[-1][0]}+", COUNTS[-1][0], math.inf)
    else:
        classes = _even(values)
    return [
        {"class": label, "organs": sum(low <= value < high for value in values)} for label, low, high in classes
    ]  # fmt: skip


def _even(values: list[float]) -> list[tuple[str, float, float]]:
    """Classes of one width (1, 2 or 5 times a power of ten) from the least value to the greatest."""
    if not values:
        return []
    span = (values[-1] - values[0]) or 1.0
    power = 10 ** math.floor(math.log10(span / MOST_CLASSES))
    step = next(times * power for times in (1, 2, 5, 10, 20) if span / (times * power) < MOST_CLASSES - 1)
    start, end = math.floor(values[0] / step), math.floor(values[-1] / step)
    edges = [round(at * step, 6) for at in range(start, end + 2)]
    return [(f"{low:g}–{high:g}", low, high) for low, high in itertools.pairwise(edges)]


def ranked_organs(connection: sqlite3.Connection, indicator: Indicator, basis: Basis, year: int) -> list[Row]:
    """The organs of a province in one year, the highest value first: ``name``, ``report``, ``value``."""
    where, parameters = basis.condition()
    return rows(
        connection,
        f"SELECT organ_name AS name, organ, report, verdict, {indicator.source} AS value FROM panel "
        f"WHERE year = ? AND {where} AND value IS NOT NULL ORDER BY value DESC, report LIMIT {MOST_RANKED}",
        year, *parameters,
    )  # fmt: skip


@dataclass(slots=True)
class Funnel:
    """Organs by number of cases and rate; the pooled rate; the bounds within which chance alone would leave most."""

    points: list[dict[str, Any]]
    bounds: list[dict[str, Any]]
    rate: float


def funnel(connection: sqlite3.Connection, indicator: Indicator, basis: Basis, year: int) -> Funnel | None:
    """Rates against the number of cases: few leave a rate far from the middle by chance. None without cases."""
    where, parameters = basis.condition()
    points = rows(
        connection,
        f"SELECT {indicator.denominator} AS cases, {indicator.source} AS value, total({indicator.numerator}) AS above, "
        "count(*) AS organs, min(organ_name) AS name FROM panel "
        f"WHERE year = ? AND {where} AND {indicator.source} IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2",
        year, *parameters,
    )  # fmt: skip
    cases = sum(row["cases"] * row["organs"] for row in points)
    if not cases:
        return None
    rate = min(1.0, sum(row.pop("above") for row in points) / cases)
    most = max(row["cases"] for row in points)
    bounds = []
    for number in sorted({min(most, round(10 ** (at / 12))) for at in range(math.ceil(12 * math.log10(most)) + 1)}):
        away = SURE * math.sqrt(rate * (1 - rate) / number)
        bounds.append({
            "cases": number, "rate": round(rate, 4),
            "low": round(max(0.0, rate - away), 4), "high": round(min(1.0, rate + away), 4),
        })  # fmt: skip
    return Funnel(points, bounds, rate)


def quartiles(connection: sqlite3.Connection, indicator: Indicator, kind: str, level: str | None) -> list[Row]:
    """By year, of all organs of a kind and level: ``year``, ``low``, ``middle``, ``high``, ``organs``. A year of few
    organs is left out.
    """
    by_year: dict[int, list[float]] = {}
    for year, value in connection.execute(
        f"SELECT year, {indicator.source} AS value FROM panel WHERE kind = ? AND level IS ? AND value IS NOT NULL",
        (kind, level),
    ):
        by_year.setdefault(year, []).append(value)
    found = []
    for year, values in sorted(by_year.items()):
        if len(values) >= FEWEST_PEERS:
            low, middle, high = (round(each, 6) for each in statistics.quantiles(values, n=4, method="inclusive"))
            found.append({"year": str(year), "low": low, "middle": middle, "high": high, "organs": len(values)})
    return found
