"""Rows of figures in a table without ruled lines: which lines of figures are one row, and which figures one number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reports.readers.pdf.blocks import Block, Pitches
from reports.readers.pdf.words import Word

_SAME_ROW = 0.7  # of the distance of two lines of text
_FEW = 0.5  # of a row's figures: more of them below each other are a row of their own


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


def with_whole_figures(
    rows: Sequence[FigureRow], labels: Sequence[Block], pitches: Pitches, size: float
) -> list[FigureRow]:
    """The rows without lines that hold the rest of figures that were too wide for their cells: 1|3 in two lines.

    The rest stands right below the first digits, with no label beside it. It is joined with a space, as a figure that
    only a sum can confirm.
    """
    found: list[FigureRow] = []
    for row in rows:
        last = found[-1] if found else None
        if last is not None and _is_rest(row, last, labels, pitches, size):
            for word in row.values:
                above = next(each for each in last.values if _overlap(each, word))
                above.text = f"{above.text} {word.text}"
            continue
        found.append(row)
    return found


def _is_rest(row: FigureRow, above: FigureRow, labels: Sequence[Block], pitches: Pitches, size: float) -> bool:
    if len(row.values) > _FEW * len(above.values) or row.middle - above.middle > pitches.close(size):
        return False
    if not all(word.text[:1].isdigit() for word in row.values):
        return False
    beside = [block.left for block in labels if block.top <= above.middle <= block.bottom]
    if any(
        block.top <= row.middle <= block.bottom and block.top > above.middle and block.right > max(beside, default=0.0)
        for block in labels
    ):
        return False
    return all(
        any(_overlap(each, word) and each.text[-1:].isdigit() and each.bottom <= word.top + 1 for each in above.values)
        for word in row.values
    )


def _overlap(one: Word, other: Word) -> bool:
    return one.left < other.right and other.left < one.right
