"""Conditional formats of a binary workbook that take figures out of sight ([MS-XLS] on CondFmt, CF and DXFN).

Of a rule only this is asked: does it write in white on the paper, or in a number format that shows nothing. Where a
rule compares the cell with a number it is applied; of any other it can only be said that figures may not be shown.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import Final

from reports.readers.sheets.conditions import Condition
from reports.readers.sheets.number_formats import code_of, shown_number

_RANGES, _RULE = 0x01B0, 0x01B1
_COMPARES: Final = 1
_SIGNS: Final = {3: "=", 4: "<>", 5: ">", 6: "<", 7: ">=", 8: "<="}
_INTEGER, _NUMBER, _MINUS = 0x1E, 0x1F, 0x13  # in a formula: what follows
_WHITE: Final = (1, 9)  # of the standard palette
_PAPER: Final = (1, 9, 64, 65)
_FONT_SIZE, _FONT_COLOUR, _ALIGNMENT_SIZE, _BORDER_SIZE = 118, 80, 8, 8
_MOST: Final = 400


@dataclass(slots=True)
class XlsConditions:
    """The rules of a sheet, as its records come: ranges first, then the rules for them."""

    found: list[Condition] = field(default_factory=list)
    _ranges: list[tuple[int, int, int, int]] = field(default_factory=list)

    def note(self, code: int, record: bytes, formats: dict[int, str]) -> None:
        """Takes in a record of the sheet; ``formats`` are the workbook's own number formats."""
        if code == _RANGES and len(record) >= 14:
            count = min(struct.unpack_from("<H", record, 12)[0], (len(record) - 14) // 8)
            places = (struct.unpack_from("<4H", record, 14 + 8 * number) for number in range(count))
            self._ranges = [(top, left, bottom, right) for top, bottom, left, right in places]
        elif code == _RULE and len(record) >= 12 and len(self.found) < _MOST:
            kind, sign, first, second = struct.unpack_from("<BBHH", record)
            if _shows_nothing(record[6:], formats):
                formula = record[len(record) - first - second : len(record) - second]
                value = _number(formula) if kind == _COMPARES and sign in _SIGNS and not second else None
                test = (_SIGNS[sign], value) if value is not None else None
                self.found += [Condition(place, test) for place in self._ranges[: _MOST - len(self.found)]]


def _shows_nothing(look: bytes, formats: dict[int, str]) -> bool:
    flags, own = struct.unpack_from("<IH", look)
    at = 6
    white = nothing = False
    bare = True
    if flags & 1 << 25:
        nothing, at = _number_format(look, at, formats, own=bool(own & 1))
    if flags & 1 << 26:
        colour = look[at + _FONT_COLOUR : at + _FONT_COLOUR + 4]
        white, at = int.from_bytes(colour, "little") in _WHITE, at + _FONT_SIZE
    at += _ALIGNMENT_SIZE * bool(flags & 1 << 27) + _BORDER_SIZE * bool(flags & 1 << 28)
    if flags & 1 << 29 and at + 4 <= len(look):
        pattern, colours = struct.unpack_from("<2H", look, at)
        # of a solid ground either colour may be the one that is filled with
        bare = pattern >> 10 in (0, 1) and (colours & 0x7F in _PAPER and colours >> 7 & 0x7F in _PAPER)
    return nothing or (white and bare)


def _number_format(look: bytes, at: int, formats: dict[int, str], *, own: bool) -> tuple[bool, int]:
    """Whether the number format shows nothing, and where what follows it begins."""
    if not own:
        code, end = code_of(look[at + 1], formats), at + 2
    else:
        size, length, flags = struct.unpack_from("<HHB", look, at)
        text = look[at + 5 : at + 5 + length * (2 if flags & 1 else 1)]
        code, end = text.decode("utf-16-le" if flags & 1 else "latin-1", "replace"), at + max(size, 5)
    return not shown_number(1.0, code, "1"), end


def _number(formula: bytes) -> float | None:
    """The number that a formula is; None where it is anything else."""
    kind = formula[:1]
    minus = formula[-1:] == bytes([_MINUS])
    body = formula[1:-1] if minus else formula[1:]
    if kind == bytes([_INTEGER]) and len(body) == 2:
        value = float(struct.unpack("<H", body)[0])
    elif kind == bytes([_NUMBER]) and len(body) == 8:
        value = float(struct.unpack("<d", body)[0])
    else:
        return None
    return -value if minus else value
