"""The contract of exact capture: stored bytes against the log of a raw socket server, over awkward answers.

If this fails after an update of Scrapy or Twisted, the tap in crawler/capture/tee.py no longer fits.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from archive import ArchiveReader, Capture, iterate, verify
from archive.answer import read_answer
from archive.records import parse_fields, read_records
from tests.crawler.capture.raw_server import Answer, RawServer

ROOT = Path(__file__).resolve().parents[3]
BIG = bytes(range(256)) * 36_000
TEXT = b"<p>text</p>" * 50
PACKED = gzip.compress(TEXT)


def head(extra: bytes = b"", status: bytes = b"200 OK") -> bytes:
    return b"HTTP/1.1 " + status + b"\r\n" + extra + b"\r\n"


ANSWERS = {
    "/plain": Answer((head(b"Content-Length: 5\r\n") + b"hello",)),
    "/case-and-order": Answer((head(b"x-B: 2\r\nX-a: 1\r\ncONTENT-lENGTH: 2\r\nx-B: 1\r\n", b"200 Well") + b"ok",)),
    "/gbk-header": Answer((head(b"X-Title: \xc4\xea\xb1\xa8\r\nContent-Length: 2\r\n") + b"ok",)),
    "/folded": Answer((head(b"X-Long: a\r\n  b\r\nContent-Length: 2\r\n") + b"ok",)),
    "/no-colon": Answer((head(b"this is no header\r\nContent-Length: 2\r\n") + b"ok",)),
    "/no-phrase": Answer((b"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok",)),
    "/lf-only": Answer((b"HTTP/1.1 200 OK\nContent-Length: 2\n\nok",)),
    "/http-1.0": Answer((b"HTTP/1.0 200 OK\r\nServer: old\r\n\r\nuntil the end",), "close"),
    "/chunked": Answer(
        (head(b"Transfer-Encoding: chunked\r\n"), b'5;ext="a;b"\r\nhel', 0.05, b"lo\r\n", b"0\r\nX-Trailer: 1\r\n\r\n")
    ),
    "/interim": Answer(
        (
            b"HTTP/1.1 100 Continue\r\n\r\n",
            0.05,
            b"HTTP/1.1 103 Early\r\nLink: </a>\r\n\r\n",
            head(b"Content-Length: 2\r\n") + b"ok",
        )
    ),
    "/extra": Answer((head(b"Content-Length: 2\r\n") + b"okEXTRA BYTES",), "close"),
    "/no-content": Answer((head(b"X: y\r\n", b"204 No Content"),)),
    "/not-modified": Answer((head(b"ETag: x\r\n", b"304 Not Modified"),)),
    "/missing": Answer((head(b"Content-Length: 4\r\n", b"404 Nirgends") + b"gone",)),
    "/error": Answer((head(b"Content-Length: 4\r\n", b"503 Later") + b"busy",)),
    "/redirect": Answer((head(b"Location: /plain\r\nContent-Length: 0\r\n", b"302 Found"),)),
    "/gzip": Answer((head(b"Content-Encoding: gzip\r\nContent-Length: %d\r\n" % len(PACKED)) + PACKED,)),
    "/gzip-that-is-none": Answer((head(b"Content-Encoding: gzip\r\nContent-Length: 5\r\n") + b"hello",)),
    "/byte-by-byte": Answer(tuple(x for b in head(b"Content-Length: 2\r\n") + b"ok" for x in (bytes([b]), 0.002))),
    "/big": Answer((head(b"Content-Length: %d\r\n" % len(BIG)) + BIG,)),
    "/big-chunked": Answer(
        (head(b"Transfer-Encoding: chunked\r\n") + b"%x\r\n%s\r\n0\r\n\r\n" % (len(BIG), BIG),)
    ),
}  # fmt: skip
LONG = b"c=" + b"x" * 40_000
# answers that Twisted refuses and browsers show: read from the archive. The body that a browser has of each.
ODD = {
    "/two-spaces": (Answer((b"HTTP/1.1  200  OK\r\nContent-Length: 2\r\n\r\nok",)), b"ok"),
    "/tab-in-status": (Answer((b"HTTP/1.1\t200 OK\r\nContent-Length: 2\r\n\r\nok",)), b"ok"),
    "/glued-phrase": (Answer((b"HTTP/1.1 200OK\r\nContent-Length: 2\r\n\r\nok",)), b"ok"),
    "/http-2": (Answer((b"HTTP/2 200\r\nContent-Length: 2\r\n\r\nok",)), b"ok"),
    "/line-end-before": (Answer((b"\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",)), b"ok"),
    "/long-cookie": (Answer((head(b"Set-Cookie: %s\r\nContent-Length: 2\r\n" % LONG) + b"ok",)), b"ok"),
    "/many-headers": (
        Answer((head(b"".join(b"X-%d: y\r\n" % n for n in range(5000)) + b"Content-Length: 2\r\n"), 0.05, b"ok")),
        b"ok",
    ),
    "/length-twice": (Answer((head(b"Content-Length: 2\r\nContent-Length: 2\r\n"), 0.05, b"o", 0.05, b"k")), b"ok"),
    "/length-list": (Answer((head(b"Content-Length: 2, 2\r\n") + b"ok",)), b"ok"),
    "/lengths-differ": (Answer((head(b"Content-Length: 2\r\nContent-Length: 7\r\n") + b"ok",), "close"), b"ok"),
    "/length-no-number": (Answer((head(b"Content-Length: two\r\n") + b"ok",), "close"), b"ok"),
    "/length-spaced-name": (Answer((head(b"Content-Length : 2\r\n") + b"ok",), "close"), b"ok"),
    "/identity": (Answer((head(b"Transfer-Encoding: identity\r\nContent-Length: 2\r\n") + b"ok",)), b"ok"),
    "/length-and-chunks": (
        Answer((head(b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n") + b"2\r\nok\r\n0\r\n\r\n",)),
        b"ok",
    ),
    "/chunk-size-blanks": (
        Answer((head(b"Transfer-Encoding: chunked\r\n") + b"2  \r\nok\r\n", 0.05, b"0  \r\n", 0.05, b"\r\n")),
        b"ok",
    ),
    "/chunk-blank-before": (
        Answer((head(b"Transfer-Encoding: chunked\r\n") + b" 2\r\nok\r\n", 0.05, b"0\r\n", 0.05, b"X: 1\r\n\r\n")),
        b"ok",
    ),
    "/chunks-lf": (Answer((head(b"Transfer-Encoding: chunked\r\n") + b"2\nok\n0\n\n",), "close"), b"ok"),
    "/chunks-lf-and-waits": (Answer((head(b"Transfer-Encoding: chunked\r\n") + b"2\nok\n0\n\n",), "hang"), b"ok"),
    "/chunk-long-extension": (
        Answer((head(b"Transfer-Encoding: chunked\r\n") + b"2;%s\r\nok\r\n0\r\n\r\n" % LONG,)),
        b"ok",
    ),
    "/chunked-list": (
        Answer((head(b"Transfer-Encoding: identity, chunked\r\n") + b"2\r\nok\r\n0\r\n\r\n",)),
        b"ok",
    ),
    "/chunked-twice": (
        Answer((head(b"Transfer-Encoding: chunked\r\n" * 2) + b"2\r\nok\r\n0\r\n\r\n",)),
        b"ok",
    ),
    "/refused-and-packed": (
        Answer((head(b"Content-Encoding: gzip\r\n" + b"Content-Length: %d\r\n" % len(PACKED) * 2) + PACKED,)),
        TEXT,
    ),
}  # fmt: skip
# answers that do not end as they should: what became of the download, and the word of WARC-Truncated
BROKEN = {
    "/cut": (Answer((head(b"Content-Length: 100\r\n") + b"only this",), "close"), "disconnect"),
    "/cut-chunk": (Answer((head(b"Transfer-Encoding: chunked\r\n") + b"40\r\nonly this",), "close"), "disconnect"),
    "/cut-head": (Answer((b"HTTP/1.1 200 OK\r\nContent-Le",), "close"), "disconnect"),
    "/reset": (Answer((head(b"Content-Length: 100\r\n") + b"only this", 0.3), "reset"), "disconnect"),
    "/slow-body": (Answer((head(b"Content-Length: 100\r\n") + b"only this",), "hang"), "time"),
    "/slow-head": (Answer((b"HTTP/1.1 200 OK\r\nContent-Le",), "hang"), "time"),
    "/bad-chunk": (Answer((head(b"Transfer-Encoding: chunked\r\n") + b"zz\r\nhello",), "hang"), None),
    "/odd-and-cut": (Answer((head(b"Content-Length: 9\r\n" * 2) + b"only", 0.05), "close"), None),
    "/odd-chunks-cut": (Answer((head(b"Transfer-Encoding: chunked\r\n") + b"2  \r\nok\r\n", 0.1), "close"), None),
    "/odd-and-slow": (Answer((head(b"Content-Length: 9\r\n" * 2) + b"only",), "hang"), "time"),
    "/http-0.9": (Answer((b"<html><title>x</title>\r\n\r\n<p>y</p>",), "close"), None),
    "/no-status": (Answer((b"HTTP/1.1 OK\r\n\r\nok",), "hang"), None),
    "/not-http": (Answer((b"SSH-2.0-OpenSSH_9.2 hello there\r\n",), "hang"), None),
}
SILENT = {
    "/closes-at-once": (Answer((), "close"), "disconnect"),
    "/says-nothing": (Answer((), "hang"), "timeout"),
}


@dataclass
class Crawl:
    """What a crawl left: in the archive, at the server, in the spider's eyes."""

    folder: Path
    server: RawServer
    seen: dict[str, dict[str, Any]]
    captures: dict[str, Capture]

    def stored(self, path: str) -> tuple[bytes, bytes]:
        """Request and answer of a path as the archive has them."""
        capture = self.captures[path]
        with ArchiveReader(self.folder) as reader:
            return reader.read(capture.warc, capture.offset).request, reader.record(capture.warc, capture.offset).block


def run_fetch(told: dict[str, Any], before: str = "") -> subprocess.CompletedProcess[str]:
    """Runs fetch.py in a process of its own, with some lines of Python before it."""
    here = str(Path(__file__).parent)
    return subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {here!r})\n{before}\nimport fetch; fetch.main()"],
        input=json.dumps(told),
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=120,
        check=False,
    )


def fetch(folder: Path, requests: list[dict[str, Any]], before: str = "", **settings: Any) -> list[dict[str, Any]]:
    done = run_fetch({"settings": {"GONGKAI_ARCHIVE": str(folder), **settings}, "requests": requests}, before)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "portal.invalid")])
    now = datetime.now(UTC)
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    built = built.serial_number(1).not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(1))
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + built.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture(scope="module", params=["http", "https"])
def crawl(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, certificate: Path
) -> Iterator[Crawl]:
    broken = {path: answer for path, (answer, _) in {**BROKEN, **SILENT}.items()}
    odd = {path: answer for path, (answer, _) in ODD.items()}
    server = RawServer({**ANSWERS, **odd, **broken}, certificate if request.param == "https" else None)
    folder = tmp_path_factory.mktemp(request.param)
    meta = {"gongkai_rule": "seed", "gongkai_via": f"{server.address}/", "gongkai_depth": 1, "gongkai_anchor": "年报"}
    orders = [{"url": server.address + path, "meta": meta} for path in [*ANSWERS, *odd]]
    for order in orders:
        if order["url"].endswith("-waits"):
            order["meta"] = {**meta, "download_timeout": 2}
    orders += [{"url": server.address + path, "meta": {**meta, "download_timeout": 1}} for path in broken]
    try:
        seen = fetch(folder, orders, GONGKAI_ALLOW_PRIVATE_HOSTS=True)
    finally:
        server.close()
    captures = {c.url.removeprefix(server.address): c for c, _ in iterate(folder) if c.kind != "resource"}
    assert seen.pop() == {"reason": "finished"}
    yield Crawl(folder, server, {line["url"].removeprefix(server.address): line for line in seen}, captures)


@pytest.mark.parametrize("path", [*ANSWERS, *ODD])
def test_request_and_answer_are_stored_as_they_went_over_the_wire(crawl: Crawl, path: str) -> None:
    [talk] = crawl.server.talks[path]
    request, answer = crawl.stored(path)
    assert request == talk.request
    if crawl.captures[path].kind == "revisit":
        assert answer == read_answer(talk.sent).head
    else:
        assert answer == talk.sent
    assert crawl.captures[path].truncated is None
    assert crawl.captures[path].exact
    assert b"Accept-Encoding: identity\r\n" in request


@pytest.mark.parametrize("path", [*ANSWERS, *ODD])
def test_spider_and_archive_read_the_same_body(crawl: Crawl, path: str) -> None:
    seen, capture = crawl.seen[path], crawl.captures[path]
    assert (seen["status"], seen["digest"]) == (capture.status, capture.digest)
    assert Capture(**seen["capture"]) == capture
    assert (capture.rule, capture.depth, capture.anchor) == ("seed", 1, "年报")


@pytest.mark.parametrize("path", ODD)
def test_what_only_the_archive_can_read_is_read_from_it(crawl: Crawl, path: str) -> None:
    seen, capture = crawl.seen[path], crawl.captures[path]
    assert "error" not in seen
    assert seen["status"] == 200
    with ArchiveReader(crawl.folder) as reader:
        assert reader.read(capture.warc, capture.offset).body == ODD[path][1]


@pytest.mark.parametrize("path", BROKEN)
def test_answers_that_break_off_are_kept_as_far_as_they_came(crawl: Crawl, path: str) -> None:
    [talk] = crawl.server.talks[path]
    assert crawl.stored(path) == (talk.request, talk.sent)
    expected = BROKEN[path][1]
    assert crawl.captures[path].truncated in ({expected} if expected else {"unspecified", "disconnect"})
    assert "error" in crawl.seen[path]
    assert crawl.seen[path]["capture"]["truncated"] == crawl.captures[path].truncated


@pytest.mark.parametrize("path", SILENT)
def test_no_answer_is_told_and_leaves_request_and_reason(crawl: Crawl, path: str) -> None:
    assert crawl.seen[path]["capture"] is None
    assert crawl.seen[path]["failure"] == SILENT[path][1]
    assert path not in crawl.captures
    with next(crawl.folder.glob("warc/demo/*.warc.gz")).open("rb") as file:
        records = {
            record.kind: record
            for record in read_records(file.fileno())
            if record.headers.get("warc-target-uri") == crawl.server.address + path
        }
    assert records["request"].block == crawl.server.talks[path][0].request
    assert parse_fields(records["metadata"].block)["error"].startswith(SILENT[path][1])


def test_the_archive_is_whole_and_says_exact(crawl: Crawl) -> None:
    assert verify(crawl.folder).ok
    [path] = crawl.folder.glob("warc/demo/*.warc.gz")
    with path.open("rb") as file:
        warcinfo = parse_fields(next(read_records(file.fileno())).block)
    assert warcinfo["capture"] == "exact"
    assert warcinfo["settings-digest"] == next(
        c.digest for c, _ in iterate(crawl.folder) if c.url.endswith(":settings")
    )
    for command in (["warcio", "check"], ["fastwarc", "check", "-q"]):
        done = subprocess.run(
            [Path(sys.executable).parent / command[0], *command[1:], path], capture_output=True, check=False
        )
        assert done.returncode == 0, done.stdout


def serve(answers: dict[str, Answer]) -> RawServer:
    return RawServer({"/robots.txt": Answer((head(b"Content-Length: 0\r\n", b"404 None"),)), **answers})


def test_head_and_post(tmp_path: Path) -> None:
    server = serve({"/a": Answer((head(b"Content-Length: 500\r\n"),))})
    orders = [{"url": server.address + "/a", "method": "HEAD"}]
    seen = fetch(tmp_path, orders, GONGKAI_ALLOW_PRIVATE_HOSTS=True)
    server.close()
    (capture, body) = next((c, b) for c, b in iterate(tmp_path) if c.kind == "response")
    assert (capture.status, capture.size, capture.truncated, body) == (200, 0, None, b"")
    assert seen[0]["digest"] == capture.digest


def test_what_is_too_large_is_kept_as_far_as_it_came(tmp_path: Path) -> None:
    server = serve(
        {
            "/announced": Answer((head(b"Content-Length: 9000000\r\n") + b"x" * 1000,), "hang"),
            "/not-announced": Answer((head() + b"x" * 300_000,), "hang"),
        }
    )
    orders = [{"url": server.address + path} for path in server.answers if path != "/robots.txt"]
    seen = fetch(tmp_path, orders, GONGKAI_ALLOW_PRIVATE_HOSTS=True, DOWNLOAD_MAXSIZE=100_000)
    server.close()
    captures = [c for c, _ in iterate(tmp_path) if c.kind == "response"]
    assert [capture.truncated for capture in captures] == ["length", "length"]
    assert captures[0].size <= 1000
    assert 100_000 < captures[1].size <= 300_000
    assert all("error" in line for line in seen[:2])


def test_robots_redirects_and_retries_are_archived(tmp_path: Path) -> None:
    server = serve(
        {
            "/from": Answer((head(b"Location: /to\r\nContent-Length: 0\r\n", b"301 Moved"),)),
            "/to": Answer((head(b"Content-Length: 2\r\n") + b"ok",)),
            "/busy": Answer((head(b"Content-Length: 4\r\n", b"503 Busy") + b"busy",)),
        }
    )
    orders = [
        {"url": server.address + "/from", "meta": {"dont_redirect": False, "handle_httpstatus_all": False}},
        {"url": server.address + "/busy"},
    ]
    fetch(tmp_path, orders, GONGKAI_ALLOW_PRIVATE_HOSTS=True, ROBOTSTXT_OBEY=True, RETRY_ENABLED=True, RETRY_TIMES=1)
    server.close()
    captures = [c for c, _ in iterate(tmp_path) if c.kind != "resource"]
    said = sorted((c.url.removeprefix(server.address), c.status, c.kind) for c in captures)
    assert said == [
        ("/busy", 503, "response"),
        ("/busy", 503, "revisit"),
        ("/from", 301, "response"),
        ("/robots.txt", 404, "response"),
        ("/to", 200, "response"),
    ]
    assert {c.rule for c in captures if c.url.endswith("robots.txt")} == {"robots"}


def test_a_dead_kept_alive_connection_does_not_lose_or_double(tmp_path: Path) -> None:
    """The server promises to keep the connection, and closes it: the request goes out again over a new one."""
    server = serve({f"/{n}": Answer((head(b"Content-Length: 2\r\n") + b"%02d" % n,), "close") for n in range(6)})
    fetch(tmp_path, [{"url": f"{server.address}/{n}"} for n in range(6)], GONGKAI_ALLOW_PRIVATE_HOSTS=True)
    server.close()
    bodies = sorted(body for c, body in iterate(tmp_path) if c.kind == "response")
    assert bodies == [b"%02d" % n for n in range(6)]


def test_a_reset_before_the_unstated_end_is_told(tmp_path: Path) -> None:
    """Without a length only the way in which the connection ends tells a whole page from half of one."""
    half, whole = Answer((head() + b"half a page", 0.3), "reset"), Answer((head() + b"x",), "close")
    odd = Answer((b"HTTP/1.1  200 OK\r\n\r\nhalf of an odd one", 0.3), "reset")  # Twisted refuses its status line
    server = serve({"/half": half, "/whole": whole, "/odd": odd})
    orders = [{"url": server.address + path} for path in ("/half", "/whole", "/odd")]
    fetch(tmp_path, orders, GONGKAI_ALLOW_PRIVATE_HOSTS=True)
    server.close()
    assert [(c.truncated, body) for c, body in iterate(tmp_path) if c.kind == "response"] == [
        ("disconnect", b"half a page"),
        (None, b"x"),
        ("unspecified", b"half of an odd one"),
    ]


CHANGED = {
    "a private name is gone": "import crawler; import scrapy.core.downloader.handlers.http11 as inside\n"
    "import scrapy.utils._download_handlers as changed; del changed.wrap_twisted_exceptions",
    "requests go another way": "import crawler.capture.tee as tee\n"
    "tee._TappedConnection.request = lambda self, request: self._connection.request(request)",
    "the operator says so": "",
}


@pytest.mark.parametrize("change", CHANGED)
def test_where_scrapy_has_changed_answers_are_reconstructed_and_said_to_be(tmp_path: Path, change: str) -> None:
    server = serve({"/a": ANSWERS["/chunked"], "/b": ANSWERS["/case-and-order"]})
    orders = [{"url": server.address + path} for path in ("/a", "/b")]
    settings = {"GONGKAI_ALLOW_PRIVATE_HOSTS": True}
    if change == "the operator says so":
        settings["GONGKAI_CAPTURE"] = "reconstructed"  # type: ignore[assignment]
    seen = fetch(tmp_path, orders, CHANGED[change], **settings)
    server.close()
    got = [(c, body) for c, body in iterate(tmp_path) if c.kind == "response"]
    assert [(c.exact, c.status, body) for c, body in got] == [(False, 200, b"hello"), (False, 200, b"ok")]
    assert [line["digest"] for line in seen[:2]] == [c.digest for c, _ in got]
    if change != "requests go another way":  # which shows only once there are answers
        with next(tmp_path.glob("warc/demo/*.warc.gz")).open("rb") as file:
            assert parse_fields(next(read_records(file.fileno())).block)["capture"] == "reconstructed"
    assert verify(tmp_path).ok


@pytest.mark.parametrize("capture", ["exact", "reconstructed"])
def test_private_addresses_are_refused_by_default(tmp_path: Path, capture: str) -> None:
    server = serve({"/a": ANSWERS["/plain"]})
    port = server.address.rpartition(":")[2]
    urls = [
        f"http://{host}:{port}/a" for host in ("127.0.0.1", "localhost", "[::1]", "0.0.0.0", "10.0.0.1", "2130706433")
    ]
    seen = fetch(tmp_path, [{"url": url} for url in urls], GONGKAI_CAPTURE=capture)
    server.close()
    assert [line["error"] for line in seen[:-1]] == ["PrivateAddress"] * len(urls)
    assert {line["failure"] for line in seen[:-1]} == {"private"}
    assert not server.talks
    assert [c.kind for c, _ in iterate(tmp_path)] == ["resource"]


def test_nobody_there_is_told(tmp_path: Path) -> None:
    orders = [{"url": "http://127.0.0.1:1/"}, {"url": "http://does-not-exist.invalid/"}]
    seen = fetch(tmp_path, orders, GONGKAI_ALLOW_PRIVATE_HOSTS=True)
    assert {line["url"]: line["failure"] for line in seen[:2]} == {orders[0]["url"]: "refused", orders[1]["url"]: "dns"}


def test_a_full_disk_stops_the_crawl(tmp_path: Path) -> None:
    pages = {
        f"/{n}": Answer((head(b"Content-Length: 90000\r\n") + bytes([n]) * 45_000 + bytes(range(250)) * 180,))
        for n in range(30)
    }
    server = serve(pages)
    told = {
        "settings": {"GONGKAI_ARCHIVE": str(tmp_path), "GONGKAI_ALLOW_PRIVATE_HOSTS": True},
        "requests": [{"url": server.address + path} for path in pages],
    }
    limit = "import resource as r; r.setrlimit(r.RLIMIT_FSIZE, (9000, r.RLIM_INFINITY))"
    done = run_fetch(told, limit)
    server.close()
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert lines[-1] == {"reason": "archive_full"}, done.stderr
    assert "no space left for the archive of demo" in done.stderr
    named = [line["capture"]["id"] for line in lines[:-1] if line["capture"]]
    kept = [c.id for c, _ in iterate(tmp_path) if c.kind != "resource"]
    assert named
    assert sorted(named) == sorted(kept)
    assert len(server.talks) < len(pages)


def test_a_disk_that_others_fill_stops_the_crawl_without_a_single_exchange(tmp_path: Path) -> None:
    filled = """
import os
real, looks = os.statvfs, []
class Full:
    f_bavail, f_frsize = 0, 4096
os.statvfs = lambda path: looks.append(path) or (real(path) if len(looks) < 3 else Full)
import crawler.capture.extension as extension
extension.EVERY = 0.2
"""
    server = serve({"/waits": Answer((), "hang"), "/queued": ANSWERS["/plain"]})
    orders = [{"url": server.address + path, "meta": {"download_timeout": 2}} for path in ("/waits", "/queued")]
    seen = fetch(tmp_path, orders, filled, GONGKAI_ALLOW_PRIVATE_HOSTS=True)
    server.close()
    assert seen[-1] == {"reason": "archive_full"}
    assert [c.kind for c, _ in iterate(tmp_path)] == ["resource"], "what was under way is refused, not half kept"
    assert all(line["capture"] is None for line in seen[:-1])
    assert verify(tmp_path).ok
