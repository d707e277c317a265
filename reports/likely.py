"""Which printed cells most simply explain failed sums: one, two that changed places, or a column copied from another.

Nothing is repaired: what would balance is said beside what is printed.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from reports.checks import Place, equations, failed
from reports.record import Cell, Check, Number, Problem
from reports.tables.applications_form import COLUMNS, ROW_KEYS
from reports.tables.numbers import plain

_GOOD: Final = frozenset(("pass", "consistent_with_blanks_as_zero"))
_MOST_PAIRS = 3  # that explain the same sums: of more, none is likely
_LEAST_ALIKE = 3  # figures other than 0 that a copied column shares with its original

Sum = tuple[str, str]  # an equation's rule and place


class Sums:
    """The assessed equations over a report's cells: how far each is from balance, and what each cell does to it."""

    def __init__(self, checks: list[Check], cells: dict[Place, Cell]) -> None:
        assessed = {(each.rule, each.at): each for each in checks if each.status == "fail" or each.status in _GOOD}
        self.cells = cells
        self.gaps: dict[Sum, Decimal] = {}  # by how much a failed sum is larger than its parts
        self.weights: dict[Place, dict[Sum, int]] = {}  # what one more in a cell adds to that
        for equation in equations(cells):
            found = assessed.get((equation.rule, equation.at))
            if found is None:
                continue
            if found.status == "fail" and found.actual is not None and found.expected is not None:
                self.gaps[found.rule, found.at] = Decimal(str(found.actual)) - Decimal(str(found.expected))
            for places, weight in ((equation.parts, -1), (equation.wholes, 1)):
                for place in places:
                    self.weights.setdefault(place, {})[found.rule, found.at] = weight

    def value(self, place: Place) -> Decimal:
        """The printed figure; a blank counts as 0."""
        return Decimal(str(self.cells[place].value or 0))

    def touched(self, place: Place) -> int:
        """How many failed sums a cell stands in."""
        return sum(each in self.gaps for each in self.weights[place])

    def mended_by(self, changes: dict[Place, Decimal]) -> bool:
        """Whether all sums hold with these cells changed by so much."""
        moved: dict[Sum, Decimal] = {}
        for place, change in changes.items():
            for each, weight in self.weights[place].items():
                moved[each] = moved.get(each, Decimal(0)) + weight * change
        return all(moved.get(each, 0) == -gap for each, gap in self.gaps.items()) and all(
            each in self.gaps or not change for each, change in moved.items()
        )


def likely_cells(checks: list[Check], cells: dict[Place, Cell]) -> list[Problem]:
    """What explains the failed sums; nothing where no few cells do.

    The one cell whose change mends every failed sum that it stands in and breaks none; of several those that mend most,
    for the sums cannot tell them apart. Where one leaves sums that fail, two that changed places or a copied column.
    """
    if not failed(checks):
        return []
    sums = Sums(checks, cells)
    best = _single(sums)
    if not best or max(map(sums.touched, best)) < len(sums.gaps):
        further = _exchanged(sums) or _copied(sums)
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
        words = " or ".join(_would_balance(place, value, sums) for place, value in group)
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
        told.append(f"{_would_balance(one, plain(second), sums)} with {_would_balance(other, plain(first), sums)}")
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


def _would_balance(place: Place, value: Number | None, sums: Sums) -> str:
    return f"{'.'.join(place)} ({sums.cells[place].raw or 'blank'}, {value} would balance)"


def _problem(message: str, places: list[Place], sums: Sums) -> Problem:
    where = "; ".join("table {}, row {}, column {}".format(*sums.cells[place].position) for place in places)
    return Problem(code="likely-cell", message=message, where=where, severity="info")


def _group(place: Place) -> str:
    table, row, _ = place
    return f"{table}.{row}" if table == "review" else table
