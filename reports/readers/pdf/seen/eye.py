"""Whether a reader's eye sees a figure of a PDF.

Text drawn invisibly, in white on white, outside its clip or under a later filling does not seem to be on the page. Text
under a picture of the page is what another program recognised in it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from operator import sub
from typing import Final

from reports.readers.pdf import calls as pdf_calls
from reports.readers.pdf.page import Box, Frame, Glyph, Order, PageContent
from reports.readers.pdf.seen.objects import carried

_INVISIBLE: Final = (3, 7)  # render modes: neither filled nor stroked
_OUTLINED: Final = 1
_BAND = 12.0  # points
_MOST_BANDS = 1_000
_WHITE = 0xF0
_CONTRAST = 0x30  # of 255: what differs less from the ground is not seen
_MOST_OF_A_CLIP = 64  # segments: nearly all are rectangles
_IMAGE_SHARE = 0.3  # of the page: smaller pictures are seals and emblems

_Colour = tuple[int, int, int]  # red, green, blue
_colour, _COLOUR_AT = pdf_calls.places(ctypes.c_uint, 4)
_point, _POINT_AT = pdf_calls.places(ctypes.c_float, 2)


class Eye:
    """The looks of a page's text objects, each asked for once, and what lies over and under them."""

    def __init__(self, content: PageContent, frame: Frame) -> None:
        self.content = content
        self._item, self._path, self._segment = pdf_calls.Handle(), pdf_calls.Handle(), pdf_calls.Handle()
        self._looks: dict[int, tuple[int, int, int]] = {}
        self._kinds: set[tuple[int, int, int]] = set()  # of looks
        self.lightest, self.darkest = 0, 255  # of what was looked at
        self._inks: dict[int, _Colour] = {}
        self._alike: dict[_Colour, list[tuple[Box, Order]]] = {}  # of a colour: the areas that it is not seen on
        self._frame = frame
        self._clips: dict[int, Box] = {}  # of text objects: what lies outside is not drawn
        paper = content.width * content.height
        self._pictured = sum(width * height for width, height in content.images) > _IMAGE_SHARE * paper
        self._over = [(box, order) for box, order in content.pictures if _area(box) > _IMAGE_SHARE * paper]
        small = [(box, order) for box, order in content.pictures if _area(box) <= _IMAGE_SHARE * paper]
        self._late = _by_height([*content.late, *small])

    def sees(self, item: int, glyph: Glyph) -> bool:
        """Whether a figure's character is on the page for a reader's eye. Text under a scan is recognised text."""
        content = self.content
        if not item or item in content.painted:
            return True
        mode, colour, alpha = self._looks.get(item) or self.look(item)
        if mode in _INVISIBLE:
            content.recognised = content.recognised or self._pictured
            return self._pictured
        if alpha == 0 and mode == 0:
            return False
        clip = self._clips.get(item)
        alike = self._fills_like(self._inks[item]) if content.fills else ()
        if colour < _WHITE and not self._late and not self._over and clip is None and not alike:
            return True  # dark, and nothing is drawn over any text: so are nearly all
        _, left, top, right, bottom = glyph
        x, y = (left + right) / 2, (top + bottom) / 2
        if clip is not None and not _inside(clip, x, y):
            return False
        if colour >= _WHITE and not (self._pictured or _holds(content.areas, x, y)):
            content.whitened.add(item)
            return False
        order = content.drawn.get(item)
        if order is None:
            return True
        if alike and any(_inside(box, x, y) and before < order for box, before in alike):
            return False
        if self._over and _is_covered(self._over, order, x, y):
            content.recognised = True
        return not _is_covered(self._late.get(int(y / _BAND), ()), order, x, y)

    def look(self, item: int) -> tuple[int, int, int]:
        """How a text object is drawn: mode, the least of its three colours, alpha."""
        found = self._looks.get(item)
        if found is None:
            self._item.value = item
            mode = pdf_calls.render_mode(self._item)
            colour_of = pdf_calls.stroke_colour if mode == _OUTLINED else pdf_calls.fill_colour
            known = colour_of(self._item, *_COLOUR_AT)
            red, green, blue, alpha = _colour.tolist() if known else (0, 0, 0, 255)
            if self.content.veiled:
                alpha = alpha * self.content.veiled.get(item, 255) // 255
            found = self._looks[item] = (mode, min(red, green, blue), alpha)
            self._inks[item] = red, green, blue
            self._clip(item)
            if found not in self._kinds:
                self._kinds.add(found)
                light = self.light(item)
                self.lightest, self.darkest = max(light, self.lightest), min(light, self.darkest)
        return found

    def _clip(self, item: int) -> None:
        """Keeps what a text object is cut to. In form objects, its places are the form's own."""
        self._path.value = pdf_calls.clip_path(self._item)
        if pdf_calls.count_clips(self._path) < 1:
            return
        order = self.content.drawn.get(item, (0,))
        outer = self.content.within.get(order[:-1]) if len(order) > 1 else None
        if len(order) > 1 and outer is None:
            return
        xs: list[float] = []
        ys: list[float] = []
        for number in range(min(pdf_calls.count_clip_segments(self._path, 0), _MOST_OF_A_CLIP)):
            self._segment.value = pdf_calls.clip_segment(self._path, 0, number)
            pdf_calls.segment_point(self._segment, *_POINT_AT)
            xs.append(_point[0])
            ys.append(_point[1])
        if xs:
            box = min(xs), min(ys), max(xs), max(ys)
            self._clips[item] = self._frame.box(*(carried(outer, *box) if outer else box))

    def _fills_like(self, ink: _Colour) -> list[tuple[Box, Order]]:
        """The areas of nearly the colour of a text, but those of white: white text is looked at in any case."""
        found = self._alike.get(ink)
        if found is None:
            found = self._alike[ink] = [
                (box, order)
                for box, order, fill in self.content.fills
                if max(map(abs, map(sub, ink, fill))) < _CONTRAST and min(ink) < _WHITE
            ]
        return found

    def light(self, item: int) -> int:
        """How light a text object's ink is on white paper: 0 is black, or a pure colour, 255 white."""
        _, colour, alpha = self.look(item)
        return 255 - alpha * (255 - colour) // 255


def _by_height(areas: list[tuple[Box, Order]]) -> dict[int, list[tuple[Box, Order]]]:
    """Areas by the bands of the page that they touch: Word shades a table's cells one by one."""
    found: dict[int, list[tuple[Box, Order]]] = {}
    for each in areas:
        for band in range(int(each[0][1] / _BAND), min(int(each[0][3] / _BAND) + 1, _MOST_BANDS)):
            found.setdefault(band, []).append(each)
    return found


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _is_covered(areas: Sequence[tuple[Box, Order]], order: Order, x: float, y: float) -> bool:
    """Whether one of these areas, drawn after an object, lies over a place."""
    for (left, top, right, bottom), later in areas:
        if left <= x <= right and top <= y <= bottom and order < later:
            return True
    return False


def _inside(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _holds(boxes: list[Box], x: float, y: float) -> bool:
    return any(_inside(box, x, y) for box in boxes)
