"""Text that is shown in what is hidden: a child may undo its parent's ``visibility:hidden`` and ``font-size:0``.

No other way of hiding can be undone from within. What stands beside the child stays hidden, so it is taken out, and the
parent is hidden no longer.
"""

from __future__ import annotations

import re
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from reports.readers.html.seen.styles import (
    BLANK,
    NOTHING,
    UNSEEN,
    Effects,
    Marks,
    apply,
    inline,
    read_sheets,
    selected,
)

CONCEALED, REVEALED = "concealed", "revealed"
VISIBILITY: Final[Effects] = (
    (CONCEALED, "visibility", re.compile(r"(?:hidden|collapse)\b")),
    (REVEALED, "visibility", re.compile(r"visible\b")),
)
SIZES: Final[Effects] = (
    (CONCEALED, "font-size", re.compile(NOTHING)),
    (CONCEALED, "font", re.compile(rf"(?:[a-z]+\s+)*{NOTHING}")),
    (REVEALED, "font", re.compile(r"(?:[a-z]+\s+)*\d*\.?\d*[1-9]\d*\.?\d*\s*(?:px|pt|rem|cm|mm|in|pc|vw|vh)")),
    # of nothing, a share is nothing
    (REVEALED, "font-size", re.compile(r"(?:\+?\d*\.?\d*[1-9]\d*\.?\d*\s*(?:px|pt|rem|cm|mm|in|pc|vw|vh)|[a-z-]+$)")),
)
_VISIBLE = re.compile(rb"visibility\s*:\s*v")


def reveal(tree: LexborHTMLParser, signs: bytes, written: list[str], marks: Marks) -> None:
    """Settles in the tree what is shown in what is hidden. ``signs``: the page's lower-case markup.

    ``marks`` is changed; of what ``font-size:0`` blanks it holds what stands in cells only. ``written``: the sheets.
    """
    if marks[UNSEEN] and _VISIBLE.search(signs):
        _settle(tree, written, marks[UNSEEN], VISIBILITY, "[style*='visib' i]")
    if marks[BLANK]:
        _settle(tree, written, marks[BLANK], SIZES, "td[style*='font' i],td [style*='font' i],"
                "th[style*='font' i],th [style*='font' i]")  # fmt: skip


def _settle(tree: LexborHTMLParser, written: list[str], hidden: set[int], effects: Effects, selector: str) -> None:
    found: Marks = {CONCEALED: set(), REVEALED: set()}
    for node in tree.css(selector):
        for effect in inline(node.attributes.get("style") or "", effects):
            found[effect].add(node.mem_id)
    apply(read_sheets(written, effects), lambda selector: selected(tree, selector), found)
    concealed = found[CONCEALED] & hidden
    if not concealed or not found[REVEALED]:
        return
    around = _around_revealed(tree, found[REVEALED])
    settled: set[int] = set()
    for node in tree.css("*"):
        place = node.mem_id
        if place in concealed and place in around and place not in settled:
            below = {each.mem_id for each in node.traverse(include_text=False)}
            hidden -= below & (found[CONCEALED] | {place})
            settled |= below
            _take_out(node, found)


def _around_revealed(tree: LexborHTMLParser, revealed: set[int]) -> set[int]:
    """The elements in which a revealed one with text lies."""
    around: set[int] = set()
    for node in tree.css("*"):
        if node.mem_id not in revealed or not (node.text() or "").strip():
            continue
        parent = node.parent
        while parent is not None and parent.mem_id not in around:
            around.add(parent.mem_id)
            parent = parent.parent
    return around


def _take_out(top: Any, found: Marks) -> None:
    """Empties the text that stands in a concealed element and in no revealed one within it."""
    waiting = [(top, True)]
    while waiting:
        node, concealed = waiting.pop()
        for child in list(node.iter(include_text=True)):
            if child.tag == "-text":
                if concealed:
                    child.replace_with("")
            else:
                place = child.mem_id
                kept = place not in found[REVEALED] and (concealed or place in found[CONCEALED])
                waiting.append((child, kept))
