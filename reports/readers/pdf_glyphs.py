"""The characters of a PDF page, with their boxes, as far as a reader of the page sees them.

Text pages are asked through ctypes, so the price of a page is the number of calls: the text comes in one, and runs of
evenly set Chinese characters are placed from three of their boxes. Figures are always asked one by one, and for what
they look like: text drawn invisibly, in white on white, under a later filling or outside the page is not on the page.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Sequence
from typing import Any, Final

import pypdfium2.raw as pdfium

from reports.readers import pdf_calls
from reports.readers.pdf_page import UNREADABLE, Frame, Glyph, Order, PageContent

OVERSIZED = 40.0  # points: of vertical fonts pdfium gives cells in unscaled units; then the ink has to do
_MOST_CHARACTERS = 60_000
_FIRST_WIDE: Final = "\u2e80"
_FLAT: Final = 0.8  # height to width: no font's cell for Chinese is so flat, but the ink of 一 and 二 is
_SLIM: Final = 0.88  # width to height: the ink of 目 and 自 is so slim
_IDEOGRAPH = re.compile("[\u2e80-\u2fdf\u3400-\u9fff]")
_LARGE: Final = 18.0  # points: larger characters are looked at one by one
_TIMES_LARGER, _FAINT = 2.0, 0x80  # of a watermark: how much larger than the text, how light or how transparent
_EVEN = re.compile("[\u4e00-\u9fa5，、。；：（）]{6,40}")
_NO_CHARACTER: Final = frozenset((0xA0, 0xFFFE, 0xFEFF))
_INVISIBLE: Final = (3, 7)  # render modes: neither filled nor stroked
_TOUCHING, _EVENLY, _SPACED, _FAR = 0.12, 0.1, 0.6, 9.0  # heights of characters, from digit to digit
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
    if not content.glyphs:
        return
    width, height = content.width, content.height
    _, lefts, tops, rights, bottoms = zip(*content.glyphs, strict=True)
    if min(lefts) >= 0 and min(tops) >= 0 and max(rights) <= width and max(bottoms) <= height:
        return
    inside = [
        0 <= glyph[1] + glyph[3] <= 2 * width and 0 <= glyph[2] + glyph[4] <= 2 * height for glyph in content.glyphs
    ]
    content.outside = len(inside) - sum(inside)
    if content.outside:
        content.keep(inside)


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
        slanted = content.slanted if 2 * len(content.slanted) < len(content.drawn) else ()
        large: list[tuple[int, int]] = []
        drawn, gap = None, _FAR  # of the last digit: its text object, and how far it stood from the one before
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
            if slanted and pdf_calls.text_object(text_page, index - 1) in slanted:
                content.watermark += 1
                continue
            if top - bottom > _LARGE:
                large.append((len(found), index - 1))
            if character > _FIRST_WIDE and (
                top - bottom < _FLAT * (right - left)
                or (right - left < _SLIM * (top - bottom) and _IDEOGRAPH.match(character))
            ):
                left, bottom, right, top = self._cell_of_font(index - 1, (left, bottom, right, top))
            if upright:
                glyph = new(Glyph, (character, left - x0, height - top, right - x0, height - bottom))
            else:
                glyph = Glyph(character, *frame.box(left, bottom, right, top))
            if "0" <= character <= "9" or "０" <= character <= "９":
                item = pdf_calls.text_object(text_page, index - 1)
                if not self._is_seen(item, glyph):
                    # of two characters in one place pdfium keeps the first only, so what is seen cannot be told
                    content.unseen += 1
                    glyph = glyph._replace(text=UNREADABLE)
                elif item == drawn:
                    before, gap = gap, _gap(found[-1], glyph)
                    if gap < _TOUCHING or abs(gap - before) < _EVENLY:
                        content.overrun.add(len(found))
                    elif gap < _SPACED:
                        content.spaced.add(len(found))
                else:
                    gap = _FAR
                drawn = item
            found.append(glyph)
        self._drop_faint(large)

    def _drop_faint(self, large: list[tuple[int, int]]) -> None:
        """Leaves out what is printed large and faint, over or under the text: a watermark."""
        found = self.content.glyphs
        heights = [glyph[4] - glyph[2] for glyph in found[:: max(1, len(found) // 64)]]
        usual = sorted(heights)[len(heights) // 2] if heights else 0.0
        faint = set()
        for place, index in large:
            if found[place][4] - found[place][2] > _TIMES_LARGER * usual:
                item = pdf_calls.text_object(self.handle, index)
                _, colour, alpha = self.seen.get(item) or self._look(item)
                if colour >= _FAINT or alpha < _FAINT:
                    faint.add(place)
        if faint:
            self.content.watermark += len(faint)
            self.content.keep([place not in faint for place in range(len(found))])

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
                and first[3] - first[1] <= _LARGE
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

    def _cell_of_font(self, index: int, ink: Box) -> Box:
        """The cell of a Chinese character of which pdfium knows the ink only: radicals that stand for characters."""
        x, y = self.ink[0], self.ink[1]
        matrix = pdfium.FS_MATRIX()
        if not pdfium.FPDFText_GetCharOrigin(self.text_page, index, self.ink_at[0], self.ink_at[1]):
            return ink
        pdfium.FPDFText_GetMatrix(self.text_page, index, ctypes.byref(matrix))
        size = pdfium.FPDFText_GetFontSize(self.text_page, index)
        wide, high = size * math.hypot(matrix.a, matrix.b), size * math.hypot(matrix.c, matrix.d)
        if abs(matrix.b) > 0.1 * abs(matrix.a) or not ink[3] - ink[1] < 1.01 * high <= OVERSIZED:
            return ink
        return min(ink[0], x.value), y.value - 0.12 * high, max(ink[2], x.value + wide), y.value + 0.88 * high

    def _is_seen(self, item: int, glyph: Glyph) -> bool:
        """Whether a figure's character is on the page for a reader's eye. Text under a scan is recognised text."""
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
        if self.over and _is_covered(self.over, order, x, y):
            content.recognised = True
        return not _is_covered(self.late.get(int(y / _BAND), ()), order, x, y)

    def _look(self, item: int) -> tuple[int, int, int]:
        """How a text object is drawn: mode, the least of its three colours, alpha."""
        mode = pdf_calls.render_mode(item)
        known = pdf_calls.fill_colour(item, *self.colour_at)
        found = self.seen[item] = (mode, min(self.colour[:3]), self.colour[3]) if known else (mode, 0, 255)
        return found


def _gap(before: Glyph, glyph: Glyph) -> float:
    """How far a digit stands behind a digit of its line, in heights of characters."""
    size = glyph.bottom - glyph.top
    if (before.text.isdigit() or before.text in ".,") and abs(glyph.top - before.top) < 0.12 * size:
        return abs(glyph.left - before.right) / size
    return _FAR


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
