"""The text of an element without what is not shown of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any


def visible_text(top: Any, hidden: Collection[int], left_out: Collection[str] = ()) -> str:
    """All text in ``top`` but that of ``hidden`` elements and of those named ``left_out``.

    Without recursion: elements may lie in each other without end.
    """
    pieces: list[str] = []
    node, end = top, top.mem_id
    while True:
        tag, child = node.tag or "-", None
        if tag == "-text":
            pieces.append(node.text_content or "")
        elif tag[0] != "-" and tag not in left_out and node.mem_id not in hidden:
            child = node.child
        if child is not None:
            node = child
            continue
        while node.mem_id != end and node.next is None:
            node = node.parent
        if node.mem_id == end:
            return "".join(pieces)
        node = node.next
