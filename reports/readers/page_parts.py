"""Which part of a page an element is, from the names that templates give it: ``data/readers/page_parts.yaml``."""

from __future__ import annotations

import functools
import re

import data
from reports.readers.flow import Region

_WORD = re.compile(r"[^a-z0-9]+")


@functools.cache
def _patterns() -> dict[str, re.Pattern[str]]:
    parts = data.load_yaml("readers/page_parts.yaml")
    return {part: re.compile("|".join(f"(?:{entry})" for entry in parts[part]))
            for part in ("navigation", "footer", "title_names")}  # fmt: skip


@functools.cache
def tagged_elements() -> frozenset[str]:
    """Custom elements whose short text is a fact about the article (``publishtime``)."""
    return frozenset(data.load_yaml("readers/page_parts.yaml")["tagged_elements"])


@functools.cache
def title_elements() -> frozenset[str]:
    """Custom elements that hold the article's title."""
    return frozenset(data.load_yaml("readers/page_parts.yaml")["title_elements"])


@functools.lru_cache(maxsize=4096)
def region(names: str) -> Region | None:
    """The part that an ``id`` or ``class`` attribute announces; None where it says nothing."""
    patterns = _patterns()
    lowered = names.lower()
    for word in (*_WORD.split(lowered), lowered):
        if patterns["footer"].fullmatch(word):
            return "footer"
        if patterns["navigation"].fullmatch(word):
            return "navigation"
    return None


@functools.lru_cache(maxsize=4096)
def names_title(names: str) -> bool:
    """Whether an ``id`` or ``class`` attribute names the article's title."""
    pattern = _patterns()["title_names"]
    lowered = names.lower()
    return any(pattern.fullmatch(word) for word in (*lowered.split(), *_WORD.split(lowered)))
