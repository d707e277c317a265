"""Reads everything back and says what does not fit: bits that flipped, records that are missing, files cut between two.

What the standard checkers look at (gzip members, WARC syntax, block digests) and what they miss: the manifest's chain,
each file's digest, size and number of records, gaps and strange bytes between members, records that name others which
are not there. In a file that is not sealed yet three things go unnoticed: a cut exactly between two exchanges, an
exchange taken away whole (the database's rows tell of both), and the up to seven bits that fill the last byte of a
compressed record, which nothing reads. In a sealed file nothing does.
"""

from __future__ import annotations

import os
from base64 import b32decode
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import new as new_hash
from hashlib import sha256
from pathlib import Path

from archive.errors import ArchiveError, Damaged
from archive.manifest import Manifest, SealedFile, decode_line, line_digest, signature_problem
from archive.records import Members, WarcRecord, from_urn, next_member, parse_fields, parse_record
from archive.shelf import OPEN, Shelf, shelves

MEMBER_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"  # as the writer has it: gzip's CRC does not cover these bytes
TELL = 500  # records between two signs of progress
KINDS = frozenset({"warcinfo", "response", "resource", "request", "metadata", "revisit", "conversion", "continuation"})
NAMING = ("warc-concurrent-to", "warc-warcinfo-id", "warc-refers-to")  # headers that name another record
REQUIRED = ("warc-record-id", "warc-date", "warc-type", "content-length")

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that does not fit."""

    where: str  # PORTAL/FILE.warc.gz, PORTAL/manifest.jsonl
    what: str
    offset: int | None = None

    def __str__(self) -> str:
        return f"{self.where}{'' if self.offset is None else f' at {self.offset}'}: {self.what}"


@dataclass(slots=True)
class VerifyReport:
    """What was read and what was found."""

    files: int = 0
    records: int = 0
    captures: int = 0
    bytes: int = 0
    open_files: list[str] = field(default_factory=list)  # of a crawl that is running, or was killed
    unsigned: int = 0  # manifest lines without a signature
    problems: list[Problem] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether everything fits."""
        return not self.problems

    def add(self, where: str, what: str, offset: int | None = None) -> None:
        """Notes a problem."""
        self.problems.append(Problem(where, what, offset))


def verify(
    folder: Path | str,
    portal: str | None = None,
    progress: Progress | None = None,
    allowed_signers: Path | None = None,
) -> VerifyReport:
    """Checks one portal's archive or all. ``progress(done, total, what)`` counts bytes.

    ``allowed_signers`` (a file as ssh-keygen's manual has it): then every manifest line must be signed by one of them.
    Raises ``ArchiveError`` where there is no such archive or portal.
    """
    report = VerifyReport()
    chosen = list(shelves(folder, portal))
    for shelf in chosen:
        if not shelf.path.is_dir():
            raise ArchiveError(f"portal {shelf.portal} is not in the archive {folder}")
    work = [(shelf, path) for shelf in chosen for path in shelf.files()]
    sizes = {path: path.stat().st_size for _, path in work}
    total, done = sum(sizes.values()), 0
    for shelf in chosen:
        ids: set[str] = set()
        wanted: list[tuple[str, int, str, str]] = []
        listed = _check_manifest(shelf, report, allowed_signers)
        for path in [path for owner, path in work if owner is shelf]:
            warc = shelf.named(path)

            def reached(offset: int, before: int = done, name: str = warc) -> None:
                if progress:
                    progress(before + offset, total, name)

            reached(0)
            _check_file(shelf, path, listed.get(warc.partition("/")[2]), report, ids, wanted, reached)
            done += sizes[path]
        for warc, offset, header, identifier in wanted:
            if identifier not in ids:
                report.add(warc, f"{header} names the record {identifier}, which is not in the archive", offset)
    if progress:
        progress(total, total, "done")
    return report


def _check_manifest(shelf: Shelf, report: VerifyReport, allowed_signers: Path | None) -> dict[str, SealedFile]:
    where = f"{shelf.portal}/manifest.jsonl"
    listed: dict[str, SealedFile] = {}
    previous: str | None = None
    lines, tail = Manifest(shelf.path).raw_lines()
    if tail:
        report.add(where, f"ends in a line that was not finished ({len(tail)} bytes)")
    for number, line in enumerate(lines, 1):
        try:
            entry = decode_line(line, f"line {number}")
        except ArchiveError as error:
            report.add(where, str(error))
            previous = line_digest(line)
            continue
        if entry.previous != previous:
            report.add(where, f"line {number} does not follow the line before: one was changed, added or taken away")
        previous = line_digest(line)
        if entry.file in listed:
            report.add(where, f"line {number} names {entry.file} a second time")
        listed[entry.file] = entry
        if entry.signature is None:
            report.unsigned += 1
        if entry.signature is not None or allowed_signers is not None:
            problem = signature_problem(entry, allowed_signers)
            if problem:
                report.add(where, f"line {number} ({entry.file}): {problem}")
        if not (shelf.path / entry.file).exists() and not (shelf.path / (entry.file + OPEN)).exists():
            report.add(where, f"{entry.file} is listed and not there")
    return listed


def _check_file(
    shelf: Shelf,
    path: Path,
    listed: SealedFile | None,
    report: VerifyReport,
    ids: set[str],
    wanted: list[tuple[str, int, str, str]],
    reached: Callable[[int], None],
) -> None:
    warc = shelf.named(path)
    still_open = path.name.endswith(OPEN)
    if still_open:
        report.open_files.append(warc)
    elif listed is None:
        report.add(warc, "is not in the manifest")
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        records = _check_records(descriptor, warc, still_open and shelf.busy, report, ids, wanted, reached)
        size = os.fstat(descriptor).st_size
    finally:
        os.close(descriptor)
    report.files += 1
    report.records += records
    report.bytes += size
    if listed is None:
        return
    if size != listed.bytes:
        report.add(warc, f"has {size} bytes, the manifest says {listed.bytes}")
    if records != listed.records:
        report.add(warc, f"has {records} records that can be read, the manifest says {listed.records}")
    digest = sha256()
    with path.open("rb") as file:
        while data := file.read(1 << 20):
            digest.update(data)
    if listed.digest != "sha256:" + digest.hexdigest():
        report.add(warc, "is not the file that was sealed: its digest differs from the manifest's")


def _check_records(
    descriptor: int,
    warc: str,
    growing: bool,
    report: VerifyReport,
    ids: set[str],
    wanted: list[tuple[str, int, str, str]],
    reached: Callable[[int], None],
) -> int:
    records, imported = 0, False
    members = Members(descriptor)
    while True:
        place = members.offset
        try:
            found = members.next()
            if found is None:
                return records
            record = parse_record(found[2], found[0], found[1])
        except Damaged as error:
            if members.torn and growing:
                return records  # the crawl is writing this very record
            report.add(warc, str(error), place)
            again = next_member(descriptor, place + 1)
            if again is None:
                return records
            members = Members(descriptor, again)
            continue
        records += 1
        if records % TELL == 0:
            reached(record.offset)
        if os.pread(descriptor, len(MEMBER_HEAD), record.offset) != MEMBER_HEAD:
            report.add(warc, "the gzip member's head is not as it was written", record.offset)
        if records == 1:
            if record.kind != "warcinfo":
                report.add(warc, "does not begin with a warcinfo record", record.offset)
            imported = parse_fields(record.block).get("capture") == "imported"
        _check_record(record, warc, report, ids)
        if not imported:  # what others wrote may name records that they did not give along
            names = (name for name in NAMING if name in record.headers)
            wanted += [(warc, record.offset, name, from_urn(record.headers[name])) for name in names]


def _check_record(record: WarcRecord, warc: str, report: VerifyReport, ids: set[str]) -> None:
    headers = record.headers
    for name in REQUIRED:
        if not headers.get(name):
            report.add(warc, f"record without {name}", record.offset)
    if record.kind not in KINDS:
        report.add(warc, f"unknown WARC-Type {record.kind!r}", record.offset)
    if record.id in ids:
        report.add(warc, f"WARC-Record-ID {record.id} comes a second time", record.offset)
    ids.add(record.id)
    if record.kind in ("response", "revisit", "resource"):
        report.captures += 1
    digest = headers.get("warc-block-digest")
    if digest is None:
        if "warc-refers-to-filename" in headers or record.kind != "warcinfo":
            report.add(warc, "record without WARC-Block-Digest: its bytes cannot be checked", record.offset)
    elif not digest_fits(digest, record.block):
        report.add(warc, "the block is not what its digest says", record.offset)


def digest_fits(labelled: str, data: bytes) -> bool:
    """Whether data has the digest ``algorithm:value``, the value hexadecimal or (as older tools write it) base 32.

    An algorithm that is not known here counts as fitting: it proves nothing either way.
    """
    algorithm, _, value = labelled.partition(":")
    try:
        digest = new_hash(algorithm.lower().replace("-", ""), data).digest()
    except ValueError:
        return True
    if len(value) == 2 * len(digest):
        return value.lower() == digest.hex()
    try:
        return b32decode(value.upper().encode()) == digest
    except ValueError:
        return False
