"""From what a reader met, block by block, to the flow of a ``Document``.

Readers of marked-up text (HTML, DOCX, RTF) collect ``Line``s and ``Table``s as they stand nested in the source.
Laying them out expands merged cells, tells layout tables from tables of figures, and puts everything into one reading
order. No text is dropped: what stands in a layout table, or as prose in a cell, is a paragraph too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from operator import attrgetter
from typing import Literal

import msgspec

from reports.document import Box, Cell, Document, Grid, Paragraph
from reports.readers.laid import place
from reports.readers.marks import OBJECT, PICTURE
from reports.readers.typeset import fold

Region = Literal["body", "navigation", "footer"]

SHORT = 160  # characters of a nested table that are repeated in the cell around it
PROSE = 60  # characters with a full stop that make a line in a cell a sentence, not a label
_text, _nests, _inner = attrgetter("text"), attrgetter("nests"), attrgetter("prose", "holds_table")
_STOPS = re.compile(r"[。；;！？]")
_DIGITS = re.compile(r"^[\s]*[-+−]?[\d０-９][\d０-９,，.．]*")


class Line(msgspec.Struct, gc=False):
    """One printed line or paragraph before it has its place in the flow."""

    text: str
    linked: int = 0  # how many of its characters stand in links
    level: int | None = None
    hidden: bool = False
    region: Region = "body"
    page: int | None = None
    spaced: str = ""  # with its spaces and the empty lines before it, where they may part cells


class TableCell(msgspec.Struct):
    """A cell as the source has it: its blocks in order, and the spans that it claims."""

    blocks: list[Line | Table] = msgspec.field(default_factory=list)
    rowspan: int = 1
    colspan: int = 1
    box: Box | None = None
    text: str = ""
    prose: bool = False
    nests: bool = False  # holds a table too large to be repeated in its text
    holds_table: bool = False

    def close(self) -> None:
        """Settles the text, once all blocks are there."""
        pieces = []
        pictured = False
        for block in self.blocks:
            if isinstance(block, Line):
                if block.text == OBJECT:
                    pictured = True
                elif not block.hidden:
                    pieces.append(block.text)
                    self.prose = self.prose or is_prose(block.text)
                continue
            self.holds_table = True
            if block.hidden:
                continue
            if block.short is None:
                self.nests = True
            elif block.short:
                pieces.append(block.short)
        self.text = "\n".join(pieces) or (PICTURE if pictured else "")
        if len(pieces) > 3 and len(self.text) > 4 * PROSE:
            self.prose = True


def is_prose(text: str) -> bool:
    """Whether a line in a cell is a sentence, no label."""
    return len(text) >= PROSE and _STOPS.search(text) is not None


@dataclass(slots=True)
class Table:
    """A table as the source has it, row by row, before its merged cells are expanded."""

    index: int
    rows: list[list[TableCell]] = field(default_factory=list)
    hidden: bool = False
    nested: bool = False
    ruled: bool = True
    page: int | None = None
    sheet: str | None = None
    uncertain: list[str] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)  # rows at which a new row group begins: no span crosses them
    short: str | None = ""  # the text of a small table, None for one that is not small

    def close(self) -> None:
        """Settles ``short``, once all cells are closed."""
        pieces: list[str] = []
        size = 0
        for row in self.rows:
            for cell in row:
                size += len(cell.text) + 1
                if cell.nests or size > SHORT or len(pieces) > 12:
                    self.short = None
                    return
                if cell.text:
                    pieces.append(cell.text)
        self.short = "\n".join(pieces)

    def holds_more(self) -> bool:
        """Whether it holds more than a line that the cell around it repeats: of that, nobody sees it twice."""
        return self.short is None or "\n" in self.short or len(self.short) >= PROSE

    def is_layout(self) -> bool:
        """Whether the table arranges the page instead of holding figures."""
        cells = list(chain.from_iterable(self.rows))
        if any(map(_nests, cells)):
            return sum(1 for cell in cells if not cell.nests and _DIGITS.match(cell.text)) < 12
        texts = list(map(_text, cells))
        filled = len(texts) - texts.count("") - texts.count(PICTURE)
        if filled <= 1:
            return True
        if any(map(_DIGITS.match, texts)):
            return False
        if filled < 8 and any(cell.prose and cell.text not in ("", PICTURE) for cell in cells):
            return True
        return max(map(len, self.rows)) == 1


def says_the_same(covered: list[Line | Table], shown: list[Line | Table]) -> bool:
    """The covered part of a merged cell repeats what the cell says: programs fill it in, and no page shows it."""
    texts = [[block.text if isinstance(block, Line) else None for block in blocks] for blocks in (covered, shown)]
    return texts[0] == texts[1] and None not in texts[0]


def lay_out(blocks: Iterable[Line | Table], document: Document, boxes: Iterable[tuple[Line, Line]] = ()) -> None:
    """Appends the blocks to ``document.flow`` in reading order, expanding every table on the way.

    ``boxes``: the first and last lines of parts of the page, which the document keeps as paragraphs.
    """
    ends = {id(line) for box in boxes for line in box}
    became: dict[int, Paragraph] = {}
    count = sum(1 for part in document.flow if isinstance(part, Paragraph))
    stack: list[Iterator[Line | Table]] = [iter(blocks)]
    while stack:
        block = next(stack[-1], None)
        if block is None:
            stack.pop()
        elif isinstance(block, Line):
            if block.text != OBJECT:
                paragraph = _paragraph(block, count)
                document.flow.append(paragraph)
                count += 1
                if id(block) in ends:
                    became[id(block)] = paragraph
        else:
            grid = to_grid(block)
            document.flow.append(grid)
            if grid.layout:
                inside = [part for row in block.rows for cell in row for part in cell.blocks]
            else:
                inside = list(_inside(block))
            for part in inside if block.hidden else ():
                part.hidden = True
            stack.append(iter(inside))
    document.boxes += [
        (became[id(first)], became[id(last)]) for first, last in boxes if id(first) in became and id(last) in became
    ]


def insert(document: Document, other: Document) -> None:
    """Appends what another document says, as if it stood in this one."""
    paragraphs = sum(isinstance(part, Paragraph) for part in document.flow)
    tables = sum(isinstance(part, Grid) for part in document.flow)
    for part in other.flow:
        part.index += paragraphs if isinstance(part, Paragraph) else tables
    document.flow += other.flow
    document.headings += other.headings
    document.links += other.links
    document.images += other.images
    document.problems += other.problems


def _inside(table: Table) -> Iterator[Line | Table]:
    """What a table of figures holds besides figures: prose in a cell, and tables in it."""
    if True not in chain.from_iterable(map(_inner, chain.from_iterable(table.rows))):
        return
    for row in table.rows:
        for cell in row:
            if cell.prose or cell.holds_table:
                for part in cell.blocks:
                    if part.holds_more() if isinstance(part, Table) else cell.prose:
                        yield part


def _paragraph(line: Line, index: int) -> Paragraph:
    size = len(line.text)
    return Paragraph(line.text, index, line.level, min(1.0, line.linked / size) if size else 0.0,
                     line.hidden, line.region, line.page, line.spaced)  # fmt: skip


def to_grid(table: Table) -> Grid:
    """The table with its merged cells expanded."""
    placed = place(table.rows, table.groups)
    return Grid(table.index, placed.rows, page=table.page, sheet=table.sheet, hidden=table.hidden, nested=table.nested,
                layout=table.is_layout(), ruled=table.ruled, uncertain=[*table.uncertain, *placed.notes],
                own=placed.own, laid=placed.laid)  # fmt: skip


def plain_grid(index: int, texts: list[list[str | None]], *, ruled: bool = True, page: int | None = None,
               sheet: str | None = None, uncertain: list[str] | None = None) -> Grid:  # fmt: skip
    """A grid of unmerged cells from rows of texts; ``None`` is a place without a cell."""
    width = max((len(row) for row in texts), default=0)
    rows: list[list[Cell | None]] = []
    for y, row in enumerate(texts):
        rows.append([None if text is None else Cell(fold(text), y, x) for x, text in enumerate(row)])
        rows[-1] += [None] * (width - len(row))
    return Grid(index, rows, ruled=ruled, page=page, sheet=sheet, uncertain=uncertain or [])
