"""What a return visit asks for beside the lists that changed: old reports, years that fill, lists that grew."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.crawler import portals
from tests.crawler.crawls import crawl, rows
from tests.crawler.site import Answer, Asked, html, items, report, serving

ORGAN = "云溪市教育局"
STATES = "SELECT state FROM listing"


def title(year: int, organ: str = ORGAN) -> str:
    return f"{organ}{year}年政府信息公开工作年度报告"


def column(years: tuple[int, ...]) -> portals.Pages:
    """A home page, a column, a report a year."""
    listed = items(*((f"/nb/{year}.html", title(year)) for year in years))
    return {
        "/": html("云溪市人民政府", '<a href="/nb/">政府信息公开年报</a>'),
        "/nb/": html("政府信息公开年报", listed),
    } | {f"/nb/{year}.html": report(ORGAN, year) for year in years}


def test_old_reports_are_asked_for_again_where_something_has_changed(tmp_path: Path) -> None:
    with serving(column((2015, 2016, 2023))) as site:
        crawl(site, tmp_path)
        site.asked.clear()
        crawl(site, tmp_path)
        assert "/nb/2015.html" not in site.paths()
        for path, page in column((2015, 2016, 2023, 2024)).items():
            site.put(path, page)
        crawl(site, tmp_path)
        again = [each for each in site.asked if each.path in ("/nb/2015.html", "/nb/2016.html", "/nb/2023.html")]
    assert len(again) == 3 and all("If-None-Match" in each.headers for each in again)


@pytest.mark.parametrize("text", ["2025年", "2025"])
def test_a_years_list_that_was_empty_is_asked_for_until_it_fills(text: str, tmp_path: Path) -> None:
    pages = column((2023, 2024))
    first = items(("/nb/2023.html", title(2023)), ("/nb/2024.html", title(2024)))
    pages["/nb/"] = html(
        "政府信息公开年报", f"{first}<h3>政府信息公开年报</h3><div><a href='/nb/n25/'>{text}</a></div>"
    )
    pages["/nb/n25/"] = html("2025年", "<p>暂无数据</p>")
    with serving(pages) as site:
        crawl(site, tmp_path)
        site.put("/nb/n25/", html("2025年", items(("/nb/2025.html", title(2025)))))
        site.put("/nb/2025.html", report(ORGAN, 2025))
        assert crawl(site, tmp_path).reports_known == 3


def test_a_new_year_in_the_choice_of_an_organs_report(tmp_path: Path) -> None:
    organs = {"11330824753996260L": "云溪市教育局", "11330824753996261L": "云溪市财政局"}
    years = [2023, 2024]

    def shown(asked: Asked) -> Answer:
        query = dict(each.split("=") for each in asked.path.split("?")[1].split("&"))
        choice = "".join(f'<option value="{year}">{year}年</option>' for year in years)
        page = report(organs[query["area"]], int(query["fbtime"]))
        return Answer(page.replace("<body>", f"<body><select>{choice}</select>"))

    links = "".join(
        f'<a href="/module/xxgk/xxgkAnnualReport.jsp?area={area}&fbtime=2024">{name}</a>'
        for area, name in organs.items()
    )
    pages: portals.Pages = {
        "/": html("云溪市", '<a href="/tree.jsp">政府信息公开年报</a>'),
        "/tree.jsp": html("年报", links),
        "/module/xxgk/xxgkAnnualReport.jsp?*": shown,
    }
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == 4
        years.append(2025)
        assert crawl(site, tmp_path).reports_known == 6


def test_a_list_whose_pages_got_other_addresses_stays_complete(tmp_path: Path) -> None:
    """A reversed pager's second page is named by their number, which grows."""

    def listed(years: range) -> portals.Pages:
        pages = column(tuple(reversed(years)))
        entries = [(f"/nb/{year}.html", title(year)) for year in reversed(years)]
        parts = [entries[n : n + 3] for n in range(0, len(entries), 3)]
        script = f'<script>var maxPageNum={len(parts)}; var purl="/nb/index_26";</script>'
        pages["/nb/"] = html("政府信息公开年报", items(*parts[0]) + script)
        return pages | {f"/nb/index_26_{len(parts) - n}.html": items(*part) for n, part in enumerate(parts) if n}

    with serving(listed(range(2013, 2022))) as site:
        crawl(site, tmp_path)
        assert rows(tmp_path, STATES) == [("complete",)]
        for path, page in listed(range(2013, 2023)).items():
            site.put(path, page)
        assert crawl(site, tmp_path).reports_known == 10
    assert rows(tmp_path, STATES) == [("complete",)]


def test_a_report_that_was_not_ready_is_looked_for_again(tmp_path: Path) -> None:
    pages = column((2023, 2024)) | {"/nb/2024.html": html("栏目维护中", "<p>请稍后再来</p>")}
    with serving(pages) as site:
        assert crawl(site, tmp_path, settings={}).reports_known == 1
        with sqlite3.connect(tmp_path / "frontier.db") as db:
            db.execute("UPDATE page SET due = 1 WHERE due > 0 AND report = 0")
        site.put("/nb/2024.html", report(ORGAN, 2024))
        assert crawl(site, tmp_path, settings={}).reports_known == 2


def test_dates_that_only_some_answers_print_are_no_change(tmp_path: Path) -> None:
    with serving(portals.jcms()) as site:
        crawl(site, tmp_path)
        site.asked.clear()
        crawl(site, tmp_path)
        assert not [path for path in site.paths() if path.startswith("/art/")]
        assert not [path for path in site.paths() if path.startswith("/module/web/jpage/dataproxy.jsp?page=")]


def test_undated_notices_are_counted_as_the_list_announces_them(tmp_path: Path) -> None:
    entries = [(f"/tz/{n}.html", f"关于第{n}号道路施工的通知") for n in range(18)]
    entries[4:4] = [("/nb/2023.html", title(2023))]
    entries[12:12] = [("/nb/2024.html", title(2024))]
    pages = column((2023, 2024)) | {"/": html("云溪市", '<a href="/tz/">通知公告</a>')}
    for number in (1, 2):
        listed = "".join(
            f'<li><a href="{url}">{text}</a></li>' for url, text in entries[(number - 1) * 10 : number * 10]
        )
        more = '<a href="/tz/2.html">下一页</a>' if number == 1 else ""
        pages["/tz/" if number == 1 else "/tz/2.html"] = html("通知公告", f"<ul>{listed}</ul>共20条 {more}")
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == 2
    assert rows(tmp_path, STATES) == [("complete",)]


def test_a_new_report_in_a_new_list_stirs_the_known_ones_too(tmp_path: Path) -> None:
    """A page a year: the old years' lists do not change when a new year gets its own."""
    pages = column((2022, 2023))
    links = "".join(f'<a href="/nb/y{year}/">{year}年</a>' for year in (2022, 2023))
    pages["/nb/"] = html("政府信息公开年报", links)
    for year in (2022, 2023):
        pages[f"/nb/y{year}/"] = html(f"{year}年", items((f"/nb/{year}.html", title(year))))
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == 2
        site.put("/nb/", html("政府信息公开年报", f'{links}<a href="/nb/y2024/">2024年</a>'))
        site.put("/nb/y2024/", html("2024年", items(("/nb/2024.html", title(2024)))))
        site.put("/nb/2024.html", report(ORGAN, 2024))
        site.asked.clear()
        assert crawl(site, tmp_path).reports_known == 3
        assert "/nb/2023.html" in site.paths() and site.paths().count("/nb/2024.html") == 1


def test_a_report_that_did_not_move_with_its_portal_has_gone(tmp_path: Path) -> None:
    """The column sends on to another place. Of the old addresses only that of the report that is not there is asked."""
    years = (2020, 2021, 2022, 2023)
    with serving(column(years)) as site:
        crawl(site, tmp_path)
        gone = Answer("<html><title>404</title></html>", 404)
        site.put("/nb/", Answer("", 301, {"Location": "/gk/"}))
        site.put("/gk/", html("政府信息公开年报", items(*((f"/gk/{year}.html", title(year)) for year in years[1:]))))
        for year in years:
            site.put(f"/nb/{year}.html", gone)
            site.put(f"/gk/{year}.html", report(ORGAN, year))
        site.asked.clear()
        run = crawl(site, tmp_path)
        asked = [path for path in site.paths() if path.startswith("/nb/2")]
    assert asked == ["/nb/2020.html"]
    assert ["/nb/2020.html" in each["where"] for each in run.problems if each["code"] == "report-gone"] == [True]


def test_an_entry_that_vanished_from_a_later_page_is_noticed_by_the_lists_length(tmp_path: Path) -> None:
    def listed(years: list[int]) -> portals.Pages:
        pages = column(tuple(years))
        parts = [years[n : n + 3] for n in range(0, len(years), 3)]
        for number, part in enumerate(parts):
            body = items(*((f"/nb/{year}.html", title(year)) for year in part))
            turn = f'<script>createPageHTML({len(parts)},{number},"index","html");</script>'
            pages["/nb/" if number == 0 else f"/nb/index_{number}.html"] = html("政府信息公开年报", body + turn)
        return pages

    years = list(range(2023, 2013, -1))
    with serving(listed(years)) as site:
        assert crawl(site, tmp_path).reports_known == 10
        years.remove(2016)
        for path, page in listed(years).items():
            site.put(path, page)
        site.put("/nb/index_3.html", Answer("<html><title>404</title></html>", 404))
        site.put("/nb/2016.html", Answer("<html><title>404</title></html>", 404))
        run = crawl(site, tmp_path)
    assert ["2016" in each["where"] for each in run.problems if each["code"] == "report-gone"] == [True]


def test_a_year_in_a_choice_is_no_sign_of_its_report(tmp_path: Path) -> None:
    """A page that says that it has nothing lists all years, that of the removed report too."""
    pages = column((2022, 2023))
    entries = '<li><a href="/nb/2022.html">2022年</a></li><li><a href="/nb/2023.html">2023年</a></li>'
    pages["/nb/"] = html("政府信息公开年报", f"<h3>政府信息公开年报</h3><ul>{entries}</ul>")
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == 2
        site.put("/nb/2022.html", html("年报", "<select><option>2022年</option></select><p>暂无数据</p>"))
        with sqlite3.connect(tmp_path / "frontier.db") as db:
            db.execute("UPDATE page SET due = 1 WHERE report = 1")
        run = crawl(site, tmp_path)
    assert ["2022" in each["where"] for each in run.problems if each["code"] == "report-gone"] == [True]


def test_little_is_explored_beside_a_column_of_reports(tmp_path: Path) -> None:
    aside = "".join(f'<a href="/a{n}/">栏目{n}</a>' for n in range(20))
    pages = column((2022, 2023, 2024)) | {f"/a{n}/": html(f"栏目{n}", "<p>无</p>") for n in range(20)}
    pages["/"] = html("云溪市", f'<a href="/nb/">政府信息公开年报</a>{aside}')
    with serving(pages) as site:
        crawl(site, tmp_path)
        assert len([path for path in site.paths() if path.startswith("/a")]) <= 3


def test_a_report_that_moved_deep_in_its_list_is_found_at_its_new_address(tmp_path: Path) -> None:
    """Only the first pages show something new, so the list is not read so deep, until the old address has gone."""

    def listed(years: list[int], moved: int | None = None) -> portals.Pages:
        pages: portals.Pages = {"/": html("云溪市人民政府", '<a href="/nb/">政府信息公开年报</a>')}
        parts = [years[n : n + 3] for n in range(0, len(years), 3)]
        for number, part in enumerate(parts):
            body = items(*((f"/nb/{year}{'b' if year == moved else ''}.html", title(year)) for year in part))
            turn = f'<script>createPageHTML({len(parts)},{number},"index","html");</script>'
            pages["/nb/" if number == 0 else f"/nb/index_{number}.html"] = html("政府信息公开年报", body + turn)
        return pages

    years = list(range(2023, 2010, -1))
    with serving(listed(years) | {f"/nb/{year}.html": report(ORGAN, year) for year in years}) as site:
        assert crawl(site, tmp_path).reports_known == 13
        for path, page in (listed([2024, *years], moved=2015) | {"/nb/2024.html": report(ORGAN, 2024)}).items():
            site.put(path, page)
        site.put("/nb/2015.html", Answer("<html><title>404</title></html>", 404))
        site.put("/nb/2015b.html", report(ORGAN, 2015))
        site.asked.clear()
        crawl(site, tmp_path)
        assert "/nb/2015b.html" in site.paths()
        assert max(site.paths().count(path) for path in set(site.paths())) == 1
        site.asked.clear()
        crawl(site, tmp_path)
        assert not [path for path in site.paths() if path.startswith("/nb/2")]


def test_a_new_report_whose_name_is_that_of_others_does_not_stand_for_them(tmp_path: Path) -> None:
    """Under the organs' headings the links name only the year: one that is new is no other one's new address."""
    organs = {"a": "云溪市教育局", "b": "云溪市财政局", "c": "云溪市民政局"}

    def listed(names: str) -> str:
        text = "2023年政府信息公开工作年度报告"
        boxes = (f"<div><h3>{organs[name]}</h3>{items((f'/nb/{name}.html', text))}</div>" for name in names)
        return html("政府信息公开年报", "".join(boxes))

    pages: portals.Pages = {"/": html("云溪市", '<a href="/nb/">政府信息公开年报</a>'), "/nb/": listed("ab")}
    with serving(pages | {f"/nb/{name}.html": report(organ, 2023) for name, organ in organs.items()}) as site:
        assert crawl(site, tmp_path).reports_known == 2
        site.put("/nb/", listed("abc"))
        site.asked.clear()
        assert crawl(site, tmp_path).reports_known == 3
        assert {"/nb/a.html", "/nb/b.html"} <= set(site.paths())


def test_what_stands_beside_a_list_and_changes_daily_asks_for_no_reports(tmp_path: Path) -> None:
    """A link to another portal with the day of the visit beside it, and what others read."""
    pages = column((2023, 2024))
    listed = pages["/nb/"]
    assert isinstance(listed, str)

    def today(day: int) -> str:
        clock = f'<div>今天是2026年3月{day}日 <a href="http://www.sheng.example/">省人民政府</a></div>'
        read = items((f"/xw/{day % 3}.html", f"热点{day}"), date=f"2026-03-{day:02}")
        return listed.replace("</body>", f"{clock}{read}</body>")

    with serving(pages | {f"/xw/{n}.html": html("热点", "<p>要闻</p>") for n in range(3)}) as site:
        for day in (1, 2, 3, 4, 5):
            site.asked.clear()
            site.put("/nb/", today(day))
            crawl(site, tmp_path)
    assert "/nb/" in site.paths() and not [path for path in site.paths() if path.startswith("/nb/2")]


def test_what_a_shell_shows_beside_its_list_does_not_take_the_lists_place(tmp_path: Path) -> None:
    """The column's page and the fragment that fills it are both page 1 of the list."""
    pages = portals.lonsun()
    column = "/public/column/65?type=4&action=list"
    shell = pages[column]
    assert isinstance(shell, str)
    pages[column] = shell.replace("<div", items(("/xw/1.html", "惠民政策一览表")) + "<div", 1)
    with serving(pages | {"/xw/1.html": html("一览表", "<p>要闻</p>")}, etags=False) as site:
        crawl(site, tmp_path)
        site.asked.clear()
        crawl(site, tmp_path)
    assert "/public/65/1.html" not in site.paths()
