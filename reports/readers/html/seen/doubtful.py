"""Figures that only a browser could tell to be shown or not: their cells are unreadable, neither blank nor read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from reports.readers.html.seen.painted import cell_of_figures, put
from reports.readers.html.seen.styles import CUT, DOUBT, GONE, Marks
from reports.readers.marks import PICTURE

#: Words in a line, which have room whatever a style says of their height and width.
IN_LINE: Final = frozenset(("span", "b", "strong", "i", "em", "font", "a", "u", "small", "big", "label", "s", "del"))


def settle_cut(marks: Marks, elements: Iterable[tuple[int, str | None]]) -> None:
    """What has no room is gone, but words in a line may be shown. ``elements``: keys and names of those in ``CUT``."""
    for key, tag in elements:
        marks[DOUBT if tag in IN_LINE else GONE].add(key)
    marks[CUT].clear()


def mark_doubtful(tree: LexborHTMLParser, marks: Marks, *, every: bool = False) -> None:
    """Marks the cells of figures with something in them, or around them in their row, that is in doubt.

    ``every``: all that hold figures.
    """
    if marks[CUT]:
        settle_cut(marks, [(node.mem_id, node.tag) for node in tree.css("*") if node.mem_id in marks[CUT]])
    if not marks[DOUBT] and not every:
        return
    seen: dict[int, bool] = {}
    marked: set[int] = set()
    for node in tree.css("td,th" if every else "tr,td,th,td *,th *"):
        if not every and node.mem_id not in marks[DOUBT]:
            continue
        for cell in node.css("td,th") if node.tag == "tr" else (node,):
            around = cell_of_figures(cell, seen)
            if around is not None and around.mem_id not in marked and _holds_digit(cell):
                marked.add(around.mem_id)
                put(around, PICTURE, before=True)


def _holds_digit(node: Any) -> bool:
    return any(map(str.isdigit, node.text() or ""))
