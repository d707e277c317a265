"""Ways in which portals lead to their reports that no family explains: charsets of queries, wrong counts, maps,
searches, XML."""

from __future__ import annotations

import gzip
from pathlib import Path
from urllib.parse import parse_qs

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
