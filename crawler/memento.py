"""Years that a portal no longer has, from an archive of the web that speaks CDX and replay (pywb, Internet Archive).

Off unless the setting ``GONGKAI_MEMENTO`` names one, such as ``https://archive.example/web``: its index is asked at
``…/cdx`` (or ``GONGKAI_MEMENTO_CDX``), its raw captures at ``…/20210301000000id_/ADDRESS``. At the end of a visit it is
asked for report addresses that are gone, and for earlier states of the columns that are known: reports that those
listed and nobody has seen since are asked for too. One request at a time, ``GONGKAI_MEMENTO_DELAY`` seconds apart
(1), at most ``GONGKAI_MEMENTO_PAGES`` (200) a visit; no address twice within ``AGAIN`` days.

A capture is archived under its own address and with its own date, put together again from what the replay gives
(``exact`` is false), with the rule ``memento`` and the replay's address as ``via``: so the store and ``rebuild`` read
it as they read the portal's own answers of that day.
"""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from archive.exchange import Exchange
from crawler.address import canonical, host_of
from crawler.capture.hosts import PrivateAddress
from crawler.capture.single import public_transport
from crawler.discovery.page import decode, read_page
from crawler.discovery.reading import read_links
from crawler.frontier.visit import DAY
from crawler.spiders.portal import PortalSpider

logger = logging.getLogger(__name__)

AGAIN = 90  # days until the same address is asked for again
TIMEOUT = 60.0  # seconds; archives of the web are slow
LONGEST = 300.0  # seconds for a whole answer
HOPS = 5
MOST_BYTES = 64 << 20
FAILURES = 3  # one after the other, and the source is asked for nothing more in this visit
_STAMP = re.compile(r"/(\d{14})id_/")
_ASKED = """CREATE TABLE IF NOT EXISTS memento (
  portal TEXT NOT NULL, url TEXT NOT NULL, asked REAL NOT NULL, PRIMARY KEY (portal, url)) STRICT, WITHOUT ROWID"""


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
    """An archive of the web. Raises ``httpx.HTTPError``, ``PrivateAddress`` and ``_Refused``, ``ValueError`` and
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
        """The captures of an address that were answered with 200, oldest first."""
        answer = self._get(self.index, {"url": url, "output": "json"})
        if answer.status_code == 404:  # pywb, where it has none
            return []
        answer.raise_for_status()
        lines = [line for line in _rows(answer.text) if str(line.get("status", line.get("statuscode"))) == "200"]
        found = {str(line["timestamp"]): str(line.get("url", line.get("original"))) for line in lines}
        return [Memento(stamp, found[stamp]) for stamp in sorted(found) if len(stamp) == 14 and stamp.isdigit()]

    def address(self, memento: Memento) -> str:
        """Where the raw capture is, without the replay's own banner and rewriting."""
        return f"{self.replay}/{memento.timestamp}id_/{memento.url}"

    def fetch(self, memento: Memento) -> tuple[Memento, httpx.Response] | None:
        """The raw capture, or None where the source cannot give it. One that sends on gives the capture that it has
        instead, whose own date counts."""
        answer = self._get(self.address(memento), None)
        if answer.status_code != 200:
            return None
        stamp = _given(answer)
        return (replace(memento, timestamp=stamp) if stamp else memento), answer

    def _get(self, url: str, query: dict[str, str] | None) -> httpx.Response:
        """One answer; a redirect is another request, in its turn, and only to the source itself. One that refuses or is
        overloaded is asked for nothing more in this visit."""
        for _ in range(HOPS):
            answer = self._answer(url, query)
            if answer.status_code in (401, 403, 429, 503):
                raise _Refused(f"{host_of(url)} answers {answer.status_code}; it is left alone")
            target = answer.next_request
            if target is None or host_of(str(target.url)) not in self._hosts:
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


def _given(answer: httpx.Response) -> str | None:
    """The time of the capture that was given: as RFC 7089 tells it, or as its address does."""
    told = answer.headers.get("Memento-Datetime")
    if told:
        try:
            return parsedate_to_datetime(told).astimezone(UTC).strftime("%Y%m%d%H%M%S")
        except ValueError:
            logger.warning("%s gives a date that is none: %s", answer.request.url, told)
    stamp = _STAMP.search(str(answer.request.url))
    return stamp[1] if stamp else None


def _rows(text: str) -> Iterator[dict[str, Any]]:
    """pywb gives a JSON object a line, the Internet Archive one array of arrays with the names first."""
    text = text.strip()
    if text.startswith("["):
        names, *lines = json.loads(text) or [[]]
        yield from (dict(zip(names, line, strict=True)) for line in lines)
        return
    for line in text.splitlines():
        yield json.loads(line)


def complete(spider: PortalSpider) -> None:
    """At the end of a visit: ask for what is gone and for what earlier columns listed."""
    settings = spider.crawler.settings
    replay = settings.get("GONGKAI_MEMENTO")
    if not replay:
        return
    source = Source(
        replay,
        settings.get("GONGKAI_MEMENTO_CDX"),
        spider.agent,
        delay=settings.getfloat("GONGKAI_MEMENTO_DELAY", 1.0),
        private=settings.getbool("GONGKAI_ALLOW_PRIVATE_HOSTS"),
    )
    past = _Past(spider, source, settings.getint("GONGKAI_MEMENTO_PAGES", 200))
    try:
        past.complete()
    except _Refused as error:
        past.trouble = str(error)
    finally:
        source.web.close()
    if past.trouble is not None:
        spider.note("memento-failed", f"the archive of the web cannot be asked: {past.trouble}", replay)


class _Refused(Exception):
    """The source refuses, or has failed several times in a row. Raised by ``Source`` and ``_Past._bearing``."""


class _Past:
    """What one visit brings back."""

    def __init__(self, spider: PortalSpider, source: Source, most: int) -> None:
        self.spider = spider
        self.source = source
        self.left = most
        self.failures = 0  # since the last answer that could be read
        self.trouble: str | None = None
        self.db = spider.frontier.db
        self.db.execute(_ASKED)

    def complete(self) -> None:
        """Gone reports first: their addresses are sure."""
        for url in self._addresses("report = 1 AND state = 'dropped' AND reason LIKE 'gone%'"):
            self._bearing(self._report, url, last=True)
        for url in self._addresses(
            "kind IN ('report', 'attachment') AND report = 0 AND state = 'dropped' AND reason LIKE 'gone%'"
        ):
            self._bearing(self._report, url, last=True)
        for url in self._addresses("kind IN ('column', 'year', 'level') AND useful = 1 AND family IS NULL"):
            self._bearing(self._column, url)

    def _bearing(self, bring: Callable[..., None], url: str, **how: bool) -> None:
        """Ask for one address. One that fails is asked for again at the next visit; several end this one's asking."""
        if not self._new(url):
            return
        try:
            bring(url, **how)
        except (httpx.HTTPError, PrivateAddress, ValueError, KeyError) as error:
            self.failures += 1
            self.trouble = str(error) or type(error).__name__
            if self.failures >= FAILURES:
                raise _Refused(self.trouble) from error
            return
        self.failures = 0
        self.db.execute(
            "INSERT OR REPLACE INTO memento VALUES (?, ?, ?)", (self.spider.portal, canonical(url), time.time())
        )

    def _addresses(self, condition: str) -> list[str]:
        query = f"SELECT url FROM page WHERE portal = ? AND method = 'GET' AND {condition} ORDER BY priority DESC, id"
        return [url for (url,) in self.db.execute(query, (self.spider.portal,))]

    def _new(self, url: str) -> bool:
        """Whether an address is worth a request, which is counted."""
        known = self.db.execute(
            "SELECT asked FROM memento WHERE portal = ? AND url = ?", (self.spider.portal, canonical(url))
        ).fetchone()
        if self.left <= 0 or (known and known[0] > time.time() - AGAIN * DAY):
            return False
        self.left -= 1
        return True

    def _column(self, url: str) -> None:
        """The last capture of each calendar year, and the reports that it lists and the portal does not."""
        yearly = {memento.timestamp[:4]: memento for memento in self.source.captures(url)}
        for memento in yearly.values():
            body = self._archive(memento)
            if body is None:
                continue
            page = read_page(memento.url, decode(*body))
            reading = read_links(
                page, kind="column", row=0, boundary=self.spider.boundary, home=self.spider.home_links,
                years=self.spider.years,
            )  # fmt: skip
            for target in reading.targets:
                wanted = target.kind in ("report", "attachment", "candidate") and not target.reason
                if wanted and self.spider.frontier.state_of(target.canonical) is None:
                    self._bearing(self._report, target.url, last=False)

    def _report(self, url: str, *, last: bool) -> None:
        """One report: the last capture that there is; of one that may have been edited, the first too."""
        captures = self.source.captures(url)
        for memento in captures[-1:] if last else dict.fromkeys([*captures[:1], *captures[-1:]]):
            if self._archive(memento) is not None:
                self.spider.counts["mementos"] += 1

    def _archive(self, memento: Memento) -> tuple[bytes, str] | None:
        if self.left <= 0 or not self.spider.boundary.holds(memento.url):
            return None
        self.left -= 1
        given = self.source.fetch(memento)
        if given is None:
            return None
        memento, answer = given
        media = answer.headers.get("Content-Type", "")
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {media}\r\nContent-Length: {len(answer.content)}\r\n\r\n"
        writer: Any = getattr(self.spider.crawler, "gongkai_writer", None)
        if writer is not None:
            writer.write(
                Exchange(
                    url=memento.url, request=b"", response=head.encode("latin-1", "replace") + answer.content,
                    started=memento.moment, exact=False, via=self.source.address(memento), rule="memento",
                )
            )  # fmt: skip
        return answer.content, media
