# ruff: noqa: E501 - markup and scripts as portals write them
"""Portals of no known make: their lists are turned and chosen by forms, told by tables' options, opened row by row."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from crawler.politeness import blocks
from tests.crawler.crawls import crawl, rows
from tests.crawler.portals import ORGANS, YEARS, Pages, frame, titles
from tests.crawler.site import Answer, Asked, Reply, html, items, report, serving
from tests.crawler.test_opened_lists import ENTRIES, column, given, told

LINKS = [(f"/detail/{n}.html", title) for n, (_, _, title) in enumerate(titles())]
SIZE = 8


def found(pages: Pages, archive: Path) -> int:
    """Crawl it; the reports that were found."""
    with serving(pages) as site:
        crawl(site, archive)
    return len(rows(archive, "SELECT 1 FROM page WHERE report = 1"))


def of(organ: str = "", year: int = 0) -> list[tuple[str, str]]:
    return [link for link, (name, y, _) in zip(LINKS, titles(), strict=True) if organ in ("", name) and year in (0, y)]


def a_form_whose_menu_turns_the_pages() -> Pages:
    """ASP of 2008: 转到<select name=page onchange="this.form.submit()">, and no link."""

    def answer(asked: Asked) -> Answer:
        number = int(given(asked).get("page", "1"))
        pages = -(-len(LINKS) // SIZE)
        options = "".join(f"<option value={n}>第{n}页</option>" for n in range(1, pages + 1))
        turn = f'<form action=list.asp method=get><input type=hidden name=id value=73>转到<select name=page onchange="this.form.submit()">{options}</select></form>'
        return Answer(html("年报", items(*LINKS[(number - 1) * SIZE : number * SIZE]) + turn))

    return column("", at="/list.asp?id=73") | {"/list.asp?id=73": answer, "/list.asp?*": answer}


def a_menu_of_organs_that_fills_the_form() -> Pages:
    """One organ's reports are shown; a click fills in another organ's code, sets the page back, and sends the form."""

    def answer(asked: Asked) -> Answer:
        form = given(asked)
        organ, number = ORGANS[int(form.get("org", "0"))], int(form.get("no", "1"))
        mine = of(organ)
        menu = "".join(f"<li><a href=\"javascript:toOrg('{n}');\">{name}</a></li>" for n, name in enumerate(ORGANS))
        fields = f"<form id='f' action='/nb.do' method='post'><input type='hidden' name='org' id='org' value='{ORGANS.index(organ)}'><input type='hidden' name='no' id='no' value='{number}'></form>"
        script = "<script>function toOrg(c){document.getElementById('org').value=c;document.getElementById('no').value=1;document.getElementById('f').submit();}function turn(n){$('#no').val(n);$('#f').submit();}</script>"
        turn = "<a href='javascript:turn(1)'>1</a> <a href='javascript:turn(2)'>2</a>"
        return Answer(
            html("年报", f"<ul>{menu}</ul>{fields}{script}{items(*mine[(number - 1) * 4 : number * 4])}{turn}")
        )

    return column("", at="/nb.do") | {"/nb.do": answer}


def a_table_that_renames_its_parameters() -> Pages:
    """layui: request: {pageName: 'curr', limitName: 'nums'}."""

    def answer(asked: Asked) -> Answer:
        number, size = int(given(asked)["curr"]), int(given(asked)["nums"])
        return told({"total": len(ENTRIES), "list": ENTRIES[(number - 1) * size : number * size]})

    table = "table.render({elem:'#t',url:'/nb/data',page:true,limit:7,request:{pageName:'curr',limitName:'nums'},cols:[[{field:'title'}]]});table.on('tool(t)',function(obj){window.open('/detail/'+obj.data.id+'.html')});"
    return column(f"<table id='t'></table><script>{table}</script>") | {"/nb/data?*": answer}


def a_grid_of_ext() -> Pages:
    """The store's proxy has the address, the toolbar the size; start is counted up."""

    def answer(asked: Asked) -> Answer:
        form = given(asked)
        start, size = int(form["start"]), int(form["limit"])
        return told({"totalCount": str(len(ENTRIES)), "data": ENTRIES[start : start + size]})

    script = "var store=new Ext.data.Store({proxy:new Ext.data.HttpProxy({url:'/nb/grid.do?m=nb'}),reader:new Ext.data.JsonReader({root:'data'},[{name:'title'}])});function r(v,p,row){return '<a href=\"/detail/'+row.data.id+'.html\">'+v+'</a>';}new Ext.grid.GridPanel({store:store,bbar:new Ext.PagingToolbar({pageSize:9,store:store})});store.load({params:{start:0,limit:9}});"
    return column(f"<div id='g'></div><script>{script}</script>") | {"/nb/grid.do?*": answer}


def years_that_load_the_report_itself() -> Pages:
    """Each organ's years are clicks that load the report's text into a box."""
    body = "".join(
        f"<h4>{organ}</h4>"
        + "".join(f'<p onclick="show({n})">{y}年</p>' for n, (name, y, _) in enumerate(titles()) if name == organ)
        for organ in ORGANS
    )
    pages = column(f"{body}<div id='c'></div><script>function show(id){{$('#c').load('/doc/'+id+'.htm');}}</script>")
    for number, (organ, year, _) in enumerate(titles()):
        pages[f"/doc/{number}.htm"] = f"<div>{report(organ, year)}</div>"
    return pages


def rows_that_a_form_opens() -> Pages:
    """下载 sends the row's own form; the menu of years says 全部年度, and yet the newest alone is shown."""

    def answer(asked: Asked) -> Answer:
        year = int(given(asked).get("nd") or YEARS[-1])
        lines = "".join(
            f"<tr><td>{name}</td><td>{y}年</td><td><form method='get' action='/file.jsp'><input type='hidden' name='id' value='{n}'><input type='submit' value='下载'></form></td></tr>"
            for n, (name, y, _) in enumerate(titles())
            if y == year
        )
        menu = (
            "<form method='post' action='/nb.jsp'><select name='nd'><option value=''>全部年度</option>"
            + "".join(f"<option>{y}</option>" for y in YEARS)
            + "</select><input type='submit' value='查询'></form>"
        )
        return Answer(html("年报", f"{menu}<table>{lines}</table>"))

    pages = column("", at="/nb.jsp") | {"/nb.jsp": answer}
    return pages | {f"/file.jsp?id={n}": report(name, y) for n, (name, y, _) in enumerate(titles())}


def years_behind_a_label() -> Pages:
    """An organ's page of disclosure: 年度报告：2024 2023 2022, and no heading."""
    pages = frame("/zn/")
    pages["/zfxxgk/"] = html(
        "政府信息公开", "".join(f"<p><a href='/o{n}.html'>{name}</a></p>" for n, name in enumerate(ORGANS))
    )
    for n, organ in enumerate(ORGANS):
        years = " ".join(f"<a href='/r/{n}/{y}.html'>{y}</a>" for y in YEARS)
        pages[f"/o{n}.html"] = html(organ, f"<p><a href='/zn/'>公开指南</a></p><p>年度报告：{years}</p>")
        pages |= {f"/r/{n}/{y}.html": report(organ, y) for y in YEARS}
    return pages


def a_column_in_the_menu_that_says_only_reports() -> Pages:
    """年度报告 in the home page's own menu."""
    pages: dict[str, Reply | str] = {
        "/": html("云溪市", "<a href='/xw.do'>工作动态</a><a href='/l.do?m=nb'>年度报告</a>")
    }
    pages["/l.do?m=nb"] = html("年度报告", items(*LINKS))
    return pages | {f"/detail/{n}.html": report(name, y) for n, (name, y, _) in enumerate(titles())}


PORTALS = (
    a_form_whose_menu_turns_the_pages,
    a_menu_of_organs_that_fills_the_form,
    a_table_that_renames_its_parameters,
    a_grid_of_ext,
    years_that_load_the_report_itself,
    rows_that_a_form_opens,
    years_behind_a_label,
    a_column_in_the_menu_that_says_only_reports,
)


@pytest.mark.parametrize("portal", PORTALS, ids=lambda portal: portal.__name__)
def test_all_reports_are_found(portal: object, tmp_path: Path) -> None:
    assert callable(portal)
    assert found(portal(), tmp_path) == len(LINKS)


def test_a_shell_that_asks_for_scripts_refuses_nothing() -> None:
    shell = (
        b"<html><body><noscript>JavaScript</noscript><div id='app'></div><script src='/a.js'></script></body></html>"
    )
    assert blocks.challenge(200, "", shell, shown=True) is None
    assert blocks.challenge(200, "", shell.replace(b"noscript", b"p"), shown=True) == "javascript"


def test_organs_then_years_then_reports_that_one_answer_after_the_other_tells(tmp_path: Path) -> None:
    script = (
        "$.getJSON('/api/units',function(d){$.each(d.data,function(i,u){$('#u').append('<li data-code=\"'+u.code+'\">'+u.name+'</li>')})});"
        "$('#u').on('click','li',function(){var c=$(this).data('code');$.getJSON('/api/years',{code:c},function(d){$.each(d.data,function(i,y){$('#y').append('<li onclick=\"docs(\\''+c+'\\','+y+')\">'+y+'</li>')})})});"
        "function docs(c,y){$.getJSON('/api/docs',{code:c,year:y},function(d){$.each(d.data,function(i,x){$('#d').append('<a href=\"/detail/'+x.id+'.html\">'+x.title+'</a>')})})}"
    )
    pages = column("<ul id='u'></ul><ul id='y'></ul><ul id='d'></ul><script src='/a/own.js'></script>")
    pages["/a/own.js"] = Answer(script, media="application/javascript")
    pages["/api/units"] = told({"data": [{"code": f"U{n}", "name": name} for n, name in enumerate(ORGANS)]})
    pages["/api/years?*"] = lambda asked: told({"data": list(YEARS) if given(asked)["code"][0] == "U" else []})

    def docs(asked: Asked) -> Answer:
        organ, year = ORGANS[int(given(asked)["code"][1:])], int(given(asked)["year"])
        return told(
            {"data": [e for e, (name, y, _) in zip(ENTRIES, titles(), strict=True) if (name, y) == (organ, year)]}
        )

    assert found(pages | {"/api/docs?*": docs}, tmp_path) == len(LINKS)


def test_a_page_of_scripts_whose_menu_only_an_answer_names(tmp_path: Path) -> None:
    shell = '<html><body><noscript>JavaScript</noscript><div id="app"></div><script src="/js/app.9c.js"></script></body></html>'
    bundle = (
        'var i=axios.create({baseURL:"/portal-api"});function menu(){return i({url:"/web/menu/tree",method:"get"})}function arts(t){return i({url:"/web/article/page",method:"get",params:t})}'
        'function art(t){return i({url:"/web/article/".concat(t),method:"get"})}var L={data:function(){return{q:{menuId:"",pageNum:1,pageSize:7}}},methods:{load:function(){arts(this.q)},go:function(t){this.$router.push("/info/"+t.articleId)}}};'
    )
    below = [{"menuId": f"c{n}", "menuName": name, "children": []} for n, name in enumerate(ORGANS)]
    menu = [{"menuId": "a1", "menuName": "要闻"}, {"menuId": "b7", "menuName": "公开年报", "children": below}]

    def listed(asked: Asked) -> Answer:
        form = given(asked)
        mine = of(ORGANS[int(form["menuId"][1:])]) if form["menuId"][0] == "c" else []
        start = (int(form["pageNum"]) - 1) * 4
        rows = [
            {"articleId": url.split("/")[2].split(".")[0], "title": title} for url, title in mine[start : start + 4]
        ]
        return told({"data": {"total": len(mine), "rows": rows}})

    pages: Pages = {"/": shell, "/js/app.9c.js": Answer(bundle, media="application/javascript")}
    pages |= {"/portal-api/web/menu/tree": told({"data": menu}), "/portal-api/web/article/page?*": listed}
    pages |= {
        f"/portal-api/web/article/{n}": told({"data": {"content": report(name, y)}})
        for n, (name, y, _) in enumerate(titles())
    }
    assert found(pages, tmp_path) == len(LINKS)


def test_a_map_of_the_site_that_only_robots_names(tmp_path: Path) -> None:
    pages: Pages = {"/": html("云溪镇", "<object data='/main.swf'></object>")} | {
        f"/show-{n}.html": report(name, y) for n, (name, y, _) in enumerate(titles())
    }
    with serving(pages) as site:
        site.put(
            "/robots.txt",
            Answer(f"User-agent: *\nDisallow: /manage/\nSitemap: {site.home}map1.xml.gz\n", media="text/plain"),
        )
        places = "".join(f"<url><loc>{site.home}show-{n}.html</loc></url>" for n in range(len(LINKS)))
        site.put(
            "/map1.xml.gz", Answer(gzip.compress(f"<urlset>{places}</urlset>".encode()), media="application/x-gzip")
        )
        crawl(site, tmp_path)
    assert len(rows(tmp_path, "SELECT 1 FROM page WHERE report = 1")) == len(LINKS)
