"""Lines of text to blocks: the lines of one label, or of one heading, in a table without ruled lines.

They share an edge or their middle, stand as close as the lines of one text do, and only the first of them begins with a
number. No line of the page passes between them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise

from reports.readers.pdf.lines import BEGINS, joined
from reports.readers.pdf.page import PageContent, Rule
from reports.readers.pdf.unruled.headings import begins_column, begins_row, is_whole
from reports.readers.pdf.unruled.words import Word
from reports.readers.typeset import one_line

_CLOSE = 1.15  # of the usual distance of lines: lines of one block
_FURTHEST = 2.15  # heights of characters, from line to line of one block
_WIDEST = 2.6  # heights of characters, from line to line of one heading or label of the forms
_SAME_TYPE = 0.15  # of a size: lines of one type differ by less, as far as the ink of their characters shows it
_ALIGNED = 0.6  # of a character: edges that are one
FIGURES, HEADING, LABEL = "figures", "heading", "label"  # kinds of printed lines


class Separators:
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

    __slots__ = ("bottom", "kinds", "last", "left", "right", "top", "words")

    def __init__(self, word: Word, kind: str) -> None:
        self.words: list[Word] = []
        self.kinds: set[str] = set()
        self.left, self.right, self.top = word.left, word.right, word.top
        self.add(word, kind)

    def add(self, word: Word, kind: str) -> None:
        """Takes in the next line."""
        self.words.append(word)
        self.kinds.add(kind)
        self.last, self.bottom = word, word.bottom
        self.left, self.right = min(self.left, word.left), max(self.right, word.right)

    @property
    def middle(self) -> float:
        """Its middle, downwards."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Its middle, across."""
        return (self.left + self.right) / 2

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


class Pitches:
    """The usual distance of the lines of one text, by the height of its characters."""

    def __init__(self, found: Iterable[Word]) -> None:
        # of type that stands upright the characters follow each other closer than lines do
        ordered = sorted((word.middle, word.left, word.right, word.em) for word in found if len(word.text) > 1)
        steps: dict[int, list[float]] = {}
        for number, (middle, left, right, height) in enumerate(ordered):
            for below, other_left, other_right, other in ordered[number + 1 : number + 25]:
                if below - middle > 0.5 * height and other_left < right and other_right > left:
                    if abs(other - height) < 0.1 * height:
                        steps.setdefault(round(2 * height), []).append(below - middle)
                    break
        self._known = {size: pitch for size, each in steps.items() if (pitch := _recurring(each))}
        self._least = min((2 * pitch / size for size, pitch in self._known.items()), default=_FURTHEST)

    def close(self, height: float) -> float:
        """How far apart the middles of two lines of one text are at most."""
        size = round(2 * height)
        pitch = next((self._known[each] for each in (size, size - 1, size + 1) if each in self._known), None)
        if pitch is None:
            near = [known for each, known in self._known.items() if abs(each - size) <= _SAME_TYPE * size]
            pitch = max([self._least * height, *near])
        return min(_CLOSE * pitch, _FURTHEST * height)


def _recurring(steps: list[float]) -> float | None:
    """The smallest distance that comes more than once."""
    steps.sort()
    return next((second for first, second in pairwise(steps) if second < 1.03 * first), None)


def blocks(
    found: list[tuple[Word, str]], pitches: Pitches, across: Separators, rows: Sequence[float] = ()
) -> list[Block]:
    """The blocks of some words, each given with the kind of its printed line, from top to bottom.

    ``rows`` are the middles of the rows of figures: beside the middle of a label of two lines stands one of its own.
    """
    made: list[Block] = []
    for word, kind in sorted(found, key=lambda each: (each[0].middle, each[0].left)):
        close = pitches.close(word.em)
        for block in () if BEGINS.match(word.text) else reversed(made):
            down = word.middle - block.last.middle
            near = down <= close or (down <= _WIDEST * word.em and _goes_on(block.text + word.text))
            whole = kind == FIGURES and len(block.words) > 1 and any(block.top < row < block.bottom for row in rows)
            if down > 0 and near and not whole and _joins(block, word, kind, across):
                block.add(word, kind)
                break
        else:
            made.append(Block(word, kind))
    return made


def _goes_on(text: str) -> bool:
    """Whether the forms' own words tell that two lines are of one heading or label."""
    return begins_column(text) or begins_row(text)


def _joins(block: Block, word: Word, kind: str, across: Separators) -> bool:
    if word.left >= block.right or word.right <= block.left:
        return False
    if FIGURES in block.kinds and kind != LABEL:
        return False  # the next row's
    if (HEADING in block.kinds and kind == FIGURES) or is_whole(block.text):
        return False
    slack = _ALIGNED * (word.bottom - word.top)
    aligned = (
        abs(word.left - block.left) < slack
        or abs(word.right - block.right) < slack
        or abs(word.centre - block.centre) < slack
    )
    return aligned and not across.part(block, word)
