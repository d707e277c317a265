"""What kind of file the bytes are. Names and media types lie: only the bytes are asked."""

from __future__ import annotations

import re
from typing import Final, Literal

from reports.readers.charset import wide_text
from reports.readers.package import Package, PackageError

Sniffed = Literal["html", "pdf", "docx", "doc", "xlsx", "xls", "odf", "ofd", "rtf", "mhtml", "text", "zip", "image",
                  "word-xml", "sheet-xml", "flat-odf", "uof", "json", "empty", "packed", "ole", "binary"]  # fmt: skip

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"BM", b"II*\0", b"MM\0*")
#: Archives that are not opened, by their first bytes.
PACKED: Final = {
    b"Rar!\x1a\x07": "RAR", b"7z\xbc\xaf\x27\x1c": "7z", b"\x1f\x8b\x08": "gzip", b"BZh": "bzip2", b"\xfd7zXZ": "xz",
    b"MSCF": "CAB", b"LZIP": "lzip", b"\x28\xb5\x2f\xfd": "zstd",
}  # fmt: skip
_TAPE, _TAPE_MARK = 257, b"ustar"  # where a tar file names itself
_SAVED: Final = (b"mime-version:", b"from:", b"subject:", b"date:", b"content-type:", b"message-id:", b"x-")
_TAG = re.compile(
    rb"<(?:!doctype html|html|head|body|table|div|p|meta|script|span|ucap\w+|!--|h[1-6]|br|title|center|ul)\b",
    re.I,
)
_MARKED_UP = re.compile(rb"^[ \t]*(?:\{\||\|===)", re.M)
_PAGE = re.compile(rb"<(?:html|body|table)\b", re.I)
_WIDE_TAG = re.compile(rb"<\0(?:!\0|h\0t\0m\0l|h\0e\0a\0d|b\0o\0d\0y|t\0a\0b\0l\0e|d\0i\0v|p\0|m\0e\0t\0a)", re.I)
_WIDE_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_MOST_ASKED = 200_000  # bytes


_JSON = re.compile(rb"(?:[\w$.]{1,60}\()?\s*(?:\{\s*\"|\[\s*\{\s*\")")  # an answer, or a call with one (JSONP)
_XML: Final = (b"<?xml", b"<?mso", b"<Workbook", b"<w:wordDocument", b"<pkg:package", b"<office:document")
#: Office files written as one XML: a namespace that each of them declares with its root.
_OFFICE_XML: Final[tuple[tuple[bytes, bytes, Sniffed], ...]] = (
    (b"http://schemas.microsoft.com/office/2006/xmlPackage", b"package", "word-xml"),
    (b"http://schemas.microsoft.com/office/word/2003/wordml", b"wordDocument", "word-xml"),
    (b"urn:schemas-microsoft-com:office:spreadsheet", b"Workbook", "sheet-xml"),
    (b"urn:oasis:names:tc:opendocument:xmlns:office:1.0", b"office:document", "flat-odf"),
    (b"http://schemas.uof.org/cn/", b"UOF", "uof"),
)


def sniff(source: bytes) -> Sniffed:
    """The kind of the bytes."""
    head = source[:4096]
    stripped = head.lstrip(b"\xef\xbb\xbf \t\r\n\0")
    if not stripped:
        return "empty" if not source.strip(b"\xef\xbb\xbf \t\r\n\0") else "text"
    if head.startswith(_OLE):
        return _ole(source)
    if stripped.startswith(b"%PDF-") or b"%PDF-" in head[:1024]:
        return "pdf"
    if stripped.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip(source)
    if stripped.startswith(b"{\\rtf"):
        return "rtf"
    if (stripped[:1] in b"{[" or b"(" in stripped[:64]) and _JSON.match(stripped):
        return "json"
    if packed_kind(head):
        return "packed"
    if head.startswith(_IMAGES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return "image" if not head.startswith(b"BM") or b"\0" in head[:64] else "text"
    if _is_message(stripped.lower()):
        return "mhtml"
    if stripped.startswith(
        (b"<?xml", b"<?mso", b"<Workbook", b"<w:wordDocument", b"<pkg:package", b"<office:document")
    ):
        for space, root, kind in _OFFICE_XML:
            if space in head and root in head:
                return kind
    if (wide := _WIDE_MARKS.get(head[:2])) is not None:  # there, halves of two letters side by side look like tags
        letters = source[2:_MOST_ASKED].decode(wide, "ignore").encode("utf-8", "ignore")
        return "html" if letters.lstrip().startswith(b"<") or _TAG.search(letters) else "text"
    # a page says so within its first lines, and to look through all of it takes longer
    if not _PAGE.search(head) and (b"\n{|" in source or b"\n|===" in source):
        asked = source[:_MOST_ASKED]
        if _MARKED_UP.search(asked) and not _PAGE.search(asked):
            return "text"  # of a wiki, which has a tag here and there
    if stripped.startswith(b"<") or _WIDE_TAG.search(head):
        return "html"
    if _is_binary(head):
        if wide_text(head[:2000]) is not None:
            return "text"
        return "binary"  # first: by chance there are tags in any bytes
    return "html" if _TAG.search(source[:_MOST_ASKED]) else "text"


def packed_kind(head: bytes) -> str:
    """What kind of archive begins with these bytes, of those that are not opened; empty where it is none."""
    if head[_TAPE : _TAPE + len(_TAPE_MARK)] == _TAPE_MARK:
        return "tar"
    return next((kind for mark, kind in PACKED.items() if head.startswith(mark)), "")


def _is_message(head: bytes) -> bool:
    """A page saved as a message: its header says of what kinds its parts are, or that it is a page itself."""
    if not head.startswith(_SAVED):
        return False
    header = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    return b"mime-version:" in header and (b"multipart/related" in head or b"content-type: text/html" in header)


def _is_binary(head: bytes) -> bool:
    control = sum(1 for byte in head if byte < 9 or (13 < byte < 32 and byte != 27))
    return control > len(head) // 50 + 1


def _zip(source: bytes) -> Sniffed:
    try:
        package = Package(source)
    except PackageError:
        # a damaged DOCX still names its parts in the local headers
        if b"word/document.xml" in source:
            return "docx"
        return "xlsx" if b"xl/workbook.xml" in source else "zip"
    if "word/document.xml" in package:
        return "docx"
    if "xl/workbook.xml" in package or "xl/workbook.bin" in package:
        return "xlsx"
    if "OFD.xml" in package:
        return "ofd"
    if "uof.xml" in package and "content.xml" in package:
        return "uof"
    if "content.xml" in package and ("mimetype" in package or "META-INF/manifest.xml" in package):
        return "odf"
    main = package.main_part() or ""  # most name it as above
    if main.startswith("word/"):
        return "docx"
    if main.startswith("xl/"):
        return "xlsx"
    return "zip"


def _ole(source: bytes) -> Sniffed:
    """Stream names stand in the directory as UTF-16; searching for them also works in damaged files."""
    if "EncryptedPackage".encode("utf-16-le") in source:
        return "ole"
    if "WordDocument".encode("utf-16-le") in source:
        return "doc"
    if "Workbook".encode("utf-16-le") in source or "Book\0".encode("utf-16-le") in source:
        return "xls"
    return "ole"
