"""One server is asked one thing at a time, and left alone when it is overloaded, silent or says so."""

from __future__ import annotations

import socket
import threading
import time
from itertools import pairwise
from pathlib import Path

import pytest

from crawler.frontier.visit import DAY
from crawler.politeness import blocks
from crawler.politeness.robots import read_robots
from crawler.politeness.servers import Servers
from tests.crawler import portals
from tests.crawler.crawls import crawl, rows
from tests.crawler.site import Answer, Asked, html, items, report, serving

AGENT = "gongkai/1.0 (+mailto:see@example.org)"


def many(count: int, answer: Answer) -> portals.Pages:
    """A portal whose column is fine and whose reports all answer the same."""
    titles = [(f"/nb/{n}.html", f"云溪市第{n}局2024年政府信息公开工作年度报告") for n in range(count)]
    pages: portals.Pages = {
        "/": html("云溪市", '<a href="/nb/">政府信息公开年报</a>'),
        "/nb/": html("政府信息公开年报", items(*titles)),
    }
    return pages | {path: answer for path, _ in titles}


@pytest.mark.parametrize(("status", "most"), [(429, 6), (503, 6), (500, 20), (403, 3)])
def test_a_host_that_only_fails_is_left_alone(status: int, most: int, tmp_path: Path) -> None:
    wait = {"Retry-After": "0"} if status in (429, 503) else {}
    with serving(many(30, Answer("", status, wait))) as site:
        run = crawl(site, tmp_path)
        assert len(site.paths()) <= 2 + most, "each of thirty addresses has not been tried to its end"
        assert run.outcome == "failed" and "left alone until the next day" in (run.reason or "")
        assert "addresses wait" in (run.reason or "")
        site.asked.clear()
        assert crawl(site, tmp_path).outcome == "failed"
        assert site.asked == []
    if status != 403:
        assert rows(tmp_path, "SELECT count(*) FROM page WHERE state = 'pending' AND kind = 'report'")[0][0] >= 20


@pytest.mark.parametrize("path", ["/nb/0.html", "/robots.txt"])
def test_a_long_retry_after_holds_for_the_next_visits_too(path: str, tmp_path: Path) -> None:
    pages = many(2, Answer(report("云溪市教育局", 2024)))
    pages[path] = Answer("busy", 503, {"Retry-After": "7200"})
    with serving(pages) as site:
        began = time.monotonic()
        run = crawl(site, tmp_path)
        assert time.monotonic() - began < 60, "a visit does not wait two hours"
        assert run.outcome == "failed" and "left alone" in (run.reason or "")
        asked = [each.path for each in site.asked]
        assert asked[-1] == path and asked.count(path) == 1
        site.asked.clear()
        run = crawl(site, tmp_path)
        assert site.asked == []
    until = rows(tmp_path, "SELECT until FROM block")[0][0]
    assert 7000 < until - time.time() < 7300


def test_a_block_is_over_when_cron_comes_again() -> None:
    from crawler.frontier import visit

    assert visit.NEXT_DAY < DAY - 3600


@pytest.mark.parametrize(
    ("status", "state"),
    [(200, "allowed"), (404, "unavailable"), (403, "unavailable"), (429, "unreachable"), (503, "unreachable")],
)
def test_what_the_status_of_robots_txt_means(status: int, state: str) -> None:
    assert read_robots(status, b"User-agent: *\nDisallow: /x/\n", AGENT, "http://a.gov.cn").state == state


def test_the_words_of_the_contact_are_no_names_for_robots_txt() -> None:
    for name in ("see", "example", "mailto"):
        rules = read_robots(200, f"User-agent: {name}\nDisallow: /\n".encode(), AGENT, "http://a.gov.cn")
        assert rules.allows("http://a.gov.cn/nb/", AGENT)
    rules = read_robots(200, b"User-agent: GongKai\nDisallow: /nb/\n", AGENT, "http://a.gov.cn")
    assert not rules.allows("http://a.gov.cn/nb/", AGENT)


def test_a_report_that_robots_txt_forbids_is_told(tmp_path: Path) -> None:
    pages = many(2, Answer(report("云溪市教育局", 2024)))
    pages["/robots.txt"] = Answer("User-agent: *\nDisallow: /nb/1.html\n", media="text/plain")
    with serving(pages) as site:
        run = crawl(site, tmp_path)
        assert "/nb/1.html" not in site.paths()
    assert [each["where"][-10:] for each in run.problems if each["code"] == "robots-forbids"] == ["/nb/1.html"]


def resolves_below_localhost() -> bool:
    """Whether this machine knows names such as jyj.localhost: the C library does or does not."""
    try:
        socket.getaddrinfo("jyj.localhost", 80)
    except OSError:
        return False
    return True


def test_a_dead_sub_site_does_not_make_the_portal_fail(tmp_path: Path) -> None:
    pages = many(2, Answer(report("云溪市教育局", 2024)))
    with serving(pages) as site:
        home = site.home.replace("127.0.0.1", "localhost")
        dead = home.replace("localhost", "gaj.localhost") + "nb/"
        links = f'<a href="/nb/">政府信息公开年报</a><a href="{dead}">部门政府信息公开年报</a>'
        site.put("/", html("云溪市", links))
        site.put("/robots.txt", lambda asked: Answer("", 503 if "gaj" in asked.headers["Host"] else 404))
        run = crawl(home, tmp_path)
    assert run.outcome == "finished", run.reason
    assert any(each["code"] in ("robots-unreachable", "unreachable") for each in run.problems)


@pytest.mark.skipif(not resolves_below_localhost(), reason="names below localhost are not resolved on this machine")
def test_names_of_one_server_share_its_queue_and_its_delay(tmp_path: Path) -> None:
    moments: list[float] = []
    at_work: list[int] = []
    most: list[int] = []
    guard = threading.Lock()

    def slowly(page: str) -> object:
        def answer(asked: Asked) -> Answer:
            with guard:
                at_work.append(1)
                most.append(len(at_work))
                moments.append(time.monotonic())
            time.sleep(0.03)
            with guard:
                at_work.pop()
            return Answer(page)

        return answer

    with serving({}) as site:
        home = site.home.replace("127.0.0.1", "localhost")
        names = ["jyj", "czj", "slj"]
        subs = "".join(
            f'<a href="{home.replace("localhost", f"{n}.localhost")}nb/">部门政府信息公开年报</a>' for n in names
        )
        listed = items(("/nb/1.html", "云溪市教育局2024年政府信息公开工作年度报告"))
        for path, page in {"/": html("云溪市", subs), "/nb/": html("政府信息公开年报", listed)}.items():
            site.put(path, slowly(page))  # type: ignore[arg-type]
        site.put("/nb/1.html", slowly(report("云溪市教育局", 2024)))  # type: ignore[arg-type]
        crawl(home, tmp_path, delay=0.1)
        assert len({each.headers["Host"] for each in site.asked}) == 4
    assert max(most) == 1
    assert min(later - earlier for earlier, later in pairwise(moments)) >= 0.09


def test_a_name_is_known_by_its_address_once_it_is_resolved() -> None:
    servers = Servers()
    assert servers.of("www.a.gov.cn") is None and not servers.looking
    assert servers.names({"1.2.3.4"}, {"www.a.gov.cn"}) == set()


@pytest.mark.parametrize(
    ("status", "cookies", "page", "kind"),
    [
        (200, "", "<html><form>查询 请输入验证码</form>" + '<a href="/1">年报</a>' * 6, None),
        (200, "", "<html><title>访问验证</title>请输入验证码", "captcha"),
        (200, "wzws_sessionid=1", "<html><p>概况</p>", None),
        (200, "wzws_sessionid=1", "<html><script>go()</script>", "wzws"),
        (302, "wzws_sessionid=1", "<script>", None),
        (404, "", "<html>请输入验证码", None),
        (202, "", "<script>$_ts=window['$_ts']</script>", "ruishu"),
        (200, "", "<script>$_ts={}</script>" + '<a href="/1">年报</a>' * 9, None),
        (200, "", "<script>var arg1='4A';setCookie('acw_sc__v2',x)</script>", "aliyun"),
        (200, "", "<script>document.cookie='EO_Bot_Ssid=1';location.reload()</script>", "edgeone"),
        (200, "", "<html>您的访问过于频繁，请稍后再试", "frequency"),
        (200, "", '<html>请输入图中验证码<img src="/code.jpg"><input name="code">', "captcha"),
        (200, "", '<html>意见征集<table><tr><td>验证码<input name="code"></td></tr></table>', None),
        (200, "", "<html><title>安全验证</title>请点击按钮", "captcha"),
        (200, "", "<html>请求已被网站管理员设置拦截", "waf"),
        (468, "", "<html>正在检测环境", "waf"),
        (503, "", "<html>正在进行安全检查，浏览器将自动跳转", "waf"),
        (200, "", '<meta http-equiv="refresh" content="0"><script>document.cookie="k=1"</script>', "cookie-script"),
        (200, "", "<html><noscript>Please enable JavaScript</noscript>", None),
    ],
)
def test_challenges_are_told_from_pages_with_content(status: int, cookies: str, page: str, kind: str | None) -> None:
    assert blocks.challenge(status, cookies, page.encode()) == kind
    assert blocks.challenge(status, cookies, page.encode("gb18030")) == kind


def test_a_page_that_asks_for_scripts_in_a_browser_too_is_a_challenge() -> None:
    page = b"<html><body><noscript>Please enable JavaScript</noscript></body></html>"
    assert blocks.challenge(200, "", page, shown=True) == "javascript"
    page = page.replace(b"</body>", b'<a href="/1.html">1</a></body>')
    assert blocks.challenge(200, "", page, shown=True) is None


@pytest.mark.parametrize(
    ("written", "allowed", "delay"),
    [
        ("User-agent: *\nDisallow: /信息/".encode("gbk"), False, 0.0),
        ("User-agent: *\nDisallow: /信息/".encode("utf-16"), False, 0.0),
        ("\ufeffUser-agent: *\nDisallow: /信息/".encode(), False, 0.0),
        ("# <html> is none\nUser-agent: *\nDisallow: /信息/".encode(), False, 0.0),
        ("User-agent: GongKai/2.0\nDisallow: /*信息".encode(), False, 0.0),
        ("User-agent: *\nDisallow: /信息/\nAllow: /信息/1.html$".encode(), True, 0.0),
        (b"User-agent: *\nCrawl-delay: 10s\r\n", True, 10.0),
        (b"User-agent: *\nCrawl-delay: 2,5\n", True, 2.5),
        (b"User-agent: *\nCrawl-delay: nan\n", True, 0.0),
    ],
)
def test_robots_txt_is_obeyed_however_it_is_written(written: bytes, allowed: bool, delay: float) -> None:
    rules = read_robots(200, written, AGENT, "http://a.gov.cn")
    assert rules.allows("http://a.gov.cn/%E4%BF%A1%E6%81%AF/1.html", AGENT) == allowed
    assert rules.delay == delay


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (b"120", 120.0),
        (b"Thu, 01 Jan 1970 00:10:00 GMT", 600.0),
        (b"soon", None),
        (b"", None),
        (b"9" * 40, 1e12),
        (b"\xb2", None),
    ],
)
def test_retry_after_is_read(value: bytes, seconds: float | None) -> None:
    found = blocks.retry_after(value, now=0.0)
    assert found is None if seconds is None else found is not None and abs(found - seconds) <= 1


def test_a_server_that_hangs_up_is_asked_again_in_its_turn(tmp_path: Path) -> None:
    """Over a connection that is kept open too: the client library would ask again at once, whatever the Crawl-delay."""
    moments: list[float] = []

    def hangs_up(asked: Asked) -> Answer:
        moments.append(time.monotonic())
        if len(moments) == 1:
            raise ConnectionAbortedError("no answer")
        return Answer(report("云溪市第0局", 2024))

    pages = many(1, Answer()) | {"/nb/0.html": hangs_up}
    pages["/robots.txt"] = Answer("User-agent: *\nCrawl-delay: 0.4\n", media="text/plain")
    with serving(pages) as site:
        site.server.handle_error = lambda *_: None  # type: ignore[method-assign]
        run = crawl(site, tmp_path)
    assert run.reports_known == 1
    assert len(moments) == 2 and moments[1] - moments[0] >= 0.38
