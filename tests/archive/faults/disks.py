"""Disks that fill up while an archive is written."""

from __future__ import annotations

import os
import random
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from archive import ArchiveFull, Capture, WarcWriter
from archive.records import Members
from tests.archive.faults.count import PORTAL, Count, check, child, name, named, write_one


def crawl_until_full(folder: Path, pipe: int, seed: int) -> None:
    """Writes until the disk is full; exits with an error unless that is told as ArchiveFull."""
    dice = random.Random(seed)
    writer = WarcWriter(folder, portal=PORTAL, crawl=f"{PORTAL}-{seed:06d}", max_bytes=300_000)
    try:
        for number in range(100_000):
            write_one(writer, number, dice, pipe)
    except ArchiveFull:
        taken = writer.take_pending()
        try:
            writer.sync()
        except ArchiveFull:
            taken = []
        name(taken, pipe)
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
