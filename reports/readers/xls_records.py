"""What the records of a binary workbook (BIFF8, [MS-XLS]) say that calamine does not: how far the cells of its sheets
reach, for calamine would take the memory for all of them, and which rows and columns are hidden."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass, field
from typing import Final

import olefile

_CELLS: Final = frozenset((0x0203, 0x027E, 0x00BD, 0x00FD, 0x0201, 0x00BE, 0x0006, 0x0204))
_SHEET, _ROW, _COLUMNS = 0x0085, 0x0208, 0x007D
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x20, 0x01
_MOST_COLUMNS: Final = 256  # of the format


@dataclass(slots=True)
class Shape:
    """Of a sheet: where it begins in the stream, and its hidden rows and columns."""

    start: int
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Shapes:
    """Of a workbook: rows times columns that its cells claim, and its sheets in order."""

    size: int = 0
    sheets: list[Shape] = field(default_factory=list)


def shapes(source: bytes) -> Shapes:
    """What the file's records say; nothing where it is damaged, for calamine will say what is wrong with it."""
    found = Shapes()
    try:
        with olefile.OleFileIO(io.BytesIO(source)) as file:
            name = next((name for name in ("Workbook", "Book") if file.exists(name)), None)
            stream = file.openstream(name).read() if name else b""
    except (OSError, ValueError, struct.error, IndexError, TypeError):
        return found
    at = rows = columns = 0
    sheets: list[Shape] = []
    while at + 8 <= len(stream):
        code, length = struct.unpack_from("<HH", stream, at)
        if code in _CELLS:
            row, column = struct.unpack_from("<HH", stream, at + 4)
            rows, columns = max(rows, row), max(columns, column)
        elif code == _SHEET:
            found.sheets.append(Shape(struct.unpack_from("<I", stream, at + 4)[0]))
            sheets = sorted(found.sheets, key=lambda each: each.start)
        elif code in (_ROW, _COLUMNS) and length >= 10 and at + 4 + length <= len(stream):
            sheet = next((each for each in reversed(sheets) if each.start <= at), None)
            if sheet is not None:
                _note(code, stream[at + 4 : at + 4 + length], sheet)
        at += 4 + length
    found.size = (rows + 1) * (columns + 1)
    return found


def _note(code: int, record: bytes, sheet: Shape) -> None:
    if code == _ROW and len(record) >= 14:
        if struct.unpack_from("<H", record, 12)[0] & _HIDDEN_ROW:
            sheet.hidden_rows.add(struct.unpack_from("<H", record, 0)[0])
    elif code == _COLUMNS:
        first, last, _, _, flags = struct.unpack_from("<5H", record, 0)
        if flags & _HIDDEN_COLUMN:
            sheet.hidden_columns.update(range(first, min(last + 1, _MOST_COLUMNS)))
