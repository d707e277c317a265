"""Figures that stand in a list: a browser shows the number of the entry before them, and ``5. 12`` is not twelve."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from reports.readers.html.seen.painted import cell_of_figures, put
from reports.readers.html.seen.rare_styles import NO_DIGITS
from reports.readers.html.seen.styles import Effects, Marks, apply, inline, read_sheets, selected, sheets_of
from reports.readers.marks import PICTURE

#: An entry that begins with a figure; entries of menus and of articles begin with words.
_ENTRY = re.compile(rb"<(?:li|LI|Li)\b[^>]*+>\s*+(?:<(?!/?[lL][iI]\b)[a-zA-Z][^>]*+>\s*+)*+[-+.\d]")
_FIGURE = re.compile(r"[-+−－]?[\d.,，\s]{1,20}(?:件|个|条|项|万元|元)?")
_NUMBERED, _PLAIN = "numbered", "plain"
_EFFECTS: Final[Effects] = tuple(
    (effect, name, re.compile(values))
    for name in ("list-style", "list-style-type")
    for effect, values in (
        (_NUMBERED, rf"(?!(?:{NO_DIGITS})\s*$)\S"),
        (_PLAIN, rf"(?!.*(?:inherit|unset|revert))(?:{NO_DIGITS})\s*$"),
    )
)
_MOST = 2_000  # entries that are looked at
_DEEPEST = 12  # elements between an entry and its list


def mark_numbered(tree: LexborHTMLParser, markup: bytes, signs: bytes, hidden: Collection[int]) -> None:
    """Marks cells with a figure that is an entry of a numbered list.

    ``markup``: the page's; ``signs``: its tags in lower case; ``hidden``: what the page does not show.
    """
    if b"<li" not in signs or not _ENTRY.search(markup):
        return
    seen: dict[int, bool] = {}
    found: list[tuple[Any, Any]] = []
    for entry in tree.css("td li,th li")[:_MOST]:
        if entry.mem_id not in hidden and _FIGURE.fullmatch((entry.text() or "").strip()):
            cell = cell_of_figures(entry, seen)
            if cell is not None:
                found.append((entry, cell))
    if not found:
        return
    marks: Marks = {_NUMBERED: set(), _PLAIN: set()}
    known = apply(read_sheets(sheets_of(tree), _EFFECTS), lambda selector: selected(tree, selector), marks)
    done: set[int] = set()
    for entry, cell in found:
        if cell.mem_id not in done and (not known or _is_numbered(entry, marks)):
            done.add(cell.mem_id)
            put(cell, PICTURE, before=True)


def _is_numbered(entry: Any, marks: Marks) -> bool:
    """What the entry says of itself counts before what its list says; lists of the name ``ol`` have numbers."""
    around = entry.parent
    for _ in range(_DEEPEST):
        if around is None or around.tag in ("ol", "ul", "td", "th"):
            break
        around = around.parent
    for node in (entry, around):
        if node is None:
            continue
        attributes = node.attributes
        said = inline(attributes.get("style") or "", _EFFECTS)
        if _NUMBERED in said or (_PLAIN not in said and node.mem_id in marks[_NUMBERED]):
            return True
        if _PLAIN in said or node.mem_id in marks[_PLAIN]:
            return False
        if kind := attributes.get("type"):
            return not kind.isalpha()
    return around is not None and around.tag == "ol"
