"""Marks printed faintly over a PDF's figures: names, telephone numbers, dates that a program lays over each page.

Their characters lie among those of the cells. A faint figure may be one of the report's (some print each 0 in grey), so
what is faint is told by what is darker in its cell or under it, and never by its colour alone.
"""

from __future__ import annotations

from collections import Counter

from reports.readers.pdf.page import CLEARLY, UNREADABLE, Glyph, PageContent
from reports.readers.pdf.ruled.lattice import lattices

_OVER = 0.25  # of a character's width and height: how far it lies over another
_BESIDE = 0.08  # of a character's height: where the next digit of a figure stands
_NEAR = 0.5  # of a character's height: digits so close would be read as one figure
_ALIKE = 0.15  # of a character's height
_SEVERAL = 3
_BAND = 12.0  # points
_FIGURE = frozenset("0123456789０１２３４５６７８９.,，．%-－—/／件条项个万元" + UNREADABLE)


def leave_out_marks(page: PageContent) -> None:
    """Leaves out faint characters in the cells of darker figures, or over darker text, and what is drawn with them.

    Where several things in one colour lie over text, all is left out that has this colour, but figures that fill ruled
    cells. A faint digit that stands where a dark figure goes on is unreadable, as are those in the colour of a mark
    that have a ruled cell of their own: whether they are the mark's or the report's, cannot be told.
    """
    over, beside = _met(page)
    mixed, alone = _in_cells(page)
    marks = {page.lights[place][1] for place in over}
    laid = Counter(light for light, item in set(page.lights) if item in marks)
    looks = {page.lights[place][0] for place in over | beside | mixed}
    kept = []
    for place, (glyph, (light, item)) in enumerate(zip(page.glyphs, page.lights, strict=True)):
        gone = False
        if glyph.text == UNREADABLE:
            pass  # drawn in white, say: nothing more is known of it
        elif place in beside:
            page.glyphs[place] = glyph._replace(text=UNREADABLE)
        elif (
            place in mixed
            or item in marks
            or (laid[light] >= _SEVERAL and (place not in alone or glyph.text not in _FIGURE))
        ):
            gone = True
        elif light in looks and glyph.text.isdigit():
            page.glyphs[place] = glyph._replace(text=UNREADABLE)
        page.watermark += gone
        kept.append(not gone)
    page.keep(kept)


def _met(page: PageContent) -> tuple[set[int], set[int]]:
    """The places of characters that lie over clearly darker ones, and of digits that go on with a darker figure."""
    lights = [light for light, _ in page.lights]
    darkest, lightest = min(lights, default=0), max(lights, default=0)
    dark: dict[int, list[int]] = {}
    for place, (glyph, light) in enumerate(zip(page.glyphs, lights, strict=True)):
        if light <= lightest - CLEARLY:
            for band in range(int(glyph.top / _BAND), int(glyph.bottom / _BAND) + 1):
                dark.setdefault(band, []).append(place)
    over, beside = set(), set()
    for place, (glyph, light) in enumerate(zip(page.glyphs, lights, strict=True)):
        if light < darkest + CLEARLY:
            continue
        bands = range(int(glyph.top / _BAND), int(glyph.bottom / _BAND) + 1)
        near = [
            page.glyphs[other] for band in bands for other in dark.get(band, ()) if lights[other] <= light - CLEARLY
        ]
        digits = [other for other in near if other.text.isdigit()] if glyph.text.isdigit() else []
        if any(_lies_over(glyph, other) for other in near):
            over.add(place)
        elif any(_goes_on(glyph, other) for other in digits):
            beside.add(place)
        elif any(_lies_over(glyph, other, _NEAR * (other.bottom - other.top)) for other in digits):
            over.add(place)
    return over, beside


def _lies_over(glyph: Glyph, other: Glyph, apart: float = 0.0) -> bool:
    """Whether two characters share paper, or are no further apart on their line than that."""
    across = min(glyph.right, other.right) - max(glyph.left, other.left)
    down = min(glyph.bottom, other.bottom) - max(glyph.top, other.top)
    wide = min(glyph.right - glyph.left, other.right - other.left)
    high = min(glyph.bottom - glyph.top, other.bottom - other.top)
    return across > (-apart or _OVER * wide) and down > _OVER * high


def _goes_on(glyph: Glyph, other: Glyph) -> bool:
    """Whether a digit stands where the digit before or behind another one would."""
    size = other.bottom - other.top
    return (
        abs(glyph.bottom - other.bottom) < _BESIDE * size
        and abs(glyph.bottom - glyph.top - size) < _ALIKE * size
        and min(abs(glyph.left - other.right), abs(other.left - glyph.right)) < _BESIDE * size
    )


def _in_cells(page: PageContent) -> tuple[set[int], set[int]]:
    """The places of faint characters in ruled cells of a darker figure, and of characters in cells of one colour."""
    held: dict[tuple[int, int], list[int]] = {}
    for number, table in enumerate(lattices(page.horizontal, page.vertical, page.glyphs, page.height)):
        for place, glyph in enumerate(page.glyphs):
            slot = table.at((glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2)
            if slot is not None:
                held.setdefault((number, id(slot)), []).append(place)
    mixed, alone = set(), set()
    for places in held.values():
        darkest = min(page.lights[place][0] for place in places)
        faint = {place for place in places if page.lights[place][0] >= darkest + CLEARLY}
        if not faint:
            alone.update(places)
        elif all(page.glyphs[place].text in _FIGURE for place in places if place not in faint):
            mixed |= faint
    return mixed, alone
