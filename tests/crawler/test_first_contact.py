# ruff: noqa: E501 - markup and scripts as portals write them
"""From a home page to the reports where scripts draw organs, branches and further pages, and where pages are missing."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.crawler.crawls import crawl, rows
from tests.crawler.portals import ORGANS, Pages, titles
from tests.crawler.site import Answer, Asked, html, items
from tests.crawler.test_opened_lists import column, given, listings, serving, told

LISTED = [(f"/detail/{n}.html", title) for n, (_, _, title) in enumerate(titles())]
ENTRIES = [{"infourl": url, "title": title} for url, title in LISTED]
OF_ORGAN = {
    organ: [entry for entry, (of, _, _) in zip(LISTED, titles(), strict=True) if of == organ] for organ in ORGANS
}


def script(text: str) -> Answer:
    return Answer(text, media="application/javascript")


def pages_of(size: int) -> list[list[tuple[str, str]]]:
    return [LISTED[first : first + size] for first in range(0, len(LISTED), size)]


def test_a_home_page_that_a_script_sends_on(tmp_path: Path) -> None:
    pages = column(items(*LISTED))
    pages["/portal/index.shtml"] = pages["/"]
    pages["/"] = "<html><script>var root = '/portal/'; self.location = root + \"index.shtml\";</script></html>"
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == len(LISTED)


@pytest.mark.parametrize("there_again", [False, True])
def test_a_page_that_is_missing_from_the_middle_of_a_list(there_again: bool, tmp_path: Path) -> None:
    """What lies behind it is found; the list is whole only when the page is there again."""
    parts = pages_of(6)
    pages = column("")
    for number, part in enumerate(parts):
        turn = f"<script>createPageHTML({len(parts)}, {number}, 'index', 'html');</script>"
        name = "" if number == 0 else f"index_{number}.html"
        pages[f"/zfxxgk/nb/{name}"] = html("政府信息公开年报", items(*part) + turn)
    missing = pages.pop("/zfxxgk/nb/index_2.html")
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == len(LISTED) - 6
        assert rows(tmp_path, "SELECT state, proof FROM listing") == [("incomplete", "page 3 is missing")]
        if there_again:
            site.put("/zfxxgk/nb/index_2.html", missing)
            with closing(sqlite3.connect(tmp_path / "frontier.db")) as db, db:
                db.execute("UPDATE page SET due = 1 WHERE status = 404")  # a week later
            assert crawl(site, tmp_path).reports_known == len(LISTED)
            assert listings(tmp_path) == {("complete",)}


def test_the_last_page_that_a_template_counts_and_nobody_published_is_the_end(tmp_path: Path) -> None:
    parts = pages_of(10)
    pages = column("")
    for number, part in enumerate(parts):
        turn = f"<script>createPageHTML({len(parts) + 1}, {number}, 'index', 'html');</script>"
        name = "" if number == 0 else f"index_{number}.html"
        pages[f"/zfxxgk/nb/{name}"] = html("政府信息公开年报", items(*part) + turn)
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == len(LISTED)
        assert sum(each.status == 404 and "index_" in each.path for each in site.asked) == 1
    assert listings(tmp_path) == {("complete",)}


def test_pages_whose_names_a_script_builds(tmp_path: Path) -> None:
    parts = pages_of(12)
    pages = column("")
    for number, part in enumerate(parts):
        turn = f'<script>var currentPage = {number}; var countPage = {len(parts)}; for (var i = 1; i < countPage; i++) document.write("<a href=index_" + (i + 1) + ".shtml>" + (i + 1) + "</a>");</script>'
        name = "" if number == 0 else f"index_{number + 1}.shtml"
        pages[f"/zfxxgk/nb/{name}"] = html("政府信息公开年报", items(*part) + turn)
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == len(LISTED)
    assert listings(tmp_path) == {("complete",)}


def test_a_script_that_turns_pages_is_asked_where_guessed_addresses_fail(tmp_path: Path) -> None:
    parts = pages_of(12)
    pages = column(
        items(*parts[0])
        + "<script>$('.pages').pagination({pageCount: 3, callback: function (api) { $.get('/columns/c3/blocks/b7a?page=' + api.getCurrent()"
        " + '&fix=0', function (h) { $('#list').html(h) }) }})</script>"
    )
    for number, part in enumerate(parts, start=1):
        pages[f"/columns/c3/blocks/b7a?page={number}&fix=0"] = items(*part)
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == len(LISTED)


def test_an_object_that_is_sent_as_one_parameter_and_counts_pages_from_the_first_call(tmp_path: Path) -> None:
    """新点: ``params`` is JSON in a form's field, its pageIndex begins with 0, its constants stand in two files."""
    pages = column("<ul id='u'></ul><script src='/js/config.js'></script><script src='/js/list.js'></script>")
    pages["/js/config.js"] = script("var site = {projectName: '/EWB', guid: 'a1'};")
    pages["/js/list.js"] = script(
        "var cate = '002005', size = 8; function getList(idx) { var params = {siteGuid: site.guid, categoryNum: cate, pageIndex: idx, pageSize: size};"
        " $.ajax({url: site.projectName + '/rest/getgovinfolist', type: 'post', data: {params: JSON.stringify(params)}, success: draw}) } getList(0)"
    )

    def listed(asked: Asked) -> Answer:
        params = json.loads(given(asked)["params"])
        assert (params["siteGuid"], params["categoryNum"]) == ("a1", "002005")
        first = int(params["pageIndex"]) * int(params["pageSize"])
        return told({"custom": {"total": len(ENTRIES), "data": ENTRIES[first : first + int(params["pageSize"])]}})

    with serving(pages | {"/EWB/rest/getgovinfolist": listed}) as site:
        assert crawl(site, tmp_path).reports_known == len(LISTED)
        assert "/js/config.js" in site.paths()
    assert listings(tmp_path) == {("complete",)}


def of_organ(name: str) -> Callable[[Asked], Answer]:
    def listed(asked: Asked) -> Answer:
        number = given(asked)[name]
        return Answer(html("政府信息公开年报", items(*OF_ORGAN[ORGANS[int(number)]])))

    return listed


def test_organs_that_a_script_draws_from_what_another_holds(tmp_path: Path) -> None:
    nodes = ", ".join(f"{{name: '{organ}', code: '{number}'}}" for number, organ in enumerate(ORGANS))
    pages = column("<div class='org'></div><script src='/js/org.js'></script><script src='/js/draw.js'></script>")
    pages["/js/org.js"] = script(f"var orgs = [{nodes}];")
    pages["/js/draw.js"] = script(
        "$.each(orgs, function (i, o) { $('.org').append('<a href=\"/gk/organ?code=' + o.code + '\">' + o.name + '</a>') });"
    )
    with serving(pages | {"/gk/organ?*": of_organ("code")}) as site:
        assert crawl(site, tmp_path).reports_known == len(LISTED)


def test_branches_of_a_tree_that_a_script_asks_for_one_by_one(tmp_path: Path) -> None:
    pages = column(
        "<div id='tree'></div><script>function open(pid, el) { $.getJSON('/gk/tree.json', {pid: pid}, function (d) { for (var i = 0; i < d.length; i++)"
        " el.append(d[i].leaf ? \"<a href='/gk/organ?id=\" + d[i].id + \"'>\" + d[i].text + '</a>' : '<b>' + d[i].text + '</b>') }) } open(0, $('#tree'));</script>"
    )

    def branch(asked: Asked) -> Answer:
        below: dict[str, list[dict[str, object]]] = {
            "0": [{"id": 8, "text": "市政府", "leaf": False}, {"id": 9, "text": "市政府部门", "leaf": False}],
            "8": [{"id": 0, "text": ORGANS[0], "leaf": True}],
            "9": [{"id": n, "text": organ, "leaf": True} for n, organ in enumerate(ORGANS) if n],
        }
        return told(below[given(asked)["pid"]])

    with serving(pages | {"/gk/tree.json?*": branch, "/gk/organ?*": of_organ("id")}) as site:
        assert crawl(site, tmp_path).reports_known == len(LISTED)
    assert listings(tmp_path) == {("complete",)}


def test_a_list_whose_first_page_names_no_report_and_that_a_script_file_carries_on(tmp_path: Path) -> None:
    about = [(f"/tz/{n}.html", f"关于年报编制工作的通知{n}") for n in range(4)]
    parts: Pages = {
        f"/nb/more?page={number}": items(*part) for number, part in enumerate([about, *pages_of(8), []], start=1)
    }
    pages = column(
        f"<div id='w'>{items(*about)}</div><button class='more' data-page='1' data-src='/nb/more'>查看更多</button><script src='/js/more.js'></script>"
    )
    pages["/js/more.js"] = script(
        "$('.more').click(function () { var b = $(this), p = b.data('page') + 1; $.get(b.data('src') + '?page=' + p, function (h) { $('#w').append(h) }) })"
    )
    with serving(pages | parts) as site:
        assert crawl(site, tmp_path).reports_known == len(LISTED)


@pytest.mark.parametrize("several", [False, True])
def test_a_home_page_without_a_way_and_the_sites_map(several: bool, tmp_path: Path) -> None:
    """Of the map's addresses only those are asked for whose words speak of disclosure."""
    pages = column(items(*LISTED), at="/zfxxgk/zfxxgknb/")
    pages["/"] = html("门户", "<div id='root'></div><script>draw()</script>")
    news = [f"/xw/{number}.html" for number in range(50)]

    def listed(asked: Asked) -> Answer:
        here = f"http://{asked.headers['Host']}"
        places = "".join(f"<url><loc>{here}{path}</loc></url>" for path in ["/zfxxgk/zfxxgknb/", *news])
        if several and asked.path == "/sitemap.xml":
            return Answer(f"<sitemapindex><sitemap><loc>{here}/map1.xml</loc></sitemap></sitemapindex>")
        return Answer(f"<?xml version='1.0'?><urlset>{places}</urlset>", media="application/xml")

    with serving(pages | {"/sitemap.xml": listed, "/map1.xml": listed}) as site:
        assert crawl(site, tmp_path).reports_known == len(LISTED)
        assert not [path for path in site.paths() if path.startswith("/xw/")]
