"""Scrapy's scheduler over the frontier: the best address of a host that is free, allowed by its robots.txt and not
to be left alone.

One request at a time a server, by whatever names its hosts are known: it is free again when the spider has read its
answer, so that the best next address is known.
robots.txt is asked for before the first address of a scheme and host, through the same handler, so that it is archived
like everything.
"""

from __future__ import annotations

import logging
import time
from collections import Counter, deque
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.scheduler import BaseScheduler

from crawler.address import host_of, origin_of
from crawler.capture.full_disk import stop_crawl
from crawler.discovery.mapped import ask_for_map
from crawler.frontier import admission, asking
from crawler.frontier.frontier import Row
from crawler.politeness import permission
from crawler.politeness.refusals import PATIENCE
from crawler.politeness.robots import Rules
from crawler.politeness.servers import Servers
from crawler.politeness.window import Window
from crawler.spiders.portal import PortalSpider

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


logger = logging.getLogger(__name__)


class FrontierScheduler(BaseScheduler):
    """Hands out one row at a time; see the module."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.forwarded: deque[Request] = deque()  # what a middleware sends again
        self.rules: dict[str, Rules] = {}  # by scheme, host and port
        self.servers = Servers()
        self.busy: dict[str, int] = {}
        self.ready: dict[str, float] = {}  # server → not before, on the monotonic clock (Crawl-delay, Retry-After)
        self.blocked: set[str] = set()
        self.faults: dict[str, Counter[str]] = {}  # host → kinds of faults since its last good answer
        self.answered: set[str] = set()  # hosts that have shown a page in this visit
        self.drained = False
        self.stopped: str | None = None
        self.broken: str | None = None  # why there is no next address
        self._alarm: Any = None
        self.robots_callback: Callable[..., object] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> FrontierScheduler:
        """As Scrapy makes it."""
        return cls(crawler)

    def open(self, spider: PortalSpider) -> None:  # type: ignore[override]
        """The spider brings the frontier."""
        self.spider = spider
        window = spider.job.get("window")
        self.window = Window.parse(window) if window else None
        spider.scheduler = self

    def close(self, reason: str) -> None:
        """Nothing is lost: the rows are in the file."""
        if self._alarm is not None and self._alarm.active():
            self._alarm.cancel()

    def has_pending_requests(self) -> bool:
        """False only when nothing will fall due in this visit."""
        return bool(self.forwarded) or not self.drained

    def enqueue_request(self, request: Request) -> bool:
        """Requests of middlewares (a retry). The spider itself adds rows, not requests."""
        self.forwarded.append(request)
        return True

    def release(self, host: str, *, wait: float = 0.0) -> None:
        """The spider has read an answer of this host.

        The next request not before ``wait`` seconds, nor its Crawl-delay.
        """
        self.busy.pop(host, None)
        known = (self.rules.get(f"{scheme}://{host}") for scheme in ("http", "https"))
        pause = max(wait, *(rules.delay if rules else 0.0 for rules in known))  # it is one machine
        if pause:
            server = self.servers.of(host) or host
            self.ready[server] = max(self.ready.get(server, 0.0), time.monotonic() + pause)

    def block(self, host: str) -> None:
        """Ask this host for nothing more in this visit."""
        self.blocked.add(host)

    def fault(self, host: str, kind: str) -> int:
        """Count a fault of a host; how many of its kind there were since its last good answer."""
        faults = self.faults.setdefault(host, Counter())
        faults[kind] += 1
        return faults[kind]

    def well(self, host: str) -> None:
        """The host has answered as it should."""
        self.faults.pop(host, None)
        self.answered.add(host)

    def next_request(self) -> Request | None:
        """The next request, or None; then an alarm is set for the moment when something falls due.

        An error here (the frontier's disk is full, the file damaged) ends the crawl: Scrapy would ask for ever.
        """
        try:
            return self._next_request()
        except Exception as error:
            if self.broken is None:
                logger.exception("no next address")
                self.broken = f"the frontier cannot be used: {' '.join(str(error).split()) or type(error).__name__}"
                self.stopped = "frontier"
                stop_crawl(self.crawler, self.broken, reason="frontier")
            self.drained = True
            return None

    def _next_request(self) -> Request | None:
        now = time.time()
        if self.window is not None and self.stopped is None and not self.window.is_open(now):
            self._close_window(self.window)
            return None
        sent_on = None if self.stopped == "window" else self._sent_on()
        if sent_on is not None:
            return sent_on
        if self.stopped:
            self.drained = True
            return None
        while True:
            row = self.spider.frontier.next(self._held() | self.blocked, now)
            if row is None:
                if self._all_read(now) and (self.spider.lists.changes.recheck() or ask_for_map(self.spider)):
                    continue
                self._wait(now)
                return None
            if self.servers.of(row.host) is None:
                self.spider.frontier.release(row)
                self.servers.look_up(row.host, self._wake)
                continue
            if not admission.admit(self.spider, row):
                if self.stopped:
                    self.drained = not self.busy
                    return None
                continue
            rules = self.rules.get(origin_of(row.url))
            if rules is None:
                self.busy[row.host] = 0
                self.spider.frontier.release(row)
                return self._robots(row)
            if rules.state == "unreachable":
                permission.refused_by_robots(self.spider, row, rules)
                continue
            if not rules.allows(row.url, self.spider.agent):
                permission.refused_by_robots(self.spider, row, rules)
                continue
            self.busy[row.host] = row.id
            return asking.request_for(self.spider, row)

    def _sent_on(self) -> Request | None:
        """What leads elsewhere (a robots.txt that redirects) or is asked for again, once its server is free for it."""
        for _ in range(len(self.forwarded)):
            request = self.forwarded.popleft()
            own, host = request.meta.get("gongkai_host"), host_of(request.url)
            if own is None or host == own:
                return request
            server = self.servers.of(host)
            if server is None:
                self.servers.look_up(host, self._wake)
            elif server == self.servers.of(own) or self.lend(host):
                request.meta["download_slot"], request.meta["gongkai_lent"] = server, host
                return request
            self.forwarded.append(request)
        return None

    def lend(self, host: str) -> bool:
        """Take a host for a request that is no row's, where its server is free; ``release`` gives it back."""
        server = self.servers.of(host)
        at_work = {self.servers.of(each) or each for each in self.busy}
        if server is None or server in at_work or self.ready.get(server, 0.0) > time.monotonic():
            return False
        self.busy[host] = 0
        return True

    def shut(self, host: str) -> bool:
        """Whether nothing more may be asked of a host: it is left alone, or the hours of the day are over."""
        return host in self.blocked or (self.window is not None and not self.window.is_open(time.time()))

    def _close_window(self, window: Window) -> None:
        self.stopped = "window"
        while self.forwarded:
            self.busy.pop(self.forwarded.popleft().meta.get("gongkai_host", ""), None)
        self.drained = not self.busy
        left = self.spider.frontier.count("state = 'pending'")
        message = f"the portal is asked only between {window} (China); {left} addresses wait for the next visit"
        self.spider.note("window-closed", message, self.spider.home, "info")

    def _robots(self, row: Row) -> Request:
        parts = urlsplit(row.url)
        return Request(
            f"{parts.scheme}://{parts.netloc}/robots.txt",
            callback=partial(permission.parse_robots, self.spider),
            errback=partial(permission.failed_robots, self.spider),
            dont_filter=True,
            priority=1000,
            meta={
                "gongkai_rule": "robots",
                "gongkai_host": host_of(row.url),
                "gongkai_origin": origin_of(row.url),
                "gongkai_robots": True,
                "download_slot": self.servers.of(row.host),
            },
        )

    def _held(self) -> set[str]:
        """Hosts of servers that are at work on a request, or want a pause before the next one."""
        now = time.monotonic()
        servers = {server for server, moment in self.ready.items() if moment > now}
        servers |= {self.servers.of(host) or host for host in self.busy}
        return self.busy.keys() | self.servers.names(servers, self.spider.frontier.hosts)

    def _all_read(self, now: float) -> bool:
        """Whether nothing is under way, and nothing falls due in this visit."""
        if self.busy or self.servers.looking:
            return False
        due = self.spider.frontier.earliest(self.blocked)
        return due is None or due - now > PATIENCE

    def _wait(self, now: float) -> None:
        if self.busy or self.servers.looking:
            self.drained = False
            return
        due = self.spider.frontier.earliest(self.blocked)
        self.drained = due is None or due - now > PATIENCE
        if due is None or self.drained:
            return
        pauses = [moment - time.monotonic() for moment in self.ready.values()]
        pause = max(due - now, min((each for each in pauses if each > 0), default=0.0) if due <= now else 0.0)
        if self._alarm is None or not self._alarm.active():
            from twisted.internet import reactor as installed  # the one that Scrapy has chosen by now

            reactor: Any = installed

            self._alarm = reactor.callLater(max(0.02, pause), self._wake)

    def _wake(self) -> None:
        engine = self.crawler.engine
        slot = getattr(engine, "_slot", None)
        if slot is not None:
            slot.nextcall.schedule()
