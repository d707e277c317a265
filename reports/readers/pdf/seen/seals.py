"""Characters of a red seal that lies over a PDF's text: organs stamp the last page, and the last table with it.

Most characters of a seal run around it and stand at an angle; those are left out wherever they are. At the top of the
ring and in the straight line below its star they stand upright, and would be read into the cells under them.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence

from reports.readers.pdf import calls as pdf_calls
from reports.readers.pdf.page import Box, PageContent

_FEWEST = 3  # angles: the characters of a ring each have their own, those of a watermark all the same
_TENTHS = 10  # of a radian: angles that differ
_ACROSS = 50.0  # points: no character of a seal is further from those of its ring
_RED, _REDDER = 0x80, 0x50  # of 255: how red a seal's ink is, and by how much more than green or blue
_SMALLEST, _LARGEST = 50.0, 180.0  # points: a ring's width and height; seals are 3 to 5 cm across
_OUTLINED = 1

_colour, _COLOUR_AT = pdf_calls.places(ctypes.c_uint, 4)
_held = pdf_calls.Handle()


def seal_characters(content: PageContent, turned: Sequence[tuple[int, float, Box]], items: Sequence[int]) -> set[int]:
    """The places of characters that belong to a seal: in the red of characters at an angle, and close to those.

    ``turned`` are the characters at an angle, with their text objects, angles and boxes, ``items`` the text objects of
    the page's others. A figure may be printed in the same red: digits are kept as drawings of the seal, under which a
    cell without other text is not blank.
    """
    found = content.glyphs
    rings: dict[tuple[int, int, int], list[tuple[float, float, int]]] = {}
    inks: dict[int, tuple[int, int, int] | None] = {}
    for item, angle, (left, top, right, bottom) in turned:
        ink = inks[item] if item in inks else inks.setdefault(item, _red(item))
        if ink is not None:
            rings.setdefault(ink, []).append(((left + right) / 2, (top + bottom) / 2, round(_TENTHS * angle)))
    rings = {ink: ring for ink, ring in rings.items() if len({angle for *_, angle in ring}) >= _FEWEST}
    if not rings:
        return set()
    gone = set()
    for place, item in enumerate(items):
        ink = inks[item] if item in inks else inks.setdefault(item, _red(item))
        if ink is not None and ink in rings:
            _, left, top, right, bottom = found[place]
            x, y = (left + right) / 2, (top + bottom) / 2
            if any(abs(x - other) < _ACROSS and abs(y - high) < _ACROSS for other, high, _ in rings[ink]):
                gone.add(place)
                if found[place][0].isdigit():
                    content.drawings.append((left, top, right, bottom))
                    content.sealed.add((left, top, right, bottom))
    return gone


def _red(item: int) -> tuple[int, int, int] | None:
    """The ink of a text object, if it is a seal's red."""
    if not item:
        return None
    _held.value = item
    return red_ink(_held, pdf_calls.render_mode(_held) != _OUTLINED)


def red_ink(held: ctypes.c_void_p, filled: bool) -> tuple[int, int, int] | None:
    """The ink that an object is filled with, or else drawn with, if it is a seal's red."""
    colour_of = pdf_calls.fill_colour if filled else pdf_calls.stroke_colour
    if not colour_of(held, *_COLOUR_AT):
        return None
    red, green, blue, _ = _colour.tolist()
    return (red, green, blue) if red >= _RED and red - max(green, blue) >= _REDDER else None


def by_rings(reds: Sequence[Box]) -> tuple[list[Box], list[Box]]:
    """Red outlines that are in no red ring, and those that are: characters of a seal are often drawn as outlines."""
    rings = [
        (left, top, right, bottom)
        for left, top, right, bottom in reds
        if _SMALLEST <= right - left <= _LARGEST and _SMALLEST <= bottom - top <= _LARGEST
    ]
    outside: list[Box] = []
    inside: list[Box] = []
    for box in reds:
        ringed = any(
            left <= box[0] and top <= box[1] and box[2] <= right and box[3] <= bottom
            for left, top, right, bottom in rings
        )
        (inside if ringed else outside).append(box)
    return outside, inside
