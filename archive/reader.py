"""Reads captures back: all in the order in which they were written, or one at its place."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from types import TracebackType

from archive.answer import Answer, read_answer
from archive.capture import Capture
from archive.errors import ArchiveError, Damaged, Orphan
from archive.originals import Originals
from archive.records import Members, WarcRecord, from_urn, next_member, parse_fields, parse_record
from archive.shelf import OPEN, Shelf, locate, shelves

OnDamage = Callable[[str, int, str], None]
MOST_OPEN_FILES = 32


@dataclass(frozen=True, slots=True)
class ArchivedRecord:
    """One capture with everything that was archived of it."""

    capture: Capture
    http_head: bytes  # status line, headers and blank line, exactly as sent; b"" for a resource
    raw_body: bytes  # everything after the head, exactly as sent: chunk framing and extra bytes included
    body: bytes  # after transfer and content decoding
    headers: tuple[tuple[bytes, bytes], ...]  # of the answer, in order, names as sent
    request: bytes  # request line and headers as sent; b"" where none was archived
    warc_headers: dict[str, str]  # of the WARC record, names in lower case


def iterate(
    folder: Path | str,
    portal: str | None = None,
    after: tuple[str, int] | None = None,
    on_damage: OnDamage | None = None,
) -> Iterator[tuple[Capture, bytes]]:
    """All captures and their decoded bodies, portal by portal, each in the order in which it was written.

    ``after`` is the place (``warc``, ``offset``) of the last capture that the caller has seen; it needs ``portal``.
    A revisit comes with the body to which it refers; one that others made of an answer that they did not give along is
    left out. A torn tail of a file that is still open ends that file quietly
    (``recover`` sets it aside). Damage anywhere else raises ``Damaged``, or is told to ``on_damage(warc, offset,
    what)``, and reading goes on at the next record that can be read.
    """
    with ArchiveReader(folder) as reader:
        yield from reader.iterate(portal, after, on_damage)


def read(folder: Path | str, warc: str, offset: int) -> ArchivedRecord:
    """The capture at a place. Raises ``ArchiveError`` where there is none."""
    with ArchiveReader(folder) as reader:
        return reader.read(warc, offset)


class ArchiveReader:
    """Reads many records and keeps files open meanwhile; a context manager. One thread at a time."""

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        self._files: OrderedDict[str, int] = OrderedDict()
        self._crawls: dict[str, str] = {}
        self._originals = Originals(self.folder, self.record, self._readable)

    def __enter__(self) -> ArchiveReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of all files."""
        while self._files:
            os.close(self._files.popitem()[1])

    def iterate(
        self,
        portal: str | None = None,
        after: tuple[str, int] | None = None,
        on_damage: OnDamage | None = None,
    ) -> Iterator[tuple[Capture, bytes]]:
        """See the function of the same name."""
        if after is not None and portal is None:
            raise ArchiveError("reading on after a capture needs its portal")
        for shelf in shelves(self.folder, portal):
            files = shelf.files()
            start = 0
            if after is not None:
                names = [shelf.named(path) for path in files]
                if after[0] not in names:
                    raise ArchiveError(f"{after[0]} is not in the archive {self.folder}")
                files = files[names.index(after[0]) :]
                start = after[1]
            for path in files:
                for capture, body in self._captures(shelf, path, start, on_damage):
                    if after is None or (capture.warc, capture.offset) != after:
                        yield capture, body
                start = 0

    def read(self, warc: str, offset: int) -> ArchivedRecord:
        """See the function of the same name."""
        members = Members(self._open(warc), offset)
        found = members.next()
        if found is None:
            raise ArchiveError(f"no record at offset {offset} of {warc}")
        record = parse_record(found[2], found[0], found[1])
        if record.kind not in ("response", "revisit", "resource"):
            raise ArchiveError(f"the record at offset {offset} of {warc} is a {record.kind}, not a capture")
        capture, answer = self._capture(record, warc, warc.partition("/")[0])
        request = b""
        try:
            for companion in _companions(members):
                if companion.kind == "request" and not request:
                    request = companion.block
                elif companion.kind == "metadata" and _concurrent(companion, capture):
                    capture = with_metadata(capture, companion)
        except Damaged:
            capture = replace(capture)  # what belongs to it is torn; the capture itself is whole
        if answer is None:
            return ArchivedRecord(capture, b"", record.block, record.block, (), request, record.headers)
        source = self._payload_answer(record, answer, warc)
        return ArchivedRecord(
            capture, answer.head, source.raw_body, source.body(), answer.headers, request, record.headers
        )

    def record(self, warc: str, offset: int) -> WarcRecord:
        """The bare WARC record at a place. Raises ``Damaged`` or ``ArchiveError``."""
        found = Members(self._open(warc), offset).next()
        if found is None:
            raise ArchiveError(f"no record at offset {offset} of {warc}")
        return parse_record(found[2], found[0], found[1])

    def orphans(self, portal: str, crawl: str) -> int:
        """How many revisits of an import refer to answers that are not in the archive."""
        count = 0
        shelf = Shelf(self.folder, portal)
        for path in shelf.files():
            warc = shelf.named(path)
            if self._crawl(warc) != crawl:
                continue
            for record in self._readable(warc, path):
                if record.kind == "revisit":
                    try:
                        self._payload_answer(record, read_answer(record.block), warc)
                    except Orphan:
                        count += 1
        return count

    def _captures(
        self, shelf: Shelf, path: Path, start: int, on_damage: OnDamage | None
    ) -> Iterator[tuple[Capture, bytes]]:
        warc = shelf.named(path)
        held: tuple[Capture, bytes] | None = None
        for record in self._records(warc, path, start, on_damage):
            if record.kind == "metadata" and held and _concurrent(record, held[0]):
                held = with_metadata(held[0], record), held[1]
            elif record.kind in ("response", "revisit", "resource") and _is_page(record):
                if held:
                    yield held
                held = None
                try:
                    held = self._with_body(record, warc, shelf.portal)
                except Orphan:
                    continue
                except Damaged as error:  # a revisit whose original cannot be read
                    if on_damage is None:
                        raise
                    on_damage(warc, record.offset, str(error))
        if held:
            yield held

    def _records(self, warc: str, path: Path, start: int, on_damage: OnDamage | None) -> Iterator[WarcRecord]:
        descriptor = self._open(warc)
        members = Members(descriptor, start)
        while True:
            place = members.offset
            try:
                found = members.next()
                if found is None:
                    return
                yield parse_record(found[2], found[0], found[1])
            except Damaged as error:
                if members.torn and path.name.endswith(OPEN):
                    return
                if on_damage is None:
                    raise Damaged(f"{warc}: {error}") from error
                on_damage(warc, place, str(error))
                again = next_member(descriptor, place + 1)
                if again is None:
                    return
                members = Members(descriptor, again)

    def _readable(self, warc: str, path: Path) -> Iterator[WarcRecord]:
        """All records of a file but the damaged ones."""
        return self._records(warc, path, 0, lambda *_: None)

    def _with_body(self, record: WarcRecord, warc: str, portal: str) -> tuple[Capture, bytes]:
        capture, answer = self._capture(record, warc, portal, measured=False)
        body = record.block if answer is None else self._payload_answer(record, answer, warc).body()
        return replace(capture, digest="sha256:" + sha256(body).hexdigest(), size=len(body)), body

    def _capture(
        self, record: WarcRecord, warc: str, portal: str, measured: bool = True
    ) -> tuple[Capture, Answer | None]:
        headers = record.headers
        answer = None if record.kind == "resource" else read_answer(record.block)
        shown = answer
        if answer and record.kind == "revisit" and not answer.status:  # some tools leave the head away
            shown = self._payload_answer(record, answer, warc)
        digest, size = "", 0
        if measured:
            if answer is None:
                digest, size = "sha256:" + sha256(record.block).hexdigest(), len(record.block)
            else:
                digest, size = self._payload_answer(record, answer, warc).measure()
        media_type = headers.get("content-type", "").split(";")[0].strip().lower()
        url = headers.get("warc-target-uri", "").strip("<>")
        kept = 200 if record.kind == "resource" and url.startswith(("http://", "https://")) else 0
        capture = Capture(
            id=record.id,
            crawl=self._crawl(warc),
            portal=portal,
            url=url,
            time=headers.get("warc-date", ""),
            kind="revisit" if record.kind == "revisit" else "resource" if record.kind == "resource" else "response",
            status=shown.status if shown else kept,  # others keep pages without their heads so; pywb shows them as 200
            media_type=shown.media_type if shown else media_type,
            digest=digest,
            size=size,
            warc=warc,
            offset=record.offset,
            length=record.length,
            refers_to=from_urn(headers["warc-refers-to"]) if "warc-refers-to" in headers else None,
            truncated=headers.get("warc-truncated"),
        )
        return capture, answer

    def _payload_answer(self, record: WarcRecord, answer: Answer, warc: str) -> Answer:
        """The answer that has the body: for a revisit, that of the record to which it refers."""
        if record.kind != "revisit" or not record.headers.get("warc-profile", "").endswith("identical-payload-digest"):
            return answer
        return read_answer(self._originals.of(record, warc).block)

    def _crawl(self, warc: str) -> str:
        """The crawl to which a file belongs, from the warcinfo record at its start."""
        if warc not in self._crawls:
            try:
                first = self.record(warc, 0)
            except ArchiveError:
                return ""
            self._crawls[warc] = parse_fields(first.block).get("ispartof", "") if first.kind == "warcinfo" else ""
        return self._crawls[warc]

    def _open(self, warc: str) -> int:
        if warc in self._files:
            self._files.move_to_end(warc)
            return self._files[warc]
        descriptor = os.open(locate(self.folder, warc), os.O_RDONLY | os.O_CLOEXEC)
        self._files[warc] = descriptor
        if len(self._files) > MOST_OPEN_FILES:
            os.close(self._files.popitem(last=False)[1])
        return descriptor


def with_metadata(capture: Capture, record: WarcRecord) -> Capture:
    """The capture with what its metadata record says about the link that led to it."""
    fields = parse_fields(record.block)
    depth = fields.get("depth") or fields.get("hopsfromseed", "")
    return replace(
        capture,
        via=fields.get("via") or capture.via,
        anchor=fields.get("anchor") or capture.anchor,
        depth=int(depth) if depth.isdigit() else capture.depth,
        rule=fields.get("rule") or capture.rule,
        exact=capture.exact and fields.get("capture") != "reconstructed",
    )


def _concurrent(record: WarcRecord, capture: Capture) -> bool:
    return from_urn(record.headers.get("warc-concurrent-to", "")) == capture.id


def _companions(members: Members) -> Iterator[WarcRecord]:
    """The records that follow a capture and belong to it."""
    while (found := members.next()) is not None:
        record = parse_record(found[2], found[0], found[1])
        if record.kind not in ("request", "metadata"):
            return
        yield record


def _is_page(record: WarcRecord) -> bool:
    """Other crawlers also write DNS answers as responses; those are no captures."""
    return record.kind == "resource" or not record.headers.get("content-type", "").startswith("text/dns")
