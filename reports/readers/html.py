"""HTML to a ``Document``: lexbor parses as browsers do, ``html_walk`` reads its tree in one pass."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from reports.document import Document, Image, Link, ReaderProblem
from reports.readers.charset import decode
from reports.readers.flow import lay_out
from reports.readers.html_guard import tamed
from reports.readers.html_walk import Walked, walk

LARGEST = 6_000_000  # bytes of markup that are read; a report is a fiftieth of that
_DATA_URI = re.compile(rb"data:[a-z/+.-]{0,40};base64,[A-Za-z0-9+/=\s]{200,}", re.I)
_SIZE = re.compile(r"\s*(\d{1,5})")
_SCRIPTED = re.compile(r"""["']([^"'<>\s]{1,400}\.(?:pdf|docx?|wps|xlsx?|ofd)(?:\?[^"'<>\s]{0,200})?)["']""", re.I)


def read_html(source: bytes, url: str | None = None, content_type: str | None = None) -> Document:
    """The page as a document. ``url`` makes its links absolute."""
    document = Document("html", address=url)
    if len(source) > LARGEST:
        source = _DATA_URI.sub(b"", source)
    if len(source) > LARGEST:
        document.problems.append(ReaderProblem("cut", f"only the first {LARGEST} bytes of {len(source)} were read"))
        source = source[:LARGEST]
    decoded = decode(source, content_type)
    text, document.encoding = decoded.text, decoded.charset
    document.problems += decoded.problems
    text, left_out = tamed(text)
    if left_out:
        document.problems.append(ReaderProblem("cut", left_out))
    walked = walk(LexborHTMLParser(text.replace("\0", "")))
    fill(document, walked)
    return document


def fill(document: Document, walked: Walked) -> None:
    """Puts what was found on the page into the document, with absolute addresses."""
    lay_out(walked.blocks, document)
    document.title = walked.title
    document.headings = [text for _, text in sorted(walked.headings, key=lambda each: each[0])]
    document.meta = walked.meta
    document.tagged = walked.tagged
    base = _join(document.address, walked.base.strip()) if walked.base else document.address
    for href, text, title, in_body in walked.links:
        target = _join(base, href.strip())
        if target:
            document.links.append(Link(target, text, title, in_body))
    for source in walked.frames:
        target = _join(base, source.strip())
        if target:
            document.frames.append(target)
    for source, alt, width, height, in_body in walked.images:
        if in_body and not source.startswith("data:"):
            target = _join(base, source.strip())
            if target:
                document.images.append(Image(target, alt, _size(width), _size(height)))


def _join(base: str | None, reference: str) -> str | None:
    lowered = reference[:11].lower()
    if not reference or lowered.startswith(("javascript:", "#", "data:", "about:")):
        return None
    reference = reference.replace("\n", "").replace("\r", "").replace("\t", "")
    if base is None or lowered.startswith(("http://", "https://")):
        return reference
    try:
        return urljoin(base, reference)
    except ValueError:
        return None


def _size(written: str) -> int | None:
    match = _SIZE.match(written)
    return int(match.group(1)) if match else None
