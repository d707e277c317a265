"""Bytes in, ``Document`` out: one module a format, one document model for all.

``read`` never raises on bad bytes: a damaged file is a document with a problem that says what is wrong. The kind is told from
the bytes, not from the name: portals store Word files without an extension, error pages as ``.pdf``, HTML as ``.doc``.
"""

from __future__ import annotations

from reports.document import Document, ReaderProblem
from reports.readers.html import read_html


def read(source: bytes, *, name: str, url: str | None = None, content_type: str | None = None) -> list[Document]:
    """What the source holds: one document, or one for each member of an archive that could be a report."""
    try:
        return [read_html(source, url, content_type)]
    except Exception as error:
        return [
            Document("unknown", address=url, problems=[ReaderProblem("damaged", f"{type(error).__name__}: {error}")])
        ]


def read_again(source: bytes, document: Document) -> Document | None:
    """An independent second reading of the source, by another parser and another table model; None where there is none."""
    return None
