"""The tidy shapes as views: a row an outcome with its seven columns, a row a figure, the missing organ-years."""

from __future__ import annotations

import functools

import data
from reports.forms import figures

COLUMNS = (
    "natural_person",
    "business",
    "research",
    "social_organisation",
    "legal_service",
    "other_organisation",
    "total",
)


@functools.cache
def views() -> dict[str, str]:
    """Every view by name, with its SELECT."""
    return {"applications": _applications(), "figure_long": _figure_long(), "missing": _MISSING}


# SQLite allows 500 terms in a compound SELECT by default; Datasette's libraries keep that. 226 figures are below it.
def _figure_long() -> str:
    return "\nUNION ALL\n".join(
        f"SELECT report, '{each.code}' AS item, {each.code} AS value FROM figures WHERE {each.code} IS NOT NULL"
        for each in figures()
    )


def _applications() -> str:
    rows = data.load_yaml("forms/applications.yaml")["rows"]
    parts = []
    for order, row in enumerate(rows):
        key = row["key"]
        columns = ", ".join(f"applications_{key}_{column} AS {column}" for column in COLUMNS)
        present = "COALESCE(" + ", ".join(f"applications_{key}_{column}" for column in COLUMNS) + ")"
        parts.append(
            f"SELECT report, '{key}' AS outcome, {order} AS \"order\", {columns} FROM figures "
            f"WHERE {present} IS NOT NULL"
        )
    return "\nUNION ALL\n".join(parts)


# An organ is expected from its first known year to the latest year that anybody has published.
_MISSING = """
WITH RECURSIVE span AS (
  SELECT organ, MIN(year) AS first_year FROM report GROUP BY organ
), latest AS (SELECT MAX(year) AS year FROM report),
years(organ, year) AS (
  SELECT organ, first_year FROM span
  UNION ALL SELECT years.organ, years.year + 1 FROM years, latest WHERE years.year < latest.year
)
SELECT years.organ, organ.name AS organ_name, organ.division, organ.kind, years.year
FROM years JOIN organ ON organ.id = years.organ
LEFT JOIN report ON report.organ = years.organ AND report.year = years.year WHERE report.id IS NULL
"""
