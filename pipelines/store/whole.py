"""A report over several pages is read as one: its first page with the further pages that were archived with it.

Each page is a capture of its own. The readings are those of the first page's capture, and name the others; when one of
these comes that is new or says something else, the first page is read again with it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any

from archive.capture import Capture
from pipelines.store.identity import Portal
from reports import continued
from reports.record import Problem, Record

#: The rule with which a crawl fetches the pages over which a report goes on (crawler.discovery.parts).
FURTHER = "further page of the report"
Extract = Callable[[bytes, Capture, Portal], list[Record]]
Past = Callable[[Capture], bytes]  # an earlier capture's body, from the archive

_TOLD = f"rule = '{FURTHER}' AND status IN (200, 404, 410) AND truncated IS NULL"  # spelled out, for the index


def capture_of(row: Sequence[Any]) -> Capture:
    """A row of the table ``capture`` as the word that it came from."""
    values = dict(zip((field.name for field in fields(Capture)), row, strict=True))
    return Capture(**{**values, "exact": bool(values["exact"])})


def further(connection: sqlite3.Connection, capture: Capture) -> list[Capture]:
    """The further pages of a first page as they were when it was fetched: in their latest state before it was fetched
    again, in their order."""
    rows = connection.execute(
        f"SELECT * FROM capture WHERE via = ?1 AND portal = ?2 AND {_TOLD} AND time < COALESCE(("
        "SELECT MIN(time) FROM capture WHERE url = ?1 AND portal = ?2 AND status = 200 AND truncated IS NULL "
        "AND (time, id) > (?3, ?4)), '~') ORDER BY time, id",
        (capture.url, capture.portal, capture.time, capture.id),
    )
    latest = {each.url: each for each in map(capture_of, rows)}
    there = (each for each in latest.values() if each.status == 200)
    return sorted(there, key=lambda each: (len(each.url), each.url))


def source_of(connection: sqlite3.Connection, capture: Capture, body: bytes, past: Past) -> tuple[bytes, list[str]]:
    """What is read for a capture: its body, with those of its further pages, whose addresses are given."""
    pages = [(each.url, past(each)) for each in further(connection, capture)]
    return continued.joined((capture.url, body), pages) if pages else (body, [])


def read(
    connection: sqlite3.Connection, capture: Capture, body: bytes, extract: Extract, past: Past, portal: Portal
) -> list[Record]:  # fmt: skip
    """What a capture says, with its further pages, which its records name."""
    source, taken = source_of(connection, capture, body, past)
    records = extract(source, capture, portal)
    for record in records:
        if record.verdict != "not_a_report":
            record.problems += [_named(address) for address in taken]
    return records


def _named(address: str) -> Problem:
    message = "a further page of the report, read with the first"
    return Problem(code="report-goes-on", message=message, where=address, severity="info")


def first_of(connection: sqlite3.Connection, page: Capture) -> Capture | None:
    """The first page that is to be read again for a further page; None where that says what it said before."""
    before = connection.execute(
        f"SELECT status, digest FROM capture WHERE url = ? AND portal = ? AND {_TOLD} AND (time, id) < (?, ?) "
        "ORDER BY time DESC, id DESC LIMIT 1",
        (page.url, page.portal, page.time, page.id),
    ).fetchone()
    same = before is not None and page.status == before[0] and (page.status != 200 or page.digest == before[1])
    if same or page.truncated or page.status not in (200, 404, 410):
        return None
    row = connection.execute(
        "SELECT * FROM capture WHERE url = ? AND portal = ? AND status = 200 AND truncated IS NULL "
        "AND (time, id) < (?, ?) ORDER BY time DESC, id DESC LIMIT 1",
        (page.via, page.portal, page.time, page.id),
    ).fetchone()
    return capture_of(row) if row else None
