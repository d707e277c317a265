"""Cells of a sheet, copied or saved as text, that hold several lines: quotes around them, so that a row runs on.

So spreadsheet programs write every heading that is broken in its cell (RFC 4180 for commas; they do the same for tabs).
"""

from __future__ import annotations

import re

_OPENS = re.compile(r'(?:^|(?<=[\t,;]))"')
_CLOSES = re.compile(r'"(?=$|[\t,;])')
_WHOLE = re.compile(r'(?:^|(?<=[\t,;]))"((?:[^"]|"")*)"(?=$|[\t,;])')
_FORCED = re.compile(r'(?:^|(?<=[\t,;]))(?:="([^"\t,;]*)"|"=""([^"]*)""")(?=$|[\t,;])')
_IN_WORDS = re.compile(r"[:：]\s*[-—/\d０-９]|。")  # 规章：0, 3, 5 is a label with its figures
_FEWEST_SPACED = 8  # rows with a space behind each comma
_MOST_LINES = 12  # of one row: its headings are a letter a line at worst
_MOST_NEVER_CLOSED = 100  # after so many quotes that nothing closes they are letters
_LONGEST = 2_000  # characters of a row


def closed_up(lines: list[str]) -> list[str]:
    """The lines of a file of values with a space behind each comma, without it; as they are where few are so."""
    if sum(", " in line for line in lines) < _FEWEST_SPACED:
        return lines
    spaced = [line.count(", ") >= 3 and line.count(", ") == line.rstrip().count(",") for line in lines]
    listed = any(_IN_WORDS.search(line) for line, is_so in zip(lines, spaced, strict=True) if is_so)
    if listed or sum(spaced) < _FEWEST_SPACED:
        return lines
    return [line.replace(", ", ",") if is_so else line for line, is_so in zip(lines, spaced, strict=True)]


def whole_rows(lines: list[str]) -> list[str]:
    """The lines with those joined that are one row, and without the quotes where tabs part the cells.

    A quote that no later line closes, or that stands in a row of one cell, is a letter of the text.
    """
    if any('="' in line for line in lines):
        lines = [_FORCED.sub(_unforced, line) if '="' in line else line for line in lines]
    if not any(line.lstrip(" ").startswith('"') or '\t"' in line or ',"' in line or ';"' in line for line in lines):
        return lines
    closes = [_CLOSES.search(line) is not None for line in lines]
    rows: list[str] = []
    at = never_closed = 0
    while at < len(lines):
        row, end = _row(lines, closes, at) if never_closed < _MOST_NEVER_CLOSED else (lines[at], at + 1)
        never_closed += end == at + 1 and _is_open(row)
        rows.append(_without_quotes(row) if "\t" in row else row)
        at = end
    return rows


def _unforced(cell: re.Match[str]) -> str:
    """What ``="12"`` shows: so programs keep a sheet from making a number of a text."""
    text = cell[1] if cell[1] is not None else cell[2]
    return f'"{text}"' if re.search("[\t,;]", text) else text


def _row(lines: list[str], closes: list[bool], at: int) -> tuple[str, int]:
    row, end = lines[at], at + 1
    while _is_open(row):
        begin = end
        while end < len(lines) and end - at < _MOST_LINES and not closes[end]:
            end += 1
        if end == len(lines) or end - at >= _MOST_LINES or len(row) > _LONGEST:
            return lines[at], at + 1
        end += 1
        row = " ".join((row, *lines[begin:end]))
    parted = end == at + 1 or "\t" in row or row.count(",") >= 2 or row.count(";") >= 2
    return (row, end) if parted else (lines[at], at + 1)


def _is_open(row: str) -> bool:
    return _OPENS.search(_WHOLE.sub("", row)) is not None


def _without_quotes(row: str) -> str:
    return _WHOLE.sub(lambda cell: cell[1].replace('""', '"').replace("\t", " "), row)
