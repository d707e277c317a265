"""The share of all requests that the ten organs with the most receive: by year, level and kind, in a province or all.

Governments and departments are never mixed: a government's report mostly covers its departments.
"""

from __future__ import annotations

import sqlite3

TOP = 10
NATION = "100000"

_YEARS = "SELECT DISTINCT r.year FROM dirty CROSS JOIN report r ON r.id = dirty.report"
_MEASURE = f"""
WITH known AS (
  SELECT year, COALESCE(level, 'unknown_level') AS level,
    CASE kind WHEN 'government' THEN 'government' ELSE 'department' END AS kind, province,
    CASE WHEN new_received IS NULL AND verdict = 'verified' THEN 0 ELSE new_received END AS received
  FROM panel {{within}}
), placed AS (
  SELECT year, level, kind, '{NATION}' AS area, received FROM known WHERE received IS NOT NULL
  UNION ALL SELECT year, level, kind, province, received FROM known WHERE received IS NOT NULL AND province IS NOT NULL
), ranked AS (
  SELECT year, level, kind, area, received,
    ROW_NUMBER() OVER (PARTITION BY year, level, kind, area ORDER BY received DESC) AS place FROM placed
)
INSERT INTO concentration
SELECT year, level, kind, area, COUNT(*), SUM(received), SUM(received) FILTER (WHERE place <= {TOP}),
  CASE WHEN COUNT(*) > {TOP} AND SUM(received) > 0
    THEN ROUND(1.0 * SUM(received) FILTER (WHERE place <= {TOP}) / SUM(received), 6) END
FROM ranked GROUP BY year, level, kind, area
"""


def measure(connection: sqlite3.Connection, everywhere: bool = True) -> None:
    """The table ``concentration`` anew from the panel; only the years of the reports in ``dirty``, unless
    ``everywhere``. Of ten organs or fewer the share says nothing: it is null."""
    within = "" if everywhere else f"WHERE year IN ({_YEARS})"
    connection.execute(f"DELETE FROM concentration {within}")
    connection.execute(_MEASURE.format(within=within))
