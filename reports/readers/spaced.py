"""Lines whose white space parts cells: typed with spaces that a browser does not fold, or in ``<pre>``."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

_FOLDED = re.compile("[ \t\r\n\f]+")
_AS_TYPED = re.compile(rb"white-space\s*:\s*(?:pre|break-spaces)", re.I)
_TYPED_BLOCKS = ("p", "div", "section", "article")
_PARTS = (
    "p,div,section,article,table,ul,ol,dl,h1,h2,h3,h4,pre"  # itself is one: with others it is no run of typed lines
)
_RUN = re.compile(r"\S(?:[ \u3000]{2,}| *\t[ \t]*)\S")


def spaced(text: str) -> str:
    """The line as it is shown, its spaces kept, where a run of them parts words; else nothing.

    ``text`` is running text of a page: white space of the source is one space, ``&nbsp;`` a space that is kept.
    """
    if "\xa0" not in text and "\u3000" not in text:
        return ""
    shown = _FOLDED.sub(" ", text.strip(" \t\r\n\f")).replace("\xa0", " ")
    return shown.rstrip() if _RUN.search(shown) else ""


def typed_lines(tree: Any, markup: bytes) -> frozenset[int]:
    """The blocks of a page whose lines are shown as they were typed, by their own style: ``white-space: pre-wrap``."""
    if b"white-space" not in markup or not _AS_TYPED.search(markup):
        return frozenset()
    found = []
    for node in tree.css(",".join(f"{tag}[style*='white-space']" for tag in _TYPED_BLOCKS)):
        typed = _AS_TYPED.search((node.attributes.get("style") or "").encode())
        if typed and any(mark in (node.text() or "").strip() for mark in "\n\t") and len(node.css(_PARTS)) <= 1:
            found.append(node.mem_id)
    return frozenset(found)


def preformatted(node: Any, hidden: Collection[int]) -> list[str]:
    """The lines of a ``<pre>`` as they are shown, empty ones included."""
    pieces: list[str] = []
    waiting = [node.child]
    while waiting:
        each = waiting.pop()
        if each is None:
            continue
        waiting.append(each.next)
        if each.tag == "-text":
            pieces.append(each.text_content or "")
        elif each.tag == "br":
            pieces.append("\n")
        elif each.mem_id not in hidden and (each.tag or "-")[0] != "-":
            waiting.append(each.child)
    return re.split(r"\r\n|[\r\n]", "".join(pieces).replace("\xa0", " "))
