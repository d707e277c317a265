"""Characters of a page to printed lines, and lines to paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter, sub
from statistics import median

from reports.readers.pdf.addresses import is_one_address
from reports.readers.pdf.page import UNREADABLE, Glyph
from reports.readers.typeset import one_line

_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…]")
_PAGE_NUMBER = re.compile(r"^[-—–－·\s]*(?:第?\s*\d{1,4}\s*页?(?:\s*[/共]\s*\d{1,4}\s*页?)?)[-—–－·\s]*$")
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)|附件)"
)
#: The number of a label: the text before it ends there.
BEGINS = re.compile(
    r"\s*(?:[(（](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]|\d{1,2}[)）.．、]|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,4}条|其中[:：])"
)
_POINTS = ".,．，、"
_FIRST_WIDE = "\u2e80"  # of the Chinese characters
_FEWEST_GAPS, _MOST_GAPS = 12, 600
_SET_APART, _FEWEST_SET_APART = (0.12, 0.8), 4  # heights of characters; gaps
_SAME, REACH = 0.3, 0.45  # points, heights of characters: lower edges of one line, middles of one line
_TOUCHING = 0.02  # heights of characters: characters that overlap by less are no bold made by printing twice
_FIRST, _BOTTOM = itemgetter(0), itemgetter(4)
left_of = itemgetter(1)  #: where a character begins, to sort a line by
_LARGE, _SMALLER = 1.25, 0.85  # of the text's size: a title is larger; of a title's: what is smaller is not of it
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


def is_wide(character: str) -> bool:
    """Whether a character is as wide as a Chinese one."""
    return bool(_WIDE.match(character))


def usual_size(glyphs: Sequence[Glyph]) -> float:
    """The height of most characters, from a few of them; 0 where there are none."""
    heights = [glyph.bottom - glyph.top for glyph in glyphs[:: max(1, len(glyphs) // 64)]]
    return median(heights) if heights else 0.0


def lines(glyphs: Sequence[Glyph]) -> list[PrintedLine]:
    """The lines from top to bottom, each from left to right."""
    return [line_of(row) for row in rows_of(glyphs, REACH)]


def rows_of(glyphs: Iterable[Glyph], reach: float) -> list[list[Glyph]]:
    """Characters by the lines that they stand on, from top to bottom.

    Characters of one font on one line have their lower edges in common; lines whose middles are no further apart than
    ``reach`` (in heights of characters) are one: of two fonts, or of a mark that is raised a little.
    """
    ordered = sorted(glyphs, key=_BOTTOM)
    edges = list(map(_BOTTOM, ordered))
    if not edges or edges[-1] - edges[0] <= _SAME:
        return [ordered] if ordered else []
    steps = map(sub, edges[1:], edges)
    starts = [0, *(place for place, step in enumerate(steps, 1) if step > _SAME), len(edges)]
    bases = [ordered[start:end] for start, end in pairwise(starts)]
    if len(bases) < 2:
        return bases
    rows: list[list[Glyph]] = []
    end, most = -1e9, 0
    for middle, base in sorted(((_middle(base), base) for base in bases), key=_FIRST):
        reached = middle + max(2.0, reach * (base[0][4] - base[0][2]))
        if middle > end:
            rows.append(base)
            end, most = reached, len(base)
            continue
        rows[-1] += base
        if len(base) > most:  # what began the row are marks or quotes, which stand higher
            end, most = reached, len(base)
    return rows


def _middle(base: Sequence[Glyph]) -> float:
    return sum([glyph[2] + glyph[4] for glyph in base]) / (2 * len(base))


def tracking(runs: Iterable[Sequence[Glyph]]) -> float:
    """How far apart characters are set on purpose: the even gap between Chinese characters that follow each other.

    ``runs`` hold characters in the order in which they are drawn. 0 where the gaps are small or differ.
    """
    gaps: list[float] = []
    size = 0.0
    for run in runs:
        if len(gaps) > _MOST_GAPS:
            break
        for (before, _, level, end, _), (text, left, top, _, bottom) in pairwise(run):
            if text >= _FIRST_WIDE and before >= _FIRST_WIDE and -2 <= top - level <= 2:
                size = bottom - top
                gap = left - end
                if -size < gap < 2 * size and abs(level - top) < 0.1 * size:
                    gaps.append(gap)
    if len(gaps) < _FEWEST_GAPS:
        return 0.0
    usual = median(gaps)
    even = sum([abs(gap - usual) < 0.04 * size for gap in gaps])
    return usual if usual > 0.05 * size and even > 0.7 * len(gaps) else 0.0


def digits_apart(runs: Iterable[Sequence[Glyph]], before: float = 0.0) -> float:
    """How far apart the digits of all figures are set on purpose; 0 where two of one figure touch, or gaps differ.

    ``runs`` hold the characters of cells; ``before``: what was found above them, which counts where they are too few.
    Elsewhere 1 2 is not 12: two figures may stand in one cell.
    """
    gaps: list[float] = []
    for run in runs:
        for (other, _, level, end, _), (text, left, top, _, bottom) in pairwise(run):
            if "0" <= text <= "9" and "0" <= other <= "9" and abs(top - level) < 0.2 * (size := bottom - top):
                gap = (left - end) / size
                if -0.5 < gap < _SET_APART[0]:
                    return 0.0
                gaps.append(gap * size)
    if len(gaps) < _FEWEST_SET_APART:
        return before if all(abs(gap - before) < 0.1 * before for gap in gaps) else 0.0
    least, most = min(gaps), max(gaps)
    return (least + most) / 2 if least > 0 and most < _SET_APART[1] * size and most - least < 0.1 * size else 0.0


def line_of(row: list[Glyph], apart: float = 0.0) -> PrintedLine:
    """One line of its characters; ``apart``: how far apart they are set on purpose."""
    if len(row) == 1:
        text, left, top, right, bottom = row[0]
        return PrintedLine(text, left, top, right, bottom, bottom - top)
    row.sort(key=left_of)
    first = before = row[0]
    texts, lefts, tops, rights, bottoms = zip(*row, strict=True)
    size = first[4] - first[2] if len(row) < 3 else median(map(sub, bottoms, tops))
    close = 0.22 * size
    gaps = list(map(sub, lefts[1:], rights))
    if max(gaps) - apart <= close and min(gaps) - apart > -_TOUCHING * size:  # so are most: one word
        return PrintedLine(one_line("".join(texts)), first[1], min(tops), max(rights), max(bottoms), size)
    pieces = [first[0]]
    for glyph in row[1:]:
        gap = glyph[1] - before[3] - apart
        if gap > close:
            both_wide = gap < 0.8 * size and (_WIDE.match(before.text) or _WIDE.match(glyph.text))
            if not both_wide:
                pieces.append(" ")
        elif gap < 0:
            if is_doubled(before, glyph, size):
                continue
            if gap < -close and are_over_each_other(before, glyph):
                pieces.append(UNREADABLE)
        pieces.append(glyph[0])
        before = glyph
    return PrintedLine(one_line("".join(pieces)), first[1], min(tops), max(rights), max(bottoms), size)


def is_doubled(before: Glyph, glyph: Glyph, size: float) -> bool:
    """Bold made by printing twice."""
    if glyph[0] != before[0]:
        return False
    aside = min(0.2 * size, 0.5 * (glyph[3] - glyph[1]))
    return glyph[1] - before[1] < aside and glyph[3] - before[3] < aside


def are_over_each_other(before: Glyph, glyph: Glyph) -> bool:
    """Two different figures printed in one place: nobody can read them."""
    return (
        before.text.isdigit() and glyph.text.isdigit() and before.right - glyph.left > 0.5 * (glyph.right - glyph.left)
    )


def is_mark(base: Glyph, glyph: Glyph) -> bool:
    """Whether a character is a footnote's mark behind a figure: smaller, and raised or lowered."""
    size = base.bottom - base.top
    return (
        glyph.bottom - glyph.top < 0.8 * size
        and glyph.text not in _POINTS  # of another font, say: 1.
        and (base.text.isdigit() or base.text in "）)")
        and abs((glyph.top + glyph.bottom) - (base.top + base.bottom)) > 0.1 * size
    )


def is_page_number(line: PrintedLine, height: float) -> bool:
    """A page number in the margin: not text."""
    return (line.bottom < 0.1 * height or line.top > 0.88 * height) and bool(_PAGE_NUMBER.match(line.text))


@dataclass(slots=True)
class Margins:
    """Where a page's running text begins and ends, the usual distance of its lines and height of its characters."""

    left: float
    right: float
    pitch: float
    size: float


def margins(printed: Sequence[PrintedLine], width: float) -> Margins | None:
    """The margins, from the lines that nearly fill the page's widest; None on a page with less than three of them."""
    widest = max((line.right - line.left for line in printed), default=0.0)
    long = [line for line in printed if line.right - line.left > 0.75 * widest and widest > 0.4 * width]
    if len(long) < 3:
        return None
    lefts: dict[int, int] = {}
    for line in long:
        lefts[round(line.left / 3)] = lefts.get(round(line.left / 3), 0) + 1
    often = [place for place, times in lefts.items() if times >= max(2, 0.2 * len(long))]
    rights = sorted(line.right for line in long)
    steps = [b.top - a.top for a, b in pairwise(long) if 0 < b.top - a.top < 4 * a.size]
    left = 3.0 * min(often) if often else min(line.left for line in long)
    pitch = median(steps) if steps else 2 * long[0].size
    return Margins(left, rights[int(0.8 * (len(rights) - 1))], pitch, median([line.size for line in long]))


def continues(before: PrintedLine, line: PrintedLine, page: Margins, *, over_page: bool = False) -> bool:
    """Whether ``line`` goes on with the paragraph of ``before``."""
    size = max(before.size, 6.0)
    if before.text.endswith("://"):
        return True  # an address that was too long for the rest of the line
    if before.size > _LARGE * page.size and line.size < _SMALLER * before.size:
        return False  # a title that fills its line, and the text below it
    if before.right < page.right - 2.2 * size or abs(line.size - before.size) > 0.35 * size:
        return _is_wrapped_title(before, line, page)
    if line.left > page.left + 1.2 * size:
        return _is_wrapped_title(before, line, page)  # Chinese paragraphs begin two characters in
    if not over_page and line.top - before.top > 1.18 * max(page.pitch, size):
        return False
    if before.left > page.left + 3.5 * size:
        return False  # centred: a title
    return not (_NUMBERED.match(line.text) and before.text[-1:] in _ENDS)


def _is_wrapped_title(before: PrintedLine, line: PrintedLine, page: Margins) -> bool:
    """Whether large lines are one title in the middle of the page, whose first line leaves no room for a word."""
    size = before.size
    return (
        abs(line.size - size) < 0.1 * size
        and size > _LARGE * page.size
        and before.right - before.left > page.right - page.left - 5 * size
        and abs(before.left + before.right - line.left - line.right) < size
        and line.left > page.left + 1.2 * size
        and line.top - before.top < 2.5 * size
    )


def joined(first: str, second: str) -> str:
    """Two lines of one paragraph: no space where either side is Chinese."""
    if first and second and not (_WIDE.match(first[-1]) or _WIDE.match(second[0])):
        if is_one_address(first, second):
            return first + second
        if (first[-1].isdigit() and second[0].isdigit()) or first[-1] in "/@":
            return first + second  # 20|24 broken at the margin, http://|www
        return f"{first} {second}"
    return first + second
