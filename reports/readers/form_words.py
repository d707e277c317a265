"""The words that the forms print, for readers that see characters and have to guess at some of them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any

import data

_FORMS = ("applications", "proactive", "review")
_HEADINGS = ("column_groups", "content", "lawsuits", "notes")
_NAMED = ("label", "aliases", "group", "note", "paragraph")  # what of a form's entry is printed
_NUMBER = re.compile(r"^[^\u4e00-\u9fff]*[一二三四五六七八九十]{1,2}[^\u4e00-\u9fff]+")
_OTHER = re.compile(r"[^\u4e00-\u9fff]+")


def is_printed(text: str) -> bool:
    """Whether a text, but for numbers, spaces and punctuation, is what a cell of the forms prints."""
    return _OTHER.sub("", _NUMBER.sub("", text)) in _printed()


@functools.cache
def _printed() -> frozenset[str]:
    found = [text for name in _FORMS for text in _texts(data.load_yaml(f"forms/{name}.yaml"))]
    found += [text for name in _HEADINGS for text in data.load_yaml("forms/headings.yaml")[name]]
    return frozenset(filter(None, (_OTHER.sub("", text) for text in found)))


def _texts(entry: Any) -> Iterator[str]:
    """All that an entry of a form's file says to be printed, with what is printed behind it."""
    if isinstance(entry, list):
        for each in entry:
            yield from _texts(each)
    elif isinstance(entry, dict):
        for name, value in entry.items():
            if name in _NAMED:
                yield from value if isinstance(value, list) else (value,)
            else:
                yield from _texts(value)
        if "label" in entry and "note" in entry:
            yield entry["label"] + entry["note"]
