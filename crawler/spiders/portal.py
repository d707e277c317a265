"""One portal's crawl: what its spider, its scheduler and all that judges its answers share."""

from __future__ import annotations

import json
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

import scrapy

from crawler.address import Boundary
from crawler.discovery.listings import Lists
from crawler.discovery.scoring import explore
from crawler.discovery.sessions import Sessions
from crawler.frontier.frontier import Frontier, Row
from crawler.politeness.robots import Rules
from crawler.politeness.servers import Servers


@dataclass(slots=True)
class Note:
    """One problem, in one sentence, with a stable code and its place."""

    code: str
    severity: str
    message: str
    where: str
    capture: str | None = None  # the answer that shows it


class Turns(Protocol):
    """What the scheduler is to the others: which hosts may be asked, and when again."""

    rules: dict[str, Rules]  # by scheme, host and port
    servers: Servers
    blocked: set[str]
    stopped: str | None
    broken: str | None  # why there is no next address
    answered: set[str]  # hosts that have shown a page in this visit

    def release(self, host: str, *, wait: float = 0.0) -> None:
        """An answer of this host has been read: the next request not before ``wait`` seconds."""

    def lend(self, host: str) -> bool:
        """Take a host for a request that is no row's, where its server is free; ``release`` gives it back."""

    def shut(self, host: str) -> bool:
        """Whether nothing more may be asked of a host: it is left alone, or the hours of the day are over."""

    def block(self, host: str) -> None:
        """Ask this host for nothing more in this visit."""

    def fault(self, host: str, kind: str) -> int:
        """Count a fault of a host; how many of its kind there were since its last good answer."""

    def well(self, host: str) -> None:
        """The host has answered as it should."""


class PortalSpider(scrapy.Spider):
    """The crawl of one portal as its parts see it. ``crawler.spiders.reports`` sets it to work."""

    scheduler: Turns
    agent: str
    pause: float  # seconds before an address is tried again that failed; doubled each time
    outcome: str | None = None  # set by summary.write
    ending: dict[str, Any] | None = None  # what the runner is told at the end; set by summary.write
    channel: IO[str] | None = None  # where run_portal wants its JSON lines

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
        self.plain: set[int] = set()  # rows asked for by http, for by https nobody answers
        self.mapped = False  # whether the site's map has been asked for because nothing was found
        self.home_links: set[str] = set()
        self.explored = 0  # requests below "explore" since the last new report
        self.besides = 0  # … of pages that promise nothing of disclosure
        self.known_reports = 0
        self.returning = False  # whether a visit before this one has shown reports
        self.looks_left: int | None = None  # stylesheets and pictures that the portal may still have
        self.started = time.time()
        self.failures: Counter[str] = Counter()
        self.summarised = False
        self.lists = Lists(self.frontier, self.note)
        self.sessions = Sessions(self.frontier, self.boundary)

    def note(self, code: str, message: str, where: str, severity: str = "warning") -> None:
        """A problem for the summary."""
        if len(self.notes) < 2000:
            self.notes.append(Note(code, severity, message, where))

    def tell(self, event: str, **facts: Any) -> None:
        """One JSON line for the runner."""
        channel = self.channel
        if channel is not None:
            line = json.dumps({"event": event, "portal": self.portal, **facts}, ensure_ascii=False)
            try:
                channel.write(line + "\n")
                channel.flush()
            except (BrokenPipeError, ValueError):
                self.channel = None

    def progress(self) -> None:
        """Four times a second at most, how far the crawl is."""
        now = time.time()
        if now - getattr(self, "_told", 0.0) >= 0.25:
            self._told = now
            self.tell(
                "progress", requests=self.counts["requests"], reports=self.counts["reports"],
                pending=self.frontier.count("state = 'pending' AND priority >= ?", (explore(),)),
            )  # fmt: skip
