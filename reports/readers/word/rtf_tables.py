"""The tables of an RTF file, also those inside cells: rows and cells as they end, the innermost first.

A paragraph says how deep it stands (``\\itap``); ``\\cell`` and ``\\row`` end those of the outermost table,
``\\nestcell`` and ``\\nestrow`` those of a table in a cell, whose row's shape has a ``\\nesttableprops`` group.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from reports.readers.edges import EdgedCell, table_from_edges
from reports.readers.flow import Line, Table
from reports.readers.word.rtf_colours import Colours

DEEPEST: Final = 8
MOST_TABLES: Final = 2_000  # of a file; beyond it tables inside cells are read as text
_MOST_CELLS, _MOST_ROWS = 200, 5_000
_LOWEST: Final = 40  # twentieths of a point


@dataclass(slots=True)
class _Shape:
    """Of a cell: its right edge, how it is merged, and whether it has a ground."""

    edge: int = 0
    first_merged: bool = False
    merged: bool = False
    down_first: bool = False
    down: bool = False
    shaded: bool = False


@dataclass(slots=True)
class _Open:
    """A table whose end has not come: rows, the cells of the row that is open, the blocks of the cell that is open."""

    index: int
    rows: list[tuple[list[list[Line | Table]], list[_Shape]]] = field(default_factory=list)
    cells: list[list[Line | Table]] = field(default_factory=list)
    blocks: list[Line | Table] = field(default_factory=list)


@dataclass(slots=True)
class RtfTables:
    """The flow of the file: paragraphs and tables. ``level`` is how deep the present paragraph stands."""

    blocks: list[Line | Table] = field(default_factory=list)
    level: int = 0
    count: int = 0
    grounds: bool = False  # whether any cell of the file has a ground
    _open: list[_Open] = field(default_factory=list)
    _shapes: tuple[list[_Shape], list[_Shape]] = field(default_factory=lambda: ([], []))  # outermost, inner
    _unseen: list[bool] = field(default_factory=lambda: [False, False])  # the row that is open: outermost, inner
    _next: _Shape = field(default_factory=_Shape)

    def in_shaded_cell(self) -> bool:
        """Whether the cell that is open has a ground. Where its shape comes after it, it may have if any has."""
        shapes = self._shapes[0]
        place = len(self._open[0].cells) if self._open else 0
        if self.level > 1 or place >= len(shapes):
            return bool(self.level) and self.grounds
        return bool(self.level) and shapes[place].shaded

    def paragraph(self, lines: list[str]) -> None:
        """A paragraph ends."""
        if self.level:
            self._at(self.level).blocks += map(Line, lines)
            return
        self._close(0)
        self.blocks += map(Line, lines)

    def cell(self, lines: list[str], *, inner: bool) -> None:
        """A cell ends."""
        table = self._at(max(self.level, 2) if inner else 1)
        table.cells.append([*table.blocks, *map(Line, lines)])
        table.blocks = []

    def row(self, *, inner: bool) -> None:
        """A row ends."""
        table = self._at(max(self.level, 2) if inner else 1)
        if not self._unseen[inner] and len(table.cells) <= _MOST_CELLS and len(table.rows) < _MOST_ROWS:
            table.rows.append((table.cells, list(self._shapes[inner])))
        table.cells = []
        if not inner:
            self.level = 0

    def shape(self, *, inner: bool, edge: int | None = None) -> None:
        """A row's shape begins, or a cell's is complete with its right edge."""
        if edge is None:
            self._shapes[inner].clear()
            self._unseen[inner] = False
        else:
            self._next.edge = edge
            self._shapes[inner].append(self._next)
        self._next = _Shape()

    def height(self, value: int, *, inner: bool) -> None:
        """The height of a row: a negative one is exact, and may be next to nothing."""
        self._unseen[inner] = -_LOWEST <= value < 0

    def mark(self, word: bytes, *, ground: bool) -> None:
        """A property of the next cell's shape."""
        if word == b"clcbpat":
            self._next.shaded = ground
        else:
            setattr(self._next, _MARKS[word], True)

    def insert(self, blocks: list[Line | Table]) -> None:
        """What a text box says that hangs at the present place."""
        if self.level:
            self._at(self.level).blocks += blocks
            return
        self._close(0)
        self.blocks += blocks

    def end(self, lines: list[str]) -> None:
        """The file ends."""
        self.paragraph(lines)
        self._close(0)

    def _at(self, level: int) -> _Open:
        """The open table at a level; deeper ones end, and missing ones begin."""
        level = min(level, DEEPEST if self.count < MOST_TABLES else 1)
        self._close(level)
        while len(self._open) < level:
            self._open.append(_Open(self.count))
            self.count += 1
        return self._open[-1]

    def _close(self, level: int) -> None:
        while len(self._open) > level:
            table = self._open.pop()
            if table.cells:
                table.rows.append((table.cells, list(self._shapes[bool(self._open)])))
            around = self._open[-1].blocks if self._open else self.blocks
            if table.rows:
                around.append(_table(table, nested=bool(self._open)))
            around += table.blocks


_MARKS: Final = {b"clmgf": "first_merged", b"clmrg": "merged", b"clvmgf": "down_first", b"clvmrg": "down"}


def table_word(tables: RtfTables, word: bytes, value: int | None, colours: Colours, *, inner: bool) -> bool:
    """Takes in a control word that is about tables; False where it is not."""
    if word == b"intbl":
        tables.level = max(tables.level, 1)
    elif word == b"itap":
        tables.level = min(max(value or 0, 0), DEEPEST)
    elif word == b"pard":
        tables.level = 0
    elif word == b"trowd":
        tables.shape(inner=inner)
    elif word == b"trrh":
        tables.height(value or 0, inner=inner)
    elif word == b"cellx":
        tables.shape(inner=inner, edge=value or 0)
    elif word in _MARKS or word == b"clcbpat":
        tables.mark(word, ground=colours.is_ground(value))
    elif word in (b"row", b"nestrow"):
        tables.row(inner=word == b"nestrow")
    else:
        return False
    return True


def _table(table: _Open, *, nested: bool) -> Table:
    edged = []
    for cells, shapes in table.rows:
        while len(cells) > len(shapes) > 0 and not cells[-1]:
            cells.pop()  # programs end more cells than the row has, behind tables in its cells
        if len(shapes) != len(cells):
            shapes = [_Shape(number + 1) for number in range(len(cells))]
        edged.append(
            [
                EdgedCell(blocks, shape.edge, shape.merged, shape.down_first, shape.down)
                for blocks, shape in zip(cells, shapes, strict=True)
            ]
        )
    made = table_from_edges(table.index, edged)
    made.nested = nested
    return made
