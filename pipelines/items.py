"""The item pipelines of the crawl: thin, since extraction is ``reports`` and storing is ``pipelines.store``.

An item is the dictionary of docs/architecture.md: ``capture``, ``url``, ``body``, ``content_type``, ``links``.
"""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from archive.capture import Capture
from pipelines.store import Store, gate, lookups, panel
from pipelines.store.content import pack
from pipelines.store.identity import Portal
from pipelines.store.reading import PageReader
from reports.record import Record, Section

logger = logging.getLogger(__name__)

#: 8 MB: a page at a time needs no more of the database at hand, and many portals are crawled side by side.
_CACHE = "PRAGMA cache_size = -8192"


class ExtractPipeline:
    """Adds ``records``: what the page says, and ``repeats``: whether it was sent before, and is not read again.

    One child process reads for the whole crawl, the store's share included.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.pages = _pages(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ExtractPipeline:
        """As Scrapy makes it."""
        return cls(crawler)

    def process_item(self, item: dict[str, Any]) -> dict[str, Any]:
        """Reads the page. Never raises on a page: extraction says what it could not read."""
        capture: Capture | None = item.get("capture")
        if capture is None:
            raise DropItem(f"{item.get('url')} was not archived, so nothing of it is kept")
        store: Store | None = getattr(self.crawler, "gongkai_store", None)
        known = store.recorded(capture) if store is not None else None
        item["repeats"] = known is not None
        item["records"] = known or self.pages.read(item["body"], capture, Portal(capture.portal))
        return item


class CheckPipeline:
    """Counts what came of the pages by verdict, and says what a person should look at.

    The checks themselves are the record's (``reports.checks``) and, across years and addresses, the store's.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CheckPipeline:
        """As Scrapy makes it."""
        return cls(crawler)

    def process_item(self, item: dict[str, Any]) -> dict[str, Any]:
        """Counts verdicts in the crawl's statistics (``gongkai/verdict/…``)."""
        stats = self.crawler.stats
        for record in item["records"]:
            if stats is not None:
                stats.inc_value(f"gongkai/verdict/{record.verdict}")
            if record.verdict != "not_a_report" and (record.organ is None or record.year is None):
                logger.info("%s: a report that does not name its organ and year", item["url"])
        return item


class StorePipeline:
    """Puts pages into the database: archive first, then captures and records in one transaction.

    Opening it reads what a killed crawl had archived and not stored. What comes without an item (lists, errors,
    robots.txt) is stored with the next item, or at the end.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.archive = Path(crawler.settings["GONGKAI_ARCHIVE"])
        self.portal: str = crawler.settings["GONGKAI_PORTAL"]
        self.store: Store | None = None
        # engine_stopped comes after every spider_closed, so the crawl's summary is there; the archive's extension
        # seals its file at the same signal and needs nothing of the database.
        crawler.signals.connect(self.finish, signal=signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> StorePipeline:
        """As Scrapy makes it."""
        return cls(crawler)

    @classmethod
    def prepare(cls) -> None:
        """What every crawl's store needs and no database is needed for, before processes are forked."""
        lookups.prepare()
        gate.prepare()
        pack(Record(source="", verdict="incomplete", sections=[Section(number="一", title="总体情况", text="无")]))
        panel.insert()

    def open_spider(self) -> None:
        """Opens the database and catches up with the archive."""
        self.store = Store.open(self.archive, pages=_pages(self.crawler))
        self.store.connection.execute(_CACHE)
        host: Any = self.crawler
        host.gongkai_store = self.store
        self._writer().sync()
        behind = self.store.catch_up(self.portal)
        if behind:
            logger.info("%d captures of an earlier crawl were not in the database yet", behind)
        self._writer().take_pending()  # the settings and seeds of this crawl: catching up has just read them

    def process_item(self, item: dict[str, Any]) -> dict[str, Any]:
        """Stores the page and everything archived before it."""
        capture: Capture = item["capture"]
        self._store({capture.id: (item["body"], item["records"])})
        return item

    def finish(self) -> None:
        """Stores the rest, the crawl's summary with it, and brings panel, coverage and search up to date."""
        if self.store is None:
            _pages(self.crawler).close()
            return
        host: Any = self.crawler
        host.gongkai_store = None
        try:
            self._store({})
            self.store.refresh()
            self._count_not_stored()
        except (sqlite3.Error, OSError) as error:
            # Everything is in the archive: the next crawl reads it from there.
            logger.error("the last pages are archived, but not in the database yet: %s", error)
            if self.crawler.stats is not None:
                self.crawler.stats.set_value("gongkai/store_failed", str(error))
        finally:
            self.store.close()
            self.store = None
            _pages(self.crawler).close()

    def _count_not_stored(self) -> None:
        """Tells by the statistic ``gongkai/not_stored`` how many pages of this crawl tripped the store."""
        assert self.store is not None
        (pages,) = self.store.connection.execute(
            "SELECT count(*) FROM problem WHERE crawl = ? AND code = 'not-stored' AND source = 'identity'",
            (self.crawler.settings["GONGKAI_CRAWL_ID"],),
        ).fetchone()
        if pages and self.crawler.stats is not None:
            self.crawler.stats.set_value("gongkai/not_stored", pages)

    def _store(self, read: dict[str, tuple[bytes, list[Any]]]) -> None:
        assert self.store is not None
        writer = self._writer()
        pending = list(writer.pending)
        if not pending:
            return
        writer.sync()
        nothing: tuple[None, None] = (None, None)
        self.store.ingest_all((capture, *read.get(capture.id, nothing)) for capture in pending)
        writer.pending[: len(pending)] = []

    def _writer(self) -> Any:
        host: Any = self.crawler
        return host.gongkai_writer


def _pages(crawler: Crawler) -> PageReader:
    """The crawl's one reader of pages."""
    host: Any = crawler
    if not hasattr(host, "gongkai_pages"):
        host.gongkai_pages = PageReader()
    pages: PageReader = host.gongkai_pages
    return pages
