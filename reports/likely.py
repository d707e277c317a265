"""Which printed cells most simply explain failed sums: one, two that changed places, a column copied, a whole line.

Nothing is repaired: what would balance is said beside what is printed.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from decimal import Decimal

from reports.checks import Place, failed
from reports.failed_sums import Sums, would_balance
from reports.likely_lines import likely_line
from reports.record import Cell, Check, Number, Problem
from reports.tables.applications_form import COLUMNS, ROW_KEYS
from reports.tables.numbers import plain

_MOST_PAIRS = 3  # that explain the same sums: of more, none is likely
_LEAST_ALIKE = 3  # figures other than 0 that a copied column shares with its original


def likely_cells(checks: list[Check], cells: dict[Place, Cell]) -> list[Problem]:
    """What explains the failed sums; nothing where no few cells do.

    The one cell whose change mends every failed sum that it stands in and breaks none; of several those that mend most,
    for the sums cannot tell them apart. Where one leaves sums that fail, two that changed places, a copied column or a
    whole row or column.
    """
    if not failed(checks):
        return []
    sums = Sums(checks, cells)
    best = _single(sums)
    if not best or max(map(sums.touched, best)) < len(sums.gaps):
        further = _exchanged(sums) or _copied(sums)
        if further is None and (line := likely_line(sums)) is not None:
            further = _problem(*line, sums)
        if further is not None:
            return [further]
    return list(_named(best, sums))


def _single(sums: Sums) -> dict[Place, Number]:
    """The cells that mend most failed sums each, with what they would have to be."""
    mended: dict[Place, Number] = {}
    for place, weights in sums.weights.items():
        changes = {-sums.gaps.get(each, Decimal(0)) * weight for each, weight in weights.items()}
        cell = sums.cells.get(place)
        if len(changes) == 1 and (change := changes.pop()) and cell is not None and cell.state != "unreadable":
            mended[place] = plain(sums.value(place) + change) or 0
    most = max(map(sums.touched, mended), default=0)
    return {place: value for place, value in mended.items() if sums.touched(place) == most and value >= 0}


def _named(best: dict[Place, Number], sums: Sums) -> Iterator[Problem]:
    told: dict[str, list[tuple[Place, Number]]] = {}
    for place, value in best.items():
        told.setdefault(_group(place), []).append((place, value))
    for group in told.values():
        if len(group) > 3 and sums.touched(group[0][0]) == 1:
            group = [each for each in group if each[0][2] == "total" or each[0][1] == "handled_total"] or group[:3]
        words = " or ".join(would_balance(place, value, sums) for place, value in group)
        yield _problem(f"one cell explains the failed sum: {words}", [place for place, _ in group], sums)


def _exchanged(sums: Sums) -> Problem | None:
    """Two cells of a row or a column that mend all failed sums if they change places."""
    touching = [place for place in sums.weights if sums.touched(place) and place in sums.cells]
    pairs = []
    for one, other in itertools.combinations(touching, 2):
        difference = sums.value(other) - sums.value(one)
        in_line = one[0] == other[0] and (one[1] == other[1] or one[2] == other[2])
        if in_line and difference and sums.mended_by({one: difference, other: -difference}):
            pairs.append((one, other))
    if not 0 < len(pairs) <= _MOST_PAIRS:
        return None
    told = []
    for one, other in pairs:
        first, second = sums.value(one), sums.value(other)
        told.append(f"{would_balance(one, plain(second), sums)} with {would_balance(other, plain(first), sums)}")
    words = " or ".join(told)
    message = f"two cells that changed places explain the failed sums: {words}"
    return _problem(message, [place for pair in pairs for place in pair], sums)


def _copied(sums: Sums) -> Problem | None:
    """Two kinds of applicants with the same figures, while rows do not add up: one column is a copy of the other."""
    rows = [row for row in ROW_KEYS if ("applications", row, "total") in sums.cells]
    if sum(rule == "applications.row_total" for rule, _ in sums.gaps) < 2:
        return None
    for one, other in itertools.combinations(COLUMNS[:-1], 2):
        figures = [
            [cell.value for column in (one, other) if (cell := sums.cells.get(("applications", row, column)))]
            for row in rows
        ]
        alike = all(len(each) == 2 and each[0] == each[1] for each in figures)
        if alike and sum(bool(each[0]) for each in figures) >= _LEAST_ALIKE:
            message = f"columns {one} and {other} hold the same figures, which may explain the failed sums"
            return Problem(code="likely-cell", message=message, severity="info")
    return None


def _problem(message: str, places: list[Place], sums: Sums) -> Problem:
    where = "; ".join("table {}, row {}, column {}".format(*sums.cells[place].position) for place in places)
    return Problem(code="likely-cell", message=message, where=where, severity="info")


def _group(place: Place) -> str:
    table, row, _ = place
    return f"{table}.{row}" if table == "review" else table
