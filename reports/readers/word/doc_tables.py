"""The tables of a Word 97-2003 file, also those inside cells, from paragraphs and the marks that end them.

In the outermost table ``\\x07`` ends cells and rows. A table in a cell has ordinary paragraph ends instead, whose
properties say that they end a cell or a row, and how deep they stand ([MS-DOC] on sprmPItap, sprmPFInnerTableCell and
sprmPFInnerTtp).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from reports.readers.edges import EdgedCell, table_from_edges
from reports.readers.flow import Line, Table
from reports.readers.word.doc_paragraphs import ParagraphShape

DEEPEST: Final = 8
_CELL_END: Final = "\x07"
_Row = tuple[list[list[Line | Table]], ParagraphShape]


@dataclass(slots=True)
class _Open:
    """A table whose end has not come: rows, the cells of the row that is open, the blocks of the cell that is open."""

    rows: list[_Row] = field(default_factory=list)
    cells: list[list[Line | Table]] = field(default_factory=list)
    blocks: list[Line | Table] = field(default_factory=list)


@dataclass(slots=True)
class DocTables:
    """The flow of a text: paragraphs and tables. ``number`` gives each table its number in the file.

    ``shaped`` is whether the file tells the properties of paragraphs at all: old ones do not, and an empty cell behind
    others then ends the row.
    """

    number: Callable[[], int]
    shaped: bool
    blocks: list[Line | Table] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=list)

    def take(self, printed: list[Line | Table], mark: str, shape: ParagraphShape | None) -> None:
        """A paragraph ends with a mark: what it prints, and its properties."""
        depth = min(shape.depth, DEEPEST) if shape is not None and shape.in_table else 0
        if mark == _CELL_END:
            self._outer(printed, shape)
        elif depth > 1:
            self._inner(printed, depth, shape or ParagraphShape())
        elif (shape is not None and shape.in_table) or (self._open and self._open[0].cells):
            self._at(1).blocks += printed
        else:
            pending = self._open[0].blocks if self._open else []
            self._close(0)
            self.blocks += [*pending, *printed]

    def end(self, printed: list[Line | Table]) -> list[Line | Table]:
        """The text ends with what is behind the last mark; all of it."""
        pending = self._open[0].blocks if self._open else []
        self._close(0)
        return [*self.blocks, *pending, *printed]

    def _outer(self, printed: list[Line | Table], shape: ParagraphShape | None) -> None:
        table = self._at(1)
        if shape is not None and self.shaped:
            ends_row = shape.row_end
        else:
            ends_row = not printed and not table.blocks and bool(table.cells)
        table.blocks += printed
        if ends_row:
            _end_row(table, shape or ParagraphShape())
        else:
            _end_cell(table)

    def _inner(self, printed: list[Line | Table], depth: int, shape: ParagraphShape) -> None:
        table = self._at(depth)
        table.blocks += printed
        if shape.inner_row_end:
            _end_row(table, shape)
        elif shape.inner_cell:
            _end_cell(table)

    def _at(self, depth: int) -> _Open:
        """The open table at a depth; deeper ones end, and missing ones begin."""
        self._close(depth)
        while len(self._open) < depth:
            self._open.append(_Open())
        return self._open[-1]

    def _close(self, depth: int) -> None:
        while len(self._open) > depth:
            table = self._open.pop()
            if table.cells:
                table.rows.append((table.cells, ParagraphShape()))
            around = self._open[-1].blocks if self._open else self.blocks
            if table.rows:
                made = _table(table.rows, self.number())
                made.nested = bool(self._open)
                around.append(made)
            if self._open:
                around += table.blocks


def _end_cell(table: _Open) -> None:
    table.cells.append(table.blocks)
    table.blocks = []


def _end_row(table: _Open, shape: ParagraphShape) -> None:
    if not shape.unseen_row:
        table.rows.append((table.cells, shape))
    table.cells, table.blocks = [], []


def _table(rows: list[_Row], index: int) -> Table:
    edged: list[list[EdgedCell]] = []
    starts: list[int] = []
    known = True
    for cells, shape in rows:
        known = known and len(shape.edges) == len(cells) + 1
        row = []
        for number, blocks in enumerate(cells):
            flags = shape.shapes[number] if number < len(shape.shapes) else 0
            vertical = shape.vertical.get(number, 3 if flags & 0x40 else 1 if flags & 0x20 else 0)
            edge = shape.edges[number + 1] if number + 1 < len(shape.edges) else number + 1
            row.append(EdgedCell(blocks, edge, bool(flags & 2), vertical == 3, vertical == 1))
        edged.append(row)
        starts.append(shape.edges[0] if shape.edges else 0)
    if known:
        return table_from_edges(index, edged, starts)
    for row in edged:
        for number, cell in enumerate(row):
            cell.edge, cell.sideways, cell.begins, cell.down = 1000 * (number + 1), False, False, False
    table = table_from_edges(index, edged)
    table.ruled = False
    table.uncertain.append("merged cells are lost: the cells of a row are packed to the left")
    return table
