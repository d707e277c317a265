"""Zip containers (DOCX, XLSX, OFD, archives of attachments), opened without trusting their directory."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree

LARGEST_MEMBER = 64_000_000  # bytes unpacked
LARGEST_XML = 16_000_000  # a report has a fiftieth of it
LARGEST_TOTAL = 150_000_000
MOST_MEMBERS = 5_000


# files saved as "Strict Open XML" name the same elements in other namespaces
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)


class PackageError(ValueError):
    """The container is damaged, encrypted or unpacks to an implausible size; the message says which."""


def _plain_name(name: str) -> str:
    """Some packers part folders by backslashes."""
    return name.replace("\\", "/").lstrip("/").lower()


class Package:
    """A zip file with a budget of bytes that it may unpack to."""

    def __init__(self, source: bytes) -> None:
        try:
            self._file = zipfile.ZipFile(io.BytesIO(source))
            self.entries = [entry for entry in self._file.infolist() if not entry.is_dir()]
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise PackageError(f"the zip container is damaged: {error}") from error
        if len(self.entries) > MOST_MEMBERS:
            raise PackageError(f"the zip container has {len(self.entries)} members")
        self._by_name = {_plain_name(entry.filename): entry for entry in self.entries}
        self._left = LARGEST_TOTAL

    def __contains__(self, name: str) -> bool:
        return _plain_name(name) in self._by_name

    def names(self) -> Iterator[str]:
        """The members' names as stored."""
        return (entry.filename.replace("\\", "/") for entry in self.entries)

    def read(self, name: str) -> bytes:
        """A member's bytes. PackageError where it is missing, damaged, encrypted or too large."""
        entry = self._by_name.get(_plain_name(name))
        if entry is None:
            raise PackageError(f"{name} is missing in the container")
        return self.read_entry(entry)

    def read_entry(self, entry: zipfile.ZipInfo) -> bytes:
        """The bytes of a member of ``entries``, whatever size the directory claims."""
        budget = min(LARGEST_MEMBER, self._left)
        try:
            with self._file.open(entry) as member:
                content = member.read(budget + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError) as error:
            raise PackageError(f"{entry.filename} cannot be unpacked: {error}") from error
        except RuntimeError as error:
            raise PackageError(f"{entry.filename} is encrypted") from error
        if len(content) > budget:
            raise PackageError(f"{entry.filename} unpacks to more than {budget} bytes")
        self._left -= len(content)
        return content

    def main_part(self) -> str | None:
        """The part that an office file names as its document or workbook; None where it names none."""
        if "_rels/.rels" not in self:
            return None
        try:
            for each in self.xml("_rels/.rels"):
                if each.get("Type", "").endswith("/officeDocument"):
                    target: str = each.get("Target", "").lstrip("/")
                    return target if target in self else None
        except PackageError:
            return None  # the usual names are tried
        return None

    def xml(self, name: str) -> Any:
        """A member parsed as XML, without entities, network or DTD."""
        return self.parsed(self.read(name), name)

    def parsed(self, content: bytes, name: str) -> Any:
        """The same for bytes that were read before."""
        if len(content) > LARGEST_XML:
            raise PackageError(f"{name} unpacks to {len(content)} bytes")
        return parse_xml(with_usual_names(content), name)


def with_usual_names(content: bytes) -> bytes:
    """XML of a file saved as strict, with the names that all others have."""
    for strict, usual in _STRICT:
        content = content.replace(strict, usual)
    return content


def parse_xml(source: bytes, name: str) -> Any:
    """The root element; damaged XML is recovered as far as it goes. PackageError where nothing is left."""
    head = source[:2000]
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise PackageError(f"{name} declares a document type, which office files never do")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True,
                             remove_comments=True,
                             remove_pis=True, huge_tree=False)  # fmt: skip
    try:
        root = etree.fromstring(source, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise PackageError(f"{name} is not XML: {error}") from error
    if root is None:
        raise PackageError(f"{name} is not XML")
    return root
