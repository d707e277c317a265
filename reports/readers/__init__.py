"""Bytes in, ``Document`` out: one module a format, one document model for all.

``read`` never raises on bad bytes: a damaged file is a document with a problem that says what is wrong. The kind is
told from the bytes, not from the name: portals store Word files without an extension, error pages as ``.pdf``, HTML
as ``.doc``.
"""

from __future__ import annotations

from reports.document import Document, ReaderProblem
from reports.readers.docx import read_docx
from reports.readers.html import read_html
from reports.readers.pdf import read_pdf
from reports.readers.sniff import sniff
from reports.readers.text import read_text


def read(source: bytes, *, name: str, url: str | None = None, content_type: str | None = None) -> list[Document]:
    """What the source holds: one document, or one for each member of an archive that could be a report."""
    try:
        return _read(source, name, url, content_type)
    except Exception as error:
        problem = ReaderProblem("damaged", f"the reader gave up on the file: {type(error).__name__}: {error}"[:300])
        return [Document("unknown", address=url, problems=[problem])]


def _read(source: bytes, name: str, url: str | None, content_type: str | None) -> list[Document]:
    kind = sniff(source)
    if kind == "html":
        return [read_html(source, url, content_type)]
    if kind == "pdf":
        return [read_pdf(source, url)]
    if kind == "docx":
        return [read_docx(source, url)]
    if kind == "text":
        return [read_text(source, url, content_type)]
    return [
        Document(
            "unknown", address=url, problems=[ReaderProblem("unsupported", f"files of this kind are not read: {kind}")]
        )
    ]


def read_again(source: bytes, document: Document) -> Document | None:
    """An independent second reading of the source: another parser, another table model. None where there is none."""
    return None
