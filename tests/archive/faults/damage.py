"""Files that are altered after they were written: bits flipped, ends cut off, records taken away."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

from archive import WarcWriter, verify
from archive.records import Members
from tests.archive.faults.count import PORTAL, Count, child, exchange


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


@contextmanager
def flipped(path: Path, at: int, bit: int) -> Iterator[None]:
    """The file with one bit flipped, for a while."""

    def flip() -> None:
        with path.open("r+b") as file:
            file.seek(at)
            old = file.read(1)
            file.seek(at)
            file.write(bytes([old[0] ^ (1 << bit)]))

    flip()
    try:
        yield
    finally:
        flip()


def flips(folder: Path, times: int, seed: int = 1) -> Count:
    """One bit flipped anywhere in a sealed file or the manifest; verify must notice each."""
    count, dice = Count("bit flipped in a sealed file"), random.Random(seed)
    fill(folder, 30)
    files = [*(folder / "warc" / PORTAL).glob("*.warc.gz"), folder / "warc" / PORTAL / "manifest.jsonl"]
    for _ in range(times):
        path = dice.choice(files)
        at, bit = dice.randrange(path.stat().st_size), dice.randrange(8)
        with flipped(path, at, bit):
            noticed = not verify(folder).ok
        if not noticed:
            count.unnoticed.append(f"{path.name} byte {at} bit {bit}")
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
        with flipped(path, at, bit):
            noticed = not verify(folder).ok
        if not noticed:
            if at in fillers:
                padding += 1
            else:
                count.unnoticed.append(f"byte {at} bit {bit}")
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
