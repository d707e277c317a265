"""A WARC file that grows by whole exchanges: all records of one are compressed first, then written in one write."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import IO

from archive.exchange import Wire
from archive.manifest import Manifest, SealedFile
from archive.records import Headers, header_block, member, urn, warc_date
from archive.shelf import OPEN, Shelf

SPOOL = 4 << 20  # bytes; what is longer goes through a file instead of through memory


class Batch:
    """The records of one exchange, compressed, on their way to the file in one write."""

    def __init__(self, folder: Path) -> None:
        self.size = 0
        self.records = 0
        self.first = self.last = ""
        self._folder = folder
        self._pieces: list[bytes] = []
        self._spool: IO[bytes] | None = None  # what came before the pieces

    def __enter__(self) -> Batch:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._spool is not None:
            self._spool.close()

    def chunks(self) -> Iterator[bytes]:
        """All of it, in order: in one piece, if it fits into memory."""
        if self._spool is not None:
            self._spool.seek(0)
            while data := self._spool.read(SPOOL):
                yield data
        if self._pieces:
            yield b"".join(self._pieces)

    def add(self, kind: str, identifier: str, headers: Headers, media_type: str, block: Wire) -> int:
        """Compresses one record and returns the length of its gzip member."""
        headers = [("WARC-Record-ID", urn(identifier)), *headers]
        headers += [("WARC-Block-Digest", block_digest(block)), ("Content-Type", media_type)]
        return self._compress(kind, headers, block)

    def copy(self, kind: str, headers: Sequence[tuple[str, str]], block: bytes) -> int:
        """The same for a record that has its headers; a block digest is added where there is none."""
        own = [] if any(name.lower() == "warc-block-digest" for name, _ in headers) else ["WARC-Block-Digest"]
        return self._compress(kind, [*headers, *((name, block_digest(block)) for name in own)], block)

    def _compress(self, kind: str, headers: Sequence[tuple[str, str | None]], block: Wire) -> int:
        before = self.size
        date = next((value for name, value in headers if name.lower() == "warc-date"), None)
        self.first = self.first or date or ""
        self.last = date or ""
        for piece in member(header_block(kind, headers, len(block)), block):
            self._pieces.append(piece)
            self.size += len(piece)
            if sum(map(len, self._pieces)) > SPOOL:
                self._put_aside()
        self.records += 1
        return self.size - before

    def _put_aside(self) -> None:
        if self._spool is None:
            self._spool = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115  closed in __exit__
        self._spool.writelines(self._pieces)
        self._pieces.clear()


class GrowingFile:
    """A WARC file that is being written, with the digest of what it holds so far."""

    def __init__(self, shelf: Shelf, name: str) -> None:
        self.shelf = shelf
        self.name = name
        self.warc = f"{shelf.portal}/{name}"
        self.path = shelf.path / (name + OPEN)
        self.opened = datetime.now(UTC)
        self.size = 0
        self.records = 0
        self.first = self.last = ""
        self._digest = sha256()
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        self._descriptor = os.open(self.path, flags, 0o644)

    def append(self, batch: Batch) -> int:
        """Adds the batch and returns the offset of its first record; on an error the file is as it was before."""
        start = self.size
        digest = self._digest.copy()
        try:
            for data in batch.chunks():
                digest.update(data)
                view = memoryview(data)
                while view:  # a disk that fills up takes a part first
                    view = view[os.write(self._descriptor, view) :]
                self.size += len(data)
        except BaseException:
            self.size = start
            os.ftruncate(self._descriptor, start)
            raise
        self._digest = digest
        self.records += batch.records
        self.first = self.first or batch.first
        self.last = batch.last
        return start

    def sync(self) -> None:
        """fdatasync."""
        os.fdatasync(self._descriptor)

    def seal(self, crawl: str, by: str, key: Path | None) -> SealedFile:
        """Makes the file durable, writes its manifest line, takes ``.open`` off its name, in this order: whatever is
        interrupted, the next start finds a file to seal, never one without its line."""
        os.fsync(self._descriptor)
        entry = SealedFile(
            file=self.name,
            digest="sha256:" + self._digest.hexdigest(),
            bytes=self.size,
            records=self.records,
            first=self.first,
            last=self.last,
            crawl=crawl,
            sealed=warc_date(datetime.now(UTC)),
            by=by,
            previous=None,
        )
        entry = Manifest(self.shelf.path).append(entry, key)
        self.path.rename(self.shelf.path / self.name)
        self.shelf.sync()
        self.abandon()
        return entry

    def abandon(self) -> None:
        """Lets go of the file as it is."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def block_digest(block: Wire) -> str:
    """As WARC-Block-Digest has it."""
    return "sha256:" + sha256(block).hexdigest()
