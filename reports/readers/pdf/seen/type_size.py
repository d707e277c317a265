"""The cell that a character takes up, by the size of its type, where its font tells something else.

Of many fonts pdfium knows the ink of a character only, which is flat for 一; others say that their characters are as
high as three lines, so that the rows of a table would lie over each other.
"""

from __future__ import annotations

import ctypes
import math
from typing import Any, Final

from reports.readers.pdf import calls as pdf_calls
from reports.readers.pdf.page import Box

OVERSIZED: Final = 40.0  # points: of vertical fonts pdfium gives cells in unscaled units; then the ink has to do
TALL: Final = 1.7  # height to width, or to the size of its type: no character's cell is so high
_ABOVE, _BELOW = 0.88, 0.12  # of the size of the type: from the line that characters stand on
_UPRIGHT = 0.1

_origin, _ORIGIN_AT = pdf_calls.places(ctypes.c_double, 2)
_turn, (_TURN_AT, *_) = pdf_calls.places(ctypes.c_float, 6)


def cell_of_font(page: Any, index: int, ink: Box, tall: bool = False) -> Box:
    """The cell of a Chinese character of which pdfium knows the ink only: radicals that stand for characters.

    ``tall``: some font of the page says that its characters are higher than they are.
    """
    if not pdf_calls.character_origin(page, index, *_ORIGIN_AT):
        return ink
    x, y = _origin.tolist()
    wide, high = _size(page, index)
    if not wide or not ink[3] - ink[1] < 1.01 * high <= OVERSIZED:
        return of_its_size(page, index, ink) if tall else ink
    return min(ink[0], x), y - _BELOW * high, max(ink[2], x + wide), y + _ABOVE * high


def of_its_size(page: Any, index: int, box: Box) -> Box:
    """A character's box, no higher than its type is large."""
    _, high = _size(page, index)
    if box[3] - box[1] < TALL * high or not pdf_calls.character_origin(page, index, *_ORIGIN_AT):
        return box
    y = _origin[1]
    return (box[0], y - _BELOW * high, box[2], y + _ABOVE * high) if box[1] < y < box[3] else box


def _size(page: Any, index: int) -> tuple[float, float]:
    """How wide and high the square of a character's type is; without width where it is turned."""
    pdf_calls.character_matrix(page, index, _TURN_AT)
    size = pdf_calls.font_size(page, index)
    a, b, c, d, _, _ = _turn.tolist()
    return (size * math.hypot(a, b), size * math.hypot(c, d)) if abs(b) <= _UPRIGHT * abs(a) else (0.0, OVERSIZED)
