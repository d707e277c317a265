"""A portal that may be asked only at certain hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

import data
from crawler.politeness.window import CHINA, Window
from crawler.portals import registry
from crawler.processes import runner
from tests.crawler import portals
from tests.crawler.crawls import crawl
from tests.crawler.site import serving


@pytest.mark.parametrize(
    ("window", "clock", "open_"),
    [
        ("22:00-06:00", "23:30", True),
        ("22:00-06:00", "05:59", True),
        ("22:00-06:00", "06:00", False),
        ("09:00-17:30", "17:29", True),
        ("09:00-17:30", "08:59", False),
        ("00:00-00:00", "12:00", True),
    ],
)
def test_hours_of_china(window: str, clock: str, open_: bool) -> None:
    moment = datetime.fromisoformat(f"2026-01-31T{clock}").replace(tzinfo=CHINA).timestamp()
    assert Window.parse(window).is_open(moment) is open_


def test_a_malformed_window_names_its_entry(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("portals:\n  - {id: a, home: 'http://a.gov.cn/', window: at night}\n")
    with pytest.raises(data.DataFileError, match=r"x\.yaml: a: 'at night'"):
        registry.load(tmp_path)


def test_nothing_is_asked_outside_the_window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime.now(CHINA)
    closed = f"{now + timedelta(hours=2):%H:%M}-{now + timedelta(hours=3):%H:%M}"
    entered = registry.resolve
    with monkeypatch.context() as at_night, serving(portals.trs()) as site:
        at_night.setattr(runner, "resolve", lambda *asked: replace(entered(*asked), window=closed))
        run = crawl(site, tmp_path)
        assert site.asked == []
        assert run.outcome == "finished" and closed in (run.reason or "")
        at_night.undo()
        assert crawl(site, tmp_path).counts["reports"] == len(portals.titles())
