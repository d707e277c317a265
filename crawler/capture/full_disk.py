"""Stops a crawl whose disk is full, while there is still room to end well."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from scrapy.crawler import Crawler
from scrapy.utils.defer import deferred_from_coro

logger = logging.getLogger(__name__)

REASON = "archive_full"
RESERVE = 16 << 20  # bytes that stay free for the databases and the summary
STAT = "gongkai/archive_full"
LEAST = 1 << 20  # bytes: with less than that free no database can be written, whatever the reserve
EVERY = 5.0  # seconds between two looks at the disk: the databases can fill it without a single exchange


def stop_crawl(crawler: Crawler, message: str, reason: str = REASON) -> None:
    """Closes the spider with a reason (``archive_full``); raising CloseSpider in a handler would do nothing."""
    if crawler.stats is not None:
        if crawler.stats.get_value(STAT):
            return  # it is closing already
        crawler.stats.set_value(STAT, message)
    logger.error("%s; the crawl stops", message)
    if crawler.engine is not None:
        closing = deferred_from_coro(crawler.engine.close_spider_async(reason=reason))
        closing.addErrback(lambda failure: logger.error("The spider cannot be closed: %s", failure.value))


def lacking(folder: Path, reserve: int = RESERVE) -> str | None:
    """How little room a full disk has, in words; None where there is enough.

    For a crawl that ended without a word: on a full disk SQLite's errors are of many kinds (``disk I/O error``), and
    the log has no room either.
    """
    disk = os.statvfs(folder)
    free, least = disk.f_bavail * disk.f_frsize, max(reserve, LEAST)
    return f"{free >> 20} MB free, {least >> 20} MB are kept in reserve" if free < least else None
