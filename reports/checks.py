"""The forms' equations (勾稽关系), each at its place, and whether they hold.

A blank is not a zero. An equation with a blank (or a dash) is ``not_assessable``, unless it balances with the blanks
as zero: then it is ``consistent_with_blanks_as_zero``. Nothing is repaired: ``expected`` and ``actual`` stand side by
side.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from reports.record import Cell, Check, Number, Severity, Status, Table
from reports.tables.applications_form import COLUMNS, OUTCOMES, ROW_KEYS
from reports.tables.numbers import plain
from reports.tables.proactive import MONEY, SIGNED
from reports.tables.review import BLOCKS
from reports.tables.review import OUTCOMES as RESULTS
from reports.tables.rows import Reading

Place = tuple[Table, str, str]

_BLANK = frozenset(("blank", "dash"))


@dataclass(frozen=True, slots=True)
class Equation:
    """``sum(parts) = sum(wholes)`` over cells of the tables."""

    rule: str
    at: str
    parts: tuple[Place, ...]
    wholes: tuple[Place, ...]


def equations(cells: dict[Place, Cell]) -> tuple[Equation, ...]:
    """Every equation of the rows, columns and blocks that are there."""
    return _equations(tuple(cells))


@functools.lru_cache(maxsize=64)
def _equations(places: tuple[Place, ...]) -> tuple[Equation, ...]:
    """The same cells stand in nearly all reports, so that their equations are kept."""
    rows = {row for table, row, _ in places if table == "applications"}
    found = [
        Equation(
            "applications.row_total",
            row,
            tuple(("applications", row, column) for column in COLUMNS[:-1]),
            (("applications", row, "total"),),
        )
        for row in ROW_KEYS
        if row in rows
    ]
    if rows:
        outcomes = [row for row in OUTCOMES if row in rows]
        found += [
            Equation(
                "applications.handled",
                column,
                tuple(("applications", row, column) for row in outcomes),
                (("applications", "handled_total", column),),
            )
            for column in COLUMNS
        ]
        found += [
            Equation(
                "applications.balance",
                column,
                (("applications", "new_received", column), ("applications", "carried_in", column)),
                (("applications", "handled_total", column), ("applications", "carried_forward", column)),
            )
            for column in COLUMNS
        ]
    if any(table == "review" for table, _, _ in places):
        found += [
            Equation(
                "review.total",
                block,
                tuple(("review", block, result) for result in RESULTS[:-1]),
                (("review", block, "total"),),
            )
            for block in BLOCKS
        ]
    return tuple(found)


def check(equation: Equation, cells: dict[Place, Cell], local: dict[str, Number] | None = None) -> Check:
    """Assess one equation. ``local``: by column, what the organ's own outcome rows add."""
    blanks = 0
    sums: list[Decimal | int] = []
    for side in (equation.parts, equation.wholes):
        total: Decimal | int = 0
        for place in side:
            cell = cells.get(place)
            if cell is None or cell.state == "unreadable":
                reason = "is missing" if cell is None else "cannot be read"
                return Check(
                    rule=equation.rule, at=equation.at, status="not_assessable", message=f"{'.'.join(place)} {reason}"
                )
            value = cell.value
            if value.__class__ is int:
                total += value
            elif value is None:
                blanks += 1
            else:
                total += Decimal(str(value))
        sums.append(total)
    expected, actual = sums
    message = None
    if local and expected != actual and expected + _decimal(local.get(equation.at, 0)) == actual:
        expected += _decimal(local.get(equation.at, 0))
        message = "with the rows that the organ added to the form"
    status: Status
    if not blanks:
        status = "pass" if expected == actual else "fail"
    elif expected == actual:
        status = "consistent_with_blanks_as_zero"
    else:
        status = "not_assessable"
        message = f"{blanks} blank operand{'s' if blanks > 1 else ''}, and not all can be 0"
    return Check(
        rule=equation.rule,
        at=equation.at,
        status=status,
        expected=expected if expected.__class__ is int else plain(expected),
        actual=actual if actual.__class__ is int else plain(actual),
        message=message,
    )


def _balanced(equation: Equation, whole: dict[Place, int]) -> Check | None:
    """The check of a sum of whole numbers that holds, as nearly all do; None of any other."""
    try:
        expected = sum(map(whole.__getitem__, equation.parts))
        actual = sum(map(whole.__getitem__, equation.wholes))
    except KeyError:
        return None
    if expected != actual:
        return None
    return Check(rule=equation.rule, at=equation.at, status="pass", expected=expected, actual=actual)


def check_tables(readings: Iterable[Reading]) -> list[Check]:
    """All error-level checks of a report's tables, in the order of the form."""
    readings = list(readings)
    cells = cells_of(readings)
    local = _local_rows(readings)
    whole = {place: value for place, cell in cells.items() if isinstance(value := cell.value, int)}
    found = [
        _balanced(equation, whole) or check(equation, cells, local if equation.rule == "applications.handled" else None)
        for equation in equations(cells)
    ]
    for (table, row, column), cell in cells.items():
        if table == "proactive":
            found.append(_type_check(f"{row}_{column}", cell))
    return found


def cells_of(readings: Iterable[Reading]) -> dict[Place, Cell]:
    """The cells of several tables by table, row and column."""
    return {(each.table, row, column): cell for each in readings for (row, column), cell in each.cells.items()}


def _decimal(value: Number) -> Decimal | int:
    return value if isinstance(value, int) else Decimal(str(value))


def _local_rows(readings: list[Reading]) -> dict[str, Number]:
    """What outcome rows of the organ's own add, by column: rows between the first outcome and （七）总计."""
    added: dict[str, Number] = {}
    for reading in readings:
        explained = {problem.where for problem in reading.problems if problem.code == "subtotal-row"}
        for extra in reading.extras:
            if extra.after in OUTCOMES and extra.where not in explained and not extra.is_part:
                for column, value in extra.values.items():
                    added[column] = added.get(column, 0) + (value or 0)
    return added


def _type_check(key: str, cell: Cell) -> Check:
    """A count is a whole number, not negative; a change of 2019 may be negative, money may have decimals."""
    value = cell.value
    status: Status
    message = None
    if cell.state == "unreadable":
        status, message = "not_assessable", "the cell cannot be read"
    elif value is None:
        status = "consistent_with_blanks_as_zero"
    elif (value < 0 and key not in SIGNED) or (not isinstance(value, int) and key not in MONEY):
        status, message = (
            "fail",
            "a count is a whole number, not negative" if key not in MONEY else "a sum is not negative",
        )
    else:
        status = "pass"
    return Check(rule="proactive.type", at=key, status=status, actual=value, message=message)


def failed(checks: Iterable[Check]) -> list[Check]:
    """The error-level checks that fail."""
    severity: Severity = "error"
    return [each for each in checks if each.status == "fail" and each.severity == severity]
