"""Reports that go on over several pages: all are archived, none passes for a report of its own or for an edit."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crawler.discovery import parts
from crawler.discovery.page import read_page
from pipelines.store import ingest
from tests.crawler import portals
from tests.crawler.crawls import crawl, rows
from tests.crawler.site import Answer, html, items, report, serving

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
    assert parts.RULE == ingest.FURTHER


def paged() -> portals.Pages:
    """One report whose second half, with the last table, stands on a page that only the first names as the next."""
    whole = report(ORGAN, 2023)
    cut = whole.index("</table>") + len("</table>")
    end = whole.rindex("</body>")
    turn = "<div><a href='1_1.html'>下一页</a></div>"
    return {
        "/": html("云溪市人民政府", '<a href="/nb/">政府信息公开年报</a>'),
        "/nb/": html("政府信息公开年报", items(("/nb/1.html", NAME), ("/nb/2.html", NAME.replace("2023", "2022")))),
        "/nb/1.html": f"{whole[:cut]}{turn}</body></html>",
        "/nb/1_1.html": html(NAME, f"{whole[cut:end]}<div><a href='1_2.html'>下一页</a></div>"),
        "/nb/1_2.html": html(NAME, f"<p>六、其他需要报告的事项</p>{whole[cut:end]}"),
        "/nb/2.html": report(ORGAN, 2022),
    }


def test_all_pages_of_a_report_are_archived_and_only_the_first_is_the_report(tmp_path: Path) -> None:
    with serving(paged()) as site:
        run = crawl(site, tmp_path, settings=STORED)
        assert run.reports_known == 2
        assert {"/nb/1_1.html", "/nb/1_2.html"} <= set(site.paths())
        with closing(sqlite3.connect(tmp_path / "gongkai.db")) as db:
            assert db.execute("SELECT count(*) FROM report").fetchone() == (2,)
            assert db.execute("SELECT max(version) FROM report").fetchone() == (1,)
            addresses = [url.rsplit("/", 1)[1] for (url,) in db.execute("SELECT url FROM report_address ORDER BY 1")]
            kept = db.execute("SELECT count(*) FROM capture WHERE rule = ?", (parts.RULE,)).fetchone()
        assert addresses == ["1.html", "2.html"] and kept == (2,)
        assert [each["where"] for each in run.problems if each["code"] == "report-goes-on"] == [f"{site.home}nb/1.html"]
        assert rows(tmp_path, "SELECT count(*) FROM listing WHERE state = 'open'") == [(0,)]
        site.asked.clear()
        crawl(site, tmp_path, settings=STORED)
        assert not [path for path in site.paths() if path.startswith("/nb/1")]
        new = items(
            *((f"/nb/{n}.html", NAME.replace("2023", year)) for n, year in ((1, "2023"), (2, "2022"), (3, "2024")))
        )
        site.put("/nb/", html("政府信息公开年报", new))
        site.put("/nb/3.html", report(ORGAN, 2024))
        site.put("/nb/1_2.html", Answer("<html><title>404</title></html>", 404))
        crawl(site, tmp_path, settings=STORED)
        assert {"/nb/1.html", "/nb/1_1.html", "/nb/1_2.html"} <= set(site.paths())
        with closing(sqlite3.connect(tmp_path / "gongkai.db")) as db:
            assert db.execute("SELECT count(*), max(version) FROM report").fetchone() == (3, 1)
