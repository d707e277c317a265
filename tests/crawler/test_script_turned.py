"""Lists whose further pages nothing but a script tells: read where they have named reports, else told to be cut."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.crawler.crawls import crawl, rows
from tests.crawler.portals import Pages, frame, titles
from tests.crawler.site import Answer, Asked, html, items, report, serving

REPORTS = [(f"/wz/{number}.html", title) for number, (_, _, title) in enumerate(titles())]
OTHERS = [(f"/wz/{number}.html", f"关于第{number}批道路养护工程的公示") for number in range(100, 160)]
MIXED = [entry for pair in zip(REPORTS, OTHERS[::2], OTHERS[1::2], strict=True) for entry in pair]
STATES = "SELECT state, proof FROM listing WHERE listing LIKE '%{}'"


def portal(where: str, name: str, listed: list[tuple[str, str]], script: str) -> Pages:
    """A portal with a list that shows these entries and no pager, and this script."""
    pages = frame("/nothing/", more=f'<a href="{where}">{name}</a>')
    pages["/zfxxgk/"] = html("政府信息公开", "<p>建设中</p>")
    pages[where] = html(name, f"<div id='lb'>{items(*listed)}</div><script>{script}</script>")
    for (url, _), (organ, year, _) in zip(REPORTS, titles(), strict=True):
        pages[url] = report(organ, year)
    return pages | {url: html(title, "<p>公示</p>") for url, title in OTHERS}


def asks(path: str, size: int) -> str:
    """A script that asks for a list by its page."""
    return (
        f"function zai(ye){{$.getJSON('{path}?lm=7&pageIndex=' + ye + '&pageSize={size}', function(d){{"
        "d.rows.forEach(function(r){$('#lb').append('<a href=\"' + r.url + '\">' + r.title + '</a>')})})}"
    )


def answering(entries: list[tuple[str, str]], size: int) -> object:
    """The list behind the script."""

    def page(asked: Asked) -> Answer:
        first = (int(parse_qs(urlsplit(asked.path).query)["pageIndex"][0]) - 1) * size
        part = [{"url": url, "title": title, "date": "2025-01-20"} for url, title in entries[first : first + size]]
        return Answer(json.dumps({"total": len(entries), "rows": part}), media="application/json")

    return page


@pytest.mark.parametrize(("shown", "size"), [(15, 15), (12, 20), (15, 10)])
def test_notices_are_turned_by_their_script_where_they_have_named_reports(
    shown: int, size: int, tmp_path: Path
) -> None:
    pages = portal("/tzgg/", "通知公告", MIXED[:shown], asks("/openapi/list", size))
    pages["/openapi/list?*"] = answering(MIXED, size)  # type: ignore[assignment]
    with serving(pages) as site:
        run = crawl(site, tmp_path)
        asked = [path for path in site.paths() if path.startswith("/openapi/")]
        assert len(asked) == len(set(asked)) <= -(-len(MIXED) // size)
        site.asked.clear()
        crawl(site, tmp_path)
        assert not [path for path in site.paths() if path.startswith("/openapi/")], "nothing has changed"
    assert run.reports_known == len(REPORTS)
    assert rows(tmp_path, STATES.format("/tzgg/")) == [("complete", "90 of 90 announced entries")]


def test_a_script_that_answers_nothing_leaves_the_list_incomplete(tmp_path: Path) -> None:
    with serving(portal("/tzgg/", "通知公告", MIXED[:15], asks("/openapi/list", 15))) as site:
        crawl(site, tmp_path)
        assert len([path for path in site.paths() if path.startswith("/openapi/")]) == 1
    assert rows(tmp_path, STATES.format("/tzgg/")) == [
        ("incomplete", "its next page is turned by a script that could not be read")
    ]


def test_a_script_that_has_not_even_the_first_page_is_not_believed(tmp_path: Path) -> None:
    pages = portal("/tzgg/", "通知公告", MIXED[:12], asks("/openapi/list", 20))
    pages["/openapi/list?*"] = Answer('{"rows": []}', media="application/json")
    with serving(pages) as site:
        crawl(site, tmp_path)
    assert rows(tmp_path, STATES.format("/tzgg/"))[0][0] == "incomplete"


@pytest.mark.parametrize(
    "script",
    [
        "var fy = {pageIndex: 1, totalPage: 6}; huaYe(fy)",
        "new IntersectionObserver(zaiRu).observe(di)",
        "tuo.qi({totalCount: 90})",
        "di.innerHTML = '共90条'",
    ],
)
def test_signs_of_more_make_a_list_with_reports_incomplete(script: str, tmp_path: Path) -> None:
    with serving(portal("/tzgg/", "通知公告", MIXED[:15], script)) as site:
        crawl(site, tmp_path)
    assert rows(tmp_path, STATES.format("/tzgg/"))[0][0] == "incomplete"


def test_a_list_without_reports_is_not_asked_for_more(tmp_path: Path) -> None:
    pages = portal("/tzgg/", "通知公告", OTHERS[:15], asks("/openapi/list", 15))
    pages["/openapi/list?*"] = answering(OTHERS, 15)  # type: ignore[assignment]
    with serving(pages) as site:
        crawl(site, tmp_path)
        assert not [path for path in site.paths() if path.startswith("/openapi/")]


def test_a_list_beside_the_column_is_not_the_columns(tmp_path: Path) -> None:
    pages = portal("/nb/", "政府信息公开年报", REPORTS, asks("/openapi/hot", 20))
    pages["/openapi/hot?*"] = answering(OTHERS, 20)  # type: ignore[assignment]
    with serving(pages) as site:
        run = crawl(site, tmp_path)
        assert len([path for path in site.paths() if path.startswith("/openapi/")]) == 1
    assert run.reports_known == len(REPORTS)
    assert [state for state, _ in rows(tmp_path, STATES.format("/nb/"))] == ["complete"]
