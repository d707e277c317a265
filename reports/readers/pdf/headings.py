"""Headings that are known to be whole, where no line says so: in tables without lines, and over a page break."""

from __future__ import annotations

import functools
import re
import unicodedata

import data
from reports import forms


@functools.cache
def _whole() -> re.Pattern[str]:
    return re.compile("|".join(data.load_yaml("readers/printed_tables.yaml")["whole_headings"]))


def is_whole(text: str) -> bool:
    """Whether a heading is known to be whole: what stands close below it is another."""
    return bool(_whole().fullmatch(unicodedata.normalize("NFKC", text)))


def is_article(text: str) -> bool:
    """Whether a heading names an article of the law: 第二十条第（一）项."""
    return text.startswith("第") and is_whole(text)


@functools.cache
def _columns() -> frozenset[str]:
    """The headings of single columns, in every form."""
    columns = [*forms.form("applications")["columns"], *forms.form("review")["columns"]]
    blocks = [block for each in forms.form("proactive")["generations"].values() for block in each]
    columns += [column for block in blocks for column in block["columns"]]
    return frozenset(text for each in columns for text in (each["label"], *each.get("aliases", ())))


def is_column(text: str) -> bool:
    """Whether a text is the whole heading of a column."""
    return "".join(unicodedata.normalize("NFKC", text).split()) in _columns()


def begins_column(text: str) -> bool:
    """Whether a text is the heading of a column, or the first characters of one."""
    text = "".join(unicodedata.normalize("NFKC", text).split())
    return len(text) > 1 and any(heading.startswith(text) for heading in _columns())
