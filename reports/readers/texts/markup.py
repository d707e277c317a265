"""Tables of a text in the markup of wikis (``{| … |}``) and of AsciiDoc (``|=== … |===``), their spans included.

A cell a line, or several; ``| colspan="2" | text`` and ``2.3+| text`` reach over columns and rows. Tables without a
span are rows of packed cells as between other bars: programs that write them print blanks in the place of spans.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reports.document import Cell, Grid
from reports.readers.texts.cells import Row
from reports.readers.typeset import one_line

_MOST_LINES = 4000
_MOST_COLUMNS = 60
_MOST_SPAN = 100
_WIKI_OPEN, _WIKI_CLOSE = re.compile(r"\s*\{\|"), re.compile(r"\s*\|\}")
_WIKI_ROW, _WIKI_CAPTION = re.compile(r"\s*\|-"), re.compile(r"\s*\|\+")
_WIKI_CELL = re.compile(r"\s*([|!])")
_ATTRIBUTES = re.compile(r"\s*(?:[a-zA-Z-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[\w%#.-]+)\s*)+\|(?!\|)")
_SPAN = re.compile(r"\b(col|row)span\s*=\s*[\"']?(\d{1,3})", re.I)
_ASCIIDOC = re.compile(r"\s*[|!]={3,}\s*$")
_COLUMNS = re.compile(r"\[.*?\bcols\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([\w*,]+))")
_BAR = re.compile(r"(?:(?<=\s)|^)(?:(\d{1,3})?(?:\.(\d{1,3}))?\+)?[<^>]?(?:\.[<^>])?[aehlmdsv]?\|(?!=)")


@dataclass(slots=True)
class _Written:
    text: str
    across: int = 1
    down: int = 1


def marked_up(lines: list[str], at: int, index: int) -> tuple[Grid | list[Row], int] | None:
    """The table that begins at this line, as a grid where cells reach over others, else as rows; and the line after it.

    None where no such table begins.
    """
    if _WIKI_OPEN.match(lines[at]):
        return _wiki(lines, at, index)
    if _ASCIIDOC.match(lines[at]):
        return _asciidoc(lines, at, index)
    return None


def _wiki(lines: list[str], at: int, index: int) -> tuple[Grid | list[Row], int] | None:
    rows: list[list[_Written]] = [[]]
    for end in range(at + 1, min(len(lines), at + _MOST_LINES)):
        line = lines[end]
        if _WIKI_CLOSE.match(line):
            return _made([row for row in rows if row], index, end + 1)
        if _WIKI_ROW.match(line):
            rows.append([])
        elif _WIKI_CAPTION.match(line):
            continue
        elif opened := _WIKI_CELL.match(line):
            mark = opened[1]
            for piece in re.split(r"\|\||!!" if mark == "!" else r"\|\|", line[opened.end() :]):
                rows[-1].append(_wiki_cell(piece))
        elif rows[-1] and line.strip():
            rows[-1][-1].text += " " + line.strip()  # a cell of several lines
    return None


def _wiki_cell(piece: str) -> _Written:
    attributes = _ATTRIBUTES.match(piece)
    spans = {name.lower(): int(size) for name, size in _SPAN.findall(attributes[0])} if attributes else {}
    text = piece[attributes.end() :] if attributes else piece
    return _Written(text.strip(), spans.get("col", 1), spans.get("row", 1))


def _asciidoc(lines: list[str], at: int, index: int) -> tuple[Grid | list[Row], int] | None:
    cells: list[_Written] = []
    width, end = _told_columns(lines, at), at + 1
    while end < min(len(lines), at + _MOST_LINES) and not _ASCIIDOC.match(lines[end]):
        line = lines[end].strip()
        bars = list(_BAR.finditer(line))
        if not bars and cells and line:
            cells[-1].text += " " + line
        elif bars and bars[0].start() and cells:
            cells[-1].text += " " + line[: bars[0].start()].strip()
        ends = [*(each.start() for each in bars[1:]), len(line)] if bars else []
        for bar, following in zip(bars, ends, strict=True):
            cells.append(_Written(line[bar.end() : following].strip(), int(bar[1] or 1), int(bar[2] or 1)))
        if width == 0 and cells and (bars or not line):
            width = sum(cell.across for cell in cells)  # the first line has all columns
        end += 1
    if end >= len(lines) or not _ASCIIDOC.match(lines[end]) or not 2 <= width <= _MOST_COLUMNS:
        return None
    return _made(_in_columns(cells, width), index, end + 1)


def _told_columns(lines: list[str], at: int) -> int:
    """How many columns ``[cols="1,2,3"]`` or ``[cols="6*"]`` tells above the table; 0 where nothing does."""
    told = _COLUMNS.search(lines[at - 1]) if at else None
    if told is None:
        return 0
    count = 0
    for each in (told[1] or told[2] or told[3]).split(","):
        times = re.match(r"\s*(\d{1,2})\*", each)
        count += int(times[1]) if times else 1
    return count


def _in_columns(cells: list[_Written], width: int) -> list[list[_Written]]:
    """The rows of cells that follow each other: each takes the next place that none above reaches over."""
    rows: list[list[_Written]] = [[]]
    taken: set[tuple[int, int]] = set()
    top = left = 0
    for cell in cells:
        while (top, left) in taken or left >= width:
            left += 1
            if left >= width:
                top, left = top + 1, 0
                rows.append([])
        rows[-1].append(cell)
        down, across = min(cell.down, _MOST_SPAN), min(cell.across, width - left)
        taken |= {(top + y, left + x) for y in range(down) for x in range(across)}
    return rows


def _made(rows: list[list[_Written]], index: int, end: int) -> tuple[Grid | list[Row], int] | None:
    if not rows:
        return None
    if all(cell.across == cell.down == 1 for row in rows for cell in row):
        packed: list[Row] = [[one_line(cell.text) for cell in row] for row in rows]
        return packed, end
    width = min(max(sum(cell.across for cell in row) for row in rows) + 1, _MOST_COLUMNS)
    grid: list[list[Cell | None]] = [[None] * width for _ in rows]
    for top, row in enumerate(rows):
        left = 0
        for cell in row:
            while left < width and grid[top][left] is not None:
                left += 1
            across, down = min(cell.across, _MOST_SPAN, width - left), min(cell.down, _MOST_SPAN, len(rows) - top)
            if across <= 0:
                return None
            made = Cell(one_line(cell.text), top, left, down, across)
            for y in range(top, top + down):
                for x in range(left, left + across):
                    grid[y][x] = grid[y][x] or made
            left += across
    used = max((x + 1 for row in grid for x, cell in enumerate(row) if cell is not None), default=0)
    return Grid(index, [row[:used] for row in grid]), end
