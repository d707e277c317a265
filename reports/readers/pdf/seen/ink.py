"""What the ink of a PDF's digits says against the file's own word for them.

A file may name its characters wrongly: fonts that are cut down to a few characters, with a damaged table of names, say
1 for each 7, or 2 for each 1. The names are all that text is made of, but the ink of a digit has a shape: one digit of
one font cannot have two, unless they are of different width (fonts may hold figures for text beside those for tables).
And in no font of lining figures are 1 and 7 higher than 0 and 8, which go a little beyond the lines that they keep.

The shares are exact: they come from outlines, so neither sizes nor programs change them. In 23 families, Chinese and
Latin, printed by three programs in 4 to 7 sizes, in bold, italic and all styles of figures, a digit's ink differed in
figures of one style and width by nothing; by up to 0.043 of the cell where figures for text and for tables happen to
have one width; and by 0.06 to 0.26 only where slashed zeros stand beside plain ones, or old-style figures beside
lining ones, on one page in one font, or where a program takes figures of two styles (0.0502). Those are struck, unless
each shape, drawn by itself, clearly is the digit: the names 1 and 7 differ no more in a font of old-style figures.
Between two digits of a font lie 0.054 (4 and 5) to 0.16 (1 and 4) for each pair with a 1 or 4 (medians), but under 0.03
for the others, which the shapes of their outlines tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from reports.readers.pdf.page import UNREADABLE, Box, Glyph

_SAME = 0.05  # of the cell: figures for text and for tables, of one width, may differ by 0.043
_EXACT = 0.003  # of the cell: one glyph's ink differs by rounding only
_MOST_SHAPES = 4  # of one digit in one font
_HIGHER = 0.006  # of the cell: round digits are higher than flat ones by twice that and more, or not at all
_FLAT, _ROUND = "17", "08"
_CLOSE = 0.6  # heights of characters
_FIGURE = frozenset("0123456789０１２３４５６７８９.,，．%-" + UNREADABLE)

_Kind = tuple[int, float, str]  # font, width of the cell to its height, digit
Where = tuple[int, Box]  # the text object that a digit is drawn with, and the box of its ink
Shape = tuple[float, float, float, float]  # width and height of the ink, and where it begins, as shares of the cell


class Ink:
    """The shapes of the digits of one page: by font, and by the width of their cells."""

    def __init__(self) -> None:
        self._shapes: dict[_Kind, list[Shape]] = {}
        self._places: dict[_Kind, list[int]] = {}
        self._where: dict[_Kind, list[Where]] = {}  # of each shape
        self._doubtful: set[_Kind] = set()
        self._misnaming: set[int] = set()

    def add(self, place: int, font: int, digit: str, shape: Shape, cell: float, where: Where) -> bool:
        """Notes a digit that stands at a place among the page's characters; ``cell`` is its cell's width to height.

        Says whether it is drawn in a way that was not there before.
        """
        kind = (font, round(cell, 2), digit)
        self._places.setdefault(kind, []).append(place)
        known = self._shapes.setdefault(kind, [])
        wide, high, begins, stands = shape
        for a, b, c, d in known:  # a loop over the four would take three times as long, for each digit of the file
            if (
                -_EXACT < a - wide < _EXACT
                and -_EXACT < b - high < _EXACT
                and -_EXACT < c - begins < _EXACT
                and -_EXACT < d - stands < _EXACT
            ):
                return False
        if known and (abs(known[0][0] - shape[0]) > _SAME or abs(known[0][1] - shape[1]) > _SAME):
            self._doubtful.add(kind)
        if len(known) == _MOST_SHAPES:
            return False
        known.append(shape)
        self._where.setdefault(kind, []).append(where)
        return True

    def misnames(self, font: int) -> None:
        """Takes all digits of a font for unreadable, because it draws another one than it names."""
        self._misnaming.add(font)

    def untold(self, shows: Callable[[int, Box], str | None]) -> Iterator[int]:
        """The places of digits of which the ink says that they may be others.

        ``shows`` says which digit the ink of a text object in a box clearly is.
        """
        heights: dict[tuple[int, float], dict[str, float]] = {}
        for (font, cell, digit), shapes in self._shapes.items():
            heights.setdefault((font, cell), {})[digit] = shapes[0][1]
        for (font, cell), high in heights.items():
            flat = [high[digit] for digit in _FLAT if digit in high]
            round_ = [high[digit] for digit in _ROUND if digit in high]
            misnamed = bool(flat and round_) and max(flat) > min(round_) + _HIGHER
            for digit in high:
                kind = (font, cell, digit)
                if misnamed or font in self._misnaming or (kind in self._doubtful and not self._is_clear(kind, shows)):
                    yield from self._places[kind]

    def _is_clear(self, kind: _Kind, shows: Callable[[int, Box], str | None]) -> bool:
        """Whether each shape of a digit clearly is that digit, however different they are."""
        places = self._where[kind]
        return len(places) < _MOST_SHAPES and all(shows(*where) == str(int(kind[2])) for where in places)


def is_ornament(place: int, glyphs: Sequence[Glyph]) -> bool:
    """Whether a character without text is no part of a figure: a bullet, a tick, a mark within words."""
    glyph = glyphs[place]
    height = glyph.bottom - glyph.top
    line = [each for each in glyphs if abs(each[2] + each[4] - glyph.top - glyph.bottom) < height and each is not glyph]
    before = max((each for each in line if each.left < glyph.left), key=lambda each: each.right, default=None)
    after = min((each for each in line if each.left > glyph.left), key=lambda each: each.left, default=None)
    if before is not None and before.text in _FIGURE and glyph.left - before.right < _CLOSE * height:
        return False
    return after is not None and after.text not in _FIGURE
