# ruff: noqa: E501 - markup as portals write it
"""Small portals whose way to the reports is hidden: in scripts, pictures, menus, on late pages of notices."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

from tests.crawler.portals import ORGANS, YEARS, Pages, frame, titles
from tests.crawler.site import Answer, Asked, html, items, report


def reports(prefix: str = "/r") -> Pages:
    """All reports, under addresses that say nothing."""
    return {f"{prefix}/{n}.html": report(organ, year) for n, (organ, year, _) in enumerate(titles())}


def entries(prefix: str = "/r") -> list[tuple[str, str]]:
    """Their addresses and titles."""
    return [(f"{prefix}/{n}.html", title) for n, (_, _, title) in enumerate(titles())]


def menu_in_a_script() -> Pages:
    """The home page draws its menu from an array of objects, the disclosure page its tree from an array of arrays."""
    name = "".join(f"\\u{ord(each):04x}" for each in "政府信息公开年报")
    return reports() | {
        "/": html(
            "盟行署",
            "<script>var menu=[{name:'首页',url:'/'},{name:'新闻',url:'/xw/'},{name:'政府信息公开',url:'\\/gk\\/'}];"
            "draw(menu)</script><p>欢迎</p>",
        ),
        "/gk/": html(
            "政府信息公开",
            f"<script>tree([['zn','公开指南','/gk/zn/'],[\"nb\",\"{name}\",\"/gk/nb/\"]])</script>",
        ),
        "/gk/nb/": html("年报", items(*entries())),
    }


def picture_map() -> Pages:
    """A picture with areas, a picture that is a link, a division with onclick."""
    return reports() | {
        "/": html("县政府", "<a href='/gk/'><img src='/gk.png' alt='政府信息公开'></a>"),
        "/gk/": html(
            "公开",
            "<map><area href='/gk/1/' alt='公开指南'><area href='/gk/2/' alt='政府信息公开年报'></map>",
        ),
        "/gk/2/": html("年报", "<div onclick=\"window.open('/gk/3/')\">部门年报</div>"),
        "/gk/3/": html("部门年报", items(*entries())),
    }


def pages_in_a_script() -> Pages:
    """Columns of organs in a <select>, each at 1.html; the number of pages stands in parseInt('2')."""
    options = "".join(f"<option value='/gk/xxgknb/{n}/1.html'>{organ}</option>" for n, organ in enumerate(ORGANS))
    pages = frame("/gk/xxgknb/") | reports() | {"/gk/xxgknb/": html("年报", f"<select>{options}</select>")}
    for n, organ in enumerate(ORGANS):
        own = [each for each, (name, _, _) in zip(entries(), titles(), strict=True) if name == organ]
        for number, part in ((1, own[:4]), (2, own[4:])):
            script = f"<script>var total=parseInt('2');var cur=parseInt('{number}');turn(total,cur)</script>"
            pages[f"/gk/xxgknb/{n}/{number}.html"] = html(organ, items(*part) + script)
    return pages


def tenants() -> Pages:
    """gkmlpt: the departments' own trees hang on a page that is called a catalogue."""
    pages: Pages = {
        "/": html("市政府", "<ul><li><a href='/bm/'>部门信息公开目录</a></li></ul>"),
        "/bm/": html("目录", "".join(f"<p><a href='/t{n}/gkmlpt/index'>{o}</a></p>" for n, o in enumerate(ORGANS))),
    }
    for n, organ in enumerate(ORGANS):
        tree = [{"id": 7, "name": "公开指南"}, {"id": 9, "name": "政府信息公开年报"}]
        pages[f"/t{n}/gkmlpt/index"] = html(organ, f"<script>_CONFIG={{SID:'44{n}',TREE:{json.dumps(tree)}}}</script>")
        articles = []
        for year in YEARS:
            path = f"/t{n}/gkmlpt/content/1/2/post_{n}{year}.html"
            pages[path] = report(organ, year)
            articles.append({"title": f"{organ}{year}年政府信息公开工作年度报告", "url": path})
        answer = Answer(json.dumps({"total": len(articles), "articles": articles}), media="application/json")
        pages[f"/t{n}/gkmlpt/api/all/9?page=1&sid=44{n}"] = answer
    return pages


def years_on_the_report() -> Pages:
    """xxgkAnnualReport.jsp: the tree links the newest year, and only the report's own page names the others."""

    def address(n: int, year: int) -> str:
        return f"/module/xxgk/xxgkAnnualReport.jsp?area=113300000{n}&fbtime={year}"

    tree = "".join(f"<li><a href='{address(n, 2024)}'>{organ}</a></li>" for n, organ in enumerate(ORGANS))
    pages = frame("/nb/") | {"/nb/": html("年报", f"<ul>{tree}</ul>")}
    choice = "<select onchange='go(this.value)'>" + "".join(f"<option value='{y}'>{y}</option>" for y in YEARS)
    for n, organ in enumerate(ORGANS):
        for year in YEARS:
            pages[address(n, year)] = report(organ, year, extra=choice + "</select>")
    return pages


def parameters_in_the_call() -> Pages:
    """jpage: ``loadPageData({…})`` with its parameters written into the call; a <base> that moves relative links."""
    base = '<base href="/sheng/">'
    pages = reports() | {
        "/": html("省政府", "<a href='col/gk/'>政府信息公开</a>", base),
        "/sheng/col/gk/": html("公开", "<a href='col/nb/'>政府信息公开年报</a>", base),
        "/sheng/col/nb/": html(
            "年报",
            "<script>loadPageData({current:1,unitid:'38',webSiteCode:['s'],channelCode:['col5'],perPage:'12'},'38')</script>",
            base,
        ),
    }

    def answer(asked: Asked) -> Answer:
        body = parse_qs(asked.body)
        assert body["channelCode[]"] == ["col5"]
        start = 12 * (int(body["current"][0]) - 1)
        found = [{"title": title, "pcUrl": url} for url, title in entries()[start : start + 12]]
        return Answer(json.dumps({"data": {"total": len(entries()), "results": found}}), media="application/json")

    pages["/queryList"] = answer
    return pages


def unit_beside_its_address() -> Pages:
    """jpaas: the parameters of build/unit stand in an object near its address."""
    pages = (
        frame("/nb/")
        | reports()
        | {
            "/nb/": html(
                "年报",
                "<script>var u='/api-gateway/jpaas-publish-server/front/page/build/unit';var d={'parseType':'bulidstatic','webId':'14',"
                "'tplSetId':'x7','pageType':'column','tagId':'列表','pageId':'55','rows':'12','pageNo':'1'}</script>",
            )
        }
    )

    def answer(asked: Asked) -> Answer:
        fields = parse_qs(asked.path.split("?", 1)[1])
        assert fields["pageId"] == ["55"] and fields["webId"] == ["14"]
        start = 12 * (int(fields["pageNo"][0]) - 1)
        part = entries()[start : start + 12]
        return Answer(json.dumps({"data": {"html": items(*part) if part else ""}}), media="application/json")

    pages["/api-gateway/jpaas-publish-server/front/page/build/unit?*"] = answer
    return pages


def json_known_by_its_pages() -> Pages:
    """A list of no family whose address is known only by the parameter that turns its pages."""
    pages = (
        frame("/nb/")
        | reports()
        | {"/nb/": html("年报", "<script>get('/portal/content?channel=8&pageNo='+n)</script>")}
    )

    def answer(asked: Asked) -> Answer:
        start = 12 * (int(parse_qs(asked.path.split("?", 1)[1])["pageNo"][0]) - 1)
        found = [{"title": title, "linkUrl": url} for url, title in entries()[start : start + 12]]
        return Answer(json.dumps({"total": len(entries()), "list": found}), media="application/json")

    pages["/portal/content?*"] = answer
    return pages


def same_to_the_byte() -> Pages:
    """The organs' disclosure pages are the same bytes, and their relative links lead to each organ's own reports."""
    pages: Pages = {
        "/": html(
            "市政府",
            "<h2>部门信息公开</h2>" + "".join(f"<p><a href='/{n}/gk/'>{o}</a></p>" for n, o in enumerate(ORGANS)),
        )
    }
    for n, organ in enumerate(ORGANS):
        pages[f"/{n}/gk/"] = html("信息公开", "<a href='./zn/'>公开指南</a> <a href='./nb/'>信息公开年报</a>")
        pages[f"/{n}/gk/nb/"] = html("年报", items(*((f"{year}.html", f"{year}年度报告") for year in YEARS)))
        for year in YEARS:
            pages[f"/{n}/gk/nb/{year}.html"] = report(organ, year)
    return pages


def late_pages_of_notices() -> Pages:
    """The reports of each January stand eight pages behind the last, among notices; there is no column."""
    pages = reports() | {"/": html("县政府", "<a href='/gs/'>公示公告</a>")}
    pages_of_list: list[str] = []
    for year in reversed(YEARS[-2:]):
        for month in (12, 11, 10, 9, 8, 7, 6, 4):
            pages_of_list.append(
                items(
                    *((f"/gs/{year + 1}{month}{n}.html", f"第{n}号公告") for n in range(9)),
                    date=f"{year + 1}-{month}-03",
                )
            )
        pages_of_list.append(items(*(each for each in entries() if f"{year}年" in each[1]), date=f"{year + 1}-01-23"))
    for back in range(12):  # the year before, in which nothing was published
        pages_of_list.append(
            items(
                *((f"/gs/old{back}{n}.html", f"旧公告{n}") for n in range(9)),
                date=f"{YEARS[-2] - back // 6}-{12 - back % 6 * 2:02d}-05",
            )
        )
    for number, body in enumerate(pages_of_list, start=1):
        turn = f"<div><a href='/gs/{number + 1}.html'>下一页</a></div>" if number < len(pages_of_list) else ""
        pages["/gs/" if number == 1 else f"/gs/{number}.html"] = html("公示公告", body + turn)
    for path in [path for path in pages if path.startswith("/r/") and int(path[3:-5]) >= 2 * len(ORGANS)]:
        del pages[path]
    return pages


ALL = (
    menu_in_a_script,
    picture_map,
    pages_in_a_script,
    tenants,
    years_on_the_report,
    parameters_in_the_call,
    unit_beside_its_address,
    json_known_by_its_pages,
    same_to_the_byte,
    late_pages_of_notices,
)
