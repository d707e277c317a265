"""PDF files that break off before their table of objects: the part that a download or a disk lost is the last one.

pdfium looks for the objects of a damaged file itself, but only a trailer tells it which of them the document begins
with. The objects are still there, and one of them says that it is the catalogue (ISO 32000-1, 7.5.5 and 7.7.2).
"""

from __future__ import annotations

import re

_CATALOGUE = re.compile(rb"/Type\s*/Catalog\b")
_NUMBER = re.compile(rb"(\d{1,9})\s+(\d{1,5})\s+$")
_OBJECT = re.compile(rb"\b(\d{1,9})\s+\d{1,5}\s+obj\b")
_REFERENCE = re.compile(rb"\b(\d{1,9})\s+\d{1,5}\s+R\b")
_STREAM = re.compile(rb"\bstream\r?\n.*?endstream", re.DOTALL)
_FURTHEST = 4000  # bytes from an object's beginning to what it says of its type


def with_trailer(source: bytes) -> bytes | None:
    """The file with a trailer that names its catalogue; None where there is none, or where more of it is missing.

    A font whose table of texts is lost could name other figures than it draws.
    """
    if b"/Encrypt" in source or not _is_whole(source):
        return None
    for match in reversed(list(_CATALOGUE.finditer(source))):
        start = source.rfind(b"obj", max(0, match.start() - _FURTHEST), match.start())
        number = _NUMBER.search(source, max(0, start - 24), start) if start >= 0 else None
        if number is not None:
            return source + b"\ntrailer\n<< /Root %s %s R >>\nstartxref\n0\n%%%%EOF\n" % number.groups()
    return None


def _is_whole(source: bytes) -> bool:
    """Whether the last object has its end, and every object that another one names is there."""
    plain = _STREAM.sub(b"", source)
    ends = plain.rfind(b"endobj")
    if ends < 0 or _OBJECT.search(plain, ends):
        return False
    return {*_REFERENCE.findall(plain)} <= {*_OBJECT.findall(plain)}
