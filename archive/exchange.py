"""An exchange: what was said on the wire for one request, before it becomes WARC records."""

from __future__ import annotations

import mmap
from dataclasses import dataclass
from datetime import datetime

Wire = bytes | mmap.mmap  # an mmap for bodies that were spooled through a file


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer, byte for byte as they went over the connection (inside TLS, where there was TLS)."""

    url: str
    request: bytes  # request line, head and body as sent; b"" where nothing was sent
    response: Wire  # everything that came back: interim 1xx answers, head, framing, trailers, extra bytes
    started: datetime  # when the request was sent; with a time zone
    ip: str | None = None  # of the peer
    truncated: str | None = None  # why the answer is not whole: length, time, disconnect, unspecified
    exact: bool = True  # False: put together again from what the framework kept
    via: str | None = None  # the page on which the link stood
    anchor: str | None = None  # the link's text
    depth: int = 0
    rule: str | None = None  # why it was fetched: seed, robots, column, pager, report …
