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

from reports.characters import unified
from reports.readers.pdf import calls as pdf_calls
from reports.readers.pdf.page import CLEARLY, UNREADABLE, Box, Frame, Glyph, PageContent
from reports.readers.pdf.seen.digits import Digits
from reports.readers.pdf.seen.drawn import Drawn
from reports.readers.pdf.seen.eye import Eye
from reports.readers.pdf.seen.ink import is_ornament
from reports.readers.pdf.seen.objects import carried, place_of
from reports.readers.pdf.seen.seals import seal_characters
from reports.readers.pdf.seen.type_size import OVERSIZED, TALL, cell_of_font, of_its_size

_MOST_CHARACTERS = 60_000
_FIRST_WIDE: Final = "\u2e80"
_FLAT: Final = 0.8  # height to width: no font's cell for Chinese is so flat, but the ink of 一 and 二 is
_SLIM: Final = 0.88  # width to height: the ink of 目 and 自 is so slim
_IDEOGRAPH = re.compile("[\u2e80-\u2fdf\u3400-\u9fff]")
_FEW: Final = 8  # characters of a page, to see whether its fonts are tall
_BLOCKS: Final = frozenset(map(chr, (*range(0x2580, 0x2590), 0x25A0, 0x25AC, 0x25AE, 0x25FC, 0x2B1B)))
_NEARLY_WHITE: Final = 0xE0  # of 255
_NOTHING: Final = 255  # how light text is that leaves no ink
_LARGE: Final = 18.0  # points: larger characters are looked at one by one
_TIMES_LARGER, _FAINT = 2.0, 0x80  # of a watermark: how much larger than the text, how light or how transparent
_EVEN = re.compile("[\u4e00-\u9fa5，、。；：（）]{6,40}")
_STRUCK: Final = frozenset(map(chr, (*range(0x335, 0x339), 0x20D2, 0x20D3, 0x20E5)))  # strokes through a character
_NO_CHARACTER: Final = _STRUCK | set(map(chr, (0xA0, *range(0x200B, 0x2010), 0x2060, 0xFEFF, 0xFFFD, 0xFFFE, 0xFFFF)))
_BLANK: Final = frozenset("\t\r\n\xa0")
_LEAST_INK: Final = 0.2  # points
_LONG: Final = 0.45  # of a page's width: so long are lines of running text, not of cells or columns
_INK: Final = 0.15  # of their width: the ink of Chinese characters of one line differs by less, above and below
_SOME: Final = 24  # characters of a page, to see whether there are marks among the text
_MOST_UNNAMED: Final = 400  # of more the text is of no use anyway

_rectangle, (_RECTANGLE_AT, *_) = pdf_calls.places(ctypes.c_float, 4)  # left, top, right, bottom
_ink, _INK_AT = pdf_calls.places(ctypes.c_double, 4)  # left, right, bottom, top


def text_turns(text_page: Any) -> int | None:
    """How often the text is turned by 90 degrees against the clock (pdfium counts with it); None without any."""
    count = min(pdfium.FPDFText_CountChars(text_page), _MOST_CHARACTERS)
    turns: list[int] = []
    page = pdf_calls.fixed(text_page)
    for index in range(0, count, max(1, count // 24)):
        if pdf_calls.character_code(page, index) > 0x20 and not pdf_calls.is_generated(page, index):
            turns.append(-round(pdf_calls.character_angle(page, index) / (math.pi / 2)) % 4)
    return max(sorted(set(turns)), key=turns.count) if turns else None


def glyphs(text_page: Any, frame: Frame, content: PageContent, drawn: Drawn) -> None:
    """Fills ``content.glyphs``; the page's objects have to be there."""
    count = pdfium.FPDFText_CountChars(text_page)
    if count > _MOST_CHARACTERS:
        count, content.cut = _MOST_CHARACTERS, True
    if count > 0:
        _crop(content, _Reader(text_page, frame, content, drawn).read(count))


def _crop(content: PageContent, ends: list[Glyph]) -> None:
    if not ends:
        return
    width, height = content.width, content.height
    _, lefts, tops, rights, bottoms = zip(*ends, strict=True)
    if min(lefts) >= 0 and min(tops) >= 0 and max(rights) <= width and max(bottoms) <= height:
        return
    inside = [
        0 <= glyph[1] + glyph[3] <= 2 * width and 0 <= glyph[2] + glyph[4] <= 2 * height for glyph in content.glyphs
    ]
    content.outside = len(inside) - sum(inside)
    if content.outside:
        content.keep(inside)


class _Reader:
    def __init__(self, text_page: Any, frame: Frame, content: PageContent, drawn: Drawn) -> None:
        self.text_page, self.frame, self.content, self.drawn = text_page, frame, content, drawn
        self.page = pdf_calls.fixed(text_page)  # for the quick calls
        self.tall = False  # some font says so
        self.places: dict[int, Box] = {}  # of text objects, in their form object
        self.eye = Eye(content, frame)

    def read(self, count: int) -> list[Glyph]:
        """All characters up to ``count``. Returns those between which the others stand: of even runs, both ends."""
        text = self._text(count)
        frame, content = self.frame, self.content
        upright, height, x0 = frame.rotation == 0, frame.height + frame.bottom, frame.left
        new = tuple.__new__  # twice as fast as the named constructor, for every character of the file
        found = content.glyphs
        box_of, page, rectangle, rectangle_at = (pdf_calls.character_box, self.page, _rectangle, _RECTANGLE_AT)
        self.tall = self._is_tall(text)
        even = self._even_runs(text)
        slanted = content.slanted if 2 * len(content.slanted) < len(content.drawn) else ()
        moved = content.carried
        large: list[tuple[int, int]] = []
        unnamed: list[int] = []
        indices: list[int] = []  # of the characters found
        ends: list[Glyph] = []
        turned: list[tuple[int, float, Box]] = []
        digits = Digits(page, content, self.eye, self.drawn, frame.rotation)
        index = 0
        while index < count:
            run = even.get(index)
            if run is not None:
                (left, bottom, right, top), step, last = run
                left, top, right, bottom = left - x0, height - top, right - x0, height - bottom
                for character in text[index:last]:
                    found.append(new(Glyph, (character, left, top, right, bottom)))
                    left += step
                    right += step
                indices += range(index, last)
                ends += (found[index - last], found[-1])
                index = last
                continue
            character = text[index]
            index += 1
            if character <= " " or character in _NO_CHARACTER:
                if character in _STRUCK and found and found[-1][0].isdigit():
                    found[-1] = found[-1]._replace(text=UNREADABLE)
                if character in _BLANK or character in _STRUCK or not self._has_ink(index - 1):
                    continue
                # a space with ink is a digit that the file names wrongly
                character = "-" if pdfium.FPDFText_IsHyphen(self.text_page, index - 1) == 1 else UNREADABLE
            if not box_of(page, index - 1, rectangle_at):
                continue
            left, top, right, bottom = rectangle.tolist()
            if moved and (item := pdf_calls.text_object(page, index - 1)) in moved:
                left, bottom, right, top = self._on_page(item, (left, bottom, right, top))
            if top - bottom > OVERSIZED or right - left > OVERSIZED:
                if not self._ink_of(index - 1):
                    continue
                left, right, bottom, top = _ink.tolist()
            if slanted and pdf_calls.text_object(page, index - 1) in slanted:
                content.watermark += 1
                angle = pdf_calls.character_angle(page, index - 1)
                turned.append((pdf_calls.text_object(page, index - 1), angle, frame.box(left, bottom, right, top)))
                continue
            if top - bottom > _LARGE:
                large.append((len(found), index - 1))
            if character > _FIRST_WIDE and (
                top - bottom < _FLAT * (right - left)
                or (right - left < _SLIM * (top - bottom) and _IDEOGRAPH.match(character))
            ):
                left, bottom, right, top = cell_of_font(self.page, index - 1, (left, bottom, right, top), self.tall)
            elif self.tall:
                left, bottom, right, top = of_its_size(self.page, index - 1, (left, bottom, right, top))
            if upright:
                glyph = new(Glyph, (character, left - x0, height - top, right - x0, height - bottom))
            else:
                glyph = Glyph(character, *frame.box(left, bottom, right, top))
            if "0" <= character <= "9" or "０" <= character <= "９":
                left, top, right, bottom = rectangle.tolist()
                glyph = digits.note(index - 1, glyph, (left, bottom, right, top))
            elif character == UNREADABLE:
                unnamed.append(len(found))
            found.append(glyph)
            ends.append(glyph)
            indices.append(index - 1)
        # each digit was looked at; of the rest, some show that there are marks
        for place in indices[:: max(1, len(indices) // _SOME)]:
            self.eye.look(pdf_calls.text_object(page, place))
        if self.eye.lightest - self.eye.darkest >= CLEARLY:
            items = [pdf_calls.text_object(page, index) for index in indices]
            content.lights = [(self.eye.light(item), item) if item else (0, 0) for item in items]
            for item in {item for light, item in content.lights if light == _NOTHING}:
                if self.eye.look(item)[2] == 0:  # a shadow's shape: pdfium takes what is printed over it for it again
                    content.suspects.setdefault(item, [])
        digits.tell()
        if not _BLOCKS.isdisjoint(text):
            self._cover(indices)
        gone = self._faint(large)
        if turned:
            gone |= seal_characters(content, turned, [pdf_calls.text_object(page, index) for index in indices])
        content.watermark += len(gone)
        if unnamed:
            ornaments = {place for place in unnamed[:_MOST_UNNAMED] if is_ornament(place, found)}
            content.unnamed += len(unnamed) - len(ornaments)
            gone |= ornaments
        if gone:
            content.keep([place not in gone for place in range(len(found))])
        return ends

    def _cover(self, indices: list[int]) -> None:
        """Takes digits for unreadable that lie under white blocks, which are characters too."""
        found = self.content.glyphs
        covers = [
            glyph
            for glyph, index in zip(found, indices, strict=True)
            if glyph[0] in _BLOCKS and self.eye.light(pdf_calls.text_object(self.page, index)) >= _NEARLY_WHITE
        ]
        for place, (text, left, top, right, bottom) in enumerate(found):
            if covers and text.isdigit():
                x, y = (left + right) / 2, (top + bottom) / 2
                if any(cover[1] <= x <= cover[3] and cover[2] <= y <= cover[4] for cover in covers):
                    found[place] = found[place]._replace(text=UNREADABLE)
                    self.content.unseen += 1

    def _on_page(self, item: int, box: Box) -> Box:
        """The box of a character with a text of its own beside its glyph (``ActualText``: browsers give 行 and 文 one).

        In form objects, which whatever is transparent or scaled becomes, pdfium tells the place within the form.
        """
        if item not in self.places:
            self.places[item] = place_of(item)
        inside = self.places[item]
        if abs(box[1] - inside[1]) + abs(box[3] - inside[3]) > _LEAST_INK or not inside[0] - 1 < box[0] < inside[2]:
            return box
        left, bottom, right, top = carried(self.content.carried[item], *box)
        flat = (right - left - (top - bottom)) / 2  # the ink of 一 and 目: their cells are square
        slim, flat = max(0.0, -flat), max(0.0, flat)
        return left - slim, bottom - flat, right + slim, top + flat

    def _faint(self, large: list[tuple[int, int]]) -> set[int]:
        """What is printed large and faint, over or under the text: a watermark."""
        found = self.content.glyphs
        heights = [glyph[4] - glyph[2] for glyph in found[:: max(1, len(found) // 64)]]
        usual = sorted(heights)[len(heights) // 2] if heights else 0.0
        faint = set()
        for place, index in large:
            if found[place][4] - found[place][2] > _TIMES_LARGER * usual:
                item = pdf_calls.text_object(self.page, index)
                _, colour, alpha = self.eye.look(item)
                if colour >= _FAINT or alpha < _FAINT:
                    faint.add(place)
        return faint

    def _has_ink(self, index: int) -> bool:
        """Whether a character for which the file has no text is printed all the same."""
        if pdf_calls.is_generated(self.page, index) or not self._ink_of(index):
            return False
        left, right, bottom, top = _ink.tolist()
        return bool(right - left > _LEAST_INK and top - bottom > _LEAST_INK)

    def _ink_of(self, index: int) -> bool:
        return bool(pdf_calls.ink_box(self.page, index, *_INK_AT))

    def _text(self, count: int) -> list[str] | str:
        """A character for each index; surrogates and characters without text make it longer or shorter: then singly."""
        held = pdf_calls.text_of(self.page, count)
        if len(held) == 2 * count + 2:
            text = held.decode("utf-16-le", "replace")[:-1]
            if len(text) == count:
                return unified(text)
        found: list[str] = []
        high = 0
        for index in range(count):
            code = pdf_calls.character_code(self.page, index)
            if 0xD800 <= code < 0xDC00:
                high, code = code, 0
            elif 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0
            found.append(unified(chr(code)) if code <= 0x10FFFF else "\0")
        return found

    def _is_tall(self, text: list[str] | str) -> bool:
        """Whether a font says that its characters are much higher than wide: as Ghostscript writes some, of 3 lines."""
        wide = [index for index, character in enumerate(text) if "\u4e00" <= character <= "\u9fff"]
        boxes = [box for index in wide[:: max(1, len(wide) // _FEW)] if (box := self._box(index)) is not None]
        return any(top - bottom > TALL * (right - left) for left, bottom, right, top in boxes if right > left)

    def _even_runs(self, text: list[str] | str) -> dict[int, tuple[Box, float, int]]:
        """Runs of Chinese characters that stand evenly on one line: first box, distance, and the index behind."""
        if not isinstance(text, str) or self.frame.rotation != 0 or self.tall:
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
            ):
                bottom, top = self._level(((begin, first), ((begin + end) // 2, middle), (end - 1, last)))
                if bottom < top:
                    found[begin] = (first[0], bottom, first[2], top), step, end
        return found

    def _level(self, boxes: tuple[tuple[int, Box], ...]) -> tuple[float, float]:
        """Bottom and top of the characters of a run, from some of them; nothing between where they are not level.

        Of many fonts, as LibreOffice embeds them, pdfium knows the height of each character's ink only. In running text
        the middle one of the edges has to do then, which saves a sixth of the time of 39 such pages; tables are laid
        out by the edges of all their characters.
        """
        (_, (_, bottom, _, top)), *_ = boxes
        if all(abs(box[1] - bottom) < 0.05 and abs(box[3] - top) < 0.05 for _, box in boxes):
            return bottom, top
        width, long = boxes[0][1][2] - boxes[0][1][0], boxes[-1][1][2] - boxes[0][1][0]
        if self.content.slanted or self.content.carried or width > _LARGE or long < _LONG * self.frame.width:
            return 0.0, 0.0
        cells = [
            cell_of_font(self.page, index, box) if box[3] - box[1] < _FLAT * (box[2] - box[0]) else box
            for index, box in boxes
        ]
        bottoms, tops = sorted(box[1] for box in cells), sorted(box[3] for box in cells)
        if max(bottoms[-1] - bottoms[0], tops[-1] - tops[0]) > _INK * width:
            return 0.0, 0.0
        return bottoms[1], tops[1]

    def _box(self, index: int) -> Box | None:
        if not pdf_calls.character_box(self.page, index, _RECTANGLE_AT):
            return None
        left, top, right, bottom = _rectangle.tolist()
        return left, bottom, right, top
