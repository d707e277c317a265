"""The columns of a table without ruled lines: where its figures stand below each other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reports.readers.pdf.unruled.words import Word, figures, is_figure

_MANY = 5  # columns: fewer may be another part of table 2, with columns of its own
_STEP = 3.0  # points: figures that stand less to the side of their headings are no further to the side
_NEVER: tuple[float, tuple[int, ...]] = (float("inf"), ())
Range = tuple[float, float]  # of places across the page


def columns_of(band: Sequence[list[Word]]) -> list[Range]:
    """The columns, as ranges of places: as the rows with most figures show them, else as all figures cover them."""
    rows = [[word for word in line if is_figure(word.text)] for line in band if figures(line)]
    most = max(len(row) for row in rows)
    full = [row for row in rows if len(row) == most]
    found = [(min(row[k].left for row in full), max(row[k].right for row in full)) for k in range(most)]
    if any(right > left for (_, right), (left, _) in pairwise(found)):
        found = covered([word for row in rows for word in row])
    for row in rows:
        for word in row:
            if all(word.right < left or word.left > right for left, right in found) and len(row) > 1:
                found.append((word.left, word.right))
                found.sort()
    return found


def nearest(word: Word, columns: Sequence[Range], among: list[int] | None = None) -> int:
    """The column whose middle is nearest to the middle of a word; ``among`` those named."""
    return nearest_of(word.centre, columns, among)


def nearest_of(middle: float, columns: Sequence[Range], among: list[int] | None = None) -> int:
    """The column whose middle is nearest to a place across the page."""
    return min(
        among if among is not None else range(len(columns)),
        key=lambda place: abs((columns[place][0] + columns[place][1]) / 2 - middle),
    )


def label_edge(band: Sequence[list[Word]], columns: Sequence[Range]) -> float:
    """Where the labels end: as far to the right as text reaches left of the figures, from the first of them on."""
    first = columns[0][0]
    top = next(min(word.top for word in line) for line in band if figures(line))
    left = [word for line in band for word in line if word.right < first and not is_figure(word.text)]
    edge = max((word.right for word in left if word.bottom > top), default=-1e9)
    for word in sorted(left, key=lambda word: word.left):
        if word.left < edge < word.right:
            edge = word.right  # the corner's note
    return edge


def as_above(columns: list[Range], above: Sequence[Range]) -> list[Range]:
    """The columns of a piece below a page break, with those of the piece ``above`` that are blank in it."""
    if len(above) < _MANY:
        return columns
    places = [nearest_of((left + right) / 2, above) for left, right in columns]
    if len(columns) >= len(above) or places != sorted(set(places)):
        return columns
    joined = [
        (min(left, above[at][0]), max(right, above[at][1])) for (left, right), at in zip(columns, places, strict=True)
    ]
    whole = sorted([*joined, *(each for at, each in enumerate(above) if at not in places)])
    apart = all(right < left for (_, right), (left, _) in pairwise(whole))
    return (
        whole if apart and all(_touch(each, above[at]) for each, at in zip(columns, places, strict=True)) else columns
    )


def _touch(one: Range, other: Range) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def matched(columns: Sequence[float], heads: Sequence[float]) -> set[int]:
    """Which of the headings stand over the columns, in order; there are more headings. Both by their middles.

    Figures that are set to the left or to the right stand all to the same side of their headings' middles, and as near
    to that as can be.
    """
    shifts = {
        0.0,
        *(_STEP * round((column - min(heads, key=lambda head: abs(head - column))) / _STEP) for column in columns),
    }
    return set(min(_in_order([column - shift for column in columns], heads) for shift in shifts)[1])


def _in_order(columns: Sequence[float], heads: Sequence[float]) -> tuple[float, tuple[int, ...]]:
    """The nearest headings in order, and how far they are from the columns altogether."""
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ())] * (len(heads) + 1)  # with the first headings alone
    for column in columns:
        following = [_NEVER]
        for place, head in enumerate(heads):
            far, chosen = best[place]
            far += abs(head - column)
            following.append((far, (*chosen, place)) if far < following[-1][0] else following[-1])
        best = following
    return best[-1]


def covered(found: Sequence[Word]) -> list[Range]:
    """The stretches across the page that some words take up together."""
    columns: list[Range] = []
    for left, right in sorted((word.left, word.right) for word in found):
        if columns and left <= columns[-1][1] + 1:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns
