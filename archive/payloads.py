"""What the portal has answered before: the payloads to which a revisit record may refer.

A small SQLite file beside the WARC files, so that memory stays flat over years. It is derived: delete it and the next
writer makes it again from the records' headers. Nothing trusts it blindly; entries beyond the end of a file (written
before a power cut) are dropped when the portal is opened.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, fields
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive.errors import Damaged
from archive.records import from_urn, read_records

if TYPE_CHECKING:
    from archive.shelf import Shelf

SMALLEST = 1  # bytes: an empty body says nothing, so it is never a revisit


@dataclass(frozen=True, slots=True)
class Payload:
    """One response record that holds a payload in full."""

    digest: str  # WARC-Payload-Digest
    framing: str
    id: str
    time: str
    url: str
    warc: str
    offset: int
    body_digest: str  # of the decoded body, and its size: what Capture has
    body_size: int


_row: Callable[[Payload], tuple[Any, ...]] = attrgetter(*(field.name for field in fields(Payload)))

_SCHEMA = """
create table if not exists payload (
  digest text not null, framing text not null, id text not null, time text not null, url text not null,
  warc text not null, offset integer not null, body_digest text not null, body_size integer not null,
  primary key (digest, framing)
) strict, without rowid;
create table if not exists indexed (warc text primary key, bytes integer not null) strict, without rowid;
"""


class Payloads:
    """The index of one portal. Only the process that holds the portal's lock may open it."""

    def __init__(self, shelf: Shelf) -> None:
        self.path = shelf.path / "payloads.sqlite"
        self.failed: str | None = None  # why the index is not used in this run: a full disk, for instance
        self._db: sqlite3.Connection | None = None
        for attempt in (1, 2):
            try:
                self._db = self._open()
                self._catch_up(shelf)
                return
            except sqlite3.DatabaseError as error:
                self._give_up(error)
                if attempt == 1:
                    self._remove()  # derived, so a broken one is made again
                    self.failed = None

    def find(self, digest: str, framing: str) -> Payload | None:
        """The earliest record with this payload, sent with this framing."""
        for row in self._run("select * from payload where digest = ? and framing = ?", (digest, framing)):
            return Payload(*row)
        return None

    def add(self, payload: Payload) -> None:
        """Remembers a record that was just written."""
        self._run("insert or ignore into payload values (?,?,?,?,?,?,?,?,?)", _row(payload))

    def sealed(self, warc: str, size: int) -> None:
        """All payloads of this file are in the index. Before, nothing is kept of it: a file that was left open is read
        anew at the next start, whatever the index says of it."""
        self._run("insert or replace into indexed values (?, ?)", (warc, size))
        self.commit()

    def commit(self) -> None:
        """Keeps what was added."""
        if self._db is not None:
            try:
                self._db.commit()
            except sqlite3.DatabaseError as error:
                self._give_up(error)

    def close(self) -> None:
        """Keeps what was added and lets go of the file."""
        self.commit()
        if self._db is not None:
            self._db.close()
            self._db = None

    def _run(self, statement: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        if self._db is None:
            return []
        try:
            return self._db.execute(statement, values).fetchall()
        except sqlite3.DatabaseError as error:
            self._give_up(error)
            return []

    def _give_up(self, error: sqlite3.DatabaseError) -> None:
        """Goes on without the index: answers are then archived in full. What was not committed, the next start reads
        from the WARC files."""
        self.failed = str(error)
        if self._db is not None:
            with contextlib.suppress(sqlite3.DatabaseError):
                self._db.rollback()
            self._db.close()
            self._db = None

    def _open(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.path)
        try:
            db.execute("pragma journal_mode = truncate")
            db.execute("pragma synchronous = off")  # derived: made again where it is lost
            db.executescript(_SCHEMA)
        except sqlite3.DatabaseError:
            db.close()
            raise
        return db

    def _remove(self) -> None:
        for path in (self.path, Path(f"{self.path}-journal")):
            path.unlink(missing_ok=True)

    def _catch_up(self, shelf: Shelf) -> None:
        assert self._db is not None
        db = self._db
        known: dict[str, int] = dict(db.execute("select warc, bytes from indexed"))
        present = {shelf.named(path): path for path in shelf.files()}
        for warc in {row[0] for row in db.execute("select distinct warc from payload")} | set(known):
            if warc not in present or known.get(warc) != present[warc].stat().st_size:
                db.execute("delete from payload where warc = ?", (warc,))
                db.execute("delete from indexed where warc = ?", (warc,))
                known.pop(warc, None)
        for warc, path in present.items():
            if warc not in known:
                rows = [_row(payload) for payload in payloads_of(path, warc)]
                db.executemany("insert or ignore into payload values (?,?,?,?,?,?,?,?,?)", rows)
                db.execute("insert or replace into indexed values (?, ?)", (warc, path.stat().st_size))
        db.commit()


def payloads_of(path: Path, warc: str) -> list[Payload]:
    """The payloads that a file's response records hold, from the records' own headers and bodies."""
    from archive.answer import read_answer

    found: list[Payload] = []
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        for record in read_records(descriptor):
            digest = record.headers.get("warc-payload-digest")
            if record.kind != "response" or digest is None or "warc-truncated" in record.headers:
                continue
            answer = read_answer(record.block)
            if answer.plain and len(record.block) - answer.head_end >= SMALLEST:
                body_digest, body_size = answer.measure()
                found.append(
                    Payload(
                        digest,
                        answer.framing,
                        from_urn(record.headers["warc-record-id"]),
                        record.headers["warc-date"],
                        record.headers["warc-target-uri"],
                        warc,
                        record.offset,
                        body_digest,
                        body_size,
                    )
                )
    except (Damaged, KeyError):
        # what could be read is enough to refer to; `verify` tells of the damage
        return found
    finally:
        os.close(descriptor)
    return found
