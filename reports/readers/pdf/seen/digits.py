"""What is noted of each digit of a PDF's page: whether it is seen, the shape of its ink, what it is drawn with.

Figures are what a report is read for, so each of their digits is asked for all of this, where other text is not.
"""

from __future__ import annotations

import ctypes
from typing import Any, Final

from reports.readers.pdf import calls as pdf_calls
from reports.readers.pdf.page import UNREADABLE, Box, Glyph, PageContent
from reports.readers.pdf.seen.drawn import Drawn
from reports.readers.pdf.seen.eye import Eye
from reports.readers.pdf.seen.ink import Ink
from reports.readers.pdf.seen.outlines import has_outlines, shown_digit

_TOUCHING, _EVENLY, _SPACED, _FAR = 0.12, 0.1, 0.6, 9.0  # heights of characters, from digit to digit
_SMALLEST = 2.5  # points
_THINNEST = 0.12  # of its height: the cell of a 1 in a condensed font is twice as wide
_SLIM = 0.005  # of a digit's width to its height: a glyph is itself, but for hints and rounding
_WIDEST = 1.0  # of the digits of one figure: programs draw a row of figures, a cell each, in one piece
_ON_THEIR_SIDE: Final = (1, 3)  # turns of the text
_MOST_KNOWN = 4_000
_one_glyph: set[tuple[str, float, float]] = set()  # digits, and how slim they are as outlines and as ink
_ink, _INK_AT = pdf_calls.places(ctypes.c_double, 4)  # left, right, bottom, top


class Digits:
    """The digits of one page, in the order in which the page holds them."""

    def __init__(self, page: Any, content: PageContent, eye: Eye, drawn: Drawn, turns: int) -> None:
        self._page, self._content, self._eye, self._turns = page, content, eye, turns
        self._alone = drawn
        self._shapes = Ink()
        self._fonts: dict[int, int] = {}  # by text object
        self._outlined: dict[int, bool] = {}
        self._asked: set[tuple[int, str]] = set()
        self._held = pdf_calls.Handle()
        self._drawn: int | None = None  # text object of the last digit
        self._gap = _FAR  # how far it stood from the one before

    def note(self, index: int, glyph: Glyph, cell: Box) -> Glyph:
        """Notes the digit at an index of the text page, the next of the content's glyphs, and says what it is."""
        content = self._content
        place = len(content.glyphs)
        item = pdf_calls.text_object(self._page, index)
        if not self._eye.sees(item, glyph) or _is_tiny(cell):
            # of two characters in one place pdfium keeps the first only, so what is seen cannot be told
            content.unseen += 1
            content.suspects.setdefault(item, []).append(cell)
            glyph = glyph._replace(text=UNREADABLE)
        elif item:
            self._note_ink(place, index, item, glyph[0], cell)
        if item != self._drawn:
            self._drawn, self._gap = item, _FAR
        elif glyph[0] != UNREADABLE:
            before, self._gap = self._gap, _gap(content.glyphs[-1], glyph)
            if self._gap < _TOUCHING or (self._gap < _WIDEST and abs(self._gap - before) < _EVENLY):
                content.overrun.add(place)
            elif self._gap < _SPACED:
                content.spaced.add(place)
        return glyph

    def tell(self) -> None:
        """Marks those whose ink is not theirs as unreadable."""
        content = self._content
        for place in self._shapes.untold(self._drawn_alone):
            content.glyphs[place] = content.glyphs[place]._replace(text=UNREADABLE)
            content.untold += 1

    def _note_ink(self, place: int, index: int, item: int, digit: str, cell: Box) -> None:
        """Keeps the shape of a digit, measured in its cell: whatever size it has, it is the same then."""
        font = self._fonts.get(item)
        if font is None:
            self._held.value = item
            font = self._fonts[item] = pdf_calls.text_font(self._held) or 0
        wide, high = cell[2] - cell[0], cell[3] - cell[1]
        if font and wide > 0 and high > 0 and pdf_calls.ink_box(self._page, index, *_INK_AT):
            left, right, bottom, top = _ink.tolist()
            if top <= bottom:
                return
            box = (left, bottom, right, top)
            across, down = (right - left) / wide, (top - bottom) / high
            if wide > high if digit <= "9" else self._turns in _ON_THEIR_SIDE:  # it lies on its side
                self._shapes.add(place, font, digit, (down, across, 0.0, 0.0), high / wide, (item, box))
                return
            begins, stands = (left - cell[0]) / wide, (bottom - cell[1]) / high
            if self._shapes.add(place, font, digit, (across, down, begins, stands), wide / high, (item, box)):
                shown = self._shown(item, font, digit, box)
                if shown is not None and shown != str(int(digit)):
                    self._shapes.misnames(font)

    def _shown(self, item: int, font: int, digit: str, ink: Box) -> str | None:
        """The digit that a glyph shows, where its shape says that clearly."""
        if font not in self._outlined:
            self._outlined[font] = has_outlines(font)
        if not self._outlined[font] or (font, digit) in self._asked:
            return self._drawn_alone(item, ink)
        self._asked.add((font, digit))
        shown, slim = shown_digit(font, digit)
        found = (ink[2] - ink[0]) / (ink[3] - ink[1])
        looks = (digit, slim, round(found, 3))
        if shown is None or abs(found - slim) < _SLIM * slim or looks in _one_glyph:
            return shown
        alone = self._drawn_alone(item, ink)  # of two glyphs with one name, a font can be asked for one only
        if alone == shown and len(_one_glyph) < _MOST_KNOWN:
            _one_glyph.add(looks)
        return alone

    def _drawn_alone(self, item: int, ink: Box) -> str | None:
        return self._alone.digit(item, ink) if len(self._content.drawn.get(item, (0, 0))) == 1 else None


def _is_tiny(cell: Box) -> bool:
    """Whether no eye reads a digit: it is smaller than print can be, or squeezed to a stroke."""
    wide, high = cell[2] - cell[0], cell[3] - cell[1]
    return max(wide, high) < _SMALLEST or min(wide, high) < _THINNEST * max(wide, high)


def _gap(before: Glyph, glyph: Glyph) -> float:
    """How far a digit stands behind a digit of its line, in heights of characters."""
    size = glyph.bottom - glyph.top
    if (before.text.isdigit() or before.text in ".,") and abs(glyph.top - before.top) < 0.12 * size:
        return abs(glyph.left - before.right) / size
    return _FAR
