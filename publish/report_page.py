"""What a report's page says: the official tables filled, the checks in words, and all that is known beside them."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field
from typing import Any

from pipelines.store.content import unpack
from publish.codebook import value_label
from publish.explain import Finding, explain, likely_cells, marked_cells
from publish.form_layout import Layout, layout
from publish.language import current, text
from reports import forms
from reports.record import Table

Row = dict[str, Any]
BESIDE = (
    "new_received", "carried_in", "handled_total", "granted", "partly_granted", "refused", "unavailable",
    "not_processed", "carried_forward", "review_total", "suit_total", "disclosure_rate_partly",
)  # fmt: skip
NUMBERS: dict[Table, tuple[str, str]] = {"proactive": ("二", "2"), "applications": ("三", "3"), "review": ("四", "4")}


@dataclass(slots=True)
class ShownCell:
    """A figure as the page shows it. ``state`` as in the contract, or ``absent`` where the report has no such row."""

    code: str
    value: int | float | None
    state: str
    raw: str
    classes: str = ""
    marks: list[int] = field(default_factory=list)  # the numbers of the findings that concern it
    label: str = ""
    label_en: str = ""
    note: str | None = None


@dataclass(slots=True)
class ShownTable:
    """One of the three tables. ``extra`` are figures that the report has and its form does not."""

    table: Table
    layout: Layout
    generation: str | None
    cells: dict[str, ShownCell]
    extra: list[ShownCell]


@dataclass(slots=True)
class ReportPage:
    """Everything on the page, ready for the template."""

    report: Row
    organ: Row
    place: list[Row]
    capture: Row
    tables: list[ShownTable | Table]
    findings: list[Finding]
    years: list[Row]
    beside: list[Row]
    contact: Row | None
    sections: list[Row]
    statistics: list[Row]
    attachments: list[Row]
    addresses: list[Row]
    versions: list[Row]
    changes: list[Row]
    text_changes: list[Row]
    corrections: list[Row]
    problems: list[Row]
    portal_name: str

    @property
    def has_tables(self) -> bool:
        """Whether the report has any of the three tables."""
        return any(not isinstance(table, str) for table in self.tables)


def rows(connection: sqlite3.Connection, sql: str, *parameters: object) -> list[Row]:
    """All rows as dictionaries, whatever row factory the connection has."""
    cursor = connection.execute(sql, parameters)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def first(connection: sqlite3.Connection, sql: str, *parameters: object) -> Row | None:
    """The first row, or None."""
    found = rows(connection, sql, *parameters)
    return found[0] if found else None


def read_contact(row: Row | None) -> Row | None:
    """A contact with its lists (kept as JSON) written as people write them."""
    if row is None:
        return None
    return row | {key: "；".join(listed(row[key])) for key in ("phones", "faxes", "emails", "websites")}


def listed(kept: str | None) -> list[str]:
    """The values of a column that keeps a list as JSON; a plain text is a list of one."""
    if not kept:
        return []
    try:
        values = json.loads(kept)
    except ValueError:
        return [kept]
    return [str(value) for value in values] if isinstance(values, list) else [str(values)]


def places(connection: sqlite3.Connection, division: str | None) -> list[Row]:
    """A division's ancestors below the nation, and itself, highest first."""
    found: list[Row] = []
    while division:
        row = first(
            connection, "SELECT code, name, full_name, name_en, level, parent FROM division WHERE code = ?", division
        )
        if row is None or row["level"] == "nation":
            break
        found.insert(0, row)
        division = row["parent"]
    return found


def place_name(row: Row) -> str:
    """A division's name in the reader's language."""
    return str((row.get("name_en") if current.get() == "en" else None) or row["name"])


def assemble(connection: sqlite3.Connection, identity: str) -> ReportPage | None:
    """The page of a report, or None where there is no such report."""
    report = first(connection, "SELECT * FROM report WHERE id = ?", identity)
    if report is None:
        return None
    organ = first(connection, "SELECT * FROM organ WHERE id = ?", report["organ"]) or {}
    figures = first(connection, "SELECT * FROM figures WHERE report = ?", identity) or {}
    notes = {
        (row["table"], row["row"], row["column"]): row
        for row in rows(connection, "SELECT * FROM cell_note WHERE report = ?", identity)
    }
    findings = explain(rows(connection, 'SELECT * FROM "check" WHERE report = ?', identity), figures)
    changes = rows(
        connection,
        'SELECT * FROM figure_change WHERE report = ? ORDER BY version DESC, "table", row, "column"',
        identity,
    )
    texts = [change for change in changes if change["table"] not in forms.TABLES]
    changes = [change for change in changes if change["table"] in forms.TABLES]
    for change in changes:
        change["label"], change["label_en"] = cell_label(change["table"], change["row"], change["column"])
    changed = {(row["table"], row["row"], row["column"]) for row in changes if row["version"] == report["version"]}
    printed = _printed(connection, report["content"])
    portal = first(connection, "SELECT name FROM portal WHERE id = ?", report["portal"])
    capture = first(connection, "SELECT * FROM capture WHERE id = ?", report["capture"]) or {}
    return ReportPage(
        report=report, organ=organ, place=places(connection, organ.get("division")), capture=capture,
        tables=[_table(each, report, figures, notes, findings, changed, printed) for each in forms.TABLES],
        findings=findings,
        years=rows(connection, "SELECT id, year, verdict, version FROM report WHERE organ = ? ORDER BY year",
        report["organ"]),
        beside=_beside(connection, report),
        contact=read_contact(first(connection, "SELECT * FROM contact WHERE report = ?", identity)),
        sections=rows(connection, "SELECT * FROM section WHERE report = ? ORDER BY n", identity),
        statistics=rows(connection, "SELECT * FROM statistic WHERE report = ? ORDER BY n", identity),
        attachments=rows(connection, "SELECT * FROM attachment WHERE report = ? ORDER BY n", identity),
        addresses=rows(connection, "SELECT * FROM report_address WHERE report = ? ORDER BY first_seen, url", identity),
        versions=rows(connection, "SELECT * FROM report_version WHERE report = ? ORDER BY version DESC", identity),
        changes=changes, text_changes=texts,
        corrections=[in_words(row) for row in rows(
            connection, 'SELECT * FROM correction WHERE report = ? ORDER BY noticed DESC, "table", row, "column"',
            identity,
        )],
        problems=[
            row | {"likely": likely_cells(row["message"]) if row["code"] == "likely-cell" else []}
            for row in rows(connection, "SELECT * FROM problem WHERE report = ? ORDER BY code, id", identity)
        ],
        portal_name=portal["name"] if portal else report["portal"],
    )  # fmt: skip


def _beside(connection: sqlite3.Connection, report: Row) -> list[Row]:
    """The panel's row of this report between those of the years before and after, where there are any."""
    near = rows(
        connection,
        "SELECT * FROM panel WHERE organ = ? AND year BETWEEN ? - 1 AND ? + 1 ORDER BY year",
        report["organ"], report["year"], report["year"],
    )  # fmt: skip
    return near if len(near) > 1 else []


def _printed(connection: sqlite3.Connection, content: str) -> set[str] | None:
    """The figures whose cells the page has, blank ones among them; None where the record is not kept."""
    kept = first(connection, "SELECT record FROM content WHERE digest = ?", content)
    if kept is None or not kept["record"]:
        return None
    record = unpack(kept["record"])
    return {f"{cell.table}_{cell.row}_{cell.column}" for cell in record.cells}


def in_words(correction: Row) -> Row:
    """A row of the table ``correction`` with what it is about, and verdicts by their names."""
    if correction["table"] != "report":
        chinese, english = cell_label(correction["table"], correction["row"], correction["column"])
        return correction | {"cell": english if current.get() == "en" else chinese}
    verdicts = {
        key: value_label(correction[key], current.get()) if correction[key] else text("no_such_report")
        for key in ("before", "after")
    }
    return correction | verdicts | {"cell": text("verdict")}


def cell_label(table: str, row: str, column: str) -> tuple[str, str]:
    """The official label of a cell, in both languages; its keys where the form does not know it."""
    for each in forms.figures():
        if (each.table, each.row, each.column) == (table, row, column):
            return each.label, each.label_en
    return f"{row} {column}", f"{row} {column}"


def _table(
    table: Table, report: Row, figures: Row, notes: dict[tuple[str, str, str], Row], findings: list[Finding],
    changed: set[tuple[str, str, str]], printed: set[str] | None,
) -> ShownTable | Table:  # fmt: skip
    generation = report[f"form_{table}"]
    own = [each for each in forms.figures() if each.table == table]
    if generation is None and all(figures.get(each.code) is None for each in own):
        return table
    drawn = layout(table, generation or "2021")
    marks = marked_cells(findings)
    cells: dict[str, ShownCell] = {}
    for each in own:
        note = notes.get((table, each.row, each.column))
        value = figures.get(each.code)
        state = note["state"] if note else "number" if value is not None else "blank"
        if state == "blank" and printed is not None and each.code not in printed:
            state = "absent"
        shown = ShownCell(
            code=each.code, value=value, state=state, raw=note["raw"] if note else "" if value is None else f"{value:g}"
            if isinstance(value, float) else str(value), label=each.label, label_en=each.label_en,
            note=note["note"] if note else None,
        )  # fmt: skip
        concerned = marks.get(each.code, [])
        shown.marks = [finding.number for finding in concerned]
        classes = [state]
        failed = {finding.severity for finding in concerned if finding.failed}
        if failed:
            classes.append("failed" if "error" in failed else "warned" if "warning" in failed else "noted")
        if (table, each.row, each.column) in changed:
            classes.append("changed")
        if value == 0:
            classes.append("zero")
        shown.classes = " ".join(classes)
        cells[each.code] = shown
    on_form = set(drawn.codes)
    extra = [cell for code, cell in cells.items() if code not in on_form and cell.value is not None]
    return ShownTable(table, drawn, generation, cells, extra)
