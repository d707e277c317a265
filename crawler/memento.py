"""Years that a portal no longer has, from an archive of the web that speaks CDX and replay (pywb, Internet Archive).

Off unless the setting ``GONGKAI_MEMENTO`` names one, such as ``https://archive.example/web``: its index is asked at
``…/cdx`` (or ``GONGKAI_MEMENTO_CDX``), its raw captures at ``…/20210301000000id_/ADDRESS``. At the end of a visit it is
asked for report addresses that are gone, and for earlier states of the columns that are known: reports that those
listed and nobody has seen since are asked for too, and the columns' further pages as long as these name such reports.
One request at a time, ``GONGKAI_MEMENTO_DELAY`` seconds apart (1), at most ``GONGKAI_MEMENTO_PAGES`` (200) a visit; no
address twice within ``AGAIN`` days.

A capture is archived under its own address and with its own date, put together again from what the replay gives
(``exact`` is false), with the rule ``memento`` and the replay's address as ``via``: so the store and ``rebuild`` read
it as they read the portal's own answers of that day.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import httpx

from archive.exchange import Exchange
from crawler.address import canonical
from crawler.capture.hosts import PrivateAddress
from crawler.discovery import pager
from crawler.discovery.page import Page, decode, read_page
from crawler.discovery.reading import read_links
from crawler.families import Step, read_answer, read_lists
from crawler.frontier.frontier import Target
from crawler.frontier.visit import DAY
from crawler.replay import Memento, Refused, Source
from crawler.spiders.portal import PortalSpider

AGAIN = 90  # days until the same address is asked for again
FAILURES = 3  # one after the other, and the source is asked for nothing more in this visit
DEEPEST = 10  # pages of a column
_ASKED = """CREATE TABLE IF NOT EXISTS memento (
  portal TEXT NOT NULL, url TEXT NOT NULL, asked REAL NOT NULL, PRIMARY KEY (portal, url)) STRICT, WITHOUT ROWID"""


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
    except Refused as error:
        past.trouble = str(error)
    finally:
        source.web.close()
    if past.trouble is not None:
        spider.note("memento-failed", f"the archive of the web cannot be asked: {past.trouble}", replay)


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

    def _bearing(self, bring: Callable[..., None], url: str, **how: object) -> None:
        """Ask for one address. One that fails is asked for again at the next visit; several end this one's asking."""
        if not self._new(url):
            return
        try:
            bring(url, **how)
        except (httpx.HTTPError, PrivateAddress, ValueError, KeyError) as error:
            self.failures += 1
            self.trouble = str(error) or type(error).__name__
            if self.failures >= FAILURES:
                raise Refused(self.trouble) from error
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

    def _column(self, url: str, step: Step | None = None) -> None:
        """The last capture of each calendar year, and the reports that it lists and the portal does not.

        The second page of a column is asked for too, and the one behind each page that names such a report: each
        address once, whichever years' captures lead to it.
        """
        number = step.number if step else 1
        yearly = {memento.timestamp[:4]: memento for memento in self.source.captures(url)}
        missing, further = 0, dict[str, Step]()
        for memento in yearly.values():
            given = self._archive(memento)
            if given is None:
                continue
            place, body, media = given
            wanted, onward = self._listed(read_page(place, decode(body, media)), step)
            further |= {canonical(each.url): each for each in onward}
            for target in wanted:
                if self.spider.frontier.state_of(target.canonical) is None:
                    missing += 1
                    self._bearing(self._report, target.url, last=False)
        if number < DEEPEST and (number == 1 or missing):
            for each in further.values():
                self._bearing(self._column, each.url, step=each)

    def _listed(self, page: Page, step: Step | None) -> tuple[list[Target], list[Step]]:
        """The reports that a page of an archived column names, and the addresses of its next page."""
        number, family = (step.number, step.family) if step else (1, None)
        links = None
        if step and family:
            listing = read_answer(family, page.text, page.url, number, step.memo)
            links = listing.links if listing else []
        else:
            listing = read_lists(page, number, step.memo if step else {})
            general = pager.read(page, number)
            if listing is None or (general and not listing.steps):
                listing = general
        reading = read_links(
            page, kind="column", row=0, boundary=self.spider.boundary, home=self.spider.home_links,
            links=links, years=self.spider.years,
        )  # fmt: skip
        kinds = ("report", "attachment", "candidate")
        wanted = [each for each in reading.targets if each.kind in kinds and not each.reason]
        onward = listing.steps if listing else []
        ways = [each for each in onward if each.method == "GET" and self.spider.boundary.holds(each.url)]
        return wanted, [each for each in ways if canonical(each.url) != canonical(page.url)][:1]

    def _report(self, url: str, *, last: bool) -> None:
        """One report: the last capture that there is; of one that may have been edited, the first too."""
        captures = self.source.captures(url)
        for memento in captures[-1:] if last else dict.fromkeys([*captures[:1], *captures[-1:]]):
            if self._archive(memento) is not None:
                self.spider.counts["mementos"] += 1

    def _archive(self, memento: Memento) -> tuple[str, bytes, str] | None:
        """Fetch and archive one capture, under the address and date that it has: address, body and type, or None."""
        if self.left <= 0 or not self.spider.boundary.holds(memento.url):
            return None
        self.left -= 1
        given = self.source.fetch(memento)
        if given is None or not self.spider.boundary.holds(given[0].url):
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
        return memento.url, answer.content, media
