"""The site's speed: every kind of page at many reports against the same page at 2,000, in one run, and as a user feels
it.

    python -m bench.site [--reports 300000] [--folder DIR]

Pages are asked over HTTP on loopback, the two databases in turn, medians of several rounds after a first look; p95 is
over all pages of the large database, by the clock and by the CPU time that the server spent, for a machine that others
use too. With every kind of page go each order and each facet that a table offers. Then ``gongkai export`` as CSV
against Datasette's own CSV stream of the same table, and the memory of the server.
"""

from __future__ import annotations

import argparse
import http.client
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from bench.generate import generate
from publish import codebook
from publish.export.csv_files import write as write_csv
from publish.export.data_set import MAPPED
from publish.export.shapes import shapes

SMALL = 2000
ROUNDS = 9
FEW_ROUNDS = 3  # of the many orders and facets


class Server:
    """``gongkai serve`` of one database in a process of its own."""

    def __init__(self, file: Path) -> None:
        self.file = file
        program = (
            "import sys; from pathlib import Path; from publish.serve import serve; file = Path(sys.argv[1]); "
            "serve(file.parent, file=file, port=0)"
        )
        self.process = subprocess.Popen([sys.executable, "-c", program, str(file)], stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        for line in self.process.stdout:
            found = re.search(r"serving http://127\.0\.0\.1:(\d+)", line)
            if found:
                self.port = int(found[1])
                break
        else:
            raise RuntimeError(f"the site of {file} did not start")

    def ask(self, path: str) -> tuple[float, int]:
        """Seconds and bytes of one page, a connection of its own."""
        started = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        connection.request("GET", path)
        answer = connection.getresponse()
        size = len(answer.read())
        connection.close()
        assert answer.status == 200, (path, answer.status)
        return time.perf_counter() - started, size

    def memory(self) -> float:
        """Resident megabytes."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]

    def worked(self) -> float:
        """Seconds of CPU so far, of all threads. By the scheduler's nanoseconds: a tick of the clock is a whole page.

        A thread that ended in between takes its time with it; the server's threads stay.
        """
        spent = 0
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            spent += int((task / "schedstat").read_text().split()[0])
        return spent / 1e9

    def warm(self) -> float:
        """Wait until the server has looked at its slow pages by itself; seconds of CPU since it was started."""
        before = -1.0
        while (spent := self.worked()) - before > 0.02:
            before = spent
            time.sleep(0.5)
        return spent

    def stop(self) -> None:
        """End the process."""
        self.process.terminate()
        self.process.wait(20)


def pages(file: Path) -> dict[str, str]:
    """Every kind of page, of this database's own reports."""
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    report, organ, division, province = connection.execute(
        "SELECT p.report, p.organ, p.division, p.province FROM panel p WHERE verdict = 'inconsistent' AND kind = "
        "'government' AND level = 'prefecture' LIMIT 1"
    ).fetchone()
    connection.close()
    word, one = quote("复议"), quote("议")
    return {
        "front": "/", "places": "/places", "province": f"/place/{province}", "place": f"/place/{division}",
        "organ": f"/organ/{organ}",
        "report": f"/report/{report}", "outcomes": "/outcomes", "indicators": "/indicators",
        "indicator": "/indicators/disclosure_rate_partly",
        "problems": "/problems",
        "inconsistent": "/problems/inconsistent", "edits": "/problems/edits", "late": "/problems/late",
        "missing": "/problems/missing",
        "repeated": "/problems/repeated", "search a word": f"/search?q={word}",
        "search one character": f"/search?q={one}",
        "search an organ": "/search?q=szrzyj", "search in a year": f"/search?q={word}&year=2024",
        "feed": "/feed.atom", "codebook": "/codebook",
        "tables": "/gongkai", "report table": "/gongkai/report", "panel table": "/gongkai/panel",
        "figures table": "/gongkai/figures",
        "panel, facets": "/gongkai/panel?_facet=year&_facet=verdict&_facet=province&_facet=kind",
        "panel, filter": f"/gongkai/panel?province__exact={province}&year__exact=2024",
        "panel, sorted by requests": "/gongkai/panel?_sort_desc=new_received",
        "panel, sorted by lateness": "/gongkai/panel?_sort_desc=days_late",
        "panel, sorted by a rate": "/gongkai/panel?_sort_desc=disclosure_rate",
        "report row": f"/gongkai/report/{report}",
        "section search": f"/gongkai/section?_search={word}", "organ search": "/gongkai/organ?_search=szrzyj",
        "check table": "/gongkai/check",
        "figure_long": "/gongkai/figure_long", "applications": "/gongkai/applications",
        "missing table": "/gongkai/missing",
    }  # fmt: skip


def orders_and_facets() -> dict[str, str]:
    """Each order, downwards and upwards, and each facet that a table's page offers."""
    found = {}
    for name, table in codebook.tables().items():
        for column in table.sortable or ():
            found[f"{name} by {column}"] = f"/gongkai/{name}?_sort_desc={column}"
            found[f"{name} by {column}, up"] = f"/gongkai/{name}?_sort={column}"
        for column in table.facets:
            found[f"{name}, facet {column}"] = f"/gongkai/{name}?_facet={column}"
    return found


def main() -> None:
    """The command."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--reports", type=int, default=300_000)
    asked.add_argument("--folder", type=Path, help="keep the databases here, and use those that are there")
    asked.add_argument("--export-only", action="store_true", help="leave the pages out")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.folder or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        files = [_database(folder, count) for count in (SMALL, given.reports)]
        servers = [Server(file) for file in files]
        try:
            if not given.export_only:
                _pages(servers, given.reports)
            _export(servers[1], folder)
            print(f"\nmemory of the server at its highest: {servers[1].memory():.0f} MB (goal: under 300)")
        finally:
            for server in servers:
                server.stop()


def _database(folder: Path, reports: int) -> Path:
    home = folder / str(reports)
    home.mkdir(exist_ok=True)
    file = home / "gongkai.db"
    if not file.exists():
        print(f"making {reports:,} reports …", flush=True)
        generate(home / "making.db", reports=reports)
        (home / "making.db").rename(file)
    return file


def _pages(servers: list[Server], reports: int) -> None:
    paths = [pages(server.file) for server in servers]
    for server in servers:
        print(f"{server.file}: start and warm-up {server.warm():.1f} s of CPU")
    print("milliseconds, medians: the first look, at 2,000, at all, their ratio; then the server's CPU time")
    print(f"{'':38} {'first':>8} {'2,000':>8} {f'{reports:,}':>9} {'ratio':>6} {'2,000':>9} {'all':>9} {'ratio':>6}")
    clock: list[float] = []
    work: list[float] = []
    ratios: dict[str, float] = {}
    kinds = [(name, [path[name] for path in paths], ROUNDS) for name in paths[0]]
    kinds += [(name, [path, path], FEW_ROUNDS) for name, path in orders_and_facets().items()]
    for name, both, rounds in kinds:
        asked = list(zip(servers, both, strict=True))
        first = [server.ask(path)[0] for server, path in asked]
        times: list[list[float]] = [[], []]
        spent: list[list[float]] = [[], []]
        for _ in range(rounds):
            for at, (server, path) in enumerate(asked):
                before = server.worked()
                times[at].append(server.ask(path)[0])
                spent[at].append(server.worked() - before)
        small, large, small_work, large_work = (statistics.median(each) * 1000 for each in (*times, *spent))
        clock.append(large)
        work.append(large_work)
        ratios[name] = large_work / small_work
        print(
            f"{name:38} {first[1] * 1000:8.1f} {small:8.1f} {large:9.1f} {large / small:6.2f} "
            f"{small_work:9.1f} {large_work:9.1f} {ratios[name]:6.2f}",
            flush=True,
        )
    worst = max(ratios, key=lambda name: ratios[name])
    print(
        f"{len(kinds)} pages. p95 {_p95(clock):.0f} ms by the clock (goal: under 100), {_p95(work):.0f} ms of CPU; "
        f"largest ratio of CPU {ratios[worst]:.2f} ({worst}; goal: at most 2.0)"
    )


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def _export(server: Server, folder: Path) -> None:
    """Both twice, in turn; the shorter of each. CPU time beside the clock, for a machine that others use too."""
    connection = sqlite3.connect(f"file:{server.file}?mode=ro", uri=True)
    connection.execute(f"PRAGMA mmap_size = {MAPPED}")
    shape = next(each for each in shapes(connection) if each.name == "panel")
    ours, theirs = [], []
    for _ in range(2):
        with tempfile.TemporaryDirectory(dir=folder) as out:
            started, worked = time.perf_counter(), time.process_time()
            size = write_csv(connection, shape, Path(out)).stat().st_size
            ours.append((time.perf_counter() - started, time.process_time() - worked))
        worked = server.worked()
        took, streamed = server.ask("/gongkai/panel.csv?_stream=on&_size=max")
        theirs.append((took, server.worked() - worked))
    connection.close()
    print(
        f"\nall rows of panel as CSV, {size / 1e6:.0f} MB (Datasette's stream {streamed / 1e6:.0f} MB), the shorter "
        f"of two:"
    )
    for what, at in (("clock", 0), ("CPU", 1)):
        mine, its = min(each[at] for each in ours), min(each[at] for each in theirs)
        print(f"  {what:6} export {mine:.1f} s, stream {its:.1f} s, {its / mine:.1f} times (goal: at least 5)")


if __name__ == "__main__":
    main()
