"""An archive of the web that speaks CDX and replay (pywb, Internet Archive): what it holds of an address, and the raw
captures. One request at a time, redirects only within the archive itself."""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

import httpx

from crawler.address import host_of
from crawler.capture.single import public_transport

logger = logging.getLogger(__name__)

TIMEOUT = 60.0  # seconds; archives of the web are slow
LONGEST = 300.0  # seconds for a whole answer
HOPS = 5
MOST_BYTES = 64 << 20
_STAMP = re.compile(r"/(\d{14})id_/(\S+)")
_REDIRECTS = ("301", "302", "303", "307", "308")


class Refused(Exception):
    """The source refuses, or has failed several times in a row. Raised by ``Source`` and by who asks it."""


@dataclass(frozen=True, slots=True)
class Memento:
    """One capture that the source has: its own time (UTC, YYYYMMDDhhmmss) and address."""

    timestamp: str
    url: str

    @property
    def moment(self) -> datetime:
        """When it was captured."""
        return datetime.strptime(self.timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


class Source:
    """An archive of the web. Raises ``httpx.HTTPError``, ``PrivateAddress`` and ``Refused``, ``ValueError`` and
    ``KeyError`` on an index that is none."""

    def __init__(self, replay: str, index: str | None, agent: str, *, delay: float, private: bool) -> None:
        self.replay = replay.rstrip("/")
        self.index = index or f"{self.replay}/cdx"
        self.delay = delay
        self._next = 0.0
        headers = {"User-Agent": agent, "Accept-Encoding": "identity"}
        transport = None if private else public_transport()
        self.web = httpx.Client(headers=headers, timeout=TIMEOUT, transport=transport)
        self._hosts = {host_of(self.replay), host_of(self.index)}

    def captures(self, url: str) -> list[Memento]:
        """The captures of an address that were answered with 200, oldest first; where there is none, the last one that
        sends on to another address."""
        answer = self._get(self.index, {"url": url, "output": "json"})
        if answer.status_code == 404:  # pywb, where it has none
            return []
        answer.raise_for_status()
        pages: dict[str, str] = {}
        redirects: dict[str, str] = {}
        for line in _rows(answer.text):
            status = str(line.get("status", line.get("statuscode")))
            found = pages if status == "200" else redirects if status in _REDIRECTS else {}
            found[str(line["timestamp"])] = str(line.get("url", line.get("original")))
        stamps = sorted(pages) or sorted(redirects)[-1:]
        held = pages or redirects
        return [Memento(stamp, held[stamp]) for stamp in stamps if len(stamp) == 14 and stamp.isdigit()]

    def address(self, memento: Memento) -> str:
        """Where the raw capture is, without the replay's own banner and rewriting."""
        return f"{self.replay}/{memento.timestamp}id_/{memento.url}"

    def fetch(self, memento: Memento) -> tuple[Memento, httpx.Response] | None:
        """The raw capture, or None where the source cannot give it. One that sends on gives the capture of the other
        address, or of another time, that the source has instead: their own address and date count."""
        for _ in range(HOPS):
            answer = self._get(self.address(memento), None)
            memento = _given(answer, memento)
            if answer.status_code == 200:
                return memento, answer
            target = answer.headers.get("Location")  # as the portal wrote it: the replay has not rewritten it
            if not answer.is_redirect or not target:
                return None
            memento = replace(memento, url=urljoin(memento.url, target))
        return None

    def _get(self, url: str, query: dict[str, str] | None) -> httpx.Response:
        """One answer; a redirect is another request, in its turn, and only to the source itself. One that refuses or is
        overloaded is asked for nothing more in this visit."""
        for _ in range(HOPS):
            answer = self._answer(url, query)
            if answer.status_code in (401, 403, 429, 503):
                raise Refused(f"{host_of(url)} answers {answer.status_code}; it is left alone")
            target = answer.next_request
            if target is None or host_of(str(target.url)) not in self._hosts:
                return answer
            if query is None and not _STAMP.search(str(target.url)):  # the portal's own Location, not rewritten
                return answer
            url, query = str(target.url), None
        raise httpx.HTTPError(f"{host_of(url)} sends on more than {HOPS} times")

    def _answer(self, url: str, query: dict[str, str] | None) -> httpx.Response:
        pause = self._next - time.monotonic()
        if pause > 0:
            time.sleep(pause)  # nothing else happens any more in this crawl
        until, body = time.monotonic() + LONGEST, bytearray()
        try:
            with self.web.stream("GET", url, params=query) as answer:
                for piece in answer.iter_bytes():
                    body += piece
                    if len(body) > MOST_BYTES or time.monotonic() > until:
                        raise httpx.HTTPError(f"the answer of {host_of(url)} does not end")
            whole = httpx.Response(
                answer.status_code, headers=_decoded(answer.headers), content=bytes(body), request=answer.request
            )
            whole.next_request = answer.next_request
            return whole
        finally:
            self._next = time.monotonic() + self.delay


def _decoded(headers: httpx.Headers) -> list[tuple[str, str]]:
    """The headers of a body that is neither compressed nor in chunks any more."""
    return [
        (name, value) for name, value in headers.multi_items() if name not in ("content-encoding", "content-length")
    ]


def _given(answer: httpx.Response, asked: Memento) -> Memento:
    """The capture that was given: its time as RFC 7089 tells it, or as its address does, and its address."""
    place = _STAMP.search(str(answer.request.url))
    given = replace(asked, timestamp=place[1], url=place[2]) if place else asked
    told = answer.headers.get("Memento-Datetime")
    if told:
        try:
            return replace(given, timestamp=parsedate_to_datetime(told).astimezone(UTC).strftime("%Y%m%d%H%M%S"))
        except ValueError:
            logger.warning("%s gives a date that is none: %s", answer.request.url, told)
    return given


def _rows(text: str) -> Iterator[dict[str, Any]]:
    """pywb gives a JSON object a line, the Internet Archive one array of arrays with the names first."""
    text = text.strip()
    if text.startswith("["):
        names, *lines = json.loads(text) or [[]]
        yield from (dict(zip(names, line, strict=True)) for line in lines)
        return
    for line in text.splitlines():
        yield json.loads(line)
