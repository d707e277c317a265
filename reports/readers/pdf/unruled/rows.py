"""Rows of figures in a table without ruled lines: which lines of figures are one row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reports.readers.pdf.unruled.blocks import Pitches
from reports.readers.pdf.unruled.words import Word

_SAME_ROW = 0.7  # of the distance of two lines of text


@dataclass(slots=True)
class FigureRow:
    """One row: its figures, those that stand in a column, its label and what its group is called."""

    middle: float
    values: list[Word] = field(default_factory=list)
    held: dict[int, Word] = field(default_factory=dict)
    label: str = ""
    group: str = ""


def is_one_row(upper: float, lower: float, pitches: Pitches, size: float) -> bool:
    """Whether two middles are closer than two lines of text can be."""
    return abs(lower - upper) < _SAME_ROW * pitches.close(size)


def joined_rows(rows: Sequence[FigureRow], pitches: Pitches, size: float) -> list[FigureRow]:
    """Lines of figures closer than two lines of text are one row, where no figure stands below another.

    A note makes one figure two lines high and the others stand beside its middle; fonts differ in their heights.
    """
    found: list[FigureRow] = []
    for row in sorted(rows, key=lambda row: row.middle):
        last = found[-1] if found else None
        if (
            last is not None
            and is_one_row(last.middle, row.middle, pitches, size)
            and not any(_overlap(a, b) for a in last.values for b in row.values)
        ):
            fuller = max(last, row, key=lambda each: len(each.values))
            last.middle, last.values = fuller.middle, [*last.values, *row.values]
            continue
        found.append(row)
    return found


def _overlap(one: Word, other: Word) -> bool:
    return one.left < other.right and other.left < one.right
