"""Keeps the text that was taken from PDF and Word files in the archive, as ``conversion`` records beside the files.

A reader of the far future may have no program for the file; the text says what it said. Nothing reads these records
back: ``rebuild`` extracts from the files themselves.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from scrapy.crawler import Crawler

from archive import ArchiveFull, Capture
from reports.record import Record

logger = logging.getLogger(__name__)

MEDIA_TYPE = "text/plain; charset=utf-8"


class ConversionPipeline:
    """After the extraction: one conversion record for each file of reports, not for one that has come before."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ConversionPipeline:
        """As Scrapy makes it."""
        return cls(crawler)

    def process_item(self, item: dict[str, Any]) -> dict[str, Any]:
        """Writes the record; the item goes on as it is."""
        capture: Capture = item["capture"]
        records: list[Record] = item["records"]
        if capture.kind != "response" or item.get("repeats") or not converted(records):
            return item
        writer: Any = getattr(self.crawler, "gongkai_writer", None)
        if writer is not None:
            try:
                writer.write_conversion(capture, MEDIA_TYPE, text_of(records).encode())
            except ArchiveFull as error:  # the file itself is archived; the crawl's watch on the disk ends the crawl
                logger.warning("%s", error)
        return item


def converted(records: list[Record]) -> bool:
    """Whether these were read from a file that is no text by itself."""
    return any(record.reader not in (None, "html", "text") and record.verdict != "not_a_report" for record in records)


def text_of(records: list[Record]) -> str:
    """Title and sections, then each figure as it is printed, with the keys of its table, row and column."""
    return "\n".join(line for record in records for line in _lines(record)) + "\n"


def _lines(record: Record) -> Iterator[str]:
    yield record.title or record.source
    for section in record.sections:
        yield ""
        yield f"{section.number or ''}、{section.title}".removeprefix("、")
        yield section.text
    if record.cells:
        yield ""
    for cell in record.cells:
        yield f"{cell.table} {cell.row} {cell.column}: {cell.raw}".rstrip()
