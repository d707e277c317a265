r"""What a Word field ``EQ`` prints: Word and its converters write phonetic guides and overlaid signs as formulas.

``EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(3),12)`` prints 12 with a small 3 above it: the guide is no part
of the figure. Any other formula prints something that is not read, and its cell is marked. Source: Word's reference of
fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from reports.readers.marks import OBJECT

_LIST = re.compile(r"\s*FORMDROPDOWN\b", re.I)  # shows one of its entries
_EQ = re.compile(r"\s*EQ\b", re.I)
_OVERLAID = re.compile(r"\\o(?:\s*\\a[lrcd])?\s*\(", re.I)
_LONGEST: Final = 2_000


def formula_text(code: str) -> str | None:
    """What the field with this code prints where it has no result; None where that is nothing."""
    if _LIST.match(code):
        return OBJECT
    if not _EQ.match(code) or len(code) > _LONGEST:
        return None
    opening = _OVERLAID.search(code)
    if opening is None:
        return OBJECT
    parts = [part.strip() for part in _parts(code[opening.end() :])]
    shown = [part for part in parts if not part.startswith("\\")]
    return shown[0] if len(shown) == 1 and len(parts) == 2 else OBJECT


def _parts(text: str) -> Iterator[str]:
    """The arguments up to the closing bracket of the formula; commas in brackets inside are no bounds."""
    depth, start = 0, 0
    for at, character in enumerate(text):
        if character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
        if depth < 0 or (depth == 0 and character in ",;"):
            yield text[start:at]
            start = at + 1
        if depth < 0:
            return
