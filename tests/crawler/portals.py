# ruff: noqa: E501 - markup as portals write it
"""Small portals of every family for the crawler's tests, written for them: organs and figures are invented."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, quote

from tests.crawler.site import Answer, Asked, Reply, html, items, report

ORGANS = ("云溪市人民政府", "云溪市教育局", "云溪市财政局", "云溪市水利局", "云溪市民政局")
YEARS = tuple(range(2019, 2025))
Pages = dict[str, Reply | str]


def titles(organs: tuple[str, ...] = ORGANS) -> list[tuple[str, int, str]]:
    """Organ, year and title of each report, newest first."""
    return [(organ, year, f"{organ}{year}年政府信息公开工作年度报告") for year in reversed(YEARS) for organ in organs]


def frame(column: str, *, hub: str = "/zfxxgk/", more: str = "") -> Pages:
    """A home page and a disclosure page around the column of the reports, with decoys and other links."""
    return {
        "/": html(
            "云溪市人民政府",
            '<div class="nav"><a href="/xw/">新闻中心</a><a href="/bsfw/">办事服务</a><a href="/tj/">统计信息</a>'
            f'<a href="{hub}">政府信息公开</a></div><div class="main">'
            + items(("/xw/a1.html", "全市工作会议召开"), ("/xw/a2.html", "云溪市2024年法治政府建设年度报告"))
            + f'</div><div class="footer"><a href="/sitemap/">网站地图</a>{more}</div>',
        ),
        hub: html(
            "政府信息公开",
            '<div class="left"><ul><li><a href="/zn/">政府信息公开指南</a></li><li><a href="/zd/">政府信息公开制度</a></li>'
            f'<li><a href="{column}">政府信息公开年报</a></li><li><a href="/wznb/">政府网站工作年度报表</a></li></ul></div>',
        ),
        "/zn/": html("政府信息公开指南", "<p>指南</p>"),
    }


def static(column: str, urls: list[str], pager: object, *, size: int = 12, more: str = "") -> Pages:
    """A column whose pages are static: ``pager(number, total) -> (path, html)``."""
    pages: Pages = {}
    rows = [(url, title) for url, (_, _, title) in zip(urls, titles(), strict=True)]
    total = -(-len(rows) // size)
    for number in range(1, total + 1):
        path, extra = pager(number, total)  # type: ignore[operator]
        pages[path] = html("政府信息公开年报", items(*rows[(number - 1) * size : number * size]) + extra + more)
    for url, (organ, year, _) in zip(urls, titles(), strict=True):
        pages[url] = report(organ, year)
    return pages


def trs() -> Pages:
    """TRS, page 2 is index_1.html; the template announces one page more than there is."""
    urls = [f"/zfxxgk/nb/{year + 1}01/t{year + 1}0115_{n}.html" for n, (_, year, _) in enumerate(titles())]
    return frame("/zfxxgk/nb/") | static(
        "/zfxxgk/nb/",
        urls,
        lambda n, total: (
            "/zfxxgk/nb/" + ("" if n == 1 else f"index_{n - 1}.html"),
            f'<script>createPageHTML({total + 1}, {n - 1}, "index", "html");</script>',
        ),
    )


def trs_from_one() -> Pages:
    """TRS with the other habit (太原): the call counts from 0, page 2 is index_2.shtml."""
    urls = [f"/zfxxgk/nb/{year + 1}01/t{year + 1}0115_{n}.shtml" for n, (_, year, _) in enumerate(titles())]
    return frame("/zfxxgk/nb/") | static(
        "/zfxxgk/nb/",
        urls,
        lambda n, total: (
            "/zfxxgk/nb/" + ("" if n == 1 else f"index_{n}.shtml"),
            f'<script>createPageHTML({total}, {n - 1}, "index", "shtml");</script>',
        ),
    )


def ucap() -> Pages:
    """UCAP: the list stands in a comment, page 2 is list_2.shtml, the call announces the number of entries."""
    urls = [f"/yxs/c10{n}/{year + 1}01/{n:032x}.shtml" for n, (_, year, _) in enumerate(titles())]
    rows = [(url, title) for url, (_, _, title) in zip(urls, titles(), strict=True)]
    pages = frame("/yxs/c1/list.shtml")
    for number in (1, 2, 3):
        listed = items(*rows[(number - 1) * 10 : number * 10])
        call = f"<script>createPageHTML('page_div',3, {number},'list','shtml',{len(rows)});</script>"
        name = "/yxs/c1/list.shtml" if number == 1 else f"/yxs/c1/list_{number}.shtml"
        pages[name] = html("政府信息公开年报", f'<ul class="jytxxgklist"><!-- {listed} --></ul>{call}')
    for url, (organ, year, _) in zip(urls, titles(), strict=True):
        pages[url] = report(organ, year)
    return pages


def ucap_json() -> Pages:
    """UCAP: the column's page is empty, the list comes from /common/search."""
    urls = [f"/yxs/c10{n}/{year + 1}01/{n:032x}.shtml" for n, (_, year, _) in enumerate(titles())]
    rows = list(zip(urls, titles(), strict=True))
    pages = frame("/yxs/c1/list.shtml")
    pages["/yxs/c1/list.shtml"] = html(
        "政府信息公开年报",
        "<div id='list'></div><script>$.get('/common/search/' + channelId + '?_pageSize=20&_isJson=true')</script>",
        '<meta name="channelId" content="abc123">',
    )

    def search(asked: Asked) -> Answer:
        query = parse_qs(asked.path.split("?")[1])
        page, size = int(query["page"][0]), int(query["_pageSize"][0])
        part = rows[(page - 1) * size : page * size]
        answer = {
            "data": {
                "total": len(rows),
                "page": page,
                "results": [
                    {"title": title, "url": url, "publishedTimeStr": "2025-01-01"} for url, (_, _, title) in part
                ],
            }
        }
        return Answer(json.dumps(answer), media="application/json")

    pages["/common/search/abc123?*"] = search
    for url, (organ, year, _) in rows:
        pages[url] = report(organ, year)
    return pages


def ucap_json_behind_a_page() -> Pages:
    """UCAP: ten entries in a comment, no further static page; the search is asked for by tens."""
    urls = [f"/yxs/c10{n}/{year + 1}01/{n:032x}.shtml" for n, (_, year, _) in enumerate(titles())]
    rows = [(url, title) for url, (_, _, title) in zip(urls, titles(), strict=True)]
    pages = frame("/yxs/c1/list.shtml")
    pages["/yxs/c1/list.shtml"] = html(
        "政府信息公开年报",
        f"<ul><!-- {items(*rows[:10])}<script>createPageHTML('page_div',3, 1,'list','shtml',{len(rows)});</script>--></ul>"
        "<script>function load(page){$.ajax({url:'/common/search/abc123?_pageSize=10&_isJson=true&page='+page})}load(1);</script>",
        '<meta name="channelId" content="abc123">',
    )

    def search(asked: Asked) -> Answer:
        query = parse_qs(asked.path.split("?")[1])
        page, size = int(query["page"][0]), int(query["_pageSize"][0])
        part = [{"title": title, "url": url} for url, title in rows[(page - 1) * size : page * size]]
        return Answer(
            json.dumps({"data": {"total": len(rows), "page": page, "results": part}}), media="application/json"
        )

    pages["/common/search/abc123?*"] = search
    return pages | {url: report(organ, year) for url, (organ, year, _) in zip(urls, titles(), strict=True)}


def jcms() -> Pages:
    """jcms: the first group stands in the page, the rest comes from dataproxy in windows that overlap."""
    urls = [f"/art/{year + 1}/1/15/art_55_{n}.html" for n, (_, year, _) in enumerate(titles())]
    rows = list(zip(urls, titles(), strict=True))
    pages = frame("/col/col55/index.html")

    def records(part: list[tuple[str, tuple[str, int, str]]]) -> str:
        return "".join(
            f"<record><![CDATA[<li><a href='{url}' title='{title}'>{title}</a><span>2025-01-15</span></li>]]></record>"
            for url, (_, _, title) in part
        )

    pages["/col/col55/index.html"] = html(
        "政府信息公开年报",
        "<div id='777'><script type='text/xml'><datastore><nextgroup><![CDATA[<a href="
        '"/module/web/jpage/dataproxy.jsp?page=1&appid=1&webid=3&path=/&columnid=55&unitid=777&webname=x&permissiontype=0">'
        f"</a>]]></nextgroup><recordset>{records(rows[:15])}</recordset></datastore></script></div><script>perpage=5</script>",
    )

    def proxy(asked: Asked) -> Answer:
        query = parse_qs(asked.path.split("?")[1])
        fields = parse_qs(asked.body) | query
        if fields.get("columnid") != ["55"] or fields.get("unitid") != ["777"]:
            return Answer("", 500)
        start, end = int(fields["startrecord"][0]), int(fields["endrecord"][0])
        part = rows[max(0, start - 4) : end]  # overlaps the window before
        text = f"<datastore><totalrecord>{len(rows)}</totalrecord><totalpage>6</totalpage><recordset>{records(part)}</recordset></datastore>"
        return Answer(text, media="text/xml; charset=utf-8")

    pages["/module/web/jpage/dataproxy.jsp?*"] = proxy
    for url, (organ, year, _) in rows:
        pages[url] = report(organ, year)
    return pages


def jpaas() -> Pages:
    """jpaas: build/unit answers JSON with HTML inside."""
    urls = [f"/art/{year + 1}/art_{n:032x}.html" for n, (_, year, _) in enumerate(titles())]
    rows = [(url, title) for url, (_, _, title) in zip(urls, titles(), strict=True)]
    pages = frame("/col/col55/index.html")
    unit = "/api-gateway/jpaas-publish-server/front/page/build/unit"
    pages["/col/col55/index.html"] = html(
        "政府信息公开年报",
        f"""<div url="{unit}" querydata="{{'parseType':'bulidstatic','webId':'149','tplSetId':'T1','pageType':'column',"""
        """'tagId':'当前栏目列表','pageId':'55'}"></div>""",
    )

    def build(asked: Asked) -> Answer:
        query = parse_qs(asked.path.split("?")[1])
        page, size = int(query["pageNo"][0]), int(query["rows"][0])
        text = items(*rows[(page - 1) * size : page * size]) if query["pageId"] == ["55"] else ""
        return Answer(json.dumps({"success": True, "data": {"html": text}}), media="application/json")

    pages[unit + "?*"] = build
    for url, (organ, year, _) in zip(urls, titles(), strict=True):
        pages[url] = report(organ, year)
    return pages


def jpage() -> Pages:
    """The newest jpage: loadPageData, POST /queryList, a base element."""
    urls = [f"/yx/art/{year + 1}/art_{n:032x}.html" for n, (_, year, _) in enumerate(titles())]
    rows = list(zip(urls, titles(), strict=True))
    pages = frame("/yx/col/col55/index.html")
    pages["/yx/col/col55/index.html"] = html(
        "政府信息公开年报",
        "<div id='div9'></div><script>var params = {current: 1, unitid: '9', webSiteCode: ['yx'], channelCode: ['col55'],"
        " perPage: '8', templateContainerId: 'div9'};\nloadPageData(params, '9');</script>",
        '<base href="/yx/">',
    )

    def query(asked: Asked) -> Answer:
        fields = parse_qs(asked.body)
        if asked.method != "POST" or fields.get("channelCode[]") != ["col55"]:
            return Answer("{}", 400)
        page, size = int(fields["current"][0]), int(fields["perPage"][0])
        results = [
            {"source": {"title": title, "urls": json.dumps({"pc": url}), "pubDate": "2025-01-01"}}
            for url, (_, _, title) in rows[(page - 1) * size : page * size]
        ]
        flat = [each["source"] for each in results]
        return Answer(
            json.dumps({"code": 200, "data": {"total": len(rows), "results": flat}}), media="application/json"
        )

    pages["/queryList"] = query
    for url, (organ, year, _) in rows:
        pages[url] = report(organ, year)
    return pages


def gkmlpt() -> Pages:
    """Guangdong: the tree in _CONFIG, the list as JSON."""
    urls = [f"/gkmlpt/content/4/{n}/post_{n}.html" for n, _ in enumerate(titles())]
    rows = list(zip(urls, titles(), strict=True))
    pages = frame("/gkmlpt/annualreport#26", hub="/gkmlpt/index")
    tree = [{"id": 1, "name": "机构概况", "children": []}, {"id": 26, "name": "政府信息公开年度报告", "children": []}]
    shell = html(
        "目录", f"<div id='app'></div><script>window._CONFIG = {{SID: '755', TREE: {json.dumps(tree)}}};</script>"
    )
    pages["/gkmlpt/index"] = pages["/gkmlpt/annualreport"] = shell

    def api(asked: Asked) -> Answer:
        page = int(parse_qs(asked.path.split("?")[1])["page"][0])
        part = rows[(page - 1) * 20 : page * 20]
        articles = [
            {"id": n, "title": title, "url": url, "display_publish_time": "2025-01-01"}
            for n, (url, (_, _, title)) in enumerate(part)
        ]
        return Answer(json.dumps({"total": len(rows), "articles": articles}), media="application/json")

    pages["/gkmlpt/api/all/26?*"] = api
    for url, (organ, year, _) in rows:
        pages[url + "?*"] = pages[url] = report(organ, year)
    return pages


def lonsun() -> Pages:
    """龙讯: HTML fragments by label."""
    urls = [f"/public/65/{n}.html" for n, _ in enumerate(titles())]
    rows = [(url, title) for url, (_, _, title) in zip(urls, titles(), strict=True)]
    pages = frame("/public/column/65?type=4&action=list")
    pages["/public/column/65?type=4&action=list"] = html(
        "政府信息公开年报",
        "<div id='list'></div><script>$('#list').load('/site/label/8888?labelName=publicInfoList&siteId=7&organId=65&catId=9"
        "&type=4&pageSize=10&pageIndex=1&file=/xxgk/publicInfoList')</script>",
    )

    def label(asked: Asked) -> Answer:
        query = parse_qs(asked.path.split("?")[1])
        page, size = int(query["pageIndex"][0]), int(query["pageSize"][0])
        return Answer(items(*rows[(page - 1) * size : page * size]) if query["organId"] == ["65"] else "")

    pages["/site/label/8888?*"] = label
    for url, (organ, year, _) in zip(urls, titles(), strict=True):
        pages[url] = report(organ, year)
    return pages


def reversed_pager() -> Pages:
    """国资委: fragments numbered from the end."""
    urls = [f"/n1/n2/c{n}/content.html" for n, _ in enumerate(titles())]
    rows = [(url, title) for url, (_, _, title) in zip(urls, titles(), strict=True)]
    pages = frame("/n1/n2/index.html")
    script = '<script>var purl="../../n1/n2/index_260" \n var maxPageNum=0;\n maxPageNum = 3;</script>'
    pages["/n1/n2/index.html"] = html("政府信息公开年报", items(*rows[:10]) + script)
    pages["/n1/n2/index_260_2.html"] = items(*rows[10:20])
    pages["/n1/n2/index_260_1.html"] = items(*rows[20:])
    for url, (organ, year, _) in zip(urls, titles(), strict=True):
        pages[url] = report(organ, year)
    return pages


def shanghai() -> Pages:
    """上海: totalPage in a script, page 2 is index_2.html."""
    urls = [f"/nw12/{year + 1}0331/{n:032x}.html" for n, (_, year, _) in enumerate(titles())]
    return frame("/nw12/index.html") | static(
        "/nw12/index.html",
        urls,
        lambda n, total: (
            "/nw12/index.html" if n == 1 else f"/nw12/index_{n}.html",
            f"<script>var totalPage = {total}; var currentPage = {n};</script>",
        ),
    )


def boda() -> Pages:
    """博达: /zwgk/xxgknb.htm, then /zwgk/xxgknb/2.htm, 1.htm, counting down."""
    urls = [f"/info/3588/{n}.htm" for n, _ in enumerate(titles())]

    def pager(number: int, total: int) -> tuple[str, str]:
        path = "/zwgk/xxgknb.htm" if number == 1 else f"/zwgk/xxgknb/{total - number + 1}.htm"
        following = f'<a href="/zwgk/xxgknb/{total - number}.htm">下页</a>' if number < total else "<span>下页</span>"
        return path, f'<div class="pb_sys">共{len(titles())}条 <a href="/zwgk/xxgknb.htm">首页</a>{following}</div>'

    return frame("/zwgk/xxgknb.htm") | static("", urls, pager)


def epoint() -> Pages:
    """新点: 2.html beside subPage.html, the next page behind an onclick."""
    urls = [
        f"/001/001001/{year + 1}0115/{n:08x}-1234-1234-1234-{n:012x}.html" for n, (_, year, _) in enumerate(titles())
    ]

    def pager(number: int, total: int) -> tuple[str, str]:
        path = "/001/001001/subPage.html" if number == 1 else f"/001/001001/{number}.html"
        following = f"""<li><a href="javascript:void(0)" onclick="location.href='/001/001001/{number + 1}.html'">下页&gt;</a></li>"""
        return (
            path,
            f'<ul class="ewb-page-items"><li><span>{number}/{total}</span></li>{following if number < total else ""}</ul>',
        )

    return frame("/001/001001/subPage.html") | static("", urls, pager)


def annual_jsp() -> Pages:
    """大汉 xxgk: an address an organ and year; a page a tree of organs, each with its years."""
    pages = frame("/module/xxgk/tree.jsp?divid=1")
    areas = {f"1133082475399{n:04d}L": organ for n, organ in enumerate(ORGANS)}
    tree = "".join(
        f'<li><a href="/module/xxgk/xxgkAnnualReport.jsp?area={area}&fbtime=2024">{organ}</a></li>'
        for area, organ in areas.items()
    )
    pages["/module/xxgk/tree.jsp?divid=1"] = html("政府信息公开年报", f"<ul>{tree}</ul>")
    for area, organ in areas.items():
        for year in YEARS:
            years = "".join(
                f'<a href="/module/xxgk/xxgkAnnualReport.jsp?fbtime={each}&area={area}">{each}</a>'
                for each in YEARS
                if each != year
            )
            page = report(organ, year, extra=f'<div class="nb"><h4>政府信息公开年报</h4>{years}</div>')
            pages[f"/module/xxgk/xxgkAnnualReport.jsp?area={area}&fbtime={year}"] = page
            pages[f"/module/xxgk/xxgkAnnualReport.jsp?fbtime={year}&area={area}"] = page
    return pages


def year_tree() -> Pages:
    """No family: a column a year beneath a heading, levels beneath the year, anchors that say only the organ."""
    pages = frame("/gk/nb.html")
    pages["/gk/nb.html"] = html(
        "公开年报",
        "<div class='side'><h3>政府信息公开年报</h3><ul>"
        + "".join(f'<li><a href="/gk/y{year}.html">{year}年</a></li>' for year in YEARS)
        + "</ul></div>",
    )
    for year in YEARS:
        levels = f'<ul><li><a href="/gk/y{year}/zf.html">市政府</a></li><li><a href="/gk/y{year}/bm.html">市直部门</a></li></ul>'
        crumbs = "<div class='crumbs'><a href='/'>首页</a>&gt;<a href='/gk/nb.html'>政府信息公开年报</a></div>"
        pages[f"/gk/y{year}.html"] = html(f"{year}年", crumbs + levels)
        pages[f"/gk/y{year}/zf.html"] = html("市政府", crumbs + items((f"/gk/d{year}a0.html", ORGANS[0])))
        rows = [(f"/gk/d{year}a{n}.html", organ) for n, organ in enumerate(ORGANS) if n]
        pages[f"/gk/y{year}/bm.html"] = html("市直部门", crumbs + items(*rows))
        for n, organ in enumerate(ORGANS):
            pages[f"/gk/d{year}a{n}.html"] = report(organ, year)
    return pages


def sub_sites() -> Pages:
    """No common column: each organ has its own disclosure page, reached from a list of organs."""
    pages = frame("/nothing/")
    del pages["/nothing/" if "/nothing/" in pages else "/zn/"]
    organs = "".join(f'<li><a href="/bm{n}/">{organ}</a></li>' for n, organ in enumerate(ORGANS))
    pages["/zfxxgk/"] = html("政府信息公开", f'<div class="main"><h3>部门信息公开</h3><ul>{organs}</ul></div>')
    for n, organ in enumerate(ORGANS):
        pages[f"/bm{n}/"] = html(
            organ, f'<ul><li><a href="/bm{n}/jg/">机构设置</a></li><li><a href="/bm{n}/nb/">年度报告</a></li></ul>'
        )
        rows = [(f"/bm{n}/c{year}/{year}0001.html", f"{organ}{year}年政府信息公开工作年度报告") for year in YEARS]
        pages[f"/bm{n}/nb/"] = html("年度报告", items(*rows))
        for year in YEARS:
            pages[f"/bm{n}/c{year}/{year}0001.html"] = report(organ, year)
    return pages


def notices() -> Pages:
    """No column at all: the reports stand among the notices, page 3 of them included."""
    pages = frame("/nothing/", more='<a href="/tzgg/">通知公告</a>')
    pages["/zfxxgk/"] = html("政府信息公开", "<p>建设中</p>")
    rows: list[tuple[str, str]] = []
    for n, (organ, year, title) in enumerate(titles()):
        rows.append((f"/tzgg/{year + 1}/n{n}.html", title))
        rows += [(f"/tzgg/{year + 1}/x{n}-{k}.html", f"关于第{n}-{k}号事项的通知") for k in range(2)]
        pages[f"/tzgg/{year + 1}/n{n}.html"] = report(organ, year)
    total = -(-len(rows) // 15)
    for number in range(1, total + 1):
        turn = f'<a href="/tzgg/index.asp?p={number + 1}">下一页</a>' if number < total else ""
        page = html(
            "通知公告", items(*rows[(number - 1) * 15 : number * 15]) + f"<div class='page'>{turn}共{total}页</div>"
        )
        pages["/tzgg/" if number == 1 else f"/tzgg/index.asp?p={number}"] = page
    return pages


def json_of_no_family() -> Pages:
    """An unknown portal whose column loads a JSON file."""
    urls = [f"/d/{n}.html" for n, _ in enumerate(titles())]
    pages = frame("/nb/")
    pages["/nb/"] = html("政府信息公开年报", "<div id='list'></div><script>load('/data/nb.json?v=1');</script>")
    rows = [
        {"docTitle": title, "docPubUrl": url, "docRelTime": "2025-01-02"}
        for url, (_, _, title) in zip(urls, titles(), strict=True)
    ]
    pages["/data/nb.json?v=1"] = Answer(json.dumps(rows), media="application/json")
    for url, (organ, year, _) in zip(urls, titles(), strict=True):
        pages[url] = report(organ, year)
    return pages


def gbk() -> Pages:
    """GBK bytes that declare UTF-8, addresses with Chinese in them."""
    urls = [f"/{quote('年报')}/{n}.html" for n, _ in enumerate(titles())]
    pages = frame("/nb/") | static(
        "/nb/",
        urls,
        lambda n, total: (
            "/nb/" if n == 1 else f"/nb/{n}.html",
            f"<a href='/nb/{n + 1}.html'>下一页</a>" if n < total else "",
        ),
    )
    return {
        path: Answer(page.encode("gbk", "replace")) if isinstance(page, str) else page for path, page in pages.items()
    }


ALL = (
    trs, trs_from_one, ucap, ucap_json, ucap_json_behind_a_page, jcms, jpaas, jpage, gkmlpt, lonsun, reversed_pager, shanghai, boda, epoint, annual_jsp,
    year_tree, sub_sites, notices, json_of_no_family, gbk,
)  # fmt: skip
