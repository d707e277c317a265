"""Office files written as one XML: Word's flat packages and its XML of 2003, flat OpenDocument.

Word saves them as ``.xml`` and portals serve them as ``.doc``. Each is packed as the container that its reader knows,
so that there is one reader for the text, whatever lies around it.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any, Final

from lxml import etree

from reports.readers.package import LARGEST_XML, PackageError, parse_xml
from reports.readers.word.wordml import W

_PART: Final = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_WORD_2003: Final = b"http://schemas.microsoft.com/office/word/2003/wordml"
_ANNOTATION: Final = "{http://schemas.microsoft.com/aml/2001/core}annotation"
_OLD_NAMES: Final = ((b"vmerge", b"vMerge"), (b"hmerge", b"hMerge"))


def packed_word(source: bytes) -> bytes:
    """A DOCX with the parts of a flat package, or with the text and styles of Word's XML of 2003.

    Raises PackageError where the XML is damaged or too large.
    """
    if len(source) > LARGEST_XML:
        raise PackageError(f"the file has {len(source)} bytes")
    if _WORD_2003 in source[:8000]:
        return _packed(_parts_of_2003(source))
    root = parse_xml(source, "the file")
    return _packed(
        {
            part.get(f"{_PART}name", "").lstrip("/"): etree.tostring(content[0])
            for part in root.iterfind(f"{_PART}part")
            for content in part.iterfind(f"{_PART}xmlData")
            if len(content)
        }
    )


def _parts_of_2003(source: bytes) -> dict[str, bytes]:
    source = source.replace(_WORD_2003, W[1:-1].encode())
    for old, new in _OLD_NAMES:
        source = re.sub(rb"(<\w+:)" + old + rb"\b", rb"\1" + new, source)
    root = parse_xml(source, "the file")
    for note in list(root.iter(f"{W}footnote", f"{W}endnote", _ANNOTATION)):
        if note.tag != _ANNOTATION or note.get(f"{W}type") in ("Word.Comment", "Word.Deletion"):
            _leave_out(note)
    parts = {"word/document.xml": etree.tostring(root)}
    styles = root.find(f"{W}styles")
    if styles is not None:
        parts["word/styles.xml"] = etree.tostring(styles)
        root.remove(styles)
    return parts


def _leave_out(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def packed_odf(source: bytes) -> bytes:
    """An OpenDocument file with the flat one as its content."""
    if len(source) > LARGEST_XML:
        raise PackageError(f"the file has {len(source)} bytes")
    return _packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": source})


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as pack:
        for name, content in parts.items():
            pack.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()
