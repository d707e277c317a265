"""One capture into the database: a function of the captures in the order in which they were written, of nothing else.

No clock, no random number: the crawl, the next start of a killed crawl and ``rebuild`` come to the same rows.
"""

from __future__ import annotations

import functools
import re
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from archive.capture import Capture
from pipelines.store import crawls, portals, repeats, succession, summary, whole
from pipelines.store.content import pack
from pipelines.store.derive import derive, drop_unused, write_organ
from pipelines.store.identity import Identity, Portal, identify
from pipelines.store.rows import problem_id
from pipelines.store.whole import FURTHER, Extract, Past
from reports.record import Record

_ROBOTS = re.compile(r"^\w+://[^/]+/robots\.txt$")
Body = bytes | Callable[[], bytes]  # a body may be fetched from the archive only when it is needed

# What a capture can be read as. Stylesheets, pictures and scripts hold no report.
_READABLE = ("text/html", "application/xhtml", "text/plain", "application/pdf", "application/msword",
"application/vnd.",
             "application/zip", "application/x-zip", "application/octet-stream", "application/wps", "application/kswps",
             "application/ofd", "application/x-download", "application/force-download", "binary/octet-stream",
             "application/rtf", "text/rtf")  # fmt: skip
#: What a page's script is answered that draws the report itself; what answers for a page of a list holds none.
_DRAWN = ("application/json", "text/json")
_LISTED = re.compile(r"page \d+ of the list")


def readable(capture: Capture) -> bool:
    """Whether a capture may hold a report: an answer of status 200 in a format that can be read.

    A further page of a report is none: read by itself it would pass for an edit of it.
    """
    if capture.rule == FURTHER:
        return False
    if capture.status != 200 or not capture.size or _ROBOTS.search(capture.url):
        return False
    if capture.media_type.startswith(_DRAWN):
        return not _LISTED.fullmatch(capture.rule or "")
    return not capture.media_type or capture.media_type.startswith(_READABLE)


def is_attachment(capture: Capture) -> bool:
    """Whether a capture is a file that a page links, not a page itself."""
    return capture.status == 200 and "html" not in capture.media_type


def ingest(
    connection: sqlite3.Connection, capture: Capture, body: Body, records: Sequence[Record] | None, extract: Extract,
    past: Past,
) -> list[str]:  # fmt: skip
    """Writes the capture and what follows from it, inside the caller's transaction. A known one is left alone.

    ``records`` is what ``extract`` gave, where the caller has asked already. Returns the reports that were touched.
    """
    if connection.execute("SELECT 1 FROM capture WHERE id = ?", (capture.id,)).fetchone():
        return []
    if not capture.crawl:
        # Other people's files need not say what they are part of: each is a crawl of its own.
        capture = replace(capture, crawl=capture.warc)
    portal = portals.ensure(connection, capture, body)
    _write_capture(connection, capture)
    if summary.is_summary(capture):
        summary.write_summary(connection, capture, _bytes(body))
        gone = summary.reports_gone(connection, capture.crawl)
        for report in gone:
            derive(connection, report)
        return gone
    if summary.is_import(capture):
        summary.write_import(connection, capture)
        return []
    connection.execute("SAVEPOINT reading")
    try:
        touched = _read(connection, capture, body, records, extract, past, portal)
    except (sqlite3.OperationalError, OSError):  # locked, full: the whole transaction fails and is tried again
        raise
    except Exception as error:
        # A page that trips the store must not stop a crawl for ever: it is archived, and a person is told.
        connection.execute("ROLLBACK TO reading")
        connection.execute("RELEASE reading")
        _identity_problem(connection, capture, "not-stored", f"{type(error).__name__}: {error}"[:300])
        return []
    connection.execute("RELEASE reading")
    return touched


def _read(
    connection: sqlite3.Connection,
    capture: Capture,
    body: Body,
    records: Sequence[Record] | None,
    extract: Extract,
    past: Past,
    portal: Portal,
) -> list[str]:
    outdated: list[str | None] = []
    touched = set(_reports_at(connection, capture.url))
    if capture.truncated and touched and not _always_cut(connection, capture, body):
        # A cut copy of a known report is no edit of it. One that is all there is, is read: servers that announce more
        # bytes than they send are common, and their pages are whole.
        _identity_problem(connection, capture, "truncated-copy", f"a copy was cut off ({capture.truncated})")
    elif capture.rule == FURTHER:
        first = whole.first_of(connection, capture)
        if first is not None:
            touched.update(_reports_at(connection, first.url))
            touched.update(_read_again(connection, first, portal, extract, past, outdated))
    elif readable(capture):
        more = whole.further(connection, capture)
        if not repeats.repeats(connection, capture, alone=not more):
            if records is None or more:
                records = whole.read(connection, capture, _bytes(body), extract, past, portal)
            extractor = records[0].extractor
            touched.update(_upgrade(connection, touched, extractor, portal, extract, past, outdated))  # names compare
            touched.update(_write_readings(connection, capture, portal, records))
            repeats.settle(connection, capture)
            touched.update(_upgrade(connection, touched, extractor, portal, extract, past, outdated))
    if capture.via and is_attachment(capture):
        touched.update(_reports_at(connection, capture.via))
    for report in sorted(touched):
        derive(connection, report)
    succession.drop_empty(connection, capture.portal)
    drop_unused(connection, outdated)  # not before: the reports' rows referred to them
    return sorted(touched)


def _always_cut(connection: sqlite3.Connection, capture: Capture, body: Body) -> bool:
    """Whether no answer of this address was ever whole, and this one ends as a page does: its server announces more
    bytes than it sends, and what it sends is the page."""
    whole = connection.execute(
        "SELECT 1 FROM capture WHERE url = ? AND portal = ? AND status = 200 AND truncated IS NULL "
        "AND (time, id) < (?, ?) LIMIT 1",
        (capture.url, capture.portal, capture.time, capture.id),
    ).fetchone()
    return whole is None and _bytes(body)[-64:].rstrip().lower().endswith(b"</html>")


def _bytes(body: Body) -> bytes:
    return body if isinstance(body, bytes) else body()


def _write_capture(connection: sqlite3.Connection, capture: Capture) -> None:
    connection.execute(
        "INSERT INTO crawl (id, portal, started, captures, bytes, exact) VALUES (?, ?, ?, 1, ?, ?) ON CONFLICT "
        "DO UPDATE SET "
        "captures = captures + 1, bytes = bytes + excluded.bytes, exact = MIN(exact, excluded.exact), "
        "started = MIN(started, excluded.started)",
        (capture.crawl, capture.portal, capture.time, capture.length, capture.exact),
    )
    crawls.touch(connection, capture.crawl)
    connection.execute(
        "INSERT INTO capture VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            capture.id, capture.crawl, capture.portal, capture.url, capture.time, capture.kind, capture.status,
            capture.media_type, capture.digest, capture.size, capture.warc, capture.offset, capture.length,
            capture.refers_to, capture.via, capture.anchor, capture.depth, capture.rule, capture.truncated,
            capture.exact,
        ),
    )  # fmt: skip


def _reports_at(connection: sqlite3.Connection, url: str) -> list[str]:
    rows = connection.execute("SELECT DISTINCT report FROM reading WHERE url = ? AND report IS NOT NULL", (url,))
    return [report for (report,) in rows]


def _write_readings(
    connection: sqlite3.Connection, capture: Capture, portal: Portal, records: Sequence[Record]
) -> list[str]:  # fmt: skip
    touched: list[str] = []
    linking = _linking_page(connection, capture)
    for n, record in enumerate(records):
        if record.verdict == "not_a_report":
            connection.execute(
                "INSERT INTO reading (capture, n, portal, url, time, verdict) VALUES (?, ?, ?, ?, ?, ?)",
                (capture.id, n, capture.portal, capture.url, capture.time, record.verdict),
            )
            continue
        identity, year, printed = _identity(record, portal, linking if len(records) == 1 else None)
        content = pack(record)
        connection.execute(
            "INSERT OR IGNORE INTO content VALUES (?, ?, ?)", (content.digest, content.extractor, content.blob)
        )  # fmt: skip
        if identity is not None and year is not None:
            identity = succession.known(connection, capture.portal, identity)
            if n == 0:
                tell = functools.partial(_identity_problem, connection, capture)
                identity, handed = succession.noticed(connection, capture, identity, year, content, tell)
                touched.extend(handed)
        report = f"{identity.id}-{year}" if identity is not None and year is not None else None
        connection.execute(
            "INSERT INTO reading VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                capture.id, n, capture.portal, capture.url, capture.time, record.verdict, content.sense,
                content.figures, content.quality, content.digest, identity.id if identity else None, printed, year,
                report, capture.via if is_attachment(capture) else None, record.extractor,
            ),
        )  # fmt: skip
        if identity is None or report is None:
            _unidentified(connection, capture, record, identity, year)
            continue
        if identity.rivals:
            _ambiguous(connection, capture, printed or "", identity)
        write_organ(connection, identity, capture.portal)
        touched.append(report)
    return touched


def _upgrade(
    connection: sqlite3.Connection,
    reports: Iterable[str],
    extractor: str | None,
    portal: Portal,
    extract: Extract,
    past: Past,
    outdated: list[str | None],
) -> set[str]:
    """Reads a report's earlier captures again where another version of the extraction read them.

    Otherwise a better reading of the same page would pass for an edit by the organ.
    """
    touched: set[str] = set()
    if extractor is None:
        return touched
    for report in sorted(reports):
        stale = connection.execute(
            "SELECT DISTINCT c.* FROM reading r JOIN capture c ON c.id = r.capture "
            "WHERE r.report = ? AND r.extractor IS NOT ? ORDER BY c.time, c.id",
            (report, extractor),
        ).fetchall()
        for row in stale:
            capture = whole.capture_of(row)
            touched.update(_read_again(connection, capture, portal, extract, past, outdated))
            touched.add(report)
    return touched


def _read_again(
    connection: sqlite3.Connection, capture: Capture, portal: Portal, extract: Extract, past: Past,
    outdated: list[str | None],
) -> list[str]:  # fmt: skip
    """Replaces an earlier capture's readings; the reports that it is of now."""
    known = connection.execute("SELECT content FROM reading WHERE capture = ?", (capture.id,)).fetchall()
    connection.execute("DELETE FROM reading WHERE capture = ?", (capture.id,))
    crawls.touch(connection, capture.crawl)
    outdated.extend(content for (content,) in known)
    own = portals.known(connection, capture.portal) or portal
    records = whole.read(connection, capture, past(capture), extract, past, own)
    return _write_readings(connection, capture, own, records)


_Linking = tuple[str | None, str | None, int | None]


def _linking_page(connection: sqlite3.Connection, capture: Capture) -> _Linking | None:
    """The report that the page with the link to this attachment is about: its organ's name and year."""
    if not capture.via or not is_attachment(capture):
        return None
    row = connection.execute(
        "SELECT organ_name, organ, year FROM reading WHERE url = ? AND portal = ? AND report IS NOT NULL AND n = 0 "
        "AND time <= ? ORDER BY time DESC, capture DESC LIMIT 1",
        (capture.via, capture.portal, capture.time),
    ).fetchone()
    return None if row is None else (row[0], row[1], row[2])


def _identity(record: Record, portal: Portal, page: _Linking | None) -> tuple[Identity | None, int | None, str | None]:
    """The organ and year of a record: its own words first; what it does not say, the page that links it says."""
    year = record.year if record.year is not None else page[2] if page else None
    identity = identify(record.organ, portal) if record.organ else None
    if identity is not None:
        return identity, year, record.organ and identity.name
    if page and page[0]:
        identity = identify(page[0], portal)
        return identity, year, identity.name if identity else None
    return None, year, None


def _unidentified(
    connection: sqlite3.Connection, capture: Capture, record: Record, identity: Identity | None, year: int | None
) -> None:  # fmt: skip
    missing = [name for name, value in (("organ", identity), ("year", year)) if value is None]
    stopped = next((each.message for each in record.problems if each.code.startswith("reader-")), None)
    why = f" ({stopped})" if stopped else ""
    _identity_problem(
        connection, capture, f"{'-and-'.join(missing)}-unknown",
        f"a report ({record.verdict}) that names no {' and no '.join(missing)}: {record.title or _name(capture)}{why}",
    )  # fmt: skip


def _ambiguous(connection: sqlite3.Connection, capture: Capture, printed: str, identity: Identity) -> None:
    _identity_problem(
        connection, capture, "organ-ambiguous",
        f"{printed} may lie in {', '.join(identity.rivals)}: kept apart by portal",
    )  # fmt: skip


def _identity_problem(connection: sqlite3.Connection, capture: Capture, code: str, message: str) -> None:
    connection.execute(
        "INSERT OR IGNORE INTO problem VALUES (?, ?, ?, NULL, ?, ?, 'warning', ?, ?, ?, 'identity')",
        (
            problem_id(capture.portal, code, capture.url, message), capture.portal, capture.crawl, capture.id, code,
            message, capture.url, capture.time,
        ),
    )  # fmt: skip


def _name(capture: Capture) -> str:
    return unquote(urlsplit(capture.url).path.rsplit("/", 1)[-1]) or capture.url


__all__ = ["drop_unused", "ingest", "readable"]
