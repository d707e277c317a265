"""The child process of one portal.

``python -m crawler.processes.run_portal``, with the job as one JSON line on standard input.

It takes the portal's lock, runs Scrapy, and writes JSON lines (start, progress, end) to standard output. When standard
input closes (the runner has died), it stops; nothing is lost, the frontier goes on next time.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
import signal
import sqlite3
import sys
import threading
import time
import warnings
from contextlib import closing
from pathlib import Path
from typing import IO, Any

FRONTIER = "frontier.db"
BUSY = 75  # EX_TEMPFAIL
STOPPING = 10.0  # seconds for an orderly stop before the process ends itself


def main() -> int:
    """Run one crawl; the exit status is 0 finished, 1 failed, 75 busy."""
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever prints goes to the log, not between the JSON lines
    job = json.loads(sys.stdin.readline())
    archive = Path(job["archive"])
    lock: IO[str] | None = None
    try:
        lock = _lock(archive, job["portal"], float(job.get("patience", 0)))
        if lock is None:
            busy = "another crawl of this portal is running"
            _tell(channel, {"event": "end", "portal": job["portal"], "outcome": "busy", "reason": busy})
            return BUSY
        return _crawl(job, archive, channel)
    except Exception as error:
        logging.getLogger(__name__).exception("the crawl of %s ended with an error", job["portal"])
        reason = f"{type(error).__name__}: {error}" if not isinstance(error, OSError) else str(error)
        reason = no_room(job) or reason.splitlines()[0][:400]
        _tell(channel, {"event": "end", "portal": job["portal"], "outcome": "failed", "reason": reason})
        return 1
    finally:
        if lock is not None:
            lock.close()


def _lock(archive: Path, portal: str, patience: float) -> IO[str] | None:
    folder = archive / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / f"{portal}.lock").open("w")
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return file
        except BlockingIOError:
            if time.monotonic() >= until:
                file.close()
                return None
            time.sleep(0.2)


def _crawl(job: dict[str, Any], archive: Path, channel: IO[str]) -> int:
    from scrapy.crawler import CrawlerProcess
    from scrapy.exceptions import ScrapyDeprecationWarning
    from scrapy.settings import Settings

    from crawler.spiders.reports import ReportsSpider

    if os.environ.get("GONGKAI_STRICT"):  # the tests: a deprecation breaks the build on the day it appears
        warnings.simplefilter("error", ScrapyDeprecationWarning)
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    delay = job.get("delay")
    if delay is not None:
        settings.set("DOWNLOAD_DELAY", float(delay), priority="cmdline")
        settings.set("AUTOTHROTTLE_START_DELAY", float(delay), priority="cmdline")
        settings.set("AUTOTHROTTLE_ENABLED", float(delay) > 0, priority="cmdline")
    settings.setdict(
        {
            "GONGKAI_JOB": job,
            "GONGKAI_ARCHIVE": str(archive),
            "GONGKAI_PORTAL": job["portal"],
            "GONGKAI_CRAWL_ID": job["crawl"],
            "GONGKAI_SEEDS": [job["home"], *(job.get("seeds") or [])],
            "GONGKAI_ALLOW_PRIVATE_HOSTS": bool(job.get("allow_private_hosts")),
            **(job.get("settings") or {}),
        },
        priority="cmdline",
    )
    process = CrawlerProcess(settings)
    for name in ("", "scrapy"):  # Scrapy makes two records an answer, and lets its handler drop them
        logging.getLogger(name).setLevel(settings["LOG_LEVEL"])
    crawler = process.create_crawler(ReportsSpider)
    ReportsSpider.channel = channel
    errors: list[str] = []
    started: Any = process.crawl(crawler)
    started.addErrback(lambda failure: errors.append(f"{failure.type.__name__}: {failure.getErrorMessage()}"))
    _stop_when_told(process)
    process.start(install_signal_handlers=False)
    spider = crawler.spider
    ending: dict[str, Any] | None = getattr(spider, "ending", None)
    if ending is None:
        broken = getattr(getattr(spider, "scheduler", None), "broken", None)
        why = damage(archive / FRONTIER) or broken or next(iter(errors), None) or "see the log"
        ending = {"outcome": "failed", "reason": no_room(job) or f"the crawl did not reach its end ({why})"}
    elif errors:  # the spider saw no more of it than a shutdown
        ending |= {"outcome": "failed", "reason": f"the crawl could not begin ({' '.join(errors[0].split())[:300]})"}
    unstored = not_stored(crawler.stats) if crawler.spider is not None else None
    if unstored is not None:
        ending |= {"outcome": "failed", "reason": unstored}
        _record_failure(job, archive, unstored)
    _tell(channel, {"event": "end", "portal": job["portal"], **ending})
    return 0 if ending["outcome"] == "finished" else 1


def no_room(job: dict[str, Any]) -> str | None:
    """The line for a crawl whose disk is full, where that kept it from its own account; None where there is room."""
    from crawler.capture.full_disk import RESERVE, lacking
    from crawler.frontier import visit

    kept = (job.get("settings") or {}).get("GONGKAI_RESERVE_BYTES")
    room = lacking(Path(job["archive"]), RESERVE if kept is None else int(kept))
    return room and f"{visit.STOPPED}: the disk is full, make room ({room}); the next crawl goes on"


def damage(file: Path) -> str | None:
    """What is wrong with a frontier, and the way out; None where nothing is."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as db:
            (found,) = db.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError:
        return None  # locked, or not there
    except sqlite3.DatabaseError as error:
        found = str(error)
    if found == "ok":
        return None
    told = " ".join(str(found).split())[:100]
    return f"{file} is damaged, {told}: move it away, and the next crawl starts from the home pages; nothing is lost"


def not_stored(stats: Any) -> str | None:
    """One line on what the archive has and the database has not, as the store's statistics say at its very end."""
    failed = stats.get_value("gongkai/store_failed")
    if failed:
        return f"the last pages are archived, but not in the database ({' '.join(str(failed).split())[:300]})"
    pages = stats.get_value("gongkai/not_stored")
    if pages:
        return f"{pages} pages are archived, but could not be stored; the problems not-stored name them"
    return None


def _record_failure(job: dict[str, Any], archive: Path, reason: str) -> None:
    """The visit had been closed as finished before the store's last word."""
    from crawler.frontier import visit
    from crawler.frontier.frontier import Frontier

    frontier = Frontier(archive / FRONTIER, job["portal"])
    try:
        visit.end(frontier, job["crawl"], "failed", reason)
    except sqlite3.Error as error:  # the disk that was too full for the store is too full for this too
        logging.getLogger(__name__).error("the failed visit is not noted: %s", error)
    finally:
        frontier.close()


def _stop_when_told(process: Any) -> None:
    """End in order at SIGTERM or Ctrl-C, and when standard input closes; once, whichever of them comes first.

    Scrapy's own handlers would stop the reactor at once where the crawl is already ending.
    """
    from twisted.internet import reactor as installed  # the one that Scrapy has chosen by now

    reactor: Any = installed
    told = threading.Event()

    def stop() -> None:
        if not told.is_set():
            told.set()
            process.stop()

    def watch() -> None:
        while sys.stdin.read(4096):
            continue
        reactor.callFromThread(stop)
        time.sleep(STOPPING)
        os._exit(1)

    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: reactor.callFromThread(stop))
    threading.Thread(target=watch, daemon=True, name="parent").start()


def _tell(channel: IO[str], line: dict[str, Any]) -> None:
    try:
        channel.write(json.dumps(line, ensure_ascii=False) + "\n")
        channel.flush()
    except (BrokenPipeError, ValueError):
        logging.getLogger(__name__).warning("the runner is gone: %s", line)


if __name__ == "__main__":
    sys.exit(main())
