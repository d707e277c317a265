"""What the paragraphs of a Word 97-2003 file say about tables: cells, rows, edges, merged cells, grounds ([MS-DOC]).

The properties stand by ranges of bytes in pages of 512 bytes (PapxFkp), long ones in the stream ``Data``.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import Final

from reports.readers.word.doc_marks import has_ground

_OPERAND_SIZES: Final = (1, 1, 2, 4, 2, 2, -1, 3)
_TTP, _IN_TABLE, _DEFINE_TABLE, _VERT_MERGE = 0x2417, 0x2416, 0xD608, 0xD62B
_INNER_CELL, _INNER_TTP, _DEPTH, _HUGE = 0x244B, 0x244C, 0x6649, (0x6645, 0x6646)
_ROW_HEIGHT: Final = 0x9407
_LOWEST: Final = 40  # twentieths of a point: nothing is seen of a row that is exactly so low


@dataclass(slots=True)
class ParagraphShape:
    """What the properties of a paragraph say about tables."""

    style: int = 0
    row_end: bool = False
    in_table: bool = False
    depth: int = 1  # of the table that the paragraph stands in, if any
    unseen_row: bool = False
    inner_cell: bool = False
    inner_row_end: bool = False
    edges: tuple[int, ...] = ()
    shapes: tuple[int, ...] = ()
    vertical: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class ParagraphShapes:
    """Of all paragraphs, in ascending order: their ends as byte positions in the stream, and their shapes."""

    main: bytes
    table: bytes
    extra: bytes
    ends: list[int] = field(default_factory=list)
    shapes: list[ParagraphShape] = field(default_factory=list)
    grounds: bool = False  # whether any paragraph or cell has a ground: which of them is not asked

    def read(self) -> None:
        """Takes in all of them. Raises ``struct.error`` where the file is damaged."""
        start, size = struct.unpack_from("<II", self.main, 0x0102)
        plc = self.table[start : start + size]
        count = (len(plc) - 4) // 8
        ends: list[int] = []
        found: list[ParagraphShape] = []
        for index in range(max(count, 0)):
            page = struct.unpack_from("<I", plc, 4 * (count + 1) + 4 * index)[0] & 0x3FFFFF
            block = self.main[page * 512 : page * 512 + 512]
            if len(block) < 512:
                continue
            runs = block[511]
            if 4 * (runs + 1) + 13 * runs > 511:
                continue
            bounds = struct.unpack_from(f"<{runs + 1}I", block, 0)
            for run in range(runs):
                ends.append(bounds[run + 1])
                found.append(self._properties(block, block[4 * (runs + 1) + 13 * run] * 2))
        order = sorted(range(len(ends)), key=ends.__getitem__)
        self.ends, self.shapes = [ends[each] for each in order], [found[each] for each in order]

    def _properties(self, block: bytes, at: int) -> ParagraphShape:
        paragraph = ParagraphShape()
        if at == 0:
            return paragraph
        size = block[at]
        begin, length = (at + 1, 2 * size - 1) if size else (at + 2, 2 * block[at + 1])
        paragraph.style = int.from_bytes(block[begin : begin + 2], "little")
        self._apply(block[begin + 2 : begin + length], paragraph, nested=False)
        return paragraph

    def _apply(self, rules: bytes, paragraph: ParagraphShape, *, nested: bool) -> None:
        at = 0
        while at + 2 <= len(rules):
            code = struct.unpack_from("<H", rules, at)[0]
            at += 2
            size = _OPERAND_SIZES[code >> 13]
            if size < 0:
                if at >= len(rules):
                    return
                if code == _DEFINE_TABLE:
                    if at + 2 > len(rules):
                        return
                    size = struct.unpack_from("<H", rules, at)[0] + 1
                else:
                    size = rules[at] + 1
            operand = rules[at : at + size]
            at += size
            if code == _TTP:
                paragraph.row_end = bool(operand[:1] != b"\0")
            elif code == _IN_TABLE:
                paragraph.in_table = operand[:1] != b"\0"
            elif code == _INNER_CELL:
                paragraph.inner_cell = operand[:1] != b"\0"
            elif code == _INNER_TTP:
                paragraph.inner_row_end = operand[:1] != b"\0"
            elif code == _DEPTH and len(operand) == 4:
                paragraph.depth = struct.unpack("<i", operand)[0]
            elif code == _DEFINE_TABLE:
                _define_table(operand, paragraph)
            elif code == _ROW_HEIGHT and len(operand) == 2:
                paragraph.unseen_row = -_LOWEST <= struct.unpack("<h", operand)[0] < 0  # a negative height is exact
            elif has_ground(code, operand):
                self.grounds = True
            elif code == _VERT_MERGE and len(operand) >= 3:
                paragraph.vertical[operand[1]] = operand[2]
            elif code in _HUGE and len(operand) == 4 and not nested:
                offset = struct.unpack("<I", operand)[0]
                if offset + 2 <= len(self.extra):
                    length = struct.unpack_from("<H", self.extra, offset)[0]
                    self._apply(self.extra[offset + 2 : offset + 2 + length], paragraph, nested=True)


def _define_table(operand: bytes, paragraph: ParagraphShape) -> None:
    if len(operand) < 3:
        return
    count = operand[2]
    need = 3 + 2 * (count + 1)
    if count > 64 or len(operand) < need:
        return
    paragraph.edges = struct.unpack_from(f"<{count + 1}h", operand, 3)
    paragraph.shapes = tuple(
        struct.unpack_from("<H", operand, at)[0] for at in range(need, min(len(operand) - 1, need + 20 * count), 20)
    )
