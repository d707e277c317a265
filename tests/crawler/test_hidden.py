"""Real crawls, from their home pages, of portals whose way to the reports is hidden; and columns that stay silent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.discovery.links import Link
from crawler.discovery.scoring import judge
from tests.crawler import clicked, hidden, unfamiliar
from tests.crawler.crawls import crawl, rows
from tests.crawler.portals import Pages, frame
from tests.crawler.site import html, items, report, serving


@pytest.mark.parametrize("portal", (*hidden.ALL, *clicked.ALL, *unfamiliar.ALL), ids=lambda portal: portal.__name__)
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


def test_sessions_of_any_name_and_endless_paths_end(tmp_path: Path) -> None:
    with serving(clicked.sessions_and_endless_paths(), etags=False) as site:
        run = crawl(site, tmp_path)
        assert run.outcome == "finished", run
        assert rows(tmp_path, "SELECT count(DISTINCT canonical) FROM page WHERE report = 1") == [
            (len(hidden.entries()),)
        ]
        assert rows(tmp_path, "SELECT name FROM session") == [("skey",)]
        assert len(site.paths()) <= 1.5 * len(hidden.entries()) + 24, site.paths()


def test_pages_that_nothing_turns_leave_a_list_incomplete(tmp_path: Path) -> None:
    pages = frame("/nb/") | hidden.reports()
    pages["/nb/"] = html(
        "年报", items(*hidden.entries()[:12]) + "<div>共 3 页 <a href='javascript:turn.next()'>下一页</a></div>"
    )
    with serving(pages) as site:
        run = crawl(site, tmp_path)
        assert run.incomplete == 1
        assert rows(tmp_path, "SELECT state, proof FROM listing WHERE url LIKE '%/nb/'") == [
            ("incomplete", "1 of 3 announced pages; no next page")
        ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("政府信息公开专栏", "hub"),
        ("县政府信息公开", "hub"),
        ("财政局信息公开", "hub"),
        ("政务公开目录", "hub"),
        ("部门信息公开", "organs"),
        ("部门信息公开目录", "organs"),
        ("政府信息公开年报专栏", "column"),
        ("年报专栏", "column"),
        ("企业年报专栏", "decoy"),
        ("部门预算公开", "decoy"),
        ("关于2024年政府信息公开年报目录链接的通知", "decoy"),
    ],
)
def test_names_of_pages_on_the_way(text: str, kind: str) -> None:
    assert judge(Link("http://a.gov.cn/x/", text), "home").kind == kind


def test_news_that_exploration_left_is_no_incomplete_list(tmp_path: Path) -> None:
    pages = frame("/nb/") | hidden.reports() | {"/nb/": html("年报", items(*hidden.entries()))}
    pages["/gk/"] = html("公开", "".join(f"<h2>栏目{n}</h2><a href='/gs{n}/'>通知公告</a>" for n in range(16)))
    pages["/zn/"] = html("指南", "<a href='/gk/'>政务公开</a>")
    for n in range(16):
        for page in range(1, 9):
            news = items(*((f"/gs{n}/{page}{k}.html", f"第{k}号公告") for k in range(9)), date=f"2024-0{9 - page}-11")
            turn = f"<a href='/gs{n}/{page + 1}.html'>下一页</a>"
            pages[f"/gs{n}/" if page == 1 else f"/gs{n}/{page}.html"] = html("通知公告", news + turn)
    with serving(pages) as site:
        run = crawl(site, tmp_path)
        states = {state for (state,) in rows(tmp_path, "SELECT DISTINCT state FROM listing WHERE url LIKE '%/gs%'")}
        assert states == {"sampled"}
        assert run.incomplete == 0
