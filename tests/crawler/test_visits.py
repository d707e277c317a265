"""The nights after: what has gone, came back or moved on the portal itself, and what template noise is not."""

from __future__ import annotations

import itertools
import time
from pathlib import Path
from typing import Any

import pytest

from crawler.address import canonical, host_of
from crawler.frontier import visit
from crawler.frontier.frontier import Frontier, Target
from tests.crawler import portals
from tests.crawler.crawls import crawl, rows
from tests.crawler.site import Answer, Asked, html, items, report, serving

ORGAN = "云溪市教育局"
YEARS = (2022, 2023, 2024, 2025)


def title(year: int) -> str:
    return f"{ORGAN}{year}年政府信息公开工作年度报告"


def portal(years: tuple[int, ...] = YEARS) -> portals.Pages:
    """A home page, a column, a report a year."""
    listed = items(*((f"/nb/{year}.html", title(year)) for year in years))
    return {
        "/": html("云溪市人民政府", '<a href="/nb/">政府信息公开年报</a><a href="/xw/">新闻</a>'),
        "/nb/": html("政府信息公开年报", listed),
    } | {f"/nb/{year}.html": report(ORGAN, year) for year in years}


def stored(archive: Path, query: str) -> list[Any]:
    """Rows of the database."""
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(archive / "gongkai.db")) as db:
        return db.execute(query).fetchall()


GONE: dict[str, Answer] = {
    "soft-404": Answer(html("提示信息", "<p>抱歉，您访问的页面不存在或已删除</p>")),
    "home-page-in-its-place": Answer(html("云溪市人民政府门户网站", "<p>欢迎访问</p><a href='/nb/'>公开</a>")),
    "redirect-home": Answer("", 302, {"Location": "/"}),
    "refresh-home": Answer(html("提示", "", '<meta http-equiv="refresh" content="0;url=/">')),
    "410": Answer("gone", 410),
}


@pytest.mark.parametrize("answer", GONE.values(), ids=GONE.keys())
def test_what_has_gone_is_marked_however_the_portal_says_it(answer: Answer, tmp_path: Path) -> None:
    with serving(portal()) as site:
        assert crawl(site, tmp_path, settings={}).outcome == "finished"
        site.put("/nb/2025.html", answer)
        site.put("/nb/", html("政府信息公开年报", items(*((f"/nb/{year}.html", title(year)) for year in YEARS[:3]))))
        run = crawl(site, tmp_path, settings={})
        assert run.outcome == "finished", run.reason
        assert [problem["where"] for problem in run.problems if problem["code"] == "report-gone"] == [
            f"{site.home}nb/2025.html"
        ]
        assert stored(tmp_path, "SELECT year, version FROM report WHERE gone_since IS NOT NULL") == [(2025, 1)]
        site.asked.clear()
        crawl(site, tmp_path, settings={})
        assert "/nb/2025.html" not in site.paths(), "asked for again when it falls due, not every night"
        for path, page in portal().items():
            site.put(path, page)
        crawl(site, tmp_path, settings={})  # the list has it again, so it is looked for
    assert stored(tmp_path, "SELECT count(*) FROM report WHERE gone_since IS NOT NULL") == [(0,)]
    assert stored(tmp_path, "SELECT count(*) FROM report WHERE version > 1") == [(0,)]


def test_counters_tokens_and_advertisements_are_no_edit_and_no_failure(tmp_path: Path) -> None:
    turn = itertools.count(1000)
    themes = itertools.cycle(("优化营商环境专题", "安全生产月专题", "全民阅读专题"))

    def noisy(page: str) -> Any:
        def answer(asked: Asked) -> Answer:
            n = next(turn)
            noise = f'<p>浏览次数：{n}</p><div><a href="/zt/">{next(themes)}</a></div><input value="token{n}">'
            return Answer(page.replace("</body>", noise + "</body>"))

        return answer

    pages = {path: noisy(page) for path, page in portal().items() if isinstance(page, str)}
    with serving(pages, etags=False) as site:
        assert crawl(site, tmp_path, settings={}).counts["reports"] == len(YEARS)
        again = crawl(site, tmp_path, settings={})
        assert again.outcome == "finished", again.reason
        crawl(site, tmp_path, settings={}, full=True)
    assert stored(tmp_path, "SELECT count(*), max(version) FROM report") == [(len(YEARS), 1)]


def test_a_home_page_that_sends_on_to_another_place_of_the_portal_is_followed_again(tmp_path: Path) -> None:
    pages = portal()
    home, column = pages.pop("/"), pages["/nb/"]
    with serving(pages | {"/": Answer("", 302, {"Location": "/old/"}), "/old/": home}) as site:
        crawl(site, tmp_path)
        for path in ("/old/", "/nb/", *(f"/nb/{year}.html" for year in YEARS)):
            site.put(path, Answer("", 404))
        site.put("/", Answer("", 302, {"Location": "/new/"}))
        site.put("/new/", html("云溪市人民政府", '<a href="/gk/nb/">政府信息公开年报</a>'))
        assert isinstance(column, str)
        site.put("/gk/nb/", column.replace("/nb/", "/gk/nb/"))
        for year in YEARS:
            site.put(f"/gk/nb/{year}.html", report(ORGAN, year))
        run = crawl(site, tmp_path)
    assert run.counts["new_reports"] == len(YEARS)


def test_a_column_that_failed_once_is_asked_for_the_next_night(tmp_path: Path) -> None:
    with serving(portal()) as site:
        crawl(site, tmp_path)
        column = site.pages["/nb/"]
        site.put("/nb/", Answer("", 500))
        run = crawl(site, tmp_path)
        assert any(problem["code"] == "column-unreachable" for problem in run.problems)
        assert not any(problem["code"] == "column-gone" for problem in run.problems)
        site.put("/nb/", column)
    due = rows(tmp_path, "SELECT due FROM page WHERE kind = 'column' AND state = 'dropped'")[0][0]
    assert 0 < due - time.time() < visit.DAY


def test_dead_links_are_tried_ever_more_seldom(tmp_path: Path) -> None:
    pages = portal()
    pages["/nb/2024.html"] = Answer("", 404)
    with serving(pages) as site:
        crawl(site, tmp_path)
        site.asked.clear()
        crawl(site, tmp_path)
        assert "/nb/2024.html" not in site.paths()
    now = time.time()
    waits = [visit.due_again(now, visit.retry_gone(), attempts) - now for attempts in range(8)]
    assert waits[0] == 7 * visit.DAY and waits == sorted(waits) and waits[-1] == 300 * visit.DAY


@pytest.mark.parametrize(("age", "most"), [(10, 7), (100, 30), (800, 90), (4000, 300)])
def test_known_reports_are_checked_again_by_their_age(age: int, most: int) -> None:
    now = time.time()
    listed = time.strftime("%Y-%m-%d", time.localtime(now - age * visit.DAY))
    assert visit.due(now, listed=listed, added=now, year=None) - now == most * visit.DAY


def test_an_answer_that_broke_off_is_asked_for_again_and_is_no_first_version(tmp_path: Path) -> None:
    whole = report(ORGAN, 2025).encode()
    answers = itertools.chain([whole[: len(whole) // 2]], itertools.repeat(whole))

    def cut_once(asked: Asked) -> Answer:
        body = next(answers)
        length = {"Content-Length": str(len(whole)), "Connection": "close"} if len(body) < len(whole) else {}
        return Answer(body, headers=length)

    with serving(portal() | {"/nb/2025.html": cut_once}, etags=False) as site:
        run = crawl(site, tmp_path, settings={})
        assert site.paths().count("/nb/2025.html") == 2
    assert run.outcome == "finished", run.reason
    assert stored(tmp_path, "SELECT version FROM report WHERE year = 2025") == [(1,)]
    found = stored(tmp_path, "SELECT c.truncated FROM report r JOIN capture c ON c.id = r.capture WHERE year = 2025")
    assert found == [(None,)], "the whole page is shown"


@pytest.mark.parametrize(("reason", "hours", "goes_on"), [
    (f"{visit.STOPPED}: it was told to stop; the next crawl goes on", 1, True),
    (f"{visit.STOPPED}: it was told to stop; the next crawl goes on", 24, False),
    (None, 1, False),
])  # fmt: skip
def test_a_visit_that_was_stopped_goes_on_the_same_day(
    reason: str | None, hours: int, goes_on: bool, tmp_path: Path
) -> None:
    frontier = Frontier(tmp_path / "frontier.db", "a")
    url = "http://a.gov.cn/"
    frontier.add([Target(url, canonical(url), host_of(url), "seed", 99.0, "seed")])
    visit.begin(frontier, "first", now=1e9)
    row = frontier.next(set(), 1e9)
    assert row is not None
    frontier.finish([(row, {})], now=1e9)
    visit.end(frontier, "first", "failed" if reason else "finished", reason, now=1e9 + 60)
    assert visit.begin(frontier, "second", now=1e9 + hours * 3600) is goes_on
    assert frontier.count("state = 'pending'") == (0 if goes_on else 1)
    frontier.close()


def test_pages_that_only_lead_to_an_organs_column_are_asked_for_once_a_week(tmp_path: Path) -> None:
    organs = ("教育局", "财政局", "民政局")
    links = "".join(f'<li><a href="/{n}/">{organ}</a></li>' for n, organ in enumerate(organs))
    pages: portals.Pages = {
        "/": html("云溪市人民政府", '<a href="/gk/">政府信息公开</a>'),
        "/gk/": html("政府信息公开", f"<h3>部门信息公开</h3><ul>{links}</ul>"),
    }
    for n, organ in enumerate(organs):
        pages[f"/{n}/"] = html(organ, f'<a href="/{n}/nb/">政府信息公开年报</a>')
        pages[f"/{n}/nb/"] = html("年报", items((f"/{n}/nb/1.html", f"云溪市{organ}2023年政府信息公开工作年度报告")))
        pages[f"/{n}/nb/1.html"] = report(f"云溪市{organ}", 2023)
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == 3
        site.asked.clear()
        crawl(site, tmp_path)
        assert sorted(site.paths()) == ["/", "/0/nb/", "/1/nb/", "/2/nb/", "/gk/"]
        new = [(f"/0/nb/{n}.html", f"云溪市教育局{2022 + n}年政府信息公开工作年度报告") for n in (1, 2)]
        site.put("/0/nb/", html("年报", items(*new)))
        site.put("/0/nb/2.html", report("云溪市教育局", 2024))
        site.put("/1/", html("财政局", '<a href="/1/nb/">政府信息公开年报</a><a href="/1/ls/">历年信息公开年报</a>'))
        site.put("/1/ls/", html("年报", items(("/1/ls/1.html", "云溪市财政局2022年政府信息公开工作年度报告"))))
        site.put("/1/ls/1.html", report("云溪市财政局", 2022))
        assert crawl(site, tmp_path).reports_known == 5, "where something has changed, they are asked for at once"


def test_a_report_that_is_listed_again_under_another_title_is_asked_for_at_once(tmp_path: Path) -> None:
    pages = portal()
    with serving(pages) as site:
        crawl(site, tmp_path)
        listed = [(f"/nb/{year}.html", title(year)) for year in YEARS]
        site.put("/nb/", html("政府信息公开年报", items(*listed[1:])))
        site.put("/nb/2022.html", Answer("", 404))
        crawl(site, tmp_path)
        assert rows(tmp_path, "SELECT state FROM page WHERE canonical LIKE '%/nb/2022.html'") == [("dropped",)]
        renamed = title(2022).replace("教育局", "教育体育局")
        site.put("/nb/", html("政府信息公开年报", items(("/nb/2022.html", renamed), *listed[1:])))
        site.put("/nb/2022.html", report("云溪市教育体育局", 2022))
        crawl(site, tmp_path)
    assert rows(tmp_path, "SELECT state FROM page WHERE canonical LIKE '%/nb/2022.html'") == [("done",)]
