"""A record as the database keeps it, and when two records say the same.

A page that is fetched again differs in its counters, tokens and generation dates; that is no edit. So contents are
compared by what they say about the report (``sense``), and reports at several addresses by their figures alone
(``figures``).
"""

from __future__ import annotations

import functools
import hashlib
import re
import sqlite3
import unicodedata
import zlib
from dataclasses import dataclass

import msgspec

import data
from reports.record import Record, Verdict

_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Record)
_LEVEL = 4  # of zlib: 6 takes half as long again for three hundredths of the size
_SPACE = re.compile(r"\s+")
_QUALITY: dict[Verdict, int] = {"verified": 4, "inconsistent": 3, "incomplete": 2, "unreadable": 1, "not_a_report": 0}


@dataclass(frozen=True, slots=True)
class Content:
    """A record with its digests. ``blob`` is what the database keeps: the whole record as compressed JSON."""

    digest: str  # of the blob
    sense: str
    figures: str  # "" where there are no figures
    quality: int  # the better reading of the same report has more
    blob: bytes
    extractor: str | None


def pack(record: Record) -> Content:
    """The record as a content. A pure function: the same record gives the same bytes."""
    text = _ENCODER.encode(record)
    blob = zlib.compress(text, _LEVEL)
    _remember(blob, record)
    return Content(
        digest=hashlib.sha256(text).hexdigest()[:32], sense=_digest(_sense(record)), figures=figures_digest(record),
        quality=quality(record), blob=blob, extractor=record.extractor,
    )  # fmt: skip


def load(connection: sqlite3.Connection, digest: str | None) -> Record:
    """A stored record, which nobody here changes. Raises ``KeyError`` where the database does not have it."""
    row = connection.execute("SELECT record FROM content WHERE digest = ?", (digest,)).fetchone()
    if row is None:
        raise KeyError(f"content {digest} is not in the database: run `gongkai rebuild`")
    known = _recent.get(row[0])
    return known if known is not None else _remember(row[0], unpack(row[0]))


#: The last records by their blobs: one that was packed a moment ago is asked for as its report's current one, and again
#: as its last version.
_recent: dict[bytes, Record] = {}
_MOST = 8


def _remember(blob: bytes, record: Record) -> Record:
    _recent[blob] = record
    while len(_recent) > _MOST:
        del _recent[next(iter(_recent))]
    return record


def unpack(blob: bytes) -> Record:
    """The record of a ``content`` row."""
    return _DECODER.decode(zlib.decompress(blob))


def quality(record: Record) -> int:
    """How good a reading is: its verdict, then how many figures it has. 0 for a page that holds no figures."""
    figures = sum(cell.value is not None for cell in record.cells) + len(record.statistics or ())
    return _QUALITY[record.verdict] * 10_000 + min(figures, 9_999)


def figures_digest(record: Record) -> str:
    """Of the figures alone, as values; "" where the record has none."""
    known = (record.proactive, record.applications, record.review, record.statistics)
    return "" if not any(known) else _digest(known)


def _sense(record: Record) -> object:
    # Dates stay out: UCAP portals print the time of generation as the date of publication.
    return (
        record.title and squeezed(record.title), record.proactive, record.applications, record.review,
        [(line.indicator, line.unit, line.value) for line in record.statistics or ()],
        [(cell.table, cell.row, cell.column, cell.raw) for cell in record.cells if cell.state != "number"],
        record.contact,
        [(section.title and squeezed(section.title), squeezed(section.text)) for section in record.sections],
        sorted(_name_of(attachment.url) for attachment in record.attachments),
    )  # fmt: skip


def squeezed(text: str) -> str:
    """The text without spaces and without what portals change on every visit (``data/noise.yaml``)."""
    return _noise().sub("", _SPACE.sub("", unicodedata.normalize("NFKC", text)))


@functools.cache
def _noise() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in data.load_yaml("noise.yaml")["patterns"]))


def _name_of(url: str) -> str:
    # An attachment's address may carry a token; its file name does not change without an edit.
    return url.split("#")[0].split("?")[0].rsplit("/", 1)[-1]


def _digest(value: object) -> str:
    return hashlib.sha256(_ENCODER.encode(value)).hexdigest()[:32]
