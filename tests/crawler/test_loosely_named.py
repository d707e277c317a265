"""From a home page to all reports where links say little of what they lead to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.crawler import loosely
from tests.crawler.crawls import crawl
from tests.crawler.portals import Pages, titles
from tests.crawler.site import serving


@pytest.mark.parametrize("portal", loosely.ALL, ids=lambda portal: portal.__name__)
def test_all_reports_are_found(portal: Callable[[], Pages], tmp_path: Path) -> None:
    with serving(portal()) as site:
        assert crawl(site, tmp_path).reports_known == len(titles())
        assert len(site.asked) < 2 * len(titles())
