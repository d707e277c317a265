"""Lines whose white space parts cells: typed with spaces that a browser does not fold, or in ``<pre>``."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

_FOLDED = re.compile("[ \t\r\n\f]+")
_RUN = re.compile(r"\S(?:[ \u3000]{2,}| *\t[ \t]*)\S")


def spaced(text: str) -> str:
    """The line as it is shown, its spaces kept, where a run of them parts words; else nothing.

    ``text`` is running text of a page: white space of the source is one space, ``&nbsp;`` a space that is kept.
    """
    if "\xa0" not in text and "\u3000" not in text:
        return ""
    shown = _FOLDED.sub(" ", text.strip(" \t\r\n\f")).replace("\xa0", " ")
    return shown.rstrip() if _RUN.search(shown) else ""


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
