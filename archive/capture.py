"""A capture: one answer of a server, as it is kept, and where its bytes lie. The word that crawler and store share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

RecordKind = Literal["response", "revisit", "resource"]


@dataclass(frozen=True, slots=True)
class Capture:
    """One archived exchange (or, of kind ``resource``, one file that the crawl itself wrote, such as its summary).

    Everything here can be read back from the WARC files alone; ``pipelines`` keeps one row of it a capture.
    """

    id: str  # the UUID of the response's WARC-Record-ID, 32 hexadecimal digits
    crawl: str  # the run that it belongs to, "qinzhou-20260131T020000Z"; from warcinfo
    portal: str
    url: str
    time: str  # WARC-Date: UTC, ISO 8601 with milliseconds and Z
    kind: RecordKind
    status: int  # of the HTTP answer; 0 for a resource
    media_type: str  # without parameters, lower case; "" where the server named none
    digest: str  # "sha256:" + hexadecimal, of the body after transfer and content decoding
    size: int  # bytes of that body
    warc: str  # path below the archive's warc/ folder, "qinzhou/….warc.gz", without ".open"
    offset: int  # of the gzip member that holds the record
    length: int  # of that member, in bytes
    refers_to: str | None = None  # of a revisit: the id of the capture that has the body
    via: str | None = None  # the page on which the link stood (metadata record)
    anchor: str | None = None  # the link's text
    depth: int = 0
    rule: str | None = None  # why it was fetched: seed, robots, column, pager, report, attachment, recheck …
    truncated: str | None = None  # WARC-Truncated: length, time, disconnect
    exact: bool = True  # False: headers were rebuilt by the framework (capture=reconstructed)
