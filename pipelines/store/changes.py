"""What changed between two versions of a report: cell by cell, and which of its texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipelines.store.content import squeezed
from reports.forms import TABLES
from reports.record import Number, Record

Change = tuple[str, str, str, Number | str | None, Number | str | None, str | None, str | None]


def changes(before: Record, after: Record) -> Iterator[Change]:
    """(table, row, column, value before and after, raw text before and after), in the order of the forms.

    A cell changed when its value or its raw text did (0 and blank are not the same). Lines of the 统计表 of 2014-2018
    stand under the table ``statistics``; what is no figure under ``report`` (title and date), ``contact`` and
    ``section``, the texts as raw.
    """
    yield from _cells(before, after)
    yield from _statistics(before, after)
    yield from _texts(before, after)


def told_apart(before: Record, after: Record) -> Iterator[tuple[str, str, str, object, object]]:
    """(table, row, column, before, after) for everything that two readings of one page tell otherwise, not only what an
    organ may have edited: also figures of the running text, checks, problems, attachments, titles of sections, and how
    many cells stand elsewhere."""
    for table, row, column, value, other, raw, other_raw in changes(before, after):
        yield table, row, column, raw if value is None else value, other_raw if other is None else other
    for table, told in _TOLD.items():
        old, new = _by_place(told(before)), _by_place(told(after))
        for key in [*old, *(key for key in new if key not in old)]:
            if old.get(key) != new.get(key):
                yield table, *key, old.get(key), new.get(key)
    places = [{(cell.table, cell.row, cell.column): (cell.position, cell.box) for cell in each.cells}
              for each in (before, after)]  # fmt: skip
    moved = sum(places[0][key] != place for key, place in places[1].items() if key in places[0])
    if moved:
        yield "cells", "position", "", None, f"{moved} stand elsewhere on the page"


_Told = list[tuple[str, str, object]]
_TOLD: dict[str, Callable[[Record], _Told]] = {
    "forms": lambda record: [(table, "", getattr(record.forms, table)) for table in TABLES],
    "narrative": lambda record: [(each.key, each.section or "", each.value) for each in record.narrative],
    "check": lambda record: [(each.rule, each.at, each.status) for each in record.checks],
    "problem": lambda record: [(each.code, each.where, each.message) for each in record.problems],
    "attachment": lambda record: [(each.url, "", each.name) for each in record.attachments],
    "section": lambda record: [(each.number, "title", each.title) for each in record.sections if each.number],
    "cell": lambda record: [(f"{each.table} {each.row}", each.column, (each.state, each.note)) for each in record.cells
                            if each.state != "number"],
}  # fmt: skip


def _by_place(told: _Told) -> dict[tuple[str, str], object]:
    """The same place may be told of several times: the first, second … of its kind."""
    found: dict[tuple[str, str], object] = {}
    for row, column, value in told:
        key, n = (row, column), 1
        while key in found:
            n += 1
            key = (row, f"{column} {n}".strip())
        found[key] = value
    return found


def contradict(one: Record, other: Record) -> bool:
    """Whether two readings give two values for one figure. A figure that only one of them has is no contradiction."""
    values = {(cell.table, cell.row, cell.column): cell.value for cell in one.cells if cell.value is not None}
    if any(
        cell.value is not None and values.get((cell.table, cell.row, cell.column), cell.value) != cell.value
        for cell in other.cells
    ):
        return True
    lines = {line.indicator: line.value for line in one.statistics or () if line.value is not None}
    return any(
        line.value is not None and lines.get(line.indicator, line.value) != line.value
        for line in other.statistics or ()
    )


def _cells(before: Record, after: Record) -> Iterator[Change]:
    old = {(cell.table, cell.row, cell.column): cell for cell in before.cells}
    new = {(cell.table, cell.row, cell.column): cell for cell in after.cells}
    for key in [*old, *(key for key in new if key not in old)]:
        was, now = old.get(key), new.get(key)
        if was is None or now is None or was.value != now.value or squeezed(was.raw) != squeezed(now.raw):
            yield (
                *key,
                was.value if was else None,
                now.value if now else None,
                was.raw if was else None,
                now.raw if now else None,
            )


def _statistics(before: Record, after: Record) -> Iterator[Change]:
    old = _numbered([(line.indicator, line.value, line.raw) for line in before.statistics or ()])
    new = _numbered([(line.indicator, line.value, line.raw) for line in after.statistics or ()])
    for key in [*old, *(key for key in new if key not in old)]:
        was, now = old.get(key, (None, None)), new.get(key, (None, None))
        if was != now:
            yield "statistics", key[0], str(key[1]), was[0], now[0], was[1], now[1]


def _numbered(
    lines: list[tuple[str, Number | None, str]],
) -> dict[tuple[str, int], tuple[Number | None, str | None]]:
    # The same words stand several times in the 统计表 (1.…, 其中): the first, second … of their kind.
    found: dict[tuple[str, int], tuple[Number | None, str | None]] = {}
    for indicator, value, raw in lines:
        n = 1
        while (indicator, n) in found:
            n += 1
        found[(indicator, n)] = (value, raw)
    return found


def _texts(before: Record, after: Record) -> Iterator[Change]:
    if squeezed(before.title or "") != squeezed(after.title or ""):
        yield "report", "title", "text", None, None, before.title, after.title
    if before.published != after.published:
        yield "report", "published", "text", None, None, before.published, after.published
    for field in ("name", "address", "postcode", "phones", "faxes", "emails", "websites"):
        was, now = getattr(before.contact, field), getattr(after.contact, field)
        if was != now:
            yield "contact", field, "text", None, None, _text(was), _text(now)
    old = {(section.number or section.title): section.text for section in before.sections}
    new = {(section.number or section.title): section.text for section in after.sections}
    for key in [*old, *(key for key in new if key not in old)]:
        if squeezed(old.get(key, "")) != squeezed(new.get(key, "")):
            yield "section", key, "text", None, None, old.get(key), new.get(key)


def _text(value: str | list[str] | None) -> str | None:
    return "、".join(value) if isinstance(value, list) else value
