"""Real crawls, from their home pages, of portals whose way to the reports is hidden; and columns that stay silent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.crawler import hidden
from tests.crawler.crawls import crawl, rows
from tests.crawler.portals import Pages, frame
from tests.crawler.site import html, items, report, serving


@pytest.mark.parametrize("portal", hidden.ALL, ids=lambda portal: portal.__name__)
def test_every_report_is_found(portal: Callable[[], Pages], tmp_path: Path) -> None:
    pages = portal()
    wanted = {path for path, page in pages.items() if isinstance(page, str) and "存在的主要问题" in page}
    with serving(pages) as site:
        run = crawl(site, tmp_path)
        found = {
            url.removeprefix(site.home.rstrip("/"))
            for (url,) in rows(tmp_path, "SELECT url FROM page WHERE report = 1")
        }
        assert found == wanted
        assert run.outcome == "finished", run
        assert len(site.paths()) <= 1.5 * (len(wanted) + 24), site.paths()


def test_a_column_that_shows_nothing_is_incomplete_unless_it_says_so(tmp_path: Path) -> None:
    pages = frame("/nb/") | {
        "/nb/": html(
            "年报", "<a href='/nb/bm/'>部门年报</a><a href='/nb/xz/'>乡镇年报</a><a href='/nb/zf/'>县政府年报</a>"
        ),
        "/nb/bm/": html("部门年报", "<div id='app'></div><script src='/app.js'></script>"),
        "/nb/xz/": html("乡镇年报", "<p>暂无数据</p>"),
        "/nb/zf/": html("县政府年报", items(("/nb/1.html", "云溪县人民政府2024年政府信息公开工作年度报告"))),
        "/nb/1.html": report("云溪县人民政府", 2024),
    }
    with serving(pages) as site:
        run = crawl(site, tmp_path)
        states = dict(rows(tmp_path, "SELECT url, state FROM listing WHERE url LIKE '%/nb/__/'"))
        assert {url.rsplit("/", 2)[1]: state for url, state in states.items()} == {
            "bm": "incomplete",
            "xz": "complete",
            "zf": "complete",
        }
        assert run.incomplete == 1
        assert [each["where"] for each in run.problems if each["code"] == "list-incomplete"] == [site.home + "nb/bm/"]
