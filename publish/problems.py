"""Problems as data: contradictions, edits, corrections, late and missing reports, silent portals, repeated text."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from publish.explain import explain, rule_text
from publish.language import current, pick
from publish.report_page import Row, cell_label, in_words, rows

PER_PAGE = 50
ALIKE = 0.9  # similarity of the running text, boilerplate removed, above which two years count as repeated


@dataclass(frozen=True, slots=True)
class Problem:
    """A kind of problem: its address, the table in which all of it lies, and how a page of it is read."""

    key: str
    table: str
    read: Callable[[sqlite3.Connection, int, int | None, str | None], list[Row]]

    @property
    def by_year(self) -> bool:
        """Whether that table has the report's year, so that its rows can be chosen by it."""
        return self.table.partition("?")[0] in ("panel", "missing", "correction")

    @property
    def by_place(self) -> bool:
        """Whether its rows can be chosen by the place and those below it."""
        return self.key not in ("portals", "corrections")


def _chosen(
    first: str, year: str, division: str, asked_year: int | None, place: str | None
) -> tuple[str, list[object]]:
    """The condition ``first``, and those of year and place where they are asked for; with their parameters."""
    parts: list[str] = [first]
    values: list[object] = []
    if asked_year:
        parts.append(f"{year} = ?")
        values.append(asked_year)
    if place:
        parts.append(f"{division} IN (SELECT code FROM division WHERE ? IN (code, parent, province))")
        values.append(place)
    return " AND ".join(parts), values


def inconsistent(connection: sqlite3.Connection, offset: int, year: int | None, place: str | None) -> list[Row]:
    """Reports whose own figures contradict each other: which sum, where, by how much."""
    where, values = _chosen("r.verdict = 'inconsistent'", "r.year", "o.division", year, place)
    found = rows(
        connection,
        "SELECT r.id, r.year, r.failed_checks, o.name AS organ_name FROM report r JOIN organ o ON o.id = r.organ "
        f"WHERE {where} ORDER BY r.year DESC, r.id LIMIT {PER_PAGE} OFFSET ?",
        *values, offset,
    )  # fmt: skip
    for row in found:
        figures = rows(connection, "SELECT * FROM figures WHERE report = ?", row["id"])
        checks = rows(
            connection, "SELECT * FROM \"check\" WHERE report = ? AND status = 'fail' AND severity = 'error'", row["id"]
        )
        row["findings"] = explain(checks, figures[0] if figures else {})
    return found


def edits(connection: sqlite3.Connection, offset: int, year: int | None, place: str | None) -> list[Row]:
    """Cells that changed after publication, before and after."""
    where, values = _chosen("v.version > 1", "r.year", "o.division", year, place)
    found = rows(
        connection,
        'SELECT f.report AS id, f.version, f."table", f.row, f."column", f.before, f.after, f.before_raw, f.after_raw, '
        "v.seen, r.year, o.name AS organ_name "
        "FROM report_version v CROSS JOIN figure_change f ON f.report = v.report AND f.version = v.version "
        f"JOIN report r ON r.id = f.report JOIN organ o ON o.id = r.organ WHERE {where} "
        f'ORDER BY v.seen DESC, v.report, f."table", f.row, f."column" LIMIT {PER_PAGE} OFFSET ?',
        *values, offset,
    )  # fmt: skip
    for row in found:
        chinese, english = cell_label(row["table"], row["row"], row["column"])
        row["cell"] = english if current.get() == "en" else chinese
    return found


def corrected(connection: sqlite3.Connection, offset: int, year: int | None, place: str | None) -> list[Row]:
    """Figures and verdicts that this database had otherwise before, the latest first."""
    found = rows(
        connection,
        "SELECT c.*, r.id FROM correction c LEFT JOIN report r ON r.id = c.report"
        + (" WHERE c.year = ?" if year else "")
        + f' ORDER BY c.noticed DESC, c.report, c."table", c.row, c."column" LIMIT {PER_PAGE} OFFSET ?',
        *([year] if year else []), offset,
    )  # fmt: skip
    return [in_words(row) for row in found]


def late(connection: sqlite3.Connection, offset: int, year: int | None, place: str | None) -> list[Row]:
    """Reports published after the statutory date, the latest first."""
    where, values = _chosen("days_late > 0", "year", "division", year, place)
    return rows(
        connection,
        "SELECT report AS id, year, organ_name, province_name, published, statutory_date, days_late FROM panel "
        f"WHERE {where} ORDER BY days_late DESC, report LIMIT {PER_PAGE} OFFSET ?",
        *values, offset,
    )  # fmt: skip


def missing(connection: sqlite3.Connection, offset: int, year: int | None, place: str | None) -> list[Row]:
    """Organs without a report for a year, between their first known report and the latest year of all."""
    where, values = _chosen("1", "m.year", "m.division", year, place)
    return rows(
        connection,
        "SELECT m.organ, m.organ_name, m.kind, m.year, d.full_name AS place FROM missing m LEFT JOIN division d ON "
        f"d.code = m.division WHERE {where} ORDER BY m.year DESC, m.organ LIMIT {PER_PAGE} OFFSET ?",
        *values, offset,
    )  # fmt: skip


def portals(connection: sqlite3.Connection, offset: int, year: int | None, place: str | None) -> list[Row]:
    """Portals that block or do not answer, and since when."""
    return rows(
        connection,
        "SELECT p.id, p.name, p.home, p.silent_since, q.code, q.message, q.first_seen, q.severity FROM portal p "
        "LEFT JOIN problem q ON q.portal = p.id AND q.report IS NULL AND q.capture IS NULL "
        f"WHERE p.silent_since IS NOT NULL OR q.id IS NOT NULL ORDER BY p.silent_since IS NULL, p.silent_since "
        f"DESC, p.id, q.id LIMIT {PER_PAGE} OFFSET ?",
        offset,
    )  # fmt: skip


def repeated(connection: sqlite3.Connection, offset: int, year: int | None, place: str | None) -> list[Row]:
    """Reports whose running text is nearly last year's."""
    where, values = _chosen(f"similarity >= {ALIKE}", "year", "division", year, place)
    return rows(
        connection,
        "SELECT report AS id, year, organ_name, province_name, similarity, text_length FROM panel "
        f"WHERE {where} ORDER BY similarity DESC, report LIMIT {PER_PAGE} OFFSET ?",
        *values, offset,
    )  # fmt: skip


KINDS = {
    each.key: each
    for each in (
        Problem("inconsistent", "check?status__exact=fail&severity__exact=error", inconsistent),
        Problem("edits", "figure_change", edits),
        Problem("corrections", "correction", corrected),
        Problem("late", "panel?days_late__gt=0&_sort_desc=days_late", late),
        Problem("missing", "missing", missing),
        Problem("portals", "problem?source__exact=crawl", portals),
        Problem("repeated", f"panel?similarity__gte={ALIKE}&_sort_desc=similarity", repeated),
    )
}


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many there are of each kind."""
    queries = {
        "inconsistent": "SELECT count(*) FROM report WHERE verdict = 'inconsistent'",
        "edits": "SELECT count(*) FROM figure_change",
        "corrections": "SELECT count(*) FROM correction",
        "late": "SELECT count(*) FROM panel WHERE days_late > 0",
        "missing": "SELECT count(*) FROM missing",
        "portals": "SELECT count(*) FROM portal WHERE silent_since IS NOT NULL OR id IN (SELECT portal FROM problem "
        "WHERE report IS NULL AND capture IS NULL)",
        "repeated": f"SELECT count(*) FROM panel WHERE similarity >= {ALIKE}",
    }
    return {key: connection.execute(sql).fetchone()[0] for key, sql in queries.items()}


def by_rule(connection: sqlite3.Connection) -> list[Row]:
    """Failed checks by rule."""
    found = rows(
        connection,
        "SELECT rule, count(*) AS checks, count(DISTINCT report) AS reports FROM \"check\" WHERE status = 'fail' "
        "GROUP BY rule ORDER BY 2 DESC",
    )
    for row in found:
        row["label"], row["about"] = pick(rule_text(row["rule"])), pick(rule_text(row["rule"]), "about")
    return found
