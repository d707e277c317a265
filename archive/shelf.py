"""One portal's folder of WARC files: their names, their order, and who may write to them.

``ARCHIVE/warc/PORTAL/PORTAL-20260131T020000Z-00001.warc.gz``, with ``.open`` at the end while it grows.
"""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterator
from pathlib import Path

from archive.errors import ArchiveError, PortalBusy

SUFFIX = ".warc.gz"
OPEN = ".open"
_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*")
_SERIAL = re.compile(r"-(\d{5,})\.warc\.gz(?:\.open)?$")


class Shelf:
    """The folder of one portal. Reading needs no lock; writing, sealing and recovering do."""

    def __init__(self, folder: Path | str, portal: str) -> None:
        if not _NAME.fullmatch(portal):
            raise ArchiveError(f"portal {portal!r} cannot name a folder: letters, digits, . _ - only")
        self.archive = Path(folder)
        self.portal = portal
        self.path = self.archive / "warc" / portal
        self._lock: int | None = None

    def lock(self) -> None:
        """Takes the portal for this process; raises ``PortalBusy`` at once where another one has it."""
        self.path.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.path / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(descriptor, 100, 0).decode("ascii", "replace").strip()
            os.close(descriptor)
            raise PortalBusy(
                f"portal {self.portal} is being crawled by another process{f' ({holder})' if holder else ''}"
            ) from None
        try:
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"process {os.getpid()}\n".encode("ascii"), 0)
        except OSError:
            os.close(descriptor)
            raise
        self._lock = descriptor

    def unlock(self) -> None:
        """Gives the portal back; does nothing where it was not taken."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    @property
    def busy(self) -> bool:
        """Whether some process is writing to this portal now."""
        try:
            descriptor = os.open(self.path / ".lock", os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(descriptor)
        return False

    def open_files(self) -> list[Path]:
        """Files that were never sealed: the one being written, and those of killed crawls."""
        return sorted(self.path.glob(f"*{SUFFIX}{OPEN}"))

    def sealed_files(self) -> list[Path]:
        """Files that will not change any more, by name."""
        return sorted(self.path.glob(f"*{SUFFIX}"))

    def files(self) -> list[Path]:
        """All WARC files in the order in which they were written: that of the manifest, then the rest by name."""
        from archive.manifest import Manifest

        rank = {line.file: index for index, line in enumerate(Manifest(self.path).lines_lenient())}
        present = self.sealed_files() + self.open_files()
        return sorted(present, key=lambda p: (rank.get(final_name(p), len(rank)), final_name(p)))

    def named(self, path: Path) -> str:
        """The name of a file as captures have it: ``PORTAL/FILE.warc.gz``."""
        return f"{self.portal}/{final_name(path)}"

    def next_serial(self, stem: str) -> int:
        """One more than the highest serial number among this crawl's files."""
        taken = [
            int(match[1])
            for path in self.sealed_files() + self.open_files()
            if path.name.startswith(stem + "-") and (match := _SERIAL.search(path.name))
        ]
        return max(taken, default=0) + 1

    def sync(self) -> None:
        """Makes the folder's own entries (new and renamed files) durable."""
        descriptor = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def final_name(path: Path) -> str:
    """The file's name once sealed."""
    return path.name.removesuffix(OPEN)


def locate(folder: Path | str, warc: str) -> Path:
    """The file that a capture names, sealed or still growing. Raises ``ArchiveError`` where it is not there."""
    root = Path(folder) / "warc"
    path = root / warc
    if ".." in Path(warc).parts or Path(warc).is_absolute():
        raise ArchiveError(f"{warc} does not name a file of the archive")
    for candidate in (path, path.with_name(path.name + OPEN)):
        if candidate.is_file():
            return candidate
    raise ArchiveError(f"{warc} is not in the archive {folder}")


def shelves(folder: Path | str, portal: str | None = None) -> Iterator[Shelf]:
    """The shelf of one portal, or of all, by name."""
    if portal is not None:
        yield Shelf(folder, portal)
        return
    root = Path(folder) / "warc"
    if root.is_dir():
        for path in sorted(root.iterdir()):
            if path.is_dir() and _NAME.fullmatch(path.name):
                yield Shelf(folder, path.name)
