"""pywb replays what was archived, byte for byte: an independent reader of the same files.

pywb does not get along with our environment (it breaks brotli), so it gets one of its own, and only when asked:
``GONGKAI_TEST_PYWB=1`` makes it (needs a package index), ``GONGKAI_TEST_PYWB=FOLDER`` uses one that is there.
"""

from __future__ import annotations

import gzip
import http.client
import os
import socket
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive import Capture, Exchange, WarcWriter, read
from archive.package import write_wacz

ASKED = os.environ.get("GONGKAI_TEST_PYWB")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not ASKED, reason="pywb needs an environment of its own: set GONGKAI_TEST_PYWB=1"),
]
WHEN = datetime(2026, 1, 31, 10, 0, 0, 123_456, tzinfo=UTC)


@pytest.fixture(scope="module")
def pywb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    assert ASKED
    if ASKED != "1":
        return Path(ASKED) / "bin"
    place = tmp_path_factory.mktemp("pywb-environment")
    venv.create(place, with_pip=True)
    install = [place / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", "pywb", "setuptools<80"]
    subprocess.run(install, check=True)
    return place / "bin"


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
    request: pytest.FixtureRequest,
    pywb: Path,
    archived: tuple[Path, dict[str, Capture]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[int]:
    place = tmp_path_factory.mktemp("replay")
    subprocess.run([pywb / "wb-manager", "init", "demo"], cwd=place, check=True, capture_output=True)
    if request.param == "warc":
        files, options = list(archived[0].glob("warc/demo/*.warc.gz")), []
    else:
        files, options = [write_wacz(archived[0], place / "demo.wacz").path], ["--unpack-wacz"]
    add = [pywb / "wb-manager", "add", *options, "demo", *files]
    done = subprocess.run(add, cwd=place, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [pywb / "wayback", "-b", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, cwd=place, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            deadline = time.monotonic() + 60
            while server.poll() is None:
                with socket.socket() as probe:
                    if not probe.connect_ex(("127.0.0.1", port)):
                        break
                assert time.monotonic() < deadline, "pywb does not answer"
                time.sleep(0.2)
            yield port
        finally:
            server.terminate()


@pytest.mark.parametrize("name", WIRES)
def test_pywb_replays_byte_for_byte(replay: int, archived: tuple[Path, dict[str, Capture]], name: str) -> None:
    folder, captures = archived
    capture = captures[name]
    stamp = "".join(sign for sign in capture.time if sign.isdigit())[:14]
    connection = http.client.HTTPConnection("127.0.0.1", replay, timeout=30)
    connection.request("GET", f"/demo/{stamp}id_/{capture.url}", headers={"Accept-Encoding": "identity"})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    assert response.status == 200, body[:500]
    assert "Memento-Datetime" in response.headers
    if response.headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    assert body == read(folder, capture.warc, capture.offset).body


def test_the_interpreter_is_not_ours(pywb: Path) -> None:
    assert (pywb / "python").resolve().exists()
    assert pywb != Path(sys.executable).parent
