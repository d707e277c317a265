"""Reading captured pages, each in a child process that a hostile page cannot leave: the crawl and the rebuild alike.

A page that loops or eats memory gives a record that says so, and the next page is read. Where the machine was too busy
to read a page, it is read again: what else the machine does is no property of the page, and must not be stored of it.
"""

from __future__ import annotations

from types import TracebackType

import reports
from archive.capture import Capture
from pipelines.store.gate import worth_reading
from pipelines.store.identity import Portal
from reports.record import Record
from reports.supervised import MEGABYTES, SECONDS, SupervisedExtractor

#: A page may take so many times longer on the clock than in work: what else the machine does must not decide what is
#: stored of it, or a rebuild would differ from the crawl.
PATIENCE = 6.0
#: How often a page is read that the machine was too busy for, with double the patience each time.
TRIES = 4


class NotRead(OSError):
    """A page that could not be read for the machine's sake. What was to be stored with it is stored another time."""


class PageReader:
    """``reports.extract`` for captures, in a child process that is started at the first page worth it.

    A context manager, to be used by one thread.
    """

    def __init__(self) -> None:
        self._extractor = SupervisedExtractor(SECONDS, MEGABYTES, PATIENCE)

    def __enter__(self) -> PageReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, body: bytes, capture: Capture, portal: Portal) -> list[Record]:
        """What a page says, with the hints that its place on the portal gives; at least one record, whatever it is.

        Raises ``NotRead`` where the machine was too busy each time.
        """
        name = capture.url.split("?")[0].rstrip("/").rsplit("/", 1)[-1] or capture.portal
        if not worth_reading(capture, body):
            return [Record(source=name, url=capture.url, verdict="not_a_report")]
        for attempt in range(TRIES):
            self._extractor.patience = PATIENCE * 2**attempt
            records = self._extractor.extract(
                body,
                name=name,
                url=capture.url,
                content_type=capture.media_type or None,
                hints=reports.Hints(anchor=capture.anchor),
            )
            interrupted = [each.message for each in records[0].problems if each.code == "reader-interrupted"]
            if not interrupted:
                return records
        raise NotRead(f"{capture.url} was not read in {TRIES} tries: {interrupted[0]}")

    def start(self) -> None:
        """Begin the child process now, and go on while it loads what it needs."""
        self._extractor.start()

    def close(self) -> None:
        """End the child process."""
        self._extractor.close()
