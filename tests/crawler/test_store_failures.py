"""What the archive has and the database has not is a failed crawl: cron must hear of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crawler.settings import EXTENSIONS
from tests.crawler.crawls import crawl, rows
from tests.crawler.site import html, items, report, serving

PAGES: dict[str, Any] = {
    "/": html("云溪市", '<a href="/nb/">政府信息公开年报</a>'),
    "/nb/": html("年报", items(("/nb/1.html", "云溪市教育局2024年政府信息公开工作年度报告"))),
    "/nb/1.html": report("云溪市教育局", 2024),
}


@pytest.mark.parametrize(
    ("failing", "reason"), [("AtTheEnd", "no room for it"), ("Readings", "pages are archived")], ids=["end", "page"]
)
def test_a_page_that_is_not_stored_makes_the_crawl_fail(failing: str, reason: str, tmp_path: Path) -> None:
    extensions = {**EXTENSIONS, f"tests.crawler.failing_store.{failing}": 500}
    told: list[dict[str, Any]] = []
    with serving(PAGES) as site:
        run = crawl(site, tmp_path, settings={"EXTENSIONS": extensions}, progress=told.append)
        assert run.outcome == "failed"
        assert reason in (run.reason or "") and "\n" not in (run.reason or "")
        assert [line["outcome"] for line in told if line["event"] == "end"] == ["failed"]
        assert rows(tmp_path, "SELECT outcome FROM visit") == [("failed",)]
        if failing == "AtTheEnd":
            return
        fine = crawl(site, tmp_path / "fine", settings={})
    assert fine.outcome == "finished", fine.reason
    assert fine.counts["reports"] == 1
