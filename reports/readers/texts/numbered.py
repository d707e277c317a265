"""Running numbers around a table of a text, of its rows and of its columns: no figures, and no part of a label."""

from __future__ import annotations

import itertools
import re

from reports.readers.texts.cells import FIGURE, Row

_NUMBER = re.compile(r"^[（(]?(\d{1,3})[)）.．、]?$")
_HEADS = frozenset(("序号", "编号", "行次"))
_LEAST = 3


def without_numbers(rows: list[Row]) -> list[Row]:
    """The rows with no cell where they print their number, and blank where they number the columns (0, 1, 2 …)."""
    rows = [["" for _ in row] if _counts([cell for cell in row if cell]) else row for row in rows]
    if not _are_numbered([row for row in rows if any(row)]):
        return rows
    return [[None, *row[1:]] if row and _NUMBER.match(row[0] or "") else row for row in rows]


def _are_numbered(rows: list[Row]) -> bool:
    """Each row prints one more than the row above, before its label, or a heading says so; each table begins anew."""
    found = [_NUMBER.match(row[0] or "") for row in rows]
    numbers = [int(each[1]) for each in found if each]
    if not numbers or any(below not in (above + 1, numbers[0]) for above, below in itertools.pairwise(numbers)):
        return False
    if any(row[0] in _HEADS for row in rows):
        return numbers[0] == 1 and all(
            each or not row[0] or row[0] in _HEADS for each, row in zip(found, rows, strict=True)
        )
    before_labels = sum(bool(each) and _is_text(row[1:2]) for each, row in zip(found, rows, strict=True))
    return before_labels >= _LEAST and numbers[0] in (0, 1) and all(found)


def _counts(cells: list[str]) -> bool:
    """0, 1, 2 …: a program's names of columns that have none."""
    return len(cells) > _LEAST and cells == [str(place) for place in range(len(cells))]


def _is_text(cells: Row) -> bool:
    return any(cell and not FIGURE.match(cell) for cell in cells)
