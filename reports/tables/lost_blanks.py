"""Rows of table 3 in a text without marks that print fewer figures than there are columns: a blank leaves no trace.

A row without any figure is blank, where the text leaves no figure over that might be its own. Where a row prints some,
only the sums can tell under which columns: a cell is read if all arrangements that balance agree on it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from reports.document import Cell
from reports.tables.align import Column
from reports.tables.applications_form import COLUMNS, OTHERS, rows_of
from reports.tables.arranged import Arrangement, TooManyWays, balanced_arrangements, ways_of
from reports.tables.listed import is_value
from reports.tables.numbers import BLANK
from reports.tables.rows import Reading, Row, token_of

#: What is said of a grid whose rows were made of all the lines of a text, in their order.
MADE_OF_LINES = "rows were made from single lines by their labels; blanks are lost"
_LEFT_OVER = frozenset(("row-unknown", "row-misaligned", "row-twice"))  # problems of a table with figures too many
_NOT_READ = re.compile(r"(?<=.)[（(\[【][^（()）]*[0-9０-９/／][^（()）]*[)）\]】]\s*$")  # figures behind a label


class LostBlanks:
    """The rows that wait until the whole table has been read."""

    def __init__(self) -> None:
        self._rows: dict[str, tuple[Row, list[Cell]]] = {}
        self._passed_by = False  # a text with figures in it stands between the rows, and is none of them

    def pass_by(self, row: Row, start: int) -> None:
        """A row that the form does not have, whose name ends before its ``start``-th cell."""
        self._passed_by |= not row.numbers and any(any(map(str.isdigit, cell.text)) for cell in row.cells[start - 1 :])

    def take(self, key: str, row: Row, start: int) -> bool:
        """Whether the row is one of them: too few figures stand behind its label, the ``start``-th text."""
        figures = row.cells[start:]
        if MADE_OF_LINES not in row.grid.uncertain or len(figures) >= len(COLUMNS):
            return False
        if not all(is_value(token) for token in row.tokens[start:]) or _NOT_READ.search(row.cells[start - 1].text):
            return False
        self._rows.setdefault(key, (row, figures))
        return True

    def leave(self, key: str) -> bool:
        """Whether the label of this row has stood alone so far: figures that follow it now are the row's own."""
        alone = key in self._rows and not self._rows[key][1]
        if alone:
            del self._rows[key]
        return alone

    def settle(self, reading: Reading, columns: list[Column], keys: set[str], left_over: bool) -> None:
        """Put the cells of these rows that are known: ``keys`` are those of all rows of the table.

        ``left_over``: figures stand in the table without a label.
        """
        if not self._rows:
            return
        possible = {key: _possible(figures) for key, (_, figures) in self._rows.items()}
        left_over |= (
            self._passed_by or any(gap.code in _LEFT_OVER for gap in reading.gaps) or not all(possible.values())
        )
        alone = [key for key, (_, figures) in self._rows.items() if not figures]
        left_over |= bool(alone) and any(  # noughts beside a piece of a label are that row's
            value is not None for extra in reading.extras for value in extra.values.values()
        )
        if (
            left_over
            or [column.key for column in columns] != list(COLUMNS)
            or not (reading.cells or len(alone) < len(possible))
        ):
            for key, (row, _) in self._rows.items():
                reading.gap("row-misaligned", f"the cells of {key} do not match the columns", row.where)
            return
        balanced = _balanced(reading, possible, "2021" if keys & set(OTHERS) else "2019")
        for key, (row, figures) in self._rows.items():
            _put(reading, key, row, figures, balanced.get(key, set()) if figures else set(possible[key]))
        where = next(row for row, _ in self._rows.values()).where
        if alone:
            told = f"behind the labels of {len(alone)} rows the text prints no figure: their cells are blank"
            reading.problem("rows-blank", told, where, "info")
        if arranged := [key for key in possible if key not in alone and len(balanced.get(key, ())) == 1]:
            told = f"the figures of {len(arranged)} rows stand where alone all sums balance: blank cells left no trace"
            reading.problem("rows-arranged", told, where)


def _possible(figures: list[Cell]) -> list[Arrangement]:
    """Where a row's figures can stand by its own sum; nowhere if one of them is no count."""
    counts = [value for cell in figures if isinstance(value := token_of(cell.text).value.figure, int)]
    return ways_of(counts, len(COLUMNS)) if len(counts) == len(figures) else []


def _balanced(
    reading: Reading, possible: Mapping[str, list[Arrangement]], generation: str
) -> Mapping[str, set[Arrangement]]:
    """Where the rows' figures can stand so that all sums balance; nothing where other rows are not all known.

    Nor where one keeps blank cells, which its places told: if these are moved, all others would be moved by the sums.
    """
    ways = dict(possible)
    for key in rows_of(generation):
        if key not in ways:
            if reading.extras or any((key, column) not in reading.cells for column in COLUMNS):
                return {}
            values = [reading.value(key, column) for column in COLUMNS]
            if None in values:
                return {}
            ways[key] = [tuple(value if isinstance(value, int) else None for value in values)]
    try:
        return balanced_arrangements(ways)
    except TooManyWays:
        return {}


def _put(reading: Reading, key: str, row: Row, figures: list[Cell], ways: set[Arrangement]) -> None:
    """The cells on which all arrangements agree; the others are missing."""
    if not ways:
        reading.gap("row-misaligned", f"the cells of {key} do not match the columns", row.where)
        return
    way = next(iter(ways))
    for place, column in enumerate(COLUMNS):
        if len({each[place] for each in ways}) > 1:
            told = f"nothing tells what the row {key} prints for {column}: blank cells left no trace"
            reading.gap("cell-missing", told, row.where)
        elif way[place] is None:
            reading.put(key, column, Cell("", row.index, len(row.cells) + place), BLANK, row.grid)
        else:
            cell = figures[sum(figure is not None for figure in way[:place])]
            reading.put(key, column, cell, token_of(cell.text).value, row.grid)
