"""The content of a gzip file of however many members as one stream: other people's files may hold all in one member."""

from __future__ import annotations

import os
import zlib
from collections import deque
from collections.abc import Iterator

from archive.errors import Damaged

PIECE = 1 << 16  # bytes that are unpacked at a time: a small file may unfold to more than fits into memory


class Unpacked:
    """Reads like a file. A member's end, and with it its CRC, is checked before the last of its bytes are given out.

    Raises ``Damaged`` where bytes are no member, or where one breaks off. Zeros after the last member are no damage:
    tape blocks and some servers fill up with them.
    """

    def __init__(self, descriptor: int) -> None:
        self._pieces = _checked(_pieces(descriptor))
        self._held = b""
        self._position = 0  # in the unpacked content, of the first byte held
        self._members: deque[tuple[int, int]] = deque()  # where in the content each begins, and where in the file

    def tell(self) -> int:
        """Where in the file the member begins that holds the next byte."""
        self.peek()
        while len(self._members) > 1 and self._members[1][0] <= self._position:
            self._members.popleft()
        return self._members[0][1] if self._members else 0

    def peek(self) -> bytes:
        """Some of the bytes that follow; b"" at the end."""
        if not self._held:
            self._more()
        return self._held

    def read(self, size: int) -> bytes:
        """So many bytes, or as many as there are."""
        parts: list[bytes] = []
        while size and self.peek():
            parts.append(self._take(min(size, len(self._held))))
            size -= len(parts[-1])
        return b"".join(parts)

    def readline(self, limit: int) -> bytes:
        """Up to and with the line end, but not more than ``limit`` bytes."""
        while (end := self._held.find(b"\n", 0, limit)) < 0 and len(self._held) < limit and self._more():
            pass
        return self._take(end + 1 if end >= 0 else min(limit, len(self._held)))

    def _take(self, size: int) -> bytes:
        taken, self._held = self._held[:size], self._held[size:]
        self._position += len(taken)
        return taken

    def _more(self) -> bool:
        for member, data in self._pieces:
            if not self._members or self._members[-1][1] != member:
                self._members.append((self._position + len(self._held), member))
            self._held += data
            return True
        return False


def _checked(pieces: Iterator[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    """One piece behind, so that what is wrong with a member's end is told before its last bytes are out."""
    held: tuple[int, bytes] | None = None
    for piece in pieces:
        if held is not None and held[1]:
            yield held
        held = piece


def _pieces(descriptor: int) -> Iterator[tuple[int, bytes]]:
    """(offset of the member, some of its content); an empty piece follows each member's checked end."""
    data, read = b"", 0
    while True:
        if not data:
            data = os.pread(descriptor, PIECE, read)
            read += len(data)
        if not data:
            return
        start = read - len(data)
        if start and not data.strip(b"\0") and _only_zeros(descriptor, read):
            return
        inflate = zlib.decompressobj(31)
        while not inflate.eof:
            if not data:
                data = os.pread(descriptor, PIECE, read)
                read += len(data)
                if not data:
                    raise Damaged(f"the gzip member at offset {start} breaks off at the end of the file")
            try:
                content = inflate.decompress(data, PIECE)
            except zlib.error as error:
                raise Damaged(f"no valid gzip member at offset {start}: {error}") from error
            data = inflate.unused_data if inflate.eof else inflate.unconsumed_tail
            if content:
                yield start, content
        yield start, b""


def _only_zeros(descriptor: int, position: int) -> bool:
    while data := os.pread(descriptor, PIECE, position):
        if data.strip(b"\0"):
            return False
        position += len(data)
    return True
