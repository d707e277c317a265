# ruff: noqa: E501 - markup and scripts as portals write them
"""Portals of no known make: their lists are turned and chosen by forms, told by tables' options, opened row by row."""

from __future__ import annotations

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
