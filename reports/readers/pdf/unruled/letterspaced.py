"""Headings and labels of tables without ruled lines whose characters are set apart: 总　计, or 行 政 处 罚.

Gaps as wide as those between columns part such characters, so only the forms' own words tell that they are one heading.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from itertools import pairwise

from reports.readers.pdf.lines import BEGINS, is_wide
from reports.readers.pdf.unruled.headings import is_piece, is_printed, solid
from reports.readers.pdf.unruled.words import Word

_MOST = 3  # characters of a piece: more stand together as a word that needs none beside it
_EVEN = 0.35  # heights of characters
_CLOSER, _NEAR = 0.75, 1.5  # of the gaps on both sides, heights of characters


def with_whole_headings(band: Sequence[list[Word]]) -> list[list[Word]]:
    """The lines of a table, pieces of one heading or label joined to one word."""
    return [_joined(line) if sum(_may_be_piece(word.text) for word in line) > 1 else line for line in band]


def _joined(line: list[Word]) -> list[Word]:
    found: list[Word] = []
    at = 0
    while at < len(line):
        end = at + 1
        if _is_piece(line[at]):
            end = next((end for end in range(_last(line, at), at + 1, -1) if _are_one(line, at, end)), end)
        pieces = line[at:end]
        found.append(line[at] if len(pieces) == 1 else _word(pieces))
        at = end
    return found


def _last(line: list[Word], at: int) -> int:
    """Where the pieces that stand side by side from here on end."""
    end = at + 1
    while end < len(line) and _is_piece(line[end]):
        end += 1
    return end


def _is_piece(word: Word) -> bool:
    return _may_be_piece(word.text)


@functools.lru_cache(maxsize=4096)
def _may_be_piece(text: str) -> bool:
    text = solid(text)
    return len(_without_number(text)) <= _MOST and is_wide(text[-1:])


def _are_one(line: Sequence[Word], at: int, end: int) -> bool:
    """Whether pieces make more of one heading together; two headings side by side (其他, 总计) are none.

    Within a heading the gaps are alike. Of one that its column's width broke, only the line above or below knows the
    rest: then they must be small, and smaller than those on both sides.
    """
    texts = [solid(word.text) for word in line[at:end]]
    texts[0] = _without_number(texts[0])
    gaps = [behind.left - before.right for before, behind in pairwise(line)]
    within, around = gaps[at : end - 1], [*gaps[max(0, at - 1) : at], *gaps[end - 1 : end]]
    if not any(len(text) == 1 for text in texts) or max(within) - min(within) > _EVEN * line[at].em:
        return False
    text = "".join(texts)
    near = min(_NEAR * line[at].em, _CLOSER * min(around, default=float("inf")))
    return is_printed(text) or (is_piece(text) and max(within) < near)


def _without_number(text: str) -> str:
    number = BEGINS.match(text)
    return text[number.end() :] if number else text


def _word(pieces: Sequence[Word]) -> Word:
    first, last = pieces[0], pieces[-1]
    top, bottom = min(word.top for word in pieces), max(word.bottom for word in pieces)
    return Word("".join(word.text for word in pieces), first.left, top, last.right, bottom)
