"""What became of requests, on what grounds they were refused, and when reports came: sums over the panel by year."""

from __future__ import annotations

import sqlite3
from typing import Any

from pipelines.store import panel
from publish.language import current
from publish.report_page import Row, rows

OUTCOMES = ("granted", "partly_granted", "refused", "unavailable", "not_processed", "other_outcome")
EARLIEST, LATEST, STEP = -90, 120, 5  # days before and after the date due, on the curve of publication


def grounds() -> list[str]:
    """The eight grounds of refusal, in the order of the form."""
    return [each.code for each in panel.columns() if each.code.startswith("refused_")]


def labels() -> dict[str, str]:
    """The panel's columns by name in the reader's language, without the words that all grounds share."""
    english = current.get() == "en"
    return {
        each.code: (each.label_en if english else each.label).removeprefix("Refused: ").removeprefix("不予公开：")
        for each in panel.columns()
    }


def sums(connection: sqlite3.Connection, government: bool) -> list[Row]:
    """By year, of the reports of which every outcome is known: each outcome, each ground, and how many reports."""
    added = ", ".join(f"total({code}) AS {code}" for code in (*OUTCOMES, *grounds()))
    known = " AND ".join(f"{code} IS NOT NULL" for code in OUTCOMES)
    return rows(
        connection,
        f"SELECT year, count(*) AS reports, {added} FROM panel WHERE (kind = 'government') = ? AND {known} "
        "GROUP BY year ORDER BY year",
        int(government),
    )


def published(connection: sqlite3.Connection, government: bool) -> list[dict[str, Any]]:
    """For each year, the share of the reports with a known date that were out so many days after the date due."""
    counted = rows(
        connection,
        "SELECT year, days_late, count(*) AS reports FROM panel WHERE (kind = 'government') = ? "
        "AND days_late IS NOT NULL GROUP BY year, days_late",
        int(government),
    )
    curves: list[dict[str, Any]] = []
    for year in sorted({row["year"] for row in counted}):
        own = [(row["days_late"], row["reports"]) for row in counted if row["year"] == year]
        everything = sum(reports for _, reports in own)
        for day in range(EARLIEST, LATEST + 1, STEP):
            out = sum(reports for late, reports in own if late <= day)
            curves.append({"series": str(year), "day": day, "value": round(out / everything, 4)})
    return curves
