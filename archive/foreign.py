"""Reads files that others made: WARC 0.18 to 1.1 and ARC, compressed or not, one gzip member or many, inside a WACZ.

Not by warcio, which refuses files with all records in one gzip member (FastWARC writes such) and rewrites header bytes
that are not ASCII.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BufferedReader
from pathlib import Path

from archive import arc
from archive.answer import read_answer
from archive.errors import ArchiveError, Damaged
from archive.exchange import Wire
from archive.unpacked import Unpacked

MOST_LINE = 1 << 16  # bytes of one header line
ZSTD = (b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18")  # a frame, or the dictionary that .warc.zst files begin with

WARC_NAMES = (".warc.gz", ".warc", ".warc.gz.open", ".arc.gz", ".arc")
PACKAGE = ".wacz"


@dataclass(frozen=True, slots=True)
class ForeignRecord:
    """One record of somebody else's file, its block exactly as it lies there."""

    kind: str
    headers: tuple[tuple[str, str], ...]  # in order, names as written
    block: bytes
    offset: int

    def header(self, name: str) -> str | None:
        """The first value of a WARC header, names compared without case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


@dataclass(frozen=True, slots=True)
class ForeignAnswer:
    """One answer of a server, or a resource, with a body."""

    url: str
    offset: int
    status: int
    media_type: str | None
    body: bytes


def is_archive(path: Path | str) -> bool:
    """Whether the name is that of a WARC, ARC or WACZ file."""
    return str(path).lower().endswith((*WARC_NAMES, PACKAGE))


def answers(path: Path | str) -> Iterator[ForeignAnswer]:
    """The answers of a WARC or WACZ file that have a body: what can be read for reports. Raises ``ArchiveError``."""
    for _, record in records(path):
        if record.kind not in ("response", "resource", "conversion"):
            continue
        url = (record.header("WARC-Target-URI") or "").strip("<>")
        media_type = record.header("Content-Type") or ""
        if record.kind == "response" and media_type.replace(" ", "").startswith("application/http"):
            wire: Wire = record.block
            answer = read_answer(wire)
            status, body, kind = answer.status, answer.body(), answer.media_type
        else:
            status, body, kind = 0, record.block, media_type.split(";")[0].strip().lower()
        if body:
            yield ForeignAnswer(url, record.offset, status, kind or None, body)


def records(path: Path | str) -> Iterator[tuple[str, ForeignRecord]]:
    """All records, each with the name of the WARC file (inside a WACZ: its member) in which it lies.

    Raises ``ArchiveError`` where the file is not there or is no WARC, and at the place where one breaks off.
    """
    path = Path(path)
    try:
        if path.name.lower().endswith(PACKAGE):
            yield from _in_wacz(path)
        else:
            with path.open("rb") as stream:
                yield from ((path.name, record) for record in _in_warc(stream.fileno(), path.name))
    except OSError as error:
        raise ArchiveError(f"{path}: {error.strerror or error}") from error
    except zipfile.BadZipFile as error:
        raise ArchiveError(f"{path} is not a WACZ file: {error}") from error


def _in_wacz(path: Path, name: str = "") -> Iterator[tuple[str, ForeignRecord]]:
    with zipfile.ZipFile(path) as package:
        inside = [info.filename for info in package.infolist() if is_archive(info.filename)]
        if not inside:
            raise ArchiveError(f"{name or path} holds no WARC file")
        for member in inside:
            with package.open(member) as source, tempfile.NamedTemporaryFile() as copy:
                shutil.copyfileobj(source, copy)
                copy.flush()
                where = f"{name or path.name}/{member}"
                if member.lower().endswith(PACKAGE):  # a package of packages, as browsertrix writes of a collection
                    yield from _in_wacz(Path(copy.name), where)
                else:
                    yield from ((member, record) for record in _in_warc(copy.fileno(), where))


def _in_warc(descriptor: int, name: str) -> Iterator[ForeignRecord]:
    """Records one after the other: each a gzip member, or many in one (as some tools write them), or not compressed."""
    if os.pread(descriptor, 4, 0) in ZSTD:
        raise ArchiveError(f"{name} is packed with Zstandard, which is not read: unpack it first (zstd -d)")
    if os.pread(descriptor, 2, 0) == b"\x1f\x8b":
        try:
            yield from _split(Unpacked(descriptor), name)
        except Damaged as error:
            raise ArchiveError(f"{name}: {error}") from error
        return
    with open(descriptor, "rb", closefd=False) as stream:
        stream.seek(0)
        yield from _split(stream, name)


def _split(stream: BufferedReader | Unpacked, name: str) -> Iterator[ForeignRecord]:
    while True:
        offset = stream.tell()
        line = stream.readline(MOST_LINE)
        if not line:
            return
        if not line.strip():
            continue  # the two empty lines after each record
        where = f"{name} at offset {offset}"
        length = arc.length_of(line)
        if length is not None:
            block = _block(stream, length, where)
            kind, told = arc.as_warc(line, block)
            yield ForeignRecord(kind, told, block, offset)
            continue
        if not line.startswith(b"WARC/"):
            raise ArchiveError(f"{where}: not a WARC record")
        headers = _headers(stream)
        record = ForeignRecord("", headers, b"", offset)
        said = record.header("Content-Length") or ""
        if not said.isdigit():
            raise ArchiveError(f"{where}: a record without Content-Length")
        block = _block(stream, int(said), where)
        yield replace(record, kind=(record.header("WARC-Type") or "").lower(), block=block)


def _headers(stream: BufferedReader | Unpacked) -> tuple[tuple[str, str], ...]:
    headers: list[tuple[str, str]] = []
    while (line := stream.readline(MOST_LINE)).strip():
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        if text[:1] in " \t" and headers:
            headers[-1] = headers[-1][0], f"{headers[-1][1]} {text.strip()}"  # a folded line, of WARC 1.0
        else:
            key, _, value = text.partition(":")
            headers.append((key.strip(), value.strip()))
    return tuple(headers)


def _block(stream: BufferedReader | Unpacked, length: int, where: str) -> bytes:
    block = stream.read(length)
    if len(block) != length:
        raise ArchiveError(f"{where}: the file breaks off inside a record")
    stream.peek()  # the end of the gzip member, so that a damaged one gives no record
    return block
