"""The archive's reports as pages for a replay tool: address, date of the capture, title."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from pipelines.store.connection import FILE, connect_read_only


def report_pages(
    archive: Path, *, portal: str | None = None, year: int | None = None
) -> Iterator[tuple[str, str, str]]:
    """Every version of every report, of one portal or all, captured in one year or any: (url, time, title)."""
    query = """
        SELECT capture.url, capture.time, coalesce(report.title, organ.name || ' ' || report.year)
        FROM report_version
        JOIN report ON report.id = report_version.report
        JOIN organ ON organ.id = report.organ
        JOIN capture ON capture.id = report_version.capture
        WHERE (:portal IS NULL OR capture.portal = :portal) AND (:year IS NULL OR capture.time LIKE :year || '-%')
        ORDER BY capture.time, capture.id
    """
    with closing(connect_read_only(archive / FILE)) as connection:
        yield from connection.execute(query, {"portal": portal, "year": year})
