"""A portal that was rebuilt: new addresses everywhere, the old ones answer 404."""

from __future__ import annotations

from pathlib import Path

from tests.crawler import portals
from tests.crawler.crawls import crawl, rows
from tests.crawler.site import Answer, serving


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
