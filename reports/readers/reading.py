"""Which reader a source goes to, first and second."""

from __future__ import annotations

import email
import email.message
import email.policy
import functools
import html
import itertools
import re
import time

from reports.document import Document, Image, ReaderProblem
from reports.readers.alone import take_out
from reports.readers.flat_xml import packed_odf, packed_word
from reports.readers.flow import insert
from reports.readers.html.page import read_html
from reports.readers.html.second.again import read_html_again
from reports.readers.odf.document import read_odf
from reports.readers.ofd import read_ofd
from reports.readers.package import Package, PackageError
from reports.readers.pdf.document import read_pdf, read_pdf_again
from reports.readers.sheets.sheet_xml import read_sheet_xml
from reports.readers.sheets.workbook import read_xls, read_xlsx, read_xlsx_again
from reports.readers.sniff import Sniffed, packed_kind, sniff
from reports.readers.texts.text import read_text
from reports.readers.uof import read_uof
from reports.readers.word.doc import read_doc
from reports.readers.word.docx import read_docx
from reports.readers.word.docx_again import read_docx_again
from reports.readers.word.rtf import read_rtf

MOST_MEMBERS = 60  # of an archive that are read
SECONDS = 5.0  # of work on an archive's members
_REPORTS: tuple[Sniffed, ...] = ("html", "pdf", "docx", "doc", "xlsx", "xls", "odf", "ofd", "rtf", "mhtml", "text",
                                  "word-xml", "sheet-xml", "flat-odf", "uof")  # fmt: skip
_NEVER_TEXT = ("pdf", "docx", "xlsx", "xls", "ofd")
_FRAME = re.compile(r"<iframe\b[^>]{0,2000}", re.I)
_CHINESE = re.compile("[\u4e00-\u9fff]{4}")
_WHY_NOT = {
    "empty": ("empty", "the file is empty"),
    "ole": ("encrypted", "the office file is encrypted, or holds neither a document nor a workbook"),
    "binary": ("unsupported", "the bytes are of no kind of file that reports come in"),
    "image": ("no-text-layer", "the file is a picture: its text could only be recognised"),
}


def read(
    source: bytes, *, name: str, url: str | None = None, content_type: str | None = None, ocr: bool = False
) -> list[Document]:
    """What the source holds: one document, or one for each member of a ZIP archive that could be a report.

    ``name`` is only for messages, ``url`` makes links absolute, ``content_type`` is the header as served (its charset
    is a candidate), ``ocr`` lets text be recognised where pages are pictures, which takes seconds a page.
    Never raises on bad bytes.
    """
    try:
        documents = _read(source, name, url, content_type)
        if ocr and any(problem.code == "no-text-layer" for problem in documents[0].problems):
            from reports.readers.recognise import recognised  # wants libraries that nothing else does

            kind = sniff(source)
            if kind in ("pdf", "image"):
                return [recognised(source, kind, url)]
        return documents
    except Exception as error:
        message = f"the reader gave up on the file: {type(error).__name__}: {error}"
        return [Document("unknown", address=url, problems=[ReaderProblem("damaged", message[:300], name)])]


def read_again(source: bytes, document: Document, grids: frozenset[int] | None = None) -> Document | None:
    """An independent second reading of the source, by another parser and another table model.

    For when a sum of the first reading fails: two readings that agree make it the organ's error. HTML goes through the
    other parser and another expansion of spans, PDF by the places of words instead of ruled lines, a workbook through
    the other library. None where there is no second way. ``grids``: only these are asked for, by their numbers, of
    a document that can be read in part.
    """
    try:
        if document.again is not None:
            return document.again(grids)
        return _again(source)
    except Exception:
        return None  # the second opinion is missing, which the verdict takes as such


def _member_again(source: bytes, grids: frozenset[int] | None) -> Document | None:
    """The second reading of a file inside another; which grids are asked for only says a reader that can part them."""
    return _again(source)


def _again(source: bytes) -> Document | None:
    kind = sniff(source)
    if kind != "pdf" and len(source) > 6_000_000:
        return None
    if kind == "html":
        return read_html_again(source)
    if kind == "pdf":
        return read_pdf_again(source)
    if kind == "docx":
        return read_docx_again(source)
    if kind == "xlsx":
        return read_xlsx_again(source)
    return None


def _read(source: bytes, name: str, url: str | None, content_type: str | None) -> list[Document]:
    kind = sniff(source)
    if kind == "zip":
        return _members(source, name, url)
    document = _one(kind, source, url, content_type)
    ending = name.lower().rpartition(".")[2]
    if kind == "text" and ending in _NEVER_TEXT and not any(_CHINESE.search(part.text) for part in document.paragraphs):
        message = f"the bytes are no {ending.upper()} file, nor the text of a report"
        document.problems.append(ReaderProblem("damaged", message, name))
    return [document]


def _one(kind: Sniffed, source: bytes, url: str | None, content_type: str | None) -> Document:
    document = _by_kind(kind, source, url, content_type)
    if kind in ("html", "mhtml", "text"):
        take_out(document)
    return document


def _by_kind(kind: Sniffed, source: bytes, url: str | None, content_type: str | None) -> Document:
    if kind == "html":
        return read_html(source, url, content_type)
    if kind == "pdf":
        return read_pdf(source, url)
    if kind == "docx":
        return read_docx(source, url, _chunk)
    if kind == "doc":
        return read_doc(source, url)
    if kind == "xlsx":
        return read_xlsx(source, url)
    if kind == "xls":
        return read_xls(source, url)
    if kind == "odf":
        return read_odf(source, url)
    if kind == "ofd":
        return read_ofd(source, url)
    if kind == "rtf":
        return read_rtf(source, url)
    if kind == "uof":
        return read_uof(source, url)
    if kind == "text":
        return read_text(source, url, content_type)
    if kind == "mhtml":
        return _web_archive(source, url)
    if kind == "json":
        return _answer(source, url, content_type)
    if kind == "sheet-xml":
        return read_sheet_xml(source, url)
    if kind in ("word-xml", "flat-odf"):
        return _flat(kind, source, url)
    code, message = _WHY_NOT[kind] if kind != "packed" else _not_opened(packed_kind(source))
    document = Document("image" if kind == "image" else "archive" if kind == "packed" else "unknown", address=url)
    document.problems.append(ReaderProblem(code, message))
    if kind == "image":
        document.images.append(Image(url or ""))
    return document


def _chunk(source: bytes) -> Document | None:
    """A file that stands in the text of a Word file. One inside another is not followed."""
    kind = sniff(source)
    if kind not in ("docx", "html", "rtf", "mhtml", "text"):
        return None
    document = read_docx(source) if kind == "docx" else _one(kind, source, None, None)
    document.again = document.again or functools.partial(_member_again, source)
    return document


def _flat(kind: Sniffed, source: bytes, url: str | None) -> Document:
    """An office file written as one XML."""
    try:
        packed = packed_word(source) if kind == "word-xml" else packed_odf(source)
    except PackageError as error:
        return Document("unknown", address=url, problems=[ReaderProblem("damaged", str(error))])
    if kind == "flat-odf":
        return read_odf(packed, url)
    document = read_docx(packed, url)
    document.again = lambda pages: read_docx_again(packed)
    return document


def _web_archive(source: bytes, url: str | None) -> Document:
    """A page saved by Word or a browser as one file: its first HTML part is the page.

    Of a workbook saved so the first part is only a frame around the sheets, which are the parts behind it.
    """
    pages = _pages_of(source)
    if not pages:
        return Document("unknown", address=url, problems=[ReaderProblem("damaged", "the saved page has no HTML part")])
    document = read_html(pages[0][0], url, pages[0][1])
    for page, content_type in pages[1:]:
        insert(document, read_html(page, url, content_type))
    document.again = lambda _: _web_archive_again(pages)
    return document


def _answer(source: bytes, url: str | None, content_type: str | None) -> Document:
    """The answer that a portal's script is given (``{"title": …, "content": "<p>…"}``): a page with nothing but it.

    One that holds no article in markup is read as what it is, a text.
    """
    page = b"<script>" + source.replace(b"<", b"\\u003c") + b"</script>"  # as JSON may write it in its strings
    document = read_html(page, url, content_type)
    if not document.grids and not document.paragraphs:
        return read_text(source, url, content_type)
    document.again = lambda _: read_html_again(page, content_type)
    return document


def _pages_of(source: bytes) -> list[tuple[bytes, str | None]]:
    """The HTML parts of a saved page that are shown, with what they say of their charset.

    Of a page with frames in it, as browsers save it, these are the frames too that it names.
    """
    pages: list[tuple[bytes, str | None]] = []
    message = email.message_from_bytes(source.lstrip(b"\xef\xbb\xbf \t\r\n"), policy=email.policy.compat32)
    named = ""
    for part in itertools.islice(message.walk(), MOST_MEMBERS):
        payload = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if not isinstance(payload, bytes):
            continue
        if not pages:
            lower = payload.lower()
            if b"<frameset" not in lower:
                named = " ".join(_FRAME.findall(payload.decode("latin-1")))
                if not named:
                    return [(payload, part.get("Content-Type"))]
        elif named and not _is_named(part, named):
            continue
        pages.append((payload, part.get("Content-Type")))
    return pages


def _is_named(part: email.message.Message[str, str], frames: str) -> bool:
    """Whether frames (their tags) show this part: by its identifier, or by its address."""
    key = (part.get("Content-ID") or "").strip("<> ")
    address = (part.get("Content-Location") or "").strip()
    return bool((key and f"cid:{key}" in frames) or (address and address in html.unescape(frames)))


def _web_archive_again(pages: list[tuple[bytes, str | None]]) -> Document | None:
    """The second reading of all pages of a saved one; None where any cannot be read so."""
    whole = Document("html")
    for page, content_type in pages:
        document = read_html_again(page, content_type)
        if document is None:
            return None
        insert(whole, document)
    return whole


def _members(source: bytes, name: str, url: str | None, until: float | None = None) -> list[Document]:
    """The members of an archive that could be reports, in its order; of archives inside it the members too, no deeper.

    ``until`` is the end of the work's time for an archive inside another.
    """
    try:
        package = Package(source)
    except PackageError as error:
        return [Document("archive", address=url, problems=[ReaderProblem("damaged", str(error), name)])]
    found: list[Document] = []
    problems: list[ReaderProblem] = []
    pictures = 0
    inside = until is not None
    until = until if until is not None else time.process_time() + SECONDS
    for number, entry in enumerate(package.entries[:MOST_MEMBERS]):
        if time.process_time() > until:
            problems.append(ReaderProblem("cut", f"only the first {number} members were read: time was up", name))
            break
        shown = _member_name(entry.filename, entry.flag_bits)
        try:
            content = package.read_entry(entry)
        except PackageError as error:
            code = "encrypted" if "encrypted" in str(error) else "damaged"
            problems.append(ReaderProblem(code, str(error), shown))
            continue
        kind = sniff(content)
        pictures += kind == "image"
        if kind == "zip" and not inside:
            for document in _members(content, shown, f"{url}#{shown}" if url else None, until):
                if document.kind == "archive":
                    problems += document.problems
                else:
                    found.append(document)
        elif kind in ("packed", "zip"):
            problems.append(ReaderProblem(*_not_opened(packed_kind(content) or "ZIP in ZIP in ZIP"), shown))
        elif kind in _REPORTS:
            document = _one(kind, content, f"{url}#{shown}" if url else None, None)
            document.again = document.again or functools.partial(_member_again, content)
            document.title = document.title or shown.rsplit("/", 1)[-1].rsplit(".", 1)[0]
            found.append(document)
    if len(package.entries) > MOST_MEMBERS:
        problems.append(ReaderProblem("cut", f"only {MOST_MEMBERS} of the archive's members were read", name))
    if not found:
        if pictures:
            problems.append(ReaderProblem("no-text-layer", "the archive holds pictures: their text is not read", name))
        elif not problems:
            problems.append(ReaderProblem("empty", "the archive holds no file that could be a report", name))
        return [Document("archive", address=url, problems=problems)]
    found[0].problems += problems
    return found


def _not_opened(kind: str) -> tuple[str, str]:
    """Why an archive of a kind is not read."""
    return "unsupported", f"an archive of the kind {kind} is not opened: unpack it and give its members"


def _member_name(name: str, flags: int) -> str:
    """Chinese names in archives are GBK, which zip readers take for code page 437."""
    if flags & 0x800:
        return name
    try:
        return name.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return name
