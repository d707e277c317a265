"""Two pages of a report printed side by side on one sheet: each half is read as the page that it is.

Booklets and sheets saved from a print preview come so. Read across, lines of one page would go on with those of the
other, and a table would be cut by a page that stands beside it.
"""

from __future__ import annotations

from dataclasses import replace

from reports.readers.pdf.lines import REACH, rows_of
from reports.readers.pdf.page import Box, Glyph, PageContent, Rule

_WIDE = 1.25  # width to height of a sheet
_GUTTER = 0.04  # of the sheet's width: two margins
_FULL = 0.55  # of a page's width: so long is its running text, or a table's rule
_APART = 1.5  # heights of characters: further apart they are no running text


def halves(page: PageContent, before: bool = False) -> list[PageContent]:
    """The two pages of a sheet, or the page alone. ``before``: the sheet before held two."""
    middle = page.width / 2
    if page.width < _WIDE * page.height or not page.glyphs:
        return [page]
    begin, end = _gutter(page, middle)
    if not begin < middle < end or end - begin < _GUTTER * page.width:
        return [page]
    parts = [_part(page, 0.0, middle), _part(page, middle, page.width)]
    if not before and not all(_is_a_page(part) for part in parts):
        return [page]
    if not parts[1].glyphs:
        return parts[:1]
    return parts


def _gutter(page: PageContent, middle: float) -> tuple[float, float]:
    """Where what begins left of the middle ends, and where the rest begins: a full stop may hang in the margin."""
    begin, end = 0.0, page.width
    ink = [(glyph[1], glyph[3]) for glyph in page.glyphs]
    ink += [(rule.start, rule.end) for rule in page.horizontal]
    ink += [(rule.at, rule.at) for rule in page.vertical]
    for left, right in ink:
        if left < middle:
            begin = max(begin, right)
        else:
            end = min(end, left)
    return begin, end


def _is_a_page(part: PageContent) -> bool:
    """Whether something runs over most of a half's width: a line of text, or a rule."""
    full = _FULL * part.width
    ruled: dict[int, tuple[float, float]] = {}  # borders are often drawn cell by cell
    for at, start, end in part.horizontal:
        begun, done = ruled.get(round(at), (start, end))
        ruled[round(at)] = min(begun, start), max(done, end)
    return any(end - start > full for start, end in ruled.values()) or any(
        _run(row) > full for row in rows_of(part.glyphs, REACH)
    )


def _run(row: list[Glyph]) -> float:
    """How far the longest piece of a line runs without a gap."""
    longest, begin, end = 0.0, 0.0, float("-inf")
    for _, left, top, right, bottom in sorted(row, key=lambda glyph: glyph[1]):
        if left - end > _APART * (bottom - top):
            begin = left
        end = max(end, right)
        longest = max(longest, end - begin)
    return longest


def _part(page: PageContent, left: float, right: float) -> PageContent:
    """What stands between two places across, counted from the first."""
    places = [place for place, glyph in enumerate(page.glyphs) if left <= (glyph[1] + glyph[3]) / 2 < right]
    first = left == 0.0
    return replace(
        page,
        width=right - left,
        glyphs=[_moved(page.glyphs[place], left) for place in places],
        overrun={new for new, old in enumerate(places) if old in page.overrun},
        spaced={new for new, old in enumerate(places) if old in page.spaced},
        lights=[page.lights[place] for place in places] if page.lights else [],
        horizontal=[Rule(at, start - left, end - left) for at, start, end in page.horizontal if left <= start < right],
        vertical=[Rule(at - left, start, end) for at, start, end in page.vertical if left <= at < right],
        areas=_within(page.areas, left, right),
        drawings=_within(page.drawings, left, right),
        sealed=set(_within(list(page.sealed), left, right)),
        left_out=page.left_out if first else 0,
        outside=page.outside if first else 0,
        unseen=page.unseen if first else 0,
        watermark=page.watermark if first else 0,
        unnamed=page.unnamed if first else 0,
        untold=page.untold if first else 0,
    )


def _moved(glyph: Glyph, by: float) -> Glyph:
    return Glyph(glyph.text, glyph.left - by, glyph.top, glyph.right - by, glyph.bottom) if by else glyph


def _within(boxes: list[Box], left: float, right: float) -> list[Box]:
    """Boxes of one side; those that go over the middle are cut there."""
    return [(max(x, left) - left, top, min(end, right) - left, bottom)
            for x, top, end, bottom in boxes if x < right and end > left]  # fmt: skip
