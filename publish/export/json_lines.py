"""``reports.jsonl`` and ``versions.jsonl``: the contract's form, one line a report and one a replaced version."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec

_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(dict[str, Any])

_REPORTS = """
SELECT r.id, r.portal, r.organ, o.division, o.name, r.year, r.title, r.published, r.scope, r.verdict, r.url, r.version,
r.first_seen, r.last_seen,
  r.gone_since, r.days_late, r.statutory_date, r.extractor, c.id, c.time, c.digest, c.warc, c."offset", c.length,
  content.record
FROM report r JOIN organ o ON o.id = r.organ JOIN capture c ON c.id = r.capture JOIN content ON content.digest =
r.content
ORDER BY r.id
"""
_VERSIONS = """
SELECT v.report, v.version, v.seen, c.id, c.time, c.digest, c.warc, c."offset", c.length
FROM report_version v JOIN report r ON r.id = v.report JOIN capture c ON c.id = v.capture
WHERE v.version < r.version ORDER BY v.report, v.version
"""
# what is no figure has no value but its text
_CHANGES = (
    'SELECT report, version, "table", row, "column", '
    "CASE WHEN \"column\" = 'text' THEN before_raw ELSE before END, "
    "CASE WHEN \"column\" = 'text' THEN after_raw ELSE after END "
    'FROM figure_change ORDER BY report, version, "table", row, "column"'
)
_FIRST = (
    "source",
    "url",
    "title",
    "organ",
    "year",
    "published",
    "scope",
    "forms",
    "proactive",
    "applications",
    "review",
)


def write(connection: sqlite3.Connection, folder: Path) -> list[Path]:
    """Both files. Rows are read and written one by one: memory does not grow with the archive."""
    reports, versions = folder / "reports.jsonl", folder / "versions.jsonl"
    with reports.open("wb", buffering=1 << 20) as lines:
        for line in _report_lines(connection):
            lines.write(line + b"\n")
    with versions.open("wb") as lines:
        for line in _version_lines(connection):
            lines.write(line + b"\n")
    return [reports, versions]


def _report_lines(connection: sqlite3.Connection) -> Iterator[bytes]:
    addresses = _grouped(connection, "SELECT report, url FROM report_address ORDER BY report, first_seen, url")
    address = next(addresses, None)
    for row in connection.execute(_REPORTS):
        (identity, portal, organ, division, name, year, title, published, scope, verdict, url, version, first_seen,
        last_seen, gone, late,
         due, extractor, *capture, blob) = row  # fmt: skip
        seen: list[str] = []
        while address is not None and address[0] <= identity:
            if address[0] == identity:
                seen = [each[1] for each in address[1]]
            address = next(addresses, None)
        record = _DECODER.decode(zlib.decompress(blob)) if blob else {}
        # The store's word goes before the page's: the organ's identity and year were settled over all that is known.
        record |= {
            "source": url, "url": url, "title": title, "organ": name, "year": year, "published": published,
            "scope": scope, "verdict": verdict,
        }  # fmt: skip
        ordered = {key: record.pop(key, None) for key in _FIRST} | record
        ordered |= {
            "report": identity, "portal": portal, "organ_id": organ, "division": division, "addresses": seen,
            "capture": _capture(capture),
            "version": version, "first_seen": first_seen, "last_seen": last_seen, "gone_since": gone, "days_late": late,
            "statutory_date": due, "extractor": extractor,
        }  # fmt: skip
        yield _ENCODER.encode(ordered)


def _version_lines(connection: sqlite3.Connection) -> Iterator[bytes]:
    changes: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for report, version, table, row, column, before, after in connection.execute(_CHANGES):
        # A change is kept with the version that it led to; the line is the version that it ended.
        changes.setdefault((report, version - 1), []).append(
            {"table": table, "row": row, "column": column, "before": before, "after": after}
        )
    for report, version, seen, *capture in connection.execute(_VERSIONS):
        line = {
            "report": report,
            "version": version,
            "seen": seen,
            "capture": _capture(capture),
            "changes": changes.get((report, version), []),
        }
        yield _ENCODER.encode(line)


def _capture(values: list[Any]) -> dict[str, Any]:
    return dict(zip(("id", "time", "digest", "warc", "offset", "length"), values, strict=True))


def _grouped(connection: sqlite3.Connection, sql: str) -> Iterator[tuple[str, list[Any]]]:
    for key, rows in groupby(connection.execute(sql), key=lambda row: row[0]):
        yield key, list(rows)
