"""Headings that are known to be whole, where no line says so: in tables without lines, and over a page break."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Any

import data
from reports import forms
from reports.readers.pdf.lines import BEGINS
from reports.tables.labels import fold

_MOST_OF_A_LABEL = 6  # characters


@functools.cache
def _whole() -> re.Pattern[str]:
    return re.compile("|".join(data.load_yaml("readers/printed_tables.yaml")["whole_headings"]))


@functools.lru_cache(maxsize=4096)  # the words of the forms come again and again
def is_whole(text: str) -> bool:
    """Whether a heading is known to be whole: what stands close below it is another."""
    return bool(_whole().fullmatch(unicodedata.normalize("NFKC", text)))


@functools.cache
def _titles() -> tuple[str, ...]:
    return tuple(forms.form(table)["label"] for table in forms.TABLES)


def names_table(text: str) -> bool:
    """Whether a text ends in the name of a table of the forms, with or without the number of its section."""
    return solid(text).endswith(_titles())


def is_article(text: str) -> bool:
    """Whether a heading names an article of the law: 第二十条第（一）项."""
    return text.startswith("第") and is_whole(text)


def has_note(text: str) -> bool:
    """Whether a text is the note in the corner of table 3's header, perhaps with the heading beside it."""
    told = fold(text)
    return any(fold(note) in told for note in data.load_yaml("forms/headings.yaml")["notes"])


def names_labels(text: str) -> bool:
    """Whether a text is the heading over the labels of table 2: 信息内容."""
    return solid(text) in data.load_yaml("forms/headings.yaml")["content"]


def _blocks() -> list[Any]:
    return [block for each in forms.form("proactive")["generations"].values() for block in each]


@functools.cache
def _columns() -> frozenset[str]:
    """The headings of single columns, in every form."""
    columns = [*forms.form("applications")["columns"], *forms.form("review")["columns"]]
    columns += [column for block in _blocks() for column in block["columns"]]
    return frozenset(text for each in columns for text in (each["label"], *each.get("aliases", ())))


def is_column(text: str) -> bool:
    """Whether a text is the whole heading of a column."""
    return solid(text) in _columns()


def begins_column(text: str) -> bool:
    """Whether a text is the heading of a column, or the first characters of one."""
    text = solid(text)
    return len(text) > 1 and any(heading.startswith(text) for heading in _columns())


@functools.cache
def _rows() -> frozenset[str]:
    """The labels of rows, in every form."""
    rows = [row for block in _blocks() for row in block["rows"]] + forms.form("applications")["rows"]
    return frozenset(solid(text) for row in rows for text in (row["label"], *row.get("aliases", ())))


@functools.lru_cache(maxsize=4096)
def begins_row(text: str) -> bool:
    """Whether a text is the label of a row, or the most part of one; its number apart."""
    text = BEGINS.sub("", solid(text))
    return len(text) >= _MOST_OF_A_LABEL and any(row.startswith(text) for row in _unnumbered())


@functools.cache
def _unnumbered() -> frozenset[str]:
    return frozenset(BEGINS.sub("", row) for row in _rows())


def names_row(text: str) -> bool:
    """Whether a text is the whole label of a row, with or without the number in front of it."""
    text = solid(text)
    return text in _rows() or BEGINS.sub("", text) in _rows()


@functools.cache
def _printed() -> frozenset[str]:
    """The headings of columns and groups and the labels of rows, in every form."""
    return frozenset([*_columns(), *data.load_yaml("readers/printed_tables.yaml")["group_headings"], *_rows()])


def is_printed(text: str) -> bool:
    """Whether a text is a whole heading or label of the forms."""
    return solid(text) in _printed()


@functools.cache
def _all() -> str:
    return "\n".join(sorted(_printed()))


@functools.lru_cache(maxsize=4096)
def is_piece(text: str) -> bool:
    """Whether two or more characters stand side by side in a heading or a label of the forms."""
    text = solid(text)
    return len(text) > 1 and text in _all()


@functools.lru_cache(maxsize=4096)
def solid(text: str) -> str:
    """A heading without white space, in plain characters."""
    return "".join(unicodedata.normalize("NFKC", text).split())
