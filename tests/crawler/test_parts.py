"""Reports that go on over several pages: all are archived and read as one, and none passes for another report."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crawler.discovery import parts
from crawler.discovery.page import read_page
from pipelines.rebuild import rebuild
from pipelines.store.whole import FURTHER
from pipelines.verify import check_database
from reports.forms import TABLES
from tests.crawler import portals
from tests.crawler.crawls import crawl, rows
from tests.crawler.site import Answer, html, items, serving
from tests.pipelines import portal_desk

ORGAN = "云溪市教育局"
FIRST = "http://a.gov.cn/nb/t20240115_7.html"
#: With extraction and store.
STORED = {"GONGKAI_RETRY_SECONDS": 0.05}
NAME = f"{ORGAN}2023年政府信息公开工作年度报告"


def further(body: str, first: str = FIRST, url: str | None = None) -> list[str]:
    return [each.rsplit("/", 1)[1] for each in parts.found(read_page(url or first, html(NAME, body)), first)]


@pytest.mark.parametrize(
    ("pager", "names"),
    [
        ("<a href='t20240115_7_1.html'>2</a> <a href='t20240115_7_2.html'>[3]</a>", ["_1", "_2"]),
        ("<a href='t20240115_7_1.html'>下一页</a>", ["_1"]),
        ("<a href='t20240115_7-2.html'>下一页</a><a href='t20240115_7-3.html'>尾页</a>", ["-2", "-3"]),
        ('<script>createPageHTML(3,0,"t20240115_7","html");</script>', ["_1", "_2"]),
        ("<script>createPageHTML('page_div',3,1,'t20240115_7','html',3);</script>", ["_2", "_3"]),
        ('<script>createPageHTML(1,0,"t20240115_7","html");</script>', []),
        ('<script>createPageHTML(3,0,"index","html");</script>', []),
        ("<a href='t20240115_7_1.html'>云溪市财政局2023年政府信息公开工作年度报告</a>", []),
        ("<a href='t20240115_8.html'>下一页</a> <a href='t20240115_71.html'>2</a>", []),
        ("<a href='//b.gov.cn/nb/t20240115_7_1.html'>下一页</a>", []),
    ],
)
def test_the_further_pages_bear_the_reports_name_and_a_number(pager: str, names: list[str]) -> None:
    assert further(pager) == [f"t20240115_7{name}.html" for name in names]


def test_further_pages_may_be_told_apart_by_their_query() -> None:
    first = "http://a.gov.cn/show.jsp?id=7"
    links = '<a href="show.jsp?id=7&page=2">2</a><a href="show.jsp?id=8&page=2">下一页</a><a href="show.jsp?id=7">1</a>'
    assert further(links, first) == ["show.jsp?id=7&page=2"]
    assert further(links, first, f"{first}&page=2") == ["show.jsp?id=7&page=2"]


def test_crawl_and_store_mean_the_same_rule() -> None:
    assert parts.RULE == FURTHER


def whole(year: int, seed: int = 1) -> str:
    return portal_desk.page(portal_desk.report(ORGAN, year, seed)).decode()


def paged(seed: int = 1) -> dict[str, str]:
    """One report over three pages, a table each, of which each page names only the next."""
    page = whole(2023, seed)
    start, ends = page.index("<table"), [match.end() for match in re.finditer("</table>", page)]
    foot = "</div></body></html>"
    return {
        "/nb/1.html": f"{page[: ends[0]]}<div><a href='1_1.html'>下一页</a></div>{foot}",
        "/nb/1_1.html": f"{page[:start]}{page[ends[0] : ends[1]]}<div><a href='1_2.html'>下一页</a></div>{foot}",
        "/nb/1_2.html": page[:start] + page[ends[1] :],
    }


def portal() -> portals.Pages:
    names = items(("/nb/1.html", NAME), ("/nb/2.html", NAME.replace("2023", "2022")))
    return {
        "/": html("云溪市人民政府", '<a href="/nb/">政府信息公开年报</a>'),
        "/nb/": html("政府信息公开年报", names),
        "/nb/2.html": whole(2022),
        **paged(),
    }


def stored(archive: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(archive / "gongkai.db")) as db:
        return db.execute("SELECT year, verdict, version FROM report ORDER BY year").fetchall()


def test_all_pages_of_a_report_are_archived_and_read_as_one(tmp_path: Path) -> None:
    with serving(portal()) as site:
        run = crawl(site, tmp_path, settings=STORED)
        assert run.reports_known == 2
        assert {"/nb/1_1.html", "/nb/1_2.html"} <= set(site.paths())
        assert stored(tmp_path) == [(2022, "verified", 1), (2023, "verified", 1)]
        with closing(sqlite3.connect(tmp_path / "gongkai.db")) as db:
            addresses = [url.rsplit("/", 1)[1] for (url,) in db.execute("SELECT url FROM report_address ORDER BY 1")]
            kept = db.execute("SELECT count(*) FROM capture WHERE rule = ?", (parts.RULE,)).fetchone()
            told = db.execute("SELECT place FROM problem WHERE code = 'report-goes-on' ORDER BY 1").fetchall()
        assert addresses == ["1.html", "2.html"] and kept == (2,)
        assert told == [(f"{site.home}nb/1_1.html",), (f"{site.home}nb/1_2.html",)]
        assert rows(tmp_path, "SELECT count(*) FROM listing WHERE state = 'open'") == [(0,)]
        site.asked.clear()
        crawl(site, tmp_path, settings=STORED)
        assert not [path for path in site.paths() if path.startswith("/nb/1")]


def test_an_edit_on_a_further_page_is_a_version_and_a_page_that_has_gone_makes_the_report_incomplete(
    tmp_path: Path,
) -> None:
    def list_of(*years: int) -> str:
        return html("政府信息公开年报", items(*((f"/nb/{2024 - y}.html", NAME.replace("2023", str(y))) for y in years)))

    with serving(portal()) as site:
        crawl(site, tmp_path, settings=STORED)
        for year in (2021, 2020, 2019):  # a list that shows something new has the newest reports asked for again
            if year == 2019:
                site.put("/nb/1_2.html", Answer("<html><title>404</title></html>", 404))
            else:
                site.put("/nb/1_1.html", paged(seed=2 if year == 2021 else 1)["/nb/1_1.html"])
            site.put("/nb/", list_of(2023, 2022, *range(2021, year - 1, -1)))
            site.put(f"/nb/{2024 - year}.html", whole(year))
            crawl(site, tmp_path, settings=STORED)
            verdict = "incomplete" if year == 2019 else "verified"
            assert stored(tmp_path)[-1] == (2023, verdict, 2023 - year)
        with closing(sqlite3.connect(tmp_path / "gongkai.db")) as db:
            changed = db.execute(
                'SELECT DISTINCT version, "table" FROM figure_change WHERE "table" IN (?, ?, ?) ORDER BY 1, 2', TABLES
            ).fetchall()
    assert changed == [(2, "applications"), (3, "applications"), (4, "review")]
    assert rebuild(tmp_path, jobs=1, dry_run=True).differences == []
    assert check_database(tmp_path, deep=True).problems == []
