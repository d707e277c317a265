"""Whole tables that a text prints in one line, their cells parted by spaces, bars or tabs: a cell a line again.

So programs write that join all texts of a page with one mark, and mail programs that drop the ends of lines.
"""

from __future__ import annotations

import re

from reports.readers.texts.cells import FIGURE
from reports.tables.labels import exact_labels

_LEAST_LETTERS = 300  # fewer than the labels of any of the forms' longer tables
_LEAST_LABELS = 15
_LEAST_FIGURES = 30
_MOST_LETTERS = 100_000
_PARTINGS = (
    re.compile(r"[ \t\u3000]*\|[ \t\u3000]*"),
    re.compile(r"[ \u3000]*\t[ \u3000]*"),
    re.compile(r"[ \u3000]+"),
)


def run_apart(lines: list[str]) -> list[str]:
    """The lines, with those that hold a whole table taken apart."""
    if all(len(line) < _LEAST_LETTERS for line in lines):
        return lines
    return [part for line in lines for part in (cells_of(line) or (line,))]


def cells_of(line: str) -> list[str]:
    """The cells of a line that holds a whole table; nothing for other lines."""
    if not _LEAST_LETTERS <= len(line) <= _MOST_LETTERS:
        return []
    for parting in _PARTINGS:
        cells = parting.split(line.strip())
        if len(cells) < _LEAST_LABELS + _LEAST_FIGURES:
            continue
        labels = sum(2 <= len(cell) <= 60 and bool(exact_labels(cell)) for cell in cells)
        figures = sum(bool(FIGURE.match(cell)) for cell in cells)
        if labels >= _LEAST_LABELS and figures >= _LEAST_FIGURES:
            return cells
    return []
