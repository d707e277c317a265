# ruff: noqa: E501 - markup and scripts as portals write them
"""Lists that ready-made tables ask for, that a page keeps for its scripts, and that stand behind pictures and frames."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler.address import in_viewer
from crawler.discovery.page import Link
from crawler.discovery.scoring import judge
from tests.crawler.crawls import crawl, rows
from tests.crawler.portals import ORGANS, YEARS, Pages, titles
from tests.crawler.site import Answer, Asked, html, items, serving
from tests.crawler.test_opened_lists import column, given, listings, told

LISTED = [(f"/detail/{n}.html", title) for n, (_, _, title) in enumerate(titles())]
ENTRIES = [{"id": n, "title": title} for n, (_, title) in enumerate(LISTED)]
FORMATTER = (
    "<script>function f(value, row) { return '<a href=\"/detail/' + row.id + '.html\">' + value + '</a>' }</script>"
)


@pytest.mark.parametrize(
    ("body", "method", "turns", "size"),
    [
        (
            "<table id='t'></table><script type='text/html' id='bar'><a href='/detail/{{d.id}}.html'>{{d.title}}</a></script>"
            "<script>layui.use('table', function () { layui.table.render({elem: '#t', url: '/nb/rows', where: {lm: 'nb'}, page: true, limit: 12}) })</script>",
            "GET",
            "page",
            "limit",
        ),
        (
            f"<table data-toggle=\"table\" data-url='/nb/rows?lm=nb' data-side-pagination='server' data-page-size='8'></table>{FORMATTER}",
            "GET",
            "offset",
            "limit",
        ),
        (
            f"<table class='easyui-datagrid' data-options=\"url:'/nb/rows',queryParams:{{lm:'nb'}},pagination:true,pageSize:15\"></table>{FORMATTER}",
            "POST",
            "page",
            "rows",
        ),
    ],
)
def test_a_list_that_a_ready_made_table_asks_for(body: str, method: str, turns: str, size: str, tmp_path: Path) -> None:
    def part(asked: Asked) -> Answer:
        fields = given(asked)
        assert (asked.method, fields["lm"]) == (method, "nb")
        many = int(fields[size])
        first = int(fields[turns]) if turns == "offset" else (int(fields[turns]) - 1) * many
        return told({"total": len(ENTRIES), "rows": ENTRIES[first : first + many]})

    with serving(column(body) | {"/nb/rows?*": part, "/nb/rows": part}) as site:
        assert crawl(site, tmp_path).reports_known == len(LISTED)
    assert listings(tmp_path) == {("complete",)}


def test_a_table_whose_rows_are_cells_of_markup(tmp_path: Path) -> None:
    pages = column("<table id='t'></table><script>$('#t').DataTable({ajax: 'rows.txt', pageLength: 10})</script>")
    cells = [[str(n), f"<a href='{url}'>{title}</a>"] for n, (url, title) in enumerate(LISTED)]
    pages["/zfxxgk/nb/rows.txt"] = Answer(json.dumps({"data": cells}), media="text/plain")
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == len(LISTED)


def test_a_client_that_was_made_with_a_root(tmp_path: Path) -> None:
    pages = column(
        f"{FORMATTER}<script>var u = axios.create({{baseURL: '/gkapi'}}); u.get('/annual/page', {{params: {{pageNum: p, pageSize: 9}}}}).then(draw)</script>"
    )

    def part(asked: Asked) -> Answer:
        first = (int(given(asked)["pageNum"]) - 1) * 9
        return told({"total": len(ENTRIES), "records": ENTRIES[first : first + 9]})

    with serving(pages | {"/gkapi/annual/page?*": part}) as site:
        assert crawl(site, tmp_path).reports_known == len(LISTED)


def test_lists_that_a_page_keeps_for_its_scripts(tmp_path: Path) -> None:
    written = items(*LISTED[:14]).replace("<", "&lt;").replace(">", "&gt;")
    kept = f"<textarea id='d' style='display:none'>{written}</textarea><template>{items(*LISTED[14:])}</template>"
    with serving(column(f"<div id='show'></div>{kept}<script>show.innerHTML = d.value</script>")) as site:
        assert crawl(site, tmp_path).reports_known == len(LISTED)


@pytest.mark.parametrize(
    "turn",
    [
        "<div class='page' pagecount='4' pageindex='{before}' pagename='index' pageext='shtml'></div>",
        "第{number}页 共4页 <a href='index_{number}.shtml'><img src='/images/next.gif'></a>",
    ],
)
def test_pages_that_attributes_or_pictures_turn(turn: str, tmp_path: Path) -> None:
    pages = column("")
    for number in range(1, 5):
        name = "" if number == 1 else f"index_{number - 1}.shtml"
        more = "" if number == 4 and "img" in turn else turn.format(number=number, before=number - 1)
        pages[f"/zfxxgk/nb/{name}"] = html("政府信息公开年报", items(*LISTED[number * 8 - 8 : number * 8]) + more)
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == len(LISTED)
    assert listings(tmp_path) == {("complete",)}


def test_a_frame_whose_address_a_script_sets_later(tmp_path: Path) -> None:
    pages = column("<iframe src='about:blank' data-src='/ui/list.html'></iframe>")
    with serving(pages | {"/ui/list.html": items(*LISTED)}) as site:
        assert crawl(site, tmp_path).reports_known == len(LISTED)


def test_a_viewer_shows_a_document() -> None:
    shown = in_viewer("http://a.gov.cn/static/pdfjs/web/viewer.html?file=/files/2023/nb.pdf#page=1")
    assert shown == "http://a.gov.cn/files/2023/nb.pdf"
    unnamed = in_viewer("http://a.gov.cn/pdfjs/web/viewer.html?file=%2Fservice%2Fdownload%3FfileId%3D7")
    assert unnamed == "http://a.gov.cn/service/download?fileId=7", "a viewer's file needs no extension"
    for other in ("http://a.gov.cn/viewer.html?id=3", "http://a.gov.cn/down.jsp?file=/nb.pdf", "http://a.gov.cn/x.pdf"):
        assert in_viewer(other) == other


def test_a_year_of_departments_is_no_report(tmp_path: Path) -> None:
    """2021年部门信息公开年报 names a list: each entry is an organ's name."""
    years = "".join(f"<li><a href='/nb/bm{year}.html'>{year}年部门信息公开年报</a></li>" for year in YEARS)
    pages: Pages = column(f"<ul>{years}</ul>")
    for year in YEARS:
        pages[f"/nb/bm{year}.html"] = html(
            "年报", items(*((f"/detail/{n}.html", organ) for n, (organ, of, _) in enumerate(titles()) if of == year))
        )
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == len(YEARS) * len(ORGANS)
        site.asked.clear()
        crawl(site, tmp_path)
        assert "/nb/bm2024.html" in site.paths()


def test_a_further_page_that_robots_forbids_leaves_the_list_incomplete(tmp_path: Path) -> None:
    pages = column(items(*LISTED[:10]) + "<a href='?p=2'>下一页</a>")
    pages["/robots.txt"] = Answer("User-agent: *\nDisallow: /*?p=\n", media="text/plain")
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == 10
        assert "/zfxxgk/nb/?p=2" not in site.paths()
    assert rows(tmp_path, "SELECT state, proof FROM listing") == [("incomplete", "robots.txt forbids page 2")]


@pytest.mark.parametrize(
    "text", ["公开年度报告", "信息公开年度报告", "公开工作年度报告", "公开年报", "公开报告", "信息公开报告"]
)
def test_what_a_column_of_reports_is_called(text: str) -> None:
    assert judge(Link("http://a.gov.cn/year.aspx?dept=7", text), "organ").kind == "column"


def test_entries_whose_address_only_the_pages_template_names(tmp_path: Path) -> None:
    """A list with fields of its own: which of them is the address is said by what draws it."""
    pages = column(
        "<div id='app'><p v-for='i in items'><a :href='i.lj'>{{i.bt}}</a></p></div>"
        "<script>async function get(p) { const r = await fetch(`/nb/list?pageNum=${p}&pageSize=9`); app.items = (await r.json()).data.lb } get(1)</script>"
    )

    def part(asked: Asked) -> Answer:
        first = (int(given(asked)["pageNum"]) - 1) * 9
        return told({"data": {"zs": len(LISTED), "lb": [{"bt": t, "lj": url} for url, t in LISTED[first : first + 9]]}})

    with serving(pages | {"/nb/list?*": part}) as site:
        assert crawl(site, tmp_path).reports_known == len(LISTED)
    assert listings(tmp_path) == {("complete",)}


@pytest.mark.parametrize("taken", ["$('#columnId').val()", 'document.getElementById("columnId").value'])
def test_a_request_that_takes_the_column_from_a_hidden_field(taken: str, tmp_path: Path) -> None:
    pages = column(
        f"<input type='hidden' id='columnId' value='77'>{FORMATTER}<script>var columnId = {taken};"
        " function q(n) { axios.post('/nb/page', {columnId: columnId, current: n, size: 9}).then(draw) } q(1)</script>"
    )

    def part(asked: Asked) -> Answer:
        wanted = json.loads(asked.body)
        first = (wanted["current"] - 1) * 9
        found = ENTRIES if wanted.get("columnId") == "77" else []
        return told({"total": len(found), "records": found[first : first + 9]})

    with serving(pages | {"/nb/page": part}) as site:
        assert crawl(site, tmp_path).reports_known == len(LISTED)


FRAGMENTS = (
    "function go(n) { x.open('GET', '/nb/part_' + n + '.html', true); x.onload = () => c.innerHTML = x.response } go(1)"
)


def test_a_list_of_fragments_whose_number_is_in_their_path(tmp_path: Path) -> None:
    pages = column(f"<div id='c'></div><script>var x = new XMLHttpRequest(); {FRAGMENTS}</script>")
    for number in range(1, 4):
        pages[f"/nb/part_{number}.html"] = items(*LISTED[number * 10 - 10 : number * 10]) + "<p>共3页</p>"
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == len(LISTED)
        assert "/nb/part_4.html" not in site.paths()
    assert listings(tmp_path) == {("complete",)}


@pytest.mark.parametrize(
    ("home", "file", "media"),
    [
        (
            "<script>$('#nav').load('/common/dh.html')</script>",
            "<a href='/zfxxgk/nb/'>政府信息公开年报</a>",
            "text/html",
        ),
        ("<div w3-include-html='/common/dh.html'></div>", "<a href='/zfxxgk/nb/'>政府信息公开年报</a>", "text/html"),
        (
            "<script>fetch('/common/dh.html').then(draw)</script>",
            '[{"name": "政府信息公开年报", "url": "/zfxxgk/nb/"}]',
            "application/json",
        ),
    ],
)
def test_a_home_page_that_loads_its_menu(home: str, file: str, media: str, tmp_path: Path) -> None:
    pages = column(items(*LISTED)) | {"/": html("门户网站", home), "/common/dh.html": Answer(file, media=media)}
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == len(LISTED)


def test_a_list_whose_path_holds_the_number_that_a_variable_begins_with(tmp_path: Path) -> None:
    pages = column(
        "<ul id='u'></ul><a id='more'>加载更多</a><script>var page = 1; function load(p) { $.get('/rest/12/' + p + '/10', function (r) {"
        " for (var i in r.data) $('#u').append('<li><a href=\"' + r.data[i].htmlUrl + '\">' + r.data[i].newsTitle + '</a></li>') }) }"
        " load(page); $('#more').click(function () { load(++page) })</script>"
    )
    for number in range(1, 5):
        part = [{"htmlUrl": url, "newsTitle": title} for url, title in LISTED[number * 10 - 10 : number * 10]]
        pages[f"/rest/12/{number}/10"] = told({"data": part})
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == len(LISTED)


TOLD = "$.each(d, function (i, x) { $('#u').append('<li><a href=\"' + x.url + '\">' + x.title + '</a></li>') })"


@pytest.mark.parametrize(
    "body",
    [
        "".join(f"<li onclick=\"show('{n}')\">{organ}</li>" for n, organ in enumerate(ORGANS, 40))
        + f"<script>function show(c) {{ $.getJSON('/nb/list', {{dept: c}}, function (d) {{ {TOLD} }}) }} show('40')</script>",
        f"<select id='dw'>{''.join(f'<option value={n}>{organ}</option>' for n, organ in enumerate(ORGANS, 40))}</select>"
        f"<script>function show(c) {{ $.getJSON('/nb/list?dept=' + c, function (d) {{ {TOLD} }}) }}"
        " $('#dw').change(function () { show($(this).val()) }); show(40)</script>",
    ],
)
def test_lists_that_one_call_each_asks_for(body: str, tmp_path: Path) -> None:
    """A function that is called for each organ or tab: every call is a list, and none of them the next page."""
    of = {n: [{"url": url, "title": t} for url, t in LISTED if organ in t] for n, organ in enumerate(ORGANS, 40)}

    def listed(asked: Asked) -> Answer:
        return told(of[int(given(asked)["dept"])])

    with serving(column(f"<ul id='u'></ul>{body}") | {"/nb/list?*": listed}) as site:
        assert crawl(site, tmp_path).reports_known == len(LISTED)
        assert sum(path.startswith("/nb/list") for path in site.paths()) == len(ORGANS)


def test_a_menu_of_pages_whose_first_has_no_number(tmp_path: Path) -> None:
    menu = "<select onchange=\"location.href='/zfxxgk/nb/index' + (this.value > 1 ? '_' + this.value : '') + '.html'\">"
    menu += "".join(f"<option value='{n}'>{n}</option>" for n in (1, 2, 3)) + "</select>共30条"
    pages = column(items(*LISTED[:10]) + menu)
    for n in (2, 3):
        pages[f"/zfxxgk/nb/index_{n}.html"] = html("政府信息公开年报", items(*LISTED[n * 10 - 10 : n * 10]) + menu)
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == len(LISTED)
    assert listings(tmp_path) == {("complete",)}


def test_a_menu_that_a_script_file_of_any_name_writes(tmp_path: Path) -> None:
    pages = column(items(*LISTED)) | {
        "/": html("门户网站", "<script src='/js/jquery.js'></script><script src='/static/site.js'></script>"),
        "/static/site.js": Answer("var NAV = [{title: '公开年报', href: '/zfxxgk/nb/'}]", media="text/javascript"),
    }
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == len(LISTED)
        assert "/js/jquery.js" not in site.paths()
