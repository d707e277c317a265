"""What a page labels around its report (发布日期, 发布机构, 索引号 …), in lines and in small tables.

The labels are in ``data/labels.yaml``; texts are half-width.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

import data
from reports.characters import plain, without_spaces
from reports.document import Cell, Grid

_DATE_BEGINS = r"20\d\d\s*[-年/.]\s*\d"
_DATED = re.compile(rf"[期间于日在新]\s*{_DATE_BEGINS}")  # 发布于 2024-01-15: a label without a colon


@dataclass(slots=True)
class Labelled:
    """A value under one of our labels. ``key`` is its group in ``data/labels.yaml``."""

    key: str
    label: str
    value: str


@functools.cache
def _vocabulary() -> tuple[dict[str, str], re.Pattern[str], re.Pattern[str]]:
    words = data.load_yaml("labels.yaml")
    keys = {
        label: key
        for key in ("published", "written", "organ", "source", "title", "other", "generated")
        for label in words[key]
    }

    def spaced(label: str) -> str:
        return r"\s*".join(map(re.escape, label)) if len(label) > 1 else re.escape(label)

    every = "|".join(spaced(label) for label in sorted(keys, key=len, reverse=True))
    dates = "|".join(spaced(label) for label in sorted((*words["published"], *words["written"]), key=len, reverse=True))
    begins = r"(?:(?<=^)|(?<=[\s|\[【(;；,，>/]))"
    letters = re.escape("".join(sorted({label[0] for label in keys})))  # asked first, for few places have any of them
    inline = re.compile(
        rf"(?=[{letters}\[【])(?:{begins}({every})\s*[\]】)]?\s*:\s*|"
        rf"[\[【]({every})[\]】]\s*|{begins}({dates})\s*(?={_DATE_BEGINS}))"
    )
    alone = re.compile(rf"\s*[\[【]?({every})[\]】]?\s*:?\s*")
    return keys, inline, alone


def _label_key(match: re.Match[str]) -> tuple[str, str]:
    label = without_spaces(next(each for each in match.groups() if each))
    return _vocabulary()[0][label], label


def lone_label(text: str) -> tuple[str, str] | None:
    """Group and name of the label that a text is and nothing else: its value follows in the next cell or line."""
    return _lone(text) if len(text) <= 16 else None


@functools.lru_cache(maxsize=4096)
def _lone(text: str) -> tuple[str, str] | None:
    match = _vocabulary()[2].fullmatch(text)
    return _label_key(match) if match else None


def begins_with_label(text: str) -> bool:
    """Whether a line (half-width) begins with one of our labels."""
    return _vocabulary()[1].match(text) is not None


def inline_labels(text: str) -> list[Labelled]:
    """The labels in a line with their values: each reaches to the next label."""
    if ":" not in text and "【" not in text and "[" not in text and not _DATED.search(text):
        return []
    matches = list(_vocabulary()[1].finditer(text))
    found = []
    ends = [*(match.start() for match in matches[1:]), len(text)]
    for match, end in zip(matches, ends, strict=False):
        value = text[match.end() : end].strip(" |[]【】\n")
        key, label = _label_key(match)
        found.append(Labelled(key, label, value[:200]))
    return found


@dataclass(frozen=True, slots=True)
class _Printed:
    """A metadata table's cell: in half-width form, the label that it is, the labels with their values in it."""

    half: str
    label: tuple[str, str] | None
    inline: tuple[Labelled, ...]


@functools.lru_cache(maxsize=4096)
def _printed(text: str) -> _Printed:
    """What a cell of at most 400 characters says; the forms' cells come again and again, so it is kept."""
    half = plain(text)
    label = lone_label(half)
    return _Printed(half, label, () if label else tuple(inline_labels(half)))


def _label_in(cell: Cell) -> tuple[str, str] | None:
    return _printed(cell.text).label if len(cell.text) <= 16 else None


def grid_labels(grid: Grid) -> list[Labelled]:
    """Labels in a metadata table: the value is the next cell of the row, or the cell below where a row is all
    labels.
    """
    found: list[Labelled] = []
    for number, row in enumerate(grid.rows[:40]):
        own = grid.own_cells(number)
        heads = len(own) > 1 and all(map(_label_in, own))
        for column, cell in enumerate(row):
            if cell is None or cell.row != number or cell.column != column or len(cell.text) > 400:
                continue
            printed = _printed(cell.text)
            label = printed.label
            if label is None:
                found += printed.inline
                continue
            right = column + cell.colspan
            beside = row[right] if right < len(row) else None
            below = grid.rows[number + cell.rowspan][column] if number + cell.rowspan < len(grid.rows) else None
            if beside is not None and not heads and _label_in(beside) is None:
                found.append(Labelled(*label, plain(beside.text).strip()))
            elif heads and below is not None and _label_in(below) is None:
                found.append(Labelled(*label, plain(below.text).strip()))
    return found


def is_metadata(grid: Grid) -> bool:
    """Whether a table is small and one of its first cells is a label; the forms' tables are told apart so, cheaply."""
    if grid.hidden or grid.layout or not 0 < len(grid.rows) <= 20 or grid.width > 8:
        return False
    for row in grid.rows[:3]:
        for cell in row[:4]:
            if cell is not None and len(cell.text) <= 400:
                printed = _printed(cell.text)
                if printed.label or ":" in printed.half:
                    return True
    return False
