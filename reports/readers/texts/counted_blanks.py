"""Rows of table 3 whose cells one space parts, so that blank ones leave their spaces: ``1.属于国家秘密 2      2``.

So programs print rows whose texts they join with a space. Text in padded columns looks alike, but there figures stand
below each other whatever the labels' lengths, and here the lengths move them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from reports.forms import form
from reports.readers.texts.numbered_rows import PrintedRow
from reports.readers.texts.printed_words import printed_words
from reports.tables.applications_form import COLUMNS, ORGANISATIONS
from reports.tables.labels import exact_labels, fold

_LEAST_MOVED = 3  # places at which the rows' last figures end
_LEAST_ROWS = 3


def counted_cells(lines: list[str], rows: list[PrintedRow]) -> dict[str, list[str]]:
    """The seven cells of each row; nothing where one row's spaces do not make seven.

    ``rows`` were read with letters of one place, so that their places are the letters' numbers.
    """
    found: dict[str, list[str]] = {}
    ends: dict[int, set[int]] = {1: set(), 2: set()}
    beside = False  # two figures stand one space apart: else two spaces may part figures without a blank cell
    for row in rows:
        found[row.key] = [""] * len(COLUMNS)
        if not row.figures:
            continue
        cells = _cells(lines[row.lines[0]], row.label) if len(row.lines) == 1 else []
        if len(cells) != len(COLUMNS):
            return {}
        found[row.key] = cells
        beside |= any(one and other for one, other in itertools.pairwise(cells))
        for wide, each in ends.items():
            each.add(printed_words(lines[row.lines[0]], wide)[-1].right)
    printed = sum(bool(row.figures) for row in rows)
    moved = all(len(each) >= _LEAST_MOVED for each in ends.values())
    return found if moved and beside and printed >= _LEAST_ROWS else {}


def _cells(line: str, label: int) -> list[str]:
    """What stands between single spaces behind the label."""
    cells = line[label:].removeprefix(" " if label else "").split(" ")
    while len(cells) > len(COLUMNS) and not cells[-1]:
        cells.pop()
    return cells


def names_columns(lines: Sequence[str]) -> bool:
    """These lines are the headings of table 3, cell by cell: the five organisations in order, behind natural persons.

    ``自然人``, ``总计``, ``商业企业`` …, each in as many lines as it is folded to; or one line of them all.
    """
    labels = {str(column["key"]): fold(str(column["label"])) for column in form("applications")["columns"]}
    text = fold("".join(lines))
    organisations = "".join(labels[key] for key in ORGANISATIONS)
    person, total = labels[COLUMNS[0]], labels[COLUMNS[-1]]
    if text.count(organisations) == text.count(person) == text.count(total) == 1:
        return text.index(person) < text.index(organisations)
    words = re.split(r"[ \t]+", lines[-1].strip())
    return [label.key for word in words for label in exact_labels(word) if label.kind == "column"] == list(COLUMNS)
