"""A few kills of whole crawls at random moments; ``python -m tests.crawler.kills`` does more."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.crawler.kills import kills


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finds the processes in /proc")
def test_crawls_killed_at_random_moments_are_completed_without_loss(tmp_path: Path) -> None:
    count = kills(tmp_path, 4, seed=20260131)
    assert count.clean, (count.line(), count.lost, count.twice, count.unnoticed)
    assert count.captures
