# ruff: noqa: E501 - markup as portals write it
"""Manners and hazards, with real crawls against a server on loopback that refuses, redirects, traps and falls
silent.
"""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from crawler.politeness.robots import read_robots
from crawler.portals import registry
from crawler.portals.registry import UnknownPortal
from crawler.processes import runner
from tests.crawler import portals
from tests.crawler.crawls import PLAIN, crawl, rows
from tests.crawler.site import Answer, Asked, html, items, report, serving


def closed_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_connection_refused_is_a_failure_that_says_so(tmp_path: Path) -> None:
    run = crawl(f"http://127.0.0.1:{closed_port()}/", tmp_path)
    assert run.outcome == "failed"
    assert "refused" in (run.reason or "")


def test_a_portal_of_404_is_a_failure(tmp_path: Path) -> None:
    with serving({}) as site:
        run = crawl(site, tmp_path)
    assert run.outcome == "failed"
    assert "404" in (run.reason or "")


def test_no_report_is_a_failure(tmp_path: Path) -> None:
    with serving({"/": html("某局", "<p>建设中</p>")}) as site:
        run = crawl(site, tmp_path)
    assert run.outcome == "failed"
    assert "no report" in (run.reason or "")


def test_private_hosts_are_refused_unless_allowed(tmp_path: Path) -> None:
    with serving(portals.trs()) as site:
        run = crawl(site, tmp_path, allow_private_hosts=False)
        assert site.asked == []
    assert run.outcome == "failed"
    assert "private" in (run.reason or "").lower()


def test_robots_that_forbids_everything_is_a_recorded_state(tmp_path: Path) -> None:
    with serving(portals.trs() | {"/robots.txt": Answer("User-agent: *\nDisallow: /\n", media="text/plain")}) as site:
        run = crawl(site, tmp_path)
        assert site.paths() == []
    assert run.outcome == "failed"
    assert "robots.txt" in (run.reason or "")


def test_robots_rules_and_crawl_delay_are_kept(tmp_path: Path) -> None:
    rules = "User-agent: *\nDisallow: /zfxxgk/nb/index_1.html\nCrawl-delay: 0.3\n"
    moments: list[float] = []

    def home(asked: Asked) -> Answer:
        return Answer(html("市", '<a href="/nb/">政府信息公开年报</a>'))

    def page(asked: Asked) -> Answer:
        moments.append(time.monotonic())
        return Answer(report("云溪市教育局", 2020 + int(asked.path[4])))

    column = html(
        "年报", items(*((f"/nb/{n}.html", f"云溪市教育局{2020 + n}年政府信息公开工作年度报告") for n in range(4)))
    )
    pages: portals.Pages = {"/": home, "/nb/": column, "/robots.txt": Answer(rules, media="text/plain")}
    with serving(pages | {f"/nb/{n}.html": page for n in range(4)}) as site:
        run = crawl(site, tmp_path)
    assert run.outcome == "finished"
    assert len(moments) == 4
    assert min(later - earlier for earlier, later in pairwise(moments)) >= 0.28
    with serving(portals.trs() | {"/robots.txt": Answer(rules.replace("0.3", "0"), media="text/plain")}) as site:
        crawl(site, tmp_path / "rules")
        assert "/zfxxgk/nb/index_1.html" not in site.paths()


def test_a_long_crawl_delay_is_kept_up_to_the_ceiling_and_told(tmp_path: Path) -> None:
    rules = b"User-agent: *\nCrawl-delay: 900\n"
    assert read_robots(200, rules, "gongkai/1", "http://a.gov.cn").delay == 900
    pages = portals.trs() | {"/robots.txt": Answer(rules.decode(), media="text/plain")}
    with serving(pages) as site:
        begun = time.monotonic()
        run = crawl(site, tmp_path, settings={**PLAIN, "GONGKAI_LONGEST_CRAWL_DELAY": 0.05}, max_pages=4)
        assert time.monotonic() - begun >= 4 * 0.05
    told = [each["message"] for each in run.problems if each["code"] == "crawl-delay"]
    assert len(told) == 1
    assert "wants 900 seconds between two requests, and gets 0.05 (GONGKAI_LONGEST_CRAWL_DELAY)" in told[0]


def test_an_unreachable_robots_txt_stops_the_crawl(tmp_path: Path) -> None:
    with serving(portals.trs() | {"/robots.txt": Answer("", 500)}) as site:
        run = crawl(site, tmp_path)
        assert site.paths() == []
    assert run.outcome == "failed"
    assert "robots.txt" in (run.reason or "")


def test_retry_after_is_waited_for(tmp_path: Path) -> None:
    moments: list[float] = []

    def column(asked: Asked) -> Answer:
        moments.append(time.monotonic())
        if len(moments) == 1:
            return Answer("busy", 429, {"Retry-After": "1"})
        return Answer(html("年报", items(("/nb/1.html", "云溪市教育局2024年政府信息公开工作年度报告"))))

    pages: portals.Pages = {
        "/": html("市", '<a href="/nb/">政府信息公开年报</a><a href="/zfxxgk/">政府信息公开</a>'),
        "/nb/": column,
        "/zfxxgk/": html("政府信息公开", ""),
        "/nb/1.html": report("云溪市教育局", 2024),
    }
    with serving(pages) as site:
        run = crawl(site, tmp_path)
        after = site.paths().index("/nb/")
        assert site.paths()[after + 1] == "/nb/", "nothing else is asked of the host while it wants to be left alone"
    assert run.outcome == "finished"
    assert moments[1] - moments[0] >= 1.0


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (
            Answer("<script>document.cookie=('_')+1;location.href='/'</script>", 521, {"Set-Cookie": "__jsluid_s=x"}),
            "jsl",
        ),
        (Answer('<meta id="x" content="y" r="m"><script>$_ts=window[\'$_ts\']</script>', 412), "ruishu"),
        (Answer("<html><title>请稍候</title>请输入验证码</html>"), "captcha"),
        (Answer("forbidden", 403), "forbidden"),
        (Answer("<html><script>go()</script></html>", 200, {"Set-Cookie": "wzws_sessionid=x; path=/"}), "wzws"),
        (Answer("<html><body>reason:GeoBL</body></html>", 403), "geo"),
        (Answer("<html><script>k='EO_Bot_Ssid'</script></html>"), "edgeone"),
        (Answer("<html><script>document.cookie='acw_sc__v2='+arg1;location.reload()</script></html>"), "aliyun"),
        (Answer("<html><script>f('security_verify_data')</script></html>"), "yunsuo"),
        (Answer('<html><script src="/cdn-cgi/challenge-platform/x.js" id="cf-1"></script></html>', 403), "cloudflare"),
        (Answer("<script>HOY_TR='A1';document.cookie='HOY_TR='+HOY_TR</script>", 420), "cookie-script"),
        (Answer("<html><title>提示</title><p>您的访问过于频繁，请稍后再试</p></html>"), "frequency"),
        (Answer("<html><title>防火墙</title><p>您的访问请求可能对网站造成安全威胁</p></html>", 405), "waf"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_challenges_are_recorded_and_left_alone(answer: Answer, kind: str, tmp_path: Path) -> None:
    with serving({"/": answer}) as site:
        run = crawl(site, tmp_path)
        assert site.paths() == ["/"]
        assert run.outcome == "failed"
        assert kind in (run.reason or "")
        assert rows(tmp_path, "SELECT kind FROM block") == [(kind,)]
        site.asked.clear()
        run = crawl(site, tmp_path)
        assert site.asked == [], "tried again the next day at the earliest"
        assert run.outcome == "failed"


def test_redirects_stay_inside_and_loops_end(tmp_path: Path) -> None:
    reported = "云溪市教育局2024年政府信息公开工作年度报告"
    pages: portals.Pages = {
        "/": Answer("", 302, {"Location": "/index/"}),
        "/index/": html(
            "市", '<a href="/gk">政府信息公开年报</a><a href="/loop/">年度报告公开年报</a><a href="/out/">部门年报</a>'
        ),
        "/gk": Answer("", 301, {"Location": "/gk/list/"}),
        "/gk/list/": html("年报", items(("/r/1.html", reported))),
        "/r/1.html": Answer("", 302, {"Location": "/r/2.html"}),
        "/r/2.html": report("云溪市教育局", 2024),
        "/loop/": Answer("", 302, {"Location": "/loop/a/"}),
        "/loop/a/": Answer("", 302, {"Location": "/loop/"}),
        "/out/": Answer("", 302, {"Location": "http://example.invalid/"}),
    }
    with serving(pages) as site:
        run = crawl(site, tmp_path)
        assert run.outcome == "finished", run
        assert site.paths().count("/loop/") <= 2
    assert rows(tmp_path, "SELECT count(*) FROM page WHERE report = 1") == [(1,)]
    assert rows(tmp_path, "SELECT count(*) FROM page WHERE host LIKE '%invalid%'") == [(0,)]


def test_a_cookie_is_kept_and_a_cookie_gate_is_not_hammered(tmp_path: Path) -> None:
    def gate(asked: Asked) -> Answer:
        if "pass=1" in asked.headers.get("Cookie", ""):
            return Answer(html("市", '<a href="/nb/">政府信息公开年报</a>'))
        return Answer("", 302, {"Location": "/", "Set-Cookie": "pass=1; path=/"})

    pages: portals.Pages = {
        "/": gate,
        "/nb/": html("年报", items(("/r/2.html", "云溪市教育局2024年政府信息公开工作年度报告"))),
        "/r/2.html": report("云溪市教育局", 2024),
    }
    with serving(pages) as site:
        assert crawl(site, tmp_path).outcome == "finished"
    with serving({"/": Answer("", 302, {"Location": "/", "Set-Cookie": "pass=2; path=/"})}) as site:
        run = crawl(site, tmp_path / "gate")
        assert run.outcome == "failed"
        assert len(site.paths()) <= 5


def test_traps_are_not_entered(tmp_path: Path) -> None:
    def calendar(asked: Asked) -> Answer:
        month = int(asked.path.rsplit("=", 1)[1])
        return Answer(html("日历", f'<a href="/rl.asp?m={month + 1}">下月政务公开动态</a>'))

    def endless(asked: Asked) -> Answer:
        return Answer(html("目录", '<a href="sub/">政府信息公开目录</a><p>' + asked.path + "</p>"))

    pages = portals.trs()
    home = pages["/"]
    assert isinstance(home, str)
    pages["/"] = home.replace("<body>", '<body><a href="/rl.asp?m=1">政务日历</a><a href="/ml/">信息公开目录</a>')
    pages["/rl.asp?*"] = calendar
    for depth in range(30):
        pages["/ml/" + "sub/" * depth] = endless
    with serving(pages) as site:
        run = crawl(site, tmp_path)
        asked = site.paths()
    assert run.outcome == "finished"
    assert run.counts["reports"] == 30
    assert len([path for path in asked if "sub" in path]) <= 3, asked
    assert len(asked) <= 60


def test_soft_404_is_no_page(tmp_path: Path) -> None:
    pages = portals.trs()
    gone = next(path for path in pages if "t20250115_0" in path)
    pages[gone] = html("错误提示", "<p>抱歉，您访问的页面不存在</p>")
    with serving(pages) as site:
        run = crawl(site, tmp_path)
    assert run.outcome == "finished"
    assert run.counts["reports"] == 29
    assert any(problem["code"] == "report-missing" for problem in run.problems)


def test_attachments_and_frames_are_fetched_linked_pictures_and_films_are_not(tmp_path: Path) -> None:
    extra = (
        '<p><a href="./P0202.pdf">云溪市教育局年报.pdf</a><a href="/down/downfile.jsp?classid=0&filename=ab.doc">附件</a>'
        '<a href="./x.png">图解</a><a href="./x.mp4">视频</a></p>'
    )
    framed = html("2022年", '<iframe src="/nb/2022/body.html"></iframe>')
    pages: portals.Pages = {
        "/": html("市", '<a href="/nb/">政府信息公开年报</a>'),
        "/nb/": html("年报", items(
            ("/nb/1.html", "云溪市教育局2024年政府信息公开工作年度报告"),
            ("/nb/2.docx", "云溪市教育局2023年政府信息公开工作年度报告"),
            ("/nb/2022.html", "云溪市教育局2022年政府信息公开工作年度报告"),
        )),
        "/nb/1.html": report("云溪市教育局", 2024, extra=extra),
        "/nb/P0202.pdf": Answer(b"%PDF-1.4 x", media="application/pdf"),
        "/nb/2.docx": Answer(b"PK\x03\x04 x", media="application/octet-stream"),
        "/down/downfile.jsp?classid=0&filename=ab.doc": Answer(b"\xd0\xcf\x11\xe0 x", media="application/octet-stream"),
        "/nb/2022.html": framed,
        "/nb/2022/body.html": report("云溪市教育局", 2022),
    }  # fmt: skip
    with serving(pages) as site:
        run = crawl(site, tmp_path)
        asked = set(site.paths())
    assert run.outcome == "finished"
    assert {
        "/nb/P0202.pdf",
        "/nb/2.docx",
        "/down/downfile.jsp?classid=0&filename=ab.doc",
        "/nb/2022/body.html",
    } <= asked
    assert not any(path.endswith((".png", ".mp4")) for path in asked)


def test_the_budget_is_kept_and_the_next_crawl_goes_on(tmp_path: Path) -> None:
    with serving(portals.trs()) as site:
        run = crawl(site, tmp_path, max_pages=10)
        assert len(site.paths()) == 10
        assert any(problem["code"] == "budget-spent" for problem in run.problems)
        crawl(site, tmp_path)
    assert rows(tmp_path, "SELECT count(*) FROM page WHERE report = 1") == [(30,)]


def test_only_the_years_asked_for_and_later_the_others(tmp_path: Path) -> None:
    with serving(portals.trs()) as site:
        crawl(site, tmp_path, years=range(2023, 2025))
        assert rows(tmp_path, "SELECT count(*) FROM page WHERE report = 1") == [(10,)]
        crawl(site, tmp_path)
        assert rows(tmp_path, "SELECT count(*) FROM page WHERE report = 1") == [(30,)]


def test_a_list_that_stops_short_is_incomplete(tmp_path: Path) -> None:
    pages = portals.ucap()
    pages["/yxs/c1/list_3.shtml"] = Answer("", 404)
    with serving(pages) as site:
        run = crawl(site, tmp_path)
    assert run.outcome == "finished"
    assert run.incomplete == 1
    assert any(problem["code"] == "list-incomplete" and "20 of 30" in problem["message"] for problem in run.problems)


def test_new_and_changed_entries_are_noticed_by_the_next_crawl(tmp_path: Path) -> None:
    pages = portals.trs()
    with serving(pages) as site:
        assert crawl(site, tmp_path).counts["new_reports"] == 30
        column = pages["/zfxxgk/nb/"]
        assert isinstance(column, str)
        known = "/zfxxgk/nb/202501/t20250115_1.html"
        new = '<li><a href="/zfxxgk/nb/202601/t20260115_99.html">云溪市教育局2025年政府信息公开工作年度报告</a><span>2026-01-15</span></li>'
        text = column.replace("<ul>", "<ul>" + new, 1)
        place = text.index(known)
        site.put("/zfxxgk/nb/", text[:place] + text[place:].replace("2025-01-20", "2025-03-01", 1))
        site.put("/zfxxgk/nb/202601/t20260115_99.html", report("云溪市教育局", 2025))
        site.asked.clear()
        run = crawl(site, tmp_path)
        asked = site.paths()
    assert run.counts["new_reports"] == 1
    assert "/zfxxgk/nb/202601/t20260115_99.html" in asked
    assert known in asked, "its date in the list has changed"
    assert len(asked) <= 35, "home page, column, the new report; known reports once, for something has changed"


def test_removed_and_edited_reports_are_noticed_when_a_list_changes(tmp_path: Path) -> None:
    pages = portals.trs()
    with serving(pages) as site:
        crawl(site, tmp_path)
        column = pages["/zfxxgk/nb/"]
        assert isinstance(column, str)
        removed = "/zfxxgk/nb/202501/t20250115_2.html"
        start = column.index("<li>", column.index(removed) - 30)
        site.put("/zfxxgk/nb/", column[:start] + column[column.index("</li>", start) + 5 :])
        site.put(removed, Answer("", 404))
        edited = "/zfxxgk/nb/202501/t20250115_1.html"
        site.put(edited, report(portals.ORGANS[1], 2024, figure=99))
        site.asked.clear()
        run = crawl(site, tmp_path)
        answered = {each.path: each.status for each in site.asked}
    assert run.outcome == "finished"
    assert answered[removed] == 404
    assert any(problem["code"] == "report-gone" for problem in run.problems)
    assert answered[edited] == 200
    assert sum(status == 200 for status in answered.values()) <= 3, "the rest answers that it has not changed"


def test_check_tells_what_is_known_of_a_portal(tmp_path: Path) -> None:
    assert all(each.last_visit is None for each in registry.health(tmp_path))
    with serving(portals.trs()) as site:
        crawl(site, tmp_path)
    crawl(site, tmp_path)  # it has fallen silent
    health = next(each for each in registry.health(tmp_path) if each.home == site.home)
    assert health.outcome == "failed" and health.silent_since is not None
    assert health.families == ("trs",)
    assert health.reports == 30


def test_full_asks_for_everything_again(tmp_path: Path) -> None:
    with serving(portals.trs()) as site:
        crawl(site, tmp_path)
        site.asked.clear()
        run = crawl(site, tmp_path, full=True)
        assert len(site.paths()) >= 34
    assert run.outcome == "finished"
    assert run.counts.get("new_reports", 0) == 0


def test_kill_nine_loses_nothing_and_fetches_little_twice(tmp_path: Path) -> None:
    def slowly(reply: Any) -> Any:
        def answer(asked: Asked) -> Answer:
            time.sleep(0.05)
            return Answer(reply) if isinstance(reply, str) else reply

        return answer

    with serving({path: slowly(page) for path, page in portals.trs().items()}) as site:
        for wanted in (8, 20):
            code = (
                "import sys; from pathlib import Path; from crawler.processes import runner;"
                f"runner.crawl([{site.home!r}], archive=Path({str(tmp_path)!r}), allow_private_hosts=True, delay=0,"
                " settings={'ITEM_PIPELINES': {}})"
            )
            process = subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
            until = time.monotonic() + 60
            while len(site.paths()) < wanted and time.monotonic() < until:
                time.sleep(0.02)
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        run = crawl(site, tmp_path)
        asked = site.paths()
    assert run.outcome == "finished"
    assert rows(tmp_path, "SELECT count(*) FROM page WHERE report = 1") == [(30,)]
    twice = len(asked) - len(set(asked))
    assert twice <= 2 * 9, asked  # at most what had not been marked done, each time


def test_a_crawl_whose_runner_died_stops_and_the_next_one_goes_on(tmp_path: Path) -> None:
    with serving(portals.trs()) as site:
        code = (
            "from pathlib import Path; from crawler.processes import runner;"
            f"runner.crawl([{site.home!r}], archive=Path({str(tmp_path)!r}), allow_private_hosts=True, delay=0.3,"
            " settings={'ITEM_PIPELINES': {}})"
        )
        process = subprocess.Popen([sys.executable, "-c", code])
        until = time.monotonic() + 60
        while len(site.paths()) < 4 and time.monotonic() < until:
            time.sleep(0.02)
        process.kill()
        process.wait()
        run = crawl(site, tmp_path)
    assert run.outcome == "finished", run
    assert rows(tmp_path, "SELECT count(*) FROM page WHERE report = 1") == [(30,)]


def test_a_portal_that_is_being_crawled_is_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "LOCK_PATIENCE", 0.0)
    with serving(portals.trs()) as site:
        (tmp_path / "locks").mkdir()
        with (tmp_path / "locks" / f"127.0.0.1-{site.port}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            run = crawl(site, tmp_path)
            assert site.asked == []
    assert run.outcome == "busy"


def test_an_unknown_portal_is_an_error_before_anything_starts(tmp_path: Path) -> None:
    with pytest.raises(UnknownPortal, match="no portal nowhere"):
        runner.crawl(["nowhere"], archive=tmp_path)
    with pytest.raises(UnknownPortal, match="only http"):
        runner.crawl(["ftp://a.gov.cn/"], archive=tmp_path)


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[dict[str, Any]] = []
    with serving(portals.trs()) as site:
        crawl(site, tmp_path, progress=told.append)
    assert next(line["event"] for line in told) == "start"
    assert told[-1]["event"] == "end"
    assert threading.active_count() < 20


def test_what_a_list_calls_a_report_and_is_none_is_told(tmp_path: Path) -> None:
    pages = portals.trs() | {"/nb/": html("年报", items(("/nb/1.html", "云溪市教育局2024年政府信息公开工作年度报告")))}
    pages |= {"/": html("市", '<a href="/nb/">政府信息公开年报</a>'), "/nb/1.html": html("提示", "<p>系统维护中</p>")}
    with serving(pages) as site:
        run = crawl(site, tmp_path, settings={})
    assert [each["where"][-10:] for each in run.problems if each["code"] == "report-missing"] == ["/nb/1.html"]


def test_a_page_of_many_megabytes_is_kept_and_not_walked(tmp_path: Path) -> None:
    huge = html("年报", f'<a href="/nb/1.html">政府信息公开年报</a>{"<p>0" * (5 << 20)}')
    with serving({"/": html("市", '<a href="/nb/">政府信息公开年报</a>'), "/nb/": huge}) as site:
        run = crawl(site, tmp_path)
        assert site.paths() == ["/", "/nb/", "/sitemap.xml"], "the map is what is left to ask"
    assert "page-too-large" in [each["code"] for each in run.problems]


def test_an_empty_answer_is_no_report_and_is_told(tmp_path: Path) -> None:
    pages = portals.trs() | {"/nb/": html("年报", items(("/nb/1.html", "云溪市教育局2024年政府信息公开工作年度报告")))}
    pages |= {"/": html("市", '<a href="/nb/">政府信息公开年报</a>'), "/nb/1.html": ""}
    with serving(pages) as site:
        run = crawl(site, tmp_path)
        assert site.paths().count("/nb/1.html") == 3
    assert run.reports_known == 0
    assert [each["message"] for each in run.problems if each["code"] == "report-missing"] == [
        "a linked report could not be had (failed: the answer is empty)"
    ]


def test_redirects_without_end_and_answers_that_break_off_are_told(tmp_path: Path) -> None:
    listed = items(*((f"/nb/{n}.html", f"云溪市教育局202{n}年政府信息公开工作年度报告") for n in (3, 4)))
    pages: portals.Pages = {"/": html("市", '<a href="/nb/">政府信息公开年报</a>'), "/nb/": html("年报", listed)}
    more = {"Content-Length": "9999", "Connection": "close"}
    pages["/nb/3.html"] = Answer(report("云溪市教育局", 2023).removesuffix("</body></html>"), headers=more)
    pages["/nb/4.html"] = Answer("", 302, {"Location": "/nb/4.html?n=0"})
    for n in range(20):
        pages[f"/nb/4.html?n={n}"] = Answer("", 302, {"Location": f"/nb/4.html?n={n + 1}"})
    with serving(pages) as site:
        run = crawl(site, tmp_path)
        assert len([path for path in site.paths() if path.startswith("/nb/4.html")]) == 9
    told = {each["code"]: each["message"] for each in run.problems}
    assert "more than 8 redirects" in told["report-missing"]
    assert "broke off at every try" in told["answer-cut"]


def test_a_page_with_its_own_end_is_whole_whatever_its_server_announces(tmp_path: Path) -> None:
    listed = items(("/nb/3.html", "云溪市教育局2023年政府信息公开工作年度报告"))
    pages: portals.Pages = {"/": html("市", '<a href="/nb/">政府信息公开年报</a>'), "/nb/": html("年报", listed)}
    more = {"Content-Length": "9999", "Connection": "close"}
    pages["/nb/3.html"] = Answer(report("云溪市教育局", 2023), headers=more)
    with serving(pages) as site:
        run = crawl(site, tmp_path)
        assert site.paths().count("/nb/3.html") == 1
    assert run.reports_known == 1
    assert "answer-cut" not in [each["code"] for each in run.problems]
