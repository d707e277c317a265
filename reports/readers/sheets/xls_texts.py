"""The texts of a binary workbook that are set in several fonts ([MS-XLS] on SST and XLUnicodeRichExtendedString).

All texts stand in one table, which goes on over several records. Only texts of which a part is raised, struck or white
are kept; the rest calamine reads.
"""

from __future__ import annotations

import contextlib
import struct
from dataclasses import dataclass, field
from typing import Final

from reports.readers.sheets.rich import PLAIN_FONT, Font, Rich, rich

TABLE, CONTINUED, LABEL = 0x00FC, 0x003C, 0x00FD
_WIDE, _EXTENDED, _RICH = 0x01, 0x04, 0x08
_MOST: Final = 20_000


@dataclass(slots=True)
class XlsTexts:
    """The table as its records come."""

    _parts: list[bytes] = field(default_factory=list)
    _open: bool = False
    _rich: dict[int, Rich] | None = None

    def note(self, code: int, record: bytes) -> None:
        """Takes in a record of the workbook."""
        if code == TABLE or (code == CONTINUED and self._open):
            self._parts.append(record)
            self._open = True
        else:
            self._open = False

    def at(self, record: bytes, fonts: list[Font]) -> Rich | None:
        """The text that the record of a cell names, where it is to be told from what calamine reads."""
        if len(record) < 10 or not any(any(font) for font in fonts):
            return None
        if self._rich is None:
            self._rich = {}
            with contextlib.suppress(struct.error, IndexError):  # calamine says what is wrong with the file
                self._read(fonts, self._rich)
        return self._rich.get(struct.unpack_from("<I", record, 6)[0])

    def _read(self, fonts: list[Font], found: dict[int, Rich]) -> None:
        reader = _Reader(self._parts, 0, 8)
        (count,) = struct.unpack_from("<I", self._parts[0], 4)
        for number in range(min(count, _MOST)):
            text, starts = reader.text()
            bounds = [at for at, _ in starts] + [len(text)]
            runs = [(text[: bounds[0]], PLAIN_FONT)]
            for (begin, font), end in zip(starts, bounds[1:], strict=True):
                font -= font > 4  # number 4 is left out
                runs.append((text[begin:end], fonts[font] if font < len(fonts) else PLAIN_FONT))
            made = rich(runs)
            if isinstance(made, Rich):
                found[number] = made


@dataclass(slots=True)
class _Reader:
    """A place in the records of the table."""

    parts: list[bytes]
    part: int
    place: int

    def _bytes(self, size: int) -> bytes:
        taken = b""
        while True:
            piece = self.parts[self.part][self.place : self.place + size - len(taken)]
            self.place += len(piece)
            taken += piece
            if len(taken) == size:
                return taken
            self.part, self.place = self.part + 1, 0

    def text(self) -> tuple[str, list[tuple[int, int]]]:
        """The next text, and where in it which font begins."""
        length, flags = struct.unpack("<HB", self._bytes(3))
        runs = struct.unpack("<H", self._bytes(2))[0] if flags & _RICH else 0
        extended = struct.unpack("<I", self._bytes(4))[0] if flags & _EXTENDED else 0
        text = self._characters(length, flags)
        starts = [struct.unpack("<HH", self._bytes(4)) for _ in range(runs)]
        self._bytes(extended)
        return text, starts

    def _characters(self, length: int, flags: int) -> str:
        text = ""
        while True:
            width = 2 if flags & _WIDE else 1
            here = min(length - len(text), (len(self.parts[self.part]) - self.place) // width)
            text += self._bytes(here * width).decode("utf-16-le" if width == 2 else "latin-1", "replace")
            if len(text) >= length:
                return text
            self.part, self.place = self.part + 1, 1  # a text that goes on says again how wide its characters are
            flags = self.parts[self.part][0]
