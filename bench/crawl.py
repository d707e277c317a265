"""``make bench-crawl``: requests a report, against an all-knowing client and a blind one; CPU a page; memory; the
unchanged second crawl.

Everything is measured in one run, on the demo's portals enlarged from a seed, served on loopback by a process of
its own. ``--portals`` and
``--pages`` choose the size (20 portals and 20,000 pages take long; the default is small).
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import demo
from crawler import runner

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


def children() -> tuple[float, float]:
    """CPU seconds of all finished child processes, and the largest of their memories in MB."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def blind(server: demo.DemoServer, wanted: set[str]) -> int:
    """Requests that a breadth-first crawl from the home pages needs until it has seen every report."""
    from collections import deque
    from urllib.request import urlopen

    from crawler.address import Boundary, canonical
    from crawler.discovery.page import decode, read_page

    missing = {canonical(url) for url in wanted}
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


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--portals", type=int, default=0, help="enlarge to so many portals (0: the demo's own)")
    parser.add_argument("--pages", type=int, default=2000, help="enlarge to about so many pages")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--rounds", type=int, default=1, help="rounds of the CPU comparison, interleaved")
    options = parser.parse_args()
    served = demo.enlarge(options.seed, options.portals, options.pages) if options.portals else None
    ratios, memory = [], 0.0
    for _ in range(options.rounds):
        with demo.serve(served) as server, tempfile.TemporaryDirectory() as folder:
            archive = Path(folder)
            wanted = {each.url for each in server.expected()}
            before, _ = children()
            report = runner.crawl(server.homes, archive=archive, allow_private_hosts=True, delay=0)
            spent, memory = children()[0] - before, children()[1]
            requests = sum(run.counts.get("requests", 0) for run in report.runs)
            found, others = _found(archive, wanted)
            print(f"first crawl: {requests} requests, {found} of {len(wanted)} reports", file=sys.stderr, flush=True)
            second = runner.crawl(server.homes, archive=archive, allow_private_hosts=True, delay=0)
            again = sum(run.counts.get("requests", 0) for run in second.runs)
            unchanged = sum(run.counts.get("unchanged", 0) for run in second.runs)
            new = sum(run.counts.get("links", 0) for run in second.runs)
            minimum = server.minimum()
            idle = 0.0
            for home in server.homes:  # one process a portal, like the crawl
                urls = archive / "urls.json"
                urls.write_text(json.dumps(_fetched(archive, home)))
                start, _ = children()
                subprocess.run([sys.executable, "-c", _IDLE, str(urls)], check=True)
                idle += children()[0] - start
            ratios.append(spent / idle)
            lost = blind(server, wanted)
    print(f"portals {len(report.runs)}, reports expected {len(wanted)}, found {found}; other addresses {others}")
    print(f"requests {requests}, all-knowing minimum {minimum}, ratio {requests / minimum:.2f} (goal 1.5)")
    print(f"blind breadth-first {lost} requests, {lost / requests:.1f} times as many (goal 10)")
    print(f"CPU against a spider that does nothing, same pages: {statistics.median(ratios):.2f} (goal 2.0)")
    print(f"CPU a page {1000 * spent / max(requests, 1):.1f} ms, process start included; memory {memory:.0f} MB")
    print(f"second crawl: {again} requests, {unchanged} answered 304, {new} new addresses")


def _found(archive: Path, wanted: set[str]) -> tuple[int, int]:
    """How many of the expected addresses were read as reports, and how many others (a report's attachments, twins)."""
    import sqlite3
    from contextlib import closing

    from crawler.address import canonical

    with closing(sqlite3.connect(archive / "frontier.db")) as db:
        read = {key for (key,) in db.execute("SELECT canonical FROM page WHERE report = 1")}
    expected = {canonical(url) for url in wanted}
    return len(read & expected), len(read - expected)


def _fetched(archive: Path, home: str) -> list[str]:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(archive / "frontier.db")) as db:
        query = "SELECT url FROM page WHERE status = 200 OR status = 304 AND url LIKE ?"
        return [url for (url,) in db.execute(query, (home + "%",)) if url.startswith(home)]


if __name__ == "__main__":
    main()
