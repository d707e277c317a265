"""Rows of table 3 in a text whose labels are folded into their column, beside their groups' labels.

Each row of the form begins with a number, and ends where the next one begins; the pieces of its label stand in between,
its figures beside one of them.
"""

from __future__ import annotations

import functools
import itertools
from dataclasses import dataclass, field

from reports.readers.texts.in_order import comes_again, is_piece
from reports.readers.texts.printed_words import Word, labels_and_figures, printed_words
from reports.tables.applications_form import COLUMNS, GROUP_OF, number_of
from reports.tables.labels import fold, spellings_of

_MOST_BETWEEN = 24  # lines from one row's beginning to the next one's
_LINES_BEHIND = 3  # a table, among which no figure stands alone
_LEAST_BEGINNING = 3  # letters of a label that stand for all of it where it has no number


@dataclass(slots=True)
class PrintedRow:
    """A row as it is printed: where it begins, and its figures."""

    key: str
    at: int
    figures: list[Word] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)  # that print the figures
    label: int = 0  # where the words before them end


def begins(line: str, key: str) -> bool:
    return any(_is_beginning(word.text, key) for word in labels_and_figures(printed_words(line, 1))[0])


@functools.lru_cache(maxsize=8192)
def _is_beginning(text: str, key: str) -> bool:
    """The text may be the first piece of a row's label, its number before it."""
    piece = fold(text)
    number, labels = number_of(key), _labels(key)
    if number and piece.startswith(number):
        return any(_begin_alike(piece.removeprefix(number), each) for each in labels)
    return len(piece) >= _LEAST_BEGINNING and any(_begin_alike(piece, each) for each in labels)


@functools.cache
def _labels(key: str) -> frozenset[str]:
    """A row's own label as it may be spelled, without its number and the group that it stands in."""
    spellings = frozenset(spellings_of("row", key))
    return frozenset(each for each in spellings if number_of(key) + each in spellings)


def _begin_alike(piece: str, label: str) -> bool:
    return label.startswith(piece) or piece.startswith(label)


def printed_rows(lines: list[str], start: int, keys: tuple[str, ...], wide: int) -> tuple[list[PrintedRow], int] | None:
    """The rows with their figures, and the line behind the last; None where anything else stands between them."""
    rows: list[PrintedRow] = []
    at = start
    for key in keys:
        while at < len(lines) and at - (rows[-1].at if rows else start) < _MOST_BETWEEN and not begins(lines[at], key):
            at += 1
        if at == len(lines) or not begins(lines[at], key):
            return None
        rows.append(PrintedRow(key, at))
        at += 1
    end = _end_of_last(lines, rows[-1])
    for place, row in enumerate(rows):
        below = rows[place + 1].at if place + 1 < len(rows) else end
        near = keys[max(place - 1, 0) : place + 2]
        for line in range(row.at, below):
            labels, figures = labels_and_figures(printed_words(lines[line], wide))
            if not all(is_piece(word.text, near) for word in labels):
                of_a_row = len(figures) > 1 or any(is_piece(word.text, keys) for word in labels)
                if line == row.at or of_a_row or not comes_again(lines[line], lines):
                    return None
                continue  # what heads or ends every page
            if not figures or _takes(row, line, labels, figures):
                continue
            if place + 1 == len(rows) or line + 1 != below or not _takes(rows[place + 1], line, labels, figures):
                return None
    if _is_open(lines, rows, end):
        return None
    return rows, end


def _end_of_last(lines: list[str], row: PrintedRow) -> int:
    """The line behind the last row: behind the pieces of its label, and the figures beside one of them or below."""
    end, printed = row.at, False
    while end < len(lines):
        labels, figures = labels_and_figures(printed_words(lines[end], 1))
        of_the_row = bool(labels or figures) and all(is_piece(word.text, (row.key,)) for word in labels)
        if not of_the_row or (figures and printed):
            break
        printed |= bool(figures)
        end += 1
    return end


def _takes(row: PrintedRow, line: int, labels: list[Word], figures: list[Word]) -> bool:
    """The figures are the row's: all in one line, for a figure in a line of its own may be a page's number."""
    if row.figures or len(figures) > len(COLUMNS):
        return False
    row.figures = figures
    row.lines.append(line)
    row.label = max([row.label, *(word.right for word in labels)])
    return True


def _is_open(lines: list[str], rows: list[PrintedRow], end: int) -> bool:
    """Figures may be another row's: those right above a label whose row prints none, and those behind the table."""
    for row, below in itertools.pairwise(rows):
        if not below.figures and row.lines == [below.at - 1] and row.at != below.at - 1:
            labels, _ = labels_and_figures(printed_words(lines[below.at - 1], 1))
            if not any(_is_of_its_label(word.text, row.key) for word in labels):
                return True
    printed = itertools.islice((line for line in lines[end:] if line.strip()), _LINES_BEHIND)
    behind = (labels_and_figures(printed_words(line, 1)) for line in printed)
    return any(figures and not labels for labels, figures in behind)


def _is_of_its_label(text: str, key: str) -> bool:
    """The text is a piece of the row's own label, and none of the groups that it stands in."""
    piece = fold(text)
    groups = [each for group in (GROUP_OF[key], "result") for each in spellings_of("group", group)]
    return any(piece in each for each in _labels(key)) and not any(piece in each for each in groups)
