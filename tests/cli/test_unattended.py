"""``gongkai crawl`` as cron and systemd run it: signals, closed streams, damaged files, a full disk."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.crawler import portals
from tests.crawler.site import Answer, Asked, Reply, Site, serving

ROOT = Path(__file__).resolve().parent.parent.parent
COMMAND = [sys.executable, "-c", "from cli.main import main; main()"]


def slowly(reply: Reply | str) -> Reply:
    def answer(asked: Asked) -> Answer:
        time.sleep(0.05)
        return Answer(reply) if isinstance(reply, str) else reply if isinstance(reply, Answer) else reply(asked)

    return answer


@pytest.fixture
def site() -> Iterator[Site]:
    with serving({path: slowly(page) for path, page in portals.trs().items()}) as running:
        yield running


def crawl(home: str, archive: Path, *more: str) -> list[str]:
    return [*COMMAND, "crawl", home, *more, "--allow-private-hosts", "--delay", "0", "--archive", str(archive)]


def run(*command: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, timeout=200, check=False, cwd=ROOT, **options)  # type: ignore[call-overload, no-any-return]


def reports(archive: Path) -> int:
    with closing(sqlite3.connect(archive / "gongkai.db")) as db:
        return int(db.execute("SELECT count(*) FROM report").fetchone()[0])


@pytest.mark.parametrize(
    ("number", "group"),
    [(signal.SIGTERM, True), (signal.SIGHUP, False), (signal.SIGINT, True)],
    ids=["stopped-by-systemd", "hung-up", "ctrl-c"],
)
def test_a_signal_ends_in_order_begins_no_other_portal_and_the_next_run_completes(
    number: signal.Signals, group: bool, site: Site, tmp_path: Path
) -> None:
    with serving(portals.trs()) as other:
        with subprocess.Popen(
            crawl(site.home, tmp_path, other.home),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, start_new_session=True,
        ) as child:  # fmt: skip
            until = time.monotonic() + 60
            while len(site.paths()) < 6:
                assert child.poll() is None and time.monotonic() < until
                time.sleep(0.02)
            (os.killpg if group else os.kill)(child.pid, number)
            _, said = child.communicate(timeout=60)
        assert child.returncode == 128 + number
        assert said.strip().count("\n") == 0 and "nothing archived is lost" in said
        assert other.asked == []
    with closing(sqlite3.connect(tmp_path / "frontier.db")) as db:
        assert db.execute("SELECT count(*) FROM visit WHERE ended IS NULL").fetchone() == (0,), "it ended in order"
    again = run(*crawl(site.home, tmp_path))
    assert again.returncode == 0, again.stderr
    assert reports(tmp_path) == len(portals.titles())


def test_several_workers_begin_no_other_portal_once_told_to_stop(site: Site, tmp_path: Path) -> None:
    pages = {path: slowly(page) for path, page in portals.trs().items()}
    with serving(pages) as second, serving(portals.trs()) as third:
        with subprocess.Popen(
            crawl(site.home, tmp_path, second.home, third.home, "--workers", "2"), stderr=subprocess.PIPE, cwd=ROOT
        ) as child:
            until = time.monotonic() + 60
            while len(site.paths()) < 5:
                assert child.poll() is None and time.monotonic() < until
                time.sleep(0.02)
            child.send_signal(signal.SIGTERM)
            child.communicate(timeout=60)
        assert child.returncode == 143
        assert third.asked == []


@pytest.mark.parametrize("closed", ["<&- >&- 2>&-", "<&- 2>&-"])
def test_the_environment_of_cron_and_closed_streams(closed: str, site: Site, tmp_path: Path) -> None:
    ran = run(
        "env", "-i", "PATH=/usr/bin:/bin", "LANG=C", f"PYTHONPATH={ROOT}",
        "sh", "-c", f'exec "$@" {closed}', "sh", *crawl(site.home, tmp_path),
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert reports(tmp_path) == len(portals.titles())


def test_a_damaged_frontier_is_told_with_the_way_out(site: Site, tmp_path: Path) -> None:
    (tmp_path / "frontier.db").write_bytes(b"no frontier at all " * 500)
    ran = run(*crawl(site.home, tmp_path))
    assert ran.returncode == 1
    assert "frontier.db is damaged" in ran.stderr and "move it away" in ran.stderr
    assert "Traceback" not in ran.stderr and site.asked == []
    (tmp_path / "frontier.db").rename(tmp_path / "away")
    assert run(*crawl(site.home, tmp_path)).returncode == 0
    assert reports(tmp_path) == len(portals.titles())


def test_a_damaged_database_is_told_with_the_way_out(site: Site, tmp_path: Path) -> None:
    (tmp_path / "gongkai.db").write_bytes(b"no database at all " * 500)
    ran = run(*crawl(site.home, tmp_path))
    assert ran.returncode == 1 and "gongkai rebuild" in ran.stderr and "Traceback" not in ran.stderr


def test_a_file_that_may_not_grow_ends_the_crawl_and_loses_nothing(site: Site, tmp_path: Path) -> None:
    ran = run("prlimit", "--fsize=150000", *crawl(site.home, tmp_path))
    assert ran.returncode == 1, ran.stdout
    assert "Traceback" not in ran.stderr
    assert run(*crawl(site.home, tmp_path)).returncode == 0
    assert reports(tmp_path) == len(portals.titles())


def test_each_portal_is_told_as_it_ends(site: Site, tmp_path: Path) -> None:
    with serving({"/": Answer("no", 403)}) as refusing:
        command = crawl(refusing.home, tmp_path, site.home)
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT) as child:
            assert child.stdout is not None
            first = child.stdout.readline()
            assert "forbidden" in first and child.poll() is None, "told before the other portal has ended"
            out, _ = child.communicate(timeout=120)
        assert child.returncode == 1
    assert "finished" in out and "forbidden" not in out, "said once"
