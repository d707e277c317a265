# ruff: noqa: E501 - markup and scripts as portals write them
"""Portals of no known make: their lists are turned and chosen by forms, told by tables' options, opened row by row."""

from __future__ import annotations

import base64
import gzip
import json
from html import escape
from pathlib import Path

import pytest

from crawler.discovery.links import Link
from crawler.discovery.scoring import judge
from crawler.families import read_answer
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


def an_escaped_address_in_a_click() -> Pages:
    """SharePoint: the arrow's picture says 下一页, its click calls a function of a file with an escaped address."""
    pages = column("", at="/l.aspx")
    parts = [LINKS[start : start + 12] for start in range(0, len(LINKS), 12)]
    for number, part in enumerate(parts):
        turn = f'<a href="javascript:" onclick="javascript:RefreshPageTo(event, &quot;/l.aspx?Paged=TRUE\\u0026first={number + 1}&quot;);"><img src="/n.gif" alt="下一页"></a>'
        pages["/l.aspx" if not number else f"/l.aspx?Paged=TRUE&first={number}"] = html(
            "年报", items(*part) + (turn if number + 1 < len(parts) else "")
        )
    return pages


def arrows_in_a_navigator() -> Pages:
    """« and » to /tag/nb/2/, in a box that is called page-navigator."""
    pages = column("", at="/tag/nb/")
    parts = [LINKS[start : start + 12] for start in range(0, len(LINKS), 12)]
    for number, part in enumerate(parts, 1):
        turn = (
            f'<ol class="page-navigator"><li><a href="/tag/nb/{number + 1}/">&raquo;</a></li></ol>'
            if number < len(parts)
            else ""
        )
        pages["/tag/nb/" if number == 1 else f"/tag/nb/{number}/"] = html(
            "标签", "".join(f"<article><h2><a href='{url}'>{title}</a></h2></article>" for url, title in part) + turn
        )
    return pages


def frames_that_the_page_holds_itself() -> Pages:
    """<iframe srcdoc>: the list of each organ stands in an attribute."""
    framed = "".join(
        f'<details><summary>{organ}</summary><iframe srcdoc="{escape("".join(f"<li><a href={url}>{title}</a></li>" for url, title in of(organ)))}"></iframe></details>'
        for organ in ORGANS
    )
    return column(f"<h2>政府信息公开年报</h2>{framed}")


def rows_without_names_in_a_script() -> Pages:
    """var rows = [["3", "…年度报告"], …], opened as '/detail/' + rows[i][0] + '.html'."""
    held = ",".join(f"['{n}','{title}']" for n, (_, title) in enumerate(LINKS))
    return column(
        f"<ul id='u'></ul><script>var rows=[{held}];function openRow(i){{location.href='/detail/'+rows[i][0]+'.html';}}</script>"
    )


def radio_buttons_for_organs() -> Pages:
    """A form of radio buttons; nothing is shown before one is chosen."""
    form = (
        "<form action='/cx' method='get'>"
        + "".join(f"<label><input type=radio name=dw value={n}>{name}</label>" for n, name in enumerate(ORGANS))
        + "<button>查询</button></form>"
    )
    pages = column("", at="/cx") | {"/cx": html("年报查询", f"<h2>政府信息公开年报查询</h2>{form}")}
    return pages | {"/cx?*": lambda asked: Answer(html("年报", form + items(*of(ORGANS[int(given(asked)["dw"])]))))}


def a_menu_of_areas_that_fills_that_of_organs() -> Pages:
    """地区 → 单位: the second menu's options come as markup, and a form takes both."""
    form = "<form action='/fb' method='get'><select name='area' onchange='load(this.value)'><option value=''>请选择</option><option value='1'>市直</option><option value='2'>县区</option></select><select name='dept' id='dept'><option value=''>请选择</option></select><input type='submit' value='查询'></form><script>function load(v){$.get('/depts?area='+v,function(h){$('#dept').html(h)})}</script>"
    pages = column("", at="/fb") | {"/fb": html("年报", f"<h2>政府信息公开年报</h2>{form}")}
    for area, numbers in (("1", (0, 1)), ("2", (2, 3, 4))):
        pages[f"/depts?area={area}"] = "".join(f"<option value='{n}'>{ORGANS[n]}</option>" for n in numbers)
    return pages | {"/fb?*": lambda asked: Answer(html("年报", form + items(*of(ORGANS[int(given(asked)["dept"])]))))}


def a_button_that_holds_what_follows() -> Pages:
    """查看更多 posts the address in data-next, and is told the next one."""
    parts = [LINKS[start : start + 8] for start in range(0, len(LINKS), 8)]
    more = "<a class='more' data-next='/more/1' href='javascript:;'>查看更多</a><script>$('.more').click(function(){var me=$(this);$.post(me.attr('data-next'),{},function(r){$('#u').append(r.html);me.attr('data-next',r.next)},'json')})</script>"
    pages = column(f"<ul id='u'>{items(*parts[0])}</ul>{more}")
    for number, part in enumerate(parts[1:], 1):
        pages[f"/more/{number}"] = told(
            {"html": items(*part), "next": f"/more/{number + 1}" if number + 1 < len(parts) else ""}
        )
    return pages


def more_that_counts_on_afterwards() -> Pages:
    """WordPress sends the number of the page that is shown."""
    parts = [LINKS[start : start + 8] for start in range(0, len(LINKS), 8)]
    script = 'var loadmore={"ajaxurl":"\\/ajax.php","posts":"{\\"name\\":\\"nb\\"}","current_page":"1"};$(".m").click(function(){var data={"action":"loadmore","query":loadmore.posts,"page":loadmore.current_page};$.ajax({url:loadmore.ajaxurl,data:data,type:"POST",success:function(d){$("#u").append(d);loadmore.current_page++}})})'
    pages = column(f"<div id='u'>{items(*parts[0])}</div><button class='m'>加载更多</button><script>{script}</script>")

    def answer(asked: Asked) -> Answer:
        number = int(given(asked)["page"])
        articles = parts[number] if number < len(parts) else []
        return Answer("".join(f"<article><h2><a href='{url}'>{title}</a></h2></article>" for url, title in articles))

    return pages | {"/ajax.php": answer}


def numbers_that_only_a_framework_turns() -> Pages:
    """共 30 条 and numbers without an address: ?page= is tried."""
    parts = [LINKS[start : start + 8] for start in range(0, len(LINKS), 8)]

    def answer(asked: Asked) -> Answer:
        number = int(given(asked).get("page", "1"))
        return Answer(
            html(
                "年报",
                items(*parts[min(number, len(parts)) - 1])
                + "<span>共 30 条</span><ul><li class='number'>1</li><li class='number'>2</li></ul><script>var s={page:1}</script>",
            )
        )

    return column("", at="/channel/nb") | {"/channel/nb": answer, "/channel/nb?*": answer}


def parameters_in_parameters() -> Pages:
    """{page: {pageNo: p}, condition: {colId: …}}, the column's number held by an element."""

    def answer(asked: Asked) -> Answer:
        form = json.loads(asked.body)
        start = (form["page"]["pageNo"] - 1) * form["page"]["pageSize"]
        mine = ENTRIES if form["condition"]["colId"] == "a7" else []
        return told({"result": {"count": len(mine), "records": mine[start : start + form["page"]["pageSize"]]}})

    script = "new Vue({data:{colId:document.getElementById('app').dataset.col},methods:{query:function(p){axios.post('/info/query',{page:{pageNo:p,pageSize:9},condition:{colId:this.colId,status:1}}).then(show)},go:function(r){window.open('/detail/'+r.id+'.html')}}})"
    return column(f"<div id='app' data-col='a7'></div><script>{script}</script>") | {"/info/query": answer}


MORE = (
    an_escaped_address_in_a_click,
    arrows_in_a_navigator,
    frames_that_the_page_holds_itself,
    rows_without_names_in_a_script,
    radio_buttons_for_organs,
    a_menu_of_areas_that_fills_that_of_organs,
    a_button_that_holds_what_follows,
    more_that_counts_on_afterwards,
    numbers_that_only_a_framework_turns,
    parameters_in_parameters,
)


@pytest.mark.parametrize("portal", MORE, ids=lambda portal: portal.__name__)
def test_all_reports_are_found_there_too(portal: object, tmp_path: Path) -> None:
    assert callable(portal)
    assert found(portal(), tmp_path) == len(LINKS)


@pytest.mark.parametrize(
    ("text", "url", "kind"),
    [
        ("历年信息公开年度报告一览表", "http://a.gov.cn/nb/", "column"),
        ("政府信息公开工作总结与年报", "http://a.gov.cn/nb/", "column"),
        ("年报发布", "http://a.gov.cn/nb.do", "column"),
        ("2024年度各单位政府信息公开工作年度报告（打包下载）", "http://a.gov.cn/nb.zip", "attachment"),
        ("关于报送2024年度各单位政府信息公开工作年度报告的通知", "http://a.gov.cn/1.html", "decoy"),
    ],
)
def test_what_names_a_column_or_the_reports_of_several_organs(text: str, url: str, kind: str) -> None:
    assert judge(Link(url, text), "hub").kind == kind


def test_a_fragment_of_links_is_no_data() -> None:
    text = "".join(
        f"<a href='{url}' title='{title}'><h4>{title}</h4><time>2025-01-20</time></a>" for url, title in LINKS
    )
    listing = read_answer("anylist", text, "http://a.gov.cn/more", 2, {})
    assert listing is not None and len(listing.links) == len(LINKS)


def a_tree_of_postbacks_in_a_page_of_disclosure() -> Pages:
    """ASP.NET: 年度报告 and the organs below it are nodes of a TreeView, the list's pages those of a GridView."""

    def answer(asked: Asked) -> Answer:
        form = given(asked) if asked.method == "POST" else {}
        node, shown, number = form.get("__EVENTTARGET"), form.get("__VIEWSTATE", "v").partition("|")[2], 1
        if node == "TreeView1":
            shown = form["__EVENTARGUMENT"].rpartition("\\")[2]
        elif node == "GridView1":
            number = int(form["__EVENTARGUMENT"].partition("$")[2])
        mine = of(ORGANS[int(shown[2:])]) if shown.startswith("nb") else []
        tree = "<a href=\"javascript:__doPostBack('TreeView1','szn')\">公开指南</a><a href=\"javascript:__doPostBack('TreeView1','sall')\">年度报告</a>"
        tree += "".join(
            f"<p><a href=\"javascript:__doPostBack('TreeView1','sall\\\\nb{n}')\">{name}</a></p>"
            for n, name in enumerate(ORGANS)
        )
        turn = (
            "<p>"
            + "".join(
                f"<a href=\"javascript:__doPostBack('GridView1','Page${n}')\">{n}</a>" for n in (1, 2) if n != number
            )
            + "</p>"
            if mine
            else ""
        )
        hidden = f"<input type=hidden name=__EVENTTARGET><input type=hidden name=__VIEWSTATE value='v|{shown}'>"
        return Answer(
            html(
                "目录",
                f"<form method=post action=/gk.aspx>{hidden}{tree}{items(*mine[(number - 1) * 4 : number * 4])}{turn}</form>",
            )
        )

    pages = column("", at="/nb/") | {"/": html("云溪市", "<a href='/gk.aspx'>信息公开目录</a>"), "/gk.aspx": answer}
    del pages["/nb/"], pages["/zfxxgk/"]
    return pages


def frames_of_libraries() -> Pages:
    """<turbo-frame src>, and in it the frame of the next page."""
    parts = [LINKS[start : start + 12] for start in range(0, len(LINKS), 12)]
    pages = column("<h2>政府信息公开年报</h2><turbo-frame id='r' src='/part/1' loading='lazy'></turbo-frame>")
    for number, part in enumerate(parts, 1):
        more = f"<turbo-frame src='/part/{number + 1}' loading='lazy'></turbo-frame>" if number < len(parts) else ""
        pages[f"/part/{number}"] = f"<turbo-frame id='r'>{items(*part)}{more}</turbo-frame>"
    return pages


def years_that_an_attribute_asks_for() -> Pages:
    """htmx: <button hx-get="/part?year=2024">."""
    buttons = "".join(f"<button hx-get='/part?year={year}' hx-target='#l'>{year}年</button>" for year in YEARS)
    pages = column(f"{buttons}<div id='l' hx-get='/part?year={YEARS[-1]}' hx-trigger='load'></div>")
    return pages | {f"/part?year={year}": items(*of(year=year)) for year in YEARS}


def an_answer_in_base64() -> Pages:
    """{"data": "eyJ0b3RhbCI6…"}."""

    def answer(asked: Asked) -> Answer:
        start = (int(given(asked)["pageNo"]) - 1) * 10
        held = json.dumps({"total": len(ENTRIES), "list": ENTRIES[start : start + 10]}, ensure_ascii=False)
        return told({"code": 0, "data": base64.b64encode(held.encode()).decode()})

    script = "function load(p){$.post('/api/article/queryPage',{channel:'nb',pageNo:p,pageSize:10},function(r){JSON.parse(Base64.decode(r.data)).list.forEach(function(x){$('#l').append('<a href=\"/detail/'+x.id+'.html\">'+x.title+'</a>')})})}load(1);"
    return column(f"<ul id='l'></ul><script>{script}</script>") | {"/api/article/queryPage": answer}


def a_flat_tree_and_pages_from_nought() -> Pages:
    """A bundle asks for all columns in one flat list and for a column's articles from page 0."""
    bundle = (
        '(this.w=[]).push([[0],{12:function(e,t,n){var r=n(3).a.create({baseURL:"/gateway"});t.channels=function(){return r.get("/site/channels")};'
        't.docs=function(e,t){return r.post("/doc/list",{channelId:e,pageIndex:t,pageSize:4})};t.doc=function(e){return r.get("/doc/"+e)}},20:function(e,t,n){var o=function(e){return n(12).docs(e.channelId,0)}}}]);'
    )
    flat = [
        {"channelId": 5, "parentId": 0, "channelName": "政务公开"},
        {"channelId": 58, "parentId": 5, "channelName": "政府信息公开年报"},
    ]
    flat += [{"channelId": 580 + n, "parentId": 58, "channelName": name} for n, name in enumerate(ORGANS)]

    def listed(asked: Asked) -> Answer:
        form = json.loads(asked.body)
        mine = of(ORGANS[int(form["channelId"]) - 580]) if int(form["channelId"]) >= 580 else []
        start = form["pageIndex"] * 4
        rows = [{"docId": url.split("/")[2].split(".")[0], "docTitle": title} for url, title in mine[start : start + 4]]
        return told({"data": {"totalElements": len(mine), "content": rows}})

    pages: Pages = {"/": '<html><body><div id="root"></div><script src="/js/main.4d.chunk.js"></script></body></html>'}
    pages |= {"/js/main.4d.chunk.js": Answer(bundle, media="application/javascript"), "/gateway/doc/list": listed}
    pages["/gateway/site/channels"] = told({"data": flat})
    return pages | {
        f"/gateway/doc/{n}": told({"data": {"docContent": report(name, y)}}) for n, (name, y, _) in enumerate(titles())
    }


def organs_that_a_field_offers() -> Pages:
    """<input list>: the organs are suggestions of a field."""
    form = (
        "<form action='/cx' method='get'><input type='text' name='unit' list='u'><datalist id='u'>"
        + "".join(f"<option value='{name}'>" for name in ORGANS)
        + "</datalist><button type='submit'>查询</button></form>"
    )
    pages = column("", at="/cx") | {"/cx": html("年报查询", f"<h2>政府信息公开年报查询</h2>{form}")}
    return pages | {"/cx?*": lambda asked: Answer(html("年报", form + items(*of(given(asked)["unit"]))))}


LAST = (
    a_tree_of_postbacks_in_a_page_of_disclosure,
    frames_of_libraries,
    years_that_an_attribute_asks_for,
    an_answer_in_base64,
    a_flat_tree_and_pages_from_nought,
    organs_that_a_field_offers,
)


@pytest.mark.parametrize("portal", LAST, ids=lambda portal: portal.__name__)
def test_all_reports_are_found_as_well(portal: object, tmp_path: Path) -> None:
    assert callable(portal)
    assert found(portal(), tmp_path) == len(LINKS)


def test_a_book_of_pages_shows_a_file(tmp_path: Path) -> None:
    covers = "".join(
        f"<div><a href='/book/{n}/index.html'><img src='c.jpg'></a><p>{y}</p></div>"
        for n, (_, y, _) in enumerate(titles())
    )
    pages = column(covers)
    for n in range(len(LINKS)):
        pages[f"/book/{n}/index.html"] = (
            f"<html><body><div id='b'></div><script>new FlipBook({{pdf:'../../pdf/{n}.pdf'}});</script></body></html>"
        )
        pages[f"/pdf/{n}.pdf"] = Answer(b"%PDF-1.4", media="application/pdf")
    with serving(pages) as site:
        crawl(site, tmp_path)
        assert sum(path.startswith("/pdf/") for path in site.paths()) == len(LINKS)


def tabs_that_set_a_variable() -> Pages:
    """function tab(k){cur = k; load()}: the request has the variable, and more pages below each."""
    groups = {"zf": ORGANS[:1], "bm": ORGANS[1:3], "xz": ORGANS[3:]}
    tabs = "".join(
        f"<li onclick=\"tab('{key}')\">{text}</li>"
        for key, text in (("zf", "市政府"), ("bm", "市直部门"), ("xz", "乡镇"))
    )
    script = "var cur='zf',pg=1;function tab(k){cur=k;pg=1;load();}function load(){$.get('/nb/ajaxlist',{group:cur,page:pg},show);}load();"

    def answer(asked: Asked) -> Answer:
        mine = [link for organ in groups[given(asked)["group"]] for link in of(organ)]
        start = (int(given(asked)["page"]) - 1) * 5
        return Answer(items(*mine[start : start + 5]) if start < len(mine) else "<p>没有更多了</p>")

    return column(f"<ul>{tabs}</ul><div id='c'></div><script>{script}</script>") | {"/nb/ajaxlist?*": answer}


def reports_that_a_click_draws_from_data() -> Pages:
    """onclick="openDoc(3)", which asks for doc.json?id=3."""
    rows_ = "".join(
        f'<li><a href="javascript:;" onclick="openDoc({n})">{title}</a></li>' for n, (_, title) in enumerate(LINKS)
    )
    script = "<script>function openDoc(id){$.getJSON('/doc.json?id='+id,function(d){$('#m').html(d.content)})}</script>"
    pages = column(f"<ul>{rows_}</ul>{script}")
    return pages | {f"/doc.json?id={n}": told({"content": report(name, y)}) for n, (name, y, _) in enumerate(titles())}


def pictures_that_open_windows() -> Pages:
    """<IMG ONCLICK="OpenWin(3)">, where var url = '../show.asp?nid=' + id is opened."""
    script = "<SCRIPT>function OpenWin(id){var url='/show.asp?nid='+id;var win=window.open(url,'w','height=600');win.focus();}</SCRIPT>"
    lines = "".join(
        f'<TR><TD>{title}</TD><TD><IMG SRC="v.gif" ALT="查看" ONCLICK="OpenWin({n})"></TD></TR>'
        for n, (_, title) in enumerate(LINKS)
    )
    pages = column(f"{script}<TABLE>{lines}</TABLE>")
    return pages | {f"/show.asp?nid={n}": report(name, y) for n, (name, y, _) in enumerate(titles())}


def years_whose_folder_an_attribute_has() -> Pages:
    """<span data-dir="../2023n/" onclick="location.href=this.getAttribute('data-dir')">."""
    pages = column("", at=f"/nb/{YEARS[-1]}n/")
    tabs = "".join(
        f"<span data-dir='../{y}n/' onclick=\"location.href=this.getAttribute('data-dir')\">{y}年</span>" for y in YEARS
    )
    return pages | {f"/nb/{y}n/": html(f"{y}年", f"<div>{tabs}</div>{items(*of(year=y))}") for y in YEARS}


def ten_more() -> Pages:
    """前10条, 后10条."""
    pages = column("", at="/l.php?c=5")
    for start in range(0, len(LINKS), 10):
        turn = (f"<a href='/l.php?c=5&s={start - 10}'>前10条</a> " if start else "") + (
            f"<a href='/l.php?c=5&s={start + 10}'>后10条</a>" if start + 10 < len(LINKS) else ""
        )
        pages["/l.php?c=5" if not start else f"/l.php?c=5&s={start}"] = html(
            "年报", "<br>".join(f"<a href='{u}'>{t}</a>" for u, t in LINKS[start : start + 10]) + f"<br>{turn}"
        )
    return pages


def a_list_of_which_a_script_holds_the_rest() -> Pages:
    """共30条, eight shown; the others stand in an array."""
    held = json.dumps([{"id": n, "t": title} for n, (_, title) in enumerate(LINKS)], ensure_ascii=False)
    script = f"<script>var all={held};function show(p){{var h='';all.slice(p*8,8).forEach(function(x){{h+='<li><a href=\"/detail/'+x.id+'.html\">'+x.t+'</a></li>'}})}}</script>"
    return column(f"<ul>{items(*LINKS[:8])}</ul><div>共30条</div>{script}")


def organs_of_which_the_page_holds_the_keys() -> Pages:
    """Promise.all(DEPTS.map(d => fetch('/api/' + d.k + '.json')))."""
    keys = ",".join(f"{{k:'dep{n}',n:'{name}'}}" for n, name in enumerate(ORGANS))
    script = f"const DEPTS=[{keys}];Promise.all(DEPTS.map(d=>fetch('/nb/api/'+d.k+'.json').then(r=>r.json()))).then(a=>a.flat().forEach(r=>{{x.innerHTML+=`<a href='/detail/${{r.id}}.html'>${{r.title}}</a>`}}))"
    pages = column(f"<div id='x'></div><script>{script}</script>")
    for n, organ in enumerate(ORGANS):
        pages[f"/nb/api/dep{n}.json"] = told(
            [e for e, (name, _, _) in zip(ENTRIES, titles(), strict=True) if name == organ]
        )
    return pages


def entries_of_an_organ_and_a_year() -> Pages:
    """{"unit": …, "year": …, "fid": …}: no title, and the file's address is made of its number."""
    held = [{"unit": name, "year": y, "fid": f"f{n}"} for n, (name, y, _) in enumerate(titles())]
    script = "$.ajax({url:'/api/annual',data:{size:50},success:function(r){$.each(r.rows,function(i,x){$('#t').append('<tr><td>'+x.unit+x.year+'</td><td><a href=\"/api/file/'+x.fid+'\">下载</a></td></tr>')})}})"
    pages = column(f"<table id='t'></table><script>{script}</script>") | {
        "/api/annual?*": told({"rows": held, "total": len(held)})
    }
    return pages | {f"/api/file/f{n}": report(name, y) for n, (name, y, _) in enumerate(titles())}


FURTHER = (
    tabs_that_set_a_variable,
    reports_that_a_click_draws_from_data,
    pictures_that_open_windows,
    years_whose_folder_an_attribute_has,
    ten_more,
    a_list_of_which_a_script_holds_the_rest,
    organs_of_which_the_page_holds_the_keys,
    entries_of_an_organ_and_a_year,
)


@pytest.mark.parametrize("portal", FURTHER, ids=lambda portal: portal.__name__)
def test_all_reports_are_found_further_on(portal: object, tmp_path: Path) -> None:
    assert callable(portal)
    assert found(portal(), tmp_path) == len(LINKS)
