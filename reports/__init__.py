"""Reads yearly open-government reports: bytes in, record out. Pure Python: no Scrapy, no SQLite, no network."""

from __future__ import annotations

from reports.document import Document
from reports.extract import extract
from reports.metadata import Hints
from reports.readers import read

__all__ = ["Hints", "extract", "read_document"]


def read_document(source: bytes, *, name: str, url: str | None = None, content_type: str | None = None) -> Document:
    """What a source prints, without judging it; of an archive, its first member."""
    return read(source, name=name, url=url, content_type=content_type)[0]
