"""Missing years from a real pywb that serves a WARC file of ours on loopback."""

from __future__ import annotations

import sqlite3
from contextlib import closing
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


def deeper(home: str, folder: Path) -> Path:
    """A WARC file of 2021: a column of three pages, the last without anything, and reports that had moved by then."""
    name = "{}{}年政府信息公开工作年度报告"
    pager = '<script>createPageHTML(4, {}, "index", "html");</script>'
    pages: dict[str, tuple[int, str]] = {}
    listed: dict[str, list[tuple[str, str]]] = {
        "nb/": [("/nb/2020.html", name.format(ORGAN, 2020)), ("/nb/2024.html", name.format(ORGAN, 2024))],
        "nb/index_1.html": [("/nb/2018.html", name.format(ORGAN, 2018)), ("/nb/2017.html", name.format(ORGAN, 2017))],
        "nb/index_2.html": [("/nb/2024.html", name.format(ORGAN, 2024))],
        "nb/index_3.html": [("/nb/2011.html", name.format(ORGAN, 2011))],
    }
    for number, (path, entries) in enumerate(listed.items()):
        pages[path] = (200, html("政府信息公开年报", items(*entries) + pager.format(number)))
    pages |= {f"nb/{year}.html": (200, report(ORGAN, year)) for year in (2020, 2018, 2011)}
    pages["nb/2017.html"] = (302, "/old/2017.html")
    pages["old/2017.html"] = (200, report(ORGAN, 2017))
    with WarcWriter(folder, portal="past", crawl="past-20210301T000000Z") as writer:
        for path, (status, text) in pages.items():
            body = text.encode() if status == 200 else b""
            told = "Content-Type: text/html; charset=utf-8" if status == 200 else f"Location: {text}"
            request = f"GET /{path} HTTP/1.1\r\nHost: past\r\n\r\n".encode()
            wire = f"HTTP/1.1 {status} OK\r\n{told}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
            writer.write(Exchange(home + path, request, wire, datetime(2021, 3, 1, tzinfo=UTC)))
    (file,) = folder.glob("warc/past/*.warc.gz")
    return file


def test_deeper_pages_of_an_archived_column_and_reports_that_had_moved(tmp_path: Path) -> None:
    with serving(portal()) as site:
        place = tmp_path / "replay"
        place.mkdir()
        with pywb.serving(place, "web", [deeper(site.home, tmp_path / "past")]) as replay:
            settings = {"GONGKAI_MEMENTO": replay, "GONGKAI_MEMENTO_DELAY": 0}
            run = crawl(site, tmp_path / "archive", settings=settings)
    assert run.outcome == "finished", run.reason
    with closing(sqlite3.connect(tmp_path / "archive" / "gongkai.db")) as db:
        query = (
            "SELECT r.year, c.url FROM report r JOIN capture c ON c.id = r.capture WHERE c.rule = 'memento' ORDER BY 1"
        )
        brought = [(year, url.removeprefix(site.home)) for year, url in db.execute(query)]
    assert brought == [(2017, "old/2017.html"), (2018, "nb/2018.html"), (2020, "nb/2020.html")]
    assert run.counts["mementos"] == 3, "the third page names nothing that is missing: nobody turns to the fourth"
