"""The database again from the WARC files alone: no network, all cores, resumable, swapped in when complete.

This process reads the archive in order and writes; its threads each have a child process that extracts, and that a
hostile page may take with it without harm. The order of writing is that of the crawl, and what is called is what the
crawl calls, so the result is the same.
"""

from __future__ import annotations

import collections
import hashlib
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import data
import pipelines.store as store_package
from archive import iterate
from archive.capture import Capture
from archive.shelf import Shelf, shelves
from pipelines.compare import Difference, corrected, differences
from pipelines.store import corrections
from pipelines.store.connection import FILE, StoreError, connect_read_only
from pipelines.store.identity import Portal
from pipelines.store.ingest import readable
from pipelines.store.reading import PageReader
from pipelines.store.store import Store
from reports import reading_process
from reports.extract import version
from reports.record import Record

Progress = Callable[[int, int, str], None]
Page = tuple[Capture, bytes, bool]  # and whether it is to be extracted
Read = tuple[Capture, bytes, Sequence[Record] | None]

BATCH = 50  # captures a transaction
_CACHE = "PRAGMA cache_size = -16384"  # 16 MB: more would only make the memory grow with the archive
AHEAD = 12  # pages a job that are read from the archive before they are written
AHEAD_BYTES = 16 << 20  # but no more than so many bytes of them


@dataclass(slots=True)
class Rebuilt:
    """What a rebuild did. ``differences`` are against the database that was there before; ``uncompared`` says why
    there are none to tell, where that could not be read."""

    database: Path
    captures: int = 0
    reports: int = 0
    resumed: int = 0  # captures that an interrupted rebuild had done already
    swapped: bool = False
    differences: list[Difference] = field(default_factory=list)
    uncompared: str | None = None
    damage: list[str] = field(default_factory=list)  # records of the archive that could not be read


def rebuild(
    archive: Path, jobs: int | None = None, progress: Progress | None = None, dry_run: bool = False
) -> Rebuilt:  # fmt: skip
    """Makes ``gongkai.db`` again. With ``dry_run`` it is made beside the old one, compared, and kept for the real run.

    ``progress`` is told bytes done, bytes in all, and the portal. Raises ``PortalBusy`` where a portal is being
    crawled. An interrupted rebuild goes on where it stopped, as long as extraction and data files are the same.
    """
    fresh = archive / f".rebuild-{_made_by()}.db"
    for stale in archive.glob(".rebuild-*"):
        if not stale.name.startswith(fresh.name):
            stale.unlink()
    done = Rebuilt(fresh)
    with (
        _quiet(archive),
        closing(_Readers(jobs or os.cpu_count() or 1)) as readers,
        Store.open(archive, database=fresh) as store,
    ):
        store.connection.execute(_CACHE)
        _fill(store, readers, progress, done)
        store.refresh()
        done.captures = store.connection.execute("SELECT COUNT(*) FROM capture").fetchone()[0]
        done.reports = store.connection.execute("SELECT COUNT(*) FROM report").fetchone()[0]
        faults = store.connection.execute("PRAGMA foreign_key_check").fetchall()
        if faults:
            raise StoreError(f"{fresh}: {len(faults)} rows refer to rows that are not there; nothing was swapped")
        if (archive / FILE).exists():
            _compare(archive / FILE, store.connection, done)
        if not dry_run:
            log = corrections.add(archive, _corrected(archive / FILE, store.connection, done.differences))
            with store.transaction():
                corrections.fill(store.connection, log)
            store.connection.execute("ANALYZE")
            store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    if not dry_run:
        _swap(archive, fresh)
        done.swapped, done.database = True, archive / FILE
    return done


def _made_by() -> str:
    """What a database depends on beside the archive: extraction, store, and the data files that they read."""
    digest = hashlib.sha256(version().encode())
    for folder, patterns in (
        (Path(store_package.__file__).parent, ("*.py", "*.sql")),
        (data.FOLDER, ("*.csv", "*.yaml")),
    ):
        for pattern in patterns:
            for file in sorted(folder.glob(pattern)) + sorted(folder.glob(f"portals/{pattern}")):
                digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


@contextmanager
def _quiet(archive: Path) -> Iterator[None]:
    """Holds every portal's lock: a crawl that writes meanwhile would write into the database that is replaced."""
    held: list[Shelf] = []
    try:
        for shelf in shelves(archive):
            shelf.lock()
            held.append(shelf)
        yield
    finally:
        for shelf in held:
            shelf.unlock()


def _fill(store: Store, readers: _Readers, progress: Progress | None, done: Rebuilt) -> None:
    starts: dict[str, int] = {}
    total = 0
    for shelf in shelves(store.archive):
        for path in shelf.files():
            starts[shelf.named(path)] = total
            total += path.stat().st_size
    pages = readers.read_all(page for shelf in shelves(store.archive) for page in _pages(store, shelf, done))
    while (last := _written(store, pages)) is not None:
        if progress is not None:
            progress(starts[last.warc] + last.offset, total, last.portal)
    if progress is not None:
        progress(total, total, "")


def _pages(store: Store, shelf: Shelf, done: Rebuilt) -> Iterator[Page]:
    """The captures of a portal that the database has not seen, in the order in which they were written."""

    def damaged(name: str, offset: int, what: str) -> None:
        done.damage.append(f"{name} at {offset}: {what}")

    after = store.last_known(shelf)
    done.resumed += store.connection.execute(
        "SELECT COUNT(*) FROM capture WHERE portal = ?", (shelf.portal,)
    ).fetchone()[0]  # fmt: skip
    for capture, body in iterate(store.archive, shelf.portal, after, damaged):
        if not store.knows(capture.id):
            yield capture, body, readable(capture) and not _repeated(store.connection, capture)


def _repeated(connection: sqlite3.Connection, capture: Capture) -> bool:
    row = connection.execute(
        "SELECT 1 FROM capture WHERE url = ? AND portal = ? AND digest = ? AND status = 200 LIMIT 1",
        (capture.url, capture.portal, capture.digest),
    ).fetchone()
    return row is not None


class _Readers:
    """So many threads, each with a child process that reads pages; they are started at once.

    With one job there is no thread, and its one child is asked in turn. The children are forked, which spares each
    half a second of loading; not where there are other threads already (a progress bar's), for then no fork is safe.
    """

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self._own = threading.local()
        self._all: list[PageReader] = []
        self._pool: ThreadPoolExecutor | None = None
        if threading.active_count() == 1:
            for _ in range(jobs):
                reading_process.fork_ahead()
        if jobs <= 1:
            self._begin()
            return
        self._pool = ThreadPoolExecutor(jobs, "extract", initializer=self._begin)
        all_there = threading.Barrier(jobs)
        for _ in range(jobs):  # a thread is made for each, with its child
            self._pool.submit(all_there.wait)

    def read_all(self, pages: Iterable[Page]) -> Iterator[Read]:
        """Pages with their records, in the order in which they come; only a few are in memory at a time."""
        waiting: collections.deque[tuple[Capture, bytes, Future[list[Record]] | None]] = collections.deque()
        size = 0
        for capture, body, wanted in pages:
            if self._pool is None:
                yield capture, body, self._read(capture, body) if wanted else None
                continue
            waiting.append((capture, body, self._pool.submit(self._read, capture, body) if wanted else None))
            size += len(body)
            while len(waiting) > AHEAD * self.jobs or (size > AHEAD_BYTES and len(waiting) > self.jobs):
                first, its_body, result = waiting.popleft()
                size -= len(its_body)
                yield first, its_body, result.result() if result else None
        for first, its_body, result in waiting:
            yield first, its_body, result.result() if result else None

    def close(self) -> None:
        """Ends the children."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
        for pages in self._all:
            pages.close()

    def _begin(self) -> None:
        self._own.pages = PageReader()
        self._all.append(self._own.pages)
        self._own.pages.start()

    def _read(self, capture: Capture, body: bytes) -> list[Record]:
        pages: PageReader = self._own.pages
        return _checked(pages.read(body, capture, Portal(capture.portal)))


def _written(store: Store, pages: Iterator[Read]) -> Capture | None:
    """Writes the next pages in one transaction, each as soon as it has been read: nobody waits for a batch to be full.
    The last of them; None where there was none left."""
    last, count, size = None, 0, 0
    with store.transaction():
        for capture, body, records in pages:
            store.ingest(capture, body, records)
            last, count, size = capture, count + 1, size + len(body)
            if count >= BATCH or size > AHEAD_BYTES:
                break
        store.index()
    return last


def _checked(records: list[Record]) -> list[Record]:
    if records[0].extractor not in (None, version()):
        raise StoreError("the extraction's code or data changed while the database was made; rebuild again")
    return records


def _compare(old: Path, fresh: sqlite3.Connection, done: Rebuilt) -> None:
    try:
        with closing(connect_read_only(old)) as before:
            done.differences = list(differences(before, fresh))
    except (sqlite3.DatabaseError, StoreError) as error:  # damaged or of another make: the very reason to rebuild
        done.uncompared = f"the database that was there could not be compared ({error})"


def _corrected(old: Path, fresh: sqlite3.Connection, found: list[Difference]) -> list[corrections.Correction]:
    if not found:
        return []
    noticed = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with closing(connect_read_only(old)) as before:
        return list(corrected(found, before, fresh, noticed))


def _swap(archive: Path, fresh: Path) -> None:
    old = archive / FILE
    for path in (fresh, old):
        if path.exists():
            _fold_log(path)
    fresh.replace(old)
    for suffix in ("-wal", "-shm"):
        old.with_name(old.name + suffix).unlink(missing_ok=True)


def _fold_log(path: Path) -> None:
    """Brings the write-ahead log into the file, so that no log of one file ever stands beside another."""
    try:
        with closing(sqlite3.connect(path, isolation_level=None, timeout=10)) as connection:
            mode = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
    except sqlite3.OperationalError as error:
        raise StoreError(f"{path} is in use ({error}); stop what has it open, then rebuild again") from error
    except sqlite3.DatabaseError:
        return  # damaged beyond opening: it is replaced
    if mode != "delete":
        raise StoreError(f"{path} is in use; stop what has it open, then rebuild again")
