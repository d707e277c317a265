"""A crawl on a disk that is full or fills up: one clear line, nothing lost, and the next one completes it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from archive import iterate, verify
from pipelines.store import publish_snapshot
from pipelines.verify import check_database
from tests.archive.faults.disks import small_disk
from tests.crawler.crawls import crawl
from tests.crawler.site import Answer, Asked, html, items, report, serving

LISTED = {f"/nb/{year}.html": f"云溪市教育局{year}年政府信息公开工作年度报告" for year in range(2019, 2025)}
FULL = "stopped before the end: the disk is full, make room ("


@pytest.fixture
def disk() -> Iterator[Path]:
    with small_disk(48) as place:
        if place is None:
            pytest.skip("mounting a small disk needs root")
        yield place


def fill(disk: Path, leave: int) -> None:
    """Somebody else takes all but so many bytes."""
    state = os.statvfs(disk)
    with (disk / "ballast").open("ab") as file:
        file.write(bytes(max(0, state.f_bavail * state.f_frsize - leave)))


def portal(disk: Path, leave: int, at: str) -> dict[str, Any]:
    """The disk fills up while one of the pages is asked for."""

    def answer(asked: Asked) -> Answer:
        if asked.path == at and not (disk / "ballast").exists():
            fill(disk, leave)
        return Answer(pages[asked.path])

    pages = {
        "/": html("云溪市", '<a href="/nb/">政府信息公开年报</a>'),
        "/nb/": html("年报", items(*LISTED.items())),
        **{path: report("云溪市教育局", int(path[4:8])) for path in LISTED},
    }
    return dict.fromkeys(pages, answer)


def test_a_crawl_that_begins_on_a_full_disk(disk: Path) -> None:
    for leave in (0, 4096, 2_000_000):
        (disk / "ballast").unlink(missing_ok=True)
        fill(disk, leave)
        with serving(portal(disk, 0, "")) as site:
            run = crawl(site, disk / "archive", settings={})
        assert run.outcome == "failed"
        assert (run.reason or "").startswith(FULL), run.reason
        assert "\n" not in (run.reason or "") and "16 MB are kept in reserve" in (run.reason or "")


@pytest.mark.parametrize("leave", [0, 100_000, 4_000_000])
@pytest.mark.parametrize("at", ["/nb/", "/nb/2021.html"])
def test_a_disk_that_fills_up_during_a_crawl(disk: Path, leave: int, at: str) -> None:
    folder = disk / "archive"
    with serving(portal(disk, leave, at)) as site:
        run = crawl(site, folder, settings={})
        assert run.outcome == "failed"
        assert "disk is full" in (run.reason or "") or "archived, but not in the database" in (run.reason or "")
        assert verify(folder).problems == [] and check_database(folder).problems == []
        kept = {capture.id for capture, _ in iterate(folder)}
        (disk / "ballast").unlink()
        (disk / "ballast").touch()  # this time it stays as it is
        run = crawl(site, folder, settings={})
    assert run.outcome == "finished", run.reason
    assert run.reports_known == len(LISTED)
    assert kept <= {capture.id for capture, _ in iterate(folder)}
    assert verify(folder).problems == [] and check_database(folder, deep=True).problems == []
    with closing(sqlite3.connect(folder / "gongkai.db")) as db:
        named = {row[0] for row in db.execute("SELECT id FROM capture")}
    assert named == {capture.id for capture, _ in iterate(folder)}


def test_a_disk_that_is_full_for_the_snapshot(disk: Path) -> None:
    folder = disk / "archive"
    with serving(portal(disk, 0, "")) as site:
        assert crawl(site, folder, settings={}).outcome == "finished"
    served = publish_snapshot(folder)
    before = served.read_bytes()
    for leave in (0, 60_000, 200_000):
        fill(disk, leave)
        with pytest.raises(sqlite3.OperationalError, match="full"):
            publish_snapshot(folder)
        assert served.read_bytes() == before, "the last good one stays served"
        assert not list(folder.glob(".snapshot*")), "it leaves nothing of its own on the full disk"
        (disk / "ballast").unlink()
    publish_snapshot(folder)
