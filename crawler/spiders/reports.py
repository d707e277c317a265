"""The spider.

Takes the best address of the frontier, reads what comes back, and adds what it promises. Thin over discovery and
families.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit

import scrapy
from scrapy import Request, signals
from scrapy.http import Response

from crawler import summary, visit
from crawler.address import Boundary, absolute, canonical, host_of
from crawler.discovery import lists
from crawler.discovery.listings import Lists
from crawler.discovery.page import Link, Page, decode, read_page
from crawler.discovery.reading import CONTEXTS, looks_like_report, read_links
from crawler.discovery.scoring import is_document
from crawler.families import Listing, read_answer
from crawler.frontier import Frontier, Row, Target
from crawler.politeness import blocks
from crawler.politeness.robots import Rules, read_robots
from crawler.summary import Note

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.politeness.scheduler import FrontierScheduler

_TRIES = 3
_DAY = 86_400.0
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


class ReportsSpider(scrapy.Spider):
    """Finds and fetches the yearly reports of one portal; GONGKAI_JOB (JSON) names it. See crawler.run_portal."""

    name = "reports"
    scheduler: FrontierScheduler
    agent: str
    outcome: str | None = None  # set by summary.write
    ending: dict[str, Any] | None = None  # what the runner is told at the end; set by summary.write
    channel: ClassVar[IO[str] | None] = None  # where run_portal wants its JSON lines

    def __init__(self, job: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.job = job
        self.portal = str(job["portal"])
        self.home = str(job["home"])
        self.crawl_id = str(job["crawl"])
        self.boundary = Boundary.around(self.home, job.get("hosts") or [])
        self.years = range(job["years"][0], job["years"][1] + 1) if job.get("years") else None
        self.max_pages = int(job["max_pages"])
        self.frontier = Frontier(Path(job["archive"]) / "frontier.db", self.portal)
        self.counts: Counter[str] = Counter()
        self.notes: list[Note] = []
        self.awaiting: dict[str, tuple[Row, dict[str, object]]] = {}
        self.unsynced: list[tuple[Row, dict[str, object]]] = []
        self.refusals: Counter[str] = Counter()
        self.home_links: set[str] = set()
        self.explored = 0  # requests below "explore" since the last new report
        self.known_reports = 0
        self.started = time.time()
        self.failures: Counter[str] = Counter()
        self.summarised = False
        self.lists = Lists(self.frontier, self.note)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> ReportsSpider:
        """As Scrapy makes it; the job comes from the settings."""
        spider: ReportsSpider = super().from_crawler(
            crawler, *args, job=crawler.settings.getdict("GONGKAI_JOB"), **kwargs
        )
        spider.agent = crawler.settings["USER_AGENT"]
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
        self.frontier.add(
            [
                Target(url, canonical(url), host_of(url), "seed", 99.0, "seed", anchor=self.job.get("name"))
                for url in [self.home, *(self.job.get("seeds") or [])]
            ]
        )
        for (key,) in self.frontier.db.execute(
            "SELECT canonical FROM page WHERE portal = ? AND parent IN (SELECT id FROM page WHERE portal ="
            " ? AND kind = 'seed')",
            (self.portal, self.portal),
        ):
            self.home_links.add(key)
        for host, kind in self.frontier.db.execute("SELECT host, kind FROM block WHERE portal = ?", (self.portal,)):
            self.scheduler.block(host)
            self.note("blocked", f"{host} refused earlier ({kind}); it is tried again the next day", host, "error")
        self.tell("start", resumed=resumed, pending=self.frontier.count("state = 'pending'"))
        return
        yield

    # -- what the scheduler asks

    def admit(self, row: Row) -> bool:
        """Whether a row is worth its request now; else it is dropped with the reason, or the visit stops."""
        if self.counts["requests"] >= self.max_pages:
            self.scheduler.stopped = "budget"
            left = self.frontier.count("state = 'pending' AND priority >= ?", (priority_of("explore"),))
            self.frontier.release(row)
            self.note(
                "budget-spent",
                f"--max-pages {self.max_pages} is spent; {left} promising addresses wait for the next visit",
                self.home,
            )
            return False
        patience = _patience()
        if row.branch and row.report == 0 and row.done is None:
            limit = (
                patience["organ_misses"]
                if row.kind in ("organ", "organs")
                else patience["shape_misses"]
                if row.kind in ("other", "level", "candidate")
                else 0
            )
            if limit and self.frontier.branch_misses(row.branch) >= limit:
                self.frontier.drop(row, "low yield: the links beside it led to nothing")
                self.frontier.drop_where("branch = ?", (row.branch,), "low yield: the links beside it led to nothing")
                return False
        if row.priority >= priority_of("explore") or row.kind == "seed" or row.done is not None:
            return True
        found = self.known_reports > 0
        limit = (
            max(patience["found"], patience["share"] * self.counts["useful"]) if found else patience["nothing_found"]
        )
        if self.explored >= limit:
            self.frontier.drop(row, "low yield: exploration has found nothing for long")
            self.frontier.drop_where(
                "priority < ?", (priority_of("explore"),), "low yield: exploration has found nothing for long"
            )
            return False
        self.explored += 1
        return True

    def request_for(self, row: Row) -> Request:
        """The request of a row, conditional where the page is known."""
        headers: dict[str, str] = {}
        if row.conditional:
            if row.etag:
                headers["If-None-Match"] = row.etag
            if row.modified:
                headers["If-Modified-Since"] = row.modified
        if row.body is not None:
            headers["Content-Type"] = (
                "application/json;charset=UTF-8"
                if row.body[:1] in "{["
                else "application/x-www-form-urlencoded; charset=UTF-8"
            )
        if row.family:
            headers["X-Requested-With"] = "XMLHttpRequest"
            if row.via:
                headers["Referer"] = row.via
        self.counts["requests"] += 1
        return Request(
            row.url,
            method=row.method,
            body=row.body,
            headers=headers,
            callback=self.parse,
            errback=self.failed,
            dont_filter=True,
            meta={
                "gongkai_row": row,
                "gongkai_host": row.host,
                "gongkai_via": row.via,
                "gongkai_anchor": row.anchor,
                "gongkai_depth": row.depth,
                "gongkai_rule": "recheck" if row.done else row.rule,
            },
        )

    def refused_by_robots(self, row: Row, rules: Rules) -> None:
        """A row that robots.txt forbids is dropped; one whose robots.txt cannot be had waits for the next day."""
        if rules.state == "unreachable":
            self.frontier.postpone(row, time.time() + _DAY, "robots.txt unreachable")
            return
        self.counts["robots"] += 1
        self.frontier.drop(row, "robots.txt forbids it")

    # -- answers

    def parse_robots(self, response: Response) -> Iterator[Request]:
        """The rules of a host."""
        host = response.meta["gongkai_host"]
        request = response.request
        assert request is not None
        self.counts["robots_requests"] += 1
        if response.status in (301, 302, 303, 307, 308) and response.meta.get("gongkai_hops", 0) < 5:
            target = absolute(response.url, (response.headers.get(b"Location") or b"").decode("latin-1"))
            if target and self.boundary.holds(target):
                yield request.replace(
                    url=target, meta={**_own(response.meta), "gongkai_hops": response.meta.get("gongkai_hops", 0) + 1}
                )
                return
        tries = response.meta.get("gongkai_tries", 0)
        if response.status in (429, 500, 502, 503, 504) and tries < 2:
            self._again(request, tries, blocks.retry_after(response.headers.get(b"Retry-After")))
            return
        kind = blocks.challenge(response.status, _cookies(response), response.body)
        if kind and response.status != 200:
            self._blocked(host, kind, response.url)
        rules = read_robots(response.status, response.body, self.agent, f"{urlsplit(response.url).scheme}://{host}")
        self._rules(host, rules, response.url)

    def failed_robots(self, failure: Any) -> None:
        """No answer to robots.txt: the host does not answer."""
        request = failure.request
        tries = request.meta.get("gongkai_tries", 0)
        reason = _reason(failure)
        if tries < 2 and "private" not in reason.lower():
            self._again(request, tries, None)
            return
        host = request.meta["gongkai_host"]
        self.failures[reason] += 1
        self.note("unreachable", f"{host} does not answer: {reason}", request.url, "error")
        self.scheduler.rules[host] = Rules("unreachable")
        self.scheduler.release(host)

    def _again(self, request: Request, tries: int, wait: float | None) -> None:
        seconds = min(wait if wait is not None else 1.0 * 2**tries, 120.0)
        from twisted.internet import reactor as installed  # the one that Scrapy has chosen by now

        reactor: Any = installed

        again = request.replace(meta={**_own(request.meta), "gongkai_tries": tries + 1})
        reactor.callLater(seconds, self._resend, again)

    def _resend(self, request: Request) -> None:
        if self.crawler.engine is not None and self.crawler.engine.spider is not None:
            self.crawler.engine.crawl(request)

    def _rules(self, host: str, rules: Rules, url: str) -> None:
        self.scheduler.rules[host] = rules
        self.scheduler.release(host)
        if rules.state == "disallowed":
            self.note("robots-disallow", f"robots.txt of {host} forbids everything; nothing is fetched", url, "error")
            self.failures[f"robots.txt of {host} forbids everything"] += 1
        elif rules.state == "unreachable":
            self.note(
                "robots-unreachable",
                f"robots.txt of {host} answers with an error; nothing is fetched until it does",
                url,
                "error",
            )
            self.failures[f"robots.txt of {host} answers with an error"] += 1

    def parse(self, response: Response) -> Iterator[Any]:
        """Any answer to a row's request."""
        row: Row = response.meta["gongkai_row"]
        capture = response.meta.get("gongkai_capture")
        wait = 0.0
        try:
            facts: dict[str, object] = {
                "capture": capture.id if capture else None,
                "status": response.status,
            }
            host = row.host
            kind = blocks.challenge(response.status, _cookies(response), response.body)
            if kind:
                self._blocked(host, kind, row.url)
                self.frontier.postpone(row, time.time() + _DAY, f"blocked: {kind}")
            elif response.status in (429, 503):
                wait = self._back_off(row, response)
            elif response.status in (401, 403, 405, 406):
                self.refusals[host] += 1
                self.failures[f"HTTP {response.status} at {host}"] += 1
                if self.refusals[host] >= blocks.refusals() or row.kind == "seed":
                    self._blocked(host, "forbidden", row.url)
                    self.frontier.postpone(row, time.time() + _DAY, f"blocked: HTTP {response.status}")
                else:
                    self._lost(row, f"failed: HTTP {response.status}", facts)
            elif response.status == 304:
                self.refusals[host] = 0
                self.counts["unchanged"] += 1
                self._finish(row, facts | self._schedule(row))
            elif 300 <= response.status < 400:
                self.refusals[host] = 0
                self._redirected(row, response, facts)
            elif response.status in (404, 410):
                self.refusals[host] = 0
                self._lost(row, f"gone: HTTP {response.status}", facts)
            elif response.status != 200:
                self._retry(row, f"failed: HTTP {response.status}", facts)
            else:
                self.refusals[host] = 0
                yield from self._read(row, response, facts)
        finally:
            self.scheduler.release(row.host, wait=wait)
            self._progress()

    def _read(self, row: Row, response: Response, facts: dict[str, object]) -> Iterator[Any]:
        capture = response.meta.get("gongkai_capture")
        body = response.body
        facts["etag"] = _header(response, b"ETag")
        facts["modified"] = _header(response, b"Last-Modified")
        facts["digest"] = capture.digest if capture else None
        media = (_header(response, b"Content-Type") or "").lower()
        if row.family and not _binary(row, media, body):
            self._fragment(row, response, facts)
            return
        if _binary(row, media, body):
            yield self._item(row, response, facts, [])
            return
        text = decode(body, media)
        report = looks_like_report(text)
        if not report:
            twin = (
                self.frontier.seen_digest(str(facts["digest"]), row) if facts["digest"] and row.kind != "seed" else None
            )
            if twin:
                self.counts["twins"] += 1
                self._lost(row, f"same bytes as {twin}", facts, quiet=True)
                return
        page = read_page(response.url, text)
        if not report and blocks.soft_404(page.title, text):
            self._lost(row, "gone: the page says that it is not there (soft 404)", facts)
            return
        if row.kind == "seed" and blocks.empty_shell(text, page.visible):
            self.note(
                "needs-browser",
                "the home page holds nothing until scripts have run; install gongkai[browser] and mark the"
                " portal `scripted`",
                row.url,
                "error",
            )
        if page.redirect:
            self._forward(row, page.redirect, "the page only sends on")
        reading = read_links(
            page,
            kind=row.kind,
            row=row.id,
            boundary=self.boundary,
            home=self.home_links,
            years=self.years,
            depth=row.depth,
        )
        if row.kind == "seed":
            self.home_links |= {canonical(link.url) for link in page.links}
        narrow = row.kind == "report" or (reading.report and row.kind in ("candidate", "attachment", "other"))
        targets = list(reading.targets)
        if not narrow:
            targets += self.lists.turn(
                row, page, reading, boundary=self.boundary, home=self.home_links, years=self.years
            )
        new = self.frontier.add(targets, parent=row)
        self.counts["links"] += len(new)
        for link in reading.outside:
            self.counts["outside"] += 1
            if self.counts["outside"] <= 20:
                self.note("outside", f"a promising link leads to another portal: {link.text[:60]}", link.url, "info")
        if reading.report or row.kind in ("report", "attachment", "candidate"):
            row.extra["report"] = reading.report
            yield self._item(row, response, facts, page.links)
        else:
            self._finish(row, facts | self._schedule(row))

    def _fragment(self, row: Row, response: Response, facts: dict[str, object]) -> None:
        text = decode(response.body, _header(response, b"Content-Type") or "")
        memo = json.loads(row.memo) if row.memo else {}
        listing: Listing | None = read_answer(str(row.family), text, response.url, row.number or 1, memo)
        if listing is None or (not listing.links and memo.get("otherwise")):
            if not self.lists.otherwise(row, memo):
                self.lists.ended(row, "the answer is not a list", failed=True)
                if row.number == 1:
                    self.note("list-unreadable", f"an answer of the {row.family} list could not be read", row.url)
            self._finish(row, facts)
            return
        targets = self.lists.fragment(
            row, response.url, listing, boundary=self.boundary, home=self.home_links, years=self.years
        )
        self.counts["links"] += len(self.frontier.add(targets, parent=row))
        self._finish(row, facts | self._schedule(row))

    def _item(self, row: Row, response: Response, facts: dict[str, object], links: list[Link]) -> dict[str, Any]:
        capture = response.meta.get("gongkai_capture")
        self.awaiting[capture.id if capture else response.url] = (row, facts)
        return {
            "capture": capture,
            "url": response.url,
            "body": response.body,
            "content_type": _header(response, b"Content-Type") or "",
            "links": [(link.url, link.text) for link in links if is_document(link.url)],
        }

    def _redirected(self, row: Row, response: Response, facts: dict[str, object]) -> None:
        location = absolute(response.url, (response.headers.get(b"Location") or b"").decode("utf-8", "replace"))
        if location is None:
            self._lost(row, f"failed: HTTP {response.status} without an address", facts)
            return
        if not self.boundary.holds(location):
            if row.kind == "seed":
                self.note(
                    "moved",
                    f"the home page sends on to {location}, outside the portal; add it to the registry if it is the"
                    f" portal's new address",
                    row.url,
                    "error",
                )
                self.failures[f"redirected to {host_of(location)}"] += 1
            self._lost(row, f"redirect outside the portal: {location}", facts, quiet=True)
            return
        if canonical(location) == row.canonical:
            hops = row.tries
            if hops >= 4:
                if response.headers.get(b"Set-Cookie"):
                    self._blocked(row.host, "cookie-gate", row.url)
                self._lost(row, "failed: redirect loop", facts)
                self.failures["redirect loop"] += 1
                return
            self.frontier.db.execute("UPDATE page SET url = ? WHERE id = ?", (location, row.id))
            self.frontier.postpone(row, 0, "redirect to the same page")
            return
        self._forward(row, location, f"HTTP {response.status}")
        self._lost(row, f"redirect to {location}", facts, quiet=True)

    def _forward(self, row: Row, url: str, rule: str) -> None:
        """What a redirect leads to takes the place of the row: same kind, same promise, one hop deeper."""
        chain = int((row.memo or "").startswith('{"hops"') and json.loads(row.memo or "{}").get("hops", 0))
        if chain >= 8 or not self.boundary.holds(url):
            return
        self.frontier.add(
            [
                Target(
                    url, canonical(url), host_of(url), row.kind, min(99.0, row.priority + 0.5), f"redirect ({rule})",
                    anchor=row.anchor,
                    context=row.context, branch=row.branch, year=row.year, listed=row.listed,
                    memo=json.dumps({"hops": chain + 1}),
                )
            ],
            parent=row,
        )  # fmt: skip

    def _back_off(self, row: Row, response: Response) -> float:
        wait = blocks.retry_after(response.headers.get(b"Retry-After"))
        seconds = wait if wait is not None else min(60.0, 2.0 * 2**row.tries)
        self.counts["backed_off"] += 1
        self.failures[f"HTTP {response.status} at {row.host}"] += 1
        if row.tries + 1 >= _TRIES + 2:
            self._lost(row, f"failed: HTTP {response.status} again and again", {})
        else:
            self.frontier.postpone(row, time.time() + seconds, f"HTTP {response.status}")
        return seconds

    def _retry(self, row: Row, reason: str, facts: dict[str, object]) -> None:
        self.failures[reason.removeprefix("failed: ")] += 1
        if row.tries + 1 >= _TRIES:
            self._lost(row, reason, facts)
        else:
            self.frontier.postpone(row, time.time() + min(2.0**row.tries, 30.0), reason)

    def _lost(self, row: Row, reason: str, facts: dict[str, object], *, quiet: bool = False) -> None:
        """An address that gave nothing.

        Of a list it may be the proof of the end, or call for another way to number pages.
        """
        self.counts["lost"] += 0 if quiet else 1
        if reason.startswith("gone"):
            self.failures["HTTP 404"] += 1
        memo = json.loads(row.memo) if row.memo else {}
        turned = (row.listing and (row.number or 1) > 1) or (row.family and memo.get("otherwise"))
        if turned and not self.lists.otherwise(row, memo):
            self.lists.ended(row, f"page {row.number}: {reason}", failed=True)
        if row.report:
            self.note("report-gone", f"a known report is not there any more ({reason})", row.url)
        elif row.done is not None and row.kind in ("column", "year", "level") and not quiet:
            self.note(
                "column-gone",
                f"a known column is not there any more ({reason}); discovery starts again from the home page",
                row.url,
            )
            visit.rediscover(self.frontier)
        elif row.kind in ("report", "attachment") and not quiet:
            self.note("report-missing", f"a linked report could not be had ({reason})", row.url)
        self.unsynced.append((row, {**facts, "state": "dropped", "reason": reason}))
        self._flush_if_full()

    def _blocked(self, host: str, kind: str, url: str) -> None:
        if host not in self.scheduler.blocked:
            self.counts["blocked"] += 1
            self.failures[f"blocked ({kind}) at {host}"] += 1
            self.note(
                "blocked",
                f"{host} answers with a challenge or refusal ({kind}); it is left alone until the next day",
                url,
                "error",
            )
            now = time.time()
            self.frontier.db.execute(
                "INSERT OR REPLACE INTO block (portal, host, kind, since, until, url) VALUES (?,?,?,?,?,?)",
                (self.portal, host, kind, now, now + _DAY, url),
            )
        self.scheduler.block(host)

    def failed(self, failure: Any) -> None:
        """No answer: refused, timed out, name not found, outside, private."""
        request = failure.request
        row: Row = request.meta["gongkai_row"]
        reason = _reason(failure)
        self.scheduler.release(row.host)
        self.failures[reason] += 1
        if "outside" in reason or "private" in reason.lower() or row.tries + 1 >= _TRIES:
            self._lost(row, f"failed: {reason}", {})
            if row.kind == "seed":
                self.note("unreachable", f"the home page cannot be had: {reason}", row.url, "error")
        else:
            self.frontier.postpone(row, time.time() + 2.0**row.tries, reason)
        self._progress()

    # -- what became of it

    def _schedule(self, row: Row) -> dict[str, object]:
        now = time.time()
        return {"due": visit.due(now, listed=row.listed, added=row.done or now, year=row.year) if row.report else 0.0}

    def _finish(self, row: Row, facts: dict[str, object]) -> None:
        self.unsynced.append((row, facts))
        self._flush_if_full()

    def _flush_if_full(self) -> None:
        if len(self.unsynced) >= 8:
            self.flush()

    def flush(self) -> None:
        """Mark pages without an item done: after their captures are safe on disk."""
        if not self.unsynced:
            return
        writer = getattr(self.crawler, "gongkai_writer", None)
        if writer is not None:
            writer.sync()
        rows, self.unsynced = self.unsynced, []
        self.frontier.finish(rows)

    def item_stored(self, item: dict[str, Any], response: Response) -> None:
        """Signal item_scraped: the pipelines have stored the page, so the row is done."""
        capture = item["capture"]
        row, facts = self.awaiting.pop(capture.id if capture else item["url"], (None, {}))
        if row is None:
            return
        records = item.get("records")
        report = (
            any(record.verdict != "not_a_report" for record in records) if records is not None else self._looks(row)
        )
        now = time.time()
        facts |= {"report": int(report)}
        if report:
            year = next((record.year for record in records or [] if record.year), row.year)
            facts["due"] = visit.due(now, listed=row.listed, added=row.done or now, year=year)
            facts["year"] = year
            self.counts["reports"] += 1
            for record in records or []:
                self.counts[f"verdict:{record.verdict}"] += 1
        self.frontier.finish([(row, facts)])
        if report and not row.report:
            self.counts["new_reports"] += 1
            self.known_reports += 1
            self.explored = 0
            self.frontier.credit(row)
            self.counts["useful"] += 1
        self._progress()

    def _looks(self, row: Row) -> bool:
        """Without pipelines (a test of discovery alone) the page's own phrases decide."""
        return bool(row.extra.get("report", row.kind in ("report", "attachment")))

    def item_failed(self, item: dict[str, Any], response: Response, failure: Any) -> None:
        """Signal item_error: a pipeline raised; the row is tried again, then left with the reason."""
        capture = item["capture"]
        row, _ = self.awaiting.pop(capture.id if capture else item["url"], (None, {}))
        if row is None:
            return
        self.counts["store_failed"] += 1
        reason = f"failed: {failure.type.__name__}: {failure.getErrorMessage()}"[:300]
        self.failures[reason.removeprefix("failed: ")] += 1
        if row.tries + 1 >= _TRIES:
            self.note("not-stored", f"the page could not be stored ({reason})", row.url, "error")
            self.frontier.drop(row, reason)
        else:
            self.frontier.postpone(row, time.time() + 1.0, reason)

    def item_dropped(self, item: dict[str, Any], response: Response, exception: Exception) -> None:
        """Signal item_dropped: a pipeline refused the page."""
        capture = item["capture"]
        row, facts = self.awaiting.pop(capture.id if capture else item["url"], (None, {}))
        if row is not None:
            self.frontier.finish([(row, facts)])

    def callback_failed(self, failure: Any, response: Response) -> None:
        """Signal spider_error: reading a page raised. The page is archived; the row is left with the reason."""
        row = response.meta.get("gongkai_row")
        host = response.meta.get("gongkai_host")
        self.counts["errors"] += 1
        reason = f"{failure.type.__name__}: {failure.getErrorMessage()}"[:300]
        self.note("spider-error", f"reading a page failed ({reason})", response.url, "error")
        if row is not None:
            self.frontier.drop(row, f"failed: {reason}")
        if host:
            self.scheduler.release(host)

    def idle(self) -> None:
        """Signal spider_idle: nothing falls due in this visit. The summary is written while the store still listens."""
        self.flush()
        self._conclude(None)

    def _conclude(self, stopped: str | None) -> None:
        if self.summarised:
            return
        self.summarised = True
        summary.write(self, stopped)

    def closed(self, reason: str) -> None:
        """Scrapy's last word."""
        self.flush()
        self._conclude(None if reason == "finished" else reason)
        self.frontier.close()

    # -- words for people

    def note(self, code: str, message: str, where: str, severity: str = "warning") -> None:
        """A problem for the summary."""
        if len(self.notes) < 2000:
            self.notes.append(Note(code, severity, message, where))

    def tell(self, event: str, **facts: Any) -> None:
        """One JSON line for the runner."""
        channel = ReportsSpider.channel
        if channel is not None:
            line = json.dumps({"event": event, "portal": self.portal, **facts}, ensure_ascii=False)
            try:
                channel.write(line + "\n")
                channel.flush()
            except (BrokenPipeError, ValueError):
                ReportsSpider.channel = None

    def _progress(self) -> None:
        now = time.time()
        if now - getattr(self, "_told", 0.0) >= 0.25:
            self._told = now
            self.tell(
                "progress", requests=self.counts["requests"], reports=self.counts["reports"],
                pending=self.frontier.count("state = 'pending' AND priority >= ?", (priority_of("explore"),)),
            )  # fmt: skip


def priority_of(name: str) -> float:
    """A threshold of data/discovery.yaml."""
    import data

    return float(data.load_yaml("discovery.yaml")[name])


def _patience() -> dict[str, float]:
    import data

    patience: dict[str, float] = data.load_yaml("discovery.yaml")["patience"]
    return patience


def _own(meta: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in meta.items() if key.startswith("gongkai_") and key != "gongkai_capture"}


def _header(response: Response, name: bytes) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def _cookies(response: Response) -> str:
    return "; ".join(value.decode("latin-1") for value in response.headers.getlist(b"Set-Cookie"))


def _binary(row: Row, media: str, body: bytes) -> bool:
    if body.startswith(_MAGIC):
        return True
    if media.startswith("text/html") or body[:400].lstrip()[:1] == b"<":
        return False
    return not row.family and media.startswith(_DOCUMENT_TYPES)


def _reason(failure: Any) -> str:
    names = {
        "DownloadConnectionRefusedError": "connection refused",
        "ConnectionRefusedError": "connection refused",
        "DownloadTimeoutError": "timed out",
        "TimeoutError": "timed out",
        "CannotResolveHostError": "host name not found",
        "DNSLookupError": "host name not found",
        "OutsidePortal": "outside the portal",
    }
    name = failure.type.__name__
    message = failure.getErrorMessage()
    return names.get(name) or f"{name}: {message}"[:200]


__all__ = ["CONTEXTS", "Page", "ReportsSpider", "lists"]
