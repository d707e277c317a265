"""Takes captures that others made (browsertrix, wget, warcprox, Heritrix) into the archive, with their origin.

Each record is copied with its own headers, its date and its block byte for byte, as a gzip member of its own; their
warcinfo records come along, and a resource record says which file they came from and its digest. So an import obeys the
same rules as a crawl: manifest, recovery, verification, rebuild.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from archive.capture import Capture
from archive.errors import ArchiveError, Damaged
from archive.foreign import ForeignRecord, records
from archive.growing import block_digest
from archive.manifest import Manifest, file_digest
from archive.reader import ArchiveReader, iterate
from archive.records import new_id, read_records, warc_date
from archive.shelf import Shelf
from archive.verification import digest_fits
from archive.writer import WarcWriter

NOT_COPIED = frozenset(  # said anew, or true only of the file that they came from
    {
        "content-length", "warc-type", "warc-record-id", "warc-date", "warc-refers-to-filename",
        "warc-refers-to-file-offset",
    }
)  # fmt: skip
STATED = "X-Stated-Block-Digest"  # of a record whose own digest was wrong when it came
CAPTURES = ("response", "revisit", "resource")
KINDS = frozenset({"warcinfo", "response", "request", "revisit", "resource", "metadata", "conversion"})
_FULL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z")
_SHORT = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


@dataclass(slots=True)
class ImportReport:
    """What was taken over."""

    portal: str
    crawl: str
    records: int = 0
    captures: int = 0  # responses, revisits and resources
    known: int = 0  # records that another import had brought before
    orphans: int = 0  # revisits of answers that are not in the archive: kept, and nothing can be read from them
    already: bool = False  # the same file had been imported before; nothing was written
    revisits: int = 0
    problems: list[str] = field(default_factory=list)  # a file that breaks off, kinds that are left out


def import_file(folder: Path | str, path: Path | str, portal: str) -> ImportReport:
    """Imports a WARC or WACZ file as captures of a portal. The same file a second time changes nothing.

    Raises ``ArchiveError`` where the file cannot be read at all, ``PortalBusy``, ``ArchiveFull``.
    """
    path = Path(path)
    if not path.is_file():
        raise ArchiveError(f"{path} is not a file")
    digest, size = file_digest(path)
    crawl = f"{portal}-import-{digest[7:19]}"
    report = ImportReport(portal, crawl)
    shelf = Shelf(folder, portal)
    if any(line.crawl == crawl and line.by == "import" for line in Manifest(shelf.path).lines_lenient()):
        report.already = True
        return report
    first = next(records(path), None)  # nothing is begun for a file that is no WARC
    if first is None:
        raise ArchiveError(f"{path} holds no record")
    info = {"origin": path.name, "origin-digest": digest, "capture": "imported"}
    with WarcWriter(folder, portal=portal, crawl=crawl, info=info, sealed_by="import") as writer:
        known = _known(writer.shelf)
        origin = {"file": path.name, "digest": digest, "bytes": size, "imported": warc_date(datetime.now(UTC))}
        body = json.dumps(origin, ensure_ascii=False, sort_keys=True).encode()
        writer.write_resource(f"urn:gongkai:import:{crawl}", "application/json", body)
        try:
            for _, record in records(path):
                _take(writer, record, known, report)
        except ArchiveError as error:
            if not report.records:
                raise
            report.problems.append(str(error))
    if report.revisits:
        with ArchiveReader(folder) as reader:
            report.orphans = reader.orphans(portal, crawl)
    return report


def _take(writer: WarcWriter, record: ForeignRecord, known: dict[str, str], report: ImportReport) -> None:
    if record.kind not in KINDS:
        report.problems.append(f"{record.kind or 'nameless'} record at {record.offset} left out")
        return
    where = f"{record.kind} record at {record.offset}"
    identifier = record.header("WARC-Record-ID")
    if identifier in known:
        if digest_fits(known[identifier], record.block):
            report.known += 1
            return
        report.problems.append(f"{where} has the id of another one, {identifier}: it was given a new one")
        identifier = None
    identifier = identifier or f"<urn:uuid:{new_id()}>"
    date = full_date(record.header("WARC-Date") or "")
    if date is None:
        report.problems.append(f"{where} has no date that can be read: that of the import is given")
        date = warc_date(datetime.now(UTC))
    headers = [("WARC-Record-ID", identifier), ("WARC-Date", date), *_told_by(record)]
    stated = record.header("WARC-Block-Digest")
    if stated is not None and not digest_fits(stated, record.block):
        report.problems.append(f"{where}: its block is not what its digest says; kept as it is there")
        headers = [(STATED if name.lower() == "warc-block-digest" else name, value) for name, value in headers]
    known[identifier] = block_digest(record.block)
    writer.copy_record(record.kind, headers, record.block)
    report.records += 1
    report.revisits += record.kind == "revisit"
    report.captures += record.kind in CAPTURES and not (record.header("Content-Type") or "").startswith("text/dns")


def imported(folder: Path | str, report: ImportReport) -> list[Capture]:
    """The captures of an import, as a reader of the archive sees them."""
    return [
        capture
        for capture, _ in iterate(folder, report.portal, on_damage=lambda *_: None)
        if capture.crawl == report.crawl
    ]


def full_date(text: str) -> str | None:
    """A WARC date in UTC to the second or finer: of the shorter forms that WARC 1.1 allows, the beginning; None where
    it cannot be read."""
    if _FULL.fullmatch(text):
        return text
    if text.isdigit() and len(text) == 14:  # as ARC files and CDX lines have it
        text = f"{text[:4]}-{text[4:6]}-{text[6:8]}T{text[8:10]}:{text[10:12]}:{text[12:]}Z"
    elif _SHORT.fullmatch(text):
        text += "0001-01-01"[len(text) :]
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return warc_date(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def _told_by(record: ForeignRecord) -> list[tuple[str, str]]:
    return [  # wget puts the address in angle brackets, as WARC 1.0 had it
        (name, value.strip("<>") if name.lower() == "warc-target-uri" else value)
        for name, value in record.headers
        if name.lower() not in NOT_COPIED
    ]


def _known(shelf: Shelf) -> dict[str, str]:
    """The records that imports have brought to this portal, one that was killed included, with their block digests."""
    found: dict[str, str] = {}
    for path in shelf.sealed_files():
        if "-import-" not in path.name:
            continue
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            for record in read_records(descriptor):
                found[record.headers.get("warc-record-id", "")] = record.headers.get("warc-block-digest", "")
        except Damaged:
            continue  # what could be read counts; verify tells of the rest
        finally:
            os.close(descriptor)
    return found
