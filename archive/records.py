"""The WARC record: how it is built and how it is read back. One gzip member a record, WARC/1.1.

Source: The WARC Format 1.1 (ISO 28500:2017).
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from archive.errors import Damaged
from archive.exchange import Wire

LEVEL = 6  # of gzip: higher ones cost twice the time for a hundredth of the size
STEP = 1 << 20
SMALL = 4096  # bytes: such records are compressed in a small window, with the same result in a fifth of the time
MAGIC = b"\x1f\x8b\x08"  # of a gzip member
_END = b"\r\n\r\n"
READ_AHEAD = 1 << 15
VERSION = b"WARC/1.1\r\n"
SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"

Headers = Iterable[tuple[str, str | None]]


def new_id() -> str:
    """32 hexadecimal digits, the UUID of a new record."""
    return uuid4().hex


def urn(identifier: str) -> str:
    """``<urn:uuid:…>`` as WARC-Record-ID has it, of 32 hexadecimal digits."""
    i = identifier
    return f"<urn:uuid:{i[:8]}-{i[8:12]}-{i[12:16]}-{i[16:20]}-{i[20:]}>"


def from_urn(text: str) -> str:
    """The 32 hexadecimal digits of ``<urn:uuid:…>``; any other identifier (of other people's files) as it is."""
    inner = text.strip().removeprefix("<").removesuffix(">")
    if inner.lower().startswith("urn:uuid:"):
        return inner[9:].replace("-", "").lower()
    return inner


def warc_date(moment: datetime) -> str:
    """UTC with milliseconds and Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def header_block(kind: str, headers: Headers, length: int) -> bytes:
    """The record's own headers up to and with the blank line; those with the value None are left out.

    A line break inside a value would end the header, so it becomes a space.
    """
    lines = [f"WARC-Type: {kind}"]
    lines += [f"{name}: {' '.join(value.splitlines())}" for name, value in headers if value is not None]
    lines.append(f"Content-Length: {length}")
    return VERSION + "\r\n".join(lines).encode() + b"\r\n\r\n"


def member(head: bytes, block: Wire) -> Iterator[bytes]:
    """One record as one gzip member, in pieces; without a time stamp, so that the same record gives the same bytes."""
    if len(head) + len(block) + len(_END) <= SMALL:
        deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, 16 + 12, 5)
        yield deflate.compress(head + bytes(block) + _END) + deflate.flush()
        return
    deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    yield deflate.compress(head)
    for start in range(0, len(block), STEP):
        yield deflate.compress(block[start : start + STEP])
    yield deflate.compress(_END) + deflate.flush()


@dataclass(frozen=True, slots=True)
class WarcRecord:
    """One record read back."""

    kind: str  # WARC-Type
    headers: dict[str, str]  # names in lower case
    block: bytes
    offset: int  # of its gzip member
    length: int  # of that member, in bytes

    @property
    def id(self) -> str:
        """The UUID as 32 hexadecimal digits."""
        return from_urn(self.headers.get("warc-record-id", ""))


class Members:
    """The gzip members of an open file, one after the other, each whole and with its CRC checked by zlib.

    Iterating gives (offset, length, content). Stops at the end of the file; raises ``Damaged`` at bytes that are no
    member, or at one that breaks off (``torn`` then tells that the file ended inside it).
    """

    def __init__(self, descriptor: int, offset: int = 0) -> None:
        self._descriptor = descriptor
        self.offset = offset
        self.torn = False
        self._buffer = b""
        self._position = offset  # in the file, of the end of the buffer

    def __iter__(self) -> Iterator[tuple[int, int, bytes]]:
        while (found := self.next()) is not None:
            yield found

    def next(self) -> tuple[int, int, bytes] | None:
        """The next member, or None at the end of the file."""
        start = self.offset
        inflate = zlib.decompressobj(31)
        parts: list[bytes] = []
        data = self._buffer or self._read()
        if not data:
            return None
        consumed = 0
        while True:
            try:
                parts.append(inflate.decompress(data))
            except zlib.error as error:
                raise Damaged(f"no valid gzip member at offset {start}: {error}") from error
            consumed += len(data)
            if inflate.eof:
                break
            data = self._read()
            if not data:
                self.torn = True
                raise Damaged(f"the gzip member at offset {start} breaks off at the end of the file")
        self._buffer = inflate.unused_data
        length = consumed - len(self._buffer)
        self.offset = start + length
        return start, length, b"".join(parts)

    def _read(self) -> bytes:
        data = os.pread(self._descriptor, READ_AHEAD, self._position)
        self._position += len(data)
        return data


def next_member(descriptor: int, position: int) -> int | None:
    """Where the next gzip member that holds a WARC record begins; None where none follows."""
    size = os.fstat(descriptor).st_size
    window = 1 << 20
    while position < size:
        data = os.pread(descriptor, window + 2, position)
        at = data.find(MAGIC)
        while 0 <= at < window:
            try:
                start = zlib.decompressobj(31).decompress(os.pread(descriptor, 512, position + at), 7)
            except zlib.error:
                start = b""
            if start.startswith(b"WARC/1."):
                return position + at
            at = data.find(MAGIC, at + 1)
        position += window
    return None


def parse_record(content: bytes, offset: int, length: int) -> WarcRecord:
    """The record in a member's content. Raises ``Damaged`` where the syntax is not WARC's."""
    end = content.find(b"\r\n\r\n")
    if not content.startswith(b"WARC/1.") or end < 0:
        raise Damaged(f"no WARC record at offset {offset}")
    headers: dict[str, str] = {}
    for line in content[:end].split(b"\r\n")[1:]:
        name, colon, value = line.partition(b":")
        if not colon:
            raise Damaged(f"header line without a colon in the record at offset {offset}")
        headers[name.decode("latin-1").strip().lower()] = value.decode("utf-8", "replace").strip()
    size = headers.get("content-length", "")
    start = end + 4
    if not size.isdigit() or len(content) != start + int(size) + 4 or not content.endswith(b"\r\n\r\n"):
        raise Damaged(f"Content-Length does not fit the record at offset {offset}")
    return WarcRecord(headers.get("warc-type", ""), headers, content[start:-4], offset, length)


def read_records(descriptor: int, offset: int = 0) -> Iterator[WarcRecord]:
    """The records of an open file from an offset on; raises ``Damaged`` where they stop being readable."""
    for start, length, content in Members(descriptor, offset):
        yield parse_record(content, start, length)


def parse_fields(block: bytes) -> dict[str, str]:
    """``application/warc-fields``: names in lower case; of a name that comes twice the first counts."""
    fields: dict[str, str] = {}
    for line in block.decode("utf-8", "replace").split("\r\n"):
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.strip().lower(), value.strip())
    return fields


def format_fields(fields: Headers) -> bytes:
    """``application/warc-fields``; line breaks in values become spaces, None is left out."""
    return b"".join(f"{n}: {' '.join(v.split())}\r\n".encode() for n, v in fields if v is not None)
