# ruff: noqa: E501 - markup as portals write it
"""The families on recorded pages of real portals (../shared/corpus), and the words of discovery on real addresses
and titles.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from crawler.address import Boundary, absolute, canonical, trap
from crawler.discovery import pager
from crawler.discovery.page import Link, Page, decode, read_page
from crawler.discovery.reading import read_links
from crawler.discovery.scoring import judge
from crawler.discovery.slugs import is_article, slug_kind
from crawler.families import read_answer, read_lists
from crawler.politeness import blocks
from crawler.politeness.robots import read_robots

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
recorded = pytest.mark.skipif(not CORPUS.is_dir(), reason="the recorded pages (../shared/corpus) are not here")


def page(name: str, url: str) -> Page:
    """A recorded page, as if it came from this address."""
    return read_page(url, decode((CORPUS / "pages" / name).read_bytes()))


@recorded
def test_trs_goes_on_at_index_1() -> None:
    listing = read_lists(page("list-trs-ndrc.html", "https://www.ndrc.gov.cn/xxgk/zcfb/fzggwl/"), 1, {})
    assert listing is not None and listing.family == "trs"
    assert listing.pages == 9
    assert listing.steps[0].url == "https://www.ndrc.gov.cn/xxgk/zcfb/fzggwl/index_1.html"
    assert listing.steps[0].otherwise[0].url.endswith("/index_2.html")


@recorded
@pytest.mark.parametrize(
    ("name", "pages", "records", "following"),
    [
        ("list-ucap-csrc.html", 5, 89, "http://www.csrc.gov.cn/csrc/c101/fg_2.shtml"),
        ("list-ucap-gansu-education.html", 10, 200, "http://www.csrc.gov.cn/csrc/c101/zwgklist_2.shtml"),
    ],
)
def test_ucap_goes_on_at_list_2(name: str, pages: int, records: int, following: str) -> None:
    listing = read_lists(page(name, "http://www.csrc.gov.cn/csrc/c101/fg.shtml"), 1, {})
    assert listing is not None and listing.family == "ucap"
    assert (listing.pages, listing.records) == (pages, records)
    assert listing.steps[0].url == following


@recorded
def test_ucap_lists_in_comments_are_read() -> None:
    gansu = page("list-ucap-gansu-education.html", "https://jyt.gansu.gov.cn/jyt/c110634/zwgklist.shtml")
    hidden = [link for link in gansu.links if link.tag == "comment"]
    assert len(hidden) == 20
    assert all(link.date for link in hidden)


@recorded
def test_bare_years_under_a_heading_are_columns() -> None:
    gansu = page("list-ucap-gansu-education.html", "https://jyt.gansu.gov.cn/jyt/c110634/zwgklist.shtml")
    boundary = Boundary.around("https://jyt.gansu.gov.cn/")
    reading = read_links(gansu, kind="hub", row=1, boundary=boundary)
    years = [target.year for target in reading.targets if target.kind == "year"]
    assert years == list(range(2024, 2007, -1))


@recorded
def test_the_reversed_pager_counts_down() -> None:
    sasac = page("list-reversed-sasac-1.html", "http://www.sasac.gov.cn/n2588035/n2588320/n2588335/index.html")
    listing = read_lists(sasac, 1, {})
    assert listing is not None and listing.pages == 16
    step = listing.steps[0]
    assert step.url == "http://www.sasac.gov.cn/n2588035/n2588320/n2588335/index_2603340_15.html"
    text = (CORPUS / "pages" / "list-reversed-sasac-2.html").read_text("utf-8")
    answer = read_answer("reversed", text, step.url, 2, step.memo)
    assert answer is not None and len(answer.links) == 30
    assert answer.steps[0].url.endswith("_14.html")
    last = read_answer("reversed", text, step.url, 16, step.memo)
    assert last is not None and last.steps == [] and last.end == "page 16 of 16"


@recorded
def test_dataproxy_answers_overlap_and_announce_their_total() -> None:
    texts = [(CORPUS / "pages" / f"list-jcms-dataproxy-jiangsu-{n}.xml").read_text("utf-8") for n in (1, 2)]
    memo: dict[str, object] = {
        "proxy": "http://a.gov.cn/module/web/jpage/dataproxy.jsp",
        "fields": {},
        "per": 25,
        "start": 1,
    }
    answers = [read_answer("jcms", text, "http://a.gov.cn/module/web/jpage/dataproxy.jsp", 1, memo) for text in texts]
    first, second = answers
    assert first is not None and second is not None
    assert first.records == 756
    addresses = [{canonical(link.url) for link in answer.links} for answer in (first, second)]
    assert addresses[0] & addresses[1]
    assert "startrecord=76&endrecord=150" in first.steps[0].url


@recorded
def test_the_newest_jpage_asks_its_query_list() -> None:
    listing = read_lists(
        page("list-jpage-jiangxi-ecology.html", "http://sthjt.jiangxi.gov.cn/jxssthjt/col/col42150/index.html"), 1, {}
    )
    assert listing is not None and listing.family == "jpaas"
    step = listing.steps[0]
    assert step.method == "POST" and step.url == "http://sthjt.jiangxi.gov.cn/queryList"
    assert "channelCode%5B%5D=col42150" in (step.body or "")


@recorded
def test_the_decoy_beside_the_column_is_refused() -> None:
    nav = page("nav-beijing-housing.html", "http://www.bjjs.gov.cn/")
    reading = read_links(nav, kind="hub", row=1, boundary=Boundary.around("http://www.beijing.gov.cn/"))
    column = next(target for target in reading.targets if target.anchor == "公开年报")
    assert column.kind == "column" and column.priority > 85
    decoy = judge(next(link for link in nav.links if link.text == "政府网站工作年度报表"), "hub")
    assert decoy.reason is not None


@recorded
def test_real_addresses_are_articles_and_never_traps() -> None:
    with (CORPUS / "report_addresses.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["address"] for row in rows if trap(row["address"])] == []
    assert sum(is_article(row["address"]) for row in rows) >= 0.85 * len(rows)
    assert 0.35 <= sum(slug_kind(row["address"]) == "annual" for row in rows) / len(rows) <= 0.6


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://www.a.gov.cn/x/index.html", "https://a.gov.cn/x/"),
        ("http://a.gov.cn/x/t20200101_1_wap.html", "http://www.a.gov.cn:80/x/t20200101_1.html"),
        ("http://a.gov.cn/m.jsp?fbtime=2017&area=11", "http://a.gov.cn/m.jsp?area=11&fbtime=2017"),
        ("http://a.gov.cn/x;jsessionid=AB12?id=3", "http://a.gov.cn/x?id=3"),
        ("http://wap.a.gov.cn/art/1.html", "http://www.a.gov.cn//art/1.html"),
        ("http://a.gov.cn/x?id=3&_t=99#top", "http://a.gov.cn/x?id=3"),
    ],
)
def test_twins_have_one_canonical_address(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


def test_addresses_that_only_look_alike_stay_apart() -> None:
    assert canonical("http://a.gov.cn/x?id=3") != canonical("http://a.gov.cn/x?id=4")
    assert canonical("http://a.gov.cn/gkmlpt/annualreport#26") != canonical("http://a.gov.cn/gkmlpt/annualreport#27")


def test_the_boundary_holds() -> None:
    portal = Boundary.around("http://www.qinzhou.gov.cn/")
    assert portal.holds("https://zwgk.qinzhou.gov.cn:8080/x")
    for outside in (
        "http://www.gxzf.gov.cn/",
        "http://qinzhou.gov.cn.evil.com/",
        "ftp://www.qinzhou.gov.cn/",
        "http://u:p@www.qinzhou.gov.cn/",
    ):
        assert not portal.holds(outside), outside
    loopback = Boundary.around("http://127.0.0.1:8001/")
    assert loopback.holds("http://127.0.0.1:8001/x")
    assert not loopback.holds("http://127.0.0.1:8002/x")


def test_hrefs_are_read_as_browsers_read_them() -> None:
    assert absolute("http://a.gov.cn/b/", "\n./202401/t1.html\n") == "http://a.gov.cn/b/202401/t1.html"
    assert absolute("http://a.gov.cn/b/", "..\\x\\1.htm") == "http://a.gov.cn/x/1.htm"
    assert absolute("http://a.gov.cn/b/", "javascript:void(0)") is None
    assert absolute("http://a.gov.cn/b/", "http://[bad/") is None


@pytest.mark.parametrize("name", ["市财政局", "文化和旅游局", "统计局", "信访局", "区投资促进局"])
def test_an_organ_is_an_organ_whatever_its_name_holds(name: str) -> None:
    promise = judge(Link("http://a.gov.cn/bm/", name, block=4), "organs")
    assert promise.kind == "organ" and promise.reason is None


def test_the_general_pager_proves_its_end() -> None:
    text = "<ul><li><a href='1.html'>x</a></li></ul><div>共3页 <a href='l_2.html'>下一页</a><a href='l_3.html'>尾页</a></div>"
    first = pager.read(read_page("http://a.gov.cn/l.html", text), 1)
    assert first is not None and first.steps[0].url == "http://a.gov.cn/l_2.html" and first.pages == 3
    last = pager.read(read_page("http://a.gov.cn/l_3.html", "<div>共3页 <a href='l.html'>首页</a></div>"), 3)
    assert last is not None and last.steps == [] and last.end == "page 3 of 3"


@pytest.mark.parametrize(
    ("here", "link", "following"),
    [
        ("/nb/list.html", "2.html", "/nb/2.html"),
        ("/nb/list.html", "list_2.html", "/nb/list_2.html"),
        ("/list.do?id=7", "list.do?id=7&page=2", "/list.do?id=7&page=2"),
        ("/nb/list.html", "/zt/2.html", None),
        ("/nb/list.html", "t20240112.html", None),
        ("/list.do?id=7", "list.do?id=2&page=9", None),
    ],
)
def test_the_one_number_of_a_list_of_two_pages_is_its_next_page(here: str, link: str, following: str | None) -> None:
    html = f"<html><body><ul><li><a href='/nb/a.html'>年度报告</a></li></ul><a href='{link}'>2</a></body></html>"
    listing = pager.read(read_page(f"http://www.yunxi.gov.cn{here}", html), 1)
    steps = listing.steps if listing else []
    assert [each.url for each in steps] == ([f"http://www.yunxi.gov.cn{following}"] if following else [])


def test_wrong_charset_declarations_are_not_believed() -> None:
    text = "<html><meta charset=gb2312><a href='/1.html'>政府信息公开年报</a></html>"
    assert "政府信息公开年报" in decode(text.encode("utf-8"), "text/html; charset=iso-8859-1")
    assert "政府信息公开年报" in decode(text.replace("gb2312", "utf-8").encode("gbk"), "text/html; charset=utf-8")


def test_robots_after_rfc_9309() -> None:
    assert read_robots(404, b"", "gongkai/1", "http://a.gov.cn").allows("http://a.gov.cn/x", "gongkai/1")
    assert not read_robots(503, b"", "gongkai/1", "http://a.gov.cn").allows("http://a.gov.cn/x", "gongkai/1")
    own = read_robots(200, b"User-agent: gongkai\nDisallow: /x\nCrawl-delay: 3\n", "gongkai/1", "http://a.gov.cn")
    assert not own.allows("http://a.gov.cn/x", "gongkai/1") and own.delay == 3
    assert read_robots(200, b"<html>404</html>", "gongkai/1", "http://a.gov.cn").state == "unavailable"


def test_retry_after_in_seconds_or_as_a_date() -> None:
    assert blocks.retry_after(b"120") == 120
    assert blocks.retry_after(b"Wed, 21 Oct 2026 07:28:00 GMT", now=1792567680 - 60) == pytest.approx(60)
    assert blocks.retry_after(b"soon") is None
