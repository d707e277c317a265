"""Signs that a file names by their place in a picture font, in the private code points from U+F000 on.

In the font Symbol the places from 32 to 63 hold what they hold everywhere, the digits among them: a figure written so
is read. Of any other such font nothing is known, and its signs stay private code points, which are no digits. A sign of
a font for text that is named by the letter's own code is that letter.
"""

from __future__ import annotations

import re
from typing import Final

SYMBOL: Final = "Symbol"
_DIGITS: Final = {0xF000 + place: chr(place) for place in range(0x20, 0x40)}
#: Fonts in which every letter stands at its own code.
_FOR_TEXT: Final = frozenset(
    (
        "Arial", "Calibri", "Cambria", "Courier New", "Tahoma", "Times New Roman", "Verdana", "SimSun", "SimHei",
        "KaiTi", "FangSong", "宋体", "黑体", "楷体", "仿宋", "仿宋_GB2312", "楷体_GB2312", "微软雅黑", "等线",
    )
)  # fmt: skip
#: Fonts in which digits are pictures too: what is printed for a 5 is a sheet of paper.
PICTURES: Final = ("Wingdings", "Webdings", "ZapfDingbats")
_UNKNOWN: Final = "\ufffd"  # something is printed that is no digit


def has_signs(text: str) -> bool:
    """Whether any character is one of a picture font's."""
    return any(0xF000 <= ord(each) <= 0xF0FF for each in text)


def draws(font: str | None) -> bool:
    """Whether a font shows a picture for every letter and digit."""
    return font is not None and font.startswith(PICTURES)


def in_symbol(text: str) -> str:
    """A text that is set in the font Symbol."""
    return text.translate(_DIGITS)


def place_of(code: str | None) -> int:
    """A place in a font, as ``w:sym`` writes it; 0 where it is none."""
    return int(code, 16) if code and re.fullmatch("[0-9A-Fa-f]{2,4}", code) else 0


def sign(font: str | None, place: int) -> str:
    """The sign at a place of a font; in a font for text, where the place is a letter's own code, that letter."""
    if font in _FOR_TEXT and 0x20 < place < 0x7F:
        return chr(place)
    return _DIGITS.get(0xF000 | place & 0xFF, _UNKNOWN) if font == SYMBOL else _UNKNOWN
