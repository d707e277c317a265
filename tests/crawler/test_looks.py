"""Stylesheets and pictures of reports: archived once, within their number, and never in the way of the reports."""

from __future__ import annotations

from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

import data
from crawler.pages.looks import needs, needs_of_style
from tests.crawler.crawls import crawl, rows
from tests.crawler.site import TABLE, Answer, Reply, serving

REPORT = (
    "<html><head><title>岭东县水利局2024年政府信息公开工作年度报告</title>"
    '<link rel="stylesheet" href="/css/site.css"><link rel="icon" href="/icon.ico"></head>'
    '<body background="/img/ground.png"><img src="/img/head.png"><h1>岭东县水利局2024年政府信息公开工作年度报告</h1>'
    + TABLE.format(organ="岭东县水利局", figure=3)
    + '<img src="/img/kept-back.png"><img src="/img/lost.png"><img src="http://elsewhere.example/a.png">'
    "</body></html>"
)
HOME = '<a href="/zfxxgk/nb/">政府信息公开年报</a><img src="/img/of-the-home-page.png">'
LIST = (
    "<h2>政府信息公开年报</h2><ul>"
    '<li><a href="/nb/2024.html">岭东县水利局2024年政府信息公开工作年度报告</a> 2025-01-20</li></ul>'
)


def portal() -> dict[str, Reply | str]:
    return {
        "/": HOME,
        "/robots.txt": Answer("User-agent: *\nDisallow: /private/", media="text/plain"),
        "/zfxxgk/nb/": LIST,
        "/nb/2024.html": REPORT,
        "/css/site.css": Answer(
            '@import "more.css"; body { background: url(../img/paper.png) } @font-face { src: url(a.woff2) }',
            media="text/css",
        ),
        "/css/more.css": Answer("p { background: url('/private/secret.png') }", media="text/css"),
        "/img/head.png": Answer(b"\x89PNG", media="image/png"),
        "/img/ground.png": Answer(b"\x89PNG", media="image/png"),
        "/img/paper.png": Answer(b"\x89PNG", media="image/png"),
        "/img/kept-back.png": Answer(b"no", status=403),
    }


def test_a_report_s_looks_are_archived_once(tmp_path: Path) -> None:
    with serving(portal()) as site:
        run = crawl(site, tmp_path)
        assert (run.outcome, run.reports_known, run.counts["looks"]) == ("finished", 1, 5)
        asked = [each.path for each in site.asked]
        wanted = {"/css/site.css", "/css/more.css", "/img/head.png", "/img/ground.png", "/img/paper.png"}
        assert wanted <= set(asked) and len(asked) == len(set(asked))
        assert asked.index("/nb/2024.html") < min(map(asked.index, wanted))
        assert not {"/img/of-the-home-page.png", "/icon.ico", "/css/a.woff2", "/private/secret.png"} & set(asked)
        assert not [each for each in run.problems if each["code"] in ("blocked", "report-missing")], run.problems
        site.asked.clear()
        assert crawl(site, tmp_path).outcome == "finished"
        assert not [each.path for each in site.asked if "/img/" in each.path or "/css/" in each.path]
    kept_back = rows(
        tmp_path, "SELECT reason FROM page WHERE url LIKE '%/img/kept-back.png' OR url LIKE '%/img/lost.png'"
    )
    assert sorted(kept_back) == [("left out: HTTP 403",), ("left out: HTTP 404",)], "and never asked for again"
    captured = rows(
        tmp_path, "SELECT count(*) FROM page WHERE kind = 'looks' AND state = 'done' AND capture IS NOT NULL"
    )
    assert captured == [(5,)]


def test_a_portal_has_a_number_of_them(tmp_path: Path) -> None:
    most = data.load_yaml("discovery.yaml")["looks"]
    pictures = "".join(f'<img src="/img/{number}.png">' for number in range(most["page"] + 20))
    with serving(portal()) as site:
        site.put("/nb/2024.html", REPORT.replace("</body>", pictures + "</body>"))
        assert crawl(site, tmp_path).reports_known == 1
    ((number,),) = rows(tmp_path, "SELECT count(*) FROM page WHERE kind = 'looks' AND parent IN"
                                  " (SELECT id FROM page WHERE kind <> 'looks')")  # fmt: skip
    assert number == most["page"]


def test_what_a_page_needs() -> None:
    page = (
        '<base href="/a/"><link rel=StyleSheet href=x.css><style>b{background:url("y.gif")}</style><img src="data:,">'
    )
    assert list(needs(LexborHTMLParser(page), "http://a.example/1.html")) == [
        ("http://a.example/a/x.css", "stylesheet"),
        ("http://a.example/a/y.gif", "picture"),
    ]
    assert list(needs_of_style("@import url(b.css); i{background:url( 'c.png' )}", "http://a.example/s/a.css")) == [
        ("http://a.example/s/b.css", "stylesheet"),
        ("http://a.example/s/c.png", "picture"),
    ]
