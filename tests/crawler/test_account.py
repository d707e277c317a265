"""The account of a crawl's CPU that ``python -m bench.crawl`` prints: its doors are where the crawl goes through."""

from __future__ import annotations

from pathlib import Path

from bench import account
from tests.crawler import portals
from tests.crawler.crawls import crawl
from tests.crawler.site import serving


def test_every_door_is_gone_through_and_the_parts_make_the_whole(tmp_path: Path) -> None:
    with serving(portals.trs()) as site:
        run = crawl(site, tmp_path, settings=account.SETTINGS)
    assert run.outcome == "finished"
    (told,) = account.read(tmp_path)
    assert told["answers"] >= run.counts["requests"]
    assert set(told["spent"]) == {*account.DOORS, account.READING, account.REST}
    assert all(seconds > 0 for seconds in told["spent"].values())
    assert told["memory"][0][0] == 0 < told["memory"][-1][1] <= told["highest"] + 1
