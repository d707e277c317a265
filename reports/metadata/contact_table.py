"""A table that tells whom to ask: 机构名称 | 某某局办公室, 联系电话 | …, as lines that read like a paragraph's.

The labels stand beside their values, or in a first row over one row of values. Words in ``data/contact.yaml``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

import data
from reports.characters import plain, without_spaces
from reports.document import Cell, Grid
from reports.metadata.contact_labels import label_pattern
from reports.metadata.labelled import lone_label

_AROUND = re.compile(r"^(?:\d{1,2}[.、]|[(][一二三四五六七八九十]{1,2}[)])|[::]$")
_LONGEST_LABEL = 16  # characters
_LONGEST_VALUE = 200  # characters
_MOST_ROWS, _MOST_COLUMNS = 14, 8
_REACHING = frozenset(("phone", "both", "fax", "address", "email"))  # what a table must tell to be one
_PAGES_OWN = frozenset(("published", "written", "other", "title"))  # labels of the page's metadata


@functools.cache
def _labels() -> dict[str, tuple[str, str]]:
    """What a cell may say, with the label that the running text has for it and its group."""
    words = data.load_yaml("contact.yaml")
    known = {label: (label, key) for key, labels in words["labels"].items() for label in labels}
    return known | dict.fromkeys(words["office_in_tables"], (words["labels"]["office"][0], "office"))


@functools.lru_cache(maxsize=4096)
def _label(text: str) -> tuple[str, str] | None:
    """The label that a cell is, with its group."""
    if not 1 < len(text) <= _LONGEST_LABEL:
        return None
    return _labels().get(_AROUND.sub("", without_spaces(plain(text))))


def contact_lines(grid: Grid) -> list[str]:
    """The lines ``label：value`` of a contact table, the office first; none of any other table."""
    if grid.hidden or grid.layout or not 0 < len(grid.rows) <= _MOST_ROWS or not 2 <= grid.width <= _MOST_COLUMNS:
        return []
    found = list(_pairs(grid))
    if len(found) == 1 and (inside := _in_one_cell(*found[0])):
        return inside
    kinds = {key for (_, key), _ in found}
    if len(kinds) < 2 or not kinds & _REACHING or _is_the_pages(grid):
        return []
    found.sort(key=lambda pair: pair[0][1] != "office")
    return [f"{label}：{value}" for (label, _), value in found]


def _in_one_cell(label: tuple[str, str], value: str) -> list[str]:
    """The lines of 联系方式 | 某某局<br>地址：…<br>电话：…; none where the value is a number or an address alone."""
    pattern, keys = label_pattern()
    told = {keys[without_spaces(match[1])] for match in pattern.finditer(plain(value)) if match[2]} if value else set()
    return [f"{label[0]}：{value}"] if len(told) >= 2 and told & _REACHING else []


def _pairs(grid: Grid) -> Iterator[tuple[tuple[str, str], str]]:
    """Each label with its value: the next cell of its row, or the cell below where the first row is all labels."""
    rows = [grid.own_cells(number) for number in range(len(grid.rows))]
    if len(rows) == 2 and len(rows[0]) == len(rows[1]) and all(_label(cell.text) for cell in rows[0]):
        yield from _told(rows[0], rows[1])
        return
    for cells in rows:
        yield from _told(cells, cells[1:])
        for cell in cells:  # 咨询机构：某某局 | 咨询电话：0571-…
            name, colon, value = plain(cell.text).partition(":")
            if colon and value.strip() and len(value) <= _LONGEST_VALUE and (label := _label(name)):
                yield label, " ".join(cell.text[len(name) + 1 :].split())


def _told(labels: list[Cell], values: list[Cell]) -> Iterator[tuple[tuple[str, str], str]]:
    for head, cell in zip(labels, values, strict=False):
        label = _label(head.text)
        value = " ".join(cell.text.split())
        if label and value and len(value) <= _LONGEST_VALUE and not _label(cell.text):
            yield label, value


def _is_the_pages(grid: Grid) -> bool:
    """Whether a table holds the page's metadata (索引号, 发布日期 …), which may name a telephone too."""
    cells = (cell for number in range(len(grid.rows)) for cell in grid.own_cells(number))
    labels = (lone_label(plain(cell.text)) for cell in cells if len(cell.text) <= _LONGEST_LABEL)
    return any(label is not None and label[0] in _PAGES_OWN for label in labels)
