"""Sections of a report behind tabs: the page shows one of them, and the next when its tab is clicked.

Each is on the page for every reader, unlike a copy that nothing opens. So the tabs have to name the report's sections:
of tabs for years or for organs only the one that is shown counts.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

import data

_PANELS: Final = "div,section,article,li,dd"
_LONGEST_TAB = 30  # characters
_MOST_PANELS = 12
_LEAST_NAMED = 2  # tabs that name a section
_YEAR = re.compile(r"20\d\d")


def behind_tabs(tree: LexborHTMLParser, hidden: set[int]) -> set[int]:
    """The hidden elements that tabs named after the report's sections open."""
    found: set[int] = set()
    asked: set[int] = set()
    for node in tree.css(_PANELS) if hidden else ():
        parent = node.parent
        if node.mem_id not in hidden or parent is None or parent.mem_id in asked:
            continue
        asked.add(parent.mem_id)
        panels = [each for each in _elements(parent) if _is_like(each, node)]
        closed = {each.mem_id for each in panels if each.mem_id in hidden}
        if 2 <= len(panels) <= _MOST_PANELS and len(closed) < len(panels) and _are_named(panels):
            found |= closed
    return found


def _are_named(panels: list[Any]) -> bool:
    """Whether as many tabs stand before the panels, or before what holds them, and name the report's sections."""
    first = panels[0]
    for below in (first, first.parent):
        before = below.prev
        while before is not None and (before.tag in ("-text", "-comment")):
            before = before.prev
        if before is None:
            continue
        tabs = before
        while len(inner := list(_elements(tabs))) == 1:
            tabs = inner[0]
        texts = ["".join((each.text() or "").split()) for each in inner]
        if len(texts) != len(panels) or any(not 0 < len(text) <= _LONGEST_TAB or _YEAR.search(text) for text in texts):
            continue
        if sum(any(word in text for word in _words()) for text in set(texts)) >= _LEAST_NAMED:
            return True
    return False


@functools.cache
def _words() -> tuple[str, ...]:
    return tuple(data.load_yaml("readers/tabs.yaml")["sections"])


def _elements(node: Any) -> Iterator[Any]:
    return (child for child in node.iter() if child.tag not in ("script", "style"))


def _is_like(one: Any, other: Any) -> bool:
    """Two elements of one kind: of the same name, and of the same class but for what says which is open."""
    first, second = ((each.attributes.get("class") or "").split()[:1] for each in (one, other))
    return bool(one.tag == other.tag and first == second)
