"""Columns whose lists only scripts know: read from what the scripts ask for, else incomplete, never quietly short."""

from __future__ import annotations

import json
from pathlib import Path

from tests.crawler.crawls import crawl, rows
from tests.crawler.portals import Pages, frame, titles
from tests.crawler.site import Answer, Asked, html, items, report, serving

_STATES = "SELECT state, proof FROM listing"


def column(body: str) -> Pages:
    """A portal whose column of reports is this, with the reports' pages."""
    pages = frame("/zfxxgk/nb/") | {"/zfxxgk/nb/": html("政府信息公开年报", body)}
    for number, (organ, year, _) in enumerate(titles()):
        pages[f"/detail/{number}.html"] = report(organ, year)
    return pages


def test_a_list_behind_a_post_request_whose_entries_have_ids_only(tmp_path: Path) -> None:
    pages = column(
        "<ul id='u'></ul><script>const API = '/gateway/content/page'; function load(no) { fetch(API, {method: 'POST',"
        " body: JSON.stringify({channelId: 33, pageNo: no, pageSize: 10})}).then(j => j.rows.forEach(r => {"
        " u.innerHTML += `<li><a href='/detail/${r.contentId}.html'>${r.title}</a></li>` })) } load(1)</script>"
    )

    def page(asked: Asked) -> Answer:
        given = json.loads(asked.body)
        first = (given["pageNo"] - 1) * given["pageSize"]
        entries = [{"contentId": n, "title": title} for n, (_, _, title) in enumerate(titles())]
        part = entries[first : first + given["pageSize"]] if given["channelId"] == 33 else []
        return Answer(json.dumps({"total": len(entries), "rows": part}), media="application/json")

    pages["/gateway/content/page"] = page
    with serving(pages) as site:
        run = crawl(site, tmp_path)
    assert run.reports_known == len(titles())
    assert rows(tmp_path, _STATES) == [("complete", "30 of 30 announced entries")]


def test_a_next_page_that_no_script_explains_makes_the_column_incomplete(tmp_path: Path) -> None:
    first = [(f"/detail/{n}.html", title) for n, (_, _, title) in enumerate(titles())][:10]
    pages = column(items(*first) + '<a href="javascript:;" onclick="pager.turn(this)">下一页</a>')
    with serving(pages) as site:
        run = crawl(site, tmp_path)
    assert run.reports_known == 10
    assert rows(tmp_path, _STATES) == [("incomplete", "its next page is turned by a script that could not be read")]


def test_a_dead_next_page_ends_the_column(tmp_path: Path) -> None:
    listed = [(f"/detail/{n}.html", title) for n, (_, _, title) in enumerate(titles())]
    pages = column(items(*listed) + '<a href="javascript:;" class="disabled" onclick="pager.turn(this)">下一页</a>')
    with serving(pages) as site:
        crawl(site, tmp_path)
    assert [state for state, _ in rows(tmp_path, _STATES)] == ["complete"]
