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
            if _may_be_cut_off(reading, extra.after):
                message = f"the figures of “{extra.name[:60]}” may be those of the row above it, which is blank"
                reading.gap("row-unknown", message, extra.where)
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


def _may_be_cut_off(reading: Reading, key: str | None) -> bool:
    """Whether a row is blank in a table that prints noughts: its label may go on below, before its figures."""
    of_row = [cell for (row, _), cell in reading.cells.items() if row == key]
    blank = bool(of_row) and all(cell.state == "blank" for cell in of_row)
    return blank and any(cell.value == 0 for cell in reading.cells.values())


def _printed(extra: Extra) -> dict[str, Number]:
    return {column: value for column, value in extra.values.items() if value is not None}
