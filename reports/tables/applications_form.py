"""The rows and columns of table 3 as the national form has them."""

from __future__ import annotations

import functools

from reports.forms import form
from reports.tables.labels import fold

COLUMNS: tuple[str, ...] = tuple(column["key"] for column in form("applications")["columns"])
ORGANISATIONS = COLUMNS[1:6]
ROWS: tuple[dict[str, object], ...] = tuple(form("applications")["rows"])
ROW_KEYS: tuple[str, ...] = tuple(str(row["key"]) for row in ROWS)
OUTCOMES: tuple[str, ...] = ROW_KEYS[2:-2]
OTHERS = ("other_not_corrected", "other_fee_unpaid", "other_other")
GROUP_OF = {str(row["key"]): str(row.get("group", "")) for row in ROWS}


@functools.cache
def rows_of(generation: str) -> tuple[str, ...]:
    """The row keys of a generation, in the order of the form."""
    return tuple(str(row["key"]) for row in ROWS if generation in row["generations"])  # type: ignore[operator]


def number_of(key: str) -> str:
    """The folded number that the form prints before a row's label."""
    return fold(next(str(row["number"]) for row in ROWS if row["key"] == key))


def group_number_of(key: str) -> str:
    """The folded number of the group that the row stands in: a label may name both (（三）不予公开-4.保护…)."""
    return next(
        (fold(str(group["number"])) for group in form("applications")["groups"] if group["key"] == GROUP_OF[key]), ""
    )
