"""One table of a PDF by where its words stand: its figures' places are the columns, each line of them is a row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reports.document import Box, Cell, Grid
from reports.forms import units
from reports.readers.pdf.lines import BEGINS, joined
from reports.readers.pdf.unruled.blocks import FIGURES, HEADING, LABEL, Block, Pitches, Separators, blocks
from reports.readers.pdf.unruled.columns import Range, as_above, columns_of, label_edge, matched, nearest
from reports.readers.pdf.unruled.headings import is_article, names_labels
from reports.readers.pdf.unruled.lists import unit_column
from reports.readers.pdf.unruled.rows import FigureRow, is_one_row, joined_rows
from reports.readers.pdf.unruled.words import Word, is_figure
from reports.readers.typeset import one_line

NOTE = "rows and columns were inferred from the places of words"


class PlacedTable:
    """One band of lines as a table: its columns, labels and headings by where their words stand."""

    def __init__(self, band: list[list[Word]], across: Separators, pitches: Pitches, above: Sequence[Range]) -> None:
        self.columns = columns_of(band)
        of_units = unit_column(band, self.columns[0][0])
        self.columns = [*of_units, *self.columns]
        first = self.columns[0][0] - 6
        edge = label_edge(band, self.columns)
        sizes = sorted(word.em for line in band for word in line)
        self._size = sizes[len(sizes) // 2]
        self._rows: list[FigureRow] = []
        labels: list[tuple[Word, str]] = []
        texts: list[tuple[Word, str]] = []
        for line in band:
            values = [word for word in line if word.centre >= first and is_figure(word.text)]
            if values and of_units:
                values = [word for word in line if word in values or word.text in units()]
            kind = FIGURES if values else HEADING if line[-1].left >= edge else LABEL
            labels += [(word, kind) for word in line if word.left < edge and word not in values]
            others = [word for word in line if word.left >= edge and word not in values]
            if not values and others and others[0] is line[0] and names_labels(line[0].text):
                labels.append((line[0], kind))  # centred over labels that stand on the left of their column
                others = others[1:]
            if values:
                inside = [word for word in others if any(word.left < b and word.right > a for a, b in self.columns)]
                values += inside
                others = [word for word in others if word not in inside]
                self._rows.append(FigureRow(sum(word.middle for word in values) / len(values), values))
            texts += [(word, kind) for word in others]
        self._pitches = pitches
        self._labels = blocks(labels, pitches, across, [row.middle for row in self._rows])
        self._rows = joined_rows(self._rows, pitches, self._size)
        self._headings = blocks(texts, pitches, across)
        self._lowest = [block for block in self._headings if not any(_is_over(block, each) for each in self._headings
                        if not any(block.bottom < row.middle < each.top for row in self._rows))]  # fmt: skip
        self._add_columns()
        if not self._headings:
            self.columns = as_above(self.columns, above)
        for row in self._rows:
            for word in row.values:
                self._hold(row, word)

    def _add_columns(self) -> None:
        """Columns without a figure, which their headings show."""
        for upper, lower in pairwise([-1e9, *(row.middle for row in self._rows)]):
            heads = sorted(
                (block for block in self._lowest if upper < block.middle < lower and not is_article(block.text)),
                key=lambda each: each.left,
            )
            kept = _without_spanning(heads)
            self._lowest = [block for block in self._lowest if block not in heads or block in kept]
            heads = kept
            if len(heads) <= len(self.columns) or any(a.right > b.left for a, b in pairwise(heads)):
                continue
            taken = matched([(left + right) / 2 for left, right in self.columns],
                             [(block.left + block.right) / 2 for block in heads])  # fmt: skip
            self.columns += [(block.left, block.right) for place, block in enumerate(heads) if place not in taken]
            self.columns.sort()

    def _hold(self, row: FigureRow, word: Word) -> None:
        """Puts a word into a column; two figures in one column are kept as both, never as one number."""
        place = nearest(word, self.columns)
        held = row.held.get(place)
        text = word.text + word.rest
        if held is None:
            row.held[place] = Word(text, word.left, word.top, word.right, word.bottom)
        else:
            held.text = f"{held.text} {text}"

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
            for x in range(len(self.columns)):
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
        others = list(self._labels)
        for row in self._rows:
            beside = [block for block in others if block.top <= row.middle <= block.bottom]
            beside = beside or [block for block in others if abs(block.middle - row.middle) < self._size][:1]
            if beside:
                label = max(beside, key=lambda block: block.right)
                named.append(label)
                others.remove(label)
                row.label = label.text
        lefts = sorted(block.left for block in named)
        inner = lefts[len(lefts) * 2 // 3] if lefts else 0.0  # where most labels begin
        free: list[Block] = []
        rows = list(self._rows)
        for block in others:
            if HEADING in block.kinds or (FIGURES not in block.kinds and block.middle < rows[0].middle):
                free.append(block)
                continue
            near = min(rows, key=lambda row: abs(row.middle - block.middle))
            if block.right > inner + self._size and BEGINS.match(block.text):
                if is_one_row(block.middle, near.middle, self._pitches, self._size):
                    near.label = joined(block.text, near.label)  # no blank row is so near to figures
                else:
                    self._rows.append(FigureRow(block.middle, label=block.text))
            else:
                near.group = joined(near.group, block.text)
        self._rows.sort(key=lambda row: row.middle)
        return free

    def _heading_rows(self, free: list[Block]) -> list[FigureRow]:
        """Rows of headings: those over a column, and above them those over several."""
        found: list[FigureRow] = []
        starts = [-1e9, *(row.middle for row in self._rows), 1e9]
        for upper, lower in pairwise(starts):
            here = [block for block in self._headings if upper < block.middle < lower]
            beside = [block for block in free if upper < block.middle < lower]
            if not here and not beside:
                continue
            lowest = [block for block in here if any(block is each for each in self._lowest)]
            lowest = [block for block in lowest if not is_article(block.text)] or lowest
            rows = [row for row in self._rows if row.middle >= lower][: self._section(lower)]
            used = {place for row in rows for place in row.held}
            bottom = FigureRow(max(block.middle for block in lowest or here or beside))
            lowest.sort(key=lambda block: block.left)
            for count in (range(len(self.columns)), sorted(used)):
                if len(count) == len(lowest):
                    for place, block in zip(count, lowest, strict=True):
                        bottom.held[place] = block.word
                    break
            else:
                for block in lowest:
                    self._head(bottom, block, used)
            above: list[FigureRow] = []
            for block in here:
                if not any(block is other for other in lowest):
                    row = next((row for row in above if abs(row.middle - block.middle) < 0.5 * self._size), None)
                    if row is None:
                        row = FigureRow(block.middle)
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

    def _head(self, row: FigureRow, block: Block, used: set[int]) -> None:
        """Puts a heading over its column: of those that it overlaps, one that holds figures."""
        word = block.word
        over = [place for place, (left, right) in enumerate(self.columns) if block.left < right and block.right > left]
        place = nearest(word, self.columns, [each for each in over if each in used] or over or None)
        held = row.held.get(place)
        if held is None:
            row.held[place] = word
        else:
            held.text = joined(held.text, word.text)


def _is_over(block: Block, other: Block) -> bool:
    return other.middle > block.bottom and other.left < block.right and other.right > block.left


def _without_spanning(heads: list[Block]) -> list[Block]:
    """Headings of columns, from left to right, without those that stand higher, between two neighbouring columns."""
    low = max((block.top for block in heads), default=0.0)
    lowest = [block for block in heads if block.bottom > low]
    steps = sorted(right.centre - left.centre for left, right in pairwise(lowest))
    if not steps:
        return heads
    usual = steps[len(steps) // 2]
    kept = []
    for block in heads:
        before = max((each.centre for each in lowest if each.centre < block.centre), default=None)
        after = min((each.centre for each in lowest if each.centre > block.centre), default=None)
        if block.bottom > low or before is None or after is None or after - before > 1.5 * usual:
            kept.append(block)
    return kept
