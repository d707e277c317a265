"""TimeMap, TimeGate and mementos as RFC 7089 has them, read by the grammar of its link format (RFC 8288, RFC 6690)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive import Exchange, WarcWriter
from pipelines.store import Store, publish_snapshot
from publish.serve import build
from tests.publish.conftest import Get, client_of

PAGE = "http://portal.example/~zf/report.jsp?id=7&lang=zh"
CHINESE = "http://portal.example/%E5%B9%B4%E6%8A%A5.html"
START = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
#: Day and status of each answer of the page.
ANSWERS = ((0, 200), (10, 304), (20, 200), (30, 301), (40, 404))
_DATE = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT")
_LINK = re.compile(r'\s*<([^<>"\s]+)>((?:\s*;\s*[a-z]+="[^"]*")+)\s*(?:,|\Z)')


@pytest.fixture(scope="module")
def get(tmp_path_factory: pytest.TempPathFactory) -> Get:
    folder = tmp_path_factory.mktemp("memento")
    with WarcWriter(folder, portal="portal", crawl="portal-20260401T020000Z") as writer:
        for url, day, status in [(PAGE, *each) for each in ANSWERS] + [(CHINESE, 5, 200)]:
            body = b"" if status in (304, 301) else f"<p>{day}".encode()
            head = f"HTTP/1.1 {status} X\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            writer.write(Exchange(url, b"GET / HTTP/1.1\r\n\r\n", head + body, START + timedelta(days=day)))
        writer.sync()
    with Store.open(folder) as store:
        store.catch_up()
        store.refresh()
    publish_snapshot(folder)
    return client_of(build(folder))


def links(text: str) -> list[tuple[str, dict[str, str]]]:
    """The links of a document or header in link format; fails on anything that the grammar does not have."""
    found, at = [], 0
    while at < len(text.rstrip()):
        match = _LINK.match(text, at)
        assert match, text[at : at + 80]
        found.append((match[1], dict(re.findall(r';\s*([a-z]+)="([^"]*)"', match[2]))))
        at = match.end()
    return found


def moment(day: int) -> str:
    return (START + timedelta(days=day)).strftime("%a, %d %b %Y %H:%M:%S GMT")


def gate(get: Get, address: str, asked: str | None = None) -> tuple[int, str, dict[str, str]]:
    answer = get(f"/-/timegate/{address}", headers={"Accept-Datetime": asked} if asked else {}, follow_redirects=False)
    return answer.status_code, answer.headers.get("location", ""), dict(answer.headers)


def path(location: str) -> str:
    return "/" + location.split("/", 3)[3]


def test_a_time_gate_chooses_the_nearest_memento(get: Get) -> None:
    for asked, day in ((None, 40), (moment(-100), 0), (moment(8), 0), (moment(12), 20), (moment(29), 20),
                       (moment(500), 40)):  # fmt: skip
        status, location, headers = gate(get, PAGE, asked)
        assert status == 302 and "accept-datetime" in headers["vary"].lower()
        assert "memento-datetime" not in headers, "a gate is no memento"
        relations = {parts["rel"] for _, parts in links(headers["link"])}
        assert relations == {"original", "timemap"}
        memento = get(path(location))
        assert memento.headers["memento-datetime"] == moment(day), asked
        assert memento.status_code == (404 if day == 40 else 200), "a failure is shown as the failure that it was"
        assert memento.text == f"<p>{day}"


def test_a_time_gate_refuses_what_is_no_date_and_what_it_has_not(get: Get) -> None:
    assert gate(get, PAGE, "yesterday")[0] == 400
    assert gate(get, "http://portal.example/never.html")[0] == 404
    assert get("/-/timemap/0000").status_code == 404


def test_a_time_map_by_the_grammar_of_links(get: Get) -> None:
    answer = get(path(gate(get, PAGE)[1]).replace("/-/raw/", "/-/timemap/"))
    assert answer.headers["content-type"].split(";")[0] == "application/link-format"
    told = links(answer.text)
    one = {parts["rel"]: (address, parts) for address, parts in told}
    assert one["original"][0] == PAGE
    assert one["self"][1]["type"] == "application/link-format"
    assert (one["self"][1]["from"], one["self"][1]["until"]) == (moment(0), moment(40))
    assert one["timegate"][0].endswith(f"/-/timegate/{PAGE}")
    mementos = [(parts["rel"], parts["datetime"]) for _, parts in told if "memento" in parts["rel"].split()]
    assert mementos == [("first memento", moment(0)), ("memento", moment(20)), ("last memento", moment(40))]
    assert all(_DATE.fullmatch(date) for _, date in mementos)
    for address, parts in told:
        if "memento" in parts["rel"].split():
            memento = get(path(address))
            assert memento.headers["memento-datetime"] == parts["datetime"]
            back = {each["rel"]: where for where, each in links(memento.headers["link"])}
            assert back["original"] == PAGE and back["timegate"] == one["timegate"][0]
            assert get(path(back["timemap"])).status_code == 200


def test_one_memento_is_first_and_last(get: Get) -> None:
    status, location, _ = gate(get, CHINESE, moment(0))
    assert status == 302
    told = links(get(path(location).replace("/-/raw/", "/-/timemap/")).text)
    assert [parts["rel"] for _, parts in told] == ["original", "self", "timegate", "first last memento"]
    assert told[0][0] == CHINESE and told[0][0].isascii()


def test_what_may_not_stand_in_a_link_is_encoded(tmp_path: Path) -> None:
    from publish.pages.memento import uri

    assert uri('http://a.example/年报"<b>\r\nX: y.html') == (
        "http://a.example/%E5%B9%B4%E6%8A%A5%22%3Cb%3E%0D%0AX:%20y.html"
    )
    assert uri(CHINESE) == CHINESE and uri(PAGE) == PAGE
