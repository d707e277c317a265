"""Missing years from an archive of the web: a loopback server that speaks CDX and raw replay as pywb does."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.crawler.crawls import crawl
from tests.crawler.site import Answer, Asked, Reply, Site, html, items, report, serving

ORGAN = "云溪市教育局"


def portal() -> dict[str, Reply | str]:
    """Lists 2024 only, and answers 404 for 2023, which it lists."""
    listed = [(f"/nb/{year}.html", f"{ORGAN}{year}年政府信息公开工作年度报告") for year in (2024, 2023)]
    return {
        "/": html("云溪市", '<a href="/nb/">政府信息公开年报</a>'),
        "/nb/": html("政府信息公开年报", items(*listed)),
        "/nb/2024.html": report(ORGAN, 2024),
    }


def past(home: str, *, arrays: bool) -> dict[str, Reply | str]:
    """The archive of the web: the column of 2021 with 2019 and 2020, those reports, and the one that is gone."""
    root = home.rstrip("/")
    listed = [(f"/nb/{year}.html", f"{ORGAN}{year}年政府信息公开工作年度报告") for year in (2020, 2019)]
    held = {
        (f"{root}/nb/", "20210301000000"): html("政府信息公开年报", items(*listed)),
        (f"{root}/nb/2019.html", "20200401000000"): report(ORGAN, 2019, figure=19),
        (f"{root}/nb/2020.html", "20210301010000"): report(ORGAN, 2020, figure=20),
        (f"{root}/nb/2023.html", "20240301000000"): report(ORGAN, 2023, figure=23),
    }

    def cdx(asked: Asked) -> Answer:
        url = parse_qs(urlsplit(asked.path).query)["url"][0]
        lines = [(stamp, each) for each, stamp in held if each == url]
        if arrays:
            table = [["urlkey", "timestamp", "original", "statuscode"], *(["k", s, u, "200"] for s, u in lines)]
            return Answer(json.dumps(table if lines else []), media="application/json")
        text = "\n".join(json.dumps({"timestamp": s, "url": u, "status": "200"}) for s, u in lines)
        return Answer(text, media="text/x-ndjson")

    pages: dict[str, Reply | str] = {"/web/cdx?*": cdx}
    return pages | {f"/web/{stamp}id_/{url}": body for (url, stamp), body in held.items()}


@pytest.mark.parametrize("arrays", [False, True], ids=["pywb", "internet-archive"])
def test_missing_years_come_from_the_past_with_their_own_dates(arrays: bool, tmp_path: Path) -> None:
    with serving(portal()) as site, serving(past(site.home, arrays=arrays), etags=False) as web:
        settings: dict[str, Any] = {"GONGKAI_MEMENTO": f"{web.home}web", "GONGKAI_MEMENTO_DELAY": 0}
        run = crawl(site, tmp_path, settings=settings)
        asked = len(web.asked)
        crawl(site, tmp_path, settings=settings)
        assert len(web.asked) == asked, "no address is asked for twice within weeks"
    assert run.outcome == "finished", run.reason
    assert run.counts["mementos"] == 3
    assert stored(tmp_path, site, web) == [
        (2019, "2020-04-01", "memento", True),
        (2020, "2021-03-01", "memento", True),
        (2023, "2024-03-01", "memento", True),
    ]


def stored(archive: Path, site: Site, web: Site) -> list[tuple[int, str, str, bool]]:
    """Year, day and origin of the reports that came from the past."""
    query = (
        "SELECT report.year, substr(capture.time, 1, 10), capture.rule, capture.via FROM report"
        " JOIN capture ON capture.id = report.capture WHERE capture.rule = 'memento' ORDER BY report.year"
    )
    with closing(sqlite3.connect(archive / "gongkai.db")) as db:
        return [(year, day, rule, via.startswith(web.home)) for year, day, rule, via in db.execute(query)]


def test_it_is_off_and_a_source_that_does_not_answer_fails_nothing(tmp_path: Path) -> None:
    with serving(portal()) as site:
        assert "mementos" not in crawl(site, tmp_path).counts
        run = crawl(site, tmp_path / "dead", settings={"ITEM_PIPELINES": {}, "GONGKAI_MEMENTO": "http://127.0.0.1:9/"})
    assert run.outcome == "finished", run.reason
    assert [problem["code"] for problem in run.problems if problem["code"].startswith("memento")] == ["memento-failed"]


@pytest.mark.parametrize("status", [403, 429, 503])
def test_a_source_that_refuses_is_asked_for_nothing_more(status: int, tmp_path: Path) -> None:
    with serving(portal()) as site, serving(past(site.home, arrays=False), etags=False) as web:
        for path in [each for each in web.pages if "id_/" in each]:
            web.put(path, Answer("", status))
        run = crawl(site, tmp_path, settings={"ITEM_PIPELINES": {}, "GONGKAI_MEMENTO": f"{web.home}web"})
        assert [each.status for each in web.asked].count(status) == 1
    assert "memento-failed" in [problem["code"] for problem in run.problems]


def test_a_source_that_sends_elsewhere_is_not_followed(tmp_path: Path) -> None:
    with serving(portal()) as site, serving({}, etags=False) as other:
        with serving({"/web/cdx?*": Answer("", 302, {"Location": f"{other.home}cdx"})}, etags=False) as web:
            crawl(site, tmp_path, settings={"ITEM_PIPELINES": {}, "GONGKAI_MEMENTO": f"{web.home}web"})
            assert web.asked
        assert other.asked == []


@pytest.mark.parametrize(
    "odd",
    [
        pytest.param(Answer("", 500), id="500"),
        pytest.param(Answer("<html>busy</html>"), id="page"),
        pytest.param(Answer('[["urlkey", "status"], ["a", "200"]]'), id="table"),
    ],
)
def test_an_address_that_the_source_could_not_tell_of_is_asked_for_again_the_next_night(
    odd: Answer, tmp_path: Path
) -> None:
    with serving(portal()) as site, serving(past(site.home, arrays=False), etags=False) as web:
        settings: dict[str, Any] = {
            "ITEM_PIPELINES": {},
            "GONGKAI_MEMENTO": f"{web.home}web",
            "GONGKAI_MEMENTO_DELAY": 0,
        }
        index = web.pages["/web/cdx?*"]
        assert callable(index)
        web.put("/web/cdx?*", lambda asked: odd if "2023" in asked.path else index(asked))
        run = crawl(site, tmp_path, settings=settings)
        assert run.counts["mementos"] == 2, "the others come"
        assert "memento-failed" in [problem["code"] for problem in run.problems]
        web.put("/web/cdx?*", index)
        assert crawl(site, tmp_path, settings=settings).counts["mementos"] == 1


@pytest.mark.parametrize("told", [True, False], ids=["memento-datetime", "address"])
def test_a_source_that_gives_another_capture_gives_its_own_date(told: bool, tmp_path: Path) -> None:
    with serving(portal()) as site, serving(past(site.home, arrays=False), etags=False) as web:
        (asked,) = (each for each in web.pages if "2023" in each)
        given = asked.replace("20240301000000", "20240509102030")
        headers = {"Memento-Datetime": "Thu, 09 May 2024 10:20:30 GMT"} if told else {}
        web.put(given, Answer(report(ORGAN, 2023, figure=23), headers=headers))
        web.put(asked, Answer("", 302, {"Location": given}))
        crawl(site, tmp_path, settings={"GONGKAI_MEMENTO": f"{web.home}web", "GONGKAI_MEMENTO_DELAY": 0})
        assert (2023, "2024-05-09", "memento", True) in stored(tmp_path, site, web)
