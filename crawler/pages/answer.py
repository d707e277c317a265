"""What an answer says of itself besides its body: headers, cookies, whether it is a file; and why there was none."""

from __future__ import annotations

import json
from typing import Any

from scrapy.http import Response

from crawler.frontier.frontier import Row

_DOCUMENT_TYPES = (
    "application/pdf",
    "application/msword",
    "application/vnd",
    "application/zip",
    "application/x-",
    "application/octet-stream",
    "text/plain",
    "application/wps",
    "application/ofd",
    "application/rtf",
)
_MAGIC = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"Rar!")
_REASONS = {
    "DownloadConnectionRefusedError": "connection refused",
    "ConnectionRefusedError": "connection refused",
    "DownloadTimeoutError": "timed out",
    "TimeoutError": "timed out",
    "CannotResolveHostError": "host name not found",
    "DNSLookupError": "host name not found",
    "OutsidePortal": "outside the portal",
}


def own(meta: dict[str, Any]) -> dict[str, Any]:
    """What a request that is sent again takes over: all of ours but the capture of the first answer, and its queue."""
    return {
        key: value
        for key, value in meta.items()
        if (key.startswith("gongkai_") and key != "gongkai_capture") or key == "download_slot"
    }


def broke_off(response: Response) -> bool:
    """Whether a part of an answer is missing. A page that has its own end is whole, however much its server announced:
    to ask for it again and again would bring the same."""
    return "dataloss" in response.flags and not response.body[-64:].rstrip().lower().endswith(b"</html>")


def header(response: Response, name: bytes) -> str | None:
    """One header as text."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def cookies(response: Response) -> str:
    """All Set-Cookie headers as text."""
    return "; ".join(value.decode("latin-1") for value in response.headers.getlist(b"Set-Cookie"))


def binary(row: Row, media: str, body: bytes) -> bool:
    """Whether the body is a file, not a page; a family's own answers are none."""
    if body.startswith(_MAGIC):
        return True
    if media.startswith("text/html") or body[:400].lstrip()[:1] == b"<":
        return False
    return not row.family and media.startswith(_DOCUMENT_TYPES) and "javascript" not in media


def markup(text: str) -> str:
    """The markup of the articles that a JSON answer holds; the answer itself where it is none."""
    try:
        held = json.loads(text)
    except (ValueError, RecursionError):
        return text
    found: list[str] = []
    open_ = [held]
    while open_:
        each = open_.pop()
        if isinstance(each, str):
            found.append(each)
        elif isinstance(each, dict):
            open_ += reversed(each.values())
        elif isinstance(each, list):
            open_ += reversed(each)
    return "\n".join(each for each in found if "<" in each)


def reason(failure: Any) -> str:
    """Why there was no answer, in a few words."""
    name = failure.type.__name__
    return _REASONS.get(name) or f"{name}: {failure.getErrorMessage()}"[:200]
