"""Rows of table 3 that the form does not have: sub-totals, or something of the organ's own."""

from __future__ import annotations

from decimal import Decimal

from reports.record import Number
from reports.tables.applications_form import GROUP_OF, OUTCOMES
from reports.tables.rows import Extra, Reading


def explain_extras(reading: Reading) -> None:
    """Say of each extra row whether it is a sub-total of the form's own rows, or something of the organ's own."""
    for extra in reading.extras:
        printed = _printed(extra)
        handled = {column: reading.value("handled_total", column) or 0 for column in printed}
        if is_subtotal(reading, extra):
            reading.problem("subtotal-row", f"“{extra.name[:60]}” is a sub-total of its group", extra.where, "info")
        elif printed and all(handled[column] == value for column, value in printed.items()):
            reading.problem("subtotal-row", f"“{extra.name[:60]}” repeats the total", extra.where, "info")
        elif any(printed.values()):
            told = ", ".join(f"{column} {value}" for column, value in printed.items())
            reading.problem(
                "extra-row", f"a row that the form does not have: “{extra.name[:60]}” ({told})", extra.where
            )
        else:
            reading.problem(
                "extra-row",
                f"a row that the form does not have, without figures: “{extra.name[:60]}”",
                extra.where,
                "info",
            )


def is_subtotal(reading: Reading, extra: Extra) -> bool:
    """The extra row adds up the rows of the group that it stands in, column by column."""
    groups = {extra.group, GROUP_OF.get(extra.after or "")} - {"result"}
    rows = [key for key in OUTCOMES if GROUP_OF[key] in groups]
    printed = _printed(extra)
    return bool(rows and printed) and all(
        sum((Decimal(str(reading.value(key, column) or 0)) for key in rows), Decimal(0)) == Decimal(str(value))
        for column, value in printed.items()
    )


def _printed(extra: Extra) -> dict[str, Number]:
    return {column: value for column, value in extra.values.items() if value is not None}
