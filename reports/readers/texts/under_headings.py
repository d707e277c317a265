"""Under which headings the figures of a row stand that prints fewer than there are columns: told by their places.

Programs move what stands to the right of a long label by a place or two, so that a figure may lie between two headings.
Then each of the two is a way to read it, and it is for the sums to choose.
"""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Sequence

from reports.readers.texts.folded_header import Piece
from reports.readers.texts.printed_words import Word, places_of

#: A column's left edge, middle and right edge: figures are set at one of them.
Edges = tuple[float, float, float]
#: The columns of a row's figures, from left to right.
Way = tuple[int, ...]
SLACK = 1.5  # places
WIDE_SLACK = 4.0  # where figures are moved
_EXACT = 1.0
_FARTHEST = 6.0  # places from a column beyond which nothing is under it
_MOST_WAYS = 200
_LEAST_ALIKE = 3  # rows
_NOWHERE: Edges = (-1e6, -1e6, -1e6)


def columns_of_headings(lines: Sequence[str], pieces: Sequence[Piece], count: int, wide: int) -> list[Edges]:
    """Where the headings of each column stand: a folded one at the middle of its pieces."""
    found: list[list[Edges]] = [[] for _ in range(count)]
    for piece in pieces:
        places = places_of(lines[piece.line], wide)
        found[piece.column].append(_edges(places[piece.first], places[piece.end]))
    return [_middle(each) for each in found]


def in_order(columns: Sequence[Edges]) -> bool:
    """The columns follow each other from left to right: else lines were moved, and their places say nothing."""
    return all(one[1] < other[1] for one, other in itertools.pairwise(columns))


def columns_of_rows(rows: Sequence[Sequence[Word]], count: int) -> list[Edges]:
    """Where the columns stand by the figures of a page alone; nothing where these do not show all of them.

    A row that prints a figure in each shows them; or figures below each other in so many places, where any two places
    side by side are both filled in some row, so that they are two columns and not one that was moved.
    """
    full = [row for row in rows if len(row) == count]
    if full:
        return [_middle([_edges(word.left, word.right) for word in column]) for column in zip(*full, strict=True)]
    groups: list[list[tuple[Word, int]]] = []
    right = 0
    for word, number in sorted(((word, number) for number, row in enumerate(rows) for word in row), key=_left):
        if not groups or word.left >= right:
            groups.append([])
        groups[-1].append((word, number))
        right = max(right, word.right) if len(groups[-1]) > 1 else word.right
    numbers = [{number for _, number in group} for group in groups]
    if len(groups) != count or not all(one & other for one, other in itertools.pairwise(numbers)):
        return []
    return [_middle([_edges(word.left, word.right) for word, _ in group]) for group in groups]


def _left(found: tuple[Word, int]) -> int:
    return found[0].left


def slack_of(columns: Sequence[Edges], rows: Sequence[Sequence[Word]]) -> float:
    """How far to the side of its column a figure of a page may stand: little where all stand below them in one way.

    So they do if all begin where their column does, or end there, or have their middle in its middle.
    """
    away: list[list[float]] = []
    for word in (word for row in rows for word in row if columns):
        edges = min(columns, key=lambda column: _away(column, word))
        away.append([abs(one - other) for one, other in zip(edges, _edges(word.left, word.right), strict=True)])
    return SLACK if any(all(each[at] <= _EXACT for each in away) for at in range(3)) else WIDE_SLACK


def columns_again(rows: Sequence[Sequence[Word]], above: Sequence[Sequence[Way]], count: int) -> list[Edges]:
    """Where the columns stand on a page whose rows all print as many figures as all rows above, in one way: in that.

    Nothing where they do not.
    """
    ways = {way for each in above for way in each}
    if len(ways) != 1 or len(above) < _LEAST_ALIKE or any(len(row) != len(next(iter(ways))) for row in rows):
        return []
    columns: list[Edges] = [_NOWHERE] * count
    for at, words in zip(next(iter(ways)), zip(*rows, strict=True), strict=True):
        columns[at] = _middle([_edges(word.left, word.right) for word in words])
    return columns


def _edges(left: float, right: float) -> Edges:
    return left, (left + right) / 2, right


def _middle(edges: Sequence[Edges]) -> Edges:
    left, middle, right = (statistics.median(each) for each in zip(*edges, strict=True))
    return left, middle, right


def ways_under(columns: Sequence[Edges], row: Sequence[Word], slack: float) -> list[Way]:
    """The columns in which a row's figures may stand, from left to right; none where they lie otherwise.

    ``slack``: by how many places another column may be farther away than the nearest, and still be meant.
    """
    if len(row) == len(columns):
        return [tuple(range(len(columns)))]
    near: list[list[int]] = []
    for word in row:
        away = [_away(column, word) for column in columns]
        least = min(away, default=_FARTHEST)
        near.append([at for at, each in enumerate(away) if each <= min(least + slack, _FARTHEST)])
    ways: list[Way] = [()]
    for columns_near in near:
        ways = [(*way, at) for way, at in itertools.product(ways, columns_near) if not way or at > way[-1]]
        if len(ways) > _MOST_WAYS:
            return []
    return ways


def fits(columns: Sequence[Edges], rows: Sequence[Sequence[Word]]) -> bool:
    """All figures stand where these columns, of another page, have theirs, and the page's last column is the last one.

    A page on which the columns lie closer together has figures below other columns' places too, but not its last.
    """
    words = [word for row in rows for word in row]
    if not columns or any(_nearest(columns, word) > SLACK for word in words):
        return False
    return not words or _away(columns[-1], max(words, key=lambda word: word.right)) <= SLACK


def misfit_of(columns: Sequence[Edges], rows: Sequence[Sequence[Word]]) -> float:
    """How far the figures lie from their columns, all together."""
    return sum(min(_nearest(columns, word), _FARTHEST) if columns else _FARTHEST for row in rows for word in row)


def _nearest(columns: Sequence[Edges], word: Word) -> float:
    return min(_away(column, word) for column in columns)


def _away(column: Edges, word: Word) -> float:
    return min(abs(one - other) for one, other in zip(column, _edges(word.left, word.right), strict=True))
