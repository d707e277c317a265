"""Mutated documents: how many crash the extraction, hang it, or give a wrong figure under ``verified``.

    python -m bench.fuzz 100000            # two processes, about as many documents as asked for
    python -m bench.fuzz 500 --seed 7      # what the tests run
    python -m bench.fuzz --only 7:123      # one document again, with what was done to it and what differs

Two kinds of mutation. *Structure*: a report's tables are bent before they are printed (a digit changed, cells swapped,
a row dropped or doubled, a label misspelt or lost, a table cut, spans wrong); what is then on the page is known by
construction. *Bytes*: a finished document loses, gains or changes bytes or tags anywhere but in its figures.
Goal: 0 crashes, 0 wrong figures under ``verified``.
"""

from __future__ import annotations

import argparse
import multiprocessing
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import reports
from bench.mutants import Mutant, mutant
from tests.gold.score import figures_of

SECONDS = 10  # a document that takes longer hangs the run
CHUNK = 250


@dataclass
class Outcome:
    """What came of some documents."""

    verdicts: Counter[str] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)
    crashes: int = 0
    hangs: int = 0
    wrong: int = 0
    documents: int = 0

    def add(self, other: Outcome) -> None:
        """Take another outcome in."""
        self.verdicts += other.verdicts
        self.lines += other.lines
        self.crashes += other.crashes
        self.hangs += other.hangs
        self.wrong += other.wrong
        self.documents += other.documents


class Hang(Exception):
    """A document took longer than ``SECONDS``."""


def _ring(signum: int, frame: FrameType | None) -> None:
    raise Hang


def judged(made: Mutant) -> tuple[str, list[str]]:
    """The verdict on a mutant, and the figures that are wrong under ``verified``."""
    [record, *_] = reports.extract(made.body, name=made.name, content_type=made.content_type)
    if record.verdict != "verified":
        return record.verdict, []
    found = figures_of(record)
    wrong = [
        f"{code}: found {found.get(code, 'missing')}, the page has {made.truth.get(code, 'no such cell')}"
        for code in sorted({*found, *made.truth} - made.open)
        if (code in found) != (code in made.truth) or not _equal(found[code], made.truth[code])
    ]
    if made.never_verified:
        wrong.append("verified, though a cell is gone or stands twice with different figures")
    return record.verdict, wrong


def _equal(one: float | None, two: float | None) -> bool:
    return one == two if one is None or two is None else abs(one - two) < 1e-6


def run(seed: int, first: int, count: int) -> Outcome:
    """Read ``count`` mutants from number ``first``."""
    outcome = Outcome()
    signal.signal(signal.SIGALRM, _ring)
    for number in range(first, first + count):
        made = mutant(seed, number)
        outcome.documents += 1
        signal.alarm(SECONDS)
        try:
            verdict, wrong = judged(made)
        except Hang:
            outcome.hangs += 1
            outcome.lines.append(f"{seed}:{number} HANGS {made.done}")
            continue
        except Exception as error:
            outcome.crashes += 1
            outcome.lines.append(f"{seed}:{number} CRASHES {type(error).__name__}: {error} {made.done}")
            continue
        finally:
            signal.alarm(0)
        outcome.verdicts[verdict] += 1
        if wrong:
            outcome.wrong += 1
            outcome.lines.append(f"{seed}:{number} WRONG UNDER VERIFIED {made.done}: {wrong[0]} ({len(wrong)})")
    return outcome


def _chunks(count: int) -> Iterator[tuple[int, int]]:
    for first in range(0, count, CHUNK):
        yield first, min(CHUNK, count - first)


def _tell(part: Outcome, done: int) -> None:
    for line in part.lines:
        print(line, flush=True)
    if sys.stderr.isatty():
        print(f"\r{done} documents", end="", file=sys.stderr, flush=True)


def run_all(seed: int, count: int, jobs: int) -> Outcome:
    """Read ``count`` mutants in ``jobs`` processes, telling each part as it comes.

    A process that dies is a crash of one of its documents, which is then looked for one by one.
    """
    total = Outcome()
    waiting = list(_chunks(count))
    while waiting:
        with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
            futures = {chunk: pool.submit(run, seed, *chunk) for chunk in waiting}
            died = []
            for chunk, future in futures.items():
                try:
                    part = future.result()
                    total.add(part)
                    _tell(part, total.documents)
                except BrokenProcessPool:
                    died.append(chunk)
        if died and died[0][1] == 1 and len(died) == len(waiting):
            total.crashes += 1
            total.lines.append(f"{seed}:{died[0][0]} KILLS THE PROCESS")
            died = died[1:]
        halves = [(first + n, 1) for first, size in died[:1] for n in range(size)] if died else []
        waiting = [*halves, *died[1:]]
    return total


def main() -> int:
    """The command. Exit status 1 where something crashed, hung or was silently wrong."""
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz", description="mutated documents against extraction")
    parser.add_argument("count", type=int, nargs="?", default=2000, help="how many documents")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", help="SEED:NUMBER of one document; --write FILE keeps it")
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    if options.only:
        seed, number = map(int, options.only.split(":"))
        made = mutant(seed, number)
        if options.write:
            options.write.write_bytes(made.body)
        print(made.name, made.done)
        verdict, wrong = judged(made)
        print("\n".join([verdict, *wrong]))
        return int(bool(wrong))
    start = time.perf_counter()
    outcome = run_all(options.seed, options.count, options.jobs)
    print(
        f"{outcome.documents} mutated documents, {time.perf_counter() - start:.0f} s, verdicts {dict(outcome.verdicts)}"
    )
    print(f"crashes {outcome.crashes}, hangs {outcome.hangs}, documents wrong under verified {outcome.wrong}")
    return int(bool(outcome.crashes or outcome.hangs or outcome.wrong))


if __name__ == "__main__":
    sys.exit(main())
