"""What the records of a binary workbook (BIFF8, [MS-XLS]) say that calamine does not: how far the cells of its sheets
reach, for calamine would take the memory for all of them, which rows and columns are hidden, and how numbers look."""

from __future__ import annotations

import io
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import olefile

from reports.readers.sheets.conditions import EVERYWHERE, Condition
from reports.readers.sheets.looks import Look
from reports.readers.sheets.number_formats import code_of
from reports.readers.sheets.rich import PLAIN_FONT, Font, Rich
from reports.readers.sheets.room import Room, scale_of
from reports.readers.sheets.xls_conditions import XlsConditions
from reports.readers.sheets.xls_drawings import Drawings
from reports.readers.sheets.xls_formulas import RECALCULATED, XlsFormulas, is_counted_by_excel
from reports.readers.sheets.xls_texts import LABEL, XlsTexts

_CELLS: Final = frozenset((0x0203, 0x027E, 0x00BD, 0x00FD, 0x0201, 0x00BE, 0x0006, 0x0204))
_NUMBERS: Final = frozenset((0x0203, 0x027E, 0x00FD, 0x0006, 0x0204))  # each one cell: row, column, look
_SHEET, _ROW, _COLUMNS, _MANY_NUMBERS, _WINDOW = 0x0085, 0x0208, 0x007D, 0x00BD, 0x023E
_USUAL_WIDTH, _EXACT_WIDTH = 0x0055, 0x0099
_FONT, _FORMAT, _STYLE = 0x0031, 0x041E, 0x00E0
_HIDDEN_ROW, _HIDDEN_COLUMN, _SHOWS_ZEROS = 0x20, 0x01, 0x10
_LOWEST, _NARROWEST = 30, 51  # twentieths of a point, 256ths of a character
_WHITE: Final = (1, 9)  # of the standard palette
_PAPER: Final = (1, 9, 64, 65)
_STRUCK: Final = 0x08
_MOST_COLUMNS: Final = 256  # of the format
_MOST_STYLES: Final = 5_000
_MOST_LOOKS: Final = 200_000


@dataclass(slots=True)
class Shape:
    """Of a sheet: where it begins in the stream, its hidden rows and columns, cells that may not show their value."""

    start: int
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    looks: dict[tuple[int, int], Look] = field(default_factory=dict)
    zeros: bool = True
    room: Room = field(default_factory=Room)
    drawings: Drawings = field(default_factory=Drawings)
    rules: XlsConditions = field(default_factory=XlsConditions)
    formulas: XlsFormulas = field(default_factory=XlsFormulas)
    texts: dict[tuple[int, int], tuple[Rich, bool]] = field(default_factory=dict)  # in several fonts; on bare ground?

    @property
    def conditions(self) -> list[Condition]:
        """The conditions under which figures are not shown."""
        return self.rules.found

    @property
    def pictured(self) -> set[tuple[int, int]]:
        """The cells that a picture or box of their size lies on."""
        return self.drawings.cells()


@dataclass(slots=True)
class Shapes:
    """Of a workbook: rows times columns that its cells claim, and its sheets in order."""

    size: int = 0
    counted: bool = False  # the program that wrote it has counted: stored results are those of the formulas
    sheets: list[Shape] = field(default_factory=list)


@dataclass(slots=True)
class _Styles:
    """The fonts, formats and looks of the workbook, which stand before its sheets."""

    fonts: list[Font] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)  # of the fonts, in twentieths of a point
    formats: dict[int, str] = field(default_factory=dict)
    looks: list[Look] = field(default_factory=list)

    def note(self, code: int, record: bytes) -> None:
        """Takes in a record of the workbook's own."""
        if len(self.looks) >= _MOST_STYLES:
            return
        if code == _FONT and len(record) >= 10:
            size, flags, colour, _, raised = struct.unpack_from("<5H", record)
            self.sizes.append(size)
            self.fonts.append(Font(colour in _WHITE, bool(flags & _STRUCK), bool(raised)))
        elif code == _FORMAT and len(record) >= 5:
            number, length, flags = struct.unpack_from("<HHB", record)
            text = record[5 : 5 + length * (2 if flags & 1 else 1)]
            self.formats[number] = text.decode("utf-16-le" if flags & 1 else "latin-1", "replace")
        elif code == _STYLE and len(record) >= 20:
            font, number = struct.unpack_from("<HH", record)
            lines, ground = struct.unpack_from("<IH", record, 14)
            font -= font > 4  # number 4 is left out
            bare = lines >> 26 == 0 or (lines >> 26 == 1 and ground & 0x7F in _PAPER)
            said = self.fonts[font] if font < len(self.fonts) else PLAIN_FONT
            fits = record[7] not in (0, 0xFF) or bool(record[8] & 0x10)
            scale = scale_of(self.sizes[font], self.sizes[0], fits=fits) if font < len(self.sizes) else 1.0
            self.looks.append(Look(code_of(number, self.formats), said.white, bare, said.struck, scale))


def shapes(source: bytes) -> Shapes:
    """What the file's records say; nothing where it is damaged, for calamine will say what is wrong with it."""
    found = Shapes()
    try:
        with olefile.OleFileIO(io.BytesIO(source)) as file:
            name = next((name for name in ("Workbook", "Book") if file.exists(name)), None)
            stream = file.openstream(name).read() if name else b""
    except (OSError, ValueError, struct.error, IndexError, TypeError):
        return found
    at = rows = columns = left = 0
    sheets: list[Shape] = []
    unsorted = False
    styles, texts = _Styles(), XlsTexts()
    while at + 8 <= len(stream):
        code, length = struct.unpack_from("<HH", stream, at)
        record = stream[at + 4 : at + 4 + length]
        if code in _CELLS:
            row, column = struct.unpack_from("<HH", stream, at + 4)
            rows, columns = max(rows, row), max(columns, column)
        elif code == _SHEET and length >= 4:
            found.sheets.append(Shape(struct.unpack_from("<I", stream, at + 4)[0]))
            unsorted = True
        elif code == RECALCULATED:
            found.counted = is_counted_by_excel(record)
        elif code in (_FONT, _FORMAT, _STYLE):
            styles.note(code, record)
        elif unsorted:
            sheets, unsorted = sorted(found.sheets, key=lambda each: each.start), False
        texts.note(code, record)
        begun = bisect_right(sheets, at, key=lambda each: each.start)
        sheet = sheets[begun - 1] if begun else None
        if sheet is not None and left < _MOST_LOOKS:
            _note(code, record, sheet)
            sheet.drawings.note(code, record)
            sheet.formulas.note(code, record)
            _note_rule(code, record, sheet, styles)
            if code == LABEL and (rich := texts.at(record, styles.fonts)) is not None:
                row, column, number = struct.unpack_from("<HHH", record)
                sheet.texts[row, column] = rich, number >= len(styles.looks) or styles.looks[number].bare
            for place, number in _styled(code, record):
                if number < len(styles.looks) and styles.looks[number].tells:
                    sheet.looks[place] = styles.looks[number]
                    left += 1
        at += 4 + length
    found.size = (rows + 1) * (columns + 1)
    found.counted = found.counted or any(each.formulas.counted for each in found.sheets)
    return found


def _note_rule(code: int, record: bytes, sheet: Shape, styles: _Styles) -> None:
    try:
        sheet.rules.note(code, record, styles.formats)
    except (struct.error, IndexError):
        sheet.rules.found.append(Condition(EVERYWHERE, None))  # a damaged rule: it may hide anything


def _styled(code: int, record: bytes) -> Iterator[tuple[tuple[int, int], int]]:
    """The cells of a record with the numbers of their looks."""
    if code in _NUMBERS and len(record) >= 6:
        row, column, style = struct.unpack_from("<HHH", record)
        yield (row, column), style
    elif code == _MANY_NUMBERS and len(record) >= 12:
        row, column = struct.unpack_from("<HH", record)
        for place in range((len(record) - 6) // 6):
            yield (row, column + place), struct.unpack_from("<H", record, 4 + 6 * place)[0]


def _note(code: int, record: bytes, sheet: Shape) -> None:
    if code == _ROW and len(record) >= 14:
        height = struct.unpack_from("<H", record, 6)[0]
        if struct.unpack_from("<H", record, 12)[0] & _HIDDEN_ROW or height < _LOWEST:
            sheet.hidden_rows.add(struct.unpack_from("<H", record, 0)[0])
    elif code == _COLUMNS and len(record) >= 10:
        first, last, width, _, flags = struct.unpack_from("<5H", record, 0)
        if flags & _HIDDEN_COLUMN or width < _NARROWEST:
            sheet.hidden_columns.update(range(first, min(last + 1, _MOST_COLUMNS)))
        else:
            sheet.room.widths.update(dict.fromkeys(range(first, min(last + 1, _MOST_COLUMNS)), width / 256))
    elif code == _USUAL_WIDTH and len(record) >= 2:
        sheet.room.otherwise = struct.unpack_from("<H", record, 0)[0] + 0.75  # without the margin at its sides
    elif code == _EXACT_WIDTH and len(record) >= 2:
        sheet.room.otherwise = struct.unpack_from("<H", record, 0)[0] / 256
    elif code == _WINDOW and len(record) >= 2:
        sheet.zeros = bool(struct.unpack_from("<H", record, 0)[0] & _SHOWS_ZEROS)
