"""The header of a table where its headings are folded over lines, side by side, and partly run together.

``自然 商业企 科研机法人或其他组织法律服务 其 总计`` over ``人 业 构 社会公益组 织 机构 他`` names the seven kinds of
applicants in the form's order: line by line, from left to right, each heading comes out letter by letter.
"""

from __future__ import annotations

import functools
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

import data
from reports.forms import form
from reports.tables.labels import fold

_MOST_STEPS = 20_000

State = tuple[int, ...]  # how many letters of each heading have been read


class Headings(msgspec.Struct, frozen=True):
    """What a header prints: the columns' headings from left to right, and the words over and beside them."""

    columns: tuple[str, ...]
    others: tuple[str, ...]

    def may_be(self, letters: str) -> bool:
        """As many of each letter as the columns need, and no more than all words have."""
        found = Counter(letters)
        needed = Counter("".join(self.columns))
        return needed <= found <= needed + Counter("".join(self.others))


class Piece(msgspec.Struct, frozen=True):
    """A piece of a column's heading: in which line it stands, and its first letter and the one after it."""

    column: int
    line: int
    first: int
    end: int


class _Trail(msgspec.Struct, frozen=True):
    """The pieces that were read on the way to a state, the latest first."""

    piece: Piece
    before: _Trail | None


@functools.cache
def of_applications() -> Headings:
    """The headings of table 3, folded."""
    columns = tuple(fold(str(column["label"])) for column in form("applications")["columns"])
    words = data.load_yaml("forms/headings.yaml")
    return Headings(columns, (words["column_groups"][0], "申请人情况", *words["notes"]))


def names_all_in_order(lines: Sequence[str]) -> bool:
    """These lines are the headings of table 3 in the form's order, and nothing else."""
    return pieces_in_order(lines, of_applications()) is not None


def pieces_in_order(lines: Sequence[str], headings: Headings) -> list[Piece] | None:
    """Where these lines print each column's heading; None where they are not all of them in order, and nothing else."""
    if not headings.may_be(fold("".join(lines))):
        return None
    budget = [_MOST_STEPS]
    words = (*headings.columns, *headings.others)
    columns = len(headings.columns)
    states: dict[State, _Trail | None] = {(0,) * len(words): None}
    for number, line in enumerate(lines):
        letters = [(letter, at) for at, char in enumerate(line) for letter in fold(char)]
        reader = _Line("".join(letter for letter, _ in letters), [at for _, at in letters], number, columns, budget)
        after: dict[State, _Trail | None] = {}
        for state, so_far in states.items():
            for further, trail in reader.read(words, state, so_far):
                if further not in after or _disorder(trail) < _disorder(after[further]):
                    after[further] = trail
        states = after
        if not states or budget[0] < 0:
            return None
    whole = [len(word) for word in words]
    for state, trail in states.items():
        if list(state[:columns]) == whole[:columns] and all(
            read in (0, size) for read, size in zip(state[columns:], whole[columns:], strict=True)
        ):
            return _pieces(trail)
    return None


def _pieces(trail: _Trail | None) -> list[Piece]:
    found: list[Piece] = []
    while trail is not None:
        found.append(trail.piece)
        trail = trail.before
    return found[::-1]


def _disorder(trail: _Trail | None) -> int:
    """How many pieces stand to the left of one of a column before theirs: fewest where each line was read aright."""
    firsts = [piece.first for piece in sorted(_pieces(trail), key=lambda piece: piece.column)]
    return sum(other < one for one, other in itertools.combinations(firsts, 2))


class _Line:
    """One line of a header."""

    def __init__(self, text: str, places: list[int], number: int, columns: int, budget: list[int]) -> None:
        self._text = text
        self._places = places  # of its letters in the line as it is printed
        self._number = number
        self._columns = columns
        self._budget = budget

    def read(
        self, words: tuple[str, ...], state: State, trail: _Trail | None, at: int = 0, column: int = 0, last: int = -1
    ) -> Iterator[tuple[State, _Trail | None]]:
        """How far the headings have been read after this line, from its letter ``at`` and this column on.

        ``last`` is the heading that has been read just before it: it ended there.
        """
        self._budget[0] -= 1
        if self._budget[0] < 0:
            return
        if at == len(self._text):
            yield state, trail
            return
        for each in (*range(column, self._columns), *range(self._columns, len(words))):
            if each == last:
                continue
            rest = words[each][state[each] :]
            size = 0
            while size < min(len(rest), len(self._text) - at) and rest[size] == self._text[at + size]:
                size += 1
            for read in range(size, 0, -1):
                after = (*state[:each], state[each] + read, *state[each + 1 :])
                is_column = each < self._columns
                piece = Piece(each, self._number, self._places[at], self._places[at + read - 1] + 1)
                further = _Trail(piece, trail) if is_column else trail
                yield from self.read(words, after, further, at + read, each + 1 if is_column else column, each)
