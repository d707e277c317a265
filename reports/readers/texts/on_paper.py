"""Table 3 of a text as it looks on paper, with blank cells: rows told by their numbers, columns by their places.

Where a row prints fewer figures than there are columns, the headings above tell under which they stand, and the sums
where these leave a choice. Rows that stay open are left as they are printed.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable

from reports.forms import form
from reports.readers.texts.cells import PACKED, Reading, Row
from reports.readers.texts.counted_blanks import counted_cells, names_columns
from reports.readers.texts.folded_header import Piece, of_applications, pieces_in_order
from reports.readers.texts.in_order import label_as_printed
from reports.readers.texts.numbered_rows import PrintedRow, begins, printed_rows
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
from reports.tables.applications_form import COLUMNS, rows_of
from reports.tables.arranged import Arrangement, TooManyWays, balanced_arrangements
from reports.tables.rows import token_of

_GENERATIONS = ("2021", "2019")
_MOST_HEADER = 14  # lines
_MOST_LINES_OF_CELLS = 30  # of a header that is printed a cell after the other, each folded
_MOST_STARTS = 20  # lines that may begin a table
_LONGEST = 400  # characters of a line
_CLEARLY = 1.5
_MOSTLY = 0.8


def tables_on_paper(lines: list[str], breaks: Iterable[int]) -> dict[int, Reading]:
    """The tables that are read so, by the line at which each begins; ``breaks`` are the lines that begin a page."""
    found: dict[int, Reading] = {}
    starts = [at for at, line in enumerate(lines) if len(line) <= _LONGEST and begins(line, rows_of("2021")[0])]
    end = 0
    for start in starts[:_MOST_STARTS]:
        if start < end:
            continue
        for generation in _GENERATIONS:
            keys = rows_of(generation)
            read = _counted(lines, start, keys) or _placed(lines, start, keys, sorted(breaks))
            if read is not None:
                begin, reading = read
                found[begin] = reading
                end = reading[2]
                break
    return found


def _counted(lines: list[str], start: int, keys: tuple[str, ...]) -> tuple[int, Reading] | None:
    """The table whose blank cells have left their spaces, and the line at which it begins."""
    if (found := printed_rows(lines, start, keys, 1)) is None:
        return None
    rows, end = found
    if not (cells := counted_cells(lines, rows)):
        return None
    for begin in range(start - 1, max(-1, start - _MOST_LINES_OF_CELLS), -1):
        if names_columns(lines[begin:start]):
            table = [_headings()]
            table += [[label_as_printed(key), *each] for key, each in cells.items()]
            return begin, (table, [PACKED], end)
    return None


def _headings() -> Row:
    return ["", *(str(column["label"]) for column in form("applications")["columns"])]


def _header(lines: list[str], end: int) -> tuple[int, list[Piece]] | None:
    """Where the lines of headings above the first row begin, and where each heading stands in them."""
    for begin in range(end - 1, max(-1, end - _MOST_HEADER), -1):
        if lines[begin].strip() and (pieces := pieces_in_order(lines[begin:end], of_applications())) is not None:
            return begin, pieces
    return None


def _placed(lines: list[str], start: int, keys: tuple[str, ...], breaks: list[int]) -> tuple[int, Reading] | None:
    """The table whose blank cells the places of its figures tell, and the line at which it begins."""
    if (header := _header(lines, start)) is None:
        return None
    begin, pieces = header
    readings: list[tuple[float, list[PrintedRow], dict[str, Way]]] = []
    end = start
    for wide in (2, 1):
        found = printed_rows(lines, start, keys, wide)
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
    table = [_headings()]
    for row in rows:
        figures = [word.text for word in row.figures]
        if (way := chosen.get(row.key)) is not None:
            printed = dict(zip(way, figures, strict=True))
            figures = [printed.get(column, "") for column in range(len(COLUMNS))]
        table.append([label_as_printed(row.key), *figures])
    return begin, (table, [PACKED, "folded labels were read in the form's order, figures by their places"], end)


def _beside_labels(rows: list[PrintedRow], column: Edges) -> bool:
    """The first column's heading stands to the right of the labels: else places say nothing."""
    beside = [row for row in rows if row.figures]
    return sum(row.label <= column[2] for row in beside) >= _MOSTLY * len(beside)


def _ways(rows: list[PrintedRow], headings: list[Edges], breaks: list[int]) -> tuple[float, dict[str, list[Way]]]:
    """The columns in which each row's figures may stand, and how far they lie from them; page by page."""
    ways: dict[str, list[Way]] = {}
    misfit = 0.0
    columns = headings
    for number, page in enumerate(_pages(rows, breaks)):
        figures = [row.figures for row in page if row.figures]
        here = columns
        if full := columns_of_rows(figures, len(COLUMNS)):
            here = full
        elif number:
            above = [each for each in ways.values() if each != [()]]
            here = columns_again(figures, above, len(COLUMNS)) or (columns if fits(columns, figures) else [])
        slack = slack_of(here, figures)
        for row in page:
            ways[row.key] = ways_under(here, row.figures, slack) if here or not row.figures else []
        misfit += misfit_of(here, figures)
        columns = here or columns
    return misfit, ways


def _pages(rows: list[PrintedRow], breaks: list[int]) -> list[list[PrintedRow]]:
    """The rows page by page, as far as the lines tell: an empty one may be a page's end."""
    pages = itertools.groupby(rows, key=lambda row: bisect.bisect_right(breaks, row.lines[0] if row.lines else row.at))
    return [list(page) for _, page in pages]


def _chosen(rows: list[PrintedRow], ways: dict[str, list[Way]]) -> dict[str, Way]:
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


def _arranged(row: PrintedRow, ways: list[Way]) -> dict[Arrangement, Way]:
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
