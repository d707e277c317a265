"""Pages that hold nothing until their scripts have run: rendered with Playwright (scrapy-playwright brings it) and the
system's Chromium.

The browser has no network of its own. Whatever a page asks for goes through the crawl's downloader: archived byte for
byte, inside the portal, as robots.txt allows, one request at a time; pictures, fonts and style sheets are not fetched.
What the scripts made of the page is archived too, put together again (``exact`` is false), under the rule ``rendered``,
so that the store and ``rebuild`` read what the crawl read.

A portal marked ``scripted`` in the registry has its lists rendered; elsewhere a page is that is an empty shell of no
known family. Without Playwright or Chromium such a page is the problem ``needs-browser``, which says what to install.
"""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag

from scrapy import Request, signals
from scrapy.http import HtmlResponse, Response

from archive.exchange import Exchange
from crawler.address import host_of, origin_of
from crawler.browser import places, turning, walking
from crawler.browser.page_visit import SETTLE, PageVisit
from crawler.discovery import shown
from crawler.discovery.page import decode, read_page
from crawler.discovery.reading import read_links
from crawler.families import recognise
from crawler.frontier.frontier import Row
from crawler.frontier.visit import LISTS
from crawler.pages import answer
from crawler.politeness import blocks, refusals
from crawler.spiders.portal import PortalSpider

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


logger = logging.getLogger(__name__)

CHROMIUM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
INSTALL = "install the extra `browser` (pip install 'gongkai[browser]') and Chromium (apt install chromium)"
METHODS = frozenset({"GET", "HEAD", "POST"})  # lists are asked for with POST too; nothing else is a question
LENT = 30.0  # seconds that a script's request waits for another server of the portal, or after an answer 429 or 503
FETCHED = frozenset({"document", "script", "xhr", "fetch", "other"})  # kinds of a browser's requests
NOWHERE = "http://127.0.0.1:9"  # a proxy that is none: what passes the crawl by fails
_NOT_PASSED_ON = ("host", "cookie", "user-agent", "accept-encoding", "connection", "content-length")


class NoBrowser(RuntimeError):
    """Raised by ``RenderMiddleware`` where nothing can render; the message says what to install."""


class RenderMiddleware:
    """Puts what a browser shows in the place of a page that is empty without one."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._playwright: Any = None
        self._browser: Any = None
        self._missing: str | None = None
        self._scripts: dict[str, Response] = {}  # the same for every page of a portal; fetched once a visit
        self._turn = asyncio.Lock()
        crawler.signals.connect(self.close, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RenderMiddleware:
        """As Scrapy makes it."""
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Render, or give the answer as it is."""
        row: Row | None = request.meta.get("gongkai_row")
        if row is None or response.status != 200 or not self._needed(row, response):
            return response
        spider: Any = self.crawler.spider
        try:
            text = await asyncio.wait_for(self._render(spider, row, response), SETTLE + walking.SECONDS + 30)
        except NoBrowser as missing:
            why = f"the page holds nothing until scripts have run; {missing}"
            spider.note("needs-browser", why, row.url, "error" if row.kind == "seed" else "warning")
            return response
        except Exception as error:  # a browser fails in as many ways as there are pages
            told = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
            spider.note("not-rendered", f"the browser could not show the page ({told})", row.url)
            return response
        spider.counts["rendered"] += 1
        return self._shown(request, response, text)

    def _needed(self, row: Row, response: Response) -> bool:
        media = (answer.header(response, b"Content-Type") or "").lower()
        if row.family or answer.binary(row, media, response.body):
            return False
        spider: Any = self.crawler.spider
        marked = shown.wanted(row) or (spider.job.get("scripted") and row.kind in LISTS)
        if not marked and not blocks.may_be_shell(response.body):
            return False
        if blocks.challenge(response.status, answer.cookies(response), response.body):
            return False
        if marked:
            return True
        if row.kind in shown.COLUMNS:  # what its scripts ask for is read first, and a browser asked where that fails
            return False
        text = decode(response.body, media)
        return blocks.empty_shell(text, read_page(response.url, text).visible) and not recognise(text)

    async def _render(self, spider: PortalSpider, row: Row, response: Response) -> str:
        browser = await self._started(spider)
        context = await browser.new_context(
            user_agent=spider.agent, service_workers="block", accept_downloads=False, locale="zh-CN"
        )
        try:
            await context.add_init_script(places.LISTEN)
            page = await context.new_page()
            visit = PageVisit(lambda wanted: self.fetch(spider, wanted, row.url), response, row.url, page)
            await context.route("**/*", visit.serve)
            page.on("dialog", lambda dialog: asyncio.ensure_future(dialog.dismiss()))
            await page.goto(row.url, wait_until="load", timeout=SETTLE * 1000)
            await page.wait_for_load_state("networkidle", timeout=SETTLE * 1000)
            if row.kind not in LISTS:
                return str(await page.content())
            return await self._walked(spider, row, page, visit) or await turning.content(page, visit.until)
        finally:
            await context.close()

    async def _walked(self, spider: PortalSpider, row: Row, page: Any, visit: PageVisit) -> str | None:
        """The page with what clicks on it lead to; None where there is nothing to click for the reports' sake."""

        def judge(markup: str) -> list[tuple[int, str]]:
            reading = read_links(
                read_page(row.url, markup), kind=row.kind, row=row.id, boundary=spider.boundary,
                home=spider.home_links, years=spider.years, depth=row.depth,
            )  # fmt: skip
            worth = sorted(reading.targets, key=lambda target: -target.priority)
            places = [(walking.number_of(each.url), each) for each in worth if not each.reason]
            return [(number, each.kind) for number, each in places if number is not None]

        visit.until = time.monotonic() + walking.SECONDS
        walk = walking.Walk(page, visit, judge, visit.until)
        text = await walk.run()
        if walk.clicks >= walking.MOST_CLICKS or time.monotonic() > walk.until:
            message = f"after {walk.clicks} clicks the rest of the page's places were left"
            spider.note("walk-cut", message, row.url)
        if walk.nowhere:
            message = f"{walk.nowhere} entries open in the page itself and have no address: they cannot be archived"
            spider.note("opens-in-place", message, row.url)
        return text

    async def _started(self, spider: PortalSpider) -> Any:
        if self._browser is not None:
            return self._browser
        if self._missing is not None:
            raise NoBrowser(self._missing)
        path = os.environ.get("GONGKAI_BROWSER") or next(filter(None, map(shutil.which, CHROMIUM)), None)
        try:
            from playwright.async_api import Error, async_playwright
        except ImportError:
            self._missing = INSTALL
            raise NoBrowser(INSTALL) from None
        # … and WebRTC would send datagrams past the proxy, to wherever a page's script says
        flags = ["--disable-gpu", "--disable-dev-shm-usage", "--webrtc-ip-handling-policy=disable_non_proxied_udp"]
        if os.geteuid() == 0:
            flags.append("--no-sandbox")  # Chromium refuses to start as root otherwise
        try:
            self._playwright = await async_playwright().start()
            self._browser = await self._playwright.chromium.launch(
                executable_path=path, args=flags, proxy={"server": NOWHERE}
            )
        except Error as error:
            logger.error("the browser does not start: %s", error)
            self._missing = f"Chromium does not start ({str(error).splitlines()[0][:120]}): {INSTALL}"
            raise NoBrowser(self._missing) from None
        return self._browser

    def _shown(self, request: Request, response: Response, text: str) -> Response:
        body = text.encode("utf-8", "replace")
        media = "text/html; charset=utf-8"
        request.meta["gongkai_shown"] = True
        writer: Any = getattr(self.crawler, "gongkai_writer", None)
        if writer is not None:
            head = f"HTTP/1.1 200 OK\r\nContent-Type: {media}\r\nContent-Length: {len(body)}\r\n\r\n"
            request.meta["gongkai_capture"] = writer.write(
                Exchange(
                    url=urldefrag(response.url).url, request=b"", response=head.encode() + body,
                    started=datetime.now(UTC), exact=False, via=urldefrag(response.url).url, rule="rendered",
                )
            )  # fmt: skip
        # no ETag: an unchanged shell says nothing of what its scripts will show the next time
        return HtmlResponse(response.url, headers={"Content-Type": media}, body=body, request=request)

    async def fetch(self, spider: PortalSpider, wanted: Any, via: str) -> Response | None:
        """One request of the browser, through the crawl; None where it may not be made."""
        url: str = wanted.url
        if not spider.boundary.holds(url) or wanted.resource_type not in FETCHED or wanted.method not in METHODS:
            return None
        host = host_of(url)
        rules = spider.scheduler.rules.get(origin_of(url))
        if rules is None or not rules.allows(url, spider.agent):
            return None
        if wanted.resource_type == "script" and url in self._scripts:
            return self._scripts[url]
        headers = {
            name: value
            for name, value in wanted.headers.items()
            if name not in _NOT_PASSED_ON and not name.startswith(("sec-", ":"))
        }
        request = Request(
            url, method=wanted.method, headers=headers, body=wanted.post_data_buffer or b"", dont_filter=True,
            meta={"gongkai_rule": "script", "gongkai_via": via,
                  "download_slot": spider.scheduler.servers.of(host)},
        )  # fmt: skip
        async with self._turn:
            if rules.delay:
                await asyncio.sleep(rules.delay)
            elsewhere = spider.scheduler.servers.of(host) != spider.scheduler.servers.of(host_of(via))
            if spider.scheduler.shut(host) or (elsewhere and not await self._lent(spider, host)):
                return None
            try:
                spider.counts["script_requests"] += 1
                assert self.crawler.engine is not None
                response: Response = await self.crawler.engine.download_async(request)
                await self._refused(spider, host, response)
            finally:
                if elsewhere:
                    spider.scheduler.release(host)
        if wanted.resource_type == "script":
            self._scripts[url] = response
        return response

    async def _lent(self, spider: PortalSpider, host: str) -> bool:
        """Wait a little until another server of the portal is free: the page's own is the page's until it is read."""
        until = time.monotonic() + LENT
        while not spider.scheduler.lend(host):
            if time.monotonic() > until:
                return False
            await asyncio.sleep(0.05)
        return True

    async def _refused(self, spider: PortalSpider, host: str, response: Response) -> None:
        """A host that refuses a page's script, or is overloaded by it, is left alone as if it had refused a page."""
        kind = blocks.challenge(response.status, answer.cookies(response), response.body)
        if not kind and response.status in (401, 403):
            spider.refusals[host] += 1
            kind = "forbidden" if spider.refusals[host] >= blocks.refusals() else None
        if kind:
            refusals.blocked(spider, host, kind, response.url)
        elif response.status in (429, 503):
            asked = blocks.retry_after(response.headers.get(b"Retry-After"))
            seconds = 2.0 if asked is None else min(asked, refusals.LONGEST)
            if seconds > LENT:
                message = f"{host} answers {response.status} to a page's script and wants to be left alone"
                refusals.leave_alone(spider, host, "retry-after", response.url, seconds, message)
            else:
                await asyncio.sleep(seconds)

    async def close(self) -> None:
        """At the end of the visit."""
        if self._browser is not None:
            await self._browser.close()
        if self._playwright is not None:
            await self._playwright.stop()
