"""Real crawls of small portals of every family, from their home pages, against a server on loopback."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.crawler import portals
from tests.crawler.crawls import crawl, rows
from tests.crawler.site import serving

#: A second, unchanged crawl is tried on these: static pages, a JSON list, a tree, sub-sites.
REVISITED = (portals.trs, portals.ucap_json, portals.year_tree, portals.sub_sites)


def found(archive: Path) -> set[str]:
    """Addresses that were read as reports."""
    return {url for (url,) in rows(archive, "SELECT url FROM page WHERE report = 1")}


@pytest.mark.parametrize("portal", portals.ALL, ids=lambda portal: portal.__name__)
def test_every_report_of_every_family_is_found(portal: Callable[[], portals.Pages], tmp_path: Path) -> None:
    with serving(portal()) as site:
        first = crawl(site, tmp_path)
        asked = site.paths()
        wanted = len(portals.titles())
        assert first.outcome == "finished", first
        assert len(found(tmp_path)) == wanted, sorted(found(tmp_path))
        assert first.incomplete == 0, first.problems
        assert len(asked) <= 1.5 * (wanted + 12), asked
        if portal not in REVISITED:
            return
        site.asked.clear()
        second = crawl(site, tmp_path)
        assert second.outcome == "finished"
        again = [each.path for each in site.asked if each.path != "/robots.txt"]
        assert not any(site.home.rstrip("/") + path in found(tmp_path) for path in again), again
        assert len(again) <= 24
        tested = [each for each in site.asked if each.headers.get("If-None-Match") == '"gongkai"']
        assert len(tested) <= 1, "whether its 304 says anything"
        unchanged = [each for each in site.asked if each not in tested and not each.path.startswith("/common")]
        assert all(each.status in (304, 404) or not site.etags for each in unchanged)
