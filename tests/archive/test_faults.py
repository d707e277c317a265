"""A small number of each fault; ``python -m tests.archive.faults`` does the big run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.archive.faults.damage import cuts, flips, flips_while_open, removals
from tests.archive.faults.disks import disk_full, file_size_limit, small_disk
from tests.archive.faults.kills import kills

SEED = 20260131


def test_kill_at_random_moments_loses_nothing(tmp_path: Path) -> None:
    count = kills(tmp_path, 12, SEED)
    assert count.clean, count.line()
    assert count.written


def test_full_disk_loses_nothing_and_leaves_no_torn_record(tmp_path: Path) -> None:
    count = disk_full(tmp_path, 4, file_size_limit(150_000), lambda: None, SEED)
    assert count.clean, count.line()
    assert count.written


def test_a_small_disk_fills_up_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    with small_disk(2) as disk:
        if disk is None:
            pytest.skip("mounting a small disk needs root")
        ballast = disk / "ballast"
        ballast.write_bytes(bytes(1_500_000))

        def free() -> None:
            os.truncate(ballast, max(0, ballast.stat().st_size - 400_000))

        count = disk_full(disk / "archive", 3, lambda: None, free, SEED)
        assert count.clean, count.line()
        assert count.written


def test_every_flipped_bit_of_a_sealed_file_is_noticed(tmp_path: Path) -> None:
    count = flips(tmp_path, 60, SEED)
    assert count.clean, count.unnoticed


def test_only_filling_bits_go_unnoticed_before_sealing(tmp_path: Path) -> None:
    count = flips_while_open(tmp_path, 60, SEED)
    assert count.clean, count.unnoticed


def test_every_cut_is_noticed(tmp_path: Path) -> None:
    count = cuts(tmp_path, 20, SEED)
    assert count.clean, count.unnoticed


def test_every_removed_record_file_and_line_is_noticed(tmp_path: Path) -> None:
    count = removals(tmp_path)
    assert count.clean, count.unnoticed
