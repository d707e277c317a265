"""Labels that the lines of a text cut anywhere and run together: ``总计商业企`` and ``业`` are 总计 and 商业企业.

So programs print the cells of a narrow table: each is folded to its width, and what stands side by side is joined. Only
lines are taken apart that are nothing but labels of the forms, letter by letter.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import re
from typing import Any

import data
from reports.tables.labels import exact_labels, fold, spellings
from reports.tables.listed import is_value
from reports.tables.pairs import Piece
from reports.tables.rows import token_of

_OPENING = "（([【“"
_NUMBERED = re.compile(r"\W*(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})")
_NOTE = re.compile(r"\s*[（(\[【](?![0-9一二三四五六七八九十]{1,2}[)\]】）])[^（()）]{1,30}[）)\]】]")
_MOST_LETTERS = 4_000  # of labels one after another: no form has as many
_LETTER, _LABEL, _CUT, _NUMBER = (
    1_000,
    1,
    2,
    3,
)  # what a letter costs that is in no label, a label, and a space or line's end in it
_END = ""


@functools.cache
def _tree() -> dict[str, Any]:
    """The labels of the forms, letter by letter."""
    tree: dict[str, Any] = {}
    for spelling in (*spellings(), *map(fold, data.load_yaml("forms/headings.yaml")["notes"])):
        branch = tree
        for letter in spelling:
            branch = branch.setdefault(letter, {})
        branch[_END] = True
    return tree


def whole(run: list[Piece]) -> list[Piece]:
    """The texts and figures of a run of lines, with the labels that lines cut or join put right."""
    found: list[Piece] = []
    begun = 0
    for place in range(len(run) + 1):
        if place == len(run) or not run[place][0] or is_value(token_of(run[place][0])):
            found += _labels(run[begun:place])
            found += run[place : place + 1]
            begun = place + 1
    return found


def _labels(texts: list[Piece]) -> list[Piece]:
    """Texts without a figure between them, taken apart where that leaves fewer letters unexplained."""
    if len(texts) < 2 and all(exact_labels(text) for text, _ in texts):
        return texts
    if sum(len(text) for text, _ in texts) > _MOST_LETTERS:
        return texts
    letters = "".join(text for text, _ in texts)
    begins = [0, *itertools.accumulate(len(text) for text, _ in texts)]  # where each text begins among the letters
    starts = {at: number for number, at in enumerate(begins[:-1])}
    gaps = list(itertools.accumulate(at in starts or letters[at - 1].isspace() for at in range(len(letters))))
    cost: list[float] = [0.0] + [float("inf")] * len(letters)
    before: list[tuple[int, bool]] = [(0, False)] * (len(letters) + 1)  # where the last part begins; whether a label
    for at in range(len(letters)):
        if cost[at] == float("inf"):
            continue
        if (number := starts.get(at)) is not None:  # a text that is not taken apart
            text = texts[number][0]
            _take(cost, before, at, at + len(text), _LETTER * len(fold(text)), False)
        for end, price in _ends(letters, at):
            _take(cost, before, at, end, price + _CUT * (gaps[end - 1] - gaps[at]), True)
    return _parts(texts, letters, begins, before)


def _take(cost: list[float], before: list[tuple[int, bool]], at: int, end: int, price: float, label: bool) -> None:
    if cost[at] + price < cost[end]:
        cost[end], before[end] = cost[at] + price, (at, label)


def _ends(letters: str, at: int) -> list[tuple[int, int]]:
    """Where labels end that begin here, with their number, the note in brackets behind them and spaces."""
    ends: list[tuple[int, int]] = []
    number = _NUMBERED.match(letters, at)
    begins = [(at, _LABEL)]
    if number is not None:
        begins.append((number.end(), _LABEL + _NUMBER))
    for place, price in begins:
        branch = _tree()
        while place < len(letters) and branch:
            for letter in fold(letters[place]):
                branch = branch.get(letter, {})
            place += 1
            if _END in branch:
                ends.append((_next(letters, place), price))
                if (note := _NOTE.match(letters, place)) is not None:
                    ends.append((_next(letters, note.end()), price))
    return ends


def _next(letters: str, at: int) -> int:
    """The next letter that says something: a bracket that opens belongs to what follows it."""
    while at < len(letters) and not fold(letters[at]) and letters[at] not in _OPENING:
        at += 1
    return at


def _parts(texts: list[Piece], letters: str, begins: list[int], before: list[tuple[int, bool]]) -> list[Piece]:
    parts: list[Piece] = []
    end = len(letters)
    while end > 0:
        at, label = before[end]
        text, origin = texts[bisect.bisect_right(begins, at) - 1]
        parts.append((letters[at:end].strip() if label else text, origin))
        end = at
    return parts[::-1]
