# ruff: noqa: E501 - markup and scripts as portals write them
"""Small portals of no known make whose links say little of what they lead to: half a title, a handle, 查看."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

from tests.crawler.hidden import entries, reports
from tests.crawler.portals import ORGANS, YEARS, Pages, frame, titles
from tests.crawler.site import Answer, Asked, html, items


def _of(organ: str) -> list[tuple[str, int]]:
    """Address and year of each report of an organ."""
    return [(url, year) for (url, _), (of, year, _) in zip(entries(), titles(), strict=True) if of == organ]


def _hub(body: str) -> Pages:
    return frame("/none/") | reports() | {"/zfxxgk/": html("政府信息公开", body)}


def tabs_of_an_organ() -> Pages:
    """Each organ's page has its reports in a tab; they say no more than 2023年度报告."""
    pages = _hub("".join(f"<li><a href='/jg/{n}/'>{organ[3:]}</a></li>" for n, organ in enumerate(ORGANS)))
    for n, organ in enumerate(ORGANS):
        own = items(*((url, f"{year}年度报告") for url, year in _of(organ)))
        pages[f"/jg/{n}/"] = html(
            organ,
            f"<div><b>公开指南</b><b>公开制度</b><b>法定主动公开内容</b><b>年报</b></div><div class=t></div><div class=t>{own}</div>",
        )
    return pages


def clicks_on_a_handle() -> Pages:
    """``<a href="#" onclick="col(3)">``: the address is a handle for the script."""
    script = "<script>function col(c){location.href='/lm/'+c+'.html';}</script>"
    organs = "".join(
        f"<h4>{organ} <a href='#' onclick='col({n});return false'>更多</a></h4>" for n, organ in enumerate(ORGANS)
    )
    pages = frame("/nb/") | reports() | {"/nb/": html("政府信息公开年报", script + organs)}
    for n, organ in enumerate(ORGANS):
        pages[f"/lm/{n}.html"] = html(organ, items(*((url, f"{year}年政府信息公开年报") for url, year in _of(organ))))
    return pages


def columns_named_by_organs() -> Pages:
    """水利局年报 or 水利局公开年报 for each organ, and 市政府 with a page of its own."""
    named = [(n, f"{organ[3:]}{'公开' if n % 2 else ''}年报") for n, organ in enumerate(ORGANS) if n]
    links = "".join(f"<p><a href='/lb.do?org={n}'>{name}</a></p>" for n, name in named)
    pages = _hub(f"<p><a href='/sz/'>市政府</a></p>{links}")
    pages["/sz/"] = html(ORGANS[0], "<a href='/lb.do?org=0'>年度报告</a>")
    for n, organ in enumerate(ORGANS):
        pages[f"/lb.do?org={n}"] = html(
            "列表", items(*((url, f"{organ}{year}年政府信息公开年报") for url, year in _of(organ)))
        )
    return pages


def a_table_of_views() -> Pages:
    """A row an organ, a column a year, 查看 in the cells and a dash where there is none."""
    head = "".join(f"<th>{year}年</th>" for year in (YEARS[0] - 1, *YEARS))
    rows = "".join(
        f"<tr><td>{organ}</td><td>—</td>"
        + "".join(f"<td><a href='/go?id={url[3:-5]}'>查看</a></td>" for url, _ in reversed(_of(organ)))
        + "</tr>"
        for organ in ORGANS
    )
    pages = frame("/nb/") | {"/nb/": html("政府信息公开年报", f"<table><tr><th>单位</th>{head}</tr>{rows}</table>")}
    return pages | {f"/go?id={url[3:-5]}": page for url, page in reports().items()}


def titles_cut_short() -> Pages:
    """The list shows the first signs of each title, and no year beside it."""
    cut = [
        (f"/{year}/0120/{n}.html", f"{title[: title.index('信息公开')]}信...")
        for n, (_, year, title) in enumerate(titles())
    ]
    pages = frame("/nb/") | {"/nb/": html("政府信息公开年报", items(*cut))}
    return pages | {url: page for (url, _), page in zip(cut, reports().values(), strict=True)}


def a_tree_that_a_click_opens() -> Pages:
    """The tree of a disclosure page has ids alone; a click makes ``/lm/302`` of one."""
    nodes = [{"id": 1, "pId": 0, "name": "政府信息公开"}]
    pages = frame("/none/") | reports()
    for n, organ in enumerate(ORGANS, 1):
        nodes += [{"id": 100 * n, "pId": 1, "name": organ}]
        nodes += [
            {"id": 100 * n + k, "pId": 100 * n, "name": name} for k, name in enumerate(("公开指南", "公开年报"), 1)
        ]
        pages[f"/lm/{100 * n + 2}"] = html(
            "列表", items(*((url, f"{organ}{year}年度报告") for url, year in _of(organ)))
        )
    click = "onClick:function(e,id,node){if(!node.isParent)location.href='/lm/'+node.id;}"
    script = f"<script>var zNodes={json.dumps(nodes, ensure_ascii=False)};$.fn.zTree.init($('#t'),{{callback:{{{click}}}}},zNodes);</script>"
    return pages | {"/zfxxgk/": html("政府信息公开", f"<ul id=t></ul>{script}")}


def a_menu_of_organs_with_one_shown() -> Pages:
    """单位 has no 全部: the page shows the first organ's reports until another is asked for."""
    organs = "".join(f"<option value={n}>{organ}</option>" for n, organ in enumerate(ORGANS))
    years = "<option value=''>全部年份</option>" + "".join(f"<option>{year}</option>" for year in YEARS)
    form = f"<form action='/nb/'><select name=dw>{organs}</select><select name=nd>{years}</select><input type=submit value='查询'></form>"

    def column(asked: Asked) -> Answer:
        given = parse_qs(urlsplit(asked.path).query)
        own = _of(ORGANS[int(given.get("dw", ["0"])[0])])
        return Answer(
            html("政府信息公开年报", form + items(*((url, f"{year}年政府信息公开年报") for url, year in own)))
        )

    return frame("/nb/") | reports() | {"/nb/": column, "/nb/?*": column}


def a_pager_that_calls_its_own_function() -> Pages:
    """``goPage(p)`` opens page p of the column; who calls it stands in a script file."""
    pages = frame("/list/45/1.html") | reports()
    listed = entries()
    for number in range(1, 4):
        script = f"var cfg={{total:{len(listed)},per:10,cur:{number}}};draw(cfg);function goPage(p){{location.href='/list/45/'+p+'.html';}}"
        pages[f"/list/45/{number}.html"] = html(
            "政府信息公开年报",
            items(*listed[10 * number - 10 : 10 * number]) + f"<div id=p></div><script>{script}</script>",
        )
    return pages


def a_menu_of_years_with_one_shown() -> Pages:
    """The newest year's list stands in the page; another is loaded when it is chosen, from an address like no list's."""
    lists = {
        year: items(*((url, title) for (url, title), (_, of, _) in zip(entries(), titles(), strict=True) if of == year))
        for year in YEARS
    }
    options = "".join(f"<option value={year}>{year}年</option>" for year in reversed(YEARS))
    script = "<script>$('#nf').change(function(){$('#l').load('/nb/part?y='+$(this).val());});</script>"
    pages = frame("/nb/") | reports() | {f"/nb/part?y={year}": of for year, of in lists.items()}
    return pages | {
        "/nb/": html("政府信息公开年报", f"<select id=nf>{options}</select><div id=l>{lists[YEARS[-1]]}</div>{script}")
    }


def organs_that_are_posted_for() -> Pages:
    """A click on an organ has its list posted for, at an address like no list's."""
    organs = "".join(f"<li onclick=\"nb('{1000 + n}')\">{organ[3:]}</li>" for n, organ in enumerate(ORGANS))
    script = "<script>function nb(c){$.post('/nb/ajaxNb.jsp',{deptCode:c,type:'nb'},function(d){$('#l').html(d)})}nb('1000');</script>"
    pages = frame("/nb/") | reports() | {"/nb/": html("政府信息公开年报", f"<ul>{organs}</ul><div id=l></div>{script}")}

    def part(asked: Asked) -> Answer:
        code = parse_qs(asked.body).get("deptCode", ["1000"])[0]
        return Answer(items(*((url, f"{year}年年报") for url, year in _of(ORGANS[int(code) - 1000]))))

    return pages | {"/nb/ajaxNb.jsp": part}


def entries_that_call_a_function() -> Pages:
    """A script draws each entry of an answer with ``onclick="view('7','nb')"``."""
    draw = "h+='<li onclick=\"view(\\''+o.infoId+'\\',\\'nb\\')\">'+o.infoTitle+'</li>';"
    script = f"function view(id,type){{window.open('/r/'+id+'.html?type='+type);}}function query(p){{$.ajax({{url:'/nb/queryNb',data:{{pageNum:p,pageSize:50}},success:function(d){{var h='';for(var i=0;i<d.list.length;i++){{var o=d.list[i];{draw}}}}}}});}}query(1);"
    pages = frame("/nb/") | {"/nb/": html("政府信息公开年报", f"<ul id=u></ul><script>{script}</script>")}
    pages |= {f"{url}?type=nb": page for url, page in reports().items()}
    listed = [{"infoId": n, "infoTitle": title} for n, (_, title) in enumerate(entries())]
    return pages | {"/nb/queryNb?*": _told({"total": len(listed), "list": listed})}


def a_tree_that_is_loaded_branch_by_branch() -> Pages:
    """The disclosure page shows nothing; its script asks for ``/tree/children?id=0`` and for what is opened."""
    show = "function show(id){location.href='/lm/'+id+'.html';}"
    load = "function load(pid){$.getJSON('/tree/children?id='+pid,function(d){$.each(d,function(i,n){if(n.leaf){$('#t').append('<li onclick=\"show(\\''+n.id+'\\')\">'+n.name+'</li>');}else{$('#t').append('<li onclick=\"load(\\''+n.id+'\\')\">'+n.name+'</li>');}});});}load('0');"
    pages = (
        frame("/none/") | reports() | {"/zfxxgk/": html("政府信息公开", f"<ul id=t></ul><script>{show}{load}</script>")}
    )
    pages["/tree/children?id=0"] = _told(
        [{"id": "1", "name": "公开指南", "leaf": True}, {"id": "2", "name": "公开年报", "leaf": False}]
    )
    pages["/tree/children?id=2"] = _told(
        [{"id": f"2{n}", "name": organ[3:], "leaf": True} for n, organ in enumerate(ORGANS)]
    )
    for n, organ in enumerate(ORGANS):
        pages[f"/lm/2{n}.html"] = html(
            organ, items(*((url, f"{organ}{year}年政府信息公开年报") for url, year in _of(organ)))
        )
    return pages


def entries_that_are_listened_to() -> Pages:
    """``$('.l li').click(function(){window.open('/r/' + this.id + '.html')})``, in the list of each year."""
    pages = frame("/nb/") | reports()
    pages["/nb/"] = html("政府信息公开年报", "".join(f"<a href='/nb/{year}.html'>{year}年度</a>" for year in YEARS))
    for year in YEARS:
        own = [(url, organ) for (url, _), (organ, of, _) in zip(entries(), titles(), strict=True) if of == year]
        listed = "".join(f"<li id='{url[3:-5]}'>{organ[3:]}</li>" for url, organ in own)
        script = "<script>$('.l li').click(function(){window.open('/r/'+this.id+'.html');});</script>"
        pages[f"/nb/{year}.html"] = html(f"{year}年度", f"<div id=box><ul class=l>{listed}</ul></div>{script}")
    return pages


def a_column_called_a_summary() -> Pages:
    """信息公开年度总结: a summary is a decoy anywhere else."""
    pages = frame("/none/") | reports() | {"/zj/": html("信息公开年度总结", items(*entries()))}
    return pages | {"/zfxxgk/": html("政府信息公开", items(("/zn/", "公开指南"), ("/zj/", "信息公开年度总结")))}


def a_next_page_that_counts_by_itself() -> Pages:
    """``javascript:nextPage()``: the function adds one to the number that the page gives itself."""
    pages = frame("/l.php?t=nb") | reports()
    for number in range(1, 4):
        script = f"var cur={number};var totalPages=3;function nextPage(){{if(cur<totalPages){{location.href='l.php?t=nb&page='+(cur+1);}}}}"
        listed = html(
            "政府信息公开年报",
            items(*entries()[10 * number - 10 : 10 * number])
            + f"<a href='javascript:nextPage()'>下一页</a><script>{script}</script>",
        )
        pages[f"/l.php?t=nb&page={number}"] = listed
        pages.setdefault("/l.php?t=nb", listed)
    return pages


def shells_of_organs() -> Pages:
    """The organs' pages are the same to the byte; a script asks for the list by the code in the address."""
    script = "var code=getQuery('code');$.getJSON('/api/nb?unit='+code+'&page=1&size=20',function(d){$.each(d.rows,function(i,r){$('#l').append('<p><a href=\"/r/'+r.id+'.html\">'+r.title+'</a></p>')})});"
    shell = html("单位", f"<h2>信息公开年报</h2><div id=l></div><script>{script}</script>")
    pages = _hub("".join(f"<li><a href='/unit.html?code=U{n}'>{organ}</a></li>" for n, organ in enumerate(ORGANS)))
    for n, organ in enumerate(ORGANS):
        pages[f"/unit.html?code=U{n}"] = shell
        rows = [{"id": url[3:-5], "title": f"{organ}{year}年政府信息公开年报"} for url, year in _of(organ)]
        pages[f"/api/nb?unit=U{n}&page=1&size=20"] = _told({"total": len(rows), "rows": rows})
    return pages


def organs_without_reports_first() -> Pages:
    """Eight organs that have published nothing stand before those that have."""
    empty = [f"云溪市{name}局" for name in ("档案", "地震", "气象", "邮政", "烟草", "粮食", "体育", "信访")]
    pages = _hub("".join(f"<li><a href='/bm/{n}/'>{organ}</a></li>" for n, organ in enumerate((*empty, *ORGANS))))
    for n, organ in enumerate((*empty, *ORGANS)):
        own = items(*((url, f"{organ}{year}年政府信息公开年报") for url, year in _of(organ)))
        pages[f"/bm/{n}/"] = html(organ, f"<p>{organ}</p>{own if n >= len(empty) else '暂无内容'}")
    return pages


def entries_without_names() -> Pages:
    """The column lists 第1号, 第2号 …: no link says what it leads to."""
    listed = "".join(f"<li><a href='{url}'>第{n}号</a></li>" for n, (url, _) in enumerate(entries(), 1))
    return frame("/nb/") | reports() | {"/nb/": html("政府信息公开年报", f"<ul>{listed}</ul>")}


def _told(of: object) -> Answer:
    return Answer(json.dumps(of, ensure_ascii=False), media="application/json")


ALL = (
    tabs_of_an_organ,
    clicks_on_a_handle,
    columns_named_by_organs,
    a_table_of_views,
    titles_cut_short,
    a_tree_that_a_click_opens,
    a_menu_of_organs_with_one_shown,
    a_pager_that_calls_its_own_function,
    a_menu_of_years_with_one_shown,
    organs_that_are_posted_for,
    entries_that_call_a_function,
    a_tree_that_is_loaded_branch_by_branch,
    entries_that_are_listened_to,
    a_column_called_a_summary,
    a_next_page_that_counts_by_itself,
    shells_of_organs,
    organs_without_reports_first,
    entries_without_names,
)
