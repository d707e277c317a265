"""A judge that keeps no code of ours: it serves a portal full of temptations and counts what was done wrongly."""

from __future__ import annotations

import json
import shutil
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import formatdate
from pathlib import Path
from threading import Lock
from urllib.parse import unquote

import pytest

from crawler.browser import rendering
from tests.crawler.crawls import PLAIN, crawl
from tests.crawler.names import ADDRESSES, DOMAIN, SETTING, serving_names
from tests.crawler.site import Answer, Asked, Reply, html, items, report

DELAY = 0.15  # seconds, of the two hosts that ask for a Crawl-delay
SLACK = 0.02  # of the clock
FORBIDDEN = {"www": ("/secret/", "/nb/9.html", "/a.pdf"), "jyj": ("/内部/",), "czj": ("/closed/",)}
ROBOTS = {
    "www": Answer(
        f"\ufeffUser-agent: *\nCrawl-delay: {DELAY}\nDisallow: /secret/\nDisallow: /*9.html$\nDisallow: /*.pdf\n"
        "Allow: /nb/allowed.pdf\n",
        media="text/plain",
    ),
    "jyj": Answer(
        f"# 教育局\nUser-agent: *\nCrawl-delay: {DELAY}\nDisallow: /内部/\n".encode("gbk"), media="text/plain"
    ),
    "czj": Answer("", 302, {"Location": "//www.HOME/czj.txt"}),
}


@dataclass
class Judge:
    """What came in, when it came and when its answer was ready, and what of it was wrong."""

    violations: list[str] = field(default_factory=list)
    log: list[tuple[str, str, str, float, float]] = field(default_factory=list)  # server, host, path, came, answered
    guard: Lock = field(default_factory=Lock)
    at_work: dict[str, int] = field(default_factory=dict)
    not_before: dict[str, float] = field(default_factory=dict)  # by server
    told: set[str] = field(default_factory=set)  # hosts that have said what they allow

    def watch(self, pages: dict[str, Reply | str], port: int) -> dict[str, Reply]:
        """The pages by host and path as one site's pages, each looked at as it is asked for."""
        found: dict[str, Reply] = {}
        for path in {key.partition("/")[2] for key in pages} | {"robots.txt", "czj.txt"}:
            found[f"/{path}"] = lambda asked: self.answer(asked, pages, port)
        return found

    def answer(self, asked: Asked, pages: dict[str, Reply | str], port: int) -> Answer:
        """One request."""
        host, came = asked.headers["Host"].partition(":")[0], time.monotonic()
        short, server = host.removesuffix(f".{DOMAIN}"), ADDRESSES.get(host, "elsewhere")
        with self.guard:
            self.at_work[server] = self.at_work.get(server, 0) + 1
            self.judge(asked, host, short, server, came)
        time.sleep(0.02)
        page = ROBOTS.get(short) if asked.path == "/robots.txt" else pages.get(f"{short}{asked.path}")
        if asked.path == "/czj.txt":
            page = Answer("User-agent: *\nDisallow: /closed/\n", media="text/plain")
        answer = page(asked) if callable(page) else Answer(page) if isinstance(page, str) else page or Answer("", 404)
        answer = Answer(answer.body, answer.status, dict(answer.headers), answer.media)
        for name in answer.headers:
            answer.headers[name] = answer.headers[name].replace("HOME", f"{DOMAIN}:{port}")
        if isinstance(answer.body, str):
            answer.body = answer.body.replace("HOME", f"{DOMAIN}:{port}")
        with self.guard:
            self.at_work[server] -= 1
            now = time.monotonic()
            self.log.append((server, host, asked.path, came, now))
            if asked.path == "/robots.txt" and short != "czj":
                self.told.add(short)
            if asked.path == "/czj.txt":
                self.told.add("czj")
            if short in ("www", "jyj") and self.told & {short}:
                self.not_before[server] = now + DELAY
            if "Retry-After" in answer.headers and answer.headers["Retry-After"].isdigit():
                self.not_before[server] = now + float(answer.headers["Retry-After"])
            elif "Retry-After" in answer.headers:
                self.not_before[server] = now + 1.0
        return answer

    def judge(self, asked: Asked, host: str, short: str, server: str, came: float) -> None:
        """Whether the request should have come, and now."""
        what = f"{asked.method} {host}{asked.path}"
        if host not in ADDRESSES:
            self.violations.append(f"outside: {what}")
        if self.at_work[server] > 1:
            self.violations.append(f"two at a time at {server}: {what}")
        if came < self.not_before.get(server, 0.0) - SLACK:
            self.violations.append(f"too soon by {self.not_before[server] - came:.2f} s: {what}")
        if "robots" not in asked.path and asked.path != "/czj.txt" and short not in self.told:
            self.violations.append(f"before its robots.txt: {what}")
        if any(unquote(asked.path).startswith(each) for each in FORBIDDEN.get(short, ())):
            self.violations.append(f"forbidden: {what}")
        if asked.method not in ("GET", "POST", "HEAD"):
            self.violations.append(f"no question: {what}")


def tempting() -> dict[str, Reply | str]:
    """The portal, by the first part of the host and the path. HOME is its domain with the port."""
    title = "云溪市教育局{}年政府信息公开工作年度报告".format
    out = "http://www.elsewhere.gov.cn"
    busy: dict[str, int] = {}

    def once(refusal: Answer, page: str) -> Reply:
        def answer(asked: Asked) -> Answer:
            busy[asked.path] = busy.get(asked.path, 0) + 1
            return refusal if busy[asked.path] == 1 else Answer(page)

        return answer

    listed = items(
        ("/nb/1.html", title(2015)), ("/nb/busy.html", title(2016)), ("/nb/later.html", title(2017)),
        ("/nb/9.html", title(2018)), ("/nb/away.html", title(2019)), ("/nb/hidden.html", title(2020)),
        (f"{out}/nb/1.html", title(2021)), ("http://user:word@www.HOME/nb/1.html", title(2022)),
        ("http://2130706433/nb/1.html", title(2023)), ("http://0x7f.1:80/nb/1.html", title(2023)),
        ("ftp://www.HOME/nb/1.html", title(2024)), ("file:///etc/passwd", title(2024)),
        ("gopher://www.HOME/1", title(2024)), ("http://[::ffff:127.0.0.1]/nb/1.html", title(2024)),
        ("http://www.yunxi.gov.cn.elsewhere.com/", title(2024)), ("//www.elsewhere.gov.cn/nb/2.html", title(2024)),
        ("http:\\\\www.elsewhere.gov.cn/nb/3.html", title(2024)), (f"http://www.HOME@{out[7:]}/", title(2024)),
        ("/nb/meta.html", title(2013)), ("/nb/broken.html", title(2012)), ("/nb/loop.html", title(2011)),
    )  # fmt: skip
    beside = (
        f'<iframe src="{out}/frame.html"></iframe><img src="{out}/x.png"><a href="/a.pdf">附件：{title(2015)}.pdf</a>'
        f'<a href="{out}/b.doc">附件：{title(2015)}.doc</a><a href="/nb/allowed.pdf">附件：附表.pdf</a>'
    )
    head = f'<link rel="canonical" href="{out}/1.html"><link rel="stylesheet" href="{out}/x.css">'
    head += '<link rel="stylesheet" href="/x.css">'
    return {
        "www/": html(
            "云溪市",
            f'<a href="/nb/">政府信息公开年报</a><a href="http://jyj.HOME/nb/">教育局政府信息公开年报</a>'
            f'<a href="http://czj.HOME/nb/">财政局政府信息公开年报</a><a href="/based/">部门政府信息公开年报</a>'
            f'<a href="{out}/">政府信息公开年报</a>',
        ),
        "www/nb/": html("政府信息公开年报", listed + f'<a href="{out}/nb/index_1.html">下一页</a>'),
        "www/nb/1.html": report("云溪市教育局", 2015, extra=beside).replace("</head>", f"{head}</head>"),
        "www/nb/allowed.pdf": Answer(b"%PDF-1.4", media="application/pdf"),
        "www/x.css": Answer(f"@import url({out}/y.css); b {{background: url(/secret/z.png)}}", media="text/css"),
        "www/nb/busy.html": once(Answer("", 429, {"Retry-After": "1"}), report("云溪市教育局", 2016)),
        "www/nb/later.html": lambda asked: (
            busy.update(later=busy.get("later", 0) + 1)
            or (
                Answer("", 503, {"Retry-After": formatdate(time.time() + 2, usegmt=True)})
                if busy["later"] == 1
                else Answer(report("云溪市教育局", 2017))
            )
        ),
        "www/nb/9.html": report("云溪市教育局", 2018),
        "www/nb/away.html": Answer("", 302, {"Location": f"{out}/nb/away.html"}),
        "www/nb/hidden.html": Answer("", 301, {"Location": "/secret/hidden.html"}),
        "www/nb/meta.html": html("转", "", f'<meta http-equiv="refresh" content="0;url={out}/meta.html">'),
        "www/nb/broken.html": once(Answer("", 500), report("云溪市教育局", 2012)),
        "www/nb/loop.html": Answer("", 302, {"Location": "/nb/loop.html"}),
        "www/based/": html(
            "部门政府信息公开年报", items(("nb/7.html", title(2010))), f'<base href="{out}/x/">'
        ),
        "jyj/nb/": html(
            "政府信息公开年报", items(("/nb/5.html", title(2009)), ("/%E5%86%85%E9%83%A8/6.html", title(2008)))
        ),
        "jyj/nb/5.html": report("云溪市教育局", 2009),
        "czj/nb/": html("政府信息公开年报", items(("/nb/5.html", "云溪市财政局2009年政府信息公开工作年度报告"),
                                          ("/closed/6.html", "云溪市财政局2010年政府信息公开工作年度报告"))),
        "czj/nb/5.html": report("云溪市财政局", 2009),
    }  # fmt: skip


def judged(pages: dict[str, Reply | str], archive: Path, **options: object) -> Judge:
    """One crawl of the portal, judged."""
    judge = Judge()
    with serving_names({}) as site:
        for path, reply in judge.watch(pages, site.port).items():
            site.put(path, reply)
        run = crawl(site.home, archive, settings={**PLAIN, **SETTING}, **options)
        assert run.outcome == "finished", run.reason
    return judge


def test_a_portal_of_temptations_is_asked_for_nothing_that_it_should_not_be(tmp_path: Path) -> None:
    judge = judged(tempting(), tmp_path)
    assert judge.violations == []
    asked = [f"{host.partition('.')[0]}{path}" for _, host, path, _, _ in judge.log]
    for each in ("www/nb/1.html", "www/nb/allowed.pdf", "www/x.css", "jyj/nb/5.html", "czj/nb/5.html"):
        assert each in asked
    assert asked.count("www/nb/busy.html") == asked.count("www/nb/later.html") == asked.count("www/nb/broken.html") == 2


@pytest.fixture
def datagrams() -> Iterator[socket.socket]:
    """Where whatever a browser sends past its proxy would arrive."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as heard:
        heard.bind(("127.0.0.1", 0))
        heard.setblocking(False)
        yield heard


@pytest.mark.skipif(not any(map(shutil.which, rendering.CHROMIUM)), reason="Chromium is not installed")
def test_the_scripts_of_a_rendered_page_keep_to_it_too(datagrams: socket.socket, tmp_path: Path) -> None:
    script = """
    const talk = new RTCPeerConnection({iceServers: [{urls: "stun:127.0.0.1:UDP"}]});
    talk.createDataChannel("x"); talk.createOffer().then(offer => talk.setLocalDescription(offer));
    fetch("/change", {method: "PUT"}).catch(() => 0); fetch("/secret/1").catch(() => 0);
    for (const n of [1, 2, 3]) fetch("http://czj.HOME/part" + n).catch(() => 0);
    fetch("http://2130706433/").catch(() => 0); new WebSocket("ws://www.elsewhere.gov.cn/");
    navigator.sendBeacon("http://www.elsewhere.gov.cn/beacon", "x");
    new Image().src = "http://www.elsewhere.gov.cn/x.png";
    fetch("/busy").catch(() => 0);
    fetch("/home.json").then(answer => answer.json()).then(part => {
      document.getElementById("app").innerHTML = part.html;
    });
    """.replace("UDP", str(datagrams.getsockname()[1]))
    shell = html("云溪市人民政府", '<div id="app"></div><script src="/app.js"></script>')
    cross = {"Access-Control-Allow-Origin": "*"}
    links = '<a href="/nb/">政府信息公开年报</a><a href="http://czj.HOME/nb/">财政局政府信息公开年报</a>'
    pages = tempting() | {
        "www/zfxxgk/": shell,
        "www/app.js": Answer(script, media="application/javascript"),
        "www/home.json": Answer(json.dumps({"html": links}), media="application/json"),
        "www/busy": Answer("", 429, {"Retry-After": "1"}),
        "www/change": "", "www/secret/1": "",
        **{f"czj/part{n}": Answer("{}", headers=cross, media="application/json") for n in (1, 2, 3)},
    }  # fmt: skip
    home = pages["www/"]
    assert isinstance(home, str)
    pages["www/"] = home.replace("</body>", '<a href="/zfxxgk/">政府信息公开</a></body>')
    judge = judged(pages, tmp_path)
    assert judge.violations == []
    asked = [f"{host.partition('.')[0]}{path}" for _, host, path, _, _ in judge.log]
    assert "www/home.json" in asked, "the page was rendered"
    with pytest.raises(BlockingIOError):
        datagrams.recv(100)
