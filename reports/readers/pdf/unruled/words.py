"""Tables by where words stand: the words of a page, and the runs of lines that hold a table.

For PDFs without ruled lines, and as a second reading of those that have them.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reports.forms import ends_in_unit, is_part_of_list, units
from reports.readers.pdf.lines import (
    PrintedLine,
    are_over_each_other,
    is_doubled,
    is_mark,
    is_page_number,
    is_wide,
    left_of,
    rows_of,
    tracking,
)
from reports.readers.pdf.page import UNREADABLE, Glyph, Rule
from reports.readers.pdf.unruled.headings import has_note, is_article, is_whole, names_table

_FIGURE = re.compile(
    r"^[-+−－]?[\d０-９](?:[\d０-９,，.．]*[\d０-９])?(?:件|条|项|个|元|万元)?(?:[（(][^（）()]{2,30}[）)])?(?:\[.{1,3}\])*$|^[/／—－-]$"
)
_LABEL_LINES, _HEADER_LINES = 24, 14  # without a figure: of a label in a narrow column, of a header
_WIDE = 5  # figures or headings side by side: a table, though it has one row
_FAR, _NEAR = 4.0, 1.2  # heights of characters: from a header to what is not of it, from line to line of a label
_JOINT = 0.6  # points: characters touch the line beside them
_APART = 1.0  # points: no line stands between characters that are closer, but for digits
_WIDE_ONES = re.compile("[\u2e80-\u2fdf\u3400-\u9fff]")
_SET_APART = 1.3  # of the height: more is set apart on purpose
REACH = 0.35  #: heights of characters: middles of one line
_LEAST = 0.2  # of the height of characters: a gap that no one sets between the characters of a word
_TYPESET = 0.3  # heights of characters: programs set figures within Chinese text off by less
_AROUND = 3  # characters of a line on both sides
_FREE = 0.5  # heights of characters: from a page's number to its text
_NUMBER = re.compile(r"\d[.．、]")
_TOP, _CLEAR = 0.1, 1.2  # of the page's height, and of characters': where a running head stands, and free below it
_SECTION = re.compile(r"^[一二三四五六七八九十]{1,2}、.*(?:情况|情况统计表|事项|问题.*)$")
_NUMBERED = re.compile(r"^[一二三四五六七八九十]{1,2}、")
_DATE = re.compile(r"20\d\d年\d{1,2}月\d{1,2}日")
_ASIDE = 3.0  # heights of characters: so far from the labels' edge stands the name above a date


@dataclass(slots=True)
class Word:
    """Characters without a gap between them. ``rest``: more digits of a figure, from the lines below it."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    rest: str = ""

    @property
    def centre(self) -> float:
        """The middle, across."""
        return (self.left + self.right) / 2

    @property
    def middle(self) -> float:
        """The middle, downwards."""
        return (self.top + self.bottom) / 2

    @property
    def em(self) -> float:
        """The size of its characters: of some fonts pdfium knows the height of the ink only, but Chinese is square."""
        height = self.bottom - self.top
        wide = len(_WIDE_ONES.findall(self.text))
        across = (self.right - self.left) / (wide + 0.5 * (len(self.text) - wide)) if wide else height
        return across if height < across < _SET_APART * height else height


def words(glyphs: Sequence[Glyph], down: Sequence[Rule] = ()) -> list[list[Word]]:
    """The words of a page, line by line. ``down`` are the lines that stand upright on it: no word goes over one."""
    walls: Sequence[Rule] = sorted(down)
    apart = tracking([glyphs])
    return [words_of(row, apart, walls) for row in rows_of(glyphs, REACH)]


def words_of(row: list[Glyph], apart: float, walls: Sequence[Rule] = ()) -> list[Word]:
    """The words of one line. ``apart``: how far apart characters are set; ``walls``: upright lines, sorted."""
    row.sort(key=left_of)
    line: list[Word] = []
    base = row[0]
    last: Word | None = None
    for place, glyph in enumerate(row):
        text, left, top, right, bottom = glyph  # names of its parts would take twice the time
        size = bottom - top
        if (
            last is not None
            and left - last.right < 0.45 * size
            and left >= last.left
            and not (left - last.right - apart > _LEAST * size and _begins(base, row, place, apart))
            and not (
                walls
                and (left - last.right > _APART or (text.isdigit() and base[0].isdigit()))
                and _is_parted(walls, last, glyph)
            )
        ):
            if base[3] > left:
                if is_doubled(base, glyph, size):
                    continue
                if base[3] - left > 0.2 * size and are_over_each_other(base, glyph):
                    last.text += UNREADABLE
            if size < 0.8 * (base[4] - base[2]) and is_mark(base, glyph):
                last.text += f"[{text}]"
                last.right = max(last.right, right)
                continue
            last.text += text
            if right > last.right:
                last.right = right
            if bottom > last.bottom:
                last.bottom = bottom
            if top < last.top:
                last.top = top
        else:
            last = Word(text, left, top, right, bottom)
            line.append(last)
        base = glyph
    return line


def _begins(base: Glyph, row: list[Glyph], place: int, apart: float) -> bool:
    """Whether a character behind a small gap begins a word: behind a Chinese one, or with the number of a label."""
    before, glyph = base[0], row[place]
    if is_wide(before):
        if is_wide(glyph[0]):  # of some characters only the ink is known, which is less wide than their cell
            widest = max([each[3] - each[1] for each in row[max(0, place - _AROUND) : place + _AROUND]])
            return (glyph[1] + glyph[3] - base[1] - base[3]) / 2 - widest - apart > _LEAST * widest
        return glyph[0].isdigit() and glyph[1] - base[3] > _TYPESET * (glyph[4] - glyph[2])
    number = glyph[0] + (row[place + 1][0] if place + 1 < len(row) else "")
    return not before.isdigit() and bool(_NUMBER.fullmatch(number))


def _is_parted(walls: Sequence[Rule], word: Word, glyph: Glyph) -> bool:
    """Whether a line stands between a word and the next character."""
    at = bisect_left(walls, (word.right - _JOINT,))
    while at < len(walls) and walls[at].at < glyph.left + _JOINT:
        if walls[at].at > (word.left + word.right) / 2 and walls[at].start < word.middle < walls[at].end:
            return True
        at += 1
    return False


def body_of(lines: list[list[Word]], height: float) -> list[list[Word]]:
    """The lines of a page without its number and its running head."""
    body = list(lines)
    for outer, inner in ((0, 1), (-1, -2)):
        if body and is_margin(body[outer], height) and (len(body) == 1 or _are_apart(body[outer], body[inner])):
            del body[outer]
    if len(body) > 1 and len(body[0]) == 1 and not figures(body[0]):
        head = body[0][0]
        if head.bottom < _TOP * height and _gap(body[0], body[1]) > _CLEAR:
            return body[1:]
    return body


def _are_apart(one: list[Word], other: list[Word]) -> bool:
    """Whether text is free between two lines: the first digits of a figure in a narrow cell are no page number."""
    upper, lower = sorted((one, other), key=lambda line: line[0].top)
    return _gap(upper, lower) > _FREE


def is_margin(line: list[Word], height: float) -> bool:
    """Whether a line is the page's number."""
    text = " ".join(word.text for word in line)
    box = PrintedLine(text, line[0].left, line[0].top, line[-1].right, line[0].bottom, 10.0)
    return is_page_number(box, height)


def bands(lines: list[list[Word]], width: float, least: int) -> list[list[list[Word]]]:
    """Runs of lines that hold a table: lines of figures, with the headers and labels close around them.

    ``least``: so many figures side by side make a table of a single row, if it is the first of its page.
    """
    is_row = [figures(line) >= 1 and (figures(line) >= 2 or len(line) >= 2) for line in lines]
    found: list[list[list[Word]]] = []
    at = floor = 0
    while at < len(lines):
        if not is_row[at]:
            at += 1
            continue
        end = last = at
        while end + 1 < len(lines) and end - last <= _LABEL_LINES and not _is_prose(lines, end + 1, width):
            end += 1
            last = end if is_row[end] else last
        start = at
        while start > floor and at - start < _HEADER_LINES and not _is_prose(lines, start - 1, width):
            if _gap(lines[start - 1], lines[start]) > _FAR:
                break
            start -= 1
        most = max(figures(line) for line in lines[at : last + 1])
        headings = max((len(line) for line in lines[start:at]), default=0)
        named = any(is_whole(word.text) for line in lines[start:at] for word in line)
        end = _before_the_date(lines, last, end)
        listed = any(map(is_indicator, lines[at : last + 1]))
        if (
            listed
            or sum(is_row[at : last + 1]) >= 2
            or max(most, headings) >= _WIDE
            or named
            or (most >= least and not found)
        ):
            while last < end and (
                _gap(lines[last], lines[last + 1]) < _NEAR or (listed and is_part_of_list(lines[last + 1][0].text))
            ):
                last += 1
            if any(is_article(line[0].text) for line in lines[last + 1 : end + 1]):
                last = end  # the headings of figures on the next page
            found.append(lines[start : last + 1])
        at = floor = end + 1
    return found


def _gap(upper: list[Word], lower: list[Word]) -> float:
    """What is free between two lines, in heights of their characters."""
    size = max(lower[0].bottom - lower[0].top, 1.0)
    return (min(word.top for word in lower) - max(word.bottom for word in upper)) / size


@functools.lru_cache(maxsize=4096)  # each word is asked several times, and most figures of a report are the same few
def is_figure(text: str) -> bool:
    """Whether a word is a figure, with its unit and its note, or a stroke in the place of one."""
    return bool(_FIGURE.match(text))


def figures(line: list[Word]) -> int:
    """How many words of a line are figures."""
    return sum([is_figure(word.text) for word in line])


def _before_the_date(lines: list[list[Word]], last: int, end: int) -> int:
    """The end of a band whose last row of figures is ``last``: who signed it, and when, stands below the table."""
    for at in range(last + 1, end + 1):
        if _DATE.fullmatch(lines[at][-1].text):
            edge = min(line[0].left for line in lines[last:at])
            name = lines[at - 1][0]
            return at - 2 if at - 1 > last and name.left > edge + _ASIDE * name.em else at - 1
    return end


def is_indicator(line: list[Word]) -> bool:
    """Whether a line has a figure behind a unit, as the lists of 2014-2018 have: 条 | 128, or 举报投诉数（件） | 2."""
    return any(is_figure(behind.text) and ends_in_unit(word.text) for word, behind in pairwise(line))


def _is_of_a_section(lines: list[list[Word]], at: int) -> bool:
    """Whether a line is the heading of a section, or one of the two that it takes in a narrow column of text."""
    here = [lines[number] for number in (at - 1, at, at + 1) if 0 <= number < len(lines)]
    told = [unicodedata.normalize("NFKC", line[0].text).strip() if len(line) == 1 else "" for line in here]
    own = 1 if at else 0
    two = [first + second for first, second in pairwise(told) if _NUMBERED.match(first) and second]
    return bool(told[own]) and any(map(_SECTION.match, [told[own], *two]))


def _is_prose(lines: list[list[Word]], at: int, width: float) -> bool:
    """Whether a line is running text, or the heading of a section."""
    line = lines[at]
    if figures(line):
        return False
    if any(len(word.text) > 24 and word.right - word.left > 0.55 * width and not has_note(word.text) for word in line):
        # a label of more than one line has its unit and its figure beside its middle
        return not any(each[0].text in units() and is_indicator(each) for each in lines[max(0, at - 1) : at + 2])
    if len(line) == 1 and (line[0].text.endswith("。") or names_table(line[0].text)):
        return True  # the end of a paragraph, which is short
    if not _is_of_a_section(lines, at):
        return False
    return not (is_part_of_list(line[0].text) and any(map(is_indicator, lines[max(0, at - 3) : at + 4])))
