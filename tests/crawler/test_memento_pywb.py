"""Missing years from a real pywb that serves a WARC file of ours on loopback."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import venv
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive import Exchange, WarcWriter
from tests.crawler.crawls import crawl
from tests.crawler.site import html, items, report, serving
from tests.crawler.test_memento import ORGAN, portal

ASKED = os.environ.get("GONGKAI_TEST_PYWB")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not ASKED, reason="pywb needs an environment of its own: set GONGKAI_TEST_PYWB=1, or to the folder of one"
    ),
]


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    assert ASKED
    if ASKED != "1":
        return Path(ASKED) / "bin"
    place = tmp_path_factory.mktemp("pywb-environment")
    venv.create(place, with_pip=True)
    install = [place / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", "pywb", "setuptools<80"]
    subprocess.run(install, check=True)
    return place / "bin"


def past(home: str, folder: Path) -> Path:
    """A WARC file of 2021: the column with two reports that the portal does not list any more."""
    listed = [(f"/nb/{year}.html", f"{ORGAN}{year}年政府信息公开工作年度报告") for year in (2020, 2019)]
    pages = {"nb/": html("政府信息公开年报", items(*listed))}
    pages |= {f"nb/{year}.html": report(ORGAN, year) for year in (2020, 2019)}
    head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\r\n"
    with WarcWriter(folder, portal="past", crawl="past-20210301T000000Z") as writer:
        for path, page in pages.items():
            body = page.encode()
            request = f"GET /{path} HTTP/1.1\r\nHost: past\r\n\r\n".encode()
            wire = head.format(len(body)).encode() + body
            writer.write(Exchange(home + path, request, wire, datetime(2021, 3, 1, tzinfo=UTC)))
    (file,) = folder.glob("warc/past/*.warc.gz")
    return file


def running(programs: Path, place: Path, file: Path) -> Iterator[str]:
    """A pywb with one collection; its replay address."""
    for verb in (["init", "web"], ["add", "web", str(file)]):
        subprocess.run([programs / "wb-manager", *verb], cwd=place, check=True, capture_output=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [programs / "wayback", "-b", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, cwd=place, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            deadline = time.monotonic() + 60
            while server.poll() is None:
                with socket.socket() as probe:
                    if not probe.connect_ex(("127.0.0.1", port)):
                        break
                assert time.monotonic() < deadline, "pywb does not answer"
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}/web"
        finally:
            server.terminate()


def test_pywb_gives_the_years_that_the_portal_has_lost(programs: Path, tmp_path: Path) -> None:
    with serving(portal()) as site:
        place = tmp_path / "replay"
        place.mkdir()
        for replay in running(programs, place, past(site.home, tmp_path / "past")):
            settings = {"ITEM_PIPELINES": {}, "GONGKAI_MEMENTO": replay, "GONGKAI_MEMENTO_DELAY": 0}
            run = crawl(site, tmp_path / "archive", settings=settings)
    assert run.outcome == "finished", run.reason
    assert run.counts["mementos"] == 2, run.problems
