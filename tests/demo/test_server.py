"""The demo portals as a crawler meets them: real HTTP, links that lead somewhere, truth that is on the pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import httpx
import lxml.html
import pytest

import demo


@pytest.fixture(scope="module")
def server() -> Iterator[demo.DemoServer]:
    with demo.serve() as running:
        yield running


def links(page: httpx.Response) -> set[str]:
    """The addresses on the same host that a page links, in its comments and pager scripts too."""
    text = page.text.replace("<!-- <li>", "<li>").replace("</li> -->", "</li>")
    tree = lxml.html.fromstring(text.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    found = {urljoin(str(page.url), href) for href in tree.xpath("//a/@href")}
    if trs := re.search(r'createPageHTML\((\d+), \d+, "index", "(\w+)"\)', text):
        found |= {urljoin(str(page.url), f"index_{n}.{trs[2]}") for n in range(1, int(trs[1]))}
    if ucap := re.search(r"createPageHTML\('page_div',(\d+),", text):
        found |= {urljoin(str(page.url), f"list_{n}.shtml") for n in range(2, int(ucap[1]) + 1)}
    host = urlsplit(str(page.url)).netloc
    return {address for address in found if urlsplit(address).netloc == host and "/search/" not in address}


def test_every_report_is_reached_from_the_home_page_and_no_link_is_dead(server: demo.DemoServer) -> None:
    with httpx.Client() as client:
        for home in server.homes:
            seen, waiting = {home}, [home]
            while waiting:
                page = client.get(waiting.pop())
                assert page.status_code == 200, page.url
                if page.headers["content-type"].startswith("text/html"):
                    new = links(page) - seen
                    seen |= new
                    waiting += new
            missing = {each.url for each in server.expected() if each.url.startswith(home)} - seen
            assert not missing


def test_what_is_expected_stands_on_the_page(server: demo.DemoServer) -> None:
    with httpx.Client() as client:
        for each in server.expected()[::3]:
            if each.kind == "html":
                text = client.get(each.url).content.decode("gb18030" if each.portal == "demo-yanpu" else "utf-8")
                assert each.organ[:3] in text and f"{each.year}年" in text


def test_unchanged_pages_answer_304(server: demo.DemoServer) -> None:
    for home in server.homes:
        first = httpx.get(home)
        assert httpx.get(home, headers={"If-None-Match": first.headers["etag"]}).status_code == 304
        again = httpx.get(home, headers={"If-Modified-Since": first.headers["last-modified"]})
        assert again.status_code == 304 and again.content == b""


def test_the_same_bytes_every_time() -> None:
    with demo.serve() as first, demo.serve() as second:
        for portal in ("demo-lanchuan", "demo-qinzhou"):
            pages = first.site(portal).pages
            assert {path: page.content() for path, page in pages.items()} == {
                path: page.content() for path, page in second.site(portal).pages.items()
            }


def test_time_passes() -> None:
    with demo.serve() as server:
        before = {(each.organ, each.year): each for each in server.expected()}
        old = httpx.get(before["澜川市发展和改革委员会", 2024].url)
        server.advance()
        after = {(each.organ, each.year): each for each in server.expected()}
        assert set(after) - set(before) == {("澜川市自然资源和规划局", 2025)}
        assert set(before) - set(after) == {("雁浦县水利局", 2022)}
        assert httpx.get(before["雁浦县水利局", 2022].url).status_code == 404
        edited = after["澜川市发展和改革委员会", 2024]
        assert edited.url == before["澜川市发展和改革委员会", 2024].url
        assert httpx.get(edited.url, headers={"If-None-Match": old.headers["etag"]}).status_code == 200
        one, two = (each["澜川市发展和改革委员会", 2024].report.figures for each in (before, after))
        assert one and two
        changed = {code for code in one.values if one.values[code] != two.values[code]}
        assert changed == {
            f"applications_{row}_{column}"
            for row in ("granted", "partly_granted")
            for column in ("natural_person", "total")
        }
        assert edited.report.opening == before["澜川市发展和改革委员会", 2024].report.opening


def test_the_real_report_has_the_true_figures(server: demo.DemoServer) -> None:
    [real] = [each for each in server.expected() if each.organ == "钦州市人民政府"]
    assert real.year == 2024 and real.url.endswith("/t19691926.shtml") and real.report.figures
    assert real.report.figures.applications()["new_received"]["total"] == 434
    assert real.report.figures.table("proactive")["fees_10k_yuan"] == 21083.44
    assert len(real.report.figures.values) == 10 + 175 + 15


def test_a_taken_port_is_one_clear_line() -> None:
    with demo.serve() as first:
        taken = int(urlsplit(first.homes[0]).port or 0)
        portal = demo.portals(fixed_ports=False)[0]
        again = demo.Portal(portal.name, portal.title, portal.family, portal.site, taken)
        with pytest.raises(demo.PortInUse, match=f"port {taken} .* in use"):
            demo.serve([again]).__enter__()
