"""The characters of a PDF page, with their boxes, as far as a reader of the page sees them.

Text pages are asked through ctypes, so the price of a page is the number of calls: the text comes in one, and runs of
evenly set Chinese characters are placed from three of their boxes. Figures are always asked one by one, and for what
they look like: text drawn invisibly, in white on white, under a later filling or outside the page is not on the page.
"""

from __future__ import annotations

import ctypes
import math
import re
from typing import Any, Final

import pypdfium2.raw as pdfium

from reports.readers import pdf_calls
from reports.readers.pdf_page import UNREADABLE, Frame, Glyph, Order, PageContent

OVERSIZED = 40.0  # points: of vertical fonts pdfium gives cells in unscaled units; then the ink has to do
_MOST_CHARACTERS = 60_000
_EVEN = re.compile("[\u4e00-\u9fa5，、。；：（）]{6,40}")
_NO_CHARACTER: Final = frozenset((0xA0, 0xFFFE, 0xFEFF))
_INVISIBLE: Final = (3, 7)  # render modes: neither filled nor stroked
_BAND = 12.0  # points
_MOST_BANDS = 1_000
_WHITE = 0xF0
_IMAGE_SHARE = 0.3  # of the page: smaller pictures are seals and emblems

Box = tuple[float, float, float, float]  # left, bottom, right, top, as pdfium counts


def text_turns(text_page: Any) -> int | None:
    """How often the text is turned by 90 degrees against the clock (pdfium counts with it); None without any."""
    count = min(pdfium.FPDFText_CountChars(text_page), _MOST_CHARACTERS)
    turns: list[int] = []
    for index in range(0, count, max(1, count // 24)):
        if pdfium.FPDFText_GetUnicode(text_page, index) > 0x20 and not pdfium.FPDFText_IsGenerated(text_page, index):
            turns.append(-round(pdfium.FPDFText_GetCharAngle(text_page, index) / (math.pi / 2)) % 4)
    return max(sorted(set(turns)), key=turns.count) if turns else None


def glyphs(text_page: Any, frame: Frame, content: PageContent) -> None:
    """Fills ``content.glyphs``; the page's objects have to be there."""
    count = pdfium.FPDFText_CountChars(text_page)
    if count > _MOST_CHARACTERS:
        count, content.cut = _MOST_CHARACTERS, True
    if count > 0:
        _Reader(text_page, frame, content).read(count)
    _crop(content)


def _crop(content: PageContent) -> None:
    width, height = content.width, content.height
    inside = [
        glyph
        for glyph in content.glyphs
        if 0 <= glyph[1] + glyph[3] <= 2 * width and 0 <= glyph[2] + glyph[4] <= 2 * height
    ]
    if len(inside) < len(content.glyphs):
        content.outside = len(content.glyphs) - len(inside)
        content.glyphs = inside


class _Reader:
    def __init__(self, text_page: Any, frame: Frame, content: PageContent) -> None:
        self.text_page, self.frame, self.content = text_page, frame, content
        self.handle = pdf_calls.handle(text_page)
        self.rectangle = pdfium.FS_RECTF()
        self.rectangle_at = ctypes.addressof(self.rectangle)
        self.ink = [ctypes.c_double() for _ in range(4)]
        self.ink_at = [ctypes.byref(edge) for edge in self.ink]
        self.colour = (ctypes.c_uint * 4)()
        self.colour_at = [ctypes.addressof(self.colour) + 4 * number for number in range(4)]
        self.seen: dict[int, tuple[int, int, int]] = {}  # render mode, least of the colours, alpha, by text object
        self.late = _by_height(content.late)
        paper = content.width * content.height
        self.pictured = sum(width * height for width, height in content.images) > _IMAGE_SHARE * paper
        self.over = [(box, order) for box, order in content.pictures if _area(box) > _IMAGE_SHARE * paper]

    def read(self, count: int) -> None:
        """All characters up to ``count``."""
        text = self._text(count)
        frame, content = self.frame, self.content
        upright, height, x0 = frame.rotation == 0, frame.height + frame.bottom, frame.left
        new = tuple.__new__  # twice as fast as the named constructor, for every character of the file
        found = content.glyphs
        box_of, text_page, rectangle, rectangle_at = (
            pdf_calls.character_box, self.handle, self.rectangle, self.rectangle_at)  # fmt: skip
        even = self._even_runs(text)
        index = 0
        while index < count:
            run = even.get(index)
            if run is not None:
                first, step, last = run
                left, bottom, right, top = first
                for number in range(index, last):
                    across = step * (number - index)
                    found.append(
                        new(
                            Glyph,
                            (text[number], left + across - x0, height - top, right + across - x0, height - bottom),
                        )
                    )
                index = last
                continue
            character = text[index]
            index += 1
            if character <= " " or ord(character) in _NO_CHARACTER:
                continue
            if not box_of(text_page, index - 1, rectangle_at):
                continue
            left, bottom, right, top = rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
            if top - bottom > OVERSIZED or right - left > OVERSIZED:
                if not pdfium.FPDFText_GetCharBox(self.text_page, index - 1, *self.ink_at):
                    continue
                left, right, bottom, top = (edge.value for edge in self.ink)
            if upright:
                glyph = new(Glyph, (character, left - x0, height - top, right - x0, height - bottom))
            else:
                glyph = Glyph(character, *frame.box(left, bottom, right, top))
            is_figure = "0" <= character <= "9" or "０" <= character <= "９"
            if is_figure and not self._is_seen(index - 1, glyph):
                # of two characters in one place pdfium keeps the first only, so what is seen here cannot be told
                content.unseen += 1
                glyph = glyph._replace(text=UNREADABLE)
            found.append(glyph)

    def _text(self, count: int) -> list[str] | str:
        """A character for each index; surrogates and characters without text make it longer or shorter: then singly."""
        held = (ctypes.c_ushort * (count + 1))()
        if pdfium.FPDFText_GetText(self.text_page, 0, count, held) == count + 1:
            text = bytes(held).decode("utf-16-le", "replace")[:-1]
            if len(text) == count:
                return text
        found: list[str] = []
        high = 0
        for index in range(count):
            code = pdfium.FPDFText_GetUnicode(self.text_page, index)
            if 0xD800 <= code < 0xDC00:
                high, code = code, 0
            elif 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0
            found.append(chr(code) if code <= 0x10FFFF else "\0")
        return found

    def _even_runs(self, text: list[str] | str) -> dict[int, tuple[Box, float, int]]:
        """Runs of Chinese characters that stand evenly on one line: first box, distance, and the index behind."""
        if not isinstance(text, str) or self.frame.rotation != 0:
            return {}
        found = {}
        for match in _EVEN.finditer(text):
            begin, end = match.span()
            first, middle, last = self._box(begin), self._box((begin + end) // 2), self._box(end - 1)
            if first is None or middle is None or last is None:
                continue
            width = first[2] - first[0]
            step = (last[0] - first[0]) / (end - 1 - begin)
            if (
                0 < width <= OVERSIZED
                and first[3] - first[1] <= OVERSIZED
                and 0.98 * width <= step <= 1.3 * width
                and abs(middle[0] - first[0] - step * ((begin + end) // 2 - begin)) < 0.1 * width
                and max(abs(a - b) for box in (middle, last) for a, b in ((box[1], first[1]), (box[3], first[3])))
                < 0.05
            ):
                found[begin] = (first, step, end)
        return found

    def _box(self, index: int) -> Box | None:
        if not pdf_calls.character_box(self.handle, index, self.rectangle_at):
            return None
        box = self.rectangle
        return box.left, box.bottom, box.right, box.top

    def _is_seen(self, index: int, glyph: Glyph) -> bool:
        """Whether a figure's character is on the page for a reader's eye. Text under a scan is recognised text."""
        item = pdf_calls.text_object(self.handle, index)
        if not item:
            return True
        content = self.content
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        mode, colour, alpha = self.seen.get(item) or self._look(item)
        if mode in _INVISIBLE:
            content.recognised = content.recognised or self.pictured
            return self.pictured
        if alpha == 0 and mode == 0:
            return False
        if colour >= _WHITE and not (self.pictured or _holds(content.areas, x, y)):
            return False
        order = content.drawn.get(item)
        if order is None:
            return True
        if self.over and any(order < later and _inside(box, x, y) for box, later in self.over):
            content.recognised = True
        late = self.late.get(int(y / _BAND))
        return late is None or not any(order < later and _inside(box, x, y) for box, later in late)

    def _look(self, item: int) -> tuple[int, int, int]:
        """How a text object is drawn: mode, the least of its three colours, alpha."""
        mode = pdf_calls.render_mode(item)
        known = pdf_calls.fill_colour(item, *self.colour_at)
        found = self.seen[item] = (mode, min(self.colour[:3]), self.colour[3]) if known else (mode, 0, 255)
        return found


def _by_height(areas: list[tuple[Box, Order]]) -> dict[int, list[tuple[Box, Order]]]:
    """Areas by the bands of the page that they touch: Word shades a table's cells one by one."""
    found: dict[int, list[tuple[Box, Order]]] = {}
    for each in areas:
        for band in range(int(each[0][1] / _BAND), min(int(each[0][3] / _BAND) + 1, _MOST_BANDS)):
            found.setdefault(band, []).append(each)
    return found


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _inside(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _holds(boxes: list[Box], x: float, y: float) -> bool:
    return any(_inside(box, x, y) for box in boxes)
