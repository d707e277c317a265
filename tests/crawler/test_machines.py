"""Several machines on one queue, in a real PostgreSQL: each portal once, with the machine that has it, none lost."""

from __future__ import annotations

import errno
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

import demo
from crawler.portals.registry import Portal
from crawler.processes.machines import share
from crawler.processes.runner import PortalRun
from tests.crawler import postgres

pytestmark = pytest.mark.skipif(postgres.programs() is None, reason="PostgreSQL is not installed")


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    with postgres.cluster() as url:
        yield url


@pytest.fixture
def queue(cluster: str) -> Iterator[str]:
    with psycopg.connect(cluster, autocommit=True) as database:
        database.execute("DROP DATABASE IF EXISTS queue")
        database.execute("CREATE DATABASE queue")
    yield cluster.replace("/postgres?", "/queue?")


def start(archive: Path, queue: str, homes: list[str], *options: str) -> subprocess.Popen[str]:
    """One machine: its own archive."""
    return subprocess.Popen(
        [sys.executable, "-c", "from cli.main import main; main()", "crawl", *homes, "--queue", queue,
         "--archive", str(archive), "--allow-private-hosts", *(options or ("--delay", "0"))],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip


def ended(machine: subprocess.Popen[str]) -> str:
    said, _ = machine.communicate(timeout=180)
    assert machine.returncode == 0, said
    return said


def held(archive: Path) -> set[str]:
    """The portals whose captures lie in an archive."""
    return {folder.name for folder in (archive / "warc").iterdir()} if (archive / "warc").is_dir() else set()


def reports(archive: Path) -> int:
    with closing(sqlite3.connect(archive / "gongkai.db")) as database:
        return database.execute("SELECT count(*) FROM report").fetchone()[0]


def ask(queue: str, sql: str) -> list[tuple[object, ...]]:
    with psycopg.connect(queue, autocommit=True) as database:
        cursor = database.execute(sql)
        return cursor.fetchall() if cursor.description else []


def test_two_machines_crawl_each_portal_once_and_make_one_archive(queue: str, tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    with demo.serve(demo.portals(fixed_ports=False)[2:]) as server:  # two small ones
        for _ in range(2):
            machines = [start(archive, queue, server.homes) for archive in (one, other)]
            for machine in machines:
                ended(machine)
        robots = Counter(each.portal for each in server.log if each.path == "/robots.txt")
        expected = len(server.expected())
    assert held(one).isdisjoint(held(other)) and len(held(one) | held(other)) == len(server.homes)
    owners = dict(ask(queue, "SELECT portal, machine FROM gongkai_portal"))
    assert {portal for portal, machine in owners.items() if str(machine).endswith(str(one))} == held(one)
    # Named portals are crawled at each call; the one that waited was not put into the queue a second time.
    assert set(robots.values()) <= {2, 3, 4}
    assert ask(queue, "SELECT * FROM procrastinate_jobs") == []
    together = tmp_path / "together"
    for archive in (one, other):
        shutil.copytree(archive / "warc", together / "warc", dirs_exist_ok=True)
    command = [sys.executable, "-c", "from cli.main import main; main()", "rebuild", "--archive", str(together)]
    subprocess.run(command, check=True, capture_output=True)
    assert reports(together) == reports(one) + reports(other) == expected


def test_a_machine_that_dies_finds_its_portal_again(queue: str, tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    with demo.serve(demo.portals(fixed_ports=False)[2:]) as server:
        dying = start(one, queue, server.homes)
        while len(server.log) < 12:
            assert dying.poll() is None
            time.sleep(0.01)
        dying.send_signal(signal.SIGKILL)
        dying.communicate()
        mine = {str(portal) for (portal,) in ask(queue, "SELECT portal FROM gongkai_portal")}
        # As if a minute had passed.
        ask(queue, "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 minute'")
        said = ended(start(other, queue, server.homes))
        assert "1 more" in said and len(mine) == 1 and mine.isdisjoint(held(other))
        ended(start(one, queue, server.homes))
        assert mine <= held(one)
        assert reports(one) + reports(other) == len(server.expected())


def test_a_lost_machine_gives_its_portals_up(queue: str, tmp_path: Path) -> None:
    with demo.serve(demo.portals(fixed_ports=False)[3:]) as server:
        ended(start(tmp_path / "one", queue, server.homes))
        said = ended(start(tmp_path / "other", queue, server.homes))
        assert "0 portals crawled here; 1 more" in said, "it lies with the first"
        ask(queue, "UPDATE gongkai_portal SET heard = now() - interval '8 days'")
        ended(start(tmp_path / "other", queue, server.homes))
    assert held(tmp_path / "other") == held(tmp_path / "one")
    ((machine,),) = ask(queue, "SELECT machine FROM gongkai_portal")
    assert str(machine).endswith("other")


def test_what_keeps_a_crawl_from_beginning_is_not_lost(queue: str, tmp_path: Path) -> None:
    def full(target: str) -> PortalRun:
        raise OSError(errno.ENOSPC, "No space left on device", target)

    portal = Portal(id="a.example", home="http://a.example/")
    with pytest.raises(OSError, match="No space left"):
        share(queue, [portal], full, archive=tmp_path, workers=1, named=True, stop=lambda: None)


#: Another machine is at work on the portal; it lets go when this one's worker has found nothing more to do and ends.
LET_GO = """
INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() + interval '1 hour');
INSERT INTO procrastinate_jobs (queue_name, task_name, lock, status, worker_id)
  SELECT 'another', 'crawl', 'a.example', 'doing', id FROM procrastinate_workers;
CREATE FUNCTION let_go() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN DELETE FROM procrastinate_jobs WHERE queue_name = 'another'; RETURN OLD; END $$;
CREATE TRIGGER worker_ends AFTER DELETE ON procrastinate_workers FOR EACH ROW EXECUTE FUNCTION let_go();
"""


def test_a_portal_that_another_machine_lets_go_of_at_the_last_moment_is_crawled(queue: str, tmp_path: Path) -> None:
    crawled: list[str] = []

    def crawl(target: str) -> PortalRun:
        crawled.append(target)
        return PortalRun(portal="a.example", home=target, outcome="finished")

    portal = Portal(id="a.example", home="http://a.example/")
    for portals in ([], [portal]):
        share(queue, portals, crawl, archive=tmp_path, workers=1, named=True, stop=lambda: None)
        if not portals:  # the queue's tables are there now
            ask(queue, LET_GO)
    assert crawled == [portal.home]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_machine_that_is_told_to_stop_does_so_in_order(queue: str, tmp_path: Path, number: signal.Signals) -> None:
    with demo.serve(demo.portals(fixed_ports=False)[2:]) as server:
        machine = start(tmp_path, queue, server.homes, "--delay", "1")
        while len(server.log) < 3:
            assert machine.poll() is None
            time.sleep(0.01)
        asked = time.monotonic()
        machine.send_signal(number)
        said, _ = machine.communicate(timeout=60)
        assert machine.returncode == 128 + number, said
        assert "the same command goes on" in said and "Traceback" not in said
        assert time.monotonic() - asked < 30, "it does not wait for the portal's end"
        ended(start(tmp_path, queue, server.homes))
        assert reports(tmp_path) == len(server.expected())


def test_a_queue_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    machine = start(tmp_path, "postgresql://nobody@/queue?host=/nowhere", ["http://127.0.0.1:9/"])
    said, _ = machine.communicate(timeout=60)
    assert machine.returncode == 1
    assert said.startswith("Error: the queue cannot be used: ") and said.count("\n") == 1
    machine = start(tmp_path, "redis://localhost", ["http://127.0.0.1:9/"])
    said, _ = machine.communicate(timeout=60)
    assert machine.returncode == 2 and "PostgreSQL" in said
