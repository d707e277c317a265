"""A report's sums and how far each is from balance: what ``likely`` and ``likely_lines`` explain."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from reports.checks import Place, equations
from reports.record import Cell, Check, Number

_GOOD: Final = frozenset(("pass", "consistent_with_blanks_as_zero"))

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


def would_balance(place: Place, value: Number | None, sums: Sums) -> str:
    """A cell with what it prints and what would mend its sums."""
    return f"{'.'.join(place)} ({sums.cells[place].raw or 'blank'}, {value} would balance)"
