"""The ARC format, in which web archives kept their pages before WARC (until about 2009): records told as WARC has them.

Source: the Internet Archive's ARC File Format, versions 1 and 2: a line "URL IP-address Archive-date Content-type
… Archive-length", then the answer as it came.
"""

from __future__ import annotations

import re
from uuid import NAMESPACE_URL, uuid5

from archive.growing import block_digest

LINE = re.compile(rb"(\S+) (\S+) (\d{14}) (\S+)(?: .*)? (\d+)\r?\n")
DESCRIPTION = b"filedesc:"  # the address of the record that describes the file itself

Headers = tuple[tuple[str, str], ...]


def length_of(line: bytes) -> int | None:
    """How many bytes follow an ARC record's line; None where the line is none."""
    match = LINE.fullmatch(line)
    return int(match[5]) if match else None


def as_warc(line: bytes, block: bytes) -> tuple[str, Headers]:
    """Type and headers of a WARC record for an ARC record. Its id follows from what it says: the same every time."""
    match = LINE.fullmatch(line)
    assert match is not None
    address, ip, date, media_type, _ = (part.decode("utf-8", "replace") for part in match.groups())
    if match[1].startswith(DESCRIPTION):
        return "warcinfo", _named(address, date, block, ("Content-Type", "text/plain"))
    kind, content_type = "resource", media_type
    if block[:5].upper() == b"HTTP/":
        kind, content_type = "response", "application/http;msgtype=response"
    more = [("WARC-Target-URI", address), ("Content-Type", content_type)]
    if ip.strip("0."):
        more.append(("WARC-IP-Address", ip))
    return kind, _named(address, date, block, *more)


def _named(address: str, date: str, block: bytes, *more: tuple[str, str]) -> Headers:
    identifier = uuid5(NAMESPACE_URL, f"{address} {date} {block_digest(block)}")
    moment = f"{date[:4]}-{date[4:6]}-{date[6:8]}T{date[8:10]}:{date[10:12]}:{date[12:]}Z"
    return (("WARC-Record-ID", f"<urn:uuid:{identifier}>"), ("WARC-Date", moment), *more)
