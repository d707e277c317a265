"""Tables by where words stand, with little or no help of ruled lines: for PDFs that have none, and as a second reading.

Figures of a column stand below each other, so the places of the figures are the columns, and every line with figures is
a row. The lines of a label, or of a heading, make one block: they share an edge or their middle, stand close, and only
the first of them begins with a number. A row's label is the block beside its figures.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from reports.document import Box, Cell, Grid
from reports.readers.pdf_lines import BEGINS, joined
from reports.readers.pdf_page import Glyph, PageContent, Rule
from reports.readers.pdf_words import FIGURE, Word, bands, figures, is_margin, words
from reports.readers.typeset import one_line

NOTE = "rows and columns were inferred from the places of words"
_CLOSE = 1.15  # of the usual distance of lines: lines of one block
_FURTHEST = 1.75  # heights of characters, from line to line of one block
_ARTICLE = re.compile("第[一二三四五六七八九十]{1,4}条 ?第?[(（].{1,2}[)）]项")
_ALIGNED = 0.6  # of a character: edges that are one


@dataclass(slots=True)
class WordGrid:
    """A table found by its words, and the stretch of the page that it takes up."""

    grid: Grid
    top: float
    bottom: float


def word_grids(page: PageContent, glyphs: Sequence[Glyph], first_index: int = 0) -> list[WordGrid]:
    """The tables of a page, or of some of its characters, as far as figures in columns show them."""
    lines = [line for line in words(glyphs, page.vertical) if not is_margin(line, page.height)]
    across = _Separators(page)
    found = []
    held = bands(lines, page.width)
    pitch = _pitch([word for band in held for line in band for word in line])
    for number, band in enumerate(held):
        inside = [word for line in band for word in line]
        top, bottom = min(word.top for word in inside), max(word.bottom for word in inside)
        grid = _Table(band, across, pitch).grid(first_index + number, page.number)
        found.append(WordGrid(grid, top, bottom))
    return found


class _Separators:
    """Lines across the page, the edges of shaded areas among them: no block goes over one."""

    def __init__(self, page: PageContent) -> None:
        edges = [Rule(y, left, right) for left, top, right, bottom in page.areas for y in (top, bottom)]
        self._rules = sorted([*page.horizontal, *edges])
        self._places = [rule.at for rule in self._rules]

    def part(self, upper: Block, lower: Word) -> bool:
        """Whether a line passes between two lines of text."""
        first = (upper.last.top + 2 * upper.last.bottom) / 3
        last = (2 * lower.top + lower.bottom) / 3
        at = bisect_left(self._places, first)
        while at < len(self._rules) and self._places[at] < last:
            rule = self._rules[at]
            if rule.start <= lower.centre <= rule.end:
                return True
            at += 1
        return False


class Block:
    """The lines of one label or heading. ``kinds`` are those of the printed lines that they stand on."""

    __slots__ = ("bottom", "kinds", "last", "last_middle", "left", "right", "top", "words")

    def __init__(self, word: Word, kind: str) -> None:
        self.words: list[Word] = []
        self.kinds: set[str] = set()
        self.left, self.right, self.top = word.left, word.right, word.top
        self.add(word, word.middle, kind)

    def add(self, word: Word, middle: float, kind: str) -> None:
        """Takes in the next line."""
        self.words.append(word)
        self.kinds.add(kind)
        self.last, self.last_middle, self.bottom = word, middle, word.bottom
        self.left, self.right = min(self.left, word.left), max(self.right, word.right)

    @property
    def middle(self) -> float:
        """Its middle, downwards."""
        return (self.top + self.bottom) / 2

    @property
    def text(self) -> str:
        """Its lines as one text."""
        text = ""
        for word in self.words:
            text = joined(text, word.text)
        return one_line(text)

    @property
    def word(self) -> Word:
        """The block as if it were one word."""
        return Word(self.text, self.left, self.top, self.right, self.bottom)


@dataclass(slots=True)
class _Row:
    middle: float
    values: list[Word] = field(default_factory=list)
    held: dict[int, Word] = field(default_factory=dict)
    label: str = ""
    group: str = ""


_FIGURES, _HEADING, _LABEL = "figures", "heading", "label"  # kinds of printed lines


class _Table:
    """One band of lines as a table."""

    def __init__(self, band: list[list[Word]], across: _Separators, pitch: float) -> None:
        self._across = across
        self._columns = _columns(band)
        first = self._columns[0][0] - 6
        edge = _label_edge(band, self._columns)
        sizes = sorted(word.bottom - word.top for line in band for word in line)
        self._size = sizes[len(sizes) // 2]
        self._close = min(_CLOSE * pitch, _FURTHEST * self._size)
        self._rows: list[_Row] = []
        labels: list[tuple[Word, str]] = []
        texts: list[tuple[Word, str]] = []
        for line in band:
            values = [word for word in line if word.centre >= first and FIGURE.match(word.text)]
            kind = _FIGURES if values else _HEADING if line[-1].left >= edge else _LABEL
            labels += [(word, kind) for word in line if word.left < edge and word not in values]
            others = [word for word in line if word.left >= edge and word not in values]
            if values:
                inside = [word for word in others if any(word.left < b and word.right > a for a, b in self._columns)]
                values += inside
                others = [word for word in others if word not in inside]
                self._rows.append(_Row(sum(word.middle for word in values) / len(values), values))
            texts += [(word, kind) for word in others]
        self._labels = self._blocks(labels)
        self._headings = self._blocks(texts)
        self._lowest = [block for block in self._headings if not any(_is_over(block, each) for each in self._headings
                        if not any(block.bottom < row.middle < each.top for row in self._rows))]  # fmt: skip
        self._add_columns()
        for row in self._rows:
            for word in row.values:
                self._hold(row, word)

    def _add_columns(self) -> None:
        """Columns without a figure, which their headings show."""
        for upper, lower in pairwise([-1e9, *(row.middle for row in self._rows)]):
            heads = sorted(
                (
                    block
                    for block in self._lowest
                    if upper < block.middle < lower and not _ARTICLE.fullmatch(block.text)
                ),
                key=lambda each: each.left,
            )
            if len(heads) <= len(self._columns) or any(a.right > b.left for a, b in pairwise(heads)):
                continue
            taken = _matched([(left + right) / 2 for left, right in self._columns],
                             [(block.left + block.right) / 2 for block in heads])  # fmt: skip
            self._columns += [(block.left, block.right) for place, block in enumerate(heads) if place not in taken]
            self._columns.sort()

    def _hold(self, row: _Row, word: Word) -> None:
        """Puts a word into a column; two figures in one column are kept as both, never as one number."""
        place = _nearest(word, self._columns)
        held = row.held.get(place)
        if held is None:
            row.held[place] = Word(word.text, word.left, word.top, word.right, word.bottom)
        else:
            held.text = f"{held.text} {word.text}"

    # blocks -------------------------------------------------------------------------------------------------------

    def _blocks(self, found: list[tuple[Word, str]]) -> list[Block]:
        blocks: list[Block] = []
        close = self._close
        for middle, _, word, kind in sorted(
            ((word.middle, word.left, word, kind) for word, kind in found), key=lambda each: each[:2]
        ):
            begins = BEGINS.match(word.text)
            for block in () if begins else reversed(blocks):
                if 0 < middle - block.last_middle <= close and self._joins(block, word, kind):
                    block.add(word, middle, kind)
                    break
            else:
                blocks.append(Block(word, kind))
        return blocks

    def _joins(self, block: Block, word: Word, kind: str) -> bool:
        if word.left >= block.right or word.right <= block.left:
            return False
        if _FIGURES in block.kinds and kind != _LABEL:
            return False  # the next row's
        if (_HEADING in block.kinds and kind == _FIGURES) or _ARTICLE.fullmatch(block.text):
            return False
        slack = _ALIGNED * self._size
        aligned = (
            abs(word.left - block.left) < slack
            or abs(word.right - block.right) < slack
            or abs(word.centre - (block.left + block.right) / 2) < slack
        )
        return aligned and not self._across.part(block, word)

    # rows ---------------------------------------------------------------------------------------------------------

    def grid(self, index: int, page: int) -> Grid:
        """The table."""
        free = self._name_rows()
        rows = [*self._rows, *self._heading_rows(free)]
        rows.sort(key=lambda row: row.middle)
        shown: list[list[Cell | None]] = []
        grouped, labelled = any(row.group for row in rows), any(row.label for row in rows)
        for y, row in enumerate(rows):
            beside = ([row.group] if grouped else []) + ([row.label] if labelled else [])
            cells: list[Cell | None] = [Cell(one_line(text), y, x) for x, text in enumerate(beside)]
            for x in range(len(self._columns)):
                held = row.held.get(x)
                box = Box(page, held.left, held.top, held.right, held.bottom) if held else None
                cells.append(Cell(one_line(held.text) if held else "", y, x + len(beside), box=box))
            shown.append(cells)
        return Grid(index, shown, page=page, ruled=False, uncertain=[NOTE])

    def _name_rows(self) -> list[Block]:
        """Gives each row the block beside it as its label, and blocks further left to the nearest row as groups.

        A block among the labels without figures beside it is a row of blanks. What belongs to headings is left over.
        """
        named: list[Block] = []
        for row in self._rows:
            others = [block for block in self._labels if not any(block is each for each in named)]
            beside = [block for block in others if block.top <= row.middle <= block.bottom]
            beside = beside or [block for block in others if abs(block.middle - row.middle) < self._size][:1]
            if beside:
                named.append(max(beside, key=lambda block: block.right))
                row.label = named[-1].text
        lefts = sorted(block.left for block in named)
        inner = lefts[len(lefts) * 2 // 3] if lefts else 0.0  # where most labels begin
        free: list[Block] = []
        figures = list(self._rows)
        for block in self._labels:
            if any(block is each for each in named):
                continue
            if _HEADING in block.kinds or (_FIGURES not in block.kinds and block.middle < figures[0].middle):
                free.append(block)
            elif block.right > inner + self._size and BEGINS.match(block.text):
                self._rows.append(_Row(block.middle, label=block.text))
            else:
                near = min(figures, key=lambda row: abs(row.middle - block.middle))
                near.group = joined(near.group, block.text)
        self._rows.sort(key=lambda row: row.middle)
        return free

    def _heading_rows(self, free: list[Block]) -> list[_Row]:
        """Rows of headings: those over a column, and above them those over several."""
        found: list[_Row] = []
        starts = [-1e9, *(row.middle for row in self._rows), 1e9]
        for upper, lower in pairwise(starts):
            here = [block for block in self._headings if upper < block.middle < lower]
            beside = [block for block in free if upper < block.middle < lower]
            if not here and not beside:
                continue
            lowest = [block for block in here if any(block is each for each in self._lowest)]
            lowest = [block for block in lowest if not _ARTICLE.fullmatch(block.text)] or lowest
            rows = [row for row in self._rows if row.middle >= lower][: self._section(lower)]
            used = {place for row in rows for place in row.held}
            bottom = _Row(max(block.middle for block in lowest or here or beside))
            lowest.sort(key=lambda block: block.left)
            for count in (range(len(self._columns)), sorted(used)):
                if len(count) == len(lowest):
                    for place, block in zip(count, lowest, strict=True):
                        bottom.held[place] = block.word
                    break
            else:
                for block in lowest:
                    self._head(bottom, block, used)
            above: list[_Row] = []
            for block in here:
                if not any(block is other for other in lowest):
                    row = next((row for row in above if abs(row.middle - block.middle) < 0.5 * self._size), None)
                    if row is None:
                        row = _Row(block.middle)
                        above.append(row)
                    self._head(row, block, used)
            bottom.label = "".join(block.text for block in beside)
            bottom.middle = max([bottom.middle, *(row.middle + 0.01 for row in above)])
            found += [*above, bottom]
        return found

    def _section(self, lower: float) -> int:
        """How many rows follow until the next heading."""
        below = [block.middle for block in self._headings if block.middle > lower]
        following = [row for row in self._rows if row.middle >= lower]
        return len(following) if not below else sum(row.middle < min(below) for row in following) or 1

    def _head(self, row: _Row, block: Block, used: set[int]) -> None:
        """Puts a heading over its column: of those that it overlaps, one that holds figures."""
        word = block.word
        over = [place for place, (left, right) in enumerate(self._columns) if block.left < right and block.right > left]
        place = _nearest(word, self._columns, [each for each in over if each in used] or over or None)
        held = row.held.get(place)
        if held is None:
            row.held[place] = word
        else:
            held.text = joined(held.text, word.text)


def _pitch(found: list[Word]) -> float:
    """The usual distance of the lines of one text: the smallest that comes more than once."""
    ordered = sorted(((word.top + word.bottom) / 2, word.left, word.right, word.bottom - word.top) for word in found)
    steps = []
    for number, (middle, left, right, height) in enumerate(ordered):
        for below, other_left, other_right, _ in ordered[number + 1 : number + 25]:
            if below - middle > 0.5 * height and other_left < right and other_right > left:
                steps.append(below - middle)
                break
    steps.sort()
    for first, second in pairwise(steps):
        if second < 1.03 * first:
            return second
    return steps[0] if steps else 0.0


def _is_over(block: Block, other: Block) -> bool:
    return other.middle > block.bottom and other.left < block.right and other.right > block.left


def _nearest(word: Word, columns: list[tuple[float, float]], among: list[int] | None = None) -> int:
    return min(
        among if among is not None else range(len(columns)),
        key=lambda place: abs((columns[place][0] + columns[place][1]) / 2 - word.centre),
    )


def _columns(band: list[list[Word]]) -> list[tuple[float, float]]:
    """The columns, as ranges of places: as the rows with most figures show them, else as all figures cover them."""
    rows = [[word for word in line if FIGURE.match(word.text)] for line in band if figures(line)]
    most = max(len(row) for row in rows)
    full = [row for row in rows if len(row) == most]
    found = [(min(row[k].left for row in full), max(row[k].right for row in full)) for k in range(most)]
    if any(right > left for (_, right), (left, _) in pairwise(found)):
        found = _covered([word for row in rows for word in row])
    for row in rows:
        for word in row:
            if all(word.right < left or word.left > right for left, right in found) and len(row) > 1:
                found.append((word.left, word.right))
                found.sort()
    return found


def _label_edge(band: list[list[Word]], columns: list[tuple[float, float]]) -> float:
    """Where the labels end: as far to the right as they reach beside full rows of figures."""
    most = max(figures(line) for line in band)
    first = columns[0][0]
    ends = [
        word.right
        for line in band
        if figures(line) == most
        for word in line
        if word.right < first and not FIGURE.match(word.text)
    ]
    if not ends:  # labels of two lines stand above and below their figures
        top = next(line[0].top for line in band if figures(line))
        ends = [word.right for line in band for word in line if word.right < first and word.top > top]
    return max(ends, default=-1e9)


def _matched(columns: list[float], heads: list[float]) -> set[int]:
    """Which of the headings stand over the columns, in order and as near as can be; there are more headings."""
    best: dict[int, tuple[float, tuple[int, ...]]] = {-1: (0.0, ())}
    for column in columns:
        following: dict[int, tuple[float, tuple[int, ...]]] = {}
        for last, (far, chosen) in best.items():
            for place in range(last + 1, len(heads)):
                whole = far + abs(heads[place] - column)
                if place not in following or whole < following[place][0]:
                    following[place] = (whole, (*chosen, place))
        best = following
    return set(min(best.values())[1]) if best else set()


def _covered(found: list[Word]) -> list[tuple[float, float]]:
    columns: list[tuple[float, float]] = []
    for left, right in sorted((word.left, word.right) for word in found):
        if columns and left <= columns[-1][1] + 1:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns
