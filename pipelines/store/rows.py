"""Writes a record as rows: the report and everything that hangs on it."""

from __future__ import annotations

import functools
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence

from pipelines.store.divisions import divisions
from pipelines.store.identity import Identity
from pipelines.store.pinyin import initials, pinyin
from pipelines.store.removal import clear_sections
from pipelines.store.timeline import Timeline
from reports.forms import figures
from reports.record import Number, Problem, Record

_HEADLINES = {
    "new_received": ("applications_new_received_total",),
    "carried_in": ("applications_carried_in_total",),
    "granted": ("applications_granted_total",),
    "partly_granted": ("applications_partly_granted_total",),
    "handled_total": ("applications_handled_total_total",),
    "carried_forward": ("applications_carried_forward_total",),
    "review_total": ("review_review_total",),
    "suit_total": ("review_suit_direct_total", "review_suit_after_review_total"),
}


def flat_figures(record: Record) -> dict[str, Number | None]:
    """The figures of a record by their codes; rows and columns that no form knows are not among them."""
    tables = {"proactive": record.proactive or {}, "review": record.review or {}}
    outcomes = record.applications or {}
    nothing: dict[str, Number | None] = {}
    found: dict[str, Number | None] = {}
    for code, table, key, column, decimals in _places():
        value = outcomes.get(key, nothing).get(column) if table == "applications" else tables[table].get(key)
        if type(value) is float and not decimals and value.is_integer():
            value = int(value)
        found[code] = value
    return found


@functools.cache
def _places() -> tuple[tuple[str, str, str, str, bool], ...]:
    """Where each figure stands in a record: code, table, key, column, and whether it may have decimals."""
    return tuple((each.code, each.table, each.key, each.column, each.decimals) for each in figures())


def write_report(
    connection: sqlite3.Connection, report: str, organ: str, year: int, record: Record, timeline: Timeline, basis:
    str, seq: int
) -> None:  # fmt: skip
    """The report's row and the rows below it that come from its current record."""
    flat = flat_figures(record)
    odd = [code for code, value in flat.items() if isinstance(value, float) and not _decimals(code)]
    current = timeline.current
    failed = sum(check.status == "fail" and check.severity == "error" for check in record.checks)
    warned = sum(check.status == "fail" and check.severity == "warning" for check in record.checks)
    province = _province(connection, organ)
    values = {
        "id": report, "organ": organ, "year": year, "title": record.title, "published": record.published,
        "statutory_date": record.statutory_date, "days_late": record.days_late, "scope": record.scope,
        "form_proactive": record.forms.proactive, "form_applications": record.forms.applications,
        "form_review": record.forms.review, "verdict": record.verdict, "capture": current.capture, "n": current.n,
        "url": current.url, "portal": current.portal, "version": timeline.versions[-1].number,
        "extractor": record.extractor, "reader": record.reader, "first_seen": "", "last_seen": "", "gone_since": None,
        "failed_checks": failed, "warnings": warned, "problems": len(record.problems),
        "text_length": sum(len(section.text) for section in record.sections), "content": current.content,
        "basis": basis, "seq": seq,
        **{name: _sum(flat, codes) for name, codes in _HEADLINES.items()},
    }  # fmt: skip
    names = ", ".join(values)
    updates = ", ".join(f"{name} = excluded.{name}" for name in values if name != "id")
    connection.execute(
        f"INSERT INTO report ({names}) VALUES ({', '.join('?' * len(values))}) "
        f"ON CONFLICT (id) DO UPDATE SET {updates}",
        tuple(values.values()),
    )
    # A count with decimals (the page is wrong, and a check says so) keeps its raw text and stays out of the INTEGER
    # column.
    connection.execute(
        _figures_insert(), (report, *(None if code in odd else value for code, value in flat.items()))
    )  # fmt: skip
    _write_cells(connection, report, record)
    _write_text(connection, report, organ, year, province, record)


@functools.cache
def _figures_insert() -> str:
    names = ", ".join(figure.code for figure in figures())
    return f"INSERT INTO figures (report, {names}) VALUES (?, {', '.join('?' * len(figures()))})"


@functools.cache
def _decimal_codes() -> frozenset[str]:
    return frozenset(figure.code for figure in figures() if figure.decimals)


def _decimals(code: str) -> bool:
    return code in _decimal_codes()


def _sum(flat: dict[str, Number | None], codes: Sequence[str]) -> int | None:
    values = [flat[code] for code in codes]
    if any(value is None or isinstance(value, float) for value in values):
        return None
    return int(sum(value for value in values if value is not None))


def _write_cells(connection: sqlite3.Connection, report: str, record: Record) -> None:
    connection.executemany(
        "INSERT OR REPLACE INTO cell_note VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (report, cell.table, cell.row, cell.column, cell.state, cell.raw, cell.value, cell.note)
            for cell in record.cells
            if cell.state not in ("number", "blank") or cell.note
            or (isinstance(cell.value, float) and not _is_decimal(cell.table, cell.row, cell.column))
        ],
    )  # fmt: skip
    connection.executemany(
        'INSERT OR REPLACE INTO "check" VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        [
            (report, check.rule, check.at, check.status, check.severity, check.expected, check.actual, check.message)
            for check in record.checks
            if check.status in ("fail", "not_assessable")
        ],
    )
    connection.executemany(
        "INSERT INTO statistic VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (report, n, line.indicator, line.key, line.unit, line.value, line.raw)
            for n, line in enumerate(record.statistics or ())
        ],
    )


def _is_decimal(table: str, row: str, column: str) -> bool:
    return f"{table}_{row}_{column}" in _decimal_codes()


def _write_text(
    connection: sqlite3.Connection, report: str, organ: str, year: int, province: str | None, record: Record
) -> None:  # fmt: skip
    known = connection.execute(
        "SELECT n, number, title, text, organ, year, province FROM section WHERE report = ? ORDER BY n", (report,)
    ).fetchall()  # fmt: skip
    wanted = [
        (n, section.number, section.title, section.text, organ, year, province)
        for n, section in enumerate(record.sections)
    ]
    if known != wanted:
        clear_sections(connection, report)
        connection.executemany(
            "INSERT INTO section (report, n, number, title, text, organ, year, province) VALUES (?, ?, ?, ?, ?, "
            "?, ?, ?)",
            [(report, *row) for row in wanted],
        )
    connection.executemany(
        "INSERT INTO narrative VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (report, n, each.key, each.value, each.raw, each.section, each.start, each.end, each.scope)
            for n, each in enumerate(record.narrative)
        ],
    )
    connection.executemany(
        "INSERT INTO attachment (report, n, url, name) VALUES (?, ?, ?, ?)",
        [(report, n, each.url, each.name) for n, each in enumerate(record.attachments)],
    )
    contact = record.contact
    lists = [
        json.dumps(each, ensure_ascii=False)
        for each in (contact.phones, contact.faxes, contact.emails, contact.websites)
    ]
    if any(
        (
            contact.name,
            contact.address,
            contact.postcode,
            contact.phones,
            contact.faxes,
            contact.emails,
            contact.websites,
        )
    ):
        connection.execute(
            "INSERT INTO contact VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '')",
            (report, organ, report, contact.name, contact.address, contact.postcode, *lists),
        )


def write_addresses(connection: sqlite3.Connection, report: str, timeline: Timeline) -> None:
    """Where and when the report was seen."""
    connection.execute("DELETE FROM report_address WHERE report = ?", (report,))
    connection.executemany(
        "INSERT INTO report_address VALUES (?, ?, ?, ?, ?)",
        [
            (report, address.url, address.first_seen, address.last_seen, address.gone_since)
            for address in timeline.addresses.values()
        ],
    )
    first = min(address.first_seen for address in timeline.addresses.values())
    last = max(address.last_seen for address in timeline.addresses.values())
    moved = connection.execute(
        "UPDATE report SET first_seen = ?1, last_seen = ?2, gone_since = ?3 WHERE id = ?4 AND "
        "(first_seen, last_seen, COALESCE(gone_since, '')) IS NOT (?1, ?2, COALESCE(?3, '')) RETURNING 1",
        (first, last, timeline.gone_since, report),
    ).fetchone()
    if moved:
        connection.execute("UPDATE contact SET first_seen = ?, last_seen = ? WHERE report = ?", (first, last, report))
        connection.execute(
            "INSERT OR IGNORE INTO dirty SELECT report FROM panel WHERE report = ? AND gone_since IS NOT ?",
            (report, timeline.gone_since),
        )


def link_attachments(connection: sqlite3.Connection, report: str, time: str) -> None:
    """Each attachment's latest whole capture, where it was fetched."""
    connection.execute(
        "UPDATE attachment SET capture = (SELECT id FROM capture WHERE capture.url = attachment.url AND status = 200 "
        "ORDER BY capture.time DESC, capture.id DESC LIMIT 1) WHERE report = ?",
        (report,),
    )


def write_problems(
    connection: sqlite3.Connection, report: str, timeline: Timeline, record: Record, identity: Iterable[Problem]
) -> None:  # fmt: skip
    """What a person should know of this report, from its page and from comparing its addresses."""
    current = timeline.current
    crawl = connection.execute("SELECT crawl FROM capture WHERE id = ?", (current.capture,)).fetchone()[0]
    for source, problems in (("page", record.problems), ("identity", identity)):
        connection.executemany(
            "INSERT OR IGNORE INTO problem VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    problem_id(report, source, each.code, each.where, each.message), current.portal, crawl, report,
                    current.capture, each.code, each.severity, each.message, each.where, current.time, source,
                )
                for each in problems
            ],
        )  # fmt: skip


def problem_id(*parts: str | None) -> str:
    """A problem's id: the same problem found again is the same row."""
    return hashlib.sha256("\0".join(part or "" for part in parts).encode()).hexdigest()[:16]


def write_organ(
    connection: sqlite3.Connection, identity: Identity, names: Sequence[tuple[str, str, str, int]], portal: str
) -> None:  # fmt: skip
    """The organ with the spelling of its newest report, and every spelling with its dates."""
    name = names[0][0] if names else identity.name
    connection.execute(
        "INSERT INTO organ SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, COALESCE(MAX(seq), 0) + 1 FROM organ WHERE true "
        "ON CONFLICT (id) DO UPDATE SET name = excluded.name, portal = excluded.portal, pinyin = excluded.pinyin, "
        "initials = excluded.initials WHERE name IS NOT excluded.name OR portal IS NOT excluded.portal",
        (
            identity.id, name, identity.division, portal, identity.level, identity.kind, pinyin(name), initials(name),
            identity.key,
        ),
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO organ_name VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET first_seen = excluded.first_seen, "
        "last_seen = MAX(last_seen, excluded.last_seen)",  # unchanged answers have no reading that would tell
        [(identity.id, spelling, first, last) for spelling, first, last, _ in names],
    )


def _province(connection: sqlite3.Connection, organ: str) -> str | None:
    row = connection.execute("SELECT division FROM organ WHERE id = ?", (organ,)).fetchone()
    place = divisions().get(row[0]) if row and row[0] else None
    return place.province if place else None
