"""Tables of a text whose columns are told only by their places on the line: padded with spaces, blank cells nothing.

A place is a place on the screen: a wide letter takes two, or in programs that do not know it, one. The figures of a
column lie below each other; a heading without a figure below it is a column that is blank. Where headings and figures
lie otherwise than any alignment puts them, nobody knows under which heading a figure stands, and nothing is read.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import dataclass, field

import msgspec

from reports.readers.texts.cells import FIGURE, PACKED, Reading, Row
from reports.readers.texts.folded import NUMBERED

_FIELD = re.compile(r"[^ \u3000](?:[ \u3000]?[^ \u3000])*")
_SECTION = re.compile(r"^[一二三四五六]\s*[、.．].*情况$")
_BLOCK = re.compile(r"^第[二三]?十[一二三四五六七八九]?[条條]")
_SENTENCE = re.compile(r"[。；！？]")
_MOST_LINES = 250
_LONGEST = 600
_MOST_COLUMNS = 20


class _Field(msgspec.Struct):
    """A text with the places that it covers; ``right`` is the first place after it."""

    text: str
    left: int
    right: int
    figure: bool

    def meets(self, left: int, right: int) -> bool:
        return self.left < right and left < self.right


@dataclass(slots=True)
class _Column:
    left: int
    right: int
    heading: _Field | None = None  # the lowest one over it
    figures: list[_Field] = field(default_factory=list)


def by_places(lines: list[str], at: int) -> tuple[Reading | None, int]:
    """The rows of a table from the line ``at`` with the blanks that the places show; up to which line it was sought.

    A table whose rows are all full is left to the readers of fields: it needs no places.
    """
    end = _end(lines, at)
    printed = [line for line in lines[at:end] if line.strip()]
    if len(printed) < 2 or not any("  " in line or "\u3000" in line for line in printed):
        return None, end
    found = [rows for wide in (2, 1) if (rows := _rows([_fields(line, wide) for line in printed])) is not None]
    if not found or not all(_lost(rows) and rows == found[0] for rows in found):
        return None, end  # also where nobody knows how wide the program took a letter
    return (found[0], [PACKED], end), end


def _lost(rows: list[Row]) -> bool:
    return any("" in row for row in rows)


def _end(lines: list[str], at: int) -> int:
    end = at
    while end < len(lines) and end - at < _MOST_LINES:
        line = lines[end].strip()
        if not line and (end + 1 >= len(lines) or not lines[end + 1].strip()):
            break
        if "\t" in line or "|" in line or len(line) > _LONGEST or _SENTENCE.search(line):
            break
        if _SECTION.match(line):
            break
        end += 1
    return end


def _fields(line: str, wide: int) -> list[_Field]:
    places = [0]
    for char in line:
        places.append(places[-1] + (wide if unicodedata.east_asian_width(char) in "WF" else 1))
    found: list[_Field] = []
    for run in _FIELD.finditer(line):
        words = list(re.finditer(r"[^ \u3000]+", run[0]))
        first = len(words)
        while first and FIGURE.match(words[first - 1][0]):
            first -= 1
        spans = [(words[0].start(), words[first - 1].end())] if first else []
        spans += [word.span() for word in words[first:]]
        for place, (start, end) in enumerate(spans):
            figure = place > 0 or not first
            found.append(_Field(run[0][start:end], places[run.start() + start], places[run.start() + end], figure))
    return found


def _rows(lines: list[list[_Field]]) -> list[Row] | None:
    """The rows of all bands: headings and the rows of figures below them; None where a band does not come out."""
    rows: list[Row] = []
    for band in _bands(lines):
        columns = _columns(band)
        if columns is None:
            return None
        header = _header(band)
        whole = not any(_is_piece(line) for line in band[header:]) or bool(_BLOCK.match(band[0][0].text))
        for place, line in enumerate(band):
            labels = [each.text for each in line if not each.figure]
            if any(each.figure for each in line) or (
                whole and place >= header
            ):  # with no figure all its cells are blank
                rows.append([*labels, *(_under(column, line) for column in columns)])
            else:
                rows.append(list(labels))
    return rows


def _bands(lines: list[list[_Field]]) -> list[list[list[_Field]]]:
    """A band ends where headings follow rows of figures: a block's name, or several texts, one where figures stood."""
    bands: list[list[list[_Field]]] = [[]]
    first: int | None = None  # where the leftmost figure of the band begins
    for line in lines:
        figures = [each.left for each in line if each.figure]
        if first is not None and not figures and (_BLOCK.match(line[0].text) or line[-1].right > first):
            bands.append([])
            first = None
        bands[-1].append(line)
        if figures:
            first = min(figures[0], first if first is not None else figures[0])
    return bands


def _header(band: list[list[_Field]]) -> int:
    """How many lines of headings begin a band: those before the first figure, in a block without one the first two."""
    for place, line in enumerate(band):
        if any(each.figure for each in line):
            return place
    return 2 if _BLOCK.match(band[0][0].text) else len(band)


def _is_piece(line: list[_Field]) -> bool:
    """A line that may go on with the label above it: not what begins a row of the forms."""
    return not any(each.figure for each in line) and not NUMBERED.match(line[-1].text)


def _columns(band: list[list[_Field]]) -> list[_Column] | None:
    rows = [line for line in band if any(each.figure for each in line)]
    if any(one.figure and not other.figure for line in rows for one, other in itertools.pairwise(line)):
        return None  # words behind figures
    columns: list[_Column] = []
    for each in sorted((each for line in rows for each in line if each.figure), key=lambda each: each.left):
        if columns and each.left < columns[-1].right:
            columns[-1].right = max(columns[-1].right, each.right)
        else:
            columns.append(_Column(each.left, each.right))
        columns[-1].figures.append(each)
    if len(columns) > _MOST_COLUMNS or any(
        sum(each.figure and each.meets(column.left, column.right) for each in line) > 1
        for line in rows
        for column in columns
    ):
        return None
    printed = {sum(each.figure for each in line) for line in rows}
    if len(rows) > 1 and len(printed) == 1 and max(printed) < len(columns):
        return None  # all rows are full, and some are moved
    labels = max((each.right for line in band for each in line[:1] if len(line) > 1 and not each.figure), default=0)
    if rows:
        labels = max((each.right for line in rows for each in line if not each.figure), default=0)
    for line in reversed(band[: _header(band)]):
        for each in line:
            if each.left >= min(labels, columns[0].left if columns else labels):
                _under_heading(columns, each)
    columns.sort(key=lambda column: column.left)
    if (all(column.figures for column in columns) and _shown(columns, rows)) or _aligned(columns):
        return columns
    return None


def _under_heading(columns: list[_Column], heading: _Field) -> None:
    """The column that a heading names: the one below it, or one without figures; a heading over several names none."""
    met = [column for column in columns if heading.meets(column.left, column.right)]
    if not met:
        columns.append(_Column(heading.left, heading.right, heading))
    elif len(met) == 1:
        met[0].left, met[0].right = min(met[0].left, heading.left), max(met[0].right, heading.right)
        met[0].heading = met[0].heading or heading


def _shown(columns: list[_Column], rows: list[list[_Field]]) -> bool:
    """Any two columns side by side are both filled in some row: so they are two, and not one that was moved."""
    filled = [[bool(_under(column, line)) for column in columns] for line in rows]
    return all(any(row[at] and row[at + 1] for row in filled) for at in range(len(columns) - 1))


def _aligned(columns: list[_Column]) -> bool:
    """All figures lie below their headings in one way: at its left, at its right, or in its middle."""
    pairs = [(column.heading, each) for column in columns for each in column.figures]
    if any(heading is None for heading, _ in pairs):
        return False
    spare = [(each.left - heading.left, heading.right - each.right) for heading, each in pairs if heading is not None]
    return (
        all(left == 0 for left, _ in spare)
        or all(right == 0 for _, right in spare)
        or all(abs(left - right) <= 1 for left, right in spare)
    )


def _under(column: _Column, line: list[_Field]) -> str:
    return next((each.text for each in line if each.figure and each.meets(column.left, column.right)), "")
