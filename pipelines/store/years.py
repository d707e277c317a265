"""What one year's report says against the year before: ``years.carried`` and ``years.in_force``.

Kept with the later report. Looked at again whenever either of the two changes.
"""

from __future__ import annotations

import functools
import sqlite3
from dataclasses import dataclass

from reports.forms import form
from reports.record import Number

_KINDS = ("regulations", "normative_documents")


@dataclass(frozen=True, slots=True)
class _Finding:
    rule: str
    at: str
    severity: str
    status: str
    expected: Number | None
    actual: Number | None
    message: str


def recheck(connection: sqlite3.Connection, organ: str, year: int) -> None:
    """Makes the checks of an organ's report against the year before anew; does nothing where it has no report."""
    row = connection.execute("SELECT id FROM report WHERE organ = ? AND year = ?", (organ, year)).fetchone()
    if row is None:
        return
    report = row[0]
    before = _figures(connection, organ, year - 1)
    after = _figures(connection, organ, year)
    findings = (
        [] if before is None or after is None else [*_carried(before, after, year), *_in_force(before, after, year)]
    )
    old = connection.execute(
        'SELECT rule, at, status, severity, expected, actual, message FROM "check" WHERE report = ? AND rule '
        "LIKE 'years.%'"
        " ORDER BY rule, at",
        (report,),
    ).fetchall()
    new = sorted((f.rule, f.at, f.status, f.severity, f.expected, f.actual, f.message) for f in findings)
    if old != new:
        connection.execute("DELETE FROM \"check\" WHERE report = ? AND rule LIKE 'years.%'", (report,))
        connection.executemany('INSERT INTO "check" VALUES (?, ?, ?, ?, ?, ?, ?, ?)', [(report, *each) for each in new])
        connection.execute("INSERT OR IGNORE INTO dirty VALUES (?)", (report,))
    connection.execute(
        "UPDATE report SET warnings = (SELECT COUNT(*) FROM \"check\" WHERE report = ?1 AND status = 'fail' "
        "AND severity = 'warning') WHERE id = ?1",
        (report,),
    )


def _figures(connection: sqlite3.Connection, organ: str, year: int) -> dict[str, Number | None] | None:
    row = connection.execute(
        f"SELECT {', '.join(_compared())} FROM figures f JOIN report r ON r.id = f.report WHERE r.organ = ? "
        "AND r.year = ?",
        (organ, year),
    ).fetchone()
    return None if row is None else dict(zip(_compared(), row, strict=True))


@functools.cache
def _compared() -> tuple[str, ...]:
    """The figures that the two rules look at."""
    columns = [column["key"] for column in form("applications")["columns"]]
    return (
        *(f"applications_{row}_{column}" for row in ("carried_forward", "carried_in") for column in columns),
        *(f"proactive_{row}_{column}" for row in _KINDS for column in ("in_force", "issued", "repealed")),
    )


def _carried(before: dict[str, Number | None], after: dict[str, Number | None], year: int) -> list[_Finding]:
    """FORMS: carried forward of the year before is carried in of this year, in every column."""
    found = []
    for column in form("applications")["columns"]:
        key = column["key"]
        left = before[f"applications_carried_forward_{key}"]
        right = after[f"applications_carried_in_{key}"]
        if left is None or right is None or left == right:
            continue
        found.append(_Finding(
            "years.carried", key, "warning", "fail", left, right,
            f"{year - 1} carried {left} forward, {year} carried {right} in ({column['label']})",
        ))  # fmt: skip
    return found


def _in_force(before: dict[str, Number | None], after: dict[str, Number | None], year: int) -> list[_Finding]:
    """In force(t) = in force(t-1) + issued(t) - repealed(t); only an information, the scope of counting changes."""
    found = []
    for row in _KINDS:
        was, now = before[f"proactive_{row}_in_force"], after[f"proactive_{row}_in_force"]
        issued, repealed = after[f"proactive_{row}_issued"], after[f"proactive_{row}_repealed"]
        if was is None or now is None or issued is None or repealed is None:
            continue
        expected = was + issued - repealed
        if expected != now:
            found.append(_Finding(
                "years.in_force", row, "info", "fail", expected, now,
                f"{was} in force in {year - 1}, {issued} issued, {repealed} repealed in {year} make {expected}, "
                f"not {now}",
            ))  # fmt: skip
    return found
