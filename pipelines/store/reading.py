"""Reading captured pages, each in a child process that a hostile page cannot leave: the crawl and the rebuild alike.

A page that loops or eats memory gives a record that says so, and the next page is read.
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
        """What a page says, with the hints that its place on the portal gives; at least one record, whatever it is."""
        name = capture.url.split("?")[0].rstrip("/").rsplit("/", 1)[-1] or capture.portal
        if not worth_reading(capture, body):
            return [Record(source=name, url=capture.url, verdict="not_a_report")]
        return self._extractor.extract(
            body,
            name=name,
            url=capture.url,
            content_type=capture.media_type or None,
            hints=reports.Hints(anchor=capture.anchor),
        )

    def start(self) -> None:
        """Begin the child process now, and go on while it loads what it needs."""
        self._extractor.start()

    def close(self) -> None:
        """End the child process."""
        self._extractor.close()
