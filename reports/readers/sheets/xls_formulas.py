"""Formulas of a binary workbook as text, as far as ``formulas`` understands them ([MS-XLS] on Formula, Rgce and Ptg).

They are stored as operands with operators behind them. Only those are kept whose stored result may not be what the
sheet shows: nothing, or nought.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import Final

from reports.readers.sheets.conditions import column_letters

FORMULA, RECALCULATED = 0x0006, 0x01C1
_OPERATORS: Final = {0x03: "+", 0x04: "-", 0x05: "*", 0x06: "/"}
_MINUS, _PERCENT, _BRACKETS, _ATTRIBUTE, _INTEGER, _NUMBER = 0x13, 0x14, 0x15, 0x19, 0x1E, 0x1F
_PLUS: Final = 0x12
_SUM_OF_ONE, _SPACES = 0x10, 0x40  # attributes
_FUNCTION, _CELL, _RANGE = 0x22, 0x24, 0x25  # each with two more classes, 32 and 64 further
_SUM: Final = 4  # the number of the function
_ALWAYS: Final = 3  # flags: counted always, or on opening
_MOST: Final = 20_000
_LONGEST: Final = 1_000


class _UnknownError(Exception):
    """The formula holds something that is not understood."""


@dataclass(slots=True)
class XlsFormulas:
    """Of a sheet: by place the text of a formula, and its stored result, None where there is none."""

    found: dict[tuple[int, int], tuple[str, float | None]] = field(default_factory=dict)
    counted: bool = False  # any result is stored: the program has counted

    def note(self, code: int, record: bytes) -> None:
        """Takes in a record of the sheet."""
        if code != FORMULA or len(record) < 22 or len(self.found) >= _MOST:
            return
        y, x = struct.unpack_from("<HH", record)
        blank = record[12:14] == b"\xff\xff" and record[6] == 3
        (stored,) = struct.unpack_from("<d", record, 6)
        self.counted = self.counted or not (blank or stored == 0)
        if blank or stored == 0:
            flags = struct.unpack_from("<H", record, 14)[0]
            (size,) = struct.unpack_from("<H", record, 20)
            try:
                text = _as_text(record[22 : 22 + size])
            except (_UnknownError, struct.error, IndexError):
                text = "?"
            self.found[y, x] = text, None if blank or flags & _ALWAYS else 0.0


def is_counted_by_excel(record: bytes) -> bool:
    """Whether a record of recalculation says that a program with an engine for it has counted all formulas."""
    return len(record) >= 8 and struct.unpack_from("<I", record, 4)[0] > 0


def _as_text(tokens: bytes) -> str:
    stack: list[str] = []
    at = 0
    while at < len(tokens):
        kind = tokens[at]
        base = kind & 0x1F | 0x20 if kind >= 0x20 else 0
        at += 1
        if kind in _OPERATORS:
            other = stack.pop()
            stack.append(f"{stack.pop()}{_OPERATORS[kind]}{other}")
        elif kind == _MINUS:
            stack.append(f"-{stack.pop()}")
        elif kind == _PERCENT:
            stack.append(f"{stack.pop()}%")
        elif kind == _BRACKETS:
            stack.append(f"({stack.pop()})")
        elif kind == _INTEGER:
            stack.append(str(struct.unpack_from("<H", tokens, at)[0]))
            at += 2
        elif kind == _NUMBER:
            stack.append(f"{struct.unpack_from('<d', tokens, at)[0]:f}")
            at += 8
        elif kind == _ATTRIBUTE:
            if tokens[at] == _SUM_OF_ONE:
                stack.append(f"SUM({stack.pop()})")
            elif tokens[at] != _SPACES:
                raise _UnknownError
            at += 3
        elif base == _CELL:
            stack.append(_cell(*struct.unpack_from("<HH", tokens, at)))
            at += 4
        elif base == _RANGE:
            top, bottom, left, right = struct.unpack_from("<4H", tokens, at)
            stack.append(f"{_cell(top, left)}:{_cell(bottom, right)}")
            at += 8
        elif base == _FUNCTION and struct.unpack_from("<H", tokens, at + 1)[0] == _SUM:
            count = tokens[at]
            if not 0 < count <= len(stack):
                raise _UnknownError
            stack[-count:] = [f"SUM({','.join(stack[-count:])})"]
            at += 3
        elif kind != _PLUS:
            raise _UnknownError
        if sum(map(len, stack)) > _LONGEST:
            raise _UnknownError
    if len(stack) != 1:
        raise _UnknownError
    return stack[0]


def _cell(row: int, column: int) -> str:
    """``D5``; the bits for what is relative are left out."""
    return f"{column_letters(column & 0x3FFF)}{row + 1}"
