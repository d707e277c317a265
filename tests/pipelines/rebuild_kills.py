"""Rebuilds killed with SIGKILL at random moments: the next one goes on, and makes the same database.

    python -m tests.pipelines.rebuild_kills --kills 20

The database that was there stays as it was until the new one is complete. Prints how many rebuilds were killed, how
many of them the next one resumed, and what was lost; exits 1 unless that is nothing. Tests run a small number.
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
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from bench.rebuild import press
from pipelines import rebuild as rebuilding
from pipelines.compare import contents
from pipelines.rebuild import rebuild

_CODE = """
import pathlib, sys
from pipelines import rebuild
if __name__ == "__main__":
    rebuild.BATCH = 4  # so that there is something to resume
    rebuild.rebuild(pathlib.Path(sys.argv[1]), int(sys.argv[2]))
"""


@dataclass
class Count:
    """What came of the kills."""

    killed: int = 0
    resumed: int = 0  # rebuilds that found captures of a killed one
    swapped: int = 0  # kills that came after the new database had taken the old one's place
    lost: list[str] = field(default_factory=list)

    def line(self) -> str:
        """In one line."""
        return (
            f"kill -9 of a rebuild: {self.killed} times ({self.swapped} after the swap), {self.resumed} resumed,"
            f" {len(self.lost)} lost"
        )


def kills(archive: Path, times: int, seed: int = 1, *, portals: int = 2, reports: int = 16) -> Count:
    """So many kills, one to three before a rebuild may end."""
    dice, count = random.Random(seed), Count()
    press(archive, portals, reports)
    rebuild(archive, 1)
    database = archive / "gongkai.db"
    wanted = _said(database)
    started = time.monotonic()
    _started(archive, 2).wait()
    span = time.monotonic() - started
    while count.killed < times:
        for _ in range(dice.choice((1, 1, 2, 3))):
            with closing(sqlite3.connect(database)) as db:
                db.execute("UPDATE report SET title = 'of the old database'")
                db.commit()
            before = database.read_bytes()
            process = _started(archive, dice.choice((1, 2)))
            with suppress(subprocess.TimeoutExpired):
                process.wait(dice.uniform(0.2, 1.1) * span)
            with suppress(ProcessLookupError):  # the children end with it: they are in its session
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            count.killed += 1
            if database.read_bytes() == before:
                continue
            count.swapped += 1
            if _said(database) != wanted:
                count.lost.append(f"after kill {count.killed} the database is neither the old one nor the new one")
        done = rebuild(archive, 2)
        count.resumed += bool(done.resumed)
        if _said(database) != wanted or done.damage:
            count.lost.append(f"after kill {count.killed} the rebuild makes another database")
        if left := [path.name for path in archive.glob(".rebuild-*")]:
            count.lost.append(f"after kill {count.killed} {left} stay behind")
    return count


def _started(archive: Path, jobs: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", _CODE, str(archive), str(jobs)], start_new_session=True)


def _said(database: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        return contents(db)


def main() -> int:
    """Prints the count."""
    parser = argparse.ArgumentParser(description="Rebuilds killed at random moments")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    chosen = parser.parse_args()
    print(f"seed {chosen.seed}", flush=True)
    rebuilding.BATCH = 4
    with tempfile.TemporaryDirectory(prefix="gongkai-rebuilds-") as place:
        count = kills(Path(place), chosen.kills, chosen.seed)
    print(count.line())
    for what in count.lost[:20]:
        print(f"  {what}")
    return 1 if count.lost else 0


if __name__ == "__main__":
    sys.exit(main())
