"""kill -9 while an archive is written."""

from __future__ import annotations

import os
import random
import select
import signal
import time
from pathlib import Path

from archive import Capture, WarcWriter
from tests.archive.faults.count import PORTAL, Count, check, child, named, write_one


def crawl_until_killed(folder: Path, pipe: int, seed: int) -> None:
    """Writes exchanges, syncs every few, and names the synced captures to the parent, until it is killed."""
    dice = random.Random(seed)
    writer = WarcWriter(folder, portal=PORTAL, crawl=f"{PORTAL}-{seed:06d}", max_bytes=dice.choice([20_000, 400_000]))
    for number in range(100_000):
        write_one(writer, number, dice, pipe)
        if dice.random() < 0.01:  # some end by themselves
            writer.close()
            return


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
