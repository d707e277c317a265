"""Writes exchanges as WARC records: one writer a portal, one gzip member a record, one write an exchange."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType

from archive import composed
from archive.answer import Answer, read_answer
from archive.capture import Capture
from archive.errors import ArchiveError, ArchiveFull
from archive.exchange import Exchange
from archive.growing import Batch, GrowingFile, block_digest
from archive.manifest import SealedFile
from archive.payloads import SMALLEST, Payload, Payloads
from archive.records import format_fields, new_id, urn, warc_date
from archive.recovery import RecoveryReport, recover_shelf
from archive.shelf import SUFFIX, Shelf

CONFORMS_TO = "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class WarcWriter:
    """The one writer of a portal's archive during a crawl; a context manager.

    Opening it takes the portal's lock (``PortalBusy`` where another process has it) and brings what a killed crawl left
    into order (``recovered`` tells what). ``write`` returns the capture and also keeps it in ``pending`` until
    ``take_pending``: the captures that the database has not named yet. After ``sync`` it may name them.

    A full disk raises ``ArchiveFull``; the exchange in hand is then taken back whole and the file stays readable.

    ``reserve`` bytes stay free on the disk: exchanges are refused before it is really full.
    ``info`` goes into the warcinfo record of each file (operator, robots, settings digest, capture …).
    """

    def __init__(
        self,
        folder: Path | str,
        *,
        portal: str,
        crawl: str,
        info: Mapping[str, str] | None = None,
        max_bytes: int = 1 << 30,
        max_age: timedelta = timedelta(hours=24),
        sign_with: Path | None = None,
        software: str = "gongkai",
        sealed_by: str = "close",
        reserve: int = 0,
    ) -> None:
        self.shelf = Shelf(folder, portal)
        self.portal = portal
        self.crawl = crawl
        self.pending: list[Capture] = []
        self.sealed: list[SealedFile] = []  # by this writer, in order
        self._info = {"software": software, **(info or {})}
        self._max_bytes = max_bytes
        self._max_age = max_age
        self._sign_with = sign_with
        self._sealed_by = sealed_by
        self._reserve = reserve
        self._file: GrowingFile | None = None
        self._unsafe = False  # a last fdatasync failed: nobody may name what was written
        self._warcinfo = ""
        self.recovered: RecoveryReport
        with self._space():
            self.shelf.lock()
            try:
                self.recovered = recover_shelf(self.shelf)
                self._payloads = Payloads(self.shelf)
            except BaseException:
                self.shelf.unlock()
                raise

    def __enter__(self) -> WarcWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def write(self, exchange: Exchange) -> Capture:
        """Archives one exchange: response (or revisit), request and metadata, in one write.

        Raises ``ArchiveFull``, after which nothing of it is on the disk, and ``ArchiveError`` for an exchange without a
        single byte of an answer (for that there is ``write_failure``).
        """
        if not len(exchange.response):
            raise ArchiveError(f"no answer to archive for {exchange.url}")
        self.check_room()
        file = self._current()
        answer = read_answer(exchange.response, exchange.request.split(b" ", 1)[0] or b"GET")
        digest = composed.payload_digest(answer)
        earlier = self._earlier(exchange, answer, digest)
        with self._space(), Batch(self.shelf.path) as batch:
            described = composed.add_answer(batch, exchange, answer, digest, earlier, self._warcinfo)
            composed.add_request(batch, exchange, self._warcinfo, described.id)
            composed.add_metadata(batch, exchange, self._warcinfo, described.id)
            offset = file.append(batch)
        capture = replace(described, crawl=self.crawl, portal=self.portal, warc=file.warc, offset=offset)
        if digest and not earlier and not exchange.truncated and _weighs(answer):
            self._payloads.add(
                Payload(
                    digest, answer.framing, capture.id, capture.time, exchange.url, file.warc, offset, capture.digest,
                    capture.size,
                )
            )  # fmt: skip
        self.pending.append(capture)
        return capture

    def write_failure(self, exchange: Exchange, error: str) -> None:
        """Keeps that an address did not answer: the request, if one was sent, and a metadata record with the error.

        No capture: there is no answer to read.
        """
        file = self._current()
        with self._space(), Batch(self.shelf.path) as batch:
            request = composed.add_request(batch, exchange, self._warcinfo, None)
            composed.add_metadata(batch, exchange, self._warcinfo, request, [("error", error)])
            file.append(batch)

    def write_resource(self, uri: str, media_type: str, body: bytes) -> Capture:
        """Archives a file that the crawl itself made (settings, seeds, summary) under an address of its own."""
        file = self._current()
        time, identifier = warc_date(datetime.now(UTC)), new_id()
        digest = block_digest(body)
        headers = [
            ("WARC-Date", time),
            ("WARC-Target-URI", uri),
            ("WARC-Warcinfo-ID", urn(self._warcinfo)),
        ]
        with self._space(), Batch(self.shelf.path) as batch:
            length = batch.add("resource", identifier, headers, media_type, body)
            offset = file.append(batch)
        capture = Capture(
            id=identifier,
            crawl=self.crawl,
            portal=self.portal,
            url=uri,
            time=time,
            kind="resource",
            status=0,
            media_type=media_type.split(";")[0].strip().lower(),
            digest=digest,
            size=len(body),
            warc=file.warc,
            offset=offset,
            length=length,
        )
        self.pending.append(capture)
        return capture

    def write_conversion(self, capture: Capture, media_type: str, body: bytes) -> str:
        """Archives what a capture was turned into, such as the text of a PDF. Returns the record's id."""
        file = self._current()
        identifier = new_id()
        headers = [
            ("WARC-Date", warc_date(datetime.now(UTC))),
            ("WARC-Target-URI", capture.url),
            ("WARC-Refers-To", urn(capture.id)),
            ("WARC-Warcinfo-ID", urn(self._warcinfo)),
        ]
        with self._space(), Batch(self.shelf.path) as batch:
            batch.add("conversion", identifier, headers, media_type, body)
            file.append(batch)
        return identifier

    def copy_record(self, kind: str, headers: Sequence[tuple[str, str]], block: bytes) -> None:
        """Archives a record of somebody else's file with its own headers (id and date among them) and its block.

        Nothing becomes pending: the store reads imported captures as `iterate` gives them.
        """
        file = self._current()
        with self._space(), Batch(self.shelf.path) as batch:
            batch.copy(kind, headers, block)
            file.append(batch)

    def check_room(self) -> None:
        """Raises ``ArchiveFull`` where less than the reserve is free: the databases beside the archive, which cannot
        take back half a write as easily, need room to end well, and so does the crawl's summary."""
        if not self._reserve:
            return
        disk = os.statvfs(self.shelf.path)
        free = disk.f_bavail * disk.f_frsize
        if free < self._reserve:
            raise ArchiveFull(
                f"no space left for the archive of {self.portal} in {self.shelf.path}: {free >> 20} MB free,"
                f" {self._reserve >> 20} MB are kept in reserve"
            )

    def take_pending(self) -> list[Capture]:
        """The captures that no database has named yet, in the order written; from now on they count as taken."""
        taken, self.pending = self.pending, []
        return taken

    def sync(self) -> None:
        """Makes everything written so far durable. Raises ``ArchiveFull`` where the disk turns out to be full."""
        if self._unsafe:
            raise ArchiveFull(f"what was last written of {self.portal} may not be on the disk: no space left")
        if self._file is None:
            return
        with self._space():
            self._file.sync()

    def close(self) -> None:
        """Seals the file and gives the portal back. On a full disk the file stays ``.open`` for the next start."""
        try:
            if self._file is not None:
                self._unsafe = True
                with self._space():
                    self._file.sync()
                self._unsafe = False
                self._seal(self._sealed_by)
        finally:
            if self._file is not None:
                self._file.abandon()
                self._file = None
            self._payloads.close()
            self.shelf.unlock()

    def _current(self) -> GrowingFile:
        file = self._file
        if file is not None and (file.size >= self._max_bytes or datetime.now(UTC) - file.opened >= self._max_age):
            self._seal("rotation")
            file = None
        if file is None:
            file = self._open()
        return file

    def _open(self) -> GrowingFile:
        serial = self.shelf.next_serial(self.crawl)
        name = f"{self.crawl}-{serial:05d}{SUFFIX}"
        with self._space():
            file = GrowingFile(self.shelf, name)
            self.shelf.sync()
        self._file = file
        self._warcinfo = new_id()
        fields = {
            **self._info,
            "format": "WARC File Format 1.1",
            "conformsTo": CONFORMS_TO,
            "isPartOf": self.crawl,
            "portal": self.portal,
        }
        headers = [("WARC-Date", warc_date(file.opened)), ("WARC-Filename", name)]
        try:
            with self._space(), Batch(self.shelf.path) as batch:
                batch.add("warcinfo", self._warcinfo, headers, composed.FIELDS, format_fields(fields.items()))
                file.append(batch)
        except ArchiveFull:
            file.abandon()
            file.path.unlink()  # nothing in it
            self._file = None
            raise
        return file

    def _earlier(self, exchange: Exchange, answer: Answer, digest: str | None) -> Payload | None:
        if digest is None or exchange.truncated or not exchange.exact or not _weighs(answer):
            return None
        coded = answer.header(b"content-encoding")
        return None if coded else self._payloads.find(digest, answer.framing)

    def _seal(self, by: str) -> None:
        assert self._file is not None
        file = self._file
        with self._space():
            self.sealed.append(file.seal(self.crawl, by, self._sign_with))
        self._file = None
        self._payloads.sealed(file.warc, file.size)

    @contextmanager
    def _space(self) -> Iterator[None]:
        """Around all that takes space: says in one line that there is none."""
        try:
            yield
        except OSError as error:
            if error.errno not in FULL:
                raise
            raise ArchiveFull(f"no space left for the archive of {self.portal} in {self.shelf.path}") from error


def _weighs(answer: Answer) -> bool:
    return len(answer.wire) - answer.head_end >= SMALLEST
