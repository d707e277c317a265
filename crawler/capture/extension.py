"""Opens the crawl's archive before the first request and seals it after the last.

The writer stands on the crawler as ``crawler.gongkai_writer``; the download handler writes through it, the store syncs
it, and whoever has something to leave for later (the summary) writes a resource record. It is closed at
``engine_stopped``, which comes after every ``spider_closed``. ``crawler.gongkai_crawl`` is the crawl's id.

Settings:

* ``GONGKAI_ARCHIVE``: the archive's folder; ``GONGKAI_PORTAL``: whose pages these are;
* ``GONGKAI_CRAWL_ID``: ``PORTAL-20260131T020000Z`` by default;
* ``GONGKAI_OPERATOR`` (or ``GONGKAI_CONTACT``), ``USER_AGENT``, ``GONGKAI_ROBOTS`` (a word for the policy; else what
  the scheduler or ``ROBOTSTXT_OBEY`` does): told in the warcinfo record;
* ``GONGKAI_WARC_MAX_BYTES`` (1 GB), ``GONGKAI_WARC_MAX_HOURS`` (24): when a new file is begun;
* ``GONGKAI_SIGN_KEY``: an SSH private key that signs the manifest's lines;
* ``GONGKAI_RESERVE_BYTES`` (16 MB): free space below which the crawl stops, reason ``archive_full``;
* ``GONGKAI_SEEDS``: addresses where the crawl begins, for the record;
* ``GONGKAI_ALLOW_PRIVATE_HOSTS``, ``GONGKAI_CAPTURE``: see the handler.
"""

from __future__ import annotations

import functools
import json
import logging
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings
from twisted.internet.task import LoopingCall

from archive import ArchiveFull, WarcWriter
from crawler.capture import tee
from crawler.capture.full_disk import EVERY, RESERVE, STAT, stop_crawl
from crawler.capture.handler import capture_kind

logger = logging.getLogger(__name__)

FRONTIER_SCHEDULER = "crawler.politeness.scheduler.FrontierScheduler"
SECRET = ("PASSWORD", "TOKEN", "SECRET", "KEY", "AUTH", "PROXY", "_DSN", "QUEUE_URL")


class ArchiveExtension:
    """Owns the crawl's one WARC writer."""

    def __init__(self, crawler: Crawler, writer: WarcWriter) -> None:
        self.crawler = crawler
        self.writer = writer
        self._watch = LoopingCall(self.look_at_the_disk)
        crawler.signals.connect(self.engine_started, signal=signals.engine_started)
        crawler.signals.connect(self.engine_stopped, signal=signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArchiveExtension:
        """Opens the writer. Raises ``PortalBusy`` and ``ArchiveFull``: here they stop the crawl before it begins."""
        settings = crawler.settings
        portal = settings["GONGKAI_PORTAL"]
        crawl = settings.get("GONGKAI_CRAWL_ID") or f"{portal}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
        kept = readable_settings(crawler)
        digest = "sha256:" + sha256(kept).hexdigest()
        key = settings.get("GONGKAI_SIGN_KEY")
        writer = WarcWriter(
            settings["GONGKAI_ARCHIVE"],
            portal=portal,
            crawl=crawl,
            info=crawl_info(crawler, digest),
            max_bytes=settings.getint("GONGKAI_WARC_MAX_BYTES") or 1 << 30,
            max_age=timedelta(hours=settings.getfloat("GONGKAI_WARC_MAX_HOURS") or 24),
            sign_with=Path(key) if key else None,
            software=software(),
            reserve=settings.getint("GONGKAI_RESERVE_BYTES", RESERVE),
        )
        for line in writer.recovered.lines():
            logger.warning("%s", line)
        if tee.MISSING is not None:
            logger.error("Answers are not archived byte for byte: this Scrapy lacks %s", tee.MISSING)
        try:
            writer.check_room()
            writer.write_resource(f"urn:gongkai:crawl:{crawl}:settings", "application/json", kept)
            if seeds := settings.getlist("GONGKAI_SEEDS"):
                body = "".join(f"{seed}\n" for seed in seeds).encode()
                writer.write_resource(f"urn:gongkai:crawl:{crawl}:seeds", "text/uri-list", body)
        except ArchiveFull:
            writer.close()
            raise
        host: Any = crawler
        host.gongkai_writer = writer
        host.gongkai_crawl = crawl
        return cls(crawler, writer)

    @staticmethod
    def prepare() -> None:
        """What every crawl says of itself, before processes are forked."""
        software()

    def engine_started(self) -> None:
        """Begins to look at the disk now and then."""
        self._watch.start(EVERY, now=False)

    def look_at_the_disk(self) -> None:
        """Stops the crawl where less than the reserve is free."""
        try:
            self.writer.check_room()
        except ArchiveFull as error:
            stop_crawl(self.crawler, str(error))

    def engine_stopped(self) -> None:
        """Seals. On a full disk the file stays open, and the next crawl's start seals it."""
        if self._watch.running:
            self._watch.stop()
        try:
            self.writer.close()
        except ArchiveFull as error:
            logger.error("%s; the file stays open until the next crawl", error)
            if self.crawler.stats is not None:
                self.crawler.stats.set_value(STAT, str(error))


def crawl_info(crawler: Crawler, settings_digest: str) -> dict[str, str]:
    """The fields of the warcinfo record."""
    settings = crawler.settings
    # the crawl's own scheduler reads robots.txt, and Scrapy's setting is off then
    obeys = settings.getbool("ROBOTSTXT_OBEY") or settings.get("SCHEDULER") == FRONTIER_SCHEDULER
    info = {
        "robots": settings.get("GONGKAI_ROBOTS") or ("obey" if obeys else "ignore"),
        "http-header-user-agent": settings.get("USER_AGENT") or "",
        "operator": settings.get("GONGKAI_OPERATOR") or settings.get("GONGKAI_CONTACT") or "",
        "settings-digest": settings_digest,
        "capture": capture_kind(crawler),
    }
    return {name: value for name, value in info.items() if value}


@functools.cache
def software() -> str:
    """gongkai and what it fetches with, with versions."""
    try:
        own = version("gongkai")
    except PackageNotFoundError:  # run from a checkout that is not installed
        own = "0"
    return f"gongkai/{own} Scrapy/{version('scrapy')} Twisted/{version('twisted')}"


def readable_settings(crawler: Crawler) -> bytes:
    """The settings that this crawl changed from Scrapy's defaults, as JSON, without anything that looks secret."""
    settings = crawler.settings
    kept: dict[str, Any] = {}
    for name in sorted(settings.attributes):
        priority = settings.getpriority(name) or 0
        if priority > 0 and not any(word in name.upper() for word in SECRET):
            kept[name] = settings.get(name)
    return json.dumps(kept, ensure_ascii=False, default=_plain, sort_keys=True, indent=1).encode()


def _plain(value: Any) -> Any:
    """Settings inside settings as dictionaries; the same settings give the same bytes, and so the same digest."""
    if isinstance(value, BaseSettings):
        return {str(key): value.get(key) for key in value}
    return value.__name__ if isinstance(value, type) else str(value)
