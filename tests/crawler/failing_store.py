"""Scrapy extensions that make the real store fail with SQLite's own errors, at a moment of the crawl."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from scrapy import signals
from scrapy.crawler import Crawler


class _Refuses:
    table = ""
    signal: object = None

    def __init__(self, crawler: Crawler) -> None:
        self.file = Path(crawler.settings["GONGKAI_ARCHIVE"]) / "gongkai.db"
        crawler.signals.connect(self.refuse, signal=self.signal)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> _Refuses:
        return cls(crawler)

    def refuse(self) -> None:
        with closing(sqlite3.connect(self.file)) as db:
            trigger = f"CREATE TRIGGER refuse BEFORE INSERT ON {self.table}"
            db.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, 'no room for it'); END")


class AtTheEnd(_Refuses):
    """No capture is stored once the spider has closed."""

    table, signal = "capture", signals.spider_closed


class Readings(_Refuses):
    """Captures are stored; what was read on them is not."""

    table, signal = "reading", signals.spider_opened
