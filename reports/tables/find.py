"""The three tables of a report, found by labels and figures wherever they stand: split, joined, or twice on a page.

The grids are walked first; where that leaves gaps, loose lines are made into rows and walked again.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection

from reports.document import Document, Grid
from reports.forms import TABLES
from reports.record import Table
from reports.tables.instances import Tables
from reports.tables.recalled import recall
from reports.tables.rows import Reading
from reports.tables.rows_apart import joined
from reports.tables.sequence import as_sequence, barred
from reports.tables.sheet_blocks import apart
from reports.tables.walk import Walk

MOST_BESIDE = 8  # rows of table 3 named in lines of their own: a narrative names fewer


def find_tables(document: Document, places: bool = False, wanted: Collection[Table] = TABLES) -> list[Tables]:
    """The reports' tables of a document, in reading order; empty where it has none.

    ``places``: name cells only by where they lie under the headings, the independent second model. Grids of figures go
    before layout tables and hidden copies, which are read only where nothing else is there. ``wanted`` are the tables
    that are looked for in lines too, where the grids do not hold them as a whole.
    """
    shown = [grid for grid in document.grids if not grid.hidden]
    plain = [grid for grid in shown if not grid.layout]
    best: list[Tables] = []
    for chosen in (plain, shown) if len(plain) < len(shown) else (shown,):
        ids = {id(grid) for grid in chosen}
        found = Walk(document, ids, places).run() if places else recall(document, ids)
        if found and all(_whole(tables, wanted) for tables in found) and not _share_a_sheet(document, found):
            return found
        if _count(found) > _count(best):
            best = found
    best = _from_blocks(document, _from_lines(document, best, places), places)
    if not best and any(part.hidden for part in document.flow):
        best = Walk(document, {id(grid) for grid in document.grids}, places).run()
        best = _from_lines(document, best, places, hidden=True)
        for tables in best:
            tables.hidden = True
    return best


def _whole(tables: Tables, wanted: Collection[Table]) -> bool:
    return all(table in tables.readings for table in wanted) and not any(
        gap.code in ("row-missing", "figure-missing", "row-misaligned")
        for table in wanted
        for gap in tables.readings[table].gaps
    )


def _share_a_sheet(document: Document, found: list[Tables]) -> bool:
    """Two reports end and begin in one sheet: where, its rows do not say."""
    if len(found) < 2:
        return False
    sheets = {place for place, part in enumerate(document.flow) if isinstance(part, Grid) and part.sheet is not None}
    return any(one.last == other.first and one.last in sheets for one, other in itertools.pairwise(found))


def _from_blocks(document: Document, found: list[Tables], places: bool) -> list[Tables]:
    """Read the blocks of a workbook's sheets, if that gives more figures than whole sheets, or parts reports."""
    if not any(grid.sheet is not None for grid in document.grids) or (blocks := apart(document)) is None:
        return found
    again = Walk(blocks, {id(grid) for grid in blocks.grids if not grid.hidden}, places).run()
    more = _count(again) - _count(found)
    if more > 0 or (more == 0 and len(again) == len(found) and _share_a_sheet(document, found)):
        for tables in again:
            tables.flow = blocks.flow
        return again
    return found


def _from_lines(document: Document, found: list[Tables], places: bool, hidden: bool = False) -> list[Tables]:
    """Read tables that have lost their shape, if that gives more figures than the grids as they stand."""
    parted = barred(document)
    in_order = parted or document
    in_lines = (as_sequence(in_order, hidden=hidden), as_sequence(in_order, keep=True, hidden=hidden))
    for reshaped in (joined(document), parted, *in_lines):
        if reshaped is not None:
            again = Walk(reshaped, {id(grid) for grid in reshaped.grids if hidden or not grid.hidden}, places).run()
            if len(again) == len(found) == 1:
                _take_over(found[0], again[0])
            elif _count(again) > _count(found):
                found = again
                for tables in found:
                    tables.flow = reshaped.flow
    return found


def _take_over(found: Tables, again: Tables) -> None:
    """Of two ways of shaping one report's tables, each table is taken where more of it was read, with fewer gaps."""
    for table, reading in again.readings.items():
        before = found.readings.get(table)
        if before is None or _worth(before) < _worth(reading):
            found.readings[table] = reading
            if table == "applications":
                found.beside = again.beside  # the lines that named its rows are rows now


def _worth(reading: Reading) -> tuple[int, int]:
    return len(reading.cells), -len(reading.gaps)


def _count(found: list[Tables]) -> int:
    return sum(len(reading.cells) for tables in found for reading in tables.readings.values())
