"""Nights on which a list changes where nobody looks, and nights on which a portal is not itself."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.crawler import portals
from tests.crawler.crawls import crawl, rows
from tests.crawler.site import Answer, html, items, report, serving

ORGAN = "云溪市教育局"
HOME = html("云溪市人民政府", '<a href="/nb/1.html">政府信息公开年报</a><a href="/a/">动态</a><a href="/b/">服务</a>')
NAMES = "SELECT url FROM page WHERE report = 1 AND state = 'done'"


def title(year: int) -> str:
    return f"{ORGAN}{year}年政府信息公开工作年度报告"


def turned(*years: tuple[int, ...], script: bool = False) -> portals.Pages:
    """A column of several pages without a count, which the pages' links or a script turn, and its reports."""
    pages: portals.Pages = {"/": HOME.replace("/nb/1.html", "/nb/index.html") if script else HOME}
    for number, listed in enumerate(years, 1):
        onward = f'<a href="/nb/{number + 1}.html">下一页</a>' if number < len(years) else ""
        onward = f'<script>createPageHTML({len(years)}, {number - 1}, "index", "html");</script>' if script else onward
        path = f"/nb/index{f'_{number - 1}' if number > 1 else ''}.html" if script else f"/nb/{number}.html"
        entries = "".join(items((f"/r/{y}.html", title(y)), date=f"{y + 1}-01-20") for y in listed)
        pages[path] = html("政府信息公开年报", f"{entries}<div class=page>{onward}</div>")
        pages |= {f"/r/{y}.html": report(ORGAN, y) for y in listed}
    return pages


def later(archive: Path, days: float) -> None:
    """So many days pass."""
    with closing(sqlite3.connect(archive / "frontier.db")) as db, db:
        db.execute("UPDATE page SET done = done - ?1, due = max(0, due - ?1)", (days * 86_400,))
        db.execute("UPDATE visit SET started = started - ?1, ended = ended - ?1", (days * 86_400,))


@pytest.mark.parametrize(
    "after",
    [
        pytest.param(((2018, 2019), (2020, 2021), (2022, 2023)), id="on the last page"),
        pytest.param(((2018, 2019), (2020, 2021), (2022,), (2023,)), id="on a page behind it"),
    ],
)
def test_a_list_that_goes_from_old_to_new_is_asked_for_at_its_end(
    after: tuple[tuple[int, ...], ...], tmp_path: Path
) -> None:
    with serving(turned((2018, 2019), (2020, 2021), (2022,))) as site:
        assert crawl(site, tmp_path).reports_known == 5
        site.asked.clear()
        assert crawl(site, tmp_path).reports_known == 5
        assert site.paths() == ["/", "/nb/1.html", "/nb/3.html"]
        for path, page in turned(*after).items():
            site.put(path, page)
        assert crawl(site, tmp_path).reports_known == 6


def test_a_report_of_an_older_year_on_a_later_page_is_found_when_the_list_has_changed(tmp_path: Path) -> None:
    with serving(turned((2024, 2023), (2022, 2021), (2020, 2019))) as site:
        assert crawl(site, tmp_path).reports_known == 6
        later(tmp_path, 10)
        for path, page in turned((2025, 2024, 2023), (2022, 2021), (2020, 2019, 2012)).items():
            site.put(path, page)
        assert crawl(site, tmp_path).reports_known == 8
        site.asked.clear()
        crawl(site, tmp_path)
        assert site.paths() == ["/", "/nb/1.html"]


def test_a_page_that_a_list_has_come_to_need_is_read(tmp_path: Path) -> None:
    """Newer entries have moved older ones behind what was its last page."""
    with serving(turned((2024, 2023), (2022, 2021), script=True)) as site:
        assert crawl(site, tmp_path).reports_known == 4
        later(tmp_path, 10)
        for path, page in turned((2025, 2024), (2023, 2022), (2021, 2012), script=True).items():
            site.put(path, page)
        assert crawl(site, tmp_path).reports_known == 6


def test_a_bare_year_that_a_page_leads_to_no_more_is_asked_for_at_once(tmp_path: Path) -> None:
    def column(*years: int) -> str:
        links = "".join(f'<a href="/nb/n{year}/">{year}年</a>' for year in years)
        return html(f"{ORGAN}政府信息公开年报", f"<h3>政府信息公开年报</h3><p>{links}</p>")

    with serving({"/": HOME, "/nb/1.html": column(2021, 2022, 2023)}) as site:
        for year in (2021, 2022, 2023):
            site.put(f"/nb/n{year}/", report(ORGAN, year))
        assert crawl(site, tmp_path).reports_known == 3
        crawl(site, tmp_path)
        site.put("/nb/1.html", column(2022, 2023))
        site.put("/nb/n2021/", Answer("", 302, {"Location": "/"}))
        crawl(site, tmp_path)
        assert len(rows(tmp_path, NAMES)) == 2
        site.asked.clear()
        crawl(site, tmp_path)
        assert site.paths() == ["/", "/nb/1.html"], "it is told once"


def test_a_portal_that_shows_one_notice_everywhere_has_lost_nothing(tmp_path: Path) -> None:
    notice = Answer(html("系统维护公告", "<div>系统升级维护中，暂停访问，请稍后再试。</div>"))
    pages = turned((2024, 2023), (2022, 2021))
    with serving(pages) as site:
        crawl(site, tmp_path)
        later(tmp_path, 400)  # every report is due
        for path in [*pages, "/robots.txt"]:
            site.put(path, notice)
        run = crawl(site, tmp_path)
        assert run.outcome == "failed" and "系统维护公告" in (run.reason or "")
        assert (
            len(rows(tmp_path, NAMES)) + len(rows(tmp_path, "SELECT 1 FROM page WHERE report AND state = 'pending'"))
            == 4
        )
        assert site.paths()[-1] == "/", "nothing else was asked"
        later(tmp_path, 1)
        with closing(sqlite3.connect(tmp_path / "frontier.db")) as db, db:
            db.execute("UPDATE block SET until = until - 86400")
        for path, page in pages.items():
            site.put(path, page)
        site.put("/robots.txt", Answer("", 404))
        assert crawl(site, tmp_path).outcome == "finished"
        assert len(rows(tmp_path, NAMES)) == 4


def test_a_notice_that_leads_to_the_new_pages_is_followed(tmp_path: Path) -> None:
    pages = turned((2024, 2023))
    with serving(pages) as site:
        site.put("/", html("公告", '<p>网站升级改版，旧版停止服务，请访问<a href="/new/">新版网站</a></p>'))
        site.put("/new/", HOME)
        run = crawl(site, tmp_path)
    assert run.outcome == "finished" and run.reports_known == 2, run.reason


def test_a_listed_report_that_was_another_page_for_one_night_is_asked_for_again(tmp_path: Path) -> None:
    error = Answer(html("提示", "<p>数据同步中</p>"))
    with serving(turned((2024, 2023, 2022))) as site:
        site.put("/r/2024.html", error)
        site.put("/r/2023.html", error)
        site.put("/r/2022.html", Answer("", 302, {"Location": "/a/"}))
        site.put("/a/", html("动态", "<p>动态</p>"))
        assert crawl(site, tmp_path).reports_known == 0
        for path, page in turned((2024, 2023, 2022)).items():
            site.put(path, page)
        later(tmp_path, 8)
        assert crawl(site, tmp_path).reports_known == 3


def test_a_list_that_was_sorted_anew_is_read_to_its_end(tmp_path: Path) -> None:
    """Oldest first from one night on: what is new stands on the last page, and nothing on the first is."""
    with serving(turned((2023, 2022), (2021, 2020), (2019, 2018))) as site:
        assert crawl(site, tmp_path).reports_known == 6
        for path, page in turned((2018, 2019), (2020, 2021), (2022, 2023), (2024,)).items():
            site.put(path, page)
        later(tmp_path, 1)
        site.asked.clear()
        assert crawl(site, tmp_path).reports_known == 7
        later(tmp_path, 1)
        site.asked.clear()
        assert crawl(site, tmp_path).reports_known == 7
        assert len(site.paths()) <= 3, "read whole once, not every night"


def test_a_removed_entry_does_not_have_the_whole_list_read(tmp_path: Path) -> None:
    with serving(turned((2023, 2022), (2021, 2020), (2019, 2018))) as site:
        assert crawl(site, tmp_path).reports_known == 6
        for path, page in turned((2023, 2021), (2020, 2019), (2018,)).items():
            site.put(path, page)
        site.put("/r/2022.html", Answer("<html><title>404</title></html>", 404))
        later(tmp_path, 1)
        site.asked.clear()
        crawl(site, tmp_path)
        assert "/nb/3.html" not in site.paths()


def test_a_column_that_was_its_report_and_lists_it_now_leads_to_it(tmp_path: Path) -> None:
    pages: portals.Pages = {
        "/": HOME,
        "/nb/1.html": html(
            "政府信息公开年报", '<h3>政府信息公开年报</h3><a href="/c2023/">2023</a><a href="/c2022/">2022</a>'
        ),
        "/c2023/": report(ORGAN, 2023),
        "/c2022/": report(ORGAN, 2022),
    }
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == 2
        site.put("/c2022/", html("2022", "<ul>" + items(("/r/22.html", title(2022)), date="2023-01-20") + "</ul>"))
        site.put("/r/22.html", report(ORGAN, 2022))
        site.put("/c2023/", report(ORGAN, 2023, figure=9))
        later(tmp_path, 400)
        crawl(site, tmp_path)
        assert "/r/22.html" in site.paths()


def test_a_second_page_that_was_not_there_before_is_asked_for_where_a_list_grows(tmp_path: Path) -> None:
    """The script counts one page more than there are; the list is sorted anew, and the new report is on a page that
    answered 404 so far."""
    one = turned((2023, 2022), script=True)
    one["/nb/index.html"] = str(one["/nb/index.html"]).replace("createPageHTML(1,", "createPageHTML(2,")
    with serving(one) as site:
        assert crawl(site, tmp_path).reports_known == 2
        assert "/nb/index_1.html" in site.paths()
        for path, page in turned((2022, 2023), (2024,), script=True).items():
            site.put(path, str(page).replace("createPageHTML(2,", "createPageHTML(3,") if "/nb/" in path else page)
        later(tmp_path, 1)
        assert crawl(site, tmp_path).reports_known == 3


def test_a_list_of_one_page_that_has_grown_by_a_second_is_read_on(tmp_path: Path) -> None:
    """The first page says what it said: the new report stands behind it, where a list goes from old to new."""
    with serving(turned((2021, 2022))) as site:
        assert crawl(site, tmp_path).reports_known == 2
        for path, page in turned((2021, 2022), (2023,)).items():
            site.put(path, page)
        later(tmp_path, 1)
        assert crawl(site, tmp_path).reports_known == 3
