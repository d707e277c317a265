"""Table 4 of a text as it looks on paper: its headings folded side by side over lines, its figures in one row.

Where the row prints fewer than fifteen figures, the headings above tell under which they may stand, and the sum of each
block under which they do.
"""

from __future__ import annotations

import functools
import itertools
import re

import data
from reports.forms import form
from reports.readers.texts.cells import PACKED, Reading, Row
from reports.readers.texts.folded_header import Headings, Piece, pieces_in_order
from reports.readers.texts.printed_words import Word, labels_and_figures, printed_words
from reports.readers.texts.under_headings import WIDE_SLACK, Way, columns_of_headings, in_order, misfit_of, ways_under
from reports.tables.labels import fold
from reports.tables.rows import token_of

_MOST_HEADER = 20  # lines
_MOST_LINES = 4  # that one row of figures is cut into
_LONGEST = 300  # characters of a line
_CLEARLY = 1.5
_SIDE_BY_SIDE = 4  # headings


@functools.cache
def _headings() -> Headings:
    review = form("review")
    outcomes = tuple(fold(str(each["label"])) for each in review["columns"])
    blocks = [fold(str(row["label"])) for row in review["rows"]]
    lawsuits = fold(data.load_yaml("forms/headings.yaml")["lawsuits"][0])
    return Headings(outcomes * len(blocks), (*blocks, lawsuits))


@functools.cache
def _letters() -> frozenset[str]:
    headings = _headings()
    return frozenset("".join((*headings.columns, *headings.others)))


def reviews_on_paper(lines: list[str]) -> dict[int, Reading]:
    """The tables that are read so, by the line at which each begins."""
    found: dict[int, Reading] = {}
    begin: int | None = None
    for at, line in enumerate(lines):
        letters = fold(line) if len(line) <= _LONGEST else line
        if not letters:
            continue
        if not _letters().isdisjoint(letters) and _letters().issuperset(letters):
            begin = at if begin is None or at - begin > _MOST_HEADER else begin
            continue
        if begin is not None and (read := _read(lines, begin, at)) is not None:
            found[begin] = read
        begin = None
    return found


def _read(lines: list[str], begin: int, at: int) -> Reading | None:
    header, headings = lines[begin:at], _headings()
    if all(len(line.split()) < _SIDE_BY_SIDE for line in header) or not _in_the_forms_order(header):
        return None
    count = len(headings.columns)
    readings: list[tuple[float, list[Word], Way]] = []
    pieces: list[Piece] | None = None
    end = at
    for wide in (2, 1):
        figures, end = _figures(lines, at, wide)
        if not 0 < len(figures) <= count:
            return None
        pieces = pieces or pieces_in_order(header, headings)
        if pieces is None:
            return None
        columns = columns_of_headings(header, pieces, count, wide)
        ways = ways_under(columns, figures, WIDE_SLACK) if len(figures) == count or in_order(columns) else []
        if (way := _balanced(figures, ways)) is not None:
            readings.append((misfit_of(columns, [figures]), figures, way))
    readings.sort(key=lambda each: each[0])
    if not readings or any(
        way != readings[0][2] and misfit < _CLEARLY * readings[0][0] + 1 for misfit, _, way in readings[1:]
    ):
        return None
    _, figures, way = readings[0]
    printed = {column: word.text for column, word in zip(way, figures, strict=True)}
    blocks: Row = [None] * count
    for place, row in enumerate(form("review")["rows"]):
        blocks[place * (count // 3)] = str(row["label"])
    outcomes = [str(each["label"]) for each in form("review")["columns"]] * 3
    table: list[Row] = [blocks, [*outcomes], [printed.get(column, "") for column in range(count)]]
    return table, [PACKED, "folded headings were read in the form's order, figures by their places"], end


def _in_the_forms_order(header: list[str]) -> bool:
    """No block's name that stands whole in the header stands to the right of the one that the form prints after it."""
    *blocks, lawsuits = _headings().others
    review, direct, after = blocks
    left = {
        name: found.start()
        for name in (review, lawsuits, direct, after)
        for line in header
        if (found := re.search(r"[ \u3000]?".join(name), line)) is not None
    }
    return all(
        left[one] <= left[other]
        for one, other in ((review, lawsuits), (direct, after))
        if one in left and other in left
    )


def _figures(lines: list[str], at: int, wide: int) -> tuple[list[Word], int]:
    """The figures of the lines from here on that print nothing else, from left to right."""
    found: list[Word] = []
    end = at
    while end < len(lines) and end - at < _MOST_LINES:
        labels, figures = labels_and_figures(printed_words(lines[end], wide))
        if labels or not figures:
            break
        found += figures
        end += 1
    found.sort(key=lambda word: word.left)
    apart = all(one.right < other.left for one, other in itertools.pairwise(found))
    return (found if apart else []), end


def _balanced(figures: list[Word], ways: list[Way]) -> Way | None:
    """The one way to read the figures: a blank among them counts only where each block's parts make its total."""
    if figures and len(figures) < len(_headings().columns):
        ways = [way for way in ways if _balances(figures, way)]
    return ways[0] if len(ways) == 1 else None


def _balances(figures: list[Word], way: Way) -> bool:
    values = {column: token_of(word.text).value.figure for column, word in zip(way, figures, strict=True)}
    size = len(form("review")["columns"])
    numbers = [values.get(column) or 0 for column in range(3 * size)]
    return all(sum(numbers[at : at + size - 1]) == numbers[at + size - 1] for at in range(0, 3 * size, size))
