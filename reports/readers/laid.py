"""Where the cells of a table lie, found out once for all tables whose cells claim the same spans.

The forms are national, so that most tables lie like others that were read before: then only their texts are new.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from operator import attrgetter

from reports.document import Cell
from reports.readers.spans import RawCell, Spanning, expand

MOST = 3_000  # cells of a table whose places are kept: the forms have some three hundred
_spans, _text, _box = attrgetter("rowspan", "colspan"), attrgetter("text"), attrgetter("box")


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """Places of cells, whatever they say: the same object for all tables that lie alike, as long as it is kept."""

    rows: list[list[int]]  # the numbers of the cells that cover each row's places; -1 where none does
    own: list[list[int]]  # of those that begin in the row
    places: list[tuple[int, ...]]  # the rows of all cells, their columns, rowspans and colspans
    notes: list[str]  # what was doubtful, in words


@dataclass(frozen=True, slots=True)
class Placed:
    """The cells of one table at their places. Of very large ones ``own`` and ``laid`` are not told."""

    rows: list[list[Cell | None]]
    notes: list[str]
    own: list[list[Cell]] | None = None
    laid: Laid | None = None


def place(raw: Sequence[Sequence[Spanning]], groups: Sequence[int] = ()) -> Placed:
    """The cells of a source, row by row, in a rectangle. ``groups`` are the rows at which row groups begin."""
    claimed = list(chain.from_iterable(raw))
    if len(claimed) > MOST:
        return Placed(*expand(raw, groups))
    laid = _laid(tuple(map(len, raw)), tuple(map(_spans, claimed)), tuple(groups))
    cells = list(map(Cell, map(_text, claimed), *laid.places, map(_box, claimed)))
    slots = [*cells, None]
    rows = [list(map(slots.__getitem__, row)) for row in laid.rows]
    return Placed(rows, laid.notes, [list(map(cells.__getitem__, row)) for row in laid.own], laid)


@functools.lru_cache(maxsize=256)
def _laid(lengths: tuple[int, ...], spans: tuple[tuple[int, int], ...], groups: tuple[int, ...]) -> Laid:
    """``lengths``: how many cells the source has in each row; ``spans``: rowspan and colspan that each claims."""
    numbered = [RawCell(str(number), *claimed) for number, claimed in enumerate(spans)]
    raw = [numbered[start:end] for start, end in pairwise((0, *accumulate(lengths)))]
    rows, notes = expand(raw, groups)
    places = [(0, 0, 1, 1)] * len(spans)  # of cells that found no place
    own: list[list[int]] = []
    for y, row in enumerate(rows):
        begun = {int(cell.text): cell for cell in row if cell is not None and cell.row == y}
        for number, cell in begun.items():
            places[number] = (y, cell.column, cell.rowspan, cell.colspan)
        own.append(list(begun))
    covered = [[-1 if cell is None else int(cell.text) for cell in row] for row in rows]
    return Laid(covered, own, list(zip(*places, strict=True)) or [()] * 4, notes)
