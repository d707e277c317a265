"""``gongkai demo`` as a new user runs it: whole, killed in the middle and run again."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import demo

ROOT = Path(__file__).resolve().parent.parent.parent
COMMAND = [sys.executable, "-c", "from cli.main import main; main()", "demo", "--archive"]


def run(archive: Path) -> subprocess.CompletedProcess[str]:
    """The demo to its end."""
    return subprocess.run([*COMMAND, archive], capture_output=True, text=True, timeout=300, check=False, cwd=ROOT)


def reports(archive: Path) -> dict[tuple[str, int], dict]:
    """Every report of the database by organ and year, with its figures."""
    database = sqlite3.connect(f"file:{archive / 'gongkai.db'}?mode=ro", uri=True)
    database.row_factory = sqlite3.Row
    rows = database.execute(
        "SELECT o.name AS organ_name, r.*, f.* FROM report r JOIN organ o ON o.id = r.organ "
        "LEFT JOIN figures f ON f.report = r.id"
    ).fetchall()
    database.close()
    found = {(row["organ_name"], row["year"]): dict(row) for row in rows}
    assert len(found) == len(rows), "an organ and year stands twice"
    return found


def differences(archive: Path) -> Iterator[str]:
    """What the database says otherwise than the demo's truth after its edits."""
    found = reports(archive)
    with demo.serve() as server:
        server.advance()
        expected = server.expected()
    for each in expected:
        row = found.get((each.organ, each.year))
        if row is None:
            yield f"missed: {each.organ} {each.year}"
            continue
        if row["verdict"] != each.verdict:
            yield f"verdict of {each.organ} {each.year}: {row['verdict']}, not {each.verdict}"
        if each.report.figures is not None:
            for code, value in each.report.figures.values.items():
                if row[code] != value:
                    yield f"{each.organ} {each.year} {code}: {row[code]}, not {value}"
    still_there = {(each.organ, each.year) for each in expected}
    for key, row in found.items():
        if key not in still_there and row["gone_since"] is None:
            yield f"not a report, or gone and not marked: {key} {row['url']}"


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """The demo's archive and what it said."""
    archive = tmp_path_factory.mktemp("demo") / "archive"
    return archive, run(archive)


def test_the_demo_finds_everything_and_says_how_to_go_on(finished: tuple) -> None:
    archive, ran = finished
    assert ran.returncode == 0, ran.stderr
    assert list(differences(archive)) == []
    for word in ("verified", "inconsistent", "gongkai serve", "gongkai export", "gongkai status"):
        assert word in ran.stdout


def test_the_demo_again_changes_no_report(finished: tuple) -> None:
    archive, _ = finished
    before = {key: (row["version"], row["first_seen"]) for key, row in reports(archive).items()}
    again = run(archive)
    assert again.returncode == 0, again.stderr
    assert {key: (row["version"], row["first_seen"]) for key, row in reports(archive).items()} == before


@pytest.mark.parametrize("after", [40])
def test_killed_in_the_middle_and_again_it_completes(after: int, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    with subprocess.Popen([*COMMAND, archive], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT) as child:
        until = time.monotonic() + 120
        while _stored(archive) < after:
            assert child.poll() is None, "the demo ended before it could be killed"
            assert time.monotonic() < until
            time.sleep(0.02)
        os.kill(child.pid, signal.SIGKILL)
    again = run(archive)
    assert again.returncode == 0, again.stderr
    assert list(differences(archive)) == []


def _stored(archive: Path) -> int:
    try:
        with sqlite3.connect(f"file:{archive / 'gongkai.db'}?mode=ro", uri=True) as database:
            return int(database.execute("SELECT count(*) FROM report").fetchone()[0])
    except sqlite3.OperationalError:  # not there yet
        return 0
