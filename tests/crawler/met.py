# ruff: noqa: E501 - markup and scripts as portals write them
"""Small portals that name their lists by menus, buttons, frames, widgets and feeds: no link leads to the reports."""

from __future__ import annotations

import html as escapes
import json
from urllib.parse import parse_qs, urlsplit

from tests.crawler.hidden import entries, reports
from tests.crawler.portals import ORGANS, YEARS, Pages, frame, titles
from tests.crawler.site import Answer, Asked, html, items, report

_ORGANS = "".join(f"<option value='{n}'>{organ}</option>" for n, organ in enumerate(ORGANS))
_YEARS = "".join(f"<option value='{year}'>{year}年</option>" for year in reversed(YEARS))


def _of(organ: str | None = None, year: int | None = None) -> list[tuple[str, str]]:
    return [
        entry
        for entry, (of, in_year, _) in zip(entries(), titles(), strict=True)
        if organ in (None, of) and year in (None, in_year)
    ]


def _given(asked: Asked) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(asked.body or urlsplit(asked.path).query).items()}


def _column(body: str) -> Pages:
    return frame("/nb/") | reports() | {"/nb/": html("政府信息公开年报", f"<h2>政府信息公开年报</h2>{body}")}


def two_menus_and_a_button() -> Pages:
    """单位 and 年份 are chosen, and 查看 opens the page of both."""
    script = "function cx(){var d=document.getElementById('dw').value,n=document.getElementById('nf').value;location.href='/nb/'+d+'/'+n+'.html';}"
    pages = _column(
        f"<select id='dw'>{_ORGANS}</select><select id='nf'>{_YEARS}</select><input type='button' value='查看' onclick='cx()'><script>{script}</script>"
    )
    for n, organ in enumerate(ORGANS):
        for year in YEARS:
            pages[f"/nb/{n}/{year}.html"] = html("列表", items(*_of(organ, year)))
    return pages


def two_menus_and_a_frame() -> Pages:
    """What is chosen in either menu shows the report itself in a frame."""
    script = "function show(){var dw=$('#dw').val();var nf=$('#nf').val();$('#fr').attr('src','/nb/show.jsp?dw='+dw+'&nf='+nf);}"
    pages = _column(
        f"<select id='dw' onchange='show()'>{_ORGANS}</select><select id='nf' onchange='show()'>{_YEARS}</select><iframe id='fr' src=''></iframe><script>{script}</script>"
    )
    pages["/nb/show.jsp?*"] = lambda asked: Answer(
        report(ORGANS[int(_given(asked)["dw"])], int(_given(asked)["nf"])) if "nf" in _given(asked) else ""
    )
    return pages


def a_search_that_shows_nothing_before() -> Pages:
    """A form with 请选择年份 and 查询; the list is empty until a year is asked for."""
    form = f"<form action='/nb/'><select name='year'><option value=''>请选择年份</option>{_YEARS}</select><input name='key'><input type='submit' value='查询'></form>"
    pages = _column(form + "<p>请选择年份后查询</p>")
    pages["/nb/?*"] = lambda asked: Answer(html("年报", form + items(*_of(year=int(_given(asked)["year"])))))
    return pages


def organs_in_a_frame() -> Pages:
    """The tree of organs stands in a frame of the column, directly in its body, and has no heading."""
    pages = _column('<iframe src="/tree.html"></iframe>')
    pages["/tree.html"] = html(
        "", "".join(f"<a href='/u/{n}.html' target='main'>{organ[3:]}</a><br>" for n, organ in enumerate(ORGANS))
    )
    for n, organ in enumerate(ORGANS):
        pages[f"/u/{n}.html"] = html(
            "", "".join(f"<p><a href='{url}'>{title[len(organ) :][:5]}</a></p>" for url, title in _of(organ))
        )
    return pages


def windows_of_departments() -> Pages:
    """The way leads through 部门之窗 alone, to the organs' own sites."""
    pages = reports() | {
        "/": html("云溪县人民政府", '<div class="nav"><a href="/xw/">新闻中心</a><a href="/bm/">部门之窗</a></div>')
    }
    pages["/bm/"] = html("部门之窗", items(*((f"/d{n}/", organ) for n, organ in enumerate(ORGANS))))
    for n, organ in enumerate(ORGANS):
        pages[f"/d{n}/"] = html(organ, f"<a href='/d{n}/jj/'>单位简介</a><a href='/d{n}/gk/'>信息公开</a>")
        pages[f"/d{n}/gk/"] = html(organ, f"<a href='/d{n}/gk/zn.html'>公开指南</a><a href='/d{n}/gk/nb/'>年度报告</a>")
        pages[f"/d{n}/gk/nb/"] = html("年度报告", items(*_of(organ)))
    return pages


def a_tree_in_an_attribute() -> Pages:
    """A widget's tree: ``data-options="data:[{…, attributes: {url: …}}]"``."""
    leaves = [{"id": 10 + n, "text": organ, "attributes": {"url": f"/u/{n}.html"}} for n, organ in enumerate(ORGANS)]
    tree = escapes.escape(json.dumps([{"id": 1, "text": "县直部门", "children": leaves}], ensure_ascii=False))
    pages = _column(f'<ul class="easyui-tree" data-options="data:{tree},onClick:function(n){{open(n)}}"></ul>')
    return pages | {f"/u/{n}.html": html(organ, items(*_of(organ))) for n, organ in enumerate(ORGANS)}


def _parts(size: int) -> list[list[tuple[str, str]]]:
    return [entries()[first : first + size] for first in range(0, len(entries()), size)]


def buttons_that_listen() -> Pages:
    """Page buttons without an address: a listener makes it of their data-page."""
    script = "<script>document.querySelectorAll('.pg button').forEach(function(b){b.addEventListener('click',function(){location.href='/nb/?p='+b.getAttribute('data-page')})})</script>"
    parts = _parts(8)
    buttons = "".join(f"<button data-page='{n}'>{n}</button>" for n in range(1, len(parts) + 1))
    pages = _column("")
    for n, part in enumerate(parts, start=1):
        shown = html("年报", f"{items(*part)}<div class='pg'>{buttons}</div>{script}")
        pages["/nb/" if n == 1 else f"/nb/?p={n}"] = shown
    return pages


def numbers_that_fetch() -> Pages:
    """One listener for all numbers fetches fragments, which have no pager themselves."""
    script = "<script>document.querySelector('.pg').addEventListener('click',function(e){var n=e.target.dataset.page;if(!n)return;fetch('/nb/part_'+n+'.html').then(r=>r.text()).then(t=>list.innerHTML=t)})</script>"
    parts = _parts(8)
    numbers = "".join(f"<span data-page='{n}'>{n}</span>" for n in range(1, len(parts) + 1))
    pages = _column(f"<div id='list'>{items(*parts[0])}</div><div class='pg'>{numbers}</div>{script}")
    return pages | {f"/nb/part_{n}.html": items(*part) for n, part in enumerate(parts, start=1)}


def a_button_that_loads_more() -> Pages:
    """加载更多 holds the address that its script asks with a page's number."""
    parts = _parts(9)
    script = "<script>var n=2;$('#more').on('click',function(){$.get('/nb/more',{page:n++},function(h){$('#u').append(h)})});</script>"
    pages = _column(f"<div id='u'>{items(*parts[0])}</div><a id='more' data-url='/nb/more'>点击加载更多</a>{script}")
    pages["/nb/more?*"] = lambda asked: Answer(
        items(*parts[n - 1]) if (n := int(_given(asked)["page"])) <= len(parts) else ""
    )
    return pages


def a_feed_alone() -> Pages:
    """Nothing on the page; its head names the feed."""
    listed = "".join(f"<item><title>{title}</title><link>{url}</link></item>" for url, title in entries())
    pages = _column("<div id='x'>加载中</div>")
    page = html("政府信息公开年报", "<div id='x'>加载中</div>")
    link = "<link rel='alternate' type='application/rss+xml' href='/nb/feed.xml'>"
    pages["/nb/"] = page.replace("<head>", f"<head>{link}") if "<head>" in page else link + page
    pages["/nb/feed.xml"] = Answer(
        f"<rss><channel><title>年报</title>{listed}</channel></rss>", media="application/rss+xml"
    )
    return pages


def a_form_for_each_organ() -> Pages:
    """Each organ is a button that posts its number."""
    forms = "".join(
        f"<form action='/nb/org' method='post'><input type='hidden' name='id' value='{n}'><button>{organ}</button></form>"
        for n, organ in enumerate(ORGANS)
    )
    return _column(forms) | {
        "/nb/org": lambda asked: Answer(html("列表", items(*_of(ORGANS[int(_given(asked)["id"])]))))
    }


def clicks_that_fill_a_form() -> Pages:
    """``go(3)`` puts the organ's number into a hidden field and sends the form."""
    clicks = "".join(f"<a href='javascript:;' onclick=\"go('{n}')\">{organ}</a> " for n, organ in enumerate(ORGANS))
    form = "<form id='f' action='/nb/org' method='post'><input type='hidden' name='id' id='oid' value=''></form>"
    script = "<script>function go(i){$('#oid').val(i);$('#f').submit();}</script>"
    pages = _column(form + clicks + script)
    return pages | {"/nb/org": lambda asked: Answer(html("列表", items(*_of(ORGANS[int(_given(asked)["id"])]))))}


def _paged(address: str, size: int, pager: str) -> Pages:
    """A column that is a program: ``pager`` is drawn on its every page, with its number and how many there are."""
    parts = _parts(size)

    def shown(asked: Asked) -> Answer:
        number = int(next(iter(_given(asked).values()), "1"))
        drawn = pager.replace("NOW", str(number)).replace("ALL", str(len(entries()))).replace("LAST", str(len(parts)))
        return Answer(html("政府信息公开年报", items(*parts[number - 1]) + drawn))

    return frame(address) | reports() | {address: shown, f"{address}?*": shown}


def a_layui_pager() -> Pages:
    """laypage is told the entries, their number a page, and where to jump."""
    return _paged(
        "/nb/",
        8,
        "<div id='pg'></div><script>layui.use('laypage',function(){laypage.render({elem:'pg',count:ALL,limit:8,curr:NOW,jump:function(o,first){if(!first)location.href='?curr='+o.curr}})});</script>",
    )


def a_jquery_pager() -> Pages:
    """Its callback asks the widget for the page that was chosen."""
    return _paged(
        "/nb/list",
        7,
        "<div class='M'></div><script>$('.M').pagination({pageCount:LAST,current:NOW,callback:function(api){window.location.href='/nb/list?pageNo='+api.getCurrent()}});</script>",
    )


def a_pager_of_the_portal_s_own() -> Pages:
    """A function of any name is told the page, how many there are, and how they are called."""
    parts = _parts(8)
    pages = _column("")
    for n, part in enumerate(parts, start=1):
        drawn = f"<div id='fy'></div><script>showPage({{el:'fy',total:{len(parts)},now:{n},prefix:'p',ext:'.html'}});</script>"
        pages["/nb/" if n == 1 else f"/nb/p{n}.html"] = html("政府信息公开年报", items(*part) + drawn)
    return pages


def an_answer_by_other_names() -> Pages:
    """``{no: i + 1, num: 10}``, called with 0; entries are docName and docUrl."""
    listed = [{"docUrl": url, "docName": title} for url, title in entries()]
    script = "function load(i){$.ajax({url:'/api/doc/page',data:{cid:'8a01',no:i+1,num:10},success:function(r){show(r.result.docs)}})}load(0);"

    def part(asked: Asked) -> Answer:
        size, number = int(_given(asked)["num"]), int(_given(asked)["no"])
        of = listed[(number - 1) * size : number * size]
        return Answer(json.dumps({"result": {"sum": len(listed), "docs": of}}), media="application/json")

    return _column(f"<ul id='l'></ul><script>{script}</script>") | {"/api/doc/page?*": part}


def an_object_that_a_client_is_given() -> Pages:
    """``api.list({pageNum: 1, …})``, whose ``list`` posts what it is given."""
    listed = [{"id": n, "title": title} for n, (_, title) in enumerate(entries())]
    script = "const api={list:function(e){return request({url:'/prod-api/cms/annual/list',method:'post',data:e})}};api.list({pageNum:1,pageSize:10,columnCode:'nb'}).then(r=>{this.rows=r.rows});function open(r){window.location.href='/r/'+r.id+'.html'}"

    def part(asked: Asked) -> Answer:
        given = json.loads(asked.body) if asked.body.startswith("{") else _given(asked)
        size, number = int(given.get("pageSize", 10)), int(given.get("pageNum", 1))
        return Answer(
            json.dumps({"total": len(listed), "rows": listed[(number - 1) * size : number * size]}),
            media="application/json",
        )

    pages = _column("<div id='app'></div><script src='/js/chunk.js'></script>")
    return pages | {"/js/chunk.js": Answer(script, media="application/javascript"), "/prod-api/cms/annual/list": part}


def a_menu_as_json() -> Pages:
    """The home page has its menu from a file, under names of one letter."""
    menu = [{"t": "首页", "u": "/"}, {"t": "政务公开", "u": "/gk/", "c": [{"t": "公开年报", "u": "/gk/nb/"}]}]
    home = html(
        "云溪县人民政府", "<div id='nav'></div><script>$.getJSON('/data/menu.json',function(d){draw(d)})</script>"
    )
    return reports() | {
        "/": home,
        "/data/menu.json": Answer(json.dumps(menu, ensure_ascii=False), media="application/json"),
        "/gk/": html("政务公开", ""),
        "/gk/nb/": html("公开年报", items(*entries())),
    }


def a_table_of_ticks() -> Pages:
    """Organs down, years across, and nothing but a tick in a cell."""
    rows = "".join(
        f"<tr><td>{organ}</td>{''.join(f'<td><a href={_of(organ, year)[0][0]}>√</a></td>' for year in YEARS)}</tr>"
        for organ in ORGANS
    )
    return _column(f"<table><tr><th>单位</th>{''.join(f'<th>{year}</th>' for year in YEARS)}</tr>{rows}</table>")


def years_that_list_organs() -> Pages:
    """2023年政府信息公开年报 is a page of organs' names, without dates, at addresses that say nothing."""
    pages = _column("".join(f"<li><a href='/nb/{year}/'>{year}年政府信息公开年报</a></li>" for year in YEARS))
    for year in YEARS:
        listed = "".join(f"<p><a href='{url}'>{title.split(str(year))[0]}</a></p>" for url, title in _of(year=year))
        pages[f"/nb/{year}/"] = html(f"{year}年政府信息公开年报", f"<div>{listed}</div>")
    return pages


def a_menu_held_by_a_variable() -> Pages:
    """``var s = …getElementById('dw'); window.open(s.options[s.selectedIndex].value)``."""
    options = "".join(f"<option value='d{n}'>{organ}</option>" for n, organ in enumerate(ORGANS))
    script = "function go(){var s=document.getElementById('dw');var u=s.options[s.selectedIndex].value;if(u!='')window.open(u);}"
    pages = _column(
        f"<select id='dw'><option value=''>--请选择--</option>{options}</select><button onclick='go()'>转到</button><script>{script}</script>"
    )
    return pages | {f"/nb/d{n}": html(organ, items(*_of(organ))) for n, organ in enumerate(ORGANS)}


def a_list_that_scrolling_loads() -> Pages:
    """At its foot a script asks for the next page, at an address without the name of a list."""
    parts = _parts(8)
    script = "<script>var page=1;$(window).scroll(function(){page++;$.ajax({url:'/nb/load.php',data:{page:page},success:function(h){$('#u').append(h)}})});</script>"
    pages = _column(f"<div id='u'>{items(*parts[0])}</div>{script}")
    pages["/nb/load.php?*"] = lambda asked: Answer(
        items(*parts[n - 1]) if (n := int(_given(asked)["page"])) <= len(parts) else ""
    )
    return pages


def organs_and_years_in_arrays() -> Pages:
    """A script draws a link for each pair of two arrays, which calls a function with both."""
    organs = ",".join(f"{{id:'{n}',name:'{organ}'}}" for n, organ in enumerate(ORGANS))
    years = ",".join(f"'{year}'" for year in YEARS)
    draw = "for(var i=0;i<depts.length;i++)for(var j=0;j<years.length;j++)document.write('<a href=\"javascript:view(\\''+depts[i].id+'\\',\\''+years[j]+'\\')\">'+depts[i].name+years[j]+'</a>');"
    script = f"var depts=[{organs}];var years=[{years}];function view(d,y){{location.href='/nb/view.jsp?dept='+d+'&year='+y;}}{draw}"
    pages = frame("/nb/") | {"/nb/": html("政府信息公开年报", f"<div id='a'></div><script>{script}</script>")}
    pages["/nb/view.jsp?*"] = lambda asked: Answer(
        report(ORGANS[int(_given(asked)["dept"])], int(_given(asked)["year"])) if "year" in _given(asked) else ""
    )
    return pages


def a_shell_for_the_whole_portal() -> Pages:
    """``/gk.html#/list/12``: one page, whose script file asks for lists and articles by the route's id."""
    script = "router=[{path:'/list/:id'},{path:'/detail/:id'}];function load(id,p){return axios.get('/api/article/list',{params:{channelId:id,pageNum:p,pageSize:10}}).then(r=>r.data.rows)};function detail(id){return axios.get('/api/article/'+id)}"
    listed = [{"id": 900 + n, "title": title} for n, (_, _, title) in enumerate(titles())]

    def part(asked: Asked) -> Answer:
        given = _given(asked)
        number, size = int(given.get("pageNum", 1)), int(given.get("pageSize", 10))
        rows = listed[(number - 1) * size : number * size] if given.get("channelId") == "12" else []
        return Answer(json.dumps({"total": len(listed) if rows else 0, "rows": rows}), media="application/json")

    pages = frame("/gk.html#/list/12") | {
        "/gk.html": html("政府信息公开", "<div id='app'></div><script src='/static/app.js'></script>"),
        "/static/app.js": Answer(script, media="application/javascript"),
        "/api/article/list?*": part,
    }
    for n, (organ, year, title) in enumerate(titles()):
        answer = {"data": {"id": 900 + n, "title": title, "content": report(organ, year)}}
        pages[f"/api/article/{900 + n}"] = Answer(json.dumps(answer), media="application/json")
    return pages


def _listed() -> list[dict[str, object]]:
    return [{"id": n, "title": title, "url": url} for n, (url, title) in enumerate(entries())]


def _told(of: object) -> Answer:
    return Answer(json.dumps(of, ensure_ascii=False), media="application/json")


def pages_in_a_path() -> Pages:
    """``/api/list/nb/${page}/${size}``."""
    script = "let page=1;const size=10;async function load(){const res=await fetch(`/api/list/nb/${page}/${size}`);const j=await res.json();j.data.items.forEach(i=>u.insertAdjacentHTML('beforeend',`<li><a href=\"/r/${i.id}.html\">${i.title}</a></li>`));}load();"
    pages = _column(f"<ul id=u></ul><script>{script}</script>")
    for n in range(1, 5):
        pages[f"/api/list/nb/{n}/10"] = _told(
            {"data": {"total": len(_listed()), "items": _listed()[(n - 1) * 10 : n * 10]}}
        )
    return pages


def names_in_a_file_of_settings() -> Pages:
    """``$.getJSON(CFG.api + '/list', {cid: CFG.nb, …})``: what CFG is stands in another file."""
    script = "$.getJSON(CFG.api+'/list',{cid:CFG.nb,page:1,rows:10},function(d){$.each(d.rows,function(i,v){$('#u').append('<li><a href=\"'+v.url+'\">'+v.title+'</a></li>')})})"
    pages = _column(f"<ul id=u></ul><script src='/cfg.js'></script><script>{script}</script>")

    def part(asked: Asked) -> Answer:
        given = _given(asked)
        if given.get("cid") != "c8871":
            return _told({"total": 0, "rows": []})
        number, size = int(given["page"]), int(given["rows"])
        return _told({"total": len(_listed()), "rows": _listed()[(number - 1) * size : number * size]})

    settings = Answer("var CFG={api:'/gateway/cms',nb:'c8871'};", media="application/javascript")
    return pages | {"/cfg.js": settings, "/gateway/cms/list?*": part}


def an_object_spread_in_another() -> Pages:
    """A component posts ``{...this.page, lmId: 'nb01'}``; the addresses of its entries have a name of its own."""
    script = "export default{data(){return{list:[],page:{pageNum:1,pageSize:10}}},methods:{async getList(){const {data:res}=await this.$http.post('/api/xxgk/nb/page',{...this.page,lmId:'nb01'});this.list=res.rows}}}"
    listed = [{"id": each["id"], "title": each["title"], "fwlj": each["url"]} for each in _listed()]

    def part(asked: Asked) -> Answer:
        given = json.loads(asked.body or "{}")
        number, size = int(given.get("pageNum", 1)), int(given.get("pageSize", 10))
        return _told({"total": len(listed), "rows": listed[(number - 1) * size : number * size]})

    pages = _column("<div id=app></div><script src='/js/app.js'></script>")
    return pages | {"/js/app.js": Answer(script, media="application/javascript"), "/api/xxgk/nb/page": part}


def years_that_open_below() -> Pages:
    """``onclick="ld(2023, this)"`` loads the year's list under its heading, from an address like no list's."""
    heads = "".join(f"<div class='y' onclick='ld({year},this)'>{year}年度</div><ul></ul>" for year in YEARS)
    script = "<script>function ld(y,el){$.get('/nb/y.jsp',{year:y},function(h){$(el).next().html(h)})}</script>"
    return _column(heads + script) | {
        "/nb/y.jsp?*": lambda asked: Answer(items(*_of(year=int(_given(asked).get("year", "0")))))
    }


def a_menu_that_handles_itself() -> Pages:
    """``$('#o').change(function(){$.post('/nb/byorg', {orgId: $(this).val()}, …)})``."""
    script = "<script>$('#o').change(function(){$.post('/nb/byorg',{orgId:$(this).val()},function(h){$('#u').html(h)})});</script>"
    pages = _column(f"<select id=o>{_ORGANS}</select><ul id=u></ul>{script}")
    return pages | {"/nb/byorg": lambda asked: Answer(items(*_of(ORGANS[int(_given(asked)["orgId"])])))}


def organs_that_load_data() -> Pages:
    """A click on an organ loads ``/nb/org_3.json``."""
    listed = "".join(f"<li data-code='{n}'>{organ}</li>" for n, organ in enumerate(ORGANS))
    script = "<script>$('.org li').on('click',function(){var code=$(this).attr('data-code');$.ajax({url:'/nb/org_'+code+'.json',success:function(d){render(d)}})});</script>"
    pages = _column(f"<ul class=org>{listed}</ul><div id=box></div>{script}")
    for n, organ in enumerate(ORGANS):
        pages[f"/nb/org_{n}.json"] = _told([{"url": url, "title": title} for url, title in _of(organ)])
    return pages


def a_next_page_in_the_head() -> Pages:
    """``<link rel="next">`` alone leads on."""
    parts = _parts(8)
    pages = _column("")
    for n, part in enumerate(parts, start=1):
        link = f"<link rel='next' href='/nb/p{n + 1}'>" if n < len(parts) else ""
        page = html("政府信息公开年报", items(*part))
        pages["/nb/" if n == 1 else f"/nb/p{n}"] = page.replace("<title>", f"{link}<title>", 1)
    return pages


def a_window_of_numbers() -> Pages:
    """Only the neighbours of a page are numbered, in a box without 下一页: 1 2 …"""
    parts = _parts(4)
    pages = _column("")
    for n, part in enumerate(parts, start=1):
        near = range(max(1, n - 1), min(len(parts), n + 1) + 1)
        numbers = "".join(f"<b>{k}</b>" if k == n else f"<a href='/nb/{k}.html'>{k}</a>" for k in near)
        shown = html("政府信息公开年报", f"{items(*part)}<div class=pages>{numbers}…</div>")
        pages["/nb/" if n == 1 else f"/nb/{n}.html"] = shown
    return pages


def a_field_for_the_page_s_number() -> Pages:
    """共4页, a field and 跳转: the function makes the address of what is typed."""
    parts = _parts(8)
    script = (
        "function goPage(){var n=document.getElementById('pg').value;location.href=n==1?'/nb/':'/nb/index_'+n+'.html'}"
    )
    pages = _column("")
    for n, part in enumerate(parts, start=1):
        field = f"共{len(parts)}页 当前第{n}页 <input id='pg'><button onclick='goPage()'>跳转</button><script>{script}</script>"
        pages["/nb/" if n == 1 else f"/nb/index_{n}.html"] = html("政府信息公开年报", items(*part) + field)
    return pages


def clicks_with_an_object() -> Pages:
    """``toUrl({dir: 'nb/2023', id: '7'})``."""
    script = "<script>function toUrl(o){window.open('/site/'+o.dir+'/'+o.id+'.shtml')}</script>"
    listed = "".join(
        f"<li><span onclick=\"toUrl({{dir:'nb/{year}',id:'{n}'}})\">{title}</span></li>"
        for n, (_, year, title) in enumerate(titles())
    )
    pages = frame("/nb/") | {"/nb/": html("政府信息公开年报", f"<ul>{listed}</ul>{script}")}
    return pages | {f"/site/nb/{year}/{n}.shtml": report(organ, year) for n, (organ, year, _) in enumerate(titles())}


def headings_that_open() -> Pages:
    """A click on a heading loads the report below it."""
    heads = "".join(
        f"<h4 class='q' data-id='{n}'>{title}</h4><div id='a{n}'></div>" for n, (_, _, title) in enumerate(titles())
    )
    script = (
        "<script>$('.q').click(function(){var id=$(this).data('id');$('#a'+id).load('/part/'+id+'.html')})</script>"
    )
    pages = frame("/nb/") | {"/nb/": html("政府信息公开年报", f"<h2>政府信息公开年报</h2>{heads}{script}")}
    return pages | {f"/part/{n}.html": report(organ, year) for n, (organ, year, _) in enumerate(titles())}


ALL = (
    a_window_of_numbers,
    a_field_for_the_page_s_number,
    clicks_with_an_object,
    headings_that_open,
    pages_in_a_path,
    names_in_a_file_of_settings,
    an_object_spread_in_another,
    years_that_open_below,
    a_menu_that_handles_itself,
    organs_that_load_data,
    a_next_page_in_the_head,
    organs_and_years_in_arrays,
    a_shell_for_the_whole_portal,
    a_layui_pager,
    a_jquery_pager,
    a_pager_of_the_portal_s_own,
    an_answer_by_other_names,
    an_object_that_a_client_is_given,
    a_menu_as_json,
    a_table_of_ticks,
    years_that_list_organs,
    a_menu_held_by_a_variable,
    a_list_that_scrolling_loads,
    two_menus_and_a_button,
    two_menus_and_a_frame,
    a_search_that_shows_nothing_before,
    organs_in_a_frame,
    windows_of_departments,
    a_tree_in_an_attribute,
    buttons_that_listen,
    numbers_that_fetch,
    a_button_that_loads_more,
    a_feed_alone,
    a_form_for_each_organ,
    clicks_that_fill_a_form,
)
