"""Characters of a page to printed lines, and lines to paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from reports.readers.pdf_page import Glyph
from reports.readers.typeset import one_line

_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…]")
_PAGE_NUMBER = re.compile(r"^[-—–－·\s]*(?:第?\s*\d{1,4}\s*页?(?:\s*[/共]\s*\d{1,4}\s*页?)?)[-—–－·\s]*$")
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)|附件)"
)
_ENDS = "。！？；：:;!?"


@dataclass(slots=True)
class PrintedLine:
    """One line of text with its box; ``size`` is the height of its characters."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float


def lines(glyphs: Sequence[Glyph]) -> list[PrintedLine]:
    """The lines from top to bottom, each from left to right."""
    if not glyphs:
        return []
    ordered = sorted(glyphs, key=_middle)
    rows: list[list[Glyph]] = []
    reach = 0.0
    for glyph in ordered:
        middle = (glyph.top + glyph.bottom) / 2
        if rows and middle <= reach:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            reach = middle + max(2.0, 0.45 * (glyph.bottom - glyph.top))
    return [_line(row) for row in rows]


def _middle(glyph: Glyph) -> float:
    return glyph.top + glyph.bottom


def _line(row: list[Glyph]) -> PrintedLine:
    row.sort(key=_left)
    size = row[0].bottom - row[0].top if len(row) < 3 else median([glyph.bottom - glyph.top for glyph in row])
    pieces = [row[0].text]
    before = row[0]
    for glyph in row[1:]:
        gap = glyph.left - before.right
        if gap > 0.22 * size:
            both_wide = gap < 0.8 * size and (_WIDE.match(before.text) or _WIDE.match(glyph.text))
            if not both_wide:
                pieces.append(" ")
        elif (
            glyph.text == before.text
            and glyph.left - before.left < 0.2 * size
            and glyph.right - before.right < 0.2 * size
        ):
            continue  # bold made by printing twice
        pieces.append(glyph.text)
        before = glyph
    return PrintedLine(one_line("".join(pieces)), row[0].left, min(glyph.top for glyph in row),
                       max(glyph.right for glyph in row), max(glyph.bottom for glyph in row), size)  # fmt: skip


def _left(glyph: Glyph) -> float:
    return glyph.left


def is_page_number(line: PrintedLine, height: float) -> bool:
    """A page number in the margin: not text."""
    return (line.bottom < 0.1 * height or line.top > 0.88 * height) and bool(_PAGE_NUMBER.match(line.text))


def continues(before: PrintedLine, line: PrintedLine, left: float, right: float, *, over_page: bool = False) -> bool:
    """Whether ``line`` goes on with the paragraph of ``before``; ``left`` and ``right`` are the margins of the text."""
    size = max(before.size, 6.0)
    if before.right < right - 2.2 * size or abs(line.size - before.size) > 0.35 * size:
        return False
    if line.left > left + 1.2 * size:
        return False  # Chinese paragraphs begin two characters in
    if not over_page and line.top - before.bottom > 1.6 * size:
        return False
    if before.left > left + 3.5 * size:
        return False  # centred: a title
    return not (_NUMBERED.match(line.text) and before.text[-1:] in _ENDS)


def joined(first: str, second: str) -> str:
    """Two lines of one paragraph: no space where either side is Chinese."""
    if first and second and not (_WIDE.match(first[-1]) or _WIDE.match(second[0])):
        if first[-1].isdigit() and second[0].isdigit():
            return first + second  # 20|24 broken at the margin
        return f"{first} {second}"
    return first + second
