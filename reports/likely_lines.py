"""Which row or column of table 3 explains failed sums: exchanged, moved, copied, left out, or wrong in several cells.

Asked where no one or two cells do. Nothing is repaired.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from reports.checks import Place
from reports.failed_sums import Sums, would_balance
from reports.tables.applications_form import COLUMNS, OUTCOMES, ROW_KEYS
from reports.tables.numbers import plain

_LEAST_ALIKE: Final = 2  # figures other than 0 that a copied row shares with its original
_MOST_LIKELY: Final = 3  # lines that explain the same sums: of more, none is likely
_MOST_TOLD: Final = 4  # cells of a line that are told one by one
_NOTHING: Final = Decimal(0)
Line = tuple[str, list[Place]]  # a sentence, and the cells that it is about


def likely_line(sums: Sums) -> Line | None:
    """The first of these that explains all failed sums; None where nothing does, or too much."""
    rows = [key for key in ROW_KEYS if all(place in sums.cells and place in sums.weights for place in _row(key))]
    rows_add_up = not any(rule == "applications.row_total" for rule, _ in sums.gaps)
    found: Iterable[Iterator[Line]] = (
        _exchanged(sums, rows) if rows_add_up else iter(()),
        _moved(sums, rows),
        _copied(sums, rows) if rows_add_up else iter(()),
        _left_out(sums, rows),
        _wrong_in_places(sums, "column", {column: _column(rows, column) for column in COLUMNS}),
        _wrong_in_places(sums, "row", {key: _row(key) for key in rows}),
    )
    return next(itertools.chain.from_iterable(found), None)


def _row(key: str) -> list[Place]:
    return [("applications", key, column) for column in COLUMNS]


def _column(rows: list[str], column: str) -> list[Place]:
    return [("applications", key, column) for key in rows]


def _values(sums: Sums, places: list[Place]) -> list[Decimal]:
    return [sums.value(place) for place in places]


def _if_read(sums: Sums, places: list[Place], values: list[Decimal]) -> dict[Place, Decimal]:
    """By how much these cells would change if they held these figures."""
    return {place: value - sums.value(place) for place, value in zip(places, values, strict=True)}


def _exchanged(sums: Sums, rows: list[str]) -> Iterator[Line]:
    for one, other in _balancing_one(sums, rows):
        first, second = _row(one), _row(other)
        changes = _if_read(sums, first, _values(sums, second)) | _if_read(sums, second, _values(sums, first))
        if any(changes.values()) and sums.mended_by(changes):
            yield f"two rows that changed places explain the failed sums: {one} and {other}", [*first, *second]


def _balancing_one(sums: Sums, rows: list[str]) -> Iterator[tuple[str, str]]:
    """The pairs of rows that would mend the first failed sum if they changed places: of hundreds very few."""
    for failed, gap in itertools.islice(sums.gaps.items(), 1):
        columns = [each for each in COLUMNS if any(failed in sums.weights["applications", key, each] for key in rows)]
        held = {
            key: [(sums.weights[place].get(failed, 0), sums.value(place)) for place in _row(key) if place[2] in columns]
            for key in rows
        }
        for one, other in itertools.combinations(rows, 2):
            both = zip(held[one], held[other], strict=True)
            if sum((weight - there) * (value - before) for (weight, before), (there, value) in both) == -gap:
                yield one, other


def _moved(sums: Sums, rows: list[str]) -> Iterator[Line]:
    """A row whose figures stand a cell too far to the left, the first one lost, or to the right, without its total."""
    for key in rows:
        places = _row(key)
        *persons, last = values = _values(sums, places)
        if not any(values):
            continue
        to_left = [persons[-1] - sum(persons[:-1], _NOTHING), *persons]
        to_right = [*values[1:], sum(values[1:], _NOTHING)]
        for meant, lost in ((to_left, last), (to_right, values[0])):
            if not lost and min(meant) >= 0 and sums.mended_by(_if_read(sums, places, meant)):
                yield f"a row whose figures moved by one cell explains the failed sums: {key}", places


def _copied(sums: Sums, rows: list[str]) -> Iterator[Line]:
    for one, other in itertools.pairwise(rows):
        values = _values(sums, _row(one))
        alike = values == _values(sums, _row(other)) and sum(map(bool, values)) >= _LEAST_ALIKE
        if alike and all(any(sums.weights[place].get(each) for place in _row(other)) for each in sums.gaps):
            yield f"rows {one} and {other} hold the same figures, which may explain the failed sums", _row(other)


def _left_out(sums: Sums, rows: list[str]) -> Iterator[Line]:
    """An outcome whose figures are just what the totals of all outcomes lack, kind by kind."""
    lacking = [-sums.gaps.get(("applications.handled", column), _NOTHING) for column in COLUMNS]
    for key in rows:
        if key in OUTCOMES and any(lacking) and _values(sums, _row(key)) == lacking:
            yield f"a row that was not counted explains the failed sums: {key}", _row(key)


def _wrong_in_places(sums: Sums, kind: str, lines: dict[str, list[Place]]) -> Iterator[Line]:
    """Lines of which several cells, each changed as one of its sums says, would mend all."""
    found: dict[str, dict[Place, Decimal]] = {}
    for key, places in lines.items():
        changes = _as_one_sum_says(sums, places, along=kind)
        possible = len(changes) > 1 and all(sums.value(each) + by >= 0 for each, by in changes.items())
        if possible and sums.mended_by(changes):
            found[key] = changes
    if 0 < len(found) <= _MOST_LIKELY:
        words = " or ".join(_told(key, changes, sums) for key, changes in found.items())
        cells = [place for changes in found.values() for place in changes]
        yield f"one {kind} that is wrong in several cells explains the failed sums: {words}", cells


def _told(key: str, changes: dict[Place, Decimal], sums: Sums) -> str:
    """The cells of a line with what would balance; of many, the line alone."""
    if len(changes) > _MOST_TOLD:
        return key
    return " and ".join(would_balance(each, plain(sums.value(each) + by), sums) for each, by in changes.items())


def _as_one_sum_says(sums: Sums, places: list[Place], along: str) -> dict[Place, Decimal]:
    """What each cell would have to change by for its failed sum across the line."""
    changes: dict[Place, Decimal] = {}
    for place in places:
        for each, weight in sums.weights[place].items():
            across = (each[0] == "applications.row_total") == (along == "column")
            if across and each in sums.gaps:
                changes[place] = -weight * sums.gaps[each]
    return changes
