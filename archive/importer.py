"""Takes captures that others made (browsertrix, wget, warcprox, Heritrix) into the archive, with their origin.

Each record is copied with its own headers, its date and its block byte for byte, as a gzip member of its own; their
warcinfo records come along, and a resource record says which file they came from and its digest. So an import obeys the
same rules as a crawl: manifest, recovery, verification, rebuild.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from archive.capture import Capture
from archive.errors import ArchiveError, Damaged
from archive.foreign import ForeignRecord, records
from archive.manifest import Manifest, file_digest
from archive.reader import iterate
from archive.records import new_id, read_records, warc_date
from archive.shelf import Shelf
from archive.writer import WarcWriter

NOT_COPIED = frozenset(  # said anew, or true only of the file that they came from
    {"content-length", "warc-type", "warc-refers-to-filename", "warc-refers-to-file-offset"}
)
KINDS = frozenset({"warcinfo", "response", "request", "revisit", "resource", "metadata", "conversion"})


@dataclass(slots=True)
class ImportReport:
    """What was taken over."""

    portal: str
    crawl: str
    records: int = 0
    captures: int = 0  # responses, revisits and resources
    already: bool = False  # the same file had been imported before; nothing was written
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
        known = _ids_of(writer.shelf, crawl)  # of an import that was killed
        origin = {"file": path.name, "digest": digest, "bytes": size, "imported": warc_date(datetime.now(UTC))}
        body = json.dumps(origin, ensure_ascii=False, sort_keys=True).encode()
        writer.write_resource(f"urn:gongkai:import:{crawl}", "application/json", body)
        try:
            for _, record in records(path):
                if record.kind not in KINDS:
                    report.problems.append(f"{record.kind or 'nameless'} record at {record.offset} left out")
                    continue
                identifier = record.header("WARC-Record-ID")
                if identifier and identifier in known:
                    continue
                known.add(identifier or "")
                writer.copy_record(record.kind, _headers(record), record.block)
                report.records += 1
                report.captures += record.kind in ("response", "revisit", "resource")
        except ArchiveError as error:
            if not report.records:
                raise
            report.problems.append(str(error))
    return report


def imported(folder: Path | str, report: ImportReport) -> list[Capture]:
    """The captures of an import, as a reader of the archive sees them."""
    return [
        capture
        for capture, _ in iterate(folder, report.portal, on_damage=lambda *_: None)
        if capture.crawl == report.crawl
    ]


def _headers(record: ForeignRecord) -> list[tuple[str, str]]:
    kept = [(name, value) for name, value in record.headers if name.lower() not in NOT_COPIED]
    names = {name.lower() for name, _ in kept}
    if "warc-record-id" not in names:
        kept.append(("WARC-Record-ID", f"<urn:uuid:{new_id()}>"))
    if "warc-date" not in names:
        kept.append(("WARC-Date", warc_date(datetime.now(UTC))))
    return [  # wget puts the address in angle brackets, as WARC 1.0 had it
        (name, value.strip("<>") if name.lower() == "warc-target-uri" else value) for name, value in kept
    ]


def _ids_of(shelf: Shelf, crawl: str) -> set[str]:
    found: set[str] = set()
    for path in shelf.sealed_files():
        if not path.name.startswith(crawl + "-"):
            continue
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            found.update(record.headers.get("warc-record-id", "") for record in read_records(descriptor))
        except Damaged:
            continue  # what could be read counts; verify tells of the rest
        finally:
            os.close(descriptor)
    return found
