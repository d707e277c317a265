"""A grid's rows as the form readers see them: what the author typed in each, with every text's labels and value."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import msgspec

import data
from reports.document import Cell, Grid
from reports.forms import figures
from reports.record import Cell as RecordCell
from reports.record import Number, Problem, Table
from reports.tables.labels import Label, fold, labels_of
from reports.tables.numbers import BLANK, Value, as_count, plain, read_value, spelled


class Token(msgspec.Struct, frozen=True):
    """One text: the labels that it may be, or the value that it prints."""

    text: str
    labels: tuple[Label, ...]
    value: Value
    numeric: bool = False  # a number is printed, plain or with a note
    blank: bool = False  # nothing is printed
    of_applications: bool = False  # a label of table 3 that no other table has

    def label(self, kind: str) -> Label | None:
        """The label of this kind, if the text is one."""
        for label in self.labels:
            if label.kind == kind:
                return label
        return None


OWN_ROWS = frozenset({"other_other", "handled_total"})  # 其他, 总计: words of other tables too
_NOTHING = Token("", (), BLANK, False, True)
_NO_VALUE = Value("unreadable", reason="a label")


@functools.cache
def _money_columns() -> frozenset[str]:
    return frozenset(figure.column for figure in figures() if figure.decimals)


@functools.lru_cache(maxsize=16384)
def token_of(text: str) -> Token:
    """The token of a text; the same texts come again and again, so it is kept."""
    if not text:
        return _NOTHING
    if text.isascii() and text.isdigit():
        value = read_value(text)
        return Token(text, (), value, value.number is not None)
    labels = labels_of(text)
    if labels and not (text[0].isdigit() and _is_noted_figure(text, labels)):
        return Token(text, labels, _NO_VALUE, of_applications=any(map(_is_of_applications, labels)))
    value = read_value(text)
    return Token(text, (), value, value.number is not None, value.state == "blank")


def _is_noted_figure(text: str, labels: tuple[Label, ...]) -> bool:
    """Whether a text that holds a label's words is a figure with a note: 43（含上年结转）."""
    return _noted().match(unicodedata.normalize("NFKC", text)) is not None and not any(each.exact for each in labels)


@functools.cache
def _noted() -> re.Pattern[str]:
    cells = data.load_yaml("forms/cells.yaml")
    counters, begins = ("|".join(map(re.escape, cells[name])) for name in ("counters", "notes_begin"))
    return re.compile(rf"[0-9][0-9,]*\s*(?:{counters})?\s*\((?:{begins})")


def _is_of_applications(label: Label) -> bool:
    return (label.kind == "row" and label.key not in OWN_ROWS) or (label.kind == "group" and label.exact)


class Row:
    """A row of a grid: its own cells in source order and their tokens."""

    __slots__ = ("_by_kind", "cells", "grid", "index", "kinds", "labelled", "numbers", "of_applications", "tokens")

    def __init__(self, grid: Grid, index: int) -> None:
        self.grid = grid
        self.index = index
        self.cells = cells = grid.own_cells(index)
        self.tokens = tokens = [token_of(cell.text) for cell in cells]
        self._by_kind: dict[str, list[tuple[Cell, Label]]] = {}
        self.labelled: list[tuple[Cell, Label]] = []
        self.of_applications = False  # it carries a label of table 3 that no other table has
        numbers = 0
        for place, token in enumerate(tokens):
            if token.numeric:
                numbers += 1
            elif token.labels:
                self.of_applications |= token.of_applications
                for label in token.labels:
                    pair = cells[place], label
                    self.labelled.append(pair)
                    self._by_kind.setdefault(label.kind, []).append(pair)
        self.kinds = self._by_kind.keys()
        self.numbers = numbers  # how many of its own cells print a number

    @property
    def where(self) -> str:
        """The place in words for a problem."""
        return f"table {self.grid.index}, row {self.index}"

    def labels(self, kind: str) -> Sequence[tuple[Cell, Label]]:
        """The cells that are a label of this kind."""
        return self._by_kind.get(kind, ())

    def covering(self) -> list[Cell]:
        """Every cell that covers this row, once, from left to right, those that began above included."""
        seen: list[Cell] = []
        for cell in self.grid.rows[self.index]:
            if cell is not None and (not seen or seen[-1] is not cell):
                seen.append(cell)
        return seen


@dataclass(slots=True)
class Extra:
    """A row that the form does not have (or a sub-total), with its figures by column, kept beside the form's own."""

    name: str
    where: str
    values: dict[str, Number | None]
    after: str | None
    group: str | None = None

    @property
    def is_part(self) -> bool:
        """The row says what is in the row above it (其中：网上申请), and adds nothing to a sum."""
        return fold(self.name.split(" ")[-1]).startswith("其中")


@dataclass(slots=True)
class Reading:
    """One table as one model of reading saw it.

    ``gaps`` says what is missing or could not be read, ``doubts`` where a sum must settle the reading; ``unexplained``
    are rows and columns that the form does not have and that print numbers.
    """

    table: Table
    cells: dict[tuple[str, str], RecordCell] = field(default_factory=dict)
    generation: str | None = None
    tentative: set[tuple[str, str]] = field(default_factory=set)
    extras: list[Extra] = field(default_factory=list)
    gaps: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    units: dict[tuple[str, str], str | None] = field(default_factory=dict)  # that headings give to sums of money
    inferred: bool = False  # some row had other cells than the header has columns
    order_only: bool = False  # columns taken from the form's order, because no header was there

    def value(self, row: str, column: str) -> Number | None:
        """The figure at a place, None where it is blank or absent."""
        cell = self.cells.get((row, column))
        return cell.value if cell else None

    def put(self, row: str, column: str, cell: Cell, value: Value, grid: Grid) -> None:
        """Record a cell of a grid; what cannot be read is a gap with its place."""
        if value.number.__class__ is Decimal and column not in _money_columns():
            value = as_count(value)
        elif value.state == "unreadable":
            value = spelled(value, cell.text)
        box, number, state = cell.box, value.number, value.state
        place = (grid.index, cell.row, cell.column)
        if cell.__class__ is not Cell:
            place = getattr(cell, "origin", None) or place  # a cell that was moved to be read
        self.cells[row, column] = RecordCell(
            table=self.table,
            row=row,
            column=column,
            raw=cell.text,
            value=number if number.__class__ is int else plain(number),
            state=state,
            position=place,
            box=(box.page, box.left, box.top, box.right, box.bottom) if box is not None else None,
            note=value.note,
        )
        if value.tentative:
            self.tentative.add((row, column))
        if state == "unreadable":
            self.gaps.append(
                Problem(
                    code="cell-unreadable",
                    message=f"{self.table}.{row}.{column} cannot be read: {value.reason or 'not a number'}",
                    where=f"table {place[0]}, row {place[1]}, column {place[2]}",
                )
            )

    def take_out(self, row: str, column: str) -> RecordCell | None:
        """The cell at a place, which is no figure of the form after all; None where there is none."""
        self.tentative.discard((row, column))
        return self.cells.pop((row, column), None)

    def gap(self, code: str, message: str, where: str = "") -> None:
        """Something is missing or unreadable: the table cannot be verified."""
        self.gaps.append(Problem(code=code, message=message, where=where))

    def problem(self, code: str, message: str, where: str = "", severity: str = "warning") -> None:
        """Something a person should know that leaves the figures as they are."""
        self.problems.append(Problem(code=code, message=message, where=where, severity=severity))  # type: ignore[arg-type]
