# ruff: noqa: E501 - markup as portals write it
"""Where lists end: templates that count one page too many, fragments with a pager of their column's, counts told elsewhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.crawler.crawls import crawl, rows
from tests.crawler.portals import YEARS, Pages, frame, titles
from tests.crawler.site import Answer, Asked, html, items, report, serving

COLUMN = "/zfxxgk/nb/"
UNIT = "/api-gateway/front/page/build/unit"


def by_year(*, longest: int = 0) -> Pages:
    """A column a year; each list announces one page more than there is. Of the first one the second page is there."""
    pages = frame(COLUMN)
    pages[COLUMN] = html("政府信息公开年报", items(*((f"{COLUMN}{year}n/", f"{year}年") for year in reversed(YEARS))))
    for year in YEARS:
        own = [
            (f"{COLUMN}{year}n/t{year + 1}0115_{n}.html", each) for n, each in enumerate(titles()) if each[1] == year
        ]
        for url, (organ, of, _) in own:
            pages[url] = report(organ, of)
        listed = [(url, title) for url, (_, _, title) in own]
        size = 3 if year == longest else len(listed)
        total = -(-len(listed) // size)
        for number in range(total):
            name = "" if number == 0 else f"index_{number}.html"
            script = f'<script>createPageHTML({total + (year != longest)}, {number}, "index", "html");</script>'
            part = items(*listed[number * size : (number + 1) * size])
            pages[f"{COLUMN}{year}n/{name}"] = html(f"{year}年", part + script)
    return pages


def test_a_template_that_counts_one_page_too_many_is_seen_through(tmp_path: Path) -> None:
    with serving(by_year()) as site:
        run = crawl(site, tmp_path)
        behind = {path.rpartition("/")[0] for path in site.paths() if "index_" in path}
    assert run.reports_known == len(titles())
    assert 3 <= len(behind) < len(YEARS)
    assert rows(tmp_path, f"SELECT count(*) FROM listing WHERE listing LIKE '%{COLUMN}2%' AND state != 'complete'") == [
        (0,)
    ]


def test_where_one_list_has_the_page_behind_a_short_one_all_are_asked(tmp_path: Path) -> None:
    with serving(by_year(longest=YEARS[-1])) as site:
        run = crawl(site, tmp_path)
        assert run.reports_known == len(titles())
        assert f"{COLUMN}{YEARS[-1]}n/index_1.html" in site.paths()


def test_a_fragment_with_its_columns_pager_is_followed_by_its_own_number(tmp_path: Path) -> None:
    block = "/columns/8aef2fa0-cc14/templates/51aa-12/blocks/77bc-09"
    listed = [(f"/columns/8aef2fa0-cc14/{n}.html", title) for n, (_, _, title) in enumerate(titles())]
    parts = [items(*listed[first : first + 8]) for first in range(0, len(listed), 8)]
    pages = frame("/columns/8aef2fa0-cc14/index.html")
    for number, part in enumerate(parts, 1):
        following = f'<a class="next" onclick="loadPage({number + 1})">下一页</a>' if number < len(parts) else ""
        pages[f"{block}?page={number}&fix=0"] = f"{part}<p>{following}<span>共{len(parts)}页</span></p>"
    script = f'<script>function loadPage(p){{ $.get("{block}?page=" + p + "&fix=0", function(d){{ $("#b").html(d); }}); }}</script>'
    pages["/columns/8aef2fa0-cc14/index.html"] = html(
        "政府信息公开年报", f"<div id=b>{pages[f'{block}?page=1&fix=0']}</div>{script}"
    )
    for (url, _), (organ, year, _) in zip(listed, titles(), strict=True):
        pages[url] = report(organ, year)
    with serving(pages) as site:
        run = crawl(site, tmp_path)
    assert run.reports_known == len(titles())
    assert rows(tmp_path, "SELECT count(*) FROM listing WHERE state = 'incomplete'") == [(0,)]


def test_the_count_of_another_script_ends_a_list_that_a_script_turns(tmp_path: Path) -> None:
    column = "/nw12344/index.html"
    listed = [(f"/nw12344/20250120/{n:032x}.html", title) for n, (_, _, title) in enumerate(titles())]
    pages = frame(column)
    for number in (1, 2, 3):
        script = (
            f'<script>var currentPage = {number}; var totalPage = 3; var pageName = "index"; var pageExt = "html";'
            "function go(p){ location.href = p == 1 ? pageName + '.' + pageExt : pageName + '_' + p + '.' + pageExt; }</script>"
        )
        name = column if number == 1 else f"/nw12344/index_{number}.html"
        pages[name] = html("政府信息公开年报", items(*listed[(number - 1) * 10 : number * 10]) + script)
    for (url, _), (organ, year, _) in zip(listed, titles(), strict=True):
        pages[url] = report(organ, year)
    with serving(pages) as site:
        run = crawl(site, tmp_path)
        assert "/nw12344/index_4.html" not in site.paths()
    assert run.reports_known == len(titles())


def test_a_link_to_a_file_that_names_no_organ_has_that_of_its_column(tmp_path: Path) -> None:
    pages = frame("/gk/jyj/nb/")
    crumbs = '<div class="dqwz"><a href="/">首页</a> &gt; <a href="/gk/jyj/">云溪市教育局</a> &gt; <a href="/gk/jyj/nb/">政府信息公开年报</a></div>'
    pages["/gk/jyj/nb/"] = html(
        "政府信息公开年报",
        crumbs
        + items(
            ("/gk/jyj/nb/a.xlsx", "2023年度政府信息公开工作年度报告"),
            ("/gk/jyj/nb/b.xlsx", "云溪市财政局2022年政府信息公开工作年度报告"),
        ),
    )
    with serving(pages) as site:
        crawl(site, tmp_path)
    anchors = dict(rows(tmp_path, "SELECT substr(url, -6), anchor FROM page WHERE url LIKE '%.xlsx'"))
    assert anchors == {
        "a.xlsx": "云溪市教育局2023年度政府信息公开工作年度报告",
        "b.xlsx": "云溪市财政局2022年政府信息公开工作年度报告",
    }


def unit(page_id: str) -> str:
    """A list that a script builds (大汉 jpaas)."""
    return (
        '<div id="lb"></div><script parseType="bulidstatic" url="/api-gateway/front/page/build/unit" '
        f"queryData=\"{{'parseType':'bulidstatic','webId':'149','pageType':'column','tagId':'列表','pageId':'{page_id}'}}\"></script>"
    )


def built(lists: dict[str, list[tuple[str, str]]]) -> Callable[[Asked], Answer]:
    """What the script is answered, by the list's number."""

    def reply(asked: Asked) -> Answer:
        query = parse_qs(urlsplit(asked.path).query)
        entries = lists[query["pageId"][0]] if query["pageNo"] == ["1"] else []
        return Answer(json.dumps({"data": {"html": items(*entries)}}, ensure_ascii=False), media="application/json")

    return reply


def test_a_file_of_a_list_that_is_built_elsewhere_has_the_columns_organ(tmp_path: Path) -> None:
    pages = frame("/gk/jyj/nb/")
    pages["/gk/jyj/nb/"] = html(
        "政府信息公开年报",
        '<div class="dqwz"><a href="/">首页</a> &gt; <a href="/gk/jyj/">云溪市教育局</a> &gt; <a href="/gk/jyj/nb/">政府信息公开年报</a></div>'
        + unit("7"),
    )
    pages[UNIT + "?*"] = built({"7": [("/gk/jyj/nb/a.xlsx", "2023年度政府信息公开工作年度报告")]})
    with serving(pages) as site:
        crawl(site, tmp_path)
    found = rows(tmp_path, "SELECT anchor FROM page WHERE url LIKE '%.xlsx'")
    assert found == [("云溪市教育局2023年度政府信息公开工作年度报告",)]


def test_what_fills_an_old_years_list_is_asked_for_as_seldom_as_the_list(tmp_path: Path) -> None:
    pages = frame(COLUMN)
    pages[COLUMN] = html("政府信息公开年报", items(*((f"{COLUMN}{year}n/", f"{year}年") for year in reversed(YEARS))))
    lists: dict[str, list[tuple[str, str]]] = {}
    for year in YEARS:
        own = [(f"{COLUMN}{year}n/{n}.html", each) for n, each in enumerate(titles()) if each[1] == year]
        pages[f"{COLUMN}{year}n/"] = html(f"{year}年", unit(str(year)))
        lists[str(year)] = [(url, title) for url, (_, _, title) in own]
        pages |= {url: report(organ, of) for url, (organ, of, _) in own}
    pages[UNIT + "?*"] = built(lists)
    with serving(pages) as site:
        run = crawl(site, tmp_path)
        assert run.reports_known == len(titles())
        site.asked.clear()
        crawl(site, tmp_path)
        asked = [parse_qs(urlsplit(path).query)["pageId"][0] for path in site.paths() if path.startswith(UNIT)]
    assert sorted(asked) == [str(year) for year in YEARS[-2:]]


def test_a_menu_of_addresses_like_articles_does_not_pass_for_the_list_that_a_script_fills(tmp_path: Path) -> None:
    def column(number: int) -> str:
        return f"/view/pages/ItemList.html?itemPId=900&itemId={number}&itemUrl=ItemListRightList.html"

    names = ("政务公开专栏", "公开制度", "公开指南", "法治政府建设年度报告", "依申请公开", "政府信息公开年报")
    links = "".join(f'<li><a href="{column(number)}">{name}</a></li>' for number, name in enumerate(names, 11))
    menu = f'<div class="left"><ul>{links}</ul></div>'
    script = """<div class="list"></div><script>
        function getData(page) { $.ajax({ type: "GET", url: "/web/DocInfo/SelectDoc", data: { itemId: "16", pageSize: 18, pageIndex: page },
          dataType: "json", success: function (res) { var html = ""; for (var i = 0; i < res.data.rows.length; i++) { var r = res.data.rows[i];
            html += '<li><a href="ItemDetail.html?docId=' + r.docId + '&itemId=' + r.itemId + '">' + r.docSubtitle + '</a><span>' + r.publishDate + '</span></li>'; }
          $(".list").html(html); } }); }
        getData(1);</script>"""
    pages: Pages = {"/": html("云溪市人民政府", menu)}
    for number, name in enumerate(names, 11):
        pages[column(number)] = html(name, menu + (script if name == names[-1] else "<p>暂无</p>"))
    listed = [
        {"docId": n, "itemId": 16, "docSubtitle": title, "publishDate": "2025-01-20"}
        for n, (_, _, title) in enumerate(titles())
    ]

    def reply(asked: Asked) -> Answer:
        first = (int(parse_qs(urlsplit(asked.path).query)["pageIndex"][0]) - 1) * 18
        found = {"rptCode": 200, "data": {"total": len(listed), "rows": listed[first : first + 18]}}
        return Answer(json.dumps(found, ensure_ascii=False), media="application/json")

    pages["/web/DocInfo/SelectDoc?*"] = reply
    for number, (organ, year, _) in enumerate(titles()):
        pages[f"/view/pages/ItemDetail.html?docId={number}&itemId=16"] = report(organ, year)
    with serving(pages) as site:
        run = crawl(site, tmp_path)
    assert run.reports_known == len(titles())
