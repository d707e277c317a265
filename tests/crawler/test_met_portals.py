# ruff: noqa: E501 - scripts as portals write them
"""From a home page to all reports where menus, buttons, frames, widgets or feeds name the lists."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.crawler import met
from tests.crawler.crawls import crawl, rows
from tests.crawler.portals import YEARS, Pages, frame, titles
from tests.crawler.site import Answer, html, items, report, serving
from tests.crawler.test_opened_lists import column, told


@pytest.mark.parametrize("portal", met.ALL, ids=lambda portal: portal.__name__)
def test_all_reports_are_found(portal: Callable[[], Pages], tmp_path: Path) -> None:
    with serving(portal()) as site:
        assert crawl(site, tmp_path).reports_known == len(titles())
        assert len(site.asked) < 3 * len(titles())


def test_an_empty_answer_to_half_a_question_is_no_empty_list(tmp_path: Path) -> None:
    """A parameter that nobody can read was left out; the portal says that it has nothing."""
    pages = column(
        "<div id='l'></div><script>$.post('/api/q',{siteCode:SITE.code,channel:'nb',page:1,size:10},function(d){render(d.list)})</script>"
    )
    pages["/api/q"] = told({"total": 0, "list": []})
    with serving(pages) as site:
        run = crawl(site, tmp_path)
    assert "list-unreadable" in {problem["code"] for problem in run.problems}
    assert {state for (state,) in rows(tmp_path, "SELECT state FROM listing")} == {"incomplete"}


def test_pages_that_are_shells_over_an_answer(tmp_path: Path) -> None:
    """All details are the same bytes; a script asks for the article by the address's own id."""
    shell = html(
        "详情",
        "<div id='c'></div><script>var id=getQuery('id');$.getJSON('/api/get?id='+id,function(d){$('#c').html(d.content)});</script>",
    )
    entries = [(f"/detail.html?id={n}", title) for n, (_, _, title) in enumerate(titles())]
    pages = frame("/nb/") | {"/nb/": html("政府信息公开年报", items(*entries)), "/detail.html?*": Answer(shell)}
    for n, (organ, year, title) in enumerate(titles()):
        pages[f"/api/get?id={n}"] = told({"title": title, "content": report(organ, year)})
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == len(titles())
        assert {f"/api/get?id={n}" for n in range(len(titles()))} <= set(site.paths())


def test_lists_of_old_years_are_asked_for_where_anything_has_changed(tmp_path: Path) -> None:
    """An unchanged night asks for the newest two years; a new report anywhere has all years asked for."""
    pages = met.years_that_open_below()
    old, newest = (f"/nb/y.jsp?year={year}" for year in (YEARS[0], YEARS[-1]))
    with serving(pages) as site:
        crawl(site, tmp_path)
        site.asked.clear()
        crawl(site, tmp_path)
        assert old not in site.paths() and newest in site.paths()
        listed = [("/r/99.html", f"云溪市审计局{YEARS[-1]}年政府信息公开工作年度报告")]
        listed += [(f"/r/{n}.html", title) for n, (_, year, title) in enumerate(titles()) if year == YEARS[-1]]
        site.put(newest, items(*listed))
        site.put("/r/99.html", report("云溪市审计局", YEARS[-1]))
        site.asked.clear()
        assert crawl(site, tmp_path).reports_known == len(titles()) + 1
        assert old in site.paths()


@pytest.mark.parametrize("portal", [met.organs_and_years_in_arrays, met.two_menus_and_a_frame])
def test_reports_that_a_column_combines_are_not_all_asked_for_every_night(
    portal: Callable[[], Pages], tmp_path: Path
) -> None:
    """No link names them, and no validator comes with the column: they are still the column's own."""
    with serving(portal(), etags=False) as site:
        crawl(site, tmp_path)
        site.asked.clear()
        assert crawl(site, tmp_path).reports_known == len(titles())
        assert len(site.paths()) < len(titles()) // 2, site.paths()


def test_a_report_in_a_file_whose_page_counts_its_visits_keeps_its_page(tmp_path: Path) -> None:
    """A short page with a file and a counter by its own id is no shell; the counter is not asked."""
    pages = frame("/nb/") | {
        "/nb/": html(
            "政府信息公开年报", items(*((f"/view.do?id={n}", title) for n, (_, _, title) in enumerate(titles())))
        )
    }
    for n, (_, _, title) in enumerate(titles()):
        body = (
            f"<h1>{title}</h1><script>$.get('/api/hits?id={n}');$.getJSON('/api/like?id={n}',function(d){{}})</script>"
        )
        attached = f"<a href='/f/{n}.pdf'>{title}.pdf</a>" if n % 2 else "<p>详见扫描件。</p>"
        pages[f"/view.do?id={n}"] = html(title, body + attached)
        pages[f"/f/{n}.pdf"] = Answer(f"%PDF-1.4 {n}", media="application/pdf")
    with serving(pages) as site:
        crawl(site, tmp_path)
        assert not [path for path in site.paths() if "/api/" in path and "hits" in path]
        assert {f"/f/{n}.pdf" for n in range(1, len(titles()), 2)} <= set(site.paths())
    stored = "SELECT count(*) FROM page WHERE kind = 'report' AND due > 0 AND url LIKE '%view.do%'"
    assert rows(tmp_path, stored) == [(len(titles()),)]


def test_what_another_widget_counts_ends_no_list(tmp_path: Path) -> None:
    """A slider has two pictures a page and three in all: laypage, told nothing, goes on until its pages end."""
    between = "// 轮播图在上，分页在下" + "=" * 600
    pager = f"<script>$('#s').slide({{count:3,limit:2}});\n{between}\nlaypage({{jump:function(o){{location.href='?curr='+o.curr}}}});</script>"
    with serving(met._paged("/nb/", 8, pager)) as site:
        assert crawl(site, tmp_path).reports_known == len(titles())
