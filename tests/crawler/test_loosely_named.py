"""From a home page to all reports where links say little of what they lead to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.crawler import loosely
from tests.crawler.crawls import crawl
from tests.crawler.hidden import entries, reports
from tests.crawler.portals import Pages, frame, titles
from tests.crawler.site import html, items, serving


@pytest.mark.parametrize("portal", loosely.ALL, ids=lambda portal: portal.__name__)
def test_all_reports_are_found(portal: Callable[[], Pages], tmp_path: Path) -> None:
    with serving(portal()) as site:
        assert crawl(site, tmp_path).reports_known == len(titles())
        assert len(site.asked) < 2 * len(titles())


def test_organs_that_are_not_opened_are_told(tmp_path: Path) -> None:
    """Six in a row without a report, where the portal has shown some: the rest are left, and not in silence."""
    pages = loosely.organs_without_reports_first()
    pages["/"] = html(
        "云溪市", "<a href='/zfxxgk/'>政府信息公开</a><a href='/r/0.html'>云溪市2024年政府信息公开工作年度报告</a>"
    )
    with serving(pages) as site:
        run = crawl(site, tmp_path)
    assert run.reports_known < len(titles())
    assert "links-left" in {problem["code"] for problem in run.problems}


def test_a_function_that_opens_columns_is_no_pager(tmp_path: Path) -> None:
    """``l.asp?id=1`` is the column with this number, and id=2 the next column, not its next page."""
    script = "<script>function lm(id){location.href='l.asp?id='+id;}</script><li onclick='lm(2)'>政策文件</li>"
    pages = frame("/l.asp?id=1") | reports()
    pages["/l.asp?id=1"] = html("政府信息公开年报", items(*entries()) + script)
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == len(titles())
        assert "/l.asp?id=2" not in site.paths()
