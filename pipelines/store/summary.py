"""The crawl's own summary, which it writes into the archive at its end, and what becomes of it in the database.

A ``resource`` record ``urn:gongkai:crawl:ID:summary`` of JSON. Every key may be missing::

    {"crawl": "…", "portal": "…", "started": "2026-01-31T02:00:00.000Z", "ended": "…", "outcome": "finished",
     "requests": 120, "family": "trs", "name": "…", "home": "http://…",
     "problems": [{"code": "column-incomplete", "severity": "warning", "message": "…", "place": "http://…",
                   "capture": "…"}]}
"""

from __future__ import annotations

import json
import re
import sqlite3
from typing import Any

from archive.capture import Capture
from pipelines.store.rows import problem_id

_URI = re.compile(r"^urn:gongkai:crawl:(?P<crawl>.+):summary$")
_IMPORT = "urn:gongkai:import:"  # the record with which archive.importer says where others' captures came from
GONE = "report-gone"  # the problem with which a crawl names an answer that shows that a known report has gone
IMPORTED = "imported"  # the outcome of what was no crawl of ours: it neither fails nor proves a portal silent


def is_summary(capture: Capture) -> bool:
    """Whether a capture is a crawl's summary."""
    return capture.kind == "resource" and _URI.match(capture.url) is not None


def is_import(capture: Capture) -> bool:
    """Whether a capture is the note at the head of other people's captures."""
    return capture.kind == "resource" and capture.url.startswith(_IMPORT)


def write_import(connection: sqlite3.Connection, capture: Capture) -> None:
    """Captures that others made are no crawl that could be unfinished."""
    connection.execute("UPDATE crawl SET outcome = ?, ended = ? WHERE id = ?", (IMPORTED, capture.time, capture.crawl))


def write_summary(connection: sqlite3.Connection, capture: Capture, body: bytes) -> None:
    """The crawl's end, counts and problems. A summary that is no JSON object is itself a problem."""
    try:
        told = json.loads(body)
    except ValueError:
        told = None
    if not isinstance(told, dict):
        _problem(
            connection,
            capture,
            {"code": "bad-summary", "severity": "error", "message": "the crawl's summary is not JSON"},
        )
        return
    counts: dict[str, Any] = told["counts"] if isinstance(told.get("counts"), dict) else {}
    connection.execute(
        "UPDATE crawl SET ended = ?, outcome = ?, requests = COALESCE(?, requests) WHERE id = ?",
        (
            str(told.get("ended") or capture.time), str(told.get("outcome") or told.get("reason") or "finished"),
            _number(told.get("requests") or counts.get("requests")), capture.crawl,
        ),
    )  # fmt: skip
    for problem in told.get("problems") or ():
        if isinstance(problem, dict):
            _problem(connection, capture, problem)
    if told.get("outcome") == "failed":
        message = str(told.get("reason") or "the crawl failed")
        _problem(connection, capture, {"code": "crawl-failed", "severity": "error", "message": message})
    if home := told.get("home"):
        connection.execute("UPDATE portal SET home = ? WHERE id = ?", (str(home), capture.portal))
    families = sorted({str(each.get("family")) for each in told.get("columns") or () if each.get("family")})
    if family := told.get("family") or ", ".join(families):
        connection.execute("UPDATE portal SET family = ? WHERE id = ?", (str(family), capture.portal))


def reports_gone(connection: sqlite3.Connection, crawl: str) -> list[str]:
    """The reports of which a crawl says that an answer shows that they have gone: a page that says so with status 200,
    another page in the report's place, a redirect to the home page. What the answers of the report's addresses tell
    without it (404) is known already."""
    rows = connection.execute(
        "SELECT DISTINCT r.report FROM problem p JOIN capture c ON c.id = p.capture JOIN reading r ON r.url = c.url "
        "WHERE p.crawl = ? AND p.code = ? AND r.report IS NOT NULL ORDER BY 1",
        (crawl, GONE),
    )
    return [report for (report,) in rows]


def _problem(connection: sqlite3.Connection, capture: Capture, problem: dict[str, Any]) -> None:
    code = str(problem.get("code") or "problem")
    place = str(problem.get("where") or problem.get("place") or problem.get("url") or "")
    named = str(problem.get("capture") or "")
    known = connection.execute("SELECT id FROM capture WHERE id = ?", (named,)).fetchone()
    connection.execute(
        "INSERT OR IGNORE INTO problem VALUES (?, ?, ?, NULL, ?, ?, ?, ?, ?, ?, 'crawl')",
        (
            problem_id(capture.portal, capture.crawl, code, place, str(problem.get("message") or "")), capture.portal,
            capture.crawl, known[0] if known else None, code, str(problem.get("severity") or "warning"),
            str(problem.get("message") or code), place, str(problem.get("time") or capture.time),
        ),
    )  # fmt: skip


def _number(value: object) -> int | None:
    return int(value) if isinstance(value, int | float) else None


def portal_state(connection: sqlite3.Connection, portal: str) -> None:
    """Brings a portal's state and silence up to date with its crawls: silent since the first failed one in a row.

    A crawl answered when it has at least one answer of status 200, redirects and errors not counted.
    """
    latest_first = connection.execute(
        "SELECT started, EXISTS (SELECT 1 FROM capture WHERE crawl = crawl.id AND status = 200 "
        "AND COALESCE(rule, '') != 'robots') FROM crawl WHERE portal = ? AND outcome != ? "
        "ORDER BY started DESC, id DESC",
        (portal, IMPORTED),
    )
    state = silent = None
    for started, answered in latest_first:
        silent = silent if answered else started
        state = "silent" if silent else "active"
        if answered:
            break
    latest_first.close()  # hundreds of nights may be left
    if state is None:
        imported = connection.execute("SELECT 1 FROM crawl WHERE portal = ?", (portal,)).fetchone()
        state = "active" if imported else "unverified"
    connection.execute("UPDATE portal SET state = ?, silent_since = ? WHERE id = ?", (state, silent, portal))


__all__ = [
    "GONE",
    "IMPORTED",
    "is_import",
    "is_summary",
    "portal_state",
    "reports_gone",
    "write_import",
    "write_summary",
]
