"""Headings that are known to be whole, in tables without lines that would say so."""

from __future__ import annotations

import functools
import re
import unicodedata

import data


@functools.cache
def _whole() -> re.Pattern[str]:
    return re.compile("|".join(data.load_yaml("readers/printed_tables.yaml")["whole_headings"]))


def is_whole(text: str) -> bool:
    """Whether a heading is known to be whole: what stands close below it is another."""
    return bool(_whole().fullmatch(unicodedata.normalize("NFKC", text)))


def is_article(text: str) -> bool:
    """Whether a heading names an article of the law: 第二十条第（一）项."""
    return text.startswith("第") and is_whole(text)
