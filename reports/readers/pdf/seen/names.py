"""Digits that a PDF's font names two ways: as one by its encoding, as another by its table of texts (ToUnicode).

Text is made of the table, what is printed follows the encoding. A damaged table that changes 6 and 9 moves no ink out
of its usual shape, and table 2 has no sums that would show it; the font's own word against it does. Looked for in fonts
of one byte a character that have both (ISO 32000-1, 9.6.6 and 9.10.3), in files that are not encrypted.
"""

from __future__ import annotations

import functools
import itertools
import re
import zlib
from collections.abc import Iterator

_NAMES = (b"zero", b"one", b"two", b"three", b"four", b"five", b"six", b"seven", b"eight", b"nine")
_MOST = 8_000_000  # bytes taken out of compressed streams
_FURTHEST = 4000  # bytes from a font's table to the beginning and to the end of its object
_LONGEST = 20_000  # bytes of a table for 256 codes: it needs a fourth of that
_MOST_FONTS = 400
_TABLE = re.compile(rb"/ToUnicode\s+(\d{1,9})\s+\d+\s+R")
_NUMBERED = re.compile(rb"(\d+)\s+\d+\s+$")
_ENCODING = re.compile(rb"/Encoding\s*(?:/(\w+)|(\d{1,9})\s+\d+\s+R|(<<))")
_DIFFERENCES = re.compile(rb"/Differences\s*\[(.*?)\]", re.DOTALL)
_NAMED = re.compile(rb"/(?:%s)\b" % b"|".join(_NAMES))
_ITEM = re.compile(rb"(\d{1,9})|/([\w.]+)")
_PART = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_SINGLE = re.compile(rb"<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]{4})>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]{2})>\s*(?:<([0-9A-Fa-f]{4})>|\[([^\]]*)\])")
_TEXT = re.compile(rb"<([0-9A-Fa-f]+)>")
_LATIN = frozenset((b"WinAnsiEncoding", b"MacRomanEncoding", b"StandardEncoding"))
_BASE = re.compile(rb"/BaseEncoding\s*/(?:%s)" % b"|".join(_LATIN))


def misnamed_digits(source: bytes) -> frozenset[str]:
    """The digits that the text of the file may hold in place of others; none in a sound file."""
    if b"/ToUnicode" not in source and b"/ObjStm" not in source:
        return frozenset()
    file = _File(source)
    found: set[str] = set()
    for font in itertools.islice(file.fonts(), _MOST_FONTS):
        table = _TABLE.search(font)
        codes = _digits(font, file)
        if table is None or not codes:
            continue
        named = _texts(file.stream(int(table[1]))[:_LONGEST])
        for code, digit in codes.items():
            told = chr(min(named.get(code, 0), 0xFFFF))
            if "0" <= told <= "9" and told != digit:
                found |= {told, digit}
    return frozenset(found)


def _texts(table: bytes) -> dict[int, int]:
    """Which characters a table names, by their codes of one byte."""
    named: dict[int, int] = {}
    for kind, part in _PART.findall(table):
        if kind == b"char":
            named |= {int(code, 16): int(text, 16) for code, text in _SINGLE.findall(part)}
            continue
        for first, last, text, listed in _RANGE.findall(part):
            codes = range(int(first, 16), int(last, 16) + 1)
            texts = [int(each, 16) for each in _TEXT.findall(listed)] or [
                int(text, 16) + at for at in range(len(codes))
            ]
            named |= dict(zip(codes, texts, strict=False))
    return named


def _digits(font: bytes, file: _File) -> dict[int, str]:
    """The codes of digits by the font's encoding; none where it has none that is known."""
    encoding = _ENCODING.search(font)
    if encoding is None or b"/Type0" in font:
        return {}
    told = file.object(int(encoding[2])) if encoding[2] else font
    latin = encoding[1] in _LATIN or _BASE.search(told) is not None
    codes = {0x30 + digit: str(digit) for digit in range(10)} if latin else {}
    differences = _DIFFERENCES.search(told) if latin or _NAMED.search(told) else None
    code = 0
    for number, name in _ITEM.findall(differences[1]) if differences else ():
        if number:
            code = int(number)
            continue
        codes.pop(code, None)
        if name in _NAMES:
            codes[code] = str(_NAMES.index(name))
        code += 1
    return codes


class _File:
    """As much of a file's objects as this needs, found by looking for them."""

    def __init__(self, source: bytes) -> None:
        self._source = source
        self._left = _MOST
        self._packed: dict[int, bytes] = {}  # objects that stand in compressed streams
        for match in re.finditer(rb"/ObjStm\b", source):
            self._unpack(source.rfind(b"obj", 0, match.start()))

    def fonts(self) -> Iterator[bytes]:
        """The objects that name a table of texts."""
        for match in _TABLE.finditer(self._source):
            start = self._source.rfind(b"obj", max(0, match.start() - _FURTHEST), match.start())
            end = self._source.find(b"endobj", match.end(), match.end() + _FURTHEST)
            yield self._source[start : end if end >= 0 else match.end()]
        yield from (each for each in self._packed.values() if b"/ToUnicode" in each)

    def object(self, number: int) -> bytes:
        """The text of an object; nothing where it is not found."""
        if number in self._packed:
            return self._packed[number]
        start = self._starts.get(number, -1)
        return self._source[start : self._source.find(b"endobj", start)] if start >= 0 else b""

    def stream(self, number: int) -> bytes:
        """The content of a stream."""
        return self._content(self._starts.get(number, -1))

    @functools.cached_property
    def _starts(self) -> dict[int, int]:
        """Where objects begin; of two with one number the one written last holds."""
        found: dict[int, int] = {}
        at = self._source.find(b"obj")
        while at >= 0:
            if number := _NUMBERED.search(self._source, max(0, at - 24), at):
                found[int(number[1])] = at + 3
            at = self._source.find(b"obj", at + 3)
        return found

    def _content(self, start: int) -> bytes:
        begin = self._source.find(b"stream", start) if start >= 0 else -1
        if begin < 0 or self._left <= 0:
            return b""
        head = self._source[start:begin]
        begin += 8 if self._source[begin + 6 : begin + 8] == b"\r\n" else 7
        end = self._source.find(b"endstream", begin)
        if b"/FlateDecode" not in head:
            return b"" if b"/Filter" in head else self._source[begin:end]
        try:
            content = zlib.decompressobj().decompress(self._source[begin:end], self._left)
        except zlib.error:
            return b""  # encrypted, or damaged
        self._left -= len(content)
        return content

    def _unpack(self, start: int) -> None:
        head = self._source[start : self._source.find(b"stream", start)]
        first = re.search(rb"/First\s+(\d+)", head)
        content = self._content(start)
        if first is None or (b"/ToUnicode" not in content and b"/Differences" not in content):
            return
        places = [int(each) for each in content[: int(first[1])].split() if each.isdigit()]
        body = content[int(first[1]) :]
        starts = [*places[1::2], len(body)]
        for number, begin, end in zip(places[::2], starts, starts[1:], strict=False):
            self._packed[number] = body[begin:end]
