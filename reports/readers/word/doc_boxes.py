"""The text boxes of a Word 97-2003 file: where their text stands, and at which place of the page they hang.

Their texts stand behind the main text, one after the other; a table names for each the shape that it fills, another
the character at which a shape hangs ([MS-DOC] on PlcftxbxTxt, FTXBXS, PlcfSpa and Spa).
"""

from __future__ import annotations

import struct
from typing import Final

MOST: Final = 5_000
_SHAPE, _BOX = 26, 22  # bytes of an entry
_SHAPE_ID_OF_BOX: Final = 14


def text_boxes(main: bytes, table: bytes) -> list[tuple[int, int, int]]:
    """Of each box: the character that it hangs at, and the first and last character of its text, in that order.

    Raises ``struct.error`` where the file is damaged.
    """
    lengths = struct.unpack_from("<8I", main, 0x4C)  # main text, footnotes, headings, macros, notes, endnotes, boxes
    if lengths[6] == 0:
        return []
    base = sum(lengths[:6])
    anchors: dict[int, int] = {}
    shapes = _table(main, table, 0x1DA)
    entries = max((len(shapes) - 4) // (_SHAPE + 4), 0)
    for number in range(min(entries, MOST)):
        (anchor,) = struct.unpack_from("<I", shapes, 4 * number)
        (shape,) = struct.unpack_from("<I", shapes, 4 * (entries + 1) + _SHAPE * number)
        anchors[shape] = anchor
    boxes = _table(main, table, 0x25A)
    entries = max((len(boxes) - 4) // (_BOX + 4), 0)
    found: list[tuple[int, int, int]] = []
    for number in range(min(entries, MOST)):
        first, last = struct.unpack_from("<2I", boxes, 4 * number)
        (shape,) = struct.unpack_from("<I", boxes, 4 * (entries + 1) + _BOX * number + _SHAPE_ID_OF_BOX)
        if shape in anchors and first < last <= lengths[6] and anchors[shape] < lengths[0]:
            found.append((anchors[shape], base + first, base + last))
    return sorted(found)


def _table(main: bytes, table: bytes, at: int) -> bytes:
    start, size = struct.unpack_from("<2I", main, at)
    return table[start : start + size]
