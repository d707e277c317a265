"""Crawls portals.

One child process each, under a lock, and tells for each what became of it. What ``gongkai crawl`` calls.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from crawler.portals.registry import Portal, load, resolve
from crawler.processes.nursery import Child, Nursery

Outcome = Literal["finished", "failed", "busy"]
Progress = Callable[[dict[str, Any]], None]

#: --max-pages by default: more than any portal's reports with their lists need.
MAX_PAGES = 20_000
#: How long a child waits for a lock that the child of a killed runner still holds, in seconds.
LOCK_PATIENCE = 15.0


@dataclass(slots=True)
class PortalRun:
    """What became of one portal.

    ``counts`` are those of the crawl's summary (requests, reports, new_reports, unchanged …).
    """

    portal: str
    home: str
    outcome: Outcome
    reason: str | None = None
    crawl: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    reports_known: int = 0
    incomplete: int = 0
    problems: list[dict[str, str]] = field(default_factory=list)
    log: Path | None = None


@dataclass(slots=True)
class RunReport:
    """What became of all; ``ok`` is what the exit status is made of.

    ``elsewhere`` counts the portals that other machines have, where the work is shared (``processes.machines``).
    """

    runs: list[PortalRun]
    elsewhere: int | None = None

    @property
    def ok(self) -> bool:
        """Whether every portal was finished, and there was one, here or on another machine."""
        return (bool(self.runs) or self.elsewhere is not None) and all(run.outcome == "finished" for run in self.runs)

    @property
    def failed(self) -> list[PortalRun]:
        """The portals that were not."""
        return [run for run in self.runs if run.outcome != "finished"]


def chosen(targets: Sequence[str]) -> list[Portal]:
    """The portals that are meant, each once; without targets every enabled one. Raises ``registry.UnknownPortal``."""
    known = load()
    portals = (
        [resolve(target, known) for target in targets] if targets else [each for each in known.values() if each.enabled]
    )
    return list({portal.id: portal for portal in portals}.values())


def crawl(
    targets: Sequence[str],
    *,
    archive: Path,
    years: range | None = None,
    max_pages: int | None = None,
    delay: float | None = None,
    workers: int = 1,
    allow_private_hosts: bool = False,
    full: bool = False,
    progress: Progress | None = None,
    settings: dict[str, Any] | None = None,
    children: Nursery | None = None,
    ended: Callable[[PortalRun], None] | None = None,
) -> RunReport:
    """Crawl the portals named (ids of the registry or addresses; none means every enabled one).

    ``years`` restricts the reported years; ``delay`` is seconds between two requests to a host; ``workers`` is how
    many portals are crawled side by side. ``progress`` gets dictionaries (event start, progress, end; portal;
    requests, reports, pending), ``ended`` each portal's run as it ends; both from several threads but one at a time.
    ``settings`` overrides Scrapy's; ``children`` is a nursery that the caller keeps for several runs. Raises
    ``registry.UnknownPortal`` before anything is started. Interrupted (Ctrl-C, SIGTERM), it stops the portals that
    are at work in order and begins no other.
    """
    distinct = chosen(targets)
    archive = Path(archive)
    archive.mkdir(parents=True, exist_ok=True)
    guard = threading.Lock()
    at_work: set[Child] = set()

    def tell(line: dict[str, Any]) -> None:
        if progress is not None:
            with guard:
                progress(line)

    def run(portal: Portal) -> PortalRun:
        started = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        job: dict[str, Any] = {
            "portal": portal.id,
            "home": portal.home,
            "name": portal.name,
            "hosts": list(portal.hosts),
            "seeds": list(portal.seeds),
            "expect": portal.expect,
            "window": portal.window,
            "scripted": portal.scripted,
            "crawl": f"{portal.id}-{started}",
            "archive": str(archive.resolve()),
            "years": [years.start, years.stop - 1] if years else None,
            "max_pages": MAX_PAGES if max_pages is None else max_pages,
            "delay": delay if delay is not None else portal.delay,
            "allow_private_hosts": allow_private_hosts,
            "full": full,
            "patience": LOCK_PATIENCE,
            "settings": settings or {},
        }
        found = _run(job, archive, tell, nursery, at_work)
        if ended is not None:
            with guard:
                ended(found)
        return found

    if not distinct:
        return RunReport([])
    with ExitStack() as stack:
        nursery = children or stack.enter_context(Nursery())
        if workers <= 1:
            return RunReport([run(portal) for portal in distinct])
        pool = ThreadPoolExecutor(max_workers=workers)
        try:
            return RunReport(list(pool.map(run, distinct)))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for child in list(at_work):
                _stop(child)
            raise
        finally:
            pool.shutdown()


def _stop(child: Child) -> None:
    """Closing its standard input stops a child in order."""
    with suppress(BrokenPipeError):
        child.stdin.close()


def _run(job: dict[str, Any], archive: Path, tell: Progress, nursery: Nursery, at_work: set[Child]) -> PortalRun:
    logs = archive / "logs"
    logs.mkdir(exist_ok=True)
    log = logs / f"{job['portal']}.log"
    run = PortalRun(job["portal"], job["home"], "failed", crawl=job["crawl"], log=log)
    end: dict[str, Any] | None = None
    try:
        with log.open("ab") as errors:
            child = nursery.child(errors)
    except OSError as error:
        run.reason = f"the crawl's process cannot be started ({error.strerror or error})"
        tell({"event": "end", "portal": run.portal, "outcome": "failed", "reason": run.reason})
        return run
    status: int | None = None
    at_work.add(child)
    try:
        try:
            child.stdin.write(json.dumps(job) + "\n")
            child.stdin.flush()
            for line in child.stdout:
                try:
                    event = json.loads(line)
                except ValueError:
                    continue
                if event.get("event") == "end":
                    end = event
                tell(event)
        except (BrokenPipeError, ValueError):
            pass  # it died before it had its job, or was stopped before: the status says how
        status = child.wait()
    finally:
        at_work.discard(child)
        if status is None:  # interrupted
            _stop(child)
            if child.wait(15) is None:
                child.kill()
                child.wait()
        child.close()
    assert status is not None
    if end is None:
        died = f"signal {-status}" if status < 0 else f"status {status}"
        run.reason = f"the crawl process died ({died}); see {log}. Nothing archived is lost, the next crawl goes on"
        tell({"event": "end", "portal": run.portal, "outcome": "failed", "reason": run.reason})
        return run
    run.outcome = end["outcome"]
    run.reason = end.get("reason")
    run.counts = end.get("counts", {})
    run.reports_known = end.get("reports_known", 0)
    run.problems = end.get("problems", [])
    run.incomplete = end.get("incomplete", 0)
    if run.outcome == "finished" and status != 0:
        run.outcome, run.reason = "failed", f"the crawl ended, but its process gave status {status}; see {log}"
    return run
