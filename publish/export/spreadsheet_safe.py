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
    return f"CASE WHEN {like(column)} THEN '''' || {column} ELSE {column} END"


def like(column: str) -> str:
    """Whether a column's text would be taken for a formula, as an SQL condition."""
    signs = "".join(sorted(STARTERS, key=lambda sign: sign == "-"))  # a hyphen inside would be a range of characters
    return f"{column} GLOB '[{signs}]?*' AND typeof({column}) = 'text'"  # -5 is a number
