"""Lists of indicators without ruled lines (统计表 of 2014-2018): indicator, unit, figure; numbered, or side by side."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reports.forms import units
from reports.readers.pdf.unruled.columns import Range
from reports.readers.pdf.unruled.words import Word, is_figure, is_indicator

_FEWEST = 5  # numbers that count lines
_MOST = 0.8  # of the steps from number to number are 1; of the lines are parted
_SOME = 0.4  # of the lines with figures have two indicators: the last column may be a short one


def unit_column(band: Sequence[Sequence[Word]], first: float) -> list[Range]:
    """Where the units stand, before the first column of figures: one range, or none."""
    found = [
        word
        for line in band
        for label, word, figure in zip(line, line[1:], line[2:], strict=False)
        if word.text in units() and word.right <= first and is_figure(figure.text) and len(label.text) > 2
    ]
    return [(min(word.left for word in found), max(word.right for word in found))] if found else []


def lists_of(band: list[list[Word]]) -> list[list[list[Word]]]:
    """The lists in a band of lines: those side by side each by itself, without the numbers of their lines."""
    if not any(map(is_indicator, band)):
        return [band]
    band = _without_numbers(band)
    doubled = [line for line in band if _second(line) is not None]
    if len(doubled) < _SOME * sum(map(is_indicator, band)):
        return [band]
    begins = [line[at] for line in doubled if (at := _second(line)) is not None]
    wall = min(word.left for word in begins)
    ends = [line[at - 1].right for line in doubled if (at := _second(line)) is not None]
    if sum(end < wall for end in ends) < _MOST * len(ends):
        return [band]
    sides = [
        [kept for line in band if (kept := [word for word in line if (word.centre < wall) is left])]
        for left in (True, False)
    ]
    return [_without_numbers(side) for side in sides]


def _second(line: Sequence[Word]) -> int | None:
    """The place of the second indicator's first word in a line that has two: behind the first figure."""
    ends = [at + 1 for at, (word, behind) in enumerate(pairwise(line)) if is_indicator([word, behind])]
    return ends[0] + 1 if len(ends) > 1 else None


def _without_numbers(band: list[list[Word]]) -> list[list[Word]]:
    """The lines without the numbers that count them: 序号 | 统计指标 | 单位 | 统计数."""
    numbers = [line[0] for line in band if len(line) > 1 and line[0].text.isdigit() and not is_figure(line[1].text)]
    steps = [int(below.text) - int(above.text) == 1 for above, below in pairwise(numbers)]
    if len(numbers) < _FEWEST or sum(steps) < _MOST * len(steps):
        return band
    edge = max(word.right for word in numbers)
    return [kept for line in band if (kept := [word for word in line if word.left > edge or not word.text.isdigit()])]
