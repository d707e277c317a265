"""Figures that a narrow cell cuts at their decimal point, in a table without ruled lines: 5.|0, 29|.0 in two lines.

Nothing else is printed so: no figure ends or begins with a point. Taken for two rows, the upper halves would count as
figures, above and below the row that they are of.
"""

from __future__ import annotations

import re

from reports.readers.pdf.unruled.words import Word

_WHOLE = re.compile(r"[\d０-９]+")
_POINTED = re.compile(r"[\d０-９]+[.．]")
_REST = re.compile(r"[.．]?[\d０-９]+")
_FURTHEST = 1.0  # heights of characters between the two lines of a figure


def with_whole_decimals(band: list[list[Word]]) -> list[list[Word]]:
    """The lines of a table with each cut figure whole, between the two lines that it stood in.

    A line of rests holds no other figures: in a row, cells are equally narrow.
    """
    found: list[list[Word]] = []
    for line in band:
        rests = [word for word in line if _REST.fullmatch(word.text)]
        heads = [_head(word, found[-2:]) for word in rests]
        if rests and all(head is not None for head in heads):
            for word, head in zip(rests, heads, strict=True):
                if head is not None:
                    head.text += word.text
                    head.left, head.right = min(head.left, word.left), max(head.right, word.right)
                    head.bottom = word.bottom
            line = [word for word in line if word not in rests]
        if line:
            found.append(line)
    return found


def _head(rest: Word, lines: list[list[Word]]) -> Word | None:
    """The digits right above the rest of a figure, of which one or the other has the point."""
    wanted = _POINTED if _WHOLE.fullmatch(rest.text) else _WHOLE
    for line in reversed(lines):
        for word in line:
            free = (rest.top - word.bottom) / max(rest.bottom - rest.top, 1.0)
            if wanted.fullmatch(word.text) and _share_a_place(word, rest) and -0.5 < free < _FURTHEST:
                return word
    return None


def _share_a_place(one: Word, other: Word) -> bool:
    return one.left < other.right and other.left < one.right
