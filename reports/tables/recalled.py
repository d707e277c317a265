"""Tables that are laid out like some that were read before: what each cell is, is known, and only figures are new.

The forms are national: most organs print the same words in the same cells, and the figures alone differ. So what was
found out about the cells of one page's tables is kept, and taken for the next page whose tables are *alike*: as many
rows and columns, each cell at the same place with the same spans, the same text in each cell, but for plain figures.

Why a page is read so as it would be row by row. The readers of rows ask of a plain figure only whether it is one. Where
they ask more, nothing is recalled:

* years say of which time a column or a label is: numbers that may be years (20xx) count as words, and a table that
  names a year is not kept;
* figures printed twice, serial numbers, sub-totals and rows of the organ's own are compared with others: a table is
  kept only if each of its plain figures was read at one place of the form, with nothing left over or doubted;
* sums of money, and counts in 万件, are converted by their unit, and doubted where they are much: anew for each;
* rows whose blanks left no trace are arranged by their sums: only grids whose cells are known are kept.

What stood around the tables (a caption, a unit, applicants, the tables before) is a part of what must be alike. Where
any table of a page is not like one that was read, all of the page is read row by row.
"""

from __future__ import annotations

import functools
import re
from typing import Final, NamedTuple

from reports.document import Document, Grid
from reports.record import Cell as RecordCell
from reports.record import Table
from reports.tables.in_form import in_form
from reports.tables.instances import Instance, Tables
from reports.tables.labels import fold_characters
from reports.tables.limits import WIDEST
from reports.tables.numbers import in_unit
from reports.tables.rows import Reading, token_of
from reports.tables.walk import Walk

MOST_ROWS: Final = 80  # the three forms in one grid have some sixty
MOST_KEPT: Final = 200  # grids, of some 20 KB each: the organs of a portal print few forms in many ways
_LONGEST = 13  # digits
_DECIMAL = re.compile(r"(?:0|[1-9]\d{0,8})\.\d{1,2}", re.ASCII)  # with three digits the point may part thousands
_YEAR = re.compile("20[0-9]{2}")

Shape = tuple[object, tuple[str, ...]]  # how its cells lie, and what they say
Key = tuple[str, str]  # a row and a column of a form
Read = tuple[tuple[Table, str | None], ...]  # tables with their generations


class Around(NamedTuple):
    """What a walk knows at a grid by what went before, as far as rows are read by it."""

    current: Table | None
    caption: str | None
    named: tuple[str, ...]
    unit: str | None


class Printed(NamedTuple):
    """One of the forms' tables as a grid prints it: where each figure stands, by row and column of the grid."""

    table: Table
    generation: str | None
    places: dict[Key, tuple[int, int]]
    units: dict[Key, str | None]  # that the headings give to sums of money, and to counts in 万件
    inferred: bool


class UnlikeError(Exception):
    """A grid with words of the forms in it is not laid out like any that was read."""


#: By what the walk knew, the tables that it had read and the grid's shape: its tables, and what the walk knew then.
_known: dict[tuple[Around, Read, Shape], tuple[list[Printed], Around]] = {}


def recall(document: Document, chosen: set[int]) -> list[Tables]:
    """The reports' tables among the chosen grids: recalled where all are alike others, else read row by row."""
    try:
        return _Recalling(document, chosen, places=False).run()
    except UnlikeError:
        return _Learning(document, chosen, places=False).run()


def shape_of(grid: Grid) -> Shape | None:
    """All that a grid prints, but for the values of plain figures; None where its cells' places are not known."""
    if grid.laid is None or not grid.ruled or grid.uncertain or len(grid.rows) > MOST_ROWS or grid.width > WIDEST:
        return None
    texts = [cell.text for row in grid.own or () for cell in row]
    return grid.laid, tuple(map(alike, texts))


@functools.lru_cache(maxsize=8192)
def alike(text: str) -> str:
    """A text as a shape has it; the same texts come again and again, so it is kept."""
    return "0" if is_figure(text) else text


def is_figure(text: str) -> bool:
    """Whether a text is a plain figure: a number by any reading of it, and no year."""
    if text.isdecimal() and text.isascii():
        size = len(text)
        return size == 1 or (text[0] != "0" and size <= _LONGEST and not (size == 4 and text[:2] == "20"))
    return text[:1].isdecimal() and _DECIMAL.fullmatch(text) is not None


class _Finished:
    """In the place of a table's reader: the table has been read."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def finish(self) -> Reading:
        return self.reading


class _Recalling(Walk):
    """A walk that knows each grid with figures of the forms from another page; ``UnlikeError`` where it does not."""

    def _grid(self, grid: Grid) -> None:
        shape = shape_of(grid)
        read = tuple((each.table, each.reader.reading.generation) for each in self._instances)
        around = Around(self._current, self._caption, tuple(self._named), self._unit)
        known = _known.pop((around, read, shape), None) if shape is not None else None
        if known is None or shape is None:
            self._pass_by(grid)
            return
        _known[around, read, shape] = known  # at the end: it was asked for last
        tables, after = known
        for printed in tables:
            reader = _Finished(_filled(grid, printed))
            self._instances.append(Instance(printed.table, reader, self._at, self._at, self._headings))
        self._current, self._caption, self._unit = after.current, after.caption, after.unit
        self._named = list(after.named)

    def _pass_by(self, grid: Grid) -> None:
        """A grid that a walk leaves alone, whatever its figures: no words of the forms stand in it."""
        if grid.width > WIDEST or not self._promising(grid):
            return
        rows = in_form(grid, self._document)
        if len(rows) == 1 or any(row.labelled for row in rows):  # one row may go on with a cut table
            raise UnlikeError


def _filled(grid: Grid, printed: Printed) -> Reading:
    """A table with the figures of this grid."""
    table, index, units, rows = printed.table, grid.index, printed.units, grid.rows
    reading = Reading(table, generation=printed.generation, grids=[grid], units=units, inferred=printed.inferred)
    cells = reading.cells
    for key, (y, x) in printed.places.items():
        cell = rows[y][x]
        assert cell is not None  # the grid is alike another that has a cell there
        text = cell.text
        if text.isdecimal() and text.isascii() and cell.box is None:  # nearly all
            row, column = key
            cells[key] = RecordCell(table=table, row=row, column=column, raw=text, value=int(text), state="number",
                                    position=(index, y, x))  # fmt: skip
        else:
            reading.put(*key, cell, token_of(text).value, grid)
    for key, unit in units.items():
        y, x = printed.places[key]
        if (cell := rows[y][x]) is not None:
            reading.put(*key, cell, in_unit(token_of(cell.text).value, unit, cell.text), grid)
    return reading


class _Learning(Walk):
    """A walk row by row that keeps what it finds out about grids."""

    def __init__(self, document: Document, chosen: set[int], places: bool) -> None:
        super().__init__(document, chosen, places)
        self._passed: list[tuple[Grid, Around, list[Instance], Around]] = []

    def run(self) -> list[Tables]:
        """As any walk; what can be recalled is kept."""
        found = super().run()
        if len({each.table for each in self._instances}) == len(self._instances):
            self._keep()
        return found

    def _grid(self, grid: Grid) -> None:
        begun, before = len(self._instances), self._around()
        super()._grid(grid)
        after = self._around()
        if len(self._instances) > begun and before is not None and after is not None:
            self._passed.append((grid, before, self._instances[begun:], after))

    def _around(self) -> Around | None:
        """None where heading rows wait for their figures."""
        if any(self._headers.values()):
            return None
        return Around(self._current, self._caption, tuple(self._named), self._unit)

    def _keep(self) -> None:
        """Keeps the grids up to the first that cannot be recalled: what follows was read after it."""
        read: Read = ()
        for grid, before, instances, after in self._passed:
            shape = shape_of(grid)
            if shape is None or not all(_is_clean(each, grid) for each in instances):
                return
            tables = [_printed(each.reader.reading) for each in instances]
            places = [place for printed in tables for place in printed.places.values()]
            own = [cell for row in grid.own or () for cell in row]
            figures = {(cell.row, cell.column) for cell in own if is_figure(cell.text)}
            if not figures <= set(places) or len(places) > len(set(places)):
                return
            if any(_names_a_year(cell.text) for cell in own):
                return
            _known[before, read, shape] = tables, after
            read += tuple((printed.table, printed.generation) for printed in tables)
        while len(_known) > MOST_KEPT:
            del _known[next(iter(_known))]


def _is_clean(instance: Instance, grid: Grid) -> bool:
    """Whether a table was read from one grid alone, and nothing is to be said of it."""
    reading = instance.reader.reading
    told = reading.gaps or reading.problems or reading.extras or reading.tentative or reading.order_only
    return not told and len(reading.grids) == 1 and reading.grids[0] is grid and instance.first == instance.last


def _printed(reading: Reading) -> Printed:
    places = {key: (cell.position[1], cell.position[2]) for key, cell in reading.cells.items()}
    return Printed(reading.table, reading.generation, places, reading.units, reading.inferred)


def _names_a_year(text: str) -> bool:
    return not is_figure(text) and _YEAR.search(fold_characters(text)) is not None
