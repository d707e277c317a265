"""Portals whose ways and reports are places to click: found by clicking, in the system's Chromium."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from crawler.browser import rendering
from crawler.processes import runner
from tests.crawler import opaque
from tests.crawler.crawls import PLAIN, crawl, rows
from tests.crawler.site import Reply, html, items, report, serving

pytestmark = pytest.mark.skipif(
    not any(map(shutil.which, rendering.CHROMIUM)), reason="Chromium is not installed: apt install chromium"
)


EVERY_REPORT = [(year, len(opaque.ORGANS)) for year in sorted(opaque.YEARS)]
REPORTS = "SELECT year, count(*) FROM page WHERE report = 1 GROUP BY year ORDER BY year"


@pytest.mark.parametrize(
    "kind",
    [
        opaque.Kind(),
        opaque.Kind(way="route", tag="button"),
        opaque.Kind(tag="li", size=2),
        opaque.Kind(linked=True),
        opaque.Kind(served=True),
    ],
    ids=["paths", "routes", "pages of two", "tabs over links", "a home page that is no shell"],
)
def test_an_application_without_a_link_is_walked_through_as_by_a_reader(kind: opaque.Kind, tmp_path: Path) -> None:
    with serving(opaque.pages(kind)) as site:
        run = crawl(site, tmp_path)
    assert run.outcome == "finished", run.reason
    assert rows(tmp_path, REPORTS) == EVERY_REPORT


def test_a_walk_asks_for_nothing_twice_and_opens_nothing_outside_the_reports(tmp_path: Path) -> None:
    with serving(opaque.pages(opaque.Kind(way="route"))) as site:
        crawl(site, tmp_path)
        again = crawl(site, tmp_path)
        asked = [path for path in site.paths() if path.startswith("/d/")]
    assert again.counts.get("new_reports", 0) == 0
    assert max(asked.count(path) for path in asked) <= 4, "once by the walk and once by the page of its own, twice"
    assert f"/d/{opaque.key('yw')}" not in asked and f"/d/{opaque.key('a/1')}" not in asked


def test_reports_that_open_without_an_address_are_named(tmp_path: Path) -> None:
    with serving(opaque.pages(opaque.Kind(in_place=True))) as site:
        run = crawl(site, tmp_path)
    assert any(each["code"] == "opens-in-place" for each in run.problems), run.problems


def test_a_menu_beside_a_list_that_looks_whole_is_clicked_through(tmp_path: Path) -> None:
    """The page lists one organ's reports as links; the others' are shown by a script that cannot be read."""
    with serving(opaque.pages(opaque.Kind(column=True))) as site:
        run = crawl(site, tmp_path)
    assert rows(tmp_path, REPORTS) == [(year, len(opaque.SEVERAL)) for year in sorted(opaque.YEARS)]
    assert run.outcome == "finished"


def test_a_menu_that_no_browser_can_open_leaves_the_list_incomplete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_BROWSER", str(tmp_path / "no-such-browser"))
    with serving(opaque.pages(opaque.Kind(column=True))) as site:
        # a nursery of its own, which has this environment
        runner.crawl([site.home], archive=tmp_path, allow_private_hosts=True, delay=0, settings=PLAIN)
    ((state, proof),) = rows(tmp_path, "SELECT state, proof FROM listing")
    assert state == "incomplete" and "云溪市民政局" in proof


def test_a_list_that_no_browser_can_turn_either_stays_incomplete(tmp_path: Path) -> None:
    links = items(("/nb/1.html", "云溪市民政局2024年政府信息公开工作年度报告"))
    more = "<span onclick='turn()'>下一页</span><script>function turn() { throw new Error('gone') }</script>"
    pages: dict[str, Reply | str] = {
        "/": html("云溪市人民政府", '<a href="/nb/">政府信息公开年报</a>'),
        "/nb/": html("政府信息公开年报", links + more),
        "/nb/1.html": report("云溪市民政局", 2024),
    }
    with serving(pages) as site:
        crawl(site, tmp_path)
        assert site.paths().count("/nb/") == 2, "once more for the browser"
    ((state, proof),) = rows(tmp_path, "SELECT state, proof FROM listing")
    assert state == "incomplete", proof
