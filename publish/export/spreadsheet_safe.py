"""Text from a portal that a spreadsheet would take for a formula gets an apostrophe before it, and nothing else
changes.

``=HYPERLINK(…)`` in a title must not run on a reader's machine. Only text columns are concerned; numbers are numbers.
A lone
sign (``-`` stands for a blank in many reports) is no formula.
"""

from __future__ import annotations

STARTERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe(value: str) -> str:
    """The text as a spreadsheet may see it."""
    return f"'{value}" if len(value) > 1 and value.startswith(STARTERS) else value


def sql(column: str) -> str:
    """The same as an SQL expression over a column."""
    signs = ", ".join(f"char({ord(sign)})" for sign in STARTERS)
    starts = f"length({column}) > 1 AND substr({column}, 1, 1) IN ({signs})"
    return f"CASE WHEN {starts} THEN '''' || {column} ELSE {column} END"
