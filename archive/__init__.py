"""Keeps what the crawler got: WARC writer, reader, recovery, verification. Knows neither Scrapy nor reports."""

from archive.capture import Capture
from archive.errors import ArchiveError, ArchiveFull, Damaged, PortalBusy
from archive.exchange import Exchange
from archive.reader import ArchivedRecord, ArchiveReader, iterate, read
from archive.recovery import RecoveryReport, recover
from archive.verification import VerifyReport, verify
from archive.writer import WarcWriter

__all__ = [
    "ArchiveError",
    "ArchiveFull",
    "ArchiveReader",
    "ArchivedRecord",
    "Capture",
    "Damaged",
    "Exchange",
    "PortalBusy",
    "RecoveryReport",
    "VerifyReport",
    "WarcWriter",
    "iterate",
    "read",
    "recover",
    "verify",
]
