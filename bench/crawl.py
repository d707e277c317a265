"""``make bench-crawl``: requests a report, against an all-knowing client and a blind one; CPU a page, and what it goes
to; the unchanged second crawl.

    python -m bench.crawl [--portals 20] [--pages 20000] [--rounds 1]

Everything is measured in one run, on the demo's portals enlarged from a seed and served on loopback by this process,
whose CPU does not count. The spider that does nothing is Scrapy with its defaults but for robots.txt and cookies: it
fetches the pages that the crawl got with status 200, in one process a portal, and its callback returns at once.
``python -m bench.memory`` has the memory after 100,000 pages.
"""

from __future__ import annotations

import argparse
import json
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from collections import Counter, deque
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import demo
from bench import account
from crawler.address import Boundary, canonical
from crawler.discovery.page import decode, read_page
from crawler.processes import runner

_IDLE = """
import json, sys, scrapy
from scrapy.crawler import CrawlerProcess
class Idle(scrapy.Spider):
    name = "idle"
    async def start(self):
        for url in json.load(open(sys.argv[1])):
            yield scrapy.Request(url, dont_filter=True)
    def parse(self, response):
        return None
process = CrawlerProcess({"LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False,
    "ROBOTSTXT_OBEY": False, "CONCURRENT_REQUESTS_PER_DOMAIN": 1, "COOKIES_ENABLED": False, "DOWNLOAD_DELAY": 0})
process.crawl(Idle)
process.start()
"""


def children() -> float:
    """CPU seconds of all finished child processes."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def blind(server: demo.DemoServer) -> int:
    """Requests that a breadth-first crawl from the home pages needs until it has seen every report."""
    missing = {canonical(each.url) for each in server.expected()}
    asked = 0
    for home in server.homes:
        boundary = Boundary.around(home)
        queue, seen = deque([home]), {canonical(home)}
        here = {key for key in missing if key.startswith(canonical(home))}
        while queue and here:
            url = queue.popleft()
            asked += 1
            here.discard(canonical(url))
            try:
                with urlopen(url) as answer:
                    body, media = answer.read(), answer.headers.get("Content-Type", "")
            except OSError:
                continue
            if "html" not in media:
                continue
            for link in read_page(url, decode(body, media)).links:
                key = canonical(link.url)
                if key not in seen and boundary.holds(link.url):
                    seen.add(key)
                    queue.append(link.url)
    return asked


@dataclass(slots=True)
class Round:
    """What one crawl of all portals came to."""

    runs: list[runner.PortalRun]
    expected: int
    found: int
    others: int
    requests: int
    spent: float  # CPU seconds of the crawl's processes, their start included
    idle: float  # of the spider that does nothing, one process a portal as well
    accounts: list[dict[str, Any]]


def measure(server: demo.DemoServer, archive: Path) -> Round:
    """Crawl the portals, then let the idle spider fetch the very same pages."""
    wanted = {each.url for each in server.expected()}
    before = children()
    report = runner.crawl(
        server.homes, archive=archive, allow_private_hosts=True, delay=0, settings=account.SETTINGS
    )  # fmt: skip
    spent = children() - before
    requests = sum(run.counts.get("requests", 0) for run in report.runs)
    found, others = _found(archive, wanted)
    print(f"first crawl: {requests} requests, {found} of {len(wanted)} reports", file=sys.stderr, flush=True)
    idle = 0.0
    for home in server.homes:
        urls = archive / "urls.json"
        urls.write_text(json.dumps(_fetched(archive, home)))
        before = children()
        subprocess.run([sys.executable, "-c", _IDLE, str(urls)], check=True)
        idle += children() - before
    return Round(report.runs, len(wanted), found, others, requests, spent, idle, account.read(archive))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--portals", type=int, default=20, help="so many portals (0: the demo's own)")
    parser.add_argument("--pages", type=int, default=20_000, help="about so many pages on them together")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--rounds", type=int, default=1, help="rounds of the CPU comparison, interleaved")
    options = parser.parse_args()
    served = demo.enlarge(options.seed, options.portals, options.pages) if options.portals else None
    rounds: list[Round] = []
    with demo.serve(served) as server:
        for _ in range(options.rounds):
            with tempfile.TemporaryDirectory() as folder:
                archive = Path(folder)
                rounds.append(measure(server, archive))
                second = runner.crawl(server.homes, archive=archive, allow_private_hosts=True, delay=0)
        last, minimum = rounds[-1], server.minimum()
        requests = last.requests
        print(f"portals {len(last.runs)}, reports expected {last.expected}, found {last.found}; others {last.others}")
        print(f"requests {requests}, all-knowing minimum {minimum}, ratio {requests / minimum:.2f} (goal 1.5)")
        _tell_cpu(rounds)
        _tell_second(second)
        lost = blind(server)
    print(f"blind breadth-first {lost} requests, {lost / requests:.1f} times as many (goal 10)")


def _tell_second(second: runner.RunReport) -> None:
    again = sum(run.counts.get("requests", 0) for run in second.runs)
    unchanged = sum(run.counts.get("unchanged", 0) for run in second.runs)
    new = sum(run.counts.get("links", 0) for run in second.runs)
    print(f"second crawl: {again} requests, {unchanged} answered 304, {new} new addresses", flush=True)


def _tell_cpu(rounds: list[Round]) -> None:
    """The ratio with and without the reading of reports, which a spider that does nothing has no part of; and the
    account of the last round."""
    last = rounds[-1]
    whole = statistics.median(each.spent / each.idle for each in rounds)
    bare = statistics.median((each.spent - _reading(each)) / each.idle for each in rounds)
    answers = sum(told["answers"] for told in last.accounts)
    print(f"CPU against a Scrapy spider that does nothing, same pages: {whole:.2f} (goal 2.0)")
    print(f"  without the reading of reports: {bare:.2f}")
    print(f"CPU an answer, in ms: {1000 * last.spent / answers:.1f}; idle spider {1000 * last.idle / answers:.1f}")
    spent: Counter[str] = Counter()
    for told in last.accounts:
        spent.update(told["spent"])
    spent["starting processes, once for all portals; ending them"] = last.spent - sum(spent.values())
    for name, seconds in spent.most_common():
        print(f"  {1000 * seconds / answers:5.1f}  {name}")
    print(f"memory of a portal's process, at most {max(told['highest'] for told in last.accounts):.0f} MB")


def _reading(one: Round) -> float:
    return sum(float(told["spent"][account.READING]) for told in one.accounts)


def _found(archive: Path, wanted: set[str]) -> tuple[int, int]:
    """How many of the expected addresses were read as reports, and how many others (a report's attachments, twins)."""
    with closing(sqlite3.connect(archive / "frontier.db")) as db:
        read = {key for (key,) in db.execute("SELECT canonical FROM page WHERE report = 1")}
    expected = {canonical(url) for url in wanted}
    return len(read & expected), len(read - expected)


def _fetched(archive: Path, home: str) -> list[str]:
    with closing(sqlite3.connect(archive / "frontier.db")) as db:
        query = "SELECT url FROM page WHERE status = 200 OR status = 304 AND url LIKE ?"
        return [url for (url,) in db.execute(query, (home + "%",)) if url.startswith(home)]


if __name__ == "__main__":
    main()
