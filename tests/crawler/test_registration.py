"""Entering a portal: one look, an entry, and a test that fails until a person has looked."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

import demo
from crawler.capture import single
from crawler.portals.registration import RegistrationError, ask, check, register
from crawler.portals.registry import load, resolve
from tests.crawler import portals
from tests.crawler.crawls import crawl
from tests.crawler.site import Answer, html, serving


@pytest.fixture(scope="module")
def server() -> demo.DemoServer:
    with demo.serve() as running:
        yield running


def test_a_portal_is_entered_with_its_family_and_a_failing_test(server: demo.DemoServer, tmp_path: Path) -> None:
    home = server.home("demo-lanchuan")
    lines = list(register(home, allow_private_hosts=True, folder=tmp_path, tests=tmp_path / "tests"))
    (portal,) = load(tmp_path).values()
    assert portal.home == home and portal.state == "unverified"
    assert any(portal.id in line for line in lines)
    (written,) = (tmp_path / "tests").glob("test_*.py")
    ran = subprocess.run([sys.executable, "-m", "pytest", "-q", written], capture_output=True, text=True, check=False)
    assert ran.returncode == 1, ran.stdout


def test_a_known_portal_is_not_entered_twice(server: demo.DemoServer, tmp_path: Path) -> None:
    home = server.home("demo-qinglan")
    list(register(home, allow_private_hosts=True, folder=tmp_path, tests=tmp_path))
    with pytest.raises(RegistrationError, match="known already"):
        list(register(home, allow_private_hosts=True, folder=tmp_path, tests=tmp_path))


def test_what_does_not_answer_is_not_entered(tmp_path: Path) -> None:
    with pytest.raises(RegistrationError, match="does not answer"):
        list(register("http://127.0.0.1:9/", allow_private_hosts=True, folder=tmp_path, tests=tmp_path))
    assert not list(tmp_path.iterdir())


def test_private_hosts_are_refused(server: demo.DemoServer) -> None:
    answer = ask(resolve(server.home("demo-yanpu")))
    assert not answer.answers and "private" in answer.what


def test_a_home_page_that_sends_on_to_another_portal_is_told_not_followed(tmp_path: Path) -> None:
    with serving({"/": Answer("", 302, {"Location": "http://new.example.invalid/"})}) as site:
        answer = ask(resolve(site.home), allow_private_hosts=True)
    assert not answer.answers and "http://new.example.invalid/" in answer.what


@pytest.mark.parametrize(
    ("robots", "what"),
    [(Answer("", 503), "error"), (Answer("User-agent: *\nDisallow: /\n", media="text/plain"), "forbids")],
)
def test_robots_txt_is_obeyed_at_the_first_look_too(robots: Answer, what: str) -> None:
    with serving({"/robots.txt": robots, "/": html("云溪市", "")}) as site:
        answer = ask(resolve(site.home), allow_private_hosts=True)
        assert site.paths() == []
    assert not answer.answers and what in answer.what


def test_what_robots_txt_forbids_is_not_asked_for_behind_a_redirect_either() -> None:
    rules = Answer("User-agent: *\nDisallow: /new/\n", media="text/plain")
    with serving({"/robots.txt": rules, "/": Answer("", 302, {"Location": "/new/"})}) as site:
        answer = ask(resolve(site.home), allow_private_hosts=True)
        assert site.paths() == ["/"]
    assert not answer.answers and "forbids" in answer.what


def test_checking_tells_what_the_archive_knows_and_asks_nobody_who_refuses(tmp_path: Path) -> None:
    with serving(portals.trs()) as site:
        crawl(site, tmp_path)
        ((answer, known),) = check(site.home, archive=tmp_path, allow_private_hosts=True)
        assert answer.answers
        assert known is not None and "trs" in known.line and "finished" in known.line
        site.put("/", Answer("no", 403))
        assert crawl(site, tmp_path).outcome == "failed"
        site.asked.clear()
        ((answer, known),) = check(site.home, archive=tmp_path, allow_private_hosts=True)
        assert site.asked == [] and not answer.answers and "forbidden" in answer.what
        assert known is not None and "silent since" in known.line


def test_a_name_that_changes_its_address_after_the_check_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: public at the first look, the machine itself at the second."""
    answers = iter([("93.184.216.34", 80), ("127.0.0.1", 80)])
    connected: list[str] = []

    def resolver(*asked: object) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        return [(2, 1, 6, "", next(answers))]

    def connect(address: tuple[str, int], *more: object, **options: object) -> None:
        connected.append(address[0])
        raise OSError("no network here")

    monkeypatch.setattr(single, "getaddrinfo", resolver)
    monkeypatch.setattr(socket, "create_connection", connect)
    for what in ("does not answer", "private"):
        assert what in ask(resolve("http://www.yunxi.gov.cn/")).what
    assert connected == ["93.184.216.34"]


SHUT = html("系统维护", "<p>系统升级维护中，暂停访问</p>")
ONWARD = '<meta http-equiv="refresh" content="0;url=/cn/">'


@pytest.mark.parametrize(
    ("page", "answers", "told"),
    [
        (" \n", False, "an empty page"),
        (SHUT, False, "shut for a while (系统维护)"),
        (html("\n云溪市&nbsp;人民政府 ", ONWARD), True, "only sends on to http"),
    ],
    ids=["empty", "shut", "onward"],
)
def test_a_home_page_that_shows_nothing_is_told(page: str, answers: bool, told: str) -> None:
    with serving({"/": page}) as site:
        answer = ask(resolve(site.home), allow_private_hosts=True)
    assert answer.answers is answers and told in answer.what
    assert not answers or answer.title == "云溪市 人民政府"
