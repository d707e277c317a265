"""Table 3 of a text whose labels are folded into their columns, side by side: rows known by the form's order.

So programs print a table as it looks on paper: ``（三）不予公`` and ``开`` stand beside the rows of their group, the
pieces of a row's own label above, beside and below its figures. Where as many lines of figures stand there as a form
has rows, and every word beside and between them is a piece of what the form prints there, each line is the form's.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from reports.forms import form
from reports.readers.texts.cells import FIGURE, PACKED, Reading, Row
from reports.readers.texts.folded_header import names_all_in_order
from reports.tables.applications_form import COLUMNS, GROUP_OF, ROW_KEYS, ROWS, rows_of
from reports.tables.labels import fold, labels_of, spellings_of

_GENERATIONS = ("2019", "2021")
_WORD = re.compile(r"[^ \u3000\t|]+")
_LONGEST = 400  # characters of a line
_LONGEST_WORD = 60
_MOST_BETWEEN = 16  # lines of pieces between two lines of figures, or in the header
_SURE = 0.6  # of the rows: so many show a piece that no other row of the form has
_ENDS = re.compile(r"^[二三四五六]\s*[、.．]\s*[^\d\s]{4,}(?:情况|事项)")  # 四、政府信息公开行政复议、行政诉讼情况
_RESULT = "result"


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of figures: where it stands, the words before them, and the figures."""

    at: int
    words: list[str]
    figures: list[str]


def tables_in_order(lines: list[str]) -> dict[int, Reading]:
    """The tables that are read so, by the line at which each begins."""
    found: dict[int, Reading] = {}
    for group in _groups(lines):
        for generation in _GENERATIONS:
            keys = rows_of(generation)
            if len(group) == len(keys) and (read := _read(lines, group, keys)) is not None:
                begin, reading = read
                found[begin] = reading
    return found


def _groups(lines: list[str]) -> Iterable[list[_Line]]:
    """Runs of lines with as many figures as there are kinds of applicants."""
    group: list[_Line] = []
    for at, text in enumerate(lines):
        if group and (at - group[-1].at > _MOST_BETWEEN or _ENDS.match(text.strip())):
            yield group
            group = []
        words = _words(text)
        figures = 0
        while figures < len(words) and FIGURE.match(words[-1 - figures]):
            figures += 1
        if figures == len(COLUMNS):
            group.append(_Line(at, words[:-figures], words[-figures:]))
    yield group


def _words(text: str) -> list[str]:
    return _WORD.findall(text) if len(text) <= _LONGEST else [text]


def _read(lines: list[str], group: list[_Line], keys: tuple[str, ...]) -> tuple[int, Reading] | None:
    begin, heading = _header(lines, group[0].at)
    if heading is None:
        return None
    sure = set()
    last = _last(lines, group[-1].at, keys[-1:])
    for place, (line, key) in enumerate(zip(group, keys, strict=True)):
        below = group[place + 1].at if place + 1 < len(group) else last
        between = _between(lines, line.at + 1, below, keys[place : place + 2])
        if between is None or not all(is_piece(word, (key,)) for word in line.words):
            return None
        sure |= {only for word in (*line.words, *between) if (only := _only_row(word)) in keys[place : place + 2]}
    if len(sure) < _SURE * len(keys):
        return None
    rows: list[Row] = [heading]
    rows += [[label_as_printed(key), *line.figures] for line, key in zip(group, keys, strict=True)]
    return begin, (rows, [PACKED, "folded labels were read in the form's order"], last)


def _last(lines: list[str], at: int, keys: tuple[str, ...]) -> int:
    """The line behind the last row and the pieces of its label below its figures."""
    end = at + 1
    while end < len(lines) and (words := _words(lines[end])) and all(is_piece(word, keys) for word in words):
        end += 1
    return end


def _between(lines: list[str], begin: int, end: int, near: tuple[str, ...]) -> list[str] | None:
    """The words of the lines between two rows; None where they are no pieces of what stands there."""
    found: list[str] = []
    for line in lines[begin:end]:
        words = _words(line)
        pieces = [word for word in words if is_piece(word, near)]
        if len(pieces) == len(words):
            found += pieces
        elif any(is_piece(word, ROW_KEYS) for word in words) or not comes_again(line, lines):
            return None  # what heads or ends every page may stand there
    return found


def comes_again(line: str, lines: list[str]) -> bool:
    return _shapes(tuple(lines))[_shape(line)] > 1


@functools.lru_cache(maxsize=2)
def _shapes(lines: tuple[str, ...]) -> Counter[str]:
    return Counter(map(_shape, lines))


def _shape(line: str) -> str:
    """A line without its numbers, which change from page to page."""
    return "".join(re.sub(r"\d+", "0", line).split())


@functools.lru_cache(maxsize=4096)
def is_piece(text: str, keys: tuple[str, ...]) -> bool:
    """The text may stand beside these rows: a piece of their labels, or of those of the groups in which they stand."""
    piece = fold(text)
    return (
        not piece
        or any(piece in each for key in keys for each in _printed(key))
        or any(label.kind == "row" and label.key in keys for label in labels_of(text))
    )


@functools.cache
def _printed(key: str) -> tuple[str, ...]:
    """What the form prints beside a row, folded."""
    groups = {GROUP_OF[key], _RESULT} if GROUP_OF[key] else set()
    return (*spellings_of("row", key), *(each for group in groups for each in spellings_of("group", group)))


@functools.lru_cache(maxsize=4096)
def _only_row(text: str) -> str | None:
    """The one row of the form beside which this piece can stand."""
    rows = [key for key in ROW_KEYS if is_piece(text, (key,))]
    return rows[0] if len(rows) == 1 else None


def _header(lines: list[str], end: int) -> tuple[int, Row | None]:
    """Where the table begins, and its headings; None where they are not seen to be in the form's order."""
    begin = end
    while begin and end - begin < _MOST_BETWEEN and not _ENDS.match(lines[begin - 1].strip()):
        words = _words(lines[begin - 1])
        if any(FIGURE.match(word) or len(word) > _LONGEST_WORD for word in words):
            break
        begin -= 1
        if words and names_all_in_order(lines[begin:end]):
            return begin, [str(column["label"]) for column in form("applications")["columns"]]
    return begin, None


@functools.cache
def label_as_printed(key: str) -> str:
    """A row's label as the form prints it, its group before it."""
    row = next(row for row in ROWS if row["key"] == key)
    group = next((each for each in form("applications")["groups"] if each["key"] == GROUP_OF[key]), None)
    before = f"{group['number']}{group['label']}" if group and group["key"] != _RESULT else ""
    return f"{before}{row['number']}{row['label']}"
