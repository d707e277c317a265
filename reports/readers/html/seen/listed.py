"""Figures that stand in a list: a browser shows the number of the entry before them, and ``5. 12`` is not twelve."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from reports.readers.html.seen.painted import cell_of_figures, put
from reports.readers.html.seen.rare_styles import NO_DIGITS
from reports.readers.marks import PICTURE

#: An entry that begins with a figure; entries of menus and of articles begin with words.
_ENTRY = re.compile(rb"<(?:li|LI|Li)\b[^>]*+>\s*+(?:<(?!/?[lL][iI]\b)[a-zA-Z][^>]*+>\s*+)*+[-+.\d]")
_FIGURE = re.compile(r"[-+−－]?[\d.,，\s]{1,20}(?:件|个|条|项|万元|元)?")
#: A sheet that gives lists another mark than the signs that cannot be taken for digits.
_MARKED = re.compile(rf"list-style(?:-type)?\s*:\s*(?!{NO_DIGITS}(?:!|;|\}}|\"|'|\\|$))".encode(), re.I)
_MOST = 2_000  # entries that are looked at
_DEEPEST = 12  # elements between an entry and its list


def mark_numbered(tree: LexborHTMLParser, markup: bytes, signs: bytes, hidden: Collection[int]) -> None:
    """Marks cells with a figure that is an entry of a numbered list.

    ``markup``: the page's; ``signs``: its tags in lower case; ``hidden``: what the page does not show.
    """
    if b"<li" not in signs or not _ENTRY.search(markup):
        return
    marked = _MARKED.search(signs) is not None
    seen: dict[int, bool] = {}
    done: set[int] = set()
    for entry in tree.css("td li,th li")[:_MOST]:
        if entry.mem_id in hidden or not _FIGURE.fullmatch((entry.text() or "").strip()):
            continue
        cell = cell_of_figures(entry, seen)
        if cell is not None and cell.mem_id not in done and (marked or _is_numbered(entry)):
            done.add(cell.mem_id)
            put(cell, PICTURE, before=True)


def _is_numbered(entry: Any) -> bool:
    around = entry.parent
    for _ in range(_DEEPEST):
        if around is None or around.tag in ("ol", "ul", "td", "th"):
            break
        around = around.parent
    said = (entry.attributes.get("type"), around.attributes.get("type") if around is not None else None)
    return (around is not None and around.tag == "ol") or any(kind and not kind.isalpha() for kind in said)
