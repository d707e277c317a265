"""Which characters of a Word 97-2003 file are hidden, white, struck, raised or deleted ([MS-DOC] on character sprms).

The properties stand by ranges of bytes in pages of 512 bytes (ChpxFkp); only ranges that look unlike plain text are
kept, and most reports have none.
"""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from reports.readers.marks import Printed, doubted
from reports.readers.paper import are_paper
from reports.readers.symbols import SYMBOL, in_symbol
from reports.readers.symbols import sign as sign_at
from reports.readers.word.doc_styles import DocStyles

_DELETED, _STRUCK, _STRUCK_TWICE, _HIDDEN, _RAISED = 0x0800, 0x0837, 0x2A53, 0x083C, 0x2A48
_SMALL, _USUAL_SIZE = 13, 21  # half points: of letters that may be a mark, of all that are larger
_COLOUR, _COLOUR_OLD, _SIZE, _PLACE = 0x6870, 0x2A42, 0x4A43, 0x4845
_RAISED_BY: Final = 6  # half points above the line, by hand
_STYLE: Final = 0x4A30
_FONTS: Final = (0x4A4F, 0x4A51)  # of Latin letters, and of what is neither Latin nor Chinese
_SIGN: Final = 0x6A09
_WHITE_OLD, _TINY = 8, 4
_HIGHLIGHT, _SHADE, _SHADE_OLD = 0x2A0C, 0xCA71, 0x4866
#: Grounds of paragraphs and of a row's cells, in the present form (ten bytes each) and the old one (two).
_GROUNDS: Final = (0xC64D, 0xD612, 0xD616, 0xD60C, 0xD660, 0xD670, 0xD671, 0xD672)
_GROUNDS_OLD: Final = (0x442D, 0xD609)
_OPERAND_SIZES: Final = (1, 1, 2, 4, 2, 2, -1, 3)
MOST_RUNS: Final = 20_000
_BLACK: Final = b"\0\0\0"
#: The colours that older files number ([MS-DOC] on Ico), by their parts; the first is the program's own.
_NUMBERED: Final = tuple(
    bytes.fromhex(each)
    for each in (
        "", "000000", "0000ff", "00ffff", "00ff00", "ff00ff", "ff0000", "ffff00", "ffffff", "000080", "008080",
        "008000", "800080", "800000", "808000", "808080", "c0c0c0",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """A range of text that is no plain text: first by byte in the stream, then by character."""

    first: int
    last: int
    hidden: bool = False
    struck: bool = False
    raised: bool = False
    deleted: bool = False
    white: bool = False  # seen only on a ground
    covered: bool = False  # of its own ground's colour: blacked out
    symbols: bool = False  # set in the font Symbol
    sign: str = ""  # stands for the character that is there
    size: int = 0  # half points, of letters so small that they may be a mark

    @property
    def tells(self) -> bool:
        """Whether it is other than plain text."""
        seen = not (self.hidden or self.white or self.deleted or self.covered)
        return not seen or self.struck or self.raised or self.symbols or self.sign != "" or self.size > 0


def has_ground(code: int, operand: bytes) -> bool:
    """Whether a property of a paragraph or row gives any ground that is not the paper's."""
    if code in _GROUNDS:
        shades = operand[1:]
        return any(_is_ground(shades[at : at + 10]) for at in range(0, len(shades) - 9, 10))
    if code in _GROUNDS_OLD:
        shades = operand if code == 0x442D else operand[1:]
        return any(_is_old_ground(shades[at : at + 2]) for at in range(0, len(shades) - 1, 2))
    return False


def _is_ground(shade: bytes) -> bool:
    """Of ten bytes: the pattern's colour, the ground's, and the pattern."""
    plain = shade[7] == 0xFF or are_paper(shade[4:7])
    return not plain or shade[8:10] not in (b"\0\0", b"\xff\xff")


def _is_old_ground(shade: bytes) -> bool:
    (held,) = struct.unpack("<H", shade)
    return held != 0xFFFF and (held >> 10 != 0 or held >> 5 & 0x1F not in (0, _WHITE_OLD))


def looks(main: bytes, plc: bytes, styles: DocStyles) -> Iterator[Look]:
    """The ranges, by their bytes in the ``WordDocument`` stream; ``plc`` is the table of the pages that hold them."""
    count = (len(plc) - 4) // 8
    found = 0
    for index in range(max(count, 0)):
        page = struct.unpack_from("<I", plc, 4 * (count + 1) + 4 * index)[0] & 0x3FFFFF
        block = main[page * 512 : page * 512 + 512]
        if len(block) < 512:
            continue
        runs = block[511]
        if 5 * runs + 4 > 511:
            continue
        bounds = struct.unpack_from(f"<{runs + 1}I", block, 0)
        for run in range(runs):
            at = 2 * block[4 * (runs + 1) + run]
            if at == 0:
                continue
            look = look_of(block[at + 1 : at + 1 + block[at]], bounds[run], bounds[run + 1], styles)
            if look.tells:
                found += 1
                if found > MOST_RUNS:
                    return
                yield look


def look_of(rules: bytes, first: int, last: int, styles: DocStyles) -> Look:
    """How rules for letters make a range look; a style that they name goes before the rules behind it."""
    hidden = struck = raised = deleted = white = ground = tiny = sized = drawn = False
    place, symbols, sign, points = 0, False, "", 0
    ink, covers = _BLACK, b""  # letters without a colour are black
    at = 0
    while at + 3 <= len(rules):
        code = struct.unpack_from("<H", rules, at)[0]
        at += 2
        size = _OPERAND_SIZES[code >> 13]
        if size < 0:
            size = rules[at] + 1
        value, operand = rules[at], rules[at : at + size]
        at += size
        if code == _STYLE:
            rules, at = styles.letters(int.from_bytes(operand, "little")) + rules[at:], 0
            styles = DocStyles(
                symbol_fonts=styles.symbol_fonts, picture_fonts=styles.picture_fonts
            )  # a style names no other
        elif code == _HIDDEN:
            hidden = _switched(value, hidden)
        elif code in (_STRUCK, _STRUCK_TWICE):
            struck = _switched(value, struck) or (struck and code == _STRUCK_TWICE)
        elif code == _RAISED:
            raised = value in (1, 2)
        elif code == _DELETED:
            deleted = value in (1, 0x81)
        elif code == _COLOUR:
            white = are_paper(operand[:3]) and operand[3:] == b"\0"  # the last byte is for the program's own colour
            ink = operand[:3]
        elif code == _COLOUR_OLD:
            white = value == _WHITE_OLD
            ink = _numbered(value) or _BLACK
        elif code == _SIZE:
            tiny = 0 < value <= _TINY and operand[1:] == b"\0"
            sized = True
            points = value if value <= _SMALL and operand[1:] == b"\0" else 0
        elif code in _FONTS:
            symbols = int.from_bytes(operand, "little") in styles.symbol_fonts
            drawn = int.from_bytes(operand, "little") in styles.picture_fonts
        elif code == _SIGN and len(operand) == 4:
            font, at_place = struct.unpack("<HH", operand)
            sign = sign_at(SYMBOL if font in styles.symbol_fonts else None, at_place)
        elif code == _PLACE:
            place = int.from_bytes(operand, "little", signed=True)
        elif code == _HIGHLIGHT:
            ground = ground or value not in (0, _WHITE_OLD)
            covers = _numbered(value) or covers
        elif code == _SHADE:
            ground = ground or _is_ground(operand[1:11].ljust(10, b"\xff"))
            covers = covers or _painted(operand[1:11])
        elif code == _SHADE_OLD:
            ground = ground or _is_old_ground(operand[:2].ljust(2, b"\xff"))
            covers = covers or _painted_old(operand[:2].ljust(2, b"\xff"))
    raised = raised or (sized and abs(place) >= _RAISED_BY)
    covered = drawn or covers == ink
    return Look(
        first, last, hidden or tiny, struck, raised, deleted, white and not ground, covered, symbols, sign, points
    )


def _numbered(number: int) -> bytes:
    """A colour of the old numbered ones; empty for the program's own and for none."""
    return _NUMBERED[number] if number < len(_NUMBERED) else b""


def _painted(shade: bytes) -> bytes:
    """The colour of a ground in the present form; empty where it is none, a pattern, or the program's own."""
    if len(shade) < 10 or shade[8:10] not in (b"\0\0", b"\1\0"):
        return b""
    colour = shade[:4] if shade[8] else shade[4:8]
    if colour[3]:
        return _BLACK if shade[8] else b""  # a full pattern without a colour is black
    return colour[:3]


def _painted_old(shade: bytes) -> bytes:
    (held,) = struct.unpack("<H", shade)
    if held >> 10 == 1:
        return _numbered(held & 0x1F) or _BLACK
    return _numbered(held >> 5 & 0x1F) if held >> 10 == 0 else b""


def _switched(value: int, before: bool) -> bool:
    """A switch: off, on, as the style has it, or the other way round."""
    return {0: False, 0x80: before, 0x81: not before}.get(value, True)


def printed_text(text: str, first: int, last: int, found: Sequence[Look], *, in_table: bool) -> str:
    """The characters from ``first`` to ``last`` as they count. ``found`` is by character, in order."""
    number = bisect_left(found, first, key=lambda each: each.last)
    if number >= len(found) or found[number].first >= last:
        return text[first:last]
    printed = Printed(bracket=in_table)
    at = first
    for look in found[number:]:
        if look.first >= last:
            break
        begin, end = max(look.first, at), min(look.last, last)
        if begin >= end:
            continue
        printed.add(text[at:begin], size=_USUAL_SIZE)
        part = text[begin:end]
        if look.hidden or look.deleted:
            # a field's marks stay, so that its code is still told from its result
            part = "".join(each for each in part if each in "\x13\x14\x15")
            printed.add(part)
        elif part.strip("\x01\x02\x03\x04\x05\x06\x08\x13\x14\x15"):
            shown = look.sign * len(part) or (in_symbol(part) if look.symbols else part)
            shown = doubted(shown) if look.covered else shown
            printed.add(shown, raised=look.raised, struck=look.struck, size=look.size or _USUAL_SIZE)
        else:
            printed.add(part)  # the mark of an automatic note, which prints no character of its own here
        at = end
    printed.add(text[at:last])
    return printed.text()
