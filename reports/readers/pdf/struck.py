"""Digits that are struck out, and strokes that are drawn beside them.

Tracked changes print the old figure beside the new one, with a line through it: read as text the two would be one
number. A sign, a point or a digit that is drawn as a line, and is no text, belongs to the figure all the same.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from reports.readers.pdf.page import UNREADABLE, Box, Glyph, PageContent, Rule

_FROM_EDGES = 0.3  # heights of a character: what runs nearer to its top or bottom is a line of the table or below it
_BESIDE, _WITHIN = 0.6, 0.12  # heights of a character: how far from it a stroke is of the figure, and over its edges
_SIGN, _STROKE = (0.15, 0.9), (0.4, 1.1)  # heights of a character: how long a sign and a drawn digit are
_POINT = 0.45  # heights of a character: a decimal point stands so low
_NEXT = 6.0  # points: to the next dash of a line, or to the next piece of a table's line
_HIGHEST = 3.0  # heights of a character: higher slopes are looked at as lines, lower ones as scrawls
_SEVERAL = 2  # lines upright through one digit: what covers it


def tell_struck(page: PageContent) -> None:
    """Takes digits for unreadable that a line runs through, or beside which one is drawn."""
    if not (page.horizontal or page.vertical or page.slopes or page.dots):
        return
    level, upright = sorted(page.horizontal), sorted(page.vertical)
    levels, uprights = [rule.at for rule in level], [rule.at for rule in upright]
    points = sorted((y, x) for x, y in page.dots)
    for number, glyph in enumerate(page.glyphs):
        if "0" <= glyph[0] <= "9" and (
            (level and _is_struck(glyph, level, levels, page.glyphs[number - 1] if number else glyph))
            or (upright and _is_drawn_on(glyph, upright, uprights))
            or (page.slopes and any(_is_crossed(glyph, slope) for slope in page.slopes))
            or (points and _has_a_point(glyph, points))
        ):
            page.glyphs[number] = glyph._replace(text=UNREADABLE)


def _is_struck(glyph: Glyph, rules: Sequence[Rule], places: Sequence[float], before: Glyph) -> bool:
    """Whether a level line runs through a digit, or stands before it as its sign."""
    _, left, top, right, bottom = glyph
    high = bottom - top
    at, last, middle = bisect_left(places, top + _FROM_EDGES * high), bottom - _FROM_EDGES * high, (left + right) / 2
    while at < len(rules) and places[at] <= last:
        _, start, end = rules[at]
        if start <= middle <= end:
            return True
        if (
            left - _BESIDE * high < end <= left + _WITHIN * high
            and _SIGN[0] * high <= end - start <= _SIGN[1] * high
            and not _goes_on(at, rules, places)
            and not (before[1] < end and start < before[3] and before[2] < bottom and top < before[4])
        ):
            return True
        at += 1
    return False


def _is_drawn_on(glyph: Glyph, rules: Sequence[Rule], places: Sequence[float]) -> bool:
    """Whether a stroke of the height of a digit stands in it or beside it, or several lines run through it."""
    _, left, top, right, bottom = glyph
    high = bottom - top
    at, last, through = bisect_left(places, left - _BESIDE * high), right + _BESIDE * high, 0
    while at < len(rules) and places[at] <= last:
        place, start, end = rules[at]
        if start < bottom and top < end:
            through += left < place < right and start <= (top + bottom) / 2 <= end
            if (
                start > top - _WITHIN * high
                and end < bottom + _WITHIN * high
                and _STROKE[0] * high <= end - start <= _STROKE[1] * high
                and not _goes_on(at, rules, places)
            ):
                return True
        at += 1
    return through >= _SEVERAL


def _goes_on(number: int, rules: Sequence[Rule], places: Sequence[float]) -> bool:
    """Whether a rule is a piece of a longer line."""
    at, start, end = rules[number]
    other = bisect_left(places, at - 1)
    while other < len(rules) and places[other] <= at + 1:
        if other != number and start - _NEXT < rules[other].end and rules[other].start < end + _NEXT:
            return True
        other += 1
    return False


def _is_crossed(glyph: Glyph, slope: Box) -> bool:
    """Whether a sloping stroke runs through the middle of a digit; of a long one both diagonals are tried."""
    _, left, top, right, bottom = glyph
    x, y, high = (left + right) / 2, (top + bottom) / 2, bottom - top
    if not (slope[0] <= x <= slope[2] and slope[1] <= y <= slope[3]):
        return False
    wide, deep = slope[2] - slope[0], slope[3] - slope[1]
    if deep <= _HIGHEST * high:
        return True
    share, down = (x - slope[0]) / wide, (y - slope[1]) / deep
    return min(abs(share - down), abs(1 - share - down)) * deep < high / 2


def _has_a_point(glyph: Glyph, points: Sequence[tuple[float, float]]) -> bool:
    """Whether a single point is drawn before a digit, on its line."""
    _, left, top, _, bottom = glyph
    high = bottom - top
    at = bisect_left(points, (bottom - _POINT * high,))
    while at < len(points) and points[at][0] <= bottom + _WITHIN * high:
        y, x = points[at]
        if left - _BESIDE / 2 * high <= x <= left + _WITHIN * high and not any(
            each != (y, x) and abs(each[0] - y) < 1 and abs(each[1] - x) < _NEXT for each in points
        ):
            return True
        at += 1
    return False
