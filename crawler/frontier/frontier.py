"""The frontier: what each portal still has to fetch and has fetched, as rows of SQLite that survive ``kill -9``.

One file an archive, ``frontier.db``, rows a portal. A row is pending, done, or dropped with a reason. Links of a page
are inserted in one transaction; a row is done only after its capture and figures are safe.
"""

from __future__ import annotations

import json
import sqlite3
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.write_ahead import write_ahead
from crawler.address import host_of
from crawler.frontier.row import Row as Row
from crawler.frontier.row import Target as Target
from crawler.frontier.tables import SCHEMA, VERSION

_PATIENCE = 60.0  # seconds that a write of another portal's process is waited for
_COLUMNS = ", ".join(name for name in Row.__dataclass_fields__ if name != "extra")
_OF_TARGET = tuple(Target.__dataclass_fields__)
_ALL = (*_OF_TARGET, "portal", "state", "via", "parent", "depth", "added")
_ADD = f"INSERT OR IGNORE INTO page ({', '.join(_ALL)}) VALUES ({', '.join(f':{name}' for name in _ALL)})"
#: What another link may tell better of an address that has not been fetched.
_PROMISED = (
    "priority", "kind", "rule", "via", "anchor", "context", "parent", "branch", "depth", "family", "memo", "listing",
    "number", "year", "listed",
)  # fmt: skip
_PROMISE_MORE = (
    f"UPDATE page SET state = 'pending', reason = NULL, {', '.join(f'{name} = :{name}' for name in _PROMISED)}"
    " WHERE portal = :portal AND canonical = :canonical AND priority < :priority AND done IS NULL AND (state ="
    " 'pending' OR reason LIKE 'low yield%' OR reason LIKE 'decoy%' OR reason LIKE 'refused%')"
)
#: The best of each host's best: the index has them in order, and a portal may have hundreds of sub-sites, of which each
#: as a query of its own cost more than all else that is done for an answer.
_BEST = (
    f"SELECT {_COLUMNS} FROM page WHERE id IN (SELECT (SELECT id FROM page WHERE portal = ?1 AND state = 'pending'"
    " AND host = free.value AND due <= ?2 AND claimed IS NOT ?3 ORDER BY priority DESC, id LIMIT 1)"
    " FROM json_each(?4) AS free) ORDER BY priority DESC, id LIMIT 1"
)


class Frontier:
    """The rows of one portal. Times are seconds since the epoch."""

    def __init__(self, file: Path, portal: str) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self.portal = portal
        self.run = uuid.uuid4().hex
        self.db = sqlite3.connect(file, timeout=_PATIENCE, isolation_level=None)
        write_ahead(self.db, _PATIENCE)
        self.db.execute("PRAGMA synchronous=NORMAL")
        if self.db.execute("PRAGMA user_version").fetchone()[0] < VERSION:
            self.db.create_function("host_of", 1, host_of, deterministic=True)
            self.db.executescript("BEGIN IMMEDIATE;" + SCHEMA + "COMMIT;")
        self.hosts: set[str] = {
            host for (host,) in self.db.execute("SELECT DISTINCT host FROM page WHERE portal = ?", (portal,))
        }
        #: Those whose ETag and Last-Modified say nothing (crawler.frontier.validators).
        self.distrusted = {
            host for (host,) in self.db.execute("SELECT host FROM distrusted WHERE portal = ?", (portal,))
        }
        self.tested = {host for (host,) in self.db.execute("SELECT host FROM tested WHERE portal = ?", (portal,))}

    def close(self) -> None:
        """Close the file; everything is on disk already."""
        self.db.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One BEGIN IMMEDIATE … COMMIT; rolled back on an exception."""
        if self.db.in_transaction:
            yield self.db
            return
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield self.db
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    def add(self, targets: Iterable[Target], *, parent: Row | None = None, now: float | None = None) -> list[str]:
        """Insert what is new, raise the priority of what is known and still pending.

        The canonical addresses that were new.
        """
        now = time.time() if now is None else now
        new: list[str] = []
        with self.transaction() as db:
            for each in targets:
                known = {
                    **{name: getattr(each, name) for name in _OF_TARGET},
                    "portal": self.portal,
                    "state": "dropped" if each.reason else "pending",
                    "via": parent.url if parent else None,
                    "parent": parent.id if parent else None,
                    "depth": parent.depth + 1 if parent else 0,
                    "added": now,
                }
                inserted = db.execute(_ADD, known).rowcount
                if inserted:
                    self.hosts.add(each.host)
                if not each.reason and (inserted or db.execute(_PROMISE_MORE, known).rowcount):
                    new.append(each.canonical)
        return new

    def next(self, busy: set[str], now: float) -> Row | None:
        """Claim the best pending row that is due, of a host that is not busy."""
        free = [host for host in self.hosts if host not in busy]
        if not free:
            return None
        found = self.db.execute(_BEST, (self.portal, now, self.run, json.dumps(free))).fetchone()
        if found is None:
            return None
        best = Row(*found)
        self.db.execute("UPDATE page SET claimed = ? WHERE id = ?", (self.run, best.id))
        return best

    def earliest(self, busy: set[str]) -> float | None:
        """When the next pending row of a host that is not held back falls due; None where there is none."""
        marks = ",".join("?" * len(busy))
        due = self.db.execute(
            f"SELECT min(due) FROM page WHERE portal = ? AND state = 'pending' AND claimed IS NOT ? AND host"
            f" NOT IN ({marks})",
            (self.portal, self.run, *busy),
        ).fetchone()[0]
        return None if due is None else float(due)

    def known_as(self, row: Row, kind: str) -> None:
        """What a row's link promised is not what it is."""
        row.kind = kind
        self.db.execute("UPDATE page SET kind = ? WHERE id = ?", (kind, row.id))

    def finish(
        self,
        rows: Iterable[tuple[Row, dict[str, object]]],
        *,
        now: float | None = None,
    ) -> None:
        """Mark rows done, with what the answer told (capture, digest, status, etag, modified, report, kind, due)."""
        now = time.time() if now is None else now
        with self.transaction() as db:
            for row, facts in rows:
                values: dict[str, object] = {
                    "state": "done",
                    "done": now,
                    "reason": None,
                    "conditional": 0,
                    "claimed": None,
                    **facts,
                }
                assign = ", ".join(f"{name} = ?" for name in values)
                db.execute(
                    f"UPDATE page SET {assign}, checks = checks + 1, tries = 0 WHERE id = ?", (*values.values(), row.id)
                )

    def drop(self, row: Row, reason: str, **facts: object) -> None:
        """Leave a row for good (until a later visit), with the reason."""
        values: dict[str, object] = {"state": "dropped", "reason": reason, **facts}
        assign = ", ".join(f"{name} = ?" for name in values)
        self.db.execute(f"UPDATE page SET {assign} WHERE id = ?", (*values.values(), row.id))

    def postpone(self, row: Row, due: float, reason: str) -> int:
        """Leave a row pending until ``due``; the number of tries so far."""
        self.db.execute(
            "UPDATE page SET tries = tries + 1, due = ?, reason = ?, claimed = NULL WHERE id = ?", (due, reason, row.id)
        )
        return row.tries + 1

    def move(self, row: Row, url: str) -> None:
        """Ask for a row at another address of the same page: by https, with www.

        Whole: validators are those of one address, and an address of which nothing but a 304 came has no page.
        """
        self.hosts.add(host_of(url))
        self.db.execute("UPDATE page SET url = ?, host = ?, conditional = 0 WHERE id = ?", (url, host_of(url), row.id))

    def release(self, row: Row) -> None:
        """Give a claimed row back untouched."""
        self.db.execute("UPDATE page SET claimed = NULL WHERE id = ?", (row.id,))

    def drop_where(self, condition: str, parameters: tuple[object, ...], reason: str) -> int:
        """Leave all pending rows of the portal that fulfil an SQL condition; how many they were."""
        cursor = self.db.execute(
            "UPDATE page SET state = 'dropped', reason = ? WHERE portal = ? AND state = 'pending' AND done IS NULL"
            f" AND claimed IS NOT ? AND ({condition})",
            (reason, self.portal, self.run, *parameters),
        )
        return cursor.rowcount

    def credit(self, row: Row, levels: int = 8) -> None:
        """A report was found at this row: every page on the way to it was useful."""
        self.db.execute(
            "WITH RECURSIVE way (id, level) AS (VALUES (?, 1) UNION ALL SELECT page.parent, level + 1 FROM way JOIN"
            " page ON page.id = way.id WHERE page.parent IS NOT NULL AND level < ?)"
            " UPDATE page SET useful = 1 WHERE useful = 0 AND id IN (SELECT id FROM way)",
            (row.id, levels),
        )

    def branch_misses(self, branch: str) -> int:
        """How many fetched rows of a branch since its last useful one led to nothing."""
        rows = self.db.execute(
            "SELECT useful FROM page WHERE portal = ? AND branch = ? AND done IS NOT NULL ORDER BY done DESC LIMIT 60",
            (self.portal, branch),
        ).fetchall()
        misses = 0
        for (useful,) in rows:
            if useful:
                break
            misses += 1
        return misses

    def seen_digest(self, digest: str, row: Row) -> str | None:
        """Another address of the portal that gave the same bytes."""
        found = self.db.execute(
            "SELECT url FROM page WHERE portal = ? AND digest = ? AND id <> ? LIMIT 1", (self.portal, digest, row.id)
        ).fetchone()
        return found[0] if found else None

    def get(self, canonical: str) -> Row | None:
        """The row of a canonical address."""
        found = self.db.execute(
            f"SELECT {_COLUMNS} FROM page WHERE portal = ? AND canonical = ?", (self.portal, canonical)
        ).fetchone()
        return Row(*found) if found else None

    def state_of(self, canonical: str) -> str | None:
        """pending, done, dropped, or None where the address is unknown."""
        found = self.db.execute(
            "SELECT state FROM page WHERE portal = ? AND canonical = ?", (self.portal, canonical)
        ).fetchone()
        return found[0] if found else None

    def reopen(self, canonical: str, *, conditional: bool, now: float | None = None) -> bool:
        """Fetch a known address again; whether there was one to reopen."""
        cursor = self.db.execute(
            "UPDATE page SET state = 'pending', due = 0, claimed = NULL, conditional = ?"
            " WHERE portal = ? AND canonical = ? AND state = 'done'",
            (int(conditional), self.portal, canonical),
        )
        return cursor.rowcount > 0

    def holds(self, condition: str) -> bool:
        """Whether any row of the portal fulfils an SQL condition."""
        asked = f"SELECT 1 FROM page WHERE portal = ? AND ({condition}) LIMIT 1"
        return self.db.execute(asked, (self.portal,)).fetchone() is not None

    def count(self, condition: str = "1", parameters: tuple[object, ...] = ()) -> int:
        """How many rows of the portal fulfil an SQL condition."""
        return int(
            self.db.execute(
                f"SELECT count(*) FROM page WHERE portal = ? AND ({condition})", (self.portal, *parameters)
            ).fetchone()[0]
        )
