"""Crawls killed with SIGKILL at random moments: the runner, the portal's process, what reads the pages, or all at once.

    python -m tests.crawler.kills --kills 100

Each round kills a crawl (of a fresh archive, or of one that was killed before), verifies what is left, lets the next
crawl complete it, and compares with a crawl that was never disturbed. Prints what was lost, what was there twice and
what went unnoticed; exits 1 unless all three are nothing. Tests run a small number.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archive import iterate, verify
from demo.figures import balanced
from demo.organs import ContactData, Organ
from demo.render import html
from demo.writing import write
from pipelines.verify import check_database
from tests.crawler import portals
from tests.crawler.site import Answer, Asked, Reply, Site, serving

#: What a kill may strike. ``runner`` leaves an orphan that has to end by itself, ``portal`` a runner that has to tell.
VICTIMS = ("runner", "portal", "reader", "all")
READS = ("reports.supervised",)
CRAWLS = ("crawler.processes.nursery",)

_CODE = """
import sys
from pathlib import Path
from crawler.processes import runner
if __name__ == "__main__":
    run = runner.crawl([sys.argv[1]], archive=Path(sys.argv[2]), allow_private_hosts=True, delay=0.0,
                       settings={"GONGKAI_RETRY_SECONDS": 0.05})
    for each in run.failed:
        print(each.outcome, each.reason, flush=True)
    sys.exit(0 if run.ok else 1)
"""
_CONTENT = (
    "SELECT id, verdict, version, new_received, handled_total, gone_since FROM report ORDER BY id",
    "SELECT * FROM figures ORDER BY report",
    "SELECT report, url FROM report_address ORDER BY 1, 2",
    "SELECT report, n, title, text FROM section ORDER BY 1, 2",
    "SELECT url, status, COUNT(DISTINCT digest) FROM capture WHERE status = 200 GROUP BY 1, 2 ORDER BY 1, 2",
)


@dataclass
class Count:
    """What came of the kills."""

    kills: Counter[str] = field(default_factory=Counter)
    at_work: int = 0  # kills that came before the crawl had ended
    captures: int = 0  # that the database named when the crawl was killed
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    unnoticed: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether nothing was lost, twice or unnoticed."""
        return not (self.lost or self.twice or self.unnoticed)

    def line(self) -> str:
        """In one line."""
        what = ", ".join(f"{victim} {number}" for victim, number in sorted(self.kills.items()))
        return (
            f"kill -9 of a crawl: {self.kills.total()} times ({what}; {self.at_work} at work), {self.captures} captures"
            f" named before, {len(self.lost)} lost, {len(self.twice)} twice, {len(self.unnoticed)} unnoticed"
        )


def pages(dice: random.Random) -> dict[str, Reply | str]:
    """A portal of whole reports, each answered after a few milliseconds."""
    found = portals.trs()
    contact = ContactData("政务公开办公室", "人民路1号", "223600", "0527-80000000")
    for path, (name, year, title) in zip(
        [path for path in found if "/t20" in path], portals.titles(), strict=True
    ):  # fmt: skip
        organ = Organ(name=name, kind="department", slug="x", contact=contact)
        text = html.article(write(organ, year, balanced(title), title), "word")
        found[path] = f"<!doctype html><meta charset=utf-8><title>{title}</title><h1>{title}</h1><div>{text}</div>"
    return {path: _late(page, dice.uniform(0, 0.02)) for path, page in found.items() if isinstance(page, str)}


def _late(page: str, seconds: float) -> Reply:
    def answer(_: Asked) -> Answer:
        time.sleep(seconds)
        return Answer(page)

    return answer


def kills(folder: Path, times: int, seed: int = 1, victims: Sequence[str] = VICTIMS) -> Count:
    """So many kills, one to three of them on each archive before it is completed."""
    dice, count = random.Random(seed), Count()
    with serving(pages(dice)) as site:
        started = time.monotonic()
        undisturbed = folder / "undisturbed"
        if told := _ran(site, undisturbed):
            raise RuntimeError(f"the crawl does not complete even undisturbed: {told}")
        span = time.monotonic() - started
        wanted = _contents(undisturbed)
        number = 0
        while count.kills.total() < times:
            number += 1
            archive = folder / f"{number}"
            for _ in range(dice.choice((1, 1, 2, 3))):
                _kill_one(site, archive, dice.choice(victims), dice, span, count)
            _complete(site, archive, wanted, count)
    return count


def _kill_one(site: Site, archive: Path, victim: str, dice: random.Random, span: float, count: Count) -> None:
    process = _started(site, archive)
    if dice.random() < 0.7:  # in the midst of the requests
        requests = len(site.asked) + dice.randrange(1, len(site.pages))
        _until(process, lambda: len(site.asked) >= requests)
        moment = time.monotonic() + dice.expovariate(1 / 0.03)
    else:  # at any time: while it starts, while it brings the panel up to date
        moment = time.monotonic() + dice.uniform(0.0, span)
    _until(process, lambda: time.monotonic() >= moment)
    family = list(_descendants(process.pid))
    count.kills[victim] += 1
    count.at_work += process.poll() is None
    if victim == "all":
        with suppress(ProcessLookupError):  # it may have ended by itself meanwhile
            os.killpg(process.pid, signal.SIGKILL)
    elif victim == "runner":
        process.kill()
    else:
        named = READS if victim == "reader" else CRAWLS
        mine = [pid for pid, command in family if any(name in command for name in named)]
        for pid in mine[1:] if victim == "portal" and len(mine) > 1 else mine:  # the first is the nursery itself
            _kill(pid)
    try:
        status = process.wait(60)
    except subprocess.TimeoutExpired:
        count.unnoticed.append(f"{archive.name}: the runner hangs after the {victim} was killed")
        process.kill()
        status = process.wait()
    if victim == "portal" and status == 0 and not _finished(archive):
        count.unnoticed.append(f"{archive.name}: the portal's process was killed, and the runner gave status 0")
    for pid, command in family:  # orphans end by themselves; a reader with the thread that started it
        if not _gone(pid, 30):
            count.unnoticed.append(f"{archive.name}: {command} outlives the killed {victim}")
            _kill(pid)
    if (archive / "gongkai.db").exists():
        with closing(sqlite3.connect(archive / "gongkai.db")) as db:
            if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'capture'").fetchone():
                count.captures += db.execute("SELECT COUNT(*) FROM capture").fetchone()[0]
        count.lost += [f"{archive.name} after the kill: {line}" for line in check_database(archive).problems]
    if (archive / "warc").exists():
        count.lost += [f"{archive.name} after the kill: {line}" for line in verify(archive).problems]


def _until(process: subprocess.Popen[bytes], reached: Callable[[], bool]) -> None:
    while not reached() and process.poll() is None:
        time.sleep(0.002)


def _complete(site: Site, archive: Path, wanted: list[list[Any]], count: Count) -> None:
    if told := _ran(site, archive):
        count.unnoticed.append(f"{archive.name}: the next crawl does not complete: {told}")
    count.lost += [f"{archive.name}: {line}" for line in verify(archive).problems]
    count.lost += [f"{archive.name}: {line}" for line in check_database(archive).problems]
    ids = [capture.id for capture, _ in iterate(archive)]
    with closing(sqlite3.connect(archive / "gongkai.db")) as db:
        known = {row[0] for row in db.execute("SELECT id FROM capture")}
        left = db.execute("SELECT (SELECT COUNT(*) FROM dirty) + (SELECT COUNT(*) FROM dirty_crawl)").fetchone()[0]
    with closing(sqlite3.connect(archive / "frontier.db")) as db:
        pending = db.execute("SELECT COUNT(*) FROM page WHERE state = 'pending'").fetchone()[0]
    if set(ids) - known:
        count.lost.append(f"{archive.name}: {len(set(ids) - known)} archived captures are not in the database")
    count.twice += [f"{archive.name}: {each}" for each, number in Counter(ids).items() if number > 1]
    if left or pending:
        count.lost.append(f"{archive.name}: {left} reports or crawls not refreshed, {pending} addresses not done")
    for query, rows, right in zip(_CONTENT, _contents(archive), wanted, strict=True):
        wrong = [*sorted(set(rows) - set(right), key=repr), *sorted(set(right) - set(rows), key=repr)]
        if wrong:
            count.lost.append(f"{archive.name}: the database says other things than after an undisturbed crawl:"
                              f" {query.split(' FROM ')[1]}: {str(wrong[:3])[:300]}")  # fmt: skip
    if list(archive.glob("warc/*/*.open")):
        count.lost.append(f"{archive.name}: files are not sealed")


def _started(site: Site, archive: Path, told: int | None = None) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", _CODE, site.home, str(archive)],
        start_new_session=True,
        stdout=subprocess.DEVNULL if told is None else told,
        stderr=subprocess.DEVNULL,
    )


def _ran(site: Site, archive: Path) -> str:
    """Nothing, or why the crawl is not complete."""
    process = _started(site, archive, subprocess.PIPE)
    said = process.communicate(timeout=300)[0].decode()
    return " ".join(said.split()) or f"status {process.returncode}" if process.returncode else ""


def _contents(archive: Path) -> list[list[Any]]:
    with closing(sqlite3.connect(archive / "gongkai.db")) as db:
        return [db.execute(query).fetchall() for query in _CONTENT]


def _finished(archive: Path) -> bool:
    with closing(sqlite3.connect(archive / "gongkai.db")) as db:
        return db.execute("SELECT 1 FROM crawl WHERE outcome = 'finished'").fetchone() is not None


def _descendants(pid: int) -> Iterator[tuple[int, str]]:
    """Process ids with their command lines, parents first."""
    try:
        children = [
            int(child)
            for thread in Path(f"/proc/{pid}/task").iterdir()
            for child in (thread / "children").read_text().split()
        ]
    except OSError:  # it has just ended
        return
    for child in children:
        try:
            command = Path(f"/proc/{child}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        yield child, command
        yield from _descendants(child)


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):  # it may have ended by itself meanwhile
        os.kill(pid, signal.SIGKILL)


def _gone(pid: int, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False


def main() -> int:
    """Prints the count."""
    parser = argparse.ArgumentParser(description="Crawls killed at random moments")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--victims", nargs="+", choices=VICTIMS, default=VICTIMS)
    chosen = parser.parse_args()
    print(f"seed {chosen.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="gongkai-kills-") as place:
        count = kills(Path(place), chosen.kills, chosen.seed, chosen.victims)
    print(count.line())
    for what in (*count.lost, *count.twice, *count.unnoticed)[:20]:
        print(f"  {what}")
    return 0 if count.clean else 1


if __name__ == "__main__":
    sys.exit(main())
