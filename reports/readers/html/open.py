"""What is open while a page is walked: where its text goes, and what is due when an element ends."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import Any

import data
from reports.readers.flow import Line, Region, Table, TableCell
from reports.readers.html.kinds import (
    BLOCK,
    CELL,
    FOOT,
    HEADING,
    LINK,
    REGION,
    ROW,
    TABLE,
    UNHIDE,
)
from reports.readers.spaced import spaced
from reports.readers.typeset import one_line

BLOCK_END = (BLOCK,)
#: A report has six sections, each with its heading and its text: what holds fewer lines and tables is not its article.
LEAST = 8


@dataclass(slots=True)
class Walked:
    """What a page holds, before it is laid out. Addresses are as written."""

    blocks: list[Line | Table] = field(default_factory=list)
    title: str = ""
    headings: list[tuple[int, str]] = field(default_factory=list)  # (rank, text): 0 is <ucaptitle>, 2 <h1>, 3 by name
    meta: list[tuple[str, str]] = field(default_factory=list)
    tagged: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str, str, bool]] = field(default_factory=list)
    frames: list[str] = field(default_factory=list)
    framed: list[str] = field(default_factory=list)  # pages in frames that hold their markup themselves (srcdoc)
    images: list[tuple[str, str, str, str, bool, bool]] = field(default_factory=list)
    drawing: bool = False  # one that may hold a table
    scripts: list[str] = field(default_factory=list)
    base: str | None = None
    tables: int = 0
    struck: bool = False  # text struck through was left out of cells
    unsure: bool = False  # too many rules of style to tell what is shown
    left_out: set[int] = field(default_factory=set)  # elements of the tree that are not shown
    boxes: list[tuple[Line, Line]] = field(default_factory=list)  # first and last line of what could be the article

    def boxed(self, blocks: list[Line | Table], start: int) -> None:
        """An element ends that began at ``start``: keep it where it holds enough, and ends with a line."""
        if len(blocks) - start >= LEAST and isinstance(last := blocks[-1], Line):
            first = next(block for block in blocks[start:] if isinstance(block, Line))
            self.boxes.append((first, last))


@dataclass(slots=True)
class Sink:
    """Where lines go: the page, a cell, or something hidden."""

    blocks: list[Line | Table]
    pieces: list[str] = field(default_factory=list)
    linked: int = 0
    hidden: bool = False
    region: Region = "body"
    level: int | None = None

    def flush(self) -> None:
        if not self.pieces:
            return
        written = "".join(self.pieces)
        text = one_line(written)
        if text:
            linked = min(self.linked, len(text))
            self.blocks.append(
                Line(text, linked, self.level, self.hidden, self.region, spaced="" if linked else spaced(written))
            )
        self.pieces.clear()
        self.linked = 0


@dataclass(slots=True)
class State:
    """What is open while the tree is walked."""

    walked: Walked
    tables: list[Table] = field(default_factory=list)
    rows: list[list[TableCell]] = field(default_factory=list)
    link: tuple[str, str, list[str]] | None = None
    feet: list[tuple[Table, list[list[TableCell]], int]] = field(default_factory=list)

    def close(self, end: tuple[Any, ...], sink: Sink) -> Sink:
        """Does what is due at the end of an element, and says where the text goes from here on."""
        what = end[0]
        if what == BLOCK:
            sink.flush()
            if len(end) > 1:
                self.walked.boxed(sink.blocks, end[1])
        elif what == CELL:
            sink.flush()
            _, outer, cell, shown = end
            self.walked.boxed(cell.blocks, 0)
            cell.close()
            if shown and self.rows:
                self.rows[-1].append(cell)
            return outer  # type: ignore[no-any-return]
        elif what == ROW:
            cells = self.rows.pop()
            if end[1] or self.tables[-1].hidden:
                self.tables[-1].rows.append(cells)
            else:
                self.tables[-1].uncertain.append("a hidden row was left out")
        elif what == TABLE:
            sink.flush()
            table = self.tables.pop()
            while self.feet and self.feet[-1][0] is table:
                _, rows, last = self.feet.pop()
                if last < len(table.rows):  # a foot that is written before the body is shown after it
                    del table.rows[last - len(rows) : last]
                    table.groups = [group - len(rows) if group >= last else group for group in table.groups]
                    table.groups.append(len(table.rows))
                    table.rows += rows
            table.close()
            sink.blocks.append(table)
        elif what == LINK:
            if self.link is not None:
                href, title, pieces = self.link
                own = sink.region == "body" and not _leads_to_a_neighbour("".join(sink.pieces))
                self.walked.links.append((href, one_line("".join(pieces)), title, own))
            self.link = None
        elif what == HEADING:
            sink.flush()
            text = "\n".join(block.text for block in sink.blocks[end[1] :] if isinstance(block, Line))
            if text and len(text) < 300:
                self.walked.headings.append((end[3], text))
            sink.level = end[2]
        elif what == FOOT:
            table = self.tables[-1]
            self.feet.append((table, table.rows[end[1] :], len(table.rows)))
        elif what == REGION:
            sink.flush()
            sink.region = "body"
        elif what == UNHIDE:
            sink.flush()
            return end[1]  # type: ignore[no-any-return]
        else:
            for each in end[1:]:
                sink = self.close(each, sink)
        return sink


@functools.cache
def _neighbours() -> tuple[str, ...]:
    return tuple(data.load_yaml("readers/page_parts.yaml")["neighbours"])


def _leads_to_a_neighbour(line: str) -> bool:
    """Whether a line leads to another article of the column (上一篇：…): its file is none of this page's."""
    return line.lstrip().startswith(_neighbours())
