"""Two databases of one archive side by side: what an upgrade of the extraction changes, whether all is equal."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.store.changes import changes
from pipelines.store.content import unpack
from reports.record import Record

# Numbers that count insertions, and what is only bookkeeping: not content.
_UNCOUNTED = {"organ": {"seq"}, "report": {"seq"}, "section": {"id", "indexed"}}
_BOOKKEEPING = {"_sqlite_migrations", "dirty", "search_label", "sqlite_sequence", "sqlite_stat1", "sqlite_stat4"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell, verdict or report that differs. ``table`` is ``report`` where the report itself or its verdict does."""

    report: str
    table: str
    row: str
    column: str
    before: object
    after: object

    def __str__(self) -> str:
        return f"{self.report}: {self.table} {self.row} {self.column}: {shown(self.before)} -> {shown(self.after)}"


def shown(value: object) -> str:
    """A value in one line."""
    text = "blank" if value is None else str(value).replace("\n", " ")
    return text if len(text) <= 60 else text[:57] + "…"


def differences(before: sqlite3.Connection, after: sqlite3.Connection) -> Iterator[Difference]:
    """What reports, verdicts and cells differ, by report, in the order of the forms."""
    old, new = _reports(before), _reports(after)
    for report in sorted(old.keys() | new.keys()):
        was, now = old.get(report), new.get(report)
        if was is None or now is None:
            yield Difference(report, "report", "", "", was and was[0], now and now[0])
            continue
        for name, left, right in zip(("verdict", "title", "published", "version"), was, now, strict=False):
            if left != right:
                yield Difference(report, "report", name, "", left, right)
        if was[-1] != now[-1]:
            for table, row, column, value, other, raw, other_raw in changes(_record(before, was), _record(after, now)):
                yield Difference(
                    report, table, row, column,
                    raw if value is None else value, other_raw if other is None else other,
                )  # fmt: skip


def _reports(connection: sqlite3.Connection) -> dict[str, tuple[object, ...]]:
    rows = connection.execute("SELECT id, verdict, title, published, version, content FROM report")
    return {report: tuple(rest) for report, *rest in rows}


def _record(connection: sqlite3.Connection, row: tuple[object, ...]) -> Record:
    return unpack(connection.execute("SELECT record FROM content WHERE digest = ?", (row[-1],)).fetchone()[0])


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
