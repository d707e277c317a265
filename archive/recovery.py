"""Brings into order what a killed crawl or a power cut left: keeps whole records, sets a torn tail aside, seals."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from archive.errors import ArchiveError, Damaged
from archive.manifest import Manifest, SealedFile, file_digest
from archive.records import Members, parse_fields, parse_record, warc_date
from archive.shelf import Shelf, final_name


@dataclass(slots=True)
class RecoveryReport:
    """What was found and done; all empty after a clean end."""

    portal: str
    sealed: list[str] = field(default_factory=list)  # files that a killed crawl had left open, now sealed
    torn: list[str] = field(default_factory=list)  # files into which broken bytes were set aside
    empty: list[str] = field(default_factory=list)  # files without a single whole record, removed or set aside
    problems: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """For a person, one line each."""
        said = [f"{self.portal}: {name} sealed after a crawl that did not end by itself" for name in self.sealed]
        said += [f"{self.portal}: broken bytes at the end of a file set aside in {name}" for name in self.torn]
        said += [f"{self.portal}: {name} held no whole record" for name in self.empty]
        return said + [f"{self.portal}: {problem}" for problem in self.problems]


def recover(folder: Path | str, portal: str) -> RecoveryReport:
    """Recovers one portal's archive; opening a ``WarcWriter`` does the same. Raises ``PortalBusy`` during a crawl."""
    shelf = Shelf(folder, portal)
    if not shelf.path.is_dir():
        return RecoveryReport(portal)
    shelf.lock()
    try:
        return recover_shelf(shelf)
    finally:
        shelf.unlock()


def recover_shelf(shelf: Shelf) -> RecoveryReport:
    """The same for whoever holds the lock."""
    report = RecoveryReport(shelf.portal)
    manifest = Manifest(shelf.path)
    _, tail = manifest.raw_lines()
    if tail:
        aside = _set_aside(shelf, manifest.path, tail)
        os.truncate(manifest.path, manifest.path.stat().st_size - len(tail))
        report.torn.append(aside.name)
    known = {line.file: line for line in manifest.lines_lenient()}
    for path in shelf.open_files():
        name = final_name(path)
        if name in known:
            _finish_sealing(shelf, path, known[name], report)
        else:
            _seal(shelf, path, manifest, report)
    return report


def _finish_sealing(shelf: Shelf, path: Path, line: SealedFile, report: RecoveryReport) -> None:
    """The kill came between the manifest line and the new name."""
    digest, _ = file_digest(path)
    if digest != line.digest:
        report.problems.append(f"{path.name} is not the file that the manifest names; left as it is")
        return
    path.rename(shelf.path / line.file)
    shelf.sync()
    report.sealed.append(line.file)


def _seal(shelf: Shelf, path: Path, manifest: Manifest, report: RecoveryReport) -> None:
    name = final_name(path)
    whole, records, dates, crawl = _longest_valid_prefix(path)
    size = path.stat().st_size
    if whole < size:
        with path.open("rb") as file:
            file.seek(whole)
            aside = _set_aside(shelf, path, file.read())
        os.truncate(path, whole)
        report.torn.append(aside.name)
    if not records:
        path.unlink()
        report.empty.append(name)
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    digest, size = file_digest(path)
    manifest.append(
        SealedFile(
            file=name,
            digest=digest,
            bytes=size,
            records=records,
            first=dates[0],
            last=dates[1],
            crawl=crawl,
            sealed=warc_date(datetime.now(UTC)),
            by="recovery",
            previous=None,
        )
    )
    path.rename(shelf.path / name)
    shelf.sync()
    report.sealed.append(name)


def _longest_valid_prefix(path: Path) -> tuple[int, int, tuple[str, str], str]:
    """Bytes and number of the whole records at the start of a file, first and last date, and the crawl's id."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    end, records, first, last, crawl = 0, 0, "", "", ""
    try:
        for offset, length, content in Members(descriptor):
            record = parse_record(content, offset, length)
            end, records = offset + length, records + 1
            last = record.headers.get("warc-date", last)
            first = first or last
            if record.kind == "warcinfo":
                crawl = parse_fields(record.block).get("ispartof", crawl)
    except Damaged:
        # expected: this is where the prefix ends, and what is behind goes into a file of its own
        return end, records, (first, last), crawl
    finally:
        os.close(descriptor)
    return end, records, (first, last), crawl


def _set_aside(shelf: Shelf, path: Path, data: bytes) -> Path:
    """Keeps bytes that are no record under a name of their own: nothing that was ever written is thrown away."""
    for number in range(1, 10_000):
        aside = shelf.path / f"{final_name(path)}.torn-{number}"
        try:
            with aside.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            return aside
        except FileExistsError:
            continue
    raise ArchiveError(f"too many torn files of {path.name}")
