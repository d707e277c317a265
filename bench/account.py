"""Where a crawl's CPU goes: a Scrapy extension for the benchmarks that times the rooms' doors, and looks at memory.

Each timed call takes what it spends by itself, without the timed calls inside it; what nobody takes is Scrapy's and
Twisted's own. The account of a portal stands in ``ARCHIVE/account/PORTAL.json``: CPU seconds by what they were spent
on, and resident megabytes by the number of answers.
"""

from __future__ import annotations

import functools
import json
import resource
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler

import crawler.settings
from archive.writer import WarcWriter
from crawler.discovery import listings
from crawler.frontier.frontier import Frontier
from crawler.pages import looks, received
from pipelines import items
from pipelines.store.reading import PageReader
from pipelines.store.store import Store

#: What costs, and the doors through which it is asked for.
DOORS: dict[str, tuple[tuple[Any, str], ...]] = {
    "archive: digests, compression, disk": (
        (WarcWriter, "write"), (WarcWriter, "write_resource"), (WarcWriter, "write_conversion"), (WarcWriter, "sync"),
        (WarcWriter, "close"),
    ),
    "discovery: reading pages": ((received, "decode"), (received, "read_page"), (looks, "dress"), (looks, "read")),
    "discovery: judging links, turning lists": ((received, "read_links"), (listings.Lists, "turn")),
    "frontier": ((Frontier, "add"), (Frontier, "next"), (Frontier, "finish"), (Frontier, "credit"),
                 (Frontier, "count"), (Frontier, "branch_misses"), (Frontier, "seen_digest"), (Frontier, "earliest")),
    "reading reports: asking for it": ((PageReader, "read"),),
    "store": ((Store, "ingest_all"), (Store, "open"), (Store, "catch_up"), (Store, "refresh"),
              (items.StorePipeline, "process_item")),
}  # fmt: skip
READING = "reading reports: the process that does"
REST = "Scrapy and Twisted, the spider between the doors"
FOLDER = "account"
EVERY = 500  # answers between two looks at memory

#: Scrapy's setting that turns the account on.
SETTINGS = {"EXTENSIONS": {**crawler.settings.EXTENSIONS, "bench.account.Account": 900}}


class Account:
    """One portal's account."""

    def __init__(self, crawler: Crawler) -> None:
        self.file = Path(crawler.settings["GONGKAI_ARCHIVE"]) / FOLDER / f"{crawler.settings['GONGKAI_PORTAL']}.json"
        self.crawler = crawler
        self.spent: Counter[str] = Counter()
        self.open: list[float] = []  # seconds of the timed calls inside each call that is under way
        self.answers = 0
        self.memory: list[tuple[int, float]] = []
        self.begun = _own_seconds()
        self.file.parent.mkdir(exist_ok=True)
        for name, doors in DOORS.items():
            for place, door in doors:
                inside = place.__dict__[door]
                timed = self._timed(name, getattr(inside, "__func__", inside))
                setattr(place, door, classmethod(timed) if isinstance(inside, classmethod) else timed)
        crawler.signals.connect(self.answered, signal=signals.response_received)
        crawler.signals.connect(self.opened, signal=signals.spider_opened)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Account:
        """As Scrapy makes it."""
        return cls(crawler)

    def opened(self) -> None:
        """Now that all others listen: the account is closed after the store and the archive."""
        self.crawler.signals.connect(self.close, signal=signals.engine_stopped)

    def answered(self) -> None:
        """Looks at memory now and then."""
        if self.answers % EVERY == 0:
            self.memory.append((self.answers, resident()))
            with self.file.with_suffix(".memory").open("a") as lines:  # to look at while it is under way
                lines.write(f"{self.answers} {self.memory[-1][1]:.0f}\n")
        self.answers += 1

    def close(self) -> None:
        """Writes the account."""
        readers = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.spent[READING] = readers.ru_utime + readers.ru_stime
        self.spent[REST] = _own_seconds() - self.begun - sum(
            seconds for name, seconds in self.spent.items() if name != READING
        )  # fmt: skip
        self.memory.append((self.answers, resident()))
        highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        told = {"spent": self.spent, "answers": self.answers, "memory": self.memory, "highest": highest}
        self.file.write_text(json.dumps(told, ensure_ascii=False))

    def _timed(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(call)
        def timed(*args: Any, **named: Any) -> Any:
            begun = time.process_time()
            self.open.append(0.0)
            try:
                return call(*args, **named)
            finally:
                taken = time.process_time() - begun
                self.spent[name] += taken - self.open.pop()
                if self.open:
                    self.open[-1] += taken

        return timed


def resident() -> float:
    """Megabytes of this process in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / (1 << 20)


def read(archive: Path) -> list[dict[str, Any]]:
    """The accounts of all portals of an archive."""
    return [json.loads(file.read_text()) for file in sorted((archive / FOLDER).glob("*.json"))]


def _own_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
