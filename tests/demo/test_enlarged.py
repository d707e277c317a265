"""The enlarged portals: addresses answer, list interfaces list every report, a seed gives one site."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import httpx
import pytest

import demo
from demo.enlarged import FAMILIES

NAMES = [family.name for family in FAMILIES]


@pytest.mark.parametrize("family", NAMES)
def test_every_address_of_a_small_portal_answers_and_holds_its_report(family: str) -> None:
    portals = demo.enlarge(7, portals=1, pages=80, only=family)
    with demo.serve(portals) as server, httpx.Client() as client:
        expected = server.expected()
        assert len(expected) >= 20
        for each in expected[::3]:
            answer = client.get(each.url)
            assert answer.status_code == 200, each.url
            if each.kind == "html":
                text = answer.content.decode("gb18030" if family in ("handmade", "identifiers") else "utf-8")
                assert each.title in text and "勾稽" in text
        for column in {each.column for each in expected}:
            assert client.get(column).status_code == 200, column


def _pages(server: demo.DemoServer) -> Iterator[str]:
    for page in server.site(server.portals[0].name).pages.values():
        yield page.content().decode("utf-8", "replace")


def test_a_data_proxy_gives_every_record_in_groups() -> None:
    with demo.serve(demo.enlarge(3, portals=1, pages=400, only="jcms")) as server:
        page = next(text for text in _pages(server) if "<nextgroup>" in text)
        number, total = (int(re.search(pattern, page)[1]) for pattern in (r"columnid=(\d+)", r"totalRecord:(\d+)"))
        found: set[str] = set()
        for start in range(1, total + 1, 45):
            address = f"{server.homes[0]}module/web/jpage/dataproxy.jsp?startrecord={start}&endrecord={start + 44}"
            answer = httpx.post(f"{address}&perpage=15", content=f"col=1&columnid={number}").text
            assert f"<totalrecord>{total}</totalrecord>" in answer
            found |= {part.split('"')[0] for part in answer.split('href="')[1:]}
        assert len(found) == total > 45


def test_gkmlpt_answers_json() -> None:
    with demo.serve(demo.enlarge(3, portals=1, pages=80, only="gkmlpt")) as server:
        found: set[str] = set()
        for column in {each.column for each in server.expected()}:
            answer = json.loads(httpx.get(column).text)
            found |= {article["url"] for article in answer["articles"]}
            assert len(answer["articles"]) == min(15, answer["total"])
        assert found


def test_a_seed_gives_one_site() -> None:
    one, two = (demo.enlarge(5, portals=2, pages=200) for _ in range(2))
    for first, second in zip(one, two, strict=True):
        left, right = first.site(1).pages, second.site(1).pages
        assert list(left) == list(right)
        assert all(left[path].content() == right[path].content() for path in list(left)[::9])


def test_state_two_has_an_edit_a_new_and_a_removed_report() -> None:
    portal = demo.enlarge(5, portals=1, pages=100, only="trs")[0]
    before, after = ({each.path: each for each in portal.site(state).reports} for state in (1, 2))
    assert len(set(after) - set(before)) == 1 and len(set(before) - set(after)) == 1
    assert any(after[path].article.changed for path in after)
