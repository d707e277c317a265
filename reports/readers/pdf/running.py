"""Running heads and feet of a PDF: what stands at the same place on page after page is no text of the report.

Browsers print the time, the page's title and its address there; offices the name of the report. On the first page such
a line would be read as the beginning of the title, further on it would cut paragraphs and tables in two.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import data
from reports.readers.pdf.lines import rows_of, tracking
from reports.readers.pdf.page import Glyph, PageContent
from reports.readers.pdf.unruled.headings import is_whole
from reports.readers.pdf.unruled.words import REACH, Word, words_of

_ZONE = 0.11  # of the page's height, at its upper and its lower edge
_SAME_PLACE = 2.0  # points
_CLEAR = 0.2  # heights of characters between a running head and the text
_MOST_LINES, _MOST_WORDS = 4, 4
_FEWEST_LETTERS = 4
_LOOK_AHEAD = 2  # pages: left and right ones may have heads of their own
_DIGITS = re.compile(r"\d+")


class _Line(NamedTuple):
    """A line in a margin: its text without the numbers, which count pages, and its box."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


_Margins = tuple[list[_Line], list[_Line]]


def without_running_heads(pages: Iterable[PageContent]) -> Iterator[PageContent]:
    """The pages, each without the lines in its margins that stand on the next pages, or the ones before, as well."""
    before: list[_Margins] = []
    waiting: list[tuple[PageContent, _Margins]] = []
    for page in pages:
        waiting.append((page, _margin_lines(page)))
        if len(waiting) > _LOOK_AHEAD:
            yield _bare(waiting, before)
    while waiting:
        yield _bare(waiting, before)


def _bare(waiting: list[tuple[PageContent, _Margins]], before: list[_Margins]) -> PageContent:
    """The first of the waiting pages, without its running heads."""
    page, margins = waiting.pop(0)
    around = [*before, *(each for _, each in waiting)]
    heads: list[_Line] = []
    for side, lines in enumerate(margins):
        others = [line for each in around for line in each[side]]
        for line in lines:
            if not _is_running(others, line) or not _is_clear(line, page.glyphs):
                break  # the text begins here
            heads.append(line)
    before.append(margins)
    del before[:-_LOOK_AHEAD]
    if heads:
        page.keep([not any(_holds(head, glyph) for head in heads) for glyph in page.glyphs])
    return page


def _margin_lines(page: PageContent) -> _Margins:
    """The lines of both margins, from the edge inwards, as far as they are few words and of no table."""
    high, low = _ZONE * page.height, (1 - _ZONE) * page.height
    above = [glyph for glyph in page.glyphs if glyph[2] < high]
    below = [glyph for glyph in page.glyphs if glyph[4] > low]
    return _outer_lines(above, 1, page), _outer_lines(below, -1, page)


def _outer_lines(margin: list[Glyph], inwards: int, page: PageContent) -> list[_Line]:
    found: list[_Line] = []
    apart = tracking([margin])
    for row in rows_of(margin, REACH)[::inwards][:_MOST_LINES]:
        line = words_of(row, apart)
        if len(line) > _MOST_WORDS or _is_of_a_table(line, page):
            break
        if sum(map(str.isalpha, "".join([word.text for word in line]))) >= _FEWEST_LETTERS:
            found.append(_line(line))
    return found


def _line(line: list[Word]) -> _Line:
    text = _DIGITS.sub("#", unicodedata.normalize("NFKC", " ".join(word.text for word in line)))
    return _Line(text, line[0].left, min(word.top for word in line), line[-1].right, max(word.bottom for word in line))


def _is_clear(line: _Line, glyphs: list[Glyph]) -> bool:
    free = _CLEAR * (line.bottom - line.top)
    return not any(
        line.top - free < glyph[4] and glyph[2] < line.bottom + free and not _holds(line, glyph) for glyph in glyphs
    )


def _is_of_a_table(line: list[Word], page: PageContent) -> bool:
    """Whether a line is a table's header, which is printed again at the top of each page."""
    middle = line[0].middle
    return any(rule.start < middle < rule.end for rule in page.vertical) or any(is_whole(word.text) for word in line)


def _is_running(others: list[_Line], line: _Line) -> bool:
    """Whether a line stands at the same place of another page, or is the browser's."""
    return bool(_stamps().match(line.text)) or any(
        line.text == other.text and abs(line.top - other.top) < _SAME_PLACE for other in others
    )


@functools.cache
def _stamps() -> re.Pattern[str]:
    return re.compile("|".join(data.load_yaml("readers/printed_tables.yaml")["browsers_stamps"]))


def _holds(line: _Line, glyph: Glyph) -> bool:
    return line.top - 0.1 <= glyph[2] and glyph[4] <= line.bottom + 0.1
