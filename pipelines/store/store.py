"""The store: the database of one archive, and the one way to write to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from archive import ArchiveReader, iterate
from archive.capture import Capture
from archive.shelf import Shelf, shelves
from pipelines.store import connection as connections
from pipelines.store import ingest as ingesting
from pipelines.store import lookups, repeats
from pipelines.store.reading import PageReader
from pipelines.store.refresh import index_sections, refresh
from reports.record import Record

_CATCH_UP = 50  # captures a transaction
_CATCH_UP_BYTES = 16 << 20


class Store:
    """The database of an archive, open for writing. A context manager.

    Several processes may have it open; each write is one transaction that takes the lock at its beginning.
    """

    def __init__(self, archive: Path, connection: sqlite3.Connection, pages: PageReader | None = None) -> None:
        self.archive = archive
        self.connection = connection
        self._pages = pages or PageReader()
        self._owns_pages = pages is None
        self._reader: ArchiveReader | None = None

    @classmethod
    def open(cls, archive: Path, *, database: Path | None = None, pages: PageReader | None = None) -> Store:
        """Opens ``ARCHIVE/gongkai.db`` (or another file with the same archive), makes it where it is missing.

        ``pages`` reads what comes without records, in the caller's thread; without it the store has its own.
        """
        archive.mkdir(parents=True, exist_ok=True)
        connection = connections.connect(database or archive / connections.FILE)
        store = cls(archive, connection, pages)
        if not lookups.filled(connection):
            with store.transaction():
                lookups.fill(connection)
        return store

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of database and archive files."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None
        if self._owns_pages:
            self._pages.close()
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One BEGIN IMMEDIATE … COMMIT; everything inside is written, or nothing."""
        with connections.immediate(self.connection):
            yield self.connection

    def ingest(
        self, capture: Capture, body: bytes | None = None, records: Sequence[Record] | None = None
    ) -> list[str]:  # fmt: skip
        """Writes one capture and what follows from it; the reports that were touched. A known capture changes nothing.

        Without a body it is read from the archive when it is needed; without records they are extracted.
        """
        with self.transaction():
            return ingesting.ingest(
                self.connection, capture, self._lazy(capture, body), records, self._pages.read, self.body
            )

    def ingest_all(self, captures: Iterable[tuple[Capture, bytes | None, Sequence[Record] | None]]) -> list[str]:
        """Writes several captures in one transaction."""
        touched: list[str] = []
        with self.transaction():
            for capture, body, records in captures:
                touched.extend(self.ingest(capture, body, records))
        return touched

    def recorded(self, capture: Capture) -> list[Record] | None:
        """What a capture says that has the bytes of the one before at its address, without reading it again."""
        return repeats.recorded(self.connection, capture) if ingesting.readable(capture) else None

    def knows(self, capture: str) -> bool:
        """Whether a capture is in the database."""
        return self.connection.execute("SELECT 1 FROM capture WHERE id = ?", (capture,)).fetchone() is not None

    def catch_up(self, portal: str | None = None, progress: Callable[[Capture], None] | None = None) -> int:
        """Ingests what the archive has and the database has not (a crawl was killed in between). Returns how many."""
        count = 0
        for shelf in shelves(self.archive, portal):
            batch: list[tuple[Capture, bytes | None, Sequence[Record] | None]] = []
            for capture, body in iterate(self.archive, shelf.portal, self.last_known(shelf)):
                if not self.knows(capture.id):
                    batch.append((capture, body, None))
                    count += 1
                    if progress is not None:
                        progress(capture)
                if len(batch) >= _CATCH_UP or sum(len(body or b"") for _, body, _ in batch) > _CATCH_UP_BYTES:
                    self.ingest_all(batch)
                    batch = []
            if batch:
                self.ingest_all(batch)
        return count

    def last_known(self, shelf: Shelf) -> tuple[str, int] | None:
        """The last capture of the longest run of files that the database knows from the beginning."""
        last: tuple[str, int] | None = None
        for path in shelf.files():
            name = shelf.named(path)
            row = self.connection.execute(
                'SELECT MAX("offset") FROM capture WHERE portal = ? AND warc = ?', (shelf.portal, name)
            ).fetchone()
            if row[0] is None:
                break
            last = (name, row[0])
        return last

    def index(self) -> None:
        """Takes the words of new sections into the search index. ``refresh`` does it too; a rebuild does it while
        pages are read, not in one go when nothing else is to be done."""
        with self.transaction():
            index_sections(self.connection)

    def refresh(self) -> int:
        """Brings panel, coverage, search index and counts up to date; how many reports had changed."""
        with self.transaction():
            return refresh(self.connection)

    def _lazy(self, capture: Capture, body: bytes | None) -> bytes | Callable[[], bytes]:
        return body if body is not None else lambda: self.body(capture)

    def body(self, capture: Capture) -> bytes:
        """A capture's decoded body, from the archive."""
        if self._reader is None:
            self._reader = ArchiveReader(self.archive)
        return self._reader.read(capture.warc, capture.offset).body
