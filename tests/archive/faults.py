"""The fault suite: kills, full disks, cut and flipped files; counts what was lost and what went unnoticed.

    python -m tests.archive.faults --kills 200 --flips 1000 --cuts 300

Prints a line a fault and exits 1 unless nothing was lost and nothing went unnoticed. Tests run a small number of each.
What counts as written is what the writer was told to make durable (``sync``) and what was then named to somebody else
(here: the parent process, over a pipe; in a crawl: the database).
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import msgspec

from archive import ArchiveFull, Capture, Exchange, WarcWriter, iterate, read, recover, verify
from archive.records import Members

PORTAL = "faulty"


@dataclass
class Count:
    """What a fault did."""

    fault: str
    done: int = 0
    written: int = 0  # captures that were named after a sync
    lost: list[str] = field(default_factory=list)
    twice: int = 0
    unnoticed: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def line(self) -> str:
        said = (
            f"{self.fault}: {self.done} times, {self.written} captures named, {len(self.lost)} lost, {self.twice} twice"
        )
        said += f", {len(self.unnoticed)} unnoticed"
        return said + (f" ({'; '.join(self.notes)})" if self.notes else "")

    @property
    def clean(self) -> bool:
        return not (self.lost or self.twice or self.unnoticed)


def exchange(number: int, dice: random.Random) -> Exchange:
    """An answer of random kind and size; one in eight says the same as another before."""
    size = dice.choice([0, 10, 500, 5_000, 60_000])
    body = dice.randbytes(size) if dice.random() < 0.9 else b"the same again"
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    if dice.random() < 0.2:
        head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body) if body else b"0\r\n\r\n"
    url = f"http://portal.invalid/{number}"
    request = f"GET /{number} HTTP/1.1\r\nHost: portal.invalid\r\n\r\n".encode()
    return Exchange(
        url, request, head + body, datetime.now(UTC), "192.0.2.1", via="http://portal.invalid/", rule="page"
    )


def crawl_until_killed(folder: Path, pipe: int, seed: int) -> None:
    """Writes exchanges, syncs every few, and names the synced captures to the parent, until it is killed."""
    dice = random.Random(seed)
    writer = WarcWriter(folder, portal=PORTAL, crawl=f"{PORTAL}-{seed:06d}", max_bytes=dice.choice([20_000, 400_000]))
    for number in range(100_000):
        writer.write(exchange(number, dice))
        if dice.random() < 0.3:
            writer.sync()
            for capture in writer.take_pending():
                os.write(pipe, msgspec.json.encode(capture) + b"\n")
        if dice.random() < 0.01:  # some end by themselves
            writer.close()
            return


def child(work: Callable[[int], None]) -> tuple[int, int]:
    """Forks; returns the child's process id and the end of the pipe on which it names captures."""
    reader, writer = os.pipe()
    process = os.fork()
    if process == 0:
        status = 1
        try:
            os.close(reader)
            work(writer)
            status = 0
        finally:
            os._exit(status)
    os.close(writer)
    return process, reader


def named(pipe: int) -> Iterator[Capture]:
    """The captures that came over the pipe whole."""
    with os.fdopen(pipe, "rb") as stream:
        for line in stream:
            if line.endswith(b"\n"):
                yield msgspec.json.decode(line, type=Capture)


def check(folder: Path, promised: list[Capture], count: Count) -> None:
    """Counts what is not there of what was promised, or is there twice, and what does not fit."""
    recover(folder, PORTAL)
    report = verify(folder)
    count.lost += [f"verify: {problem}" for problem in report.problems]
    if report.open_files:
        count.lost += [f"not sealed: {name}" for name in report.open_files]
    found: dict[str, Capture] = {}
    for capture, _ in iterate(folder, PORTAL):
        count.twice += capture.id in found
        found[capture.id] = capture
    for capture in promised:
        if found.get(capture.id) != capture or read(folder, capture.warc, capture.offset).capture != capture:
            count.lost.append(f"{capture.warc} at {capture.offset}")
    count.written += len(promised)


def kills(folder: Path, times: int, seed: int = 1) -> Count:
    """kill -9 at a random moment, again and again over one archive: while writing, rotating, sealing and recovering."""
    count, dice = Count("kill -9"), random.Random(seed)
    promised: list[Capture] = []
    for number in range(times):
        process, pipe = child(lambda end, n=number: crawl_until_killed(folder, end, seed * 1000 + n))
        if dice.random() < 0.7:  # the others may be killed before they write: while they recover
            select.select([pipe], [], [], 10)
        time.sleep(dice.expovariate(1 / 0.03))
        os.kill(process, signal.SIGKILL)
        promised += named(pipe)
        os.waitpid(process, 0)
        count.done += 1
    torn = len(list((folder / "warc" / PORTAL).glob("*.torn-*")))
    check(folder, promised, count)
    count.notes.append(f"{torn} torn tails set aside")
    return count


def crawl_until_full(folder: Path, pipe: int, seed: int) -> None:
    """Writes until the disk is full; exits with an error unless that is told as ArchiveFull."""
    dice = random.Random(seed)
    writer = WarcWriter(folder, portal=PORTAL, crawl=f"{PORTAL}-{seed:06d}", max_bytes=300_000)
    try:
        for number in range(100_000):
            writer.write(exchange(number, dice))
            if dice.random() < 0.3:
                writer.sync()
                for capture in writer.take_pending():
                    os.write(pipe, msgspec.json.encode(capture) + b"\n")
    except ArchiveFull:
        taken = writer.take_pending()
        try:
            writer.sync()
        except ArchiveFull:
            taken = []
        for capture in taken:
            os.write(pipe, msgspec.json.encode(capture) + b"\n")
    try:
        writer.close()
    except ArchiveFull:
        return  # the file stays open; the next start seals it


def disk_full(folder: Path, times: int, limit: Callable[[], None], free: Callable[[], None], seed: int = 1) -> Count:
    """Fills the disk again and again; ``limit`` is called in the child, ``free`` makes room before the next."""
    count = Count("disk full")
    promised: list[Capture] = []
    for number in range(times):

        def work(end: int, n: int = number) -> None:
            limit()
            crawl_until_full(folder, end, seed * 1000 + n)

        process, pipe = child(work)
        promised += named(pipe)
        _, status = os.waitpid(process, 0)
        if status:
            count.lost.append(f"run {number} did not end by itself")
        for path in (folder / "warc" / PORTAL).glob("*.open"):
            with path.open("rb") as file:
                for _ in Members(file.fileno()):  # a full disk leaves no torn record, even before recovery
                    pass
        free()
        count.done += 1
    check(folder, promised, count)
    return count


def file_size_limit(size: int) -> Callable[[], None]:
    """A disk that is full for one file: works without root."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    return limit


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path | None]:
    """A tmpfs of a few megabytes; None where this may not mount one."""
    place = Path(tempfile.mkdtemp(prefix="gongkai-disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place)]
    try:
        mounted = os.geteuid() == 0 and shutil.which("mount") is not None
        mounted = mounted and subprocess.run(mount, capture_output=True, check=False).returncode == 0
        try:
            yield place if mounted else None
        finally:
            if mounted:
                subprocess.run(["umount", str(place)], check=True)
    finally:
        place.rmdir()


def fill(folder: Path, exchanges: int, seal: bool = True) -> None:
    """A small archive to be damaged; not sealed, it is as a kill leaves it."""

    def work(_: int) -> None:
        dice = random.Random(7)
        writer = WarcWriter(folder, portal=PORTAL, crawl=f"{PORTAL}-0", max_bytes=500_000)
        for number in range(exchanges):
            writer.write(exchange(number, dice))
        if seal:
            writer.close()

    process, pipe = child(work)
    os.close(pipe)
    _, status = os.waitpid(process, 0)
    assert status == 0


def flips(folder: Path, times: int, seed: int = 1) -> Count:
    """One bit flipped anywhere in a sealed file or the manifest; verify must notice each."""
    count, dice = Count("bit flipped in a sealed file"), random.Random(seed)
    fill(folder, 30)
    files = [*(folder / "warc" / PORTAL).glob("*.warc.gz"), folder / "warc" / PORTAL / "manifest.jsonl"]
    for _ in range(times):
        path = dice.choice(files)
        at, bit = dice.randrange(path.stat().st_size), dice.randrange(8)
        with path.open("r+b") as file:
            file.seek(at)
            old = file.read(1)
            file.seek(at)
            file.write(bytes([old[0] ^ (1 << bit)]))
        if verify(folder).ok:
            count.unnoticed.append(f"{path.name} byte {at} bit {bit}")
        with path.open("r+b") as file:
            file.seek(at)
            file.write(old)
        count.done += 1
    assert verify(folder).ok
    return count


def flips_while_open(folder: Path, times: int, seed: int = 1) -> Count:
    """The same in a file that is not sealed: what is unnoticed must be a bit that fills a record's last byte."""
    count, dice = Count("bit flipped in a file that is not sealed"), random.Random(seed)
    fill(folder, 12, seal=False)
    path = next((folder / "warc" / PORTAL).glob("*.open"))
    with path.open("rb") as file:
        fillers = {offset + length - 9 for offset, length, _ in Members(file.fileno())}  # before CRC and length
    assert verify(folder).ok
    padding = 0
    for _ in range(times):
        at, bit = dice.randrange(path.stat().st_size), dice.randrange(8)
        with path.open("r+b") as file:
            file.seek(at)
            old = file.read(1)
            file.seek(at)
            file.write(bytes([old[0] ^ (1 << bit)]))
        if verify(folder).ok:
            if at in fillers:
                padding += 1
            else:
                count.unnoticed.append(f"byte {at} bit {bit}")
        with path.open("r+b") as file:
            file.seek(at)
            file.write(old)
        count.done += 1
    count.notes.append(f"{padding} in the filling bits of a record's last byte")
    return count


def cuts(folder: Path, times: int, seed: int = 1) -> Count:
    """A sealed file cut anywhere, half of the times exactly between two records; verify must notice each."""
    count, dice = Count("sealed file cut short"), random.Random(seed)
    fill(folder, 30)
    path = next((folder / "warc" / PORTAL).glob("*.warc.gz"))
    whole = path.read_bytes()
    between = boundaries(path)
    for number in range(times):
        at = dice.choice(between) if number % 2 else dice.randrange(len(whole))
        path.write_bytes(whole[:at])
        if verify(folder).ok:
            count.unnoticed.append(f"cut at {at}")
        count.done += 1
    path.write_bytes(whole)
    assert verify(folder).ok
    return count


def removals(folder: Path) -> Count:
    """Each record taken away whole, each file, each line of the manifest but the last; verify must notice each."""
    count = Count("record, file or manifest line removed")
    fill(folder, 40)
    shelf = folder / "warc" / PORTAL
    manifest = shelf / "manifest.jsonl"
    for path in sorted(shelf.glob("*.warc.gz")):
        whole = path.read_bytes()
        edges = [*boundaries(path), len(whole)]
        for start, end in pairwise(edges):
            path.write_bytes(whole[:start] + whole[end:])
            if verify(folder).ok:
                count.unnoticed.append(f"record at {start} of {path.name}")
            count.done += 1
        path.unlink()
        if verify(folder).ok:
            count.unnoticed.append(path.name)
        count.done += 1
        path.write_bytes(whole)
    lines = manifest.read_bytes().splitlines(keepends=True)
    for number in range(len(lines)):
        manifest.write_bytes(b"".join(lines[:number] + lines[number + 1 :]))
        if verify(folder).ok:
            count.unnoticed.append(f"manifest line {number + 1}")
        count.done += 1
    manifest.write_bytes(b"".join(lines))
    assert verify(folder).ok
    return count


def boundaries(path: Path) -> list[int]:
    """Where the records of a file begin."""
    with path.open("rb") as file:
        return [offset for offset, _, _ in Members(file.fileno())]


def main() -> int:
    parser = argparse.ArgumentParser(description="The archive's fault suite")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--full", type=int, default=10, help="how often a small disk is filled")
    parser.add_argument("--flips", type=int, default=1000)
    parser.add_argument("--cuts", type=int, default=300)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    chosen = parser.parse_args()
    print(f"seed {chosen.seed}", flush=True)
    counts: list[Count] = []

    def told(count: Count) -> None:
        counts.append(count)
        print(count.line(), flush=True)
        for what in (*count.lost, *count.unnoticed)[:10]:
            print(f"  {what}", flush=True)

    with tempfile.TemporaryDirectory(prefix="gongkai-faults-") as place:
        root = Path(place)
        told(kills(root / "kills", chosen.kills, chosen.seed))
        told(disk_full(root / "limit", chosen.full, file_size_limit(150_000), lambda: None, chosen.seed))
        with small_disk(3) as disk:
            if disk is None:
                print("small disk: skipped, mounting one needs root")
            else:
                ballast = disk / "ballast"
                ballast.write_bytes(bytes(2_000_000))
                step = 2_000_000 // (chosen.full + 1)

                def free() -> None:
                    os.truncate(ballast, max(0, ballast.stat().st_size - step))

                told(disk_full(disk / "archive", chosen.full, lambda: None, free, chosen.seed))
        told(flips(root / "flips", chosen.flips, chosen.seed))
        told(flips_while_open(root / "open", chosen.flips, chosen.seed))
        told(cuts(root / "cuts", chosen.cuts, chosen.seed))
        told(removals(root / "removals"))
    return 0 if all(count.clean for count in counts) else 1


if __name__ == "__main__":
    sys.exit(main())
