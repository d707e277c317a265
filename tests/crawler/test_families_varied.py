# ruff: noqa: E501 - markup and scripts as portals write them
"""Columns of known families whose scripts are written otherwise than elsewhere: variables, hidden fields, several units."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.crawler.crawls import crawl, rows
from tests.crawler.portals import Pages, titles
from tests.crawler.site import Answer, Asked, html, items, serving
from tests.crawler.test_opened_lists import column, given, listings, told

ENTRIES = [(f"/detail/{n}.html", title) for n, (_, _, title) in enumerate(titles())]
SIZE = 10
PAGES = -(-len(ENTRIES) // SIZE)


def part(number: int) -> list[tuple[str, str]]:
    return ENTRIES[(number - 1) * SIZE : number * SIZE]


def turned(script: str, name: str, first: str = "index.html") -> Pages:
    """A column in static pages, each with this script; ``name`` is the address of the one that a number stands for."""
    at = f"/zfxxgk/nb/{first}"
    pages = column("", at=at)
    for number in range(1, PAGES + 1):
        body = items(*part(number)) + f"<script>{script.format(number=number, before=number - 1, pages=PAGES)}</script>"
        pages[at if number == 1 else "/zfxxgk/nb/" + name.format(number=number, before=number - 1)] = html("年报", body)
    return pages


@pytest.mark.parametrize(
    ("script", "name", "first"),
    [
        pytest.param(
            "var nPageCount = {pages}; var nCurrIndex = {before}; createPageHTML(nPageCount, nCurrIndex, 'index', \"html\");",
            "index_{before}.html",
            "index.html",
            id="TRS, its call with variables",
        ),
        pytest.param(
            "var pages = '{pages}'; createPageHTML('page_div', pages, {number}, 'list', 'shtml', 33);",
            "list_{number}.shtml",
            "list.shtml",
            id="UCAP, its call with a variable",
        ),
        pytest.param(
            "var totalPage = {pages}; $('#fy').createPage({{ totalPage: totalPage, currPage: {number}, suffix: 'html' }});",
            "index_{number}.html",
            "index.html",
            id="上海, by a function that has another family's name",
        ),
        pytest.param(
            "var zys = parseInt('{pages}'); for (var i = 1; i <= zys; i++) {{ document.write('<a href=\"' + i + '.html\">' + i + '</a>'); }}",
            "{number}.html",
            "index.html",
            id="延安, its links written by a loop",
        ),
        pytest.param(
            "$('#fy').pagination({{ pageIndex: {before}, pageSize: 10, total: 33, redirect: function (i) {{ location.href = i == 1 ? 'moreinfo.html' : i + '.html'; }} }});",
            "{number}.html",
            "moreinfo.html",
            id="新点, entries and size",
        ),
    ],
)
def test_pages_that_a_script_names(script: str, name: str, first: str, tmp_path: Path) -> None:
    with serving(turned(script.replace("33", str(len(ENTRIES))), name, first)) as site:
        assert crawl(site, tmp_path).reports_known == len(ENTRIES)
    assert listings(tmp_path) == {("complete",)}
    assert len(rows(tmp_path, "SELECT url FROM page WHERE status = 404 AND url LIKE '%/nb/%'")) <= 1


def test_the_list_among_several_units_of_a_jpaas_column(tmp_path: Path) -> None:
    """The place's name and the menu are built as the list is, and stand before it."""
    at = "/api-gateway/jpaas-publish-server/front/page/build/unit"

    def unit(tag: str) -> str:
        query = json.dumps(
            {"webId": "149", "tplSetId": "a9", "pageType": "column", "tagId": tag, "pageId": "77"}, ensure_ascii=False
        )
        return f"<script parseType='bulidstatic' url='{at}' queryData=\"{query.replace(chr(34), '&quot;')}\"></script>"

    def built(asked: Asked) -> Answer:
        query = given(asked)
        shown = (
            part(int(query["pageNo"]))
            if query["tagId"] == "信息列表b"
            else [("/", "首页"), ("/zfxxgk/", "政府信息公开")]
        )
        return told(
            {"success": True, "data": {"html": items(*shown) + f"<script>$.page({{count: {len(ENTRIES)}}})</script>"}}
        )

    pages = column("".join(map(unit, ("当前位置", "左侧栏目a", "信息列表b"))))
    with serving(pages | {f"{at}?*": built}) as site:
        assert crawl(site, tmp_path).reports_known == len(ENTRIES)
        assert not [path for path in site.paths() if "%E5%BD%93%E5%89%8D" in path]


def test_the_links_of_a_loaded_list_are_read_as_in_the_page_that_shows_them(tmp_path: Path) -> None:
    """江西: the column's page tells a base."""

    def listed(asked: Asked) -> Answer:
        number = int(given(asked)["current"])
        found = [{"title": title, "pcUrl": url.removeprefix("/detail/")} for url, title in part(number)]
        return told({"data": {"total": len(ENTRIES), "results": found}})

    pages = column("")
    script = "var params = {current: 1, unitid: '38', webSiteCode: ['st'], channelCode: ['col42'], perPage: '10'}; loadPageData(params, '38');"
    pages["/zfxxgk/nb/"] = html(
        "政府信息公开年报", f"<div id='38'></div><script>{script}</script>", "<base href='/detail/'>"
    )
    with serving(pages | {"/queryList": listed}) as site:
        assert crawl(site, tmp_path).reports_known == len(ENTRIES)


def test_the_older_reports_that_a_column_loads_below_its_newest(tmp_path: Path) -> None:
    """龙讯: the column of the reports is the newest one itself, and has a label of its own for the others."""
    pages = column("")
    newest = pages["/detail/0.html"]
    assert isinstance(newest, str)
    load = "$('#old').load('/site/label/8888?dataType=html&_=' + Math.random() + '&labelName=xxgkAnnualReportList&siteId=6&organId=65&pageSize=15&pageIndex=1');"
    pages["/zfxxgk/nb/"] = newest.replace("</body>", f"<div id='old'></div><script>{load}</script></body>")

    def label(asked: Asked) -> str:
        query = parse_qs(urlsplit(asked.path).query)
        return (
            items(*ENTRIES[1:])
            if query["labelName"] == ["xxgkAnnualReportList"] and query["pageIndex"] == ["1"]
            else "<p></p>"
        )

    with serving(pages | {"/site/label/8888?*": lambda asked: Answer(label(asked))}) as site:
        assert crawl(site, tmp_path).reports_known == len(ENTRIES)


def test_what_a_request_takes_from_hidden_fields(tmp_path: Path) -> None:
    """新点: the site and the column stand in fields of the page; only the column's own list is answered."""
    body = (
        "<ul id='lb'></ul><input type='hidden' id='columnNum' value='002005'><input value=7e-b id=site type=hidden><script>function zai(i) {"
        "$.ajax({type: 'post', url: '/builder/rest/getWebInfoList', contentType: 'application/json', data: JSON.stringify({"
        "'site': document.getElementById('site').value, 'column': $('#columnNum').val(), 'pageIndex': i, 'pageSize': 10}),"
        "success: function (d) { d.infodata.forEach(function (r) { $('#lb').append('<li><a href=\"' + r.infourl + '\">' + r.title + '</a></li>') }) }})}"
        "zai(0);</script>"
    )

    def listed(asked: Asked) -> Answer:
        query = json.loads(asked.body)
        if (query.get("site"), query.get("column")) != ("7e-b", "002005"):
            return Answer("", status=500)
        return told(
            {
                "total": len(ENTRIES),
                "infodata": [{"title": title, "infourl": url} for url, title in part(query["pageIndex"] + 1)],
            }
        )

    with serving(column(body) | {"/builder/rest/getWebInfoList": listed}) as site:
        assert crawl(site, tmp_path).reports_known == len(ENTRIES)
    assert listings(tmp_path) == {("complete",)}


def test_a_detail_page_is_named_as_seen_from_the_column_that_shows_the_entries(tmp_path: Path) -> None:
    """国家金融监督管理总局: the list is asked for elsewhere, its entries have numbers and no addresses."""
    body = (
        "<div id='lb'></div><script>function go(p) { $.ajax({url: '/web/DocInfo/SelectDocByItem', data: {itemId: 4193, pageSize: 10, pageIndex: p},"
        "success: function (d) { $.each(d.data.rows, function (i, r) { $('#lb').append('<a href=\"../../detail/' + r.docId + '.html\">' + r.docSubtitle + '</a>') }) }}) } go(1);</script>"
    )

    def listed(asked: Asked) -> Answer:
        number = int(given(asked)["pageIndex"])
        found = [{"docId": int(url[8:-5]), "docSubtitle": title} for url, title in part(number)]
        return told({"rptCode": 200, "data": {"total": len(ENTRIES), "rows": found}})

    with serving(column(body) | {"/web/DocInfo/SelectDocByItem?*": listed}) as site:
        assert crawl(site, tmp_path).reports_known == len(ENTRIES)
    assert listings(tmp_path) == {("complete",)}


def test_a_reversed_list_that_shows_nothing_before_its_newest_fragment_is_loaded(tmp_path: Path) -> None:
    """审计署: only index_30.html has the newest entries."""
    script = f"var maxPageNum30 = '{PAGES}'; var purl30 = '/n4/index_30'; $('#comp_30').load(purl30 + '.html');"
    pages = column(f"<ul id='comp_30'></ul><script>{script}</script>")
    for number in range(1, PAGES + 1):
        pages["/n4/index_30" + ("" if number == 1 else f"_{PAGES - number + 1}") + ".html"] = items(*part(number))
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == len(ENTRIES)
    assert listings(tmp_path) == {("complete",)}


def test_an_empty_box_beside_the_newest_entries_asks_for_no_fragment(tmp_path: Path) -> None:
    """The page has them itself; its pager fills the box with the next one's, and no unnumbered fragment is served."""
    script = f"maxPageNum = {PAGES}; var purl = '/n4/index_30';"
    pages = column(f"{items(*part(1))}<div id='comp_30'></div><script>{script}</script>")
    for number in range(2, PAGES + 1):
        pages[f"/n4/index_30_{PAGES - number + 1}.html"] = items(*part(number))
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == len(ENTRIES)
        assert "/n4/index_30.html" not in site.paths()
    assert listings(tmp_path) == {("complete",)}


def test_older_fragments_are_read_where_the_newest_cannot_be_had(tmp_path: Path) -> None:
    script = f"maxPageNum = {PAGES}; var purl = '/n4/index_30'; $('#comp_30').load(purl + '.html');"
    pages = column(f"<ul id='comp_30'></ul><script>{script}</script>")
    for number in range(2, PAGES + 1):
        pages[f"/n4/index_30_{PAGES - number + 1}.html"] = items(*part(number))
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == len(ENTRIES) - len(part(1))
    assert listings(tmp_path) == {("incomplete",)}


def test_organs_of_a_tree_whose_script_makes_the_address_of_the_years_report(tmp_path: Path) -> None:
    """大汉 xxgk: no link names an organ's code, only the tree's nodes do; the years stand in a field."""
    codes = {
        organ: f"1133082475399626{number}L"
        for number, organ in enumerate(dict.fromkeys(organ for organ, _, _ in titles()))
    }
    years = sorted({year for _, year, _ in titles()})
    nodes = json.dumps(
        [{"id": number, "pId": 0, "name": organ, "area": code} for number, (organ, code) in enumerate(codes.items())],
        ensure_ascii=False,
    )
    pages = column(
        "<ul id='tree'></ul><select id='nd'>"
        + "".join(f"<option value='{year}'>{year}年</option>" for year in years)
        + "</select><iframe id='fr'></iframe>"
        f"<script>var zNodes = {nodes}; function clicked(e, id, node) {{ $('#fr').attr('src', '/module/xxgk/xxgkAnnualReport.jsp?fbtime=' + $('#nd').val() + '&area=' + node.area) }}</script>"
    )
    reports = {
        (codes[organ], str(year)): pages[f"/detail/{number}.html"] for number, (organ, year, _) in enumerate(titles())
    }

    def shown(asked: Asked) -> Answer:
        query = given(asked)
        page = reports.get((query.get("area", ""), query.get("fbtime", "")))
        return Answer(page if isinstance(page, str) else html("年报", "<p>暂无数据</p>"))

    with serving(pages | {"/module/xxgk/xxgkAnnualReport.jsp?*": shown}) as site:
        assert crawl(site, tmp_path).reports_known == len(ENTRIES)


def test_a_reversed_list_whose_script_joins_the_fragments_address_before_it_loads_it(tmp_path: Path) -> None:
    """海关: no variable names the stem; the function that turns pages joins it with the number."""
    turns = "function gotoPage(n) { var u = 'index_30_' + n + '.html'; jQuery('#comp_30').load(u, writePaging); }"
    pages = column(f"<span id='comp_30'>{items(*part(1))}</span><script>var maxPageNum30={PAGES}; {turns}</script>")
    at = "/zfxxgk/nb"
    for number in range(2, PAGES + 1):
        pages[f"{at}/index_30_{PAGES - number + 1}.html"] = items(*part(number))
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == len(ENTRIES)
    assert listings(tmp_path) == {("complete",)}


@pytest.mark.parametrize("script", ['var suffix = ".shtml";', ""])
def test_pages_beside_a_column_that_is_a_folder_have_its_entries_extension(script: str, tmp_path: Path) -> None:
    """太原: countPage and a function of the portal's own; the column's address names no extension."""
    at, script = "/zfxxgk/nb/", f"var countPage = {PAGES}; draw(countPage); {script}"
    entries = [(f"{at}202501/t{n}.shtml", title) for n, (_, title) in enumerate(ENTRIES)]
    served = column("", at=at)
    pages = served | {new: served[old] for (new, _), (old, _) in zip(entries, ENTRIES, strict=True)}
    for number in range(1, PAGES + 1):
        name = at if number == 1 else f"{at}index_{number}.shtml"
        shown = entries[(number - 1) * SIZE : number * SIZE]
        pages[name] = html("年报", f"{items(*shown)}<script>{script}</script>")
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == len(ENTRIES)
        assert not [path for path in site.paths() if path.endswith("index_2.html")]
    assert listings(tmp_path) == {("complete",)}


def test_a_columns_menu_of_bare_years_that_a_script_holds(tmp_path: Path) -> None:
    """科右前旗: no node of the menu says what its years are of; the column does."""
    at = "/zfxxgk/nb/"
    years = sorted({year for _, year, _ in titles()})
    tree = [
        {"columnId": str(year), "columnName": f"{year}年", "columnUrl": f"{at}{year}n/index.html"} for year in years
    ]
    script = f"<ul id='menu'></ul><script>var treeData = {json.dumps(tree, ensure_ascii=False)};</script>"
    pages = column(script, at=at)
    for year in years:
        shown = [ENTRIES[n] for n, (_, each, _) in enumerate(titles()) if each == year]
        pages[f"{at}{year}n/index.html"] = html(f"{year}年", items(*shown))
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == len(ENTRIES)
