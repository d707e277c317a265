"""Hostile sources against the limits: an answer within ten seconds by the clock and 500 MB, child and parent together.

    python -m bench.hostile                # every source; prints the slowest and the largest, status 1 beyond a limit
    python -m bench.hostile forms.pdf      # those whose names hold a word

Each is read as ``gongkai extract`` reads it. On a machine that is busy with other things a source may be given up
because of that (``reader-interrupted``): within the limits all the same.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.hostile_files import CASES
from bench.hostile_office import OFFICE_CASES
from reports.supervised import SupervisedExtractor

ALL = CASES | OFFICE_CASES
SECONDS = 10.0
MEGABYTES = 500


@dataclass
class Outcome:
    """What became of one source: seconds by the clock, the most that child and parent held together, the verdict."""

    name: str
    seconds: float
    megabytes: float
    verdict: str
    codes: list[str]

    @property
    def holds(self) -> bool:
        """Whether the answer came within the limits and trusts nothing."""
        return self.seconds <= SECONDS and self.megabytes <= MEGABYTES and self.verdict != "verified"

    def __str__(self) -> str:
        codes = " ".join(self.codes[:3])
        told = f"{self.seconds:6.2f} s {self.megabytes:4.0f} MB  {self.name:16} {self.verdict} {codes}"
        return told if self.holds else f"{told}  BEYOND THE LIMIT"


class Scales:
    """Weighs this process and its children, over and over, in a thread."""

    def __init__(self) -> None:
        self.most = 0.0
        threading.Thread(target=self._weigh, daemon=True).start()

    def _weigh(self) -> None:
        own = os.getpid()
        while True:
            children = Path(f"/proc/{own}/task/{own}/children").read_text().split()
            self.most = max(self.most, sum(map(_resident, [own, *map(int, children)])))
            time.sleep(0.01)


def _resident(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    except (OSError, IndexError):
        return 0.0  # it has just ended


def read(name: str, extractor: SupervisedExtractor, scales: Scales) -> Outcome:
    """One source, made and read."""
    source = ALL[name]()
    scales.most = 0.0
    started = time.monotonic()
    record = extractor.extract(source, name=name)[0]
    seconds = time.monotonic() - started
    return Outcome(name, seconds, scales.most, record.verdict, [problem.code for problem in record.problems])


def main() -> int:
    """Every source; status 1 where a limit is missed."""
    names = [name for name in ALL if not sys.argv[1:] or any(word in name for word in sys.argv[1:])]
    scales = Scales()
    outcomes = []
    with SupervisedExtractor() as extractor:
        extractor.start()
        for name in names:
            outcomes.append(read(name, extractor, scales))
            print(outcomes[-1], flush=True)
    print(f"slowest: {max(outcomes, key=lambda each: each.seconds)}")
    print(f"largest: {max(outcomes, key=lambda each: each.megabytes)}")
    missed = [each.name for each in outcomes if not each.holds]
    print(f"{len(outcomes)} sources, {len(missed)} beyond {SECONDS:g} seconds or {MEGABYTES} MB")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
