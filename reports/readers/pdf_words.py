"""Tables by where words stand, without a look at ruled lines: for PDFs that have none, and as a second reading.

Figures of a column stand below each other, so the places of the figures are the columns; every line with figures is a
row, and label lines between two rows belong to the nearer one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from reports.document import Box, Cell, Grid
from reports.readers.pdf_lines import (
    PrintedLine,
    are_over_each_other,
    is_doubled,
    is_mark,
    is_page_number,
    joined,
)
from reports.readers.pdf_page import UNREADABLE, Glyph, PageContent
from reports.readers.typeset import one_line

NOTE = "rows and columns were inferred from the places of words"
_FIGURE = re.compile(r"^[-+−－]?[\d０-９][\d０-９,，.．]*(?:件|条|项|个|元|万元)?(?:\[.{1,3}\])*$|^[/／—－-]$")
_SECTION = re.compile(r"^[一二三四五六七八九十]{1,2}、.*(?:情况|事项|问题.*)$")
_ARTICLE = re.compile("^第[一二三四五六七八九十]{1,4}条")


@dataclass(slots=True)
class Word:
    """Characters without a gap between them."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def centre(self) -> float:
        """The middle, across."""
        return (self.left + self.right) / 2

    @property
    def middle(self) -> float:
        """The middle, downwards."""
        return (self.top + self.bottom) / 2


def words(glyphs: Sequence[Glyph]) -> list[list[Word]]:
    """The words of a page, line by line."""
    rows: list[list[Glyph]] = []
    middle_of_row = 0.0
    for glyph in sorted(glyphs, key=lambda each: each.top + each.bottom):
        middle, size = (glyph.top + glyph.bottom) / 2, glyph.bottom - glyph.top
        if rows and middle - middle_of_row <= max(2.0, 0.35 * size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            middle_of_row = middle
    found = []
    for row in rows:
        row.sort(key=lambda each: each.left)
        line: list[Word] = []
        base = row[0]
        for glyph in row:
            size = glyph.bottom - glyph.top
            if line and glyph.left - line[-1].right < 0.45 * size and glyph.left >= line[-1].left:
                last = line[-1]
                if base.right - glyph.left > 0.2 * size:
                    if is_doubled(base, glyph, size):
                        continue
                    if are_over_each_other(base, glyph):
                        last.text += UNREADABLE
                if size < 0.8 * (base.bottom - base.top) and is_mark(base, glyph):
                    last.text += f"[{glyph.text}]"
                    last.right = max(last.right, glyph.right)
                    continue
                last.text += glyph.text
                last.right, last.bottom = max(last.right, glyph.right), max(last.bottom, glyph.bottom)
                last.top = min(last.top, glyph.top)
            else:
                line.append(Word(glyph.text, glyph.left, glyph.top, glyph.right, glyph.bottom))
            base = glyph
        found.append(line)
    return found


@dataclass(slots=True)
class WordGrid:
    """A table found by its words, and the stretch of the page that it takes up."""

    grid: Grid
    top: float
    bottom: float


def word_grids(page: PageContent, glyphs: Sequence[Glyph], first_index: int = 0) -> list[WordGrid]:
    """The tables of a page, or of some of its characters, as far as figures in columns show them."""
    lines = [line for line in words(glyphs) if not _is_margin(line, page.height)]
    found = []
    for number, band in enumerate(bands(_upright(lines))):
        inside = [word for line in band for word in line]
        top, bottom = min(word.top for word in inside), max(word.bottom for word in inside)
        found.append(WordGrid(_grid(band, page, first_index + number), top, bottom))
    return found


def _is_margin(line: list[Word], height: float) -> bool:
    text = "".join(word.text for word in line)
    box = PrintedLine(text, line[0].left, line[0].top, line[-1].right, line[0].bottom, 10.0)
    return is_page_number(box, height)


def _upright(lines: list[list[Word]]) -> list[list[Word]]:
    """Labels printed downwards, one character a line, put together as one word at their middle."""
    single: dict[int, list[Word]] = {}
    for line in lines:
        for word in line:
            if len(word.text) == 1 and not _FIGURE.match(word.text):
                single.setdefault(round(word.centre / 6), []).append(word)
    gone: set[int] = set()
    found: list[Word] = []
    for column in single.values():
        column.sort(key=lambda each: each.top)
        runs: list[list[Word]] = []
        for word in column:
            if runs and word.top - runs[-1][-1].bottom < 12:
                runs[-1].append(word)
            else:
                runs.append([word])
        for run in runs:
            if len(run) >= 4:
                gone.update(id(word) for word in run)
                text = "".join(word.text for word in run)
                found.append(Word(text, run[0].left, run[0].top, run[0].right, run[-1].bottom))
    kept = [[word for word in line if id(word) not in gone] for line in lines]
    kept += [[word] for word in found]
    return sorted((line for line in kept if line), key=lambda line: line[0].middle)


def bands(lines: list[list[Word]]) -> list[list[list[Word]]]:
    """Runs of lines that hold a table: lines of figures, with the headers and labels close around them."""
    is_row = [_figures(line) >= 1 and (_figures(line) >= 2 or len(line) >= 2) for line in lines]
    found: list[list[list[Word]]] = []
    at = floor = 0
    while at < len(lines):
        if not is_row[at]:
            at += 1
            continue
        end = last = at
        while end + 1 < len(lines) and end - last <= 4 and not _is_prose(lines[end + 1]):
            end += 1
            last = end if is_row[end] else last
        start = at
        while start > floor and at - start < 8 and not _is_prose(lines[start - 1]):
            start -= 1
        most = max(_figures(line) for line in lines[at : last + 1])
        if sum(is_row[at : last + 1]) >= 2 or most >= 5:
            found.append(lines[start : min(last + 2, end) + 1])
        at = floor = end + 1
    return found


def _figures(line: list[Word]) -> int:
    return sum(1 for word in line if _FIGURE.match(word.text))


def _is_prose(line: list[Word]) -> bool:
    return any(len(word.text) > 24 for word in line) or (len(line) == 1 and bool(_SECTION.match(line[0].text)))


def _columns(band: list[list[Word]]) -> list[tuple[float, float]]:
    """The columns of figures, as ranges of places that their figures cover."""
    spans = sorted((word.left, word.right) for line in band for word in line if _FIGURE.match(word.text))
    columns: list[list[float]] = []
    for left, right in spans:
        if columns and left <= columns[-1][1] + 1:
            columns[-1][1] = max(columns[-1][1], right)
        else:
            columns.append([left, right])
    return [(left, right) for left, right in columns]


def _grid(band: list[list[Word]], page: PageContent, index: int) -> Grid:
    columns = _columns(band)
    centres = [(left + right) / 2 for left, right in columns]
    bounds = [(a + b) / 2 for a, b in pairwise(centres)]
    first = columns[0][0]
    rows: list[_Row] = []
    waiting: list[Word] = []
    for line in band:
        if _figures(line):
            rows.append(_Row(sum(word.middle for word in line) / len(line)))
        elif (rows and any(word.left >= first - 6 for word in line) and len(line) > 1) or _ARTICLE.match(line[0].text):
            rows.append(_Row(sum(word.middle for word in line) / len(line), is_text=True))
        elif any(word.centre >= first - 6 for word in line) and not any(not row.is_text for row in rows):
            waiting += line  # the header, in several lines
            continue
        else:
            waiting += [word for word in line if word.centre < first - 6 or rows]
            continue
        for word in line:
            if word.centre >= first - 6 and (rows[-1].is_text or _FIGURE.match(word.text)):
                rows[-1].add(_column(word.centre, bounds), word)
            else:
                rows[-1].labels.append(word)
    top = min(row.middle for row in rows if not row.is_text)
    header = _Row(0.0, is_text=True)
    for word in waiting:
        if word.middle < top and word.centre >= first - 6:
            header.add(_column(word.centre, bounds), word)
        else:
            figures = [row for row in rows if not row.is_text] or rows
            min(figures, key=lambda row: abs(row.middle - word.middle)).labels.append(word)
    lefts = Counter(round(word.left / 3) for row in rows for word in row.labels)
    usual = 3.0 * max(lefts.items(), key=lambda each: each[1])[0] if lefts else 0.0
    if header.held:
        rows.insert(0, header)
    shown: list[list[Cell | None]] = []
    for y, row in enumerate(rows):
        groups = [word for word in row.labels if word.right < usual]
        labels = [word for word in row.labels if word.right >= usual]
        cells: list[Cell | None] = [Cell(_label(groups), y, 0), Cell(_label(labels), y, 1)]
        for x in range(len(columns)):
            held = row.held.get(x)
            box = Box(page.number, held.left, held.top, held.right, held.bottom) if held else None
            cells.append(Cell(one_line(held.text) if held else "", y, x + 2, box=box))
        shown.append(cells)
    return Grid(index, shown, page=page.number, ruled=False, uncertain=[NOTE])


@dataclass(slots=True)
class _Row:
    middle: float
    labels: list[Word] = field(default_factory=list)
    held: dict[int, Word] = field(default_factory=dict)
    is_text: bool = False  # a header inside the table

    def add(self, column: int, word: Word) -> None:
        """Puts a word into a column; two figures in one column are kept as both, never as one number."""
        held = self.held.get(column)
        if held is None:
            self.held[column] = Word(word.text, word.left, word.top, word.right, word.bottom)
        else:
            held.text = joined(held.text, word.text) if self.is_text else f"{held.text} {word.text}"


def _label(found: list[Word]) -> str:
    text = ""
    for word in sorted(found, key=lambda each: (round(each.middle / 3), each.left)):
        text = joined(text, word.text)
    return one_line(text)


def _column(centre: float, bounds: list[float]) -> int:
    return sum(1 for bound in bounds if centre > bound)
