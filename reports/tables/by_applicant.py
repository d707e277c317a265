"""Table 3 in several tables, one for natural persons, one for organisations, one for the totals."""

from __future__ import annotations

from reports.tables.rows import Reading


def join(readings: list[Reading]) -> None:
    """Puts tables 3 that complete each other into the first of them, in reading order; the others are left empty."""
    whole: Reading | None = None
    for reading in readings:
        if reading.table != "applications" or not reading.cells:
            continue
        if whole is not None and _complete_each_other(whole, reading):
            _take_in(whole, reading)
        else:
            whole = reading


def _complete_each_other(one: Reading, other: Reading) -> bool:
    """The same rows, and no column in common: that they belong together the sums over each row must tell."""
    columns = [{column for _, column in each.cells} for each in (one, other)]
    rows = [{row for row, _ in each.cells} for each in (one, other)]
    return rows[0] == rows[1] and not columns[0] & columns[1] and not (one.extras or other.extras)


def _take_in(whole: Reading, part: Reading) -> None:
    whole.cells |= part.cells
    whole.tentative |= part.tentative
    whole.grids += part.grids
    whole.problems += part.problems
    whole.inferred |= part.inferred
    there = {f"table 3 has no column {column}" for _, column in whole.cells}
    gaps = whole.gaps + [gap for gap in part.gaps if gap not in whole.gaps]
    whole.gaps = [gap for gap in gaps if gap.message not in there]
    part.cells, part.grids = {}, []
