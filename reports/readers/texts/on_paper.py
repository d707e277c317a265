"""Table 3 of a text as it looks on paper, with blank cells: rows told by their numbers, columns by their places.

Each row of the form begins with a number, and ends where the next one begins; the pieces of its label stand in between,
its figures beside one of them. Where a row prints fewer figures than there are columns, the headings above tell
under which they stand, and the sums where these leave a choice. Rows that stay open are left as they are printed.
"""

from __future__ import annotations

import bisect
import functools
import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field

from reports.forms import form
from reports.readers.texts.cells import PACKED, Reading, Row
from reports.readers.texts.folded_header import Piece, of_applications, pieces_in_order
from reports.readers.texts.in_order import comes_again, is_piece, label_as_printed, last_line
from reports.readers.texts.printed_words import Word, labels_and_figures, printed_words
from reports.readers.texts.under_headings import (
    Edges,
    Way,
    columns_again,
    columns_of_headings,
    columns_of_rows,
    fits,
    in_order,
    misfit_of,
    slack_of,
    ways_under,
)  # fmt: skip
from reports.tables.applications_form import COLUMNS, number_of, rows_of
from reports.tables.arranged import Arrangement, TooManyWays, balanced_arrangements
from reports.tables.labels import fold, spellings_of
from reports.tables.rows import token_of

_GENERATIONS = ("2021", "2019")
_MOST_HEADER = 14  # lines
_MOST_BETWEEN = 24  # lines from one row's beginning to the next one's
_MOST_STARTS = 20  # lines that may begin a table
_LONGEST = 400  # characters of a line
_LINES_BEHIND = 3  # a table, among which no figure stands alone
_CLEARLY = 1.5
_MOSTLY = 0.8
_LEAST_BEGINNING = 3  # letters of a label that stand for all of it where it has no number


@dataclass(slots=True)
class _Printed:
    """A row as it is printed: where it begins, and its figures."""

    key: str
    at: int
    figures: list[Word] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)  # that print the figures
    label: int = 0  # where the words before them end


def tables_on_paper(lines: list[str], breaks: Iterable[int]) -> dict[int, Reading]:
    """The tables that are read so, by the line at which each begins; ``breaks`` are the lines that begin a page."""
    found: dict[int, Reading] = {}
    starts = [at for at, line in enumerate(lines) if len(line) <= _LONGEST and _begins(line, rows_of("2021")[0])]
    end = 0
    for start in starts[:_MOST_STARTS]:
        if start < end or (header := _header(lines, start)) is None:
            continue
        begin, pieces = header
        for generation in _GENERATIONS:
            read = _read(lines, begin, start, pieces, rows_of(generation), sorted(breaks))
            if read is not None:
                found[begin] = read
                end = read[2]
                break
    return found


def _header(lines: list[str], end: int) -> tuple[int, list[Piece]] | None:
    """Where the lines of headings above the first row begin, and where each heading stands in them."""
    for begin in range(end - 1, max(-1, end - _MOST_HEADER), -1):
        if lines[begin].strip() and (pieces := pieces_in_order(lines[begin:end], of_applications())) is not None:
            return begin, pieces
    return None


def _begins(line: str, key: str) -> bool:
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


def _read(
    lines: list[str], begin: int, start: int, pieces: list[Piece], keys: tuple[str, ...], breaks: list[int]
) -> Reading | None:
    readings: list[tuple[float, list[_Printed], dict[str, Way]]] = []
    end = start
    for wide in (2, 1):
        found = _rows(lines, start, keys, wide)
        if found is None:
            return None
        rows, end = found
        if all(len(row.figures) == len(COLUMNS) for row in rows) or not any(row.figures for row in rows):
            return None  # nothing is blank, or all
        headings = columns_of_headings(lines[begin:start], pieces, len(COLUMNS), wide)
        if not in_order(headings) or not _beside_labels(rows, headings[0]):
            continue
        misfit, ways = _ways(rows, headings, breaks)
        readings.append((misfit, rows, _chosen(rows, ways)))
    if not readings:
        return None
    readings.sort(key=lambda each: each[0])
    misfit, rows, chosen = readings[0]
    for other_misfit, _, other in readings[1:]:
        if other_misfit < _CLEARLY * misfit + 1:  # nobody knows how wide the program took a letter for
            chosen = {key: way for key, way in chosen.items() if other.get(key) == way}
    table: list[Row] = [["", *(str(column["label"]) for column in form("applications")["columns"])]]
    for row in rows:
        figures = [word.text for word in row.figures]
        if (way := chosen.get(row.key)) is not None:
            printed = dict(zip(way, figures, strict=True))
            figures = [printed.get(column, "") for column in range(len(COLUMNS))]
        table.append([label_as_printed(row.key), *figures])
    return (table, [PACKED, "folded labels were read in the form's order, figures by their places"], end)


def _rows(lines: list[str], start: int, keys: tuple[str, ...], wide: int) -> tuple[list[_Printed], int] | None:
    """The rows with their figures, and the line behind the last; None where anything else stands between them."""
    rows: list[_Printed] = []
    at = start
    for key in keys:
        while at < len(lines) and at - (rows[-1].at if rows else start) < _MOST_BETWEEN and not _begins(lines[at], key):
            at += 1
        if at == len(lines) or not _begins(lines[at], key):
            return None
        rows.append(_Printed(key, at))
        at += 1
    end = last_line(lines, rows[-1].at, keys[-1:])
    for place, row in enumerate(rows):
        below = rows[place + 1].at if place + 1 < len(rows) else end
        near = keys[max(place - 1, 0) : place + 2]
        for line in range(row.at, below):
            labels, figures = labels_and_figures(printed_words(lines[line], wide))
            if not all(is_piece(word.text, near) for word in labels):
                if line == row.at or not comes_again(lines[line], lines):
                    return None
                continue  # what heads or ends every page
            if not figures or _takes(row, line, labels, figures):
                continue
            if place + 1 == len(rows) or line + 1 != below or not _takes(rows[place + 1], line, labels, figures):
                return None
    if _is_open(lines, rows, end):
        return None
    return rows, end


def _takes(row: _Printed, line: int, labels: list[Word], figures: list[Word]) -> bool:
    """The figures are the row's: its first, or more of them in the next line, where none stands yet."""
    if row.figures:
        together = sorted((*row.figures, *figures), key=lambda word: word.left)
        apart = all(one.right < other.left for one, other in itertools.pairwise(together))
        if line - row.lines[-1] > 1 or len(together) > len(COLUMNS) or not apart:
            return False
        figures = together
    if len(figures) > len(COLUMNS):
        return False
    row.figures = figures
    row.lines.append(line)
    row.label = max([row.label, *(word.right for word in labels)])
    return True


def _beside_labels(rows: list[_Printed], column: Edges) -> bool:
    """The first column's heading stands to the right of the labels: else places say nothing."""
    beside = [row for row in rows if row.figures]
    return sum(row.label <= column[2] for row in beside) >= _MOSTLY * len(beside)


def _is_open(lines: list[str], rows: list[_Printed], end: int) -> bool:
    """Figures may be another row's: those right above a label whose row prints none, and those behind the table."""
    for row, below in itertools.pairwise(rows):
        if not below.figures and row.lines == [below.at - 1] and row.at != below.at - 1:
            labels, _ = labels_and_figures(printed_words(lines[below.at - 1], 1))
            if not any(is_piece(word.text, (row.key,)) and not is_piece(word.text, (below.key,)) for word in labels):
                return True
    behind = (labels_and_figures(printed_words(line, 1)) for line in lines[end : end + _LINES_BEHIND] if line.strip())
    return any(figures and not labels for labels, figures in behind)


def _ways(rows: list[_Printed], headings: list[Edges], breaks: list[int]) -> tuple[float, dict[str, list[Way]]]:
    """The columns in which each row's figures may stand, and how far they lie from them; page by page."""
    ways: dict[str, list[Way]] = {}
    misfit = 0.0
    columns = headings
    for number, page in enumerate(_pages(rows, breaks)):
        figures = [row.figures for row in page if row.figures]
        here = columns
        if full := columns_of_rows(figures, len(COLUMNS)):
            here = full
        elif number and not fits(columns, figures):
            here = columns_again(figures, [each for each in ways.values() if each != [()]], len(COLUMNS))
        slack = slack_of(figures, len(COLUMNS))
        for row in page:
            ways[row.key] = ways_under(here, row.figures, slack) if here or not row.figures else []
        misfit += misfit_of(here, figures)
        columns = here or columns
    return misfit, ways


def _pages(rows: list[_Printed], breaks: list[int]) -> list[list[_Printed]]:
    """The rows page by page, as far as the lines tell: an empty one may be a page's end."""
    pages = itertools.groupby(rows, key=lambda row: bisect.bisect_right(breaks, row.lines[0] if row.lines else row.at))
    return [list(page) for _, page in pages]


def _chosen(rows: list[_Printed], ways: dict[str, list[Way]]) -> dict[str, Way]:
    """For each row its one way; where there are several, the one with which all sums balance, if it is only one."""
    chosen = {key: each[0] for key, each in ways.items() if len(each) == 1}
    if len(chosen) == len(rows):
        return chosen
    arranged = {row.key: _arranged(row, ways[row.key]) for row in rows}
    if not all(arranged.values()):
        return chosen
    try:
        balanced = balanced_arrangements({key: list(found) for key, found in arranged.items()})
    except TooManyWays:
        return chosen
    for key, found in balanced.items():
        if len(found) == 1:
            chosen.setdefault(key, arranged[key][next(iter(found))])
    return chosen


def _arranged(row: _Printed, ways: list[Way]) -> dict[Arrangement, Way]:
    """The figures of a row in each of the ways in which it balances; in its one way, whether or not it does."""
    values = [token_of(word.text).value.figure for word in row.figures]
    found: dict[Arrangement, Way] = {}
    for way in ways:
        printed = dict(zip(way, values, strict=True))
        numbers = [printed.get(column) for column in range(len(COLUMNS))]
        arrangement = tuple(number if isinstance(number, int) else None for number in numbers)
        if len(ways) == 1 or sum(number or 0 for number in arrangement[:-1]) == (arrangement[-1] or 0):
            found[arrangement] = way
    return found
