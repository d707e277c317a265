"""Pictures, formulas and boxes of text that lie on the cells of a binary workbook: one over an empty cell may be its
figure.

A shape stands in a drawing record and says in which cells it begins and ends, by parts of their size; the record behind
it says what it is ([MS-XLS] on MsoDrawing, Obj, TxO and OfficeArtClientAnchorSheet).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import Final

from reports.readers.sheets.pictures import place_under

_DRAWING, _OBJECT, _TEXT = 0x00EC, 0x005D, 0x01B6
_ROW, _COLUMNS, _USUAL_ROW, _USUAL_COLUMN = 0x0208, 0x007D, 0x0225, 0x0055
_ANCHOR, _CONTAINER = 0xF010, 0xF
_PICTURE, _BOX, _OTHER = 0x08, 0x06, 0x1E
_WORD_ART: Final = b"\xc0\xc0"  # the property that holds its text
_HEIGHT, _WIDTH = 300, 2_304  # twentieths of a point, 256ths of a character
_PART_OF_HEIGHT, _PART_OF_WIDTH = 256, 1_024
_MOST: Final = 2_000

_Anchor = tuple[int, int, int, int, int, int, int, int]  # left column and part, top row and part, right, bottom


@dataclass(slots=True)
class Drawings:
    """Of a sheet: the places of what shows something, and the sizes of its rows and columns."""

    anchors: list[_Anchor] = field(default_factory=list)
    _at: _Anchor | None = None  # of the shape whose record came last
    _holds_text: bool = False  # which then is what it shows
    _heights: dict[int, int] = field(default_factory=dict)
    _widths: list[tuple[int, int, int]] = field(default_factory=list)
    _height: int = _HEIGHT
    _width: int = _WIDTH

    def note(self, code: int, record: bytes) -> None:
        """Takes in a record of the sheet."""
        if code == _DRAWING:
            self._at = _last_anchor(record) or self._at
            if self._at is not None and _WORD_ART in record:
                self._show()
        elif code == _OBJECT and len(record) >= 6:
            kind = struct.unpack_from("<H", record, 4)[0]
            self._holds_text = kind in (_BOX, _OTHER)
            if kind == _PICTURE:
                self._show()
        elif code == _TEXT and len(record) >= 12:
            if self._holds_text and struct.unpack_from("<H", record, 10)[0]:
                self._show()
        elif code == _ROW and len(record) >= 8 and len(self._heights) < 70_000:
            row, _, _, height = struct.unpack_from("<4H", record)
            self._heights[row] = height & 0x7FFF
        elif code == _COLUMNS and len(record) >= 6 and len(self._widths) < 256:
            self._widths.append(struct.unpack_from("<3H", record))
        elif code == _USUAL_ROW and len(record) >= 4:
            self._height = struct.unpack_from("<H", record, 2)[0] or _HEIGHT
        elif code == _USUAL_COLUMN and len(record) >= 2:
            self._width = 256 * (struct.unpack_from("<H", record)[0] or _WIDTH // 256)

    def cells(self) -> set[tuple[int, int]]:
        """Rows and columns of the cells that something of about their size lies on."""
        found = set()
        for left, left_part, top, top_part, right, right_part, bottom, bottom_part in self.anchors:
            column = place_under(
                left, self._wide(left) * left_part // _PART_OF_WIDTH,
                right, self._wide(right) * right_part // _PART_OF_WIDTH, self._wide,
            )  # fmt: skip
            row = place_under(
                top, self._high(top) * top_part // _PART_OF_HEIGHT,
                bottom, self._high(bottom) * bottom_part // _PART_OF_HEIGHT, self._high,
            )  # fmt: skip
            if row is not None and column is not None:
                found.add((row, column))
        return found

    def _show(self) -> None:
        if self._at is not None and len(self.anchors) < _MOST:
            self.anchors.append(self._at)
        self._at = None

    def _high(self, row: int) -> int:
        return self._heights.get(row, self._height)

    def _wide(self, column: int) -> int:
        return next((width for first, last, width in self._widths if first <= column <= last), self._width)


def _last_anchor(record: bytes) -> _Anchor | None:
    """The place of the last shape in a drawing record; containers may go on in the next record."""
    found: _Anchor | None = None
    at = 0
    while at + 8 <= len(record):
        kind, code, length = struct.unpack_from("<HHI", record, at)
        at += 8
        if kind & 0xF == _CONTAINER:
            continue
        if code == _ANCHOR and length >= 18 and at + 18 <= len(record):
            found = struct.unpack_from("<8H", record, at + 2)
        at += length
    return found
