"""The spider: reads what comes back for the best address of the frontier, and adds what it promises."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from scrapy import signals
from scrapy.http import Response

from crawler.address import canonical, host_of
from crawler.discovery import home
from crawler.discovery.scoring import priority
from crawler.frontier import settled, validators, visit
from crawler.frontier.frontier import Row, Target
from crawler.pages import answer, looks, received, redirects, stored
from crawler.politeness import blocks, refusals
from crawler.politeness.window import CHINA
from crawler.processes import summary
from crawler.spiders.portal import PortalSpider

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class ReportsSpider(PortalSpider):
    """Finds and fetches the yearly reports of one portal; GONGKAI_JOB (JSON) names it. See ``processes.run_portal``."""

    name = "reports"

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> ReportsSpider:
        """As Scrapy makes it; the job comes from the settings."""
        spider: ReportsSpider = super().from_crawler(
            crawler, *args, job=crawler.settings.getdict("GONGKAI_JOB"), **kwargs
        )
        spider.agent = crawler.settings["USER_AGENT"]
        spider.pause = crawler.settings.getfloat("GONGKAI_RETRY_SECONDS")
        crawler.signals.connect(spider.item_stored, signals.item_scraped)
        crawler.signals.connect(spider.item_failed, signals.item_error)
        crawler.signals.connect(spider.item_dropped, signals.item_dropped)
        crawler.signals.connect(spider.callback_failed, signals.spider_error)
        crawler.signals.connect(spider.idle, signals.spider_idle)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Seeds and known lists become pending rows; the scheduler hands them out."""
        resumed = visit.begin(self.frontier, self.crawl_id, full=bool(self.job.get("full")), years=self.years)
        self.known_reports = self.frontier.count("report = 1")
        self.returning = visit.returning(self.frontier, self.crawl_id)
        self.frontier.add(
            [
                Target(url, canonical(url), host_of(url), "seed", priority("home"), "seed", anchor=self.job.get("name"))
                for url in [self.home, *(self.job.get("seeds") or [])]
            ]
        )
        self.home_links = home.known(self.frontier)
        for host, kind, until in self.frontier.db.execute(
            "SELECT host, kind, until FROM block WHERE portal = ?", (self.portal,)
        ):
            self.scheduler.block(host)
            again = datetime.fromtimestamp(until, CHINA)
            self.note("blocked", f"{host} is left alone ({kind}) until {again:%Y-%m-%d %H:%M} (China)", host, "error")
        self.tell("start", resumed=resumed, pending=self.frontier.count("state = 'pending'"))
        return
        yield

    def parse(self, response: Response) -> Iterator[Any]:
        """Any answer to a row's request."""
        row: Row = response.meta["gongkai_row"]
        capture = response.meta.get("gongkai_capture")
        wait = 0.0
        try:
            facts: dict[str, object] = {"capture": capture.id if capture else None, "status": response.status}
            host = row.host
            shown = bool(response.meta.get("gongkai_shown"))
            kind = blocks.challenge(response.status, answer.cookies(response), response.body, shown=shown)
            if not kind and (response.status < 400 or response.status in (404, 410)):
                self.scheduler.well(host)
            if kind:
                wait = refusals.challenged(self, row, kind)
            elif response.status in (429, 503):
                wait = refusals.back_off(self, row, response)
            elif row.kind == looks.KIND and response.status != 200:  # a picture that is kept back blocks no portal
                settled.lost(self, row, f"left out: HTTP {response.status}", facts, quiet=True)
            elif response.status in (401, 403, 405, 406):
                self.refusals[host] += 1
                wait = min(self.pause * 2.0 ** self.refusals[host], 30.0)  # a burst that passes refuses no portal
                self.failures[f"HTTP {response.status} at {host}"] += 1
                if self.refusals[host] >= blocks.refusals() or row.kind == "seed":
                    refusals.blocked(self, host, "forbidden", row.url)
                    self.frontier.postpone(row, time.time() + visit.NEXT_DAY, f"blocked: HTTP {response.status}")
                else:
                    settled.lost(self, row, f"failed: HTTP {response.status}", facts)
            elif response.status == 304 and validators.failed(self.frontier, row):
                self.refusals[host] = 0
            elif response.status == 304:
                self.refusals[host] = 0
                self.counts["unchanged"] += 1
                settled.finish(self, row, facts | settled.schedule(row))
            elif 300 <= response.status < 400:
                self.refusals[host] = 0
                redirects.redirected(self, row, response, facts)
            elif response.status in (404, 410):
                self.refusals[host] = 0
                settled.lost(self, row, f"gone: HTTP {response.status}", facts)
            elif response.status != 200:
                refusals.retry(self, row, f"failed: HTTP {response.status}", facts)
            elif not response.body and row.kind in ("report", "attachment") and not row.family:
                refusals.retry(self, row, "failed: the answer is empty", facts)
            elif answer.broke_off(response) and row.tries + 1 < refusals.TRIES:
                refusals.retry(self, row, "failed: the answer broke off", facts)
            else:
                self.refusals[host] = 0
                if answer.broke_off(response) and row.kind != looks.KIND:
                    self.note("answer-cut", f"the answer broke off at every try ({len(response.body)} bytes)", row.url)
                if row.kind == looks.KIND:
                    looks.read(self, row, response)
                    settled.finish(self, row, facts)
                else:
                    yield from received.read(self, row, response, facts)
        finally:
            self.scheduler.release(row.host, wait=wait)
            self.progress()

    def item_stored(self, item: dict[str, Any], response: Response) -> None:
        """Signal item_scraped."""
        stored.item_stored(self, item, response)

    def item_failed(self, item: dict[str, Any], response: Response, failure: Any) -> None:
        """Signal item_error."""
        stored.item_failed(self, item, response, failure)

    def item_dropped(self, item: dict[str, Any], response: Response, exception: Exception) -> None:
        """Signal item_dropped."""
        stored.item_dropped(self, item, response, exception)

    def callback_failed(self, failure: Any, response: Response) -> None:
        """Signal spider_error."""
        stored.callback_failed(self, failure, response)

    def idle(self) -> None:
        """Signal spider_idle: nothing falls due in this visit. The summary is written while the store still listens."""
        settled.flush(self)
        self._conclude(None)

    def _conclude(self, stopped: str | None) -> None:
        if not self.summarised:
            self.summarised = True
            if stopped is None and self.crawler.settings.get("GONGKAI_MEMENTO"):
                from crawler import memento  # with a client of its own, which few crawls need

                memento.complete(self)
            summary.write(self, stopped)

    def closed(self, reason: str) -> None:
        """Scrapy's last word."""
        settled.flush(self)
        self._conclude(None if reason == "finished" else reason)
        self.frontier.close()
