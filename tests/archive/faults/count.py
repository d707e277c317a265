"""What a fault did, and what an archive should hold after it.

What counts as written is what the writer was told to make durable (``sync``) and what was then named to somebody else
(here: the parent process, over a pipe; in a crawl: the database).
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from archive import Capture, Exchange, WarcWriter, iterate, read, recover, verify

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


def write_one(writer: WarcWriter, number: int, dice: random.Random, pipe: int) -> None:
    """Writes an exchange; syncs now and then, and names to the parent what is then durable."""
    writer.write(exchange(number, dice))
    if dice.random() < 0.3:
        writer.sync()
        name(writer.take_pending(), pipe)


def name(captures: list[Capture], pipe: int) -> None:
    """Tells the parent of captures that were made durable."""
    for capture in captures:
        os.write(pipe, msgspec.json.encode(capture) + b"\n")


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
