"""The verdict of a report: whether its figures can be trusted, and if not, why not.

``verified`` promises that a figure equals the figure on the page. So it needs all three tables, every row and column of
their generation, every cell read without doubt, and every error-level equation in balance.
"""

from __future__ import annotations

from reports.forms import TABLES
from reports.record import Check, Problem, Table, Verdict
from reports.tables.rows import Reading

_GOOD = frozenset(("pass", "consistent_with_blanks_as_zero"))


def judge(readings: dict[Table, Reading], checks: list[Check], agreed: bool) -> tuple[Verdict, list[Problem]]:
    """The verdict of a report with figures in at least one of the three tables, and the problems that led to it.

    ``agreed``: a second, independent reading found the same printed cells; without it a failed equation may be our own
    misreading, and the report is ``incomplete`` rather than ``inconsistent``.
    """
    problems: list[Problem] = []
    for table in TABLES:
        if table not in readings:
            problems.append(Problem(code="table-missing", message=f"the report has no table {table}"))
    for reading in readings.values():
        problems += reading.gaps
    if problems:
        return "incomplete", problems
    errors = [each for each in checks if each.severity == "error"]
    unassessed = [each for each in errors if each.status == "not_assessable"]
    wrong = [each for each in errors if each.status == "fail"]
    for each in unassessed:
        problems.append(
            Problem(
                code="check-not-assessable", message=f"{each.rule} cannot be assessed: {each.message}", where=each.at
            )
        )
    if unassessed:
        return "incomplete", problems
    if wrong:
        if agreed:
            return "inconsistent", problems
        message = "sums do not balance, and a second reading of the cells does not agree with the first"
        return "incomplete", [*problems, Problem(code="reading-doubtful", message=message)]
    if not any(cell.value is not None for reading in readings.values() for cell in reading.cells.values()):
        return "incomplete", [Problem(code="tables-empty", message="the three tables hold no figure")]
    if all(each.status in _GOOD for each in errors):
        return "verified", problems
    return "incomplete", problems
