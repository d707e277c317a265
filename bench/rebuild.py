"""How fast ``gongkai rebuild`` is with all cores against one, and whether its memory grows with the archive.

    python -m bench.rebuild [--portals 6] [--reports 160] [--rounds 3]

Makes an archive of invented reports (web pages, and some PDF), rebuilds it with one job and with as many as there are
cores, in turns, and prints the medians, their ratio, and the peak memory for the archive and for one twice its size.

The ratio needs a quiet machine. The CPU time of the process that writes and of those that read does not, or less:
two cores cannot be faster than the writer alone, nor than half of everything, and that bound is printed too.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive import Exchange, WarcWriter
from demo.figures import balanced
from demo.organs import ContactData, Organ
from demo.render import html, pdf
from demo.writing import Report, write

_CONTACT = ContactData("政务公开办公室", "人民路1号", "223600", "0527-80000000")
_KINDS = ("教育局", "财政局", "民政局", "司法局", "审计局", "水利局", "统计局", "交通运输局")


def press(archive: Path, portals: int, reports: int) -> int:
    """An archive of so many reports a portal, one in twenty a PDF, with lists among them; how many captures."""
    captures = 0
    for portal in range(portals):
        time_ = datetime(2026, 2, 1, tzinfo=UTC) + timedelta(hours=portal)
        name = f"bench{portal}"
        with WarcWriter(archive, portal=name, crawl=f"{name}-{time_:%Y%m%dT%H%M%SZ}") as writer:
            for number in range(reports):
                report = _report(portal, number)
                is_pdf = number % 20 == 19
                body = pdf.render(report) if is_pdf else _page(report)
                pages = [(f"http://{name}.gov.cn/{number}", body, "application/pdf" if is_pdf else "text/html")]
                if number % 3 == 0:
                    pages.append((f"http://{name}.gov.cn/list{number}", _list(number), "text/html"))
                for url, content, media in pages:
                    captures += 1
                    time_ += timedelta(seconds=1)
                    head = f"HTTP/1.1 200 OK\r\nContent-Type: {media}\r\nContent-Length: {len(content)}\r\n\r\n"
                    writer.write(
                        Exchange(
                            url=url, request=b"GET / HTTP/1.1\r\n\r\n", response=head.encode() + content, started=time_
                        )
                    )
            writer.sync()
    return captures


def _report(portal: int, number: int) -> Report:
    name = f"第{portal}青溪市{_KINDS[number % len(_KINDS)]}"
    organ = Organ(name=name, kind="department", slug="x", contact=_CONTACT)
    seed = f"{portal} {number}"
    return write(organ, 2024 - number // len(_KINDS) % 15, balanced(seed), seed)


def _page(report: Report) -> bytes:
    navigation = "".join(f"<li><a href='/c{n}/'>栏目{n}</a></li>" for n in range(150))
    return (
        f"<!doctype html><html><head><meta charset='utf-8'><title>{report.title}</title></head><body>"
        f"<ul>{navigation}</ul><h1>{report.title}</h1><div>{html.article(report, 'word')}</div></body></html>"
    ).encode()


def _list(number: int) -> bytes:
    lines = "".join(
        f"<li><a href='/{number}/{n}.html'>关于某事的通知{n}</a><span>2025-01-01</span></li>" for n in range(300)
    )
    head = "<!doctype html><html><head><meta charset='utf-8'><title>通知公告</title></head><body>"
    return f"{head}{lines}</body></html>".encode()


@dataclass(frozen=True, slots=True)
class Run:
    """One rebuild: seconds by the clock, CPU seconds of the process that writes and of those that read, peak memory of
    the former in MB."""

    seconds: float
    writing: float
    reading: float
    megabytes: int


def measure(archive: Path, jobs: int) -> Run:
    """One rebuild in a process of its own."""
    code = (
        "import pathlib, resource, sys\n"
        "from pipelines.rebuild import rebuild\n"
        "if __name__ == '__main__':\n"
        f"    done = rebuild(pathlib.Path({str(archive)!r}), {jobs})\n"
        "    assert not done.damage and done.reports\n"
        "    own, theirs = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "    print(own.ru_utime + own.ru_stime, theirs.ru_utime + theirs.ru_stime, own.ru_maxrss // 1024)\n"
    )
    started = time.perf_counter()
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    writing, reading, megabytes = ran.stdout.split()[-3:]
    return Run(time.perf_counter() - started, float(writing), float(reading), int(megabytes))


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--portals", type=int, default=6)
    parser.add_argument("--reports", type=int, default=160, help="a portal")
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    jobs = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as folder:
        archive, double = Path(folder) / "one", Path(folder) / "two"
        captures = press(archive, chosen.portals, chosen.reports)
        press(double, chosen.portals, 2 * chosen.reports)
        runs: dict[int, list[Run]] = {1: [], jobs: []}
        for _ in range(chosen.rounds):
            for count, done in runs.items():
                done.append(measure(archive, count))
        twice = measure(double, 1).megabytes
    one, all_ = (statistics.median(run.seconds for run in done) for done in runs.values())
    writing, reading = (statistics.median(getattr(run, part) for run in runs[jobs]) for part in ("writing", "reading"))
    best = (writing + reading) / max(writing, (writing + reading) / jobs)
    print(f"captures                      {captures}")
    print(f"rebuild, 1 job                {one:.2f} s ({captures / one:.0f} captures a second)")
    print(f"rebuild, {jobs} jobs               {all_:.2f} s ({captures / all_:.0f} captures a second)")
    print(f"ratio                         {one / all_:.2f} (goal 1.8, with two cores)")
    print(f"CPU, {jobs} jobs                   writing {writing:.2f} s, reading {reading:.2f} s: at best {best:.2f}")
    print(
        f"peak memory, 1 job            {max(run.megabytes for run in runs[1])} MB; archive twice the size {twice} MB"
    )
    print(f"load while measuring          {os.getloadavg()[0]:.1f}; peak of this process {_peak()} MB")


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
