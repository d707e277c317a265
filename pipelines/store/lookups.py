"""The tables that come from ``data/`` and not from captures: places, kinds of organ, the codebook's items."""

from __future__ import annotations

import functools
import hashlib
import sqlite3
from collections.abc import Sequence
from typing import Any

import data
from pipelines.store import portals
from pipelines.store.divisions import divisions, full_name
from pipelines.store.identity import Portal, identify
from pipelines.store.pinyin import english, initials, pinyin
from pipelines.store.views import views
from reports.forms import Figure, figures, form

_LEVELS = ("nation", "province", "prefecture", "county")


def prepare() -> None:
    """Reads the files and tables that the first page of every portal asks for, so that forked processes share them."""
    known = identify("某某市水利局", Portal("unknown", None, "某某市人民政府"))
    assert known is not None
    portals.registered()
    pinyin(known.name), initials(known.name), views(), _digest()


def filled(connection: sqlite3.Connection) -> bool:
    """Whether the lookup tables are those of ``data/``: comparing them row by row took a thirtieth of a second at the
    beginning of every crawl."""
    return connection.execute("SELECT 1 FROM filled WHERE digest = ?", (_digest(),)).fetchone() is not None


def fill(connection: sqlite3.Connection) -> None:
    """Brings the lookup tables up to date with ``data/``. Inside the caller's transaction."""
    known = set(connection.execute("SELECT code, name, level, parent FROM division"))
    wanted = {(place.code, place.name, place.level, place.parent) for place in divisions().values()}
    if known != wanted:
        _places(connection)
    _replace(connection, "division_name", 7, _names_of_places())
    _replace(connection, "organ_kind", 4, _kinds())
    _columns(connection)
    _replace(connection, "item", 11, _items())
    connection.execute("DELETE FROM filled")
    connection.execute("INSERT INTO filled VALUES (?)", (_digest(),))


@functools.cache
def _digest() -> str:
    """Of all that the lookup tables are made of."""
    places = [(place.code, place.name, place.pinyin, place.level, place.parent) for place in divisions().values()]
    made_of = (places, _names_of_places(), _kinds(), _items())
    return hashlib.sha256(repr(made_of).encode()).hexdigest()


def _kinds() -> list[tuple[Any, ...]]:
    """The kinds of organs, in their order."""
    return [
        (kind["code"], kind["label"], kind["label_en"], order)
        for order, kind in enumerate(data.load_yaml("organs.yaml")["kinds"])
    ]


@functools.cache
def _items() -> list[tuple[Any, ...]]:
    """The codebook's items."""
    return [
        (each.code, each.table, each.row, each.column, each.label, each.label_en, each.unit, each.unit_en,
         ",".join(each.generations), formula(each), order)
        for order, each in enumerate(figures())
    ]  # fmt: skip


def _columns(connection: sqlite3.Connection) -> None:
    """A figure that a new form brings (``data/forms``) gets its column, and the views are made anew."""
    there = {row[1] for row in connection.execute("PRAGMA table_info(figures)")}
    missing = [each for each in figures() if each.code not in there]
    if missing:
        for name in views():
            connection.execute(f'DROP VIEW IF EXISTS "{name}"')
        for each in missing:
            connection.execute(f"ALTER TABLE figures ADD COLUMN {each.code} {'REAL' if each.decimals else 'INTEGER'}")
        for name, select in views().items():
            connection.execute(f'CREATE VIEW "{name}" AS {select}')


def _places(connection: sqlite3.Connection) -> None:
    places = [
        (
            place.code, place.name, full_name(place.code), english(place.name, place.pinyin), place.pinyin, place.level,
            place.parent, place.province,
        )
        for place in divisions().values()
    ]  # fmt: skip
    # A place before those that it governs: the foreign keys look up.
    _replace(connection, "division", 8, sorted(places, key=lambda row: (_LEVELS.index(row[5]), row[0])))


@functools.cache
def _names_of_places() -> list[tuple[Any, ...]]:
    """Every code and name of ``data/divisions.csv`` with the years in which it holds, those out of force too."""
    return [
        (
            row["code"], row["name"], row["level"], row["parent"] or None,
            *(int(row[key]) if row[key] else None for key in ("valid_from", "valid_to")), row["successor"] or None,
        )
        for row in data.load_csv("divisions.csv")
    ]  # fmt: skip


def _replace(connection: sqlite3.Connection, table: str, width: int, wanted: Sequence[tuple[Any, ...]]) -> None:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    known = set(connection.execute(f"SELECT * FROM {table}"))
    changed = [row for row in wanted if row not in known]
    if changed:
        updates = ", ".join(f'"{name}" = excluded."{name}"' for name in columns[1:])
        connection.executemany(
            f"INSERT INTO {table} VALUES ({', '.join('?' * width)}) ON CONFLICT DO UPDATE SET {updates}", changed
        )  # fmt: skip


def formula(figure: Figure) -> str | None:
    """How the form makes a figure out of others, in codes; None for what is counted."""
    if figure.table == "applications":
        if figure.column == "total":
            parts = [column["key"] for column in form("applications")["columns"] if column["key"] != "total"]
            return " + ".join(f"applications_{figure.row}_{part}" for part in parts)
        if figure.row == "handled_total":
            outcomes = [each for each in figures() if each.table == "applications" and each.column == figure.column]
            rows = ("new_received", "carried_in", "handled_total", "carried_forward")
            return " + ".join(each.code for each in outcomes if each.row not in rows)
        return None
    if figure.table == "review" and figure.column == "total":
        return " + ".join(f"review_{figure.row}_{part}" for part in ("upheld", "corrected", "other", "pending"))
    return None
