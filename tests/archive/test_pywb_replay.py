"""pywb replays what was archived, byte for byte: an independent reader of the same files."""

from __future__ import annotations

import gzip
import http.client
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from archive import Capture, Exchange, WarcWriter, read
from archive.package import write_wacz
from tests import pywb

pytestmark = [pytest.mark.slow, pywb.needed]
WHEN = datetime(2026, 1, 31, 10, 0, 0, 123_456, tzinfo=UTC)


def answer(body: bytes, head: bytes = b"") -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n%sContent-Length: %d\r\n\r\n%s" % (head, len(body), body)


WIRES = {
    "plain": answer(b"<p>plain</p>"),
    "gbk": answer("<p>政府信息公开</p>".encode("gbk"), b"X-Title: \xc4\xea\xb1\xa8\r\n"),
    "gzip": answer(gzip.compress(b"<p>packed</p>"), b"Content-Encoding: gzip\r\n"),
    "chunked": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"5;a=b\r\n<p>ch\r\n8\r\nunk</p>\n\r\n0\r\n\r\n",
    # with trailers pywb (warcio) shows the bytes after the last chunk as part of the page: no test of ours
    "until-close": b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>until close</p>",
    "binary": answer(bytes(range(256)) * 3000, b"Content-Disposition: inline\r\n"),
    "again": answer(b"<p>plain</p>", b"Date: later\r\n"),  # a revisit of the first
}


@pytest.fixture(scope="module")
def archived(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Capture]]:
    folder = tmp_path_factory.mktemp("archive")
    captures = {}
    with WarcWriter(folder, portal="demo", crawl="demo-20260131T100000Z") as writer:
        for number, (name, wire) in enumerate(WIRES.items()):
            request = f"GET /{name} HTTP/1.1\r\nHost: portal.invalid\r\n\r\n".encode()
            when = WHEN + timedelta(seconds=number)
            captures[name] = writer.write(
                Exchange(f"http://portal.invalid/{name}", request, wire, when, via="http://a/")
            )
    assert captures["again"].kind == "revisit"
    return folder, captures


@pytest.fixture(scope="module", params=["warc", "wacz"])
def replay(
    request: pytest.FixtureRequest, archived: tuple[Path, dict[str, Capture]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    place = tmp_path_factory.mktemp("replay")
    if request.param == "warc":
        files, options = list(archived[0].glob("warc/demo/*.warc.gz")), []
    else:
        files, options = [write_wacz(archived[0], place / "demo.wacz").path], ["--unpack-wacz"]
    with pywb.serving(place, "demo", files, *options) as address:
        yield address


@pytest.mark.parametrize("name", WIRES)
def test_pywb_replays_byte_for_byte(replay: str, archived: tuple[Path, dict[str, Capture]], name: str) -> None:
    folder, captures = archived
    capture = captures[name]
    stamp = "".join(sign for sign in capture.time if sign.isdigit())[:14]
    served = urlsplit(replay)
    connection = http.client.HTTPConnection(served.netloc, timeout=30)
    connection.request("GET", f"{served.path}/{stamp}id_/{capture.url}", headers={"Accept-Encoding": "identity"})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    assert response.status == 200, body[:500]
    assert "Memento-Datetime" in response.headers
    if response.headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    assert body == read(folder, capture.warc, capture.offset).body
