"""Ways in which portals lead to their reports that no family explains: charsets of queries, wrong counts, maps,
searches, XML."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from urllib.parse import parse_qs

import pytest

import archive
from crawler.address import absolute, canonical
from crawler.families.xmllist import xml_listing
from tests.crawler import portals
from tests.crawler.crawls import crawl, rows
from tests.crawler.site import Answer, Asked, html, items, report, serving

ORGANS = ("云溪市教育局", "云溪市财政局", "云溪市民政局")


def title(organ: str, year: int) -> str:
    return f"{organ}{year}年政府信息公开工作年度报告"


def home(body: str) -> str:
    return html("云溪市人民政府", body)


def test_a_query_is_asked_in_the_charset_of_its_page(tmp_path: Path) -> None:
    def listed(asked: Asked) -> Answer:
        organ = parse_qs(asked.path.partition("?")[2], encoding="gb18030").get("dw", [""])[0]
        if organ not in ORGANS:
            return Answer("参数错误", 500)
        entry = items((f"/nb/{ORGANS.index(organ)}.html", title(organ, 2023)))
        return Answer(html(f"{organ}年报", entry).encode("gb18030"), media="text/html; charset=gbk")

    organs = "".join(f'<li><a href="list.asp?dw={organ}">{organ}</a></li>' for organ in ORGANS)
    pages: portals.Pages = {
        "/": home('<a href="/nb/">政府信息公开年报</a>'),
        "/nb/": Answer(
            html("政府信息公开年报", f"<ul>{organs}</ul>").encode("gb18030"), media="text/html; charset=gbk"
        ),
        "/nb/list.asp?*": listed,
    } | {f"/nb/{n}.html": report(organ, 2023) for n, organ in enumerate(ORGANS)}
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == 3


def test_addresses_in_another_charset_are_told_apart() -> None:
    education = absolute("http://a.gov.cn/", "/list.asp?dw=教育局", "gb18030")
    finance = absolute("http://a.gov.cn/", "/list.asp?dw=财政局", "gb18030")
    assert education == "http://a.gov.cn/list.asp?dw=%BD%CC%D3%FD%BE%D6"
    assert finance and canonical(education) != canonical(finance)
    assert canonical("http://a.gov.cn/%BD%CC/") != canonical("http://a.gov.cn/%B2%C6/")
    assert canonical("http://a.gov.cn/?q=%E5%B9%B4") == canonical("http://a.gov.cn/?q=年")
    assert canonical("http://a.gov.cn/%E5%B9%B4/") == canonical("http://a.gov.cn/年/")
    assert absolute("http://a.gov.cn/", "?q=\U0001f600", "gbk") == "http://a.gov.cn/?q=%F0%9F%98%80"


def test_a_count_that_is_too_low_does_not_end_a_list_that_links_its_next_page(tmp_path: Path) -> None:
    entries = [(f"/nb/{year}.html", title(ORGANS[0], year)) for year in range(2023, 2011, -1)]
    pages: portals.Pages = {"/": home('<a href="/nb/">政府信息公开年报</a>')}
    for number in range(3):
        more = f'<a href="/nb/p{number + 2}.html">下一页</a>' if number < 2 else "下一页"
        listed = items(*entries[number * 4 : number * 4 + 4])
        pages["/nb/" if number == 0 else f"/nb/p{number + 1}.html"] = html("政府信息公开年报", f"{listed}共4条 {more}")
    pages |= {path: report(ORGANS[0], int(path[4:8])) for path, _ in entries}
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == 12


def test_the_map_of_a_site_leads_where_its_home_page_does_not(tmp_path: Path) -> None:
    pages: portals.Pages = {
        "/": home('<a href="/xw/">新闻</a><div class="foot"><a href="/map/">网站地图</a></div>'),
        "/xw/": html("新闻", "<p>无</p>"),
        "/map/": html("网站地图", '<dl><dt>公开</dt><dd><a href="/gk/5/">年报</a></dd></dl>'),
        "/gk/5/": html("年报", items(("/nb/1.html", title(ORGANS[0], 2023)))),
        "/nb/1.html": report(ORGANS[0], 2023),
    }
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == 1


def test_a_column_that_is_a_search_for_its_reports_is_read(tmp_path: Path) -> None:
    entries = [(f"/a/{year}.html", title(ORGANS[0], year)) for year in range(2023, 2015, -1)]

    def found(asked: Asked) -> Answer:
        number = int(parse_qs(asked.path.partition("?")[2])["p"][0])
        turn = "".join(f'<a href="/search/list?q=nb&p={n}">{n}</a>' for n in (1, 2))
        part = entries[(number - 1) * 4 : number * 4]
        return Answer(html("搜索", f"{items(*part)}<div class='page'>{turn}</div>"))

    pages: portals.Pages = {
        "/": home('<a href="/search/list?q=nb&p=1">政府信息公开年报</a><a href="/search/all?q=x">站内搜索</a>'),
        "/search/list?*": found,
    } | {path: report(ORGANS[0], int(path[3:7])) for path, _ in entries}
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == 8
        assert not [path for path in site.paths() if path.startswith("/search/all")]


def test_a_list_that_a_script_loads_as_xml(tmp_path: Path) -> None:
    entries = [(f"/content/{54000 + n}.html", title(organ, 2023)) for n, organ in enumerate(ORGANS)]
    listed = "".join(
        f"<item><title><![CDATA[{text}]]></title><link>{path}</link><pubDate>2024-01-20</pubDate></item>"
        for path, text in entries
    )
    pages: portals.Pages = {
        "/": home('<a href="/nb/">政府信息公开年报</a>'),
        "/nb/": html("年报", "<ul id='c'></ul><script>$.ajax({url: '/data/nb.xml', dataType: 'xml'})</script>"),
        "/data/nb.xml": Answer(f"<?xml version='1.0'?><root total='3'>{listed}</root>", media="text/xml"),
    } | {path: report(organ, 2023) for (path, _), organ in zip(entries, ORGANS, strict=True)}
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == 3
    assert rows(tmp_path, "SELECT state, records FROM listing WHERE records IS NOT NULL") == [("complete", 3)]


def test_xml_lists_in_their_several_forms() -> None:
    named = "<feed><entry><title>甲局2023年年报</title><link href='/1.html'/></entry></feed>"
    marked = (
        "<rows count='2'><row title='甲局2023年年报' url='/1.html'/><row title='乙局2023年年报' url='/2.html'/></rows>"
    )
    entity = "<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><r><i><title>&x;</title><url>/1.html</url></i></r>"
    first = xml_listing(named, "http://a.gov.cn/x.xml", "any")
    assert first is not None and [link.url for link in first.links] == ["http://a.gov.cn/1.html"]
    second = xml_listing(marked, "http://a.gov.cn/x.xml", "any")
    assert second is not None and (len(second.links), second.records) == (2, 2)
    for nothing in (entity, "<html><a href='/1.html'>年报</a></html>", "<ul><li>年报</li></ul>", "no list", "<a", ""):
        assert xml_listing(nothing, "http://a.gov.cn/x.xml", "any") is None


def test_a_gzip_body_that_breaks_off_is_asked_for_again(tmp_path: Path) -> None:
    packed = gzip.compress(report(ORGANS[0], 2023).encode())
    answers: list[str] = []

    def cut_once(asked: Asked) -> Answer:
        answers.append(asked.path)
        body = packed[: len(packed) // 2] if len(answers) == 1 else packed
        return Answer(body, headers={"Content-Encoding": "gzip"})

    pages: portals.Pages = {
        "/": home('<a href="/nb/">政府信息公开年报</a>'),
        "/nb/": html("年报", items(("/nb/1.html", title(ORGANS[0], 2023)))),
        "/nb/1.html": cut_once,
    }
    with serving(pages, etags=False) as site:
        assert crawl(site, tmp_path).reports_known == 1
    assert len(answers) == 2
    copies = sorted(
        str(capture.truncated)
        for capture, _ in archive.iterate(tmp_path, f"127.0.0.1-{site.port}")
        if capture.url.endswith("/nb/1.html") and capture.kind == "response"
    )
    assert copies == ["None", "unspecified"]


def entries(count: int) -> list[tuple[str, str]]:
    return [(f"/nb/{2023 - n}.html", title(ORGANS[0], 2023 - n)) for n in range(count)]


def reports_of(listed: list[tuple[str, str]]) -> portals.Pages:
    return {"/": home('<a href="/nb/">政府信息公开年报</a>')} | {
        path: report(ORGANS[0], int(path[4:8])) for path, _ in listed
    }


@pytest.mark.parametrize("told", [True, False])
def test_what_a_button_loads_below_a_list_is_read(told: bool, tmp_path: Path) -> None:
    listed = entries(9)

    def more(asked: Asked) -> Answer:
        number = int(parse_qs(asked.path.partition("?")[2])["page"][0])
        part = listed[number * 3 - 3 : number * 3]
        answer = {"html": items(*part) if part else ""} | ({"hasMore": number < 3} if told else {})
        return Answer(json.dumps(answer), media="application/json")

    script = "let page=1;$('#more').on('click',()=>$.getJSON('/nb/more?page='+(++page),d=>$('#list').append(d.html)))"
    column = f"<div id='list'>{items(*listed[:3])}</div><button id='more'>加载更多</button><script>{script}</script>"
    pages = reports_of(listed) | {"/nb/": html("政府信息公开年报", column), "/nb/more?*": more}
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == 9
        assert len([path for path in site.paths() if "more" in path]) == (2 if told else 3)
    assert rows(tmp_path, "SELECT state FROM listing") == [("complete",)]


def test_a_list_whose_button_cannot_be_read_is_not_called_complete(tmp_path: Path) -> None:
    column = f"{items(*entries(3))}<button id='more'>加载更多</button><script src='/s/app.js'></script>"
    with serving(reports_of(entries(3)) | {"/nb/": html("政府信息公开年报", column)}) as site:
        assert crawl(site, tmp_path).reports_known == 3
    assert rows(tmp_path, "SELECT state FROM listing") == [("incomplete",)]


@pytest.mark.parametrize("total", [True, False])
def test_a_list_that_is_turned_by_the_number_of_entries_before(total: bool, tmp_path: Path) -> None:
    listed = entries(8)

    def api(asked: Asked) -> Answer:
        start = int(parse_qs(asked.path.partition("?")[2])["start"][0])
        rows_ = [{"title": text, "url": path} for path, text in listed[start : start + 3]]
        return Answer(json.dumps({"items": rows_} | ({"total": 8} if total else {})), media="application/json")

    script = "let start=0;const limit=3;fetch(`/api/articles?start=${start}&limit=${limit}`).then(show)"
    pages = reports_of(listed) | {
        "/nb/": html("年报", f"<p id=a></p><script>{script}</script>"),
        "/api/articles?*": api,
    }
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == 8
    assert rows(tmp_path, "SELECT DISTINCT state FROM listing") == [("complete",)]


@pytest.mark.parametrize(
    "script",
    [
        "$('.item').on('click',function(){ var id=$(this).data('id'); window.open('/nb/'+id+'.html'); });",
        "$('.item').click(function(){ location.href='/nb/'+$(this).attr('data-id')+'.html'; });",
        "box.addEventListener('click', e => { let id = e.target.dataset.id; location.href = '/nb/' + id + '.html'; });",
    ],
)
def test_entries_that_hold_their_number_and_no_address(script: str, tmp_path: Path) -> None:
    listed = entries(4)
    shown = "".join(f"<li class='item' data-id='{path[4:8]}'>{text}<i>2024-01-20</i></li>" for path, text in listed)
    column = html("政府信息公开年报", f"<ul>{shown}</ul><script>{script}</script>")
    with serving(reports_of(listed) | {"/nb/": column}) as site:
        assert crawl(site, tmp_path).reports_known == 4


def test_a_tree_whose_nodes_have_numbers_and_no_addresses(tmp_path: Path) -> None:
    nodes = ",".join(f"{{id:{n}, pId:0, name:'{organ}'}}" for n, organ in enumerate(ORGANS, start=10))
    script = f"var zNodes=[{nodes}];function go(e,t,node){{$('#f').attr('src','/nb/list.jsp?node='+node.id);}}"
    pages: portals.Pages = {
        "/": home('<a href="/nb/">政府信息公开年报</a>'),
        "/nb/": html("政府信息公开年报", f"<ul id='tree'></ul><iframe id='f'></iframe><script>{script}</script>"),
    }
    for n, organ in enumerate(ORGANS, start=10):
        pages[f"/nb/list.jsp?node={n}"] = html(organ, items((f"/nb/show.jsp?id={n}", title(organ, 2023))))
        pages[f"/nb/show.jsp?id={n}"] = report(organ, 2023)
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == 3


def test_a_count_that_is_the_first_pages_own_does_not_end_a_list_of_more_pages(tmp_path: Path) -> None:
    """TRS: a template that prints the number of entries of the page, beside a pager made by a script."""
    pages: portals.Pages = {"/": home('<a href="/nb/">政府信息公开年报</a>')}
    for n, organ in enumerate(ORGANS):
        listed = items(*((f"/nb/{n}{year}.html", title(organ, year)) for year in (2022, 2023)))
        turn = f'<div>共2条记录 共3页</div><script>createPageHTML(3,{n},"index","html");</script>'
        pages[f"/nb/index_{n}.html" if n else "/nb/"] = html("年报", listed + turn)
        pages |= {f"/nb/{n}{year}.html": report(organ, year) for year in (2022, 2023)}
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == 6


def test_an_organs_link_may_lead_to_its_column_of_the_reports(tmp_path: Path) -> None:
    """龙讯: the disclosure page names organs, and each name leads to a list whose heading alone says 年报."""

    def label(asked: Asked) -> Answer:
        organ = int(parse_qs(asked.path.partition("?")[2]).get("organId", ["0"])[0])
        first = "pageIndex=1" in asked.path
        return Answer(items((f"/public/{organ}/7.html", title(ORGANS[organ], 2023))) if first else "")

    links = "".join(f'<li><a href="/public/column/{n}?type=4">{organ}</a></li>' for n, organ in enumerate(ORGANS))
    ask = '<script>Ls.ajax({url:"/site/label/8888",data:{labelName:"publicInfoList",siteId:"6",catId:"7"}});</script>'
    pages: portals.Pages = {
        "/": home('<a href="/public/">信息公开</a>'),
        "/public/": html("政府信息公开", f"<ul>{links}</ul>"),
        "/site/label/8888?*": label,
    }
    for n, organ in enumerate(ORGANS):
        pages[f"/public/column/{n}?type=4"] = html(f"政府信息公开年报-{organ}", f"<h2>政府信息公开年报</h2>{ask}")
        pages[f"/public/{n}/7.html"] = report(organ, 2023)
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == 3


@pytest.mark.parametrize("named", [True, False])
def test_a_fragment_without_a_pager_does_not_prove_its_lists_end(named: bool, tmp_path: Path) -> None:
    """国资委: ``load`` puts page after page, counted down, into the first; the fragments themselves say nothing."""
    total = "var maxPageNum26 = 3;" if named else ""
    script = f'<script>{total}function turn(n){{$("#c").load("index_26_"+n+".html")}}</script>'
    parts = [items((f"/nb/{n}.html", title(organ, 2023))) for n, organ in enumerate(ORGANS)]
    pages: portals.Pages = {
        "/": home('<a href="/nb/">政府信息公开年报</a>'),
        "/nb/": html("年报", f'<div id="c">{parts[0]}</div><a href="javascript:turn(2)">下一页</a>{script}'),
        "/nb/index_26_2.html": parts[1],
        "/nb/index_26_1.html": parts[2],
    } | {f"/nb/{n}.html": report(organ, 2023) for n, organ in enumerate(ORGANS)}
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == (3 if named else 2)
    assert rows(tmp_path, "SELECT state FROM listing") == [("complete" if named else "incomplete",)]


@pytest.mark.parametrize(
    ("method", "script"),
    [
        ("post", "document.f.pageNo.value=n;document.f.submit();"),
        ("get", "$('#no').val(n);$('#f').submit();"),
        ("post", "document.getElementById('no').value = n; document.forms[0].submit();"),
    ],
)
def test_a_list_is_turned_by_its_form(method: str, script: str, tmp_path: Path) -> None:
    def listed(asked: Asked) -> Answer:
        sent = asked.body if method == "post" else asked.path.partition("?")[2]
        fields = {name: value for name, (value, *_) in parse_qs(sent).items()}
        number = int(fields.get("pageNo", "1"))
        if number > 1 and fields.get("cid") != "7":
            return Answer("参数错误", 500)
        more = f'<a href="javascript:page({number + 1})">下一页</a>' if number < 3 else "下一页"
        inputs = f'<input type="hidden" id="no" name="pageNo" value="{number}"><input type=hidden name=cid value=7>'
        entry = items((f"/nb/{number - 1}.html", title(ORGANS[number - 1], 2023)))
        form = f'<form id="f" name="f" method="{method}" action="/nb/list.jsp">{inputs}{entry}共3条 {more}</form>'
        return Answer(html("年报", f"{form}<script>function page(n){{{script}}}</script>"))

    pages: portals.Pages = {"/": home('<a href="/nb/list.jsp">政府信息公开年报</a>'), "/nb/list.jsp": listed}
    pages |= {"/nb/list.jsp?*": listed} | {f"/nb/{n}.html": report(organ, 2023) for n, organ in enumerate(ORGANS)}
    with serving(pages) as site:
        assert crawl(site, tmp_path).reports_known == 3
    assert rows(tmp_path, "SELECT state FROM listing") == [("complete",)]
