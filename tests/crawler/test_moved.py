"""A portal that was rebuilt: new addresses everywhere, the old ones answer 404."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.crawler import portals
from tests.crawler.crawls import PLAIN, crawl, rows
from tests.crawler.names import DOMAIN, SETTING, serving_names
from tests.crawler.site import Answer, Asked, html, items, report, serving

ORGAN = "云溪市教育局"


def test_the_reports_of_a_rebuilt_portal_are_found_again_from_its_home_page(tmp_path: Path) -> None:
    before, after = portals.trs(), portals.boda()
    with serving(before) as site:
        assert crawl(site, tmp_path).counts["new_reports"] == len(portals.titles())
        for path in before:
            site.put(path, Answer("<html><title>404</title></html>", 404))
        for path, page in after.items():
            site.put(path, page)
        run = crawl(site, tmp_path)
        asked = site.paths()
    assert run.outcome == "finished", run.reason
    assert run.counts["new_reports"] == len(portals.titles())
    assert any(problem["code"] == "column-gone" for problem in run.problems)
    # the old addresses are kept, and asked for again only when they fall due
    assert rows(tmp_path, "SELECT count(*) FROM page WHERE report = 1") == [(2 * len(portals.titles()),)]
    assert len(asked) <= 3 * len(portals.titles())


def test_a_home_page_that_sends_on_to_another_host_is_told(tmp_path: Path) -> None:
    with serving(portals.trs()) as site:
        crawl(site, tmp_path)
        site.put("/", Answer("", 301, {"Location": "http://new.example.invalid/"}))
        crawl(site, tmp_path)
        run = crawl(site, tmp_path)  # and again the night after
    moved = [problem for problem in run.problems if problem["code"] == "moved"]
    assert len(moved) == 1 and "new.example.invalid" in moved[0]["message"]
    assert run.outcome == "failed" and "new.example.invalid" in (run.reason or "")


def test_a_home_page_that_answers_only_with_www_is_asked_for_there_at_every_visit(tmp_path: Path) -> None:
    """The registry has it without: its row waited for ever for the robots.txt of a host that was not its own."""
    with serving_names({}) as site:
        home = f"http://{DOMAIN}:{site.port}/"

        def only_with_www(page: str) -> Callable[[Asked], Answer]:
            there = f"http://www.{DOMAIN}:{site.port}"
            return lambda asked: (
                Answer(page)
                if asked.headers["Host"].startswith("www.")
                else Answer("", 301, {"Location": f"{there}{asked.path}"})
            )

        pages = {
            "/": html("云溪市人民政府", '<a href="/nb/">政府信息公开年报</a>'),
            "/nb/": html("政府信息公开年报", items(("/nb/1.html", f"{ORGAN}2024年政府信息公开工作年度报告"))),
            "/nb/1.html": report(ORGAN, 2024),
        }
        for path, page in pages.items():
            site.put(path, only_with_www(page))
        settings = {**PLAIN, **SETTING}
        assert crawl(home, tmp_path, settings=settings).reports_known == 1
        site.asked.clear()
        run = crawl(home, tmp_path, settings=settings)
        assert run.outcome == "finished", run.reason
        assert site.paths() == ["/", "/nb/"]


def test_a_portal_that_names_itself_otherwise_on_loopback(tmp_path: Path) -> None:
    """Its links say localhost where it was asked for as 127.0.0.1: one portal, and each page once."""
    with serving(portals.trs()) as site:
        other = site.home.replace("127.0.0.1", "localhost")
        site.put("/", html("云溪市人民政府", f'<a href="{other}zfxxgk/">政府信息公开</a>'))
        assert crawl(site, tmp_path).reports_known == len(portals.titles())
        assert len(site.paths()) == len(set(site.paths()))


def test_reports_that_stand_on_another_portal_are_told_of_where_there_are_no_others(tmp_path: Path) -> None:
    column = '<a href="http://zwgk.example.invalid/nb/">政府信息公开年报</a>'
    with serving({"/": html("云溪市人民政府", column)}) as site:
        run = crawl(site, tmp_path)
    assert run.outcome == "failed" and "zwgk.example.invalid" in (run.reason or "")
