"""Missing years from a real pywb that serves a WARC file of ours on loopback."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive import Exchange, WarcWriter
from tests import pywb
from tests.crawler.crawls import crawl
from tests.crawler.site import html, items, report, serving
from tests.crawler.test_memento import ORGAN, portal

pytestmark = [pytest.mark.slow, pywb.needed]


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


def test_pywb_gives_the_years_that_the_portal_has_lost(tmp_path: Path) -> None:
    with serving(portal()) as site:
        place = tmp_path / "replay"
        place.mkdir()
        with pywb.serving(place, "web", [past(site.home, tmp_path / "past")]) as replay:
            settings = {"ITEM_PIPELINES": {}, "GONGKAI_MEMENTO": replay, "GONGKAI_MEMENTO_DELAY": 0}
            run = crawl(site, tmp_path / "archive", settings=settings)
    assert run.outcome == "finished", run.reason
    assert run.counts["mementos"] == 2, run.problems
