"""What one part of a portal cannot give keeps nothing back of the rest: challenges, https, menus, sessions."""

from __future__ import annotations

import itertools
import socket
import time
from pathlib import Path

from tests.crawler.crawls import crawl, rows
from tests.crawler.site import Answer, Asked, Site, html, items, report, serving
from tests.crawler.test_later_nights import later
from tests.crawler.test_schemes import _TLS, fill, portal

ORGANS = tuple(f"云溪市{name}局" for name in ("教育", "水利", "民政", "财政", "司法", "审计"))
CHALLENGE = Answer("<script>document.cookie=('_')+1;location.href='/'</script>", 521, {"Set-Cookie": "__jsluid_s=x"})


def column(*refused: int) -> dict[str, object]:
    """A portal of six reports, some of which are challenged."""
    titles = [(f"/nb/{n}.html", f"{organ}2024年政府信息公开工作年度报告") for n, organ in enumerate(ORGANS)]
    pages: dict[str, object] = {
        "/": html("云溪市", '<a href="/nb/">政府信息公开年报</a>'),
        "/nb/": html("政府信息公开年报", items(*titles)),
    }
    for n, organ in enumerate(ORGANS):
        pages[f"/nb/{n}.html"] = CHALLENGE if n in refused else report(organ, 2024)
    return pages


def test_a_challenge_at_single_addresses_does_not_end_the_visit(tmp_path: Path) -> None:
    with serving(column(1, 3)) as site:  # type: ignore[arg-type]
        run = crawl(site, tmp_path)
        assert run.reports_known == 4, "those that the portal shows"
        assert run.outcome == "failed"
        assert "challenge" in (run.reason or "") and "2 addresses wait" in (run.reason or "")
        assert [site.paths().count(f"/nb/{n}.html") for n in (1, 3)] == [1, 1], "nothing is asked for again at once"
        site.asked.clear()
        crawl(site, tmp_path)
        assert not {"/nb/1.html", "/nb/3.html"} & set(site.paths()), "tried again the next day at the earliest"
    assert rows(tmp_path, "SELECT count(*) FROM block") == [(0,)]


def test_a_host_that_challenges_again_and_again_is_left_alone(tmp_path: Path) -> None:
    with serving(column(*range(6))) as site:  # type: ignore[arg-type]
        run = crawl(site, tmp_path)
        assert len(site.paths()) <= 2 + 3
        assert "left alone until the next day" in (run.reason or "")


def test_links_by_https_to_a_portal_without_a_certificate_are_followed_by_http(tmp_path: Path) -> None:
    with serving({"/robots.txt": Answer("", 404)}) as site:
        _refuses_tls(site)
        fill(site, portal(site.port, "https"))
        assert crawl(site, tmp_path).reports_known == 2
        assert "/aq/2.html" in site.paths()


def _refuses_tls(site: Site) -> None:
    accept = site.server.get_request

    def plain() -> tuple[socket.socket, object]:
        connection, address = accept()
        if connection.recv(1, socket.MSG_PEEK) == _TLS:
            connection.close()
            raise OSError("no TLS here")
        return connection, address

    site.server.get_request = plain  # type: ignore[method-assign, assignment]


def test_the_map_that_robots_txt_names_is_the_last_resort(tmp_path: Path) -> None:
    """The home page promises something, so that it is not without a way; what it promises holds no report."""
    with serving({}) as site:
        here = site.home.rstrip("/")
        pages = {
            "/": html("云溪市", '<a href="/gk/">政府信息公开</a><a href="http://127.0.99.9/nb/">部门信息公开年报</a>'),
            "/gk/": html("政府信息公开", "<p>指南</p>"),
            "/robots.txt": Answer(f"User-agent: *\nDisallow:\nSitemap: {here}/maps/all.xml\n", media="text/plain"),
            "/maps/all.xml": Answer(f"<urlset><url><loc>{here}/zfxxgknb/</loc></url></urlset>", media="text/xml"),
            "/zfxxgknb/": html("年报", items(("/a/1.html", f"{ORGANS[0]}2024年政府信息公开工作年度报告"))),
            "/a/1.html": report(ORGANS[0], 2024),
        }
        fill(site, pages)  # type: ignore[arg-type]
        assert crawl(site, tmp_path).reports_known == 1
        assert "/sitemap.xml" not in site.paths(), "robots.txt says where the map is"


def test_sessions_of_scripts_between_pages_without_any_are_known(tmp_path: Path) -> None:
    """Menus lead to files, the list to scripts with a new session in each link: endless addresses of its pages."""
    counter = itertools.count(10**11)
    menu = "".join(f'<a href="/p{n}.html">栏目{n}</a>' for n in range(12))

    def page(body: str) -> Answer:
        return Answer(html("云溪市", menu + body.replace("@", f"sid={next(counter):x}abc")))

    def listed(asked: Asked) -> Answer:
        number = int(asked.path.rpartition("page=")[2]) if "page=" in asked.path else 1
        names = {n: f"{ORGANS[n]}2024年政府信息公开工作年度报告" for n in (number - 1, number + 2)}
        own = [(f"/show.aspx?@&amp;id={n}", name) for n, name in names.items()]
        links = "".join(
            f'<a href="/list.aspx?@&amp;c=1&amp;page={turn}">{text}</a>'
            for text, turn in (("上一页", max(number - 1, 1)), ("下一页", min(number + 1, 3)))
        )
        return page(items(*own) + links)

    pages: dict[str, object] = {
        "/": lambda asked: page('<a href="/list.aspx?@&amp;c=1">政府信息公开年报</a>'),
        "/list.aspx?*": listed,
        "/show.aspx?*": lambda asked: Answer(report(ORGANS[int(asked.path.rpartition("id=")[2])], 2024)),
    }
    with serving(pages, etags=False) as site:  # type: ignore[arg-type]
        crawl(site, tmp_path, max_pages=120)
        asked = [path.split("?")[0] for path in site.paths()]
        assert set(range(6)) == {int(path.rpartition("id=")[2]) for path in site.paths() if path.startswith("/show")}
        assert asked.count("/list.aspx") <= 8 and asked.count("/show.aspx") <= 8, site.paths()


def test_a_report_that_was_challenged_before_stirs_no_others(tmp_path: Path) -> None:
    with serving(column(1)) as site:  # type: ignore[arg-type]
        assert crawl(site, tmp_path).reports_known == 5
        site.put("/nb/1.html", report(ORGANS[1], 2024))
        later(tmp_path, 1)
        site.asked.clear()
        assert crawl(site, tmp_path).reports_known == 6
        assert [path for path in site.paths() if path.startswith("/nb/") and path != "/nb/"] == ["/nb/1.html"]


def test_news_of_meetings_are_no_organs(tmp_path: Path) -> None:
    """云溪县召开第三次调度会 ends like 云溪县残疾人联合会; the front page is full of them."""
    pages = column()
    news = "".join(f'<a href="/xw/{n}.html">云溪市召开第{n}次重点项目调度会</a>' for n in range(1, 13))
    pages["/"] = html("云溪市", f'{news}<a href="/nb/">政府信息公开年报</a><a href="/cl/">云溪市残疾人联合会</a>')
    pages |= {f"/xw/{n}.html": html("要闻", "<p>会议指出……</p>") for n in range(1, 13)}
    pages["/cl/"] = html("云溪市残疾人联合会", "<p>概况</p>")
    with serving(pages) as site:  # type: ignore[arg-type]
        assert crawl(site, tmp_path).reports_known == 6
        assert "/cl/" in site.paths()
        assert len([path for path in site.paths() if path.startswith("/xw/")]) <= 3


def test_a_short_burst_of_refusals_is_waited_for(tmp_path: Path) -> None:
    """A firewall that counts requests answers 403 for a moment: three in a row were the portal's refusal."""
    until: list[float] = []

    def burst(page: str) -> object:
        def answer(asked: Asked) -> Answer:
            until.append(time.monotonic() + 0.15)
            return Answer("forbidden", 403) if time.monotonic() < until[0] else Answer(page)

        return answer

    pages = column()
    pages |= {f"/nb/{n}.html": burst(report(organ, 2024)) for n, organ in enumerate(ORGANS)}
    with serving(pages) as site:  # type: ignore[arg-type]
        assert crawl(site, tmp_path).reports_known >= 3
    assert rows(tmp_path, "SELECT count(*) FROM block") == [(0,)]
