"""Answers with the same bytes as the one before at their address: they say the same, and are not read again.

Many portals send no ETag, so that a report which nobody touches is sent whole at every visit. Such an answer is a row
of ``capture`` and no more: the timeline takes it for what the latest reading of its address says. Only what goes back
to an earlier state (a, b, a) has readings of its own.
"""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from archive.capture import Capture
from pipelines.store.content import load
from reports.record import Record

#: The record of a reading ``r``: it is kept once, with the first reading of it at its address.
_CONTENT = (
    "COALESCE(content, (SELECT content FROM reading AS e WHERE e.url = r.url AND e.n = r.n AND e.sense = r.sense "
    "AND e.content IS NOT NULL ORDER BY time, capture LIMIT 1))"
)


def repeats(connection: sqlite3.Connection, capture: Capture, *, alone: bool = True) -> bool:
    """Whether an earlier answer at this address had the same bytes. If so, what follows from it is written.

    Where the page is not ``alone``, but goes on over others, only the answer before it says the same.
    """
    before = None if capture.truncated is not None else _latest(connection, capture, capture.digest)
    if before is None:
        return False
    if before != _latest(connection, capture):
        if not alone:
            return False
        _copy(connection, capture.id, capture.time, before)
        return True
    connection.execute(
        "UPDATE organ_name SET last_seen = ?1 WHERE last_seen < ?1 AND (organ, name) IN "
        "(SELECT organ, organ_name FROM reading WHERE capture = ?2)",
        (capture.time, before),
    )
    return True


def recorded(connection: sqlite3.Connection, capture: Capture) -> list[Record] | None:
    """What the readings of an answer with the same bytes say, where the latest of this address had them."""
    if capture.truncated is not None:
        return None
    latest = _latest(connection, capture)
    if latest is None or latest != _latest(connection, capture, capture.digest):
        return None
    rows = connection.execute(
        f"SELECT verdict, {_CONTENT} FROM reading r WHERE capture = ? ORDER BY n", (latest,)
    ).fetchall()
    if any(content is None and verdict != "not_a_report" for verdict, content in rows):
        return None
    return [
        load(connection, content) if content else Record(source=capture.url, url=capture.url, verdict=verdict)
        for verdict, content in rows
    ]


def settle(connection: sqlite3.Connection, capture: Capture) -> None:
    """After the readings of an answer that came late (from an archive of the web): the next one at its address, which
    repeated the one before, goes back to that now."""
    following = connection.execute(
        "SELECT id, time, digest FROM capture WHERE url = ? AND portal = ? AND status = 200 AND truncated IS NULL "
        "AND (time, id) > (?, ?) ORDER BY time, id LIMIT 1",
        (capture.url, capture.portal, capture.time, capture.id),
    ).fetchone()
    if following is None:
        return
    identity, time, digest = following
    before = _latest(connection, replace(capture, id=identity, time=time), digest)
    was_read = connection.execute("SELECT 1 FROM reading WHERE capture = ?", (identity,)).fetchone()
    if before is not None and before != capture.id and not was_read:
        _copy(connection, identity, time, before)


def _latest(connection: sqlite3.Connection, capture: Capture, digest: str | None = None) -> str | None:
    """The latest answer at this address before this one that was read; of those with certain bytes, where given."""
    row = connection.execute(
        "SELECT r.capture FROM reading r JOIN capture c ON c.id = r.capture WHERE r.url = ? AND r.portal = ? AND "
        "(r.time, r.capture) < (?, ?) AND c.truncated IS NULL AND c.digest = COALESCE(?, c.digest) "
        "ORDER BY r.time DESC, r.capture DESC LIMIT 1",
        (capture.url, capture.portal, capture.time, capture.id, digest),
    ).fetchone()
    return row and str(row[0])


def _copy(connection: sqlite3.Connection, capture: str, time: str, before: str) -> None:
    """The readings of an earlier capture as this one's too."""
    connection.execute(
        f"INSERT INTO reading SELECT ?, n, portal, url, ?, verdict, sense, figures, quality, {_CONTENT}, organ, "
        "organ_name, year, report, page, extractor FROM reading r WHERE capture = ?",
        (capture, time, before),
    )
