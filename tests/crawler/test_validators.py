"""Servers that answer 304 whatever has changed: pages are asked for whole now and then, and such hosts from then on."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import data
from tests.crawler.crawls import crawl, rows
from tests.crawler.site import Answer, Asked, Site, html, items, report, serving

ORGAN = "云溪市教育局"
EVERY = data.load_yaml("discovery.yaml")["whole_every"]


KEPT = {"ETag": '"1"', "Last-Modified": "Mon, 06 Jan 2025 01:02:03 GMT"}


def always_304(page: str) -> Callable[[Asked], Answer]:
    """The validators of a template's file, whatever stands in the page."""
    same = KEPT["ETag"]
    return lambda asked: (
        Answer("", 304, KEPT) if asked.headers.get("If-None-Match") == same else Answer(page, headers=KEPT)
    )


def never_looks(page: str) -> Callable[[Asked], Answer]:
    """A cache that answers 304 to whatever is asked with conditions."""
    return lambda asked: Answer("", 304, KEPT) if "If-None-Match" in asked.headers else Answer(page, headers=KEPT)


def fill(
    site: Site, years: tuple[int, ...], figure: int, wrap: Callable[[str], Callable[[Asked], Answer] | str]
) -> None:
    """A home page, a column, a report a year."""
    listed = items(*((f"/nb/{year}.html", f"{ORGAN}{year}年政府信息公开工作年度报告") for year in years))
    site.put("/", wrap(html("云溪市人民政府", '<a href="/nb/">政府信息公开年报</a>')))
    site.put("/nb/", wrap(html("政府信息公开年报", listed)))
    for year in years:
        site.put(f"/nb/{year}.html", wrap(report(ORGAN, year, figure)))


def nearly_due(archive: Path) -> None:
    """The next visit is the one at which lists are asked for whole."""
    with closing(sqlite3.connect(archive / "frontier.db")) as db, db:
        db.execute("UPDATE page SET checks = ? WHERE report = 0", (EVERY["list"] - 1,))


def test_a_host_whose_304_says_nothing_is_found_out_and_asked_for_whole_pages(tmp_path: Path) -> None:
    with serving({}, etags=False) as site:
        fill(site, (2023, 2024), 3, always_304)
        assert crawl(site, tmp_path).reports_known == 2
        fill(site, (2023, 2024, 2025), 5, always_304)
        assert crawl(site, tmp_path).reports_known == 2, "it has said that nothing has changed"
        nearly_due(tmp_path)
        site.asked.clear()
        assert crawl(site, tmp_path).reports_known == 3
        known = [each for each in site.asked if each.path == "/nb/2024.html"]
        assert len(known) == 1 and "If-None-Match" not in known[0].headers
        site.asked.clear()
        crawl(site, tmp_path)
        assert not any("If-None-Match" in each.headers for each in site.asked)
    assert rows(tmp_path, "SELECT count(*) FROM distrusted") == [(1,)]


def test_a_host_that_answers_304_to_validators_of_no_page_is_asked_for_whole_pages_at_once(tmp_path: Path) -> None:
    with serving({}, etags=False) as site:
        fill(site, (2023, 2024), 3, never_looks)
        assert crawl(site, tmp_path).reports_known == 2
        fill(site, (2023, 2024, 2025), 3, never_looks)
        site.asked.clear()
        assert crawl(site, tmp_path).reports_known == 3
        assert sum(each.path == "/" for each in site.asked) == 2, "the page that tested it is asked for again"
    assert rows(tmp_path, "SELECT count(*) FROM distrusted") == [(1,)]


def test_a_host_is_tested_once_and_by_the_request_of_a_page(tmp_path: Path) -> None:
    with serving({}) as site:
        fill(site, (2023, 2024), 3, str)
        crawl(site, tmp_path)
        for tested in (1, 0):
            site.asked.clear()
            crawl(site, tmp_path)
            given = [each.headers.get("If-None-Match") for each in site.asked if each.path != "/robots.txt"]
            assert (len(given), given.count('"gongkai"')) == (2, tested)


def test_a_host_whose_validators_change_with_its_pages_is_believed(tmp_path: Path) -> None:
    with serving({}) as site:
        fill(site, (2023, 2024), 3, str)
        crawl(site, tmp_path)
        nearly_due(tmp_path)
        fill(site, (2023, 2024, 2025), 3, str)
        crawl(site, tmp_path)
        crawl(site, tmp_path)  # tests the host
        site.asked.clear()
        crawl(site, tmp_path)
        assert [each.status for each in site.asked if each.path != "/robots.txt"] == [304, 304]
    assert rows(tmp_path, "SELECT count(*) FROM distrusted") == [(0,)]
