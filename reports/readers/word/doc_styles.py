"""The named styles of a Word 97-2003 file, as far as they say how letters look ([MS-DOC] on STSH, STD and UPX).

Text may be hidden by a style that it names, with no word of it in the text's own properties.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import Final

from reports.readers.symbols import SYMBOL, draws

_PARAGRAPH, _CHARACTER = 1, 2
_LONGEST_CHAIN: Final = 12
_MOST: Final = 4_000
_FONT_NAME: Final = 40  # bytes into a font's entry


@dataclass(slots=True)
class DocStyles:
    """Of each style, by its number: its rules for letters, and the style that it is based on."""

    rules: dict[int, bytes] = field(default_factory=dict)
    bases: dict[int, int] = field(default_factory=dict)
    symbol_fonts: frozenset[int] = frozenset()  # the numbers of the font Symbol in the file's table of fonts
    picture_fonts: frozenset[int] = frozenset()  # those of fonts that draw a picture for every digit

    def letters(self, number: int) -> bytes:
        """The rules of a style behind those of the styles that it is based on."""
        chain: list[bytes] = []
        while number in self.bases and len(chain) < _LONGEST_CHAIN:
            chain.append(self.rules.get(number, b""))
            number = self.bases[number]
        return b"".join(reversed(chain))


def read_styles(sheet: bytes) -> DocStyles:
    """The style sheet. Raises ``struct.error`` where it is damaged."""
    styles = DocStyles()
    if len(sheet) < 6:
        return styles
    length, count, fixed = struct.unpack_from("<HHH", sheet, 0)
    at = 2 + length
    for number in range(min(count, _MOST)):
        if at + 2 > len(sheet):
            break
        size = struct.unpack_from("<H", sheet, at)[0]
        style = sheet[at + 2 : at + 2 + size]
        at += 2 + size
        if len(style) < fixed + 2 or fixed < 6:
            continue
        kind_and_base = struct.unpack_from("<H", style, 2)[0]
        kind = kind_and_base & 0xF
        if kind not in (_PARAGRAPH, _CHARACTER):
            continue
        styles.bases[number] = kind_and_base >> 4
        place = fixed + 2 + 2 * struct.unpack_from("<H", style, fixed)[0] + 2  # behind the name
        for part in range(kind % 2 + 1):  # of a paragraph's style the second, of a letter's the only one
            place += place % 2
            if place + 2 > len(style):
                break
            size = struct.unpack_from("<H", style, place)[0]
            if part == kind % 2:
                styles.rules[number] = style[place + 2 : place + 2 + size]
            place += 2 + size
    return styles


def special_fonts(table: bytes) -> tuple[frozenset[int], frozenset[int]]:
    """Which fonts of a file's table ([MS-DOC] on SttbfFfn and FFN) are the font Symbol, and which draw pictures."""
    symbols: set[int] = set()
    pictures: set[int] = set()
    at = 4
    for number in range(min(int.from_bytes(table[:2], "little"), _MOST)):
        if at >= len(table):
            break
        name = table[at + _FONT_NAME : at + 1 + table[at]].decode("utf-16-le", "replace").partition("\0")[0]
        if name == SYMBOL:
            symbols.add(number)
        elif draws(name):
            pictures.add(number)
        at += 1 + table[at]
    return frozenset(symbols), frozenset(pictures)
