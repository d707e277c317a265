"""The processes of several portals begin their common files at the same moment: none may lock another one out."""

from __future__ import annotations

import multiprocessing
from multiprocessing.synchronize import Barrier
from pathlib import Path

from crawler.frontier.frontier import Frontier
from pipelines.store import Store

PROCESSES, ROUNDS = 6, 12


def begin(folder: Path, number: int, together: Barrier) -> None:
    for each in range(ROUNDS):  # a new archive each time
        together.wait()
        Frontier(folder / str(each) / "frontier.db", f"portal-{number}").close()
        with Store.open(folder / str(each)):
            pass


def test_new_files_are_begun_by_several_processes_at_once(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("fork")
    together = spawn.Barrier(PROCESSES, timeout=60)
    processes = [spawn.Process(target=begin, args=(tmp_path, number, together)) for number in range(PROCESSES)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * PROCESSES
