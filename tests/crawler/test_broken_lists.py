"""Lists of which a page cannot be had: they are incomplete, and the crawl's last lines say which page it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crawler.crawls import crawl, rows
from tests.crawler.portals import titles
from tests.crawler.site import Answer, items, serving
from tests.crawler.test_opened_lists import column

ENTRIES = [(f"/detail/{number}.html", title) for number, (_, _, title) in enumerate(titles())]
HALF = len(ENTRIES) // 2
NEXT = '<a href="/zfxxgk/nb/2.html">下一页</a>'


@pytest.mark.parametrize("announced", ["共2页", ""])
@pytest.mark.parametrize("status", [500, 403])
def test_an_error_of_the_portal_is_no_end_of_a_list(announced: str, status: int, tmp_path: Path) -> None:
    """The last page that is announced, or linked, counts as read only where it was."""
    pages = column(f"{items(*ENTRIES[:HALF])}<div class=page>{announced} {NEXT}</div>")
    pages["/zfxxgk/nb/2.html"] = Answer("", status)
    with serving(pages) as site:
        run = crawl(site, tmp_path)
    assert run.reports_known == HALF
    assert run.incomplete == 1
    [(state, proof)] = rows(tmp_path, "SELECT state, proof FROM listing")
    assert state == "incomplete"
    assert f"HTTP {status}" in proof


def test_a_page_that_is_not_there_ends_a_list_that_announces_none(tmp_path: Path) -> None:
    pages = column(f"{items(*ENTRIES)}<div class=page>{NEXT}</div>")
    with serving(pages) as site:
        run = crawl(site, tmp_path)
    assert (run.reports_known, run.incomplete) == (len(ENTRIES), 0)
