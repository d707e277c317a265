"""Figures too wide for their column, in tables without ruled lines: 1234 above 5 is one figure in two lines.

The first line of such a figure fills its column, and the rest stands right below it, with no label that begins beside
it. Nor are a few digits, right below a row of many and beside no label at all, a row of their own. The rest is joined
with a space, as of a figure that only a sum can confirm.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from reports.readers.pdf.lines import BEGINS
from reports.readers.pdf.unruled.columns import covered
from reports.readers.pdf.unruled.headings import names_row
from reports.readers.pdf.unruled.words import Word, is_figure

_DIGITS = re.compile(r"[\d０-９][\d０-９,，]*")
_REST = re.compile(r"[\d０-９,，]+(?:[.．][\d０-９]+)?(?:件|条|项|个)?")
_BELOW = 0.6  # heights of characters, from one line of a figure to the next
_ALIKE = 0.4  # of a digit's width: what is no wider
_FEW = 0.5  # of a row's figures: more of them below each other are a row of their own
_PADDING = 12.0  # points that stand free between two columns, at most


def with_whole_figures(band: Sequence[list[Word]]) -> list[list[Word]]:
    """The lines of a table; the rest of a figure goes up to its first line, and what else is in its line stays."""
    columns = _columns(band)
    labels = sorted(word.left for line in band if (word := _label(line, columns)) is not None)
    edge = labels[len(labels) // 2] if labels else 0.0  # where most labels begin: groups stand left of them
    whole: list[list[Word]] = []
    ends: dict[int, Word] = {}  # of each column: the lowest piece of a figure so far
    above = 0  # figures in the last line that had some
    for line in band:
        digits = {at: word for word in line if (at := _column(word, columns)) is not None}
        label = _label(line, columns)
        own = label is not None and (label.right > edge or names_row(label.text))
        beside = label.text if label is not None and own else ""
        few = not beside and len(digits) <= _FEW * above
        needed = {at: 0.0 if few else columns[at].full if beside else columns[at].widest for at in digits}
        rests = all(_goes_on(ends.get(at), word, needed[at]) for at, word in digits.items())
        if rests and not BEGINS.match(beside) and not names_row(beside):
            for at, word in digits.items():
                _lengthen(whole, columns, at, word)
            line = [word for word in line if word not in digits.values()]
        ends |= digits
        above = len(digits) or above
        if line:
            whole.append(line.copy())
    return whole


def _lengthen(whole: list[list[Word]], columns: Sequence[_Column], at: int, rest: Word) -> None:
    """Join the rest of a figure to the last one of its column."""
    for line in reversed(whole):
        for place, word in enumerate(line):
            if _column(word, columns) == at:
                line[place] = replace(word, rest=f"{word.rest} {rest.text}", bottom=rest.bottom)
                return


class _Column(NamedTuple):
    """The figures of a column are so wide at most; ``full``: so wide are those that leave no room for another digit."""

    left: float
    right: float
    widest: float
    full: float


def _columns(band: Sequence[list[Word]]) -> list[_Column]:
    places = covered([word for line in band for word in line if is_figure(word.text) or _REST.fullmatch(word.text)])
    digits = [word for line in band for word in line if _REST.fullmatch(word.text)]
    steps = [(right[0] + right[1] - left[0] - left[1]) / 2 for left, right in pairwise(places)]
    found = []
    for at, (left, right) in enumerate(places):
        held = [word for word in digits if left <= word.centre <= right]
        widest = max((word.right - word.left for word in held), default=0.0)
        digit = max(((word.right - word.left) / len(word.text) for word in held), default=0.0)
        room = min(steps[max(0, at - 1) : at + 1], default=float("inf"))
        enough = widest - _ALIKE * digit
        found.append(_Column(left, right, enough, enough if room - widest < digit + _PADDING else float("inf")))
    return found


def _label(line: Sequence[Word], columns: Sequence[_Column]) -> Word | None:
    """What stands right before the figures of a line, or alone in it."""
    first = columns[0].left if columns else float("inf")
    return next((word for word in reversed(line) if word.right < first), None)


def _column(word: Word, columns: Sequence[_Column]) -> int | None:
    if not _REST.fullmatch(word.text):
        return None
    return next((at for at, column in enumerate(columns) if column.left <= word.centre <= column.right), None)


def _goes_on(above: Word | None, rest: Word, full: float) -> bool:
    """Whether digits are the rest of the piece above them, if that is so wide as to fill its column."""
    if above is None or not _DIGITS.fullmatch(above.text):
        return False
    free, wide = rest.top - above.bottom, above.right - above.left
    if wide < rest.right - rest.left - 1:
        return False
    digit = (rest.right - rest.left) / len(rest.text)  # with one more, it is wider than the widest: 1113 is narrow
    return wide + (1 - _ALIKE) * digit >= full and -1 <= free < _BELOW * (above.bottom - above.top)
