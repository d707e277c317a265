"""Two databases of one archive side by side: what an upgrade of the extraction changes, whether all is equal."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipelines.store.changes import told_apart
from pipelines.store.content import unpack
from pipelines.store.corrections import Correction
from reports import forms
from reports.record import Number, Record

_FIGURES = {*forms.TABLES, "statistics"}
# Numbers that count insertions, and what is only bookkeeping: not content.
_UNCOUNTED = {"organ": {"seq"}, "report": {"seq"}, "section": {"id", "indexed"}}
_BOOKKEEPING = {
    "_sqlite_migrations", "correction", "dirty", "dirty_crawl", "filled", "search_label", "sqlite_sequence",
    "sqlite_stat1", "sqlite_stat4",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell, text, verdict or report that differs. ``table`` is ``report`` where the report itself or its verdict
    does, and ``version N`` where an edit of the organ is told otherwise."""

    report: str
    table: str
    row: str
    column: str
    before: object
    after: object

    def __str__(self) -> str:
        before, after = _from_where_they_part(self.before, self.after)
        what = " ".join(part for part in (self.table, self.row, self.column) if part)
        return f"{self.report}: {what}: {shown(before)} -> {shown(after)}"


def shown(value: object) -> str:
    """A value in one line."""
    text = "blank" if value is None else str(value).replace("\n", " ")
    return text if len(text) <= 60 else text[:57] + "…"


def _from_where_they_part(before: object, after: object) -> tuple[object, object]:
    """Two long texts without what both begin with, but for a few characters."""
    if not isinstance(before, str) or not isinstance(after, str) or max(len(before), len(after)) <= 60:
        return before, after
    common = next((at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other),
                  min(len(before), len(after)))  # fmt: skip
    start = max(0, common - 10)
    return (f"…{before[start:]}", f"…{after[start:]}") if start else (before, after)


def differences(before: sqlite3.Connection, after: sqlite3.Connection) -> Iterator[Difference]:
    """What reports, verdicts, cells, texts and edits differ, by report, in the order of the forms."""
    for report, was, now in _pairs(before, after):
        if was is None or now is None:
            yield Difference(report, "report", "", "", was and was[0], now and now[0])
            continue
        for name, left, right in zip(_COLUMNS, was, now, strict=False):
            if left != right:
                yield Difference(report, "report", name, "", left, right)
        if was[-1] != now[-1]:
            for table, row, column, left, right in told_apart(_record(before, was), _record(after, now)):
                yield Difference(report, table, row, column, left, right)
        yield from _edits(before, after, report)


_COLUMNS = ("verdict", "title", "published", "scope", "days_late", "url", "version")
_Row = tuple[object, ...]


def _pairs(before: sqlite3.Connection, after: sqlite3.Connection) -> Iterator[tuple[str, _Row | None, _Row | None]]:
    """Each report with its row in either database; only one of each is in memory."""
    query = f"SELECT id, {', '.join(_COLUMNS)}, content FROM report ORDER BY id"
    left, right = before.execute(query), after.execute(query)
    was, now = left.fetchone(), right.fetchone()
    while was is not None or now is not None:
        report = min(row[0] for row in (was, now) if row is not None)
        old, new = (row[1:] if row is not None and row[0] == report else None for row in (was, now))
        yield report, old, new
        was = left.fetchone() if old is not None else was
        now = right.fetchone() if new is not None else now


def _edits(before: sqlite3.Connection, after: sqlite3.Connection, report: str) -> Iterator[Difference]:
    """What the organ is said to have edited: an upgrade that changes it changes history."""
    query = (
        'SELECT version, "table", row, "column", before, after, before_raw, after_raw FROM figure_change '
        "WHERE report = ? ORDER BY version"
    )
    was, now = ({row[:4]: row[4:] for row in each.execute(query, (report,))} for each in (before, after))
    for key in [*was, *(key for key in now if key not in was)]:
        if was.get(key) != now.get(key):
            version, table, row, column = key
            yield Difference(
                report, f"version {version}", f"{table} {row}", column, *map(_edit, (was.get(key), now.get(key)))
            )


def _edit(change: _Row | None) -> str:
    if change is None:
        return "no edit"
    old, new, old_raw, new_raw = change
    was, now = _from_where_they_part(old_raw if old is None else old, new_raw if new is None else new)
    return f"{shown(was)} to {shown(now)}"


def _record(connection: sqlite3.Connection, row: _Row) -> Record:
    return unpack(connection.execute("SELECT record FROM content WHERE digest = ?", (row[-1],)).fetchone()[0])


def corrected(
    found: Iterable[Difference], before: sqlite3.Connection, after: sqlite3.Connection, noticed: str
) -> Iterator[Correction]:
    """Of the differences between two databases, those of figures and verdicts that were read from the same capture."""
    old, new = _origins(before), _origins(after)
    for each in found:
        was, now = old.get(each.report), new.get(each.report)
        if was is None or each.before == each.after or not _concerns(each):
            continue
        if now is not None and now[2] != was[2]:
            continue  # another page than before: the organ's own change, or one that the old database had not seen
        yield Correction(
            noticed=noticed, report=each.report, organ_name=was[0], year=was[1], table=each.table, row=each.row,
            column=each.column or "verdict", before=_plain(each.before), after=_plain(each.after),
            extractor_before=was[3], extractor_after=now[3] if now else None,
        )  # fmt: skip


def _concerns(each: Difference) -> bool:
    return each.table in _FIGURES or (each.table == "report" and each.column in ("", "verdict"))


def _plain(value: object) -> Number | str | None:
    return value if value is None or isinstance(value, int | float) else str(value)


def _origins(connection: sqlite3.Connection) -> dict[str, tuple[str, int, str, str | None]]:
    return {
        row[0]: row[1:]
        for row in connection.execute(
            "SELECT r.id, o.name, r.year, r.capture, r.extractor FROM report r JOIN organ o ON o.id = r.organ"
        )
    }


def tables(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """The tables that say something, with those of their columns that do: equal for equal archives."""
    found: dict[str, list[str]] = {}
    named = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%' ORDER BY name"
    )
    for (table,) in named.fetchall():
        if table not in _BOOKKEEPING:
            columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
            found[table] = [name for name in columns if name not in _UNCOUNTED.get(table, ())]
    return found


def contents(connection: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """Everything that a database says, table by table, sorted: equal for equal archives, however they were ingested."""
    found: dict[str, list[tuple[object, ...]]] = {}
    for table, columns in tables(connection).items():
        names = ", ".join(f'"{name}"' for name in columns)
        found[table] = sorted(connection.execute(f'SELECT {names} FROM "{table}"').fetchall(), key=repr)
    return found
