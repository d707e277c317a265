"""Writing exchanges and reading them back: what is given back equals what was written, for us and for other tools."""

from __future__ import annotations

import mmap
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import ArchiveError, Capture, Exchange, PortalBusy, WarcWriter, iterate, read, verify
from archive.reader import ArchiveReader
from archive.records import parse_fields, read_records

REQUEST = b"GET /a HTTP/1.1\r\nHost: portal.invalid\r\n\r\n"
WHEN = datetime(2026, 1, 31, 10, 0, 0, 123_456, tzinfo=UTC)
BIN = Path(sys.executable).parent


def answer(body: bytes = b"hello", head: bytes = b"Content-Type: text/html") -> bytes:
    return b"HTTP/1.1 200 OK\r\n%s\r\nContent-Length: %d\r\n\r\n%s" % (head, len(body), body)


def exchange(response: bytes = answer(), url: str = "http://portal.invalid/a", **more: object) -> Exchange:
    return Exchange(url, REQUEST, response, WHEN, "192.0.2.7", **more)  # type: ignore[arg-type]


def writer(folder: Path, crawl: str = "demo-20260131T020000Z", **more: object) -> WarcWriter:
    return WarcWriter(folder, portal="demo", crawl=crawl, **more)  # type: ignore[arg-type]


def awkward() -> list[bytes]:
    """Answers that trip tools up."""
    return [
        answer(),
        answer(b"\xd6\xd0\xb9\xfa", b"X-\xd6\xd0: \xb9\xfa"),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n0\r\nTrailer: 1\r\n\r\n",
        b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + answer(),
        answer() + b"EXTRA",
        b"HTTP/1.0 200 OK\nServer: old\n\nuntil the end",
        b"HTTP/1.1 204 No Content\r\n\r\n",
        b"HTTP/1.1 200\r\n\r\nno phrase",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10",
        b"not http at all",
        b"WARC/1.1\r\nWARC-Type: response\r\n\r\n",
    ]


def test_capture_has_what_the_files_say(tmp_path: Path) -> None:
    with writer(tmp_path) as archive:
        capture = archive.write(
            exchange(via="http://portal.invalid/", anchor=" 2024年\n年报 ", depth=3, rule="report", truncated="time")
        )
        assert archive.take_pending() == [capture]
        assert archive.pending == []
    assert capture == Capture(
        id=capture.id,
        crawl="demo-20260131T020000Z",
        portal="demo",
        url="http://portal.invalid/a",
        time="2026-01-31T10:00:00.123Z",
        kind="response",
        status=200,
        media_type="text/html",
        digest="sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
        size=5,
        warc="demo/demo-20260131T020000Z-00001.warc.gz",
        offset=capture.offset,
        length=capture.length,
        via="http://portal.invalid/",
        anchor="2024年 年报",
        depth=3,
        rule="report",
        truncated="time",
    )
    assert list(iterate(tmp_path)) == [(capture, b"hello")]
    record = read(tmp_path, capture.warc, capture.offset)
    assert record.capture == capture
    assert record.http_head + record.raw_body == answer()
    assert record.request == REQUEST
    assert record.body == b"hello"


def test_awkward_answers_come_back_byte_for_byte(tmp_path: Path) -> None:
    with writer(tmp_path) as archive:
        captures = [archive.write(exchange(wire, f"http://portal.invalid/{n}")) for n, wire in enumerate(awkward())]
    assert [capture for capture, _ in iterate(tmp_path, "demo")] == captures
    for capture, wire in zip(captures, awkward(), strict=True):
        record = read(tmp_path, capture.warc, capture.offset)
        with ArchiveReader(tmp_path) as reader:
            block = reader.record(capture.warc, capture.offset).block
        if capture.kind == "response":
            assert block == wire
        assert record.capture == capture


@pytest.mark.parametrize("command", [["warcio", "check"], ["fastwarc", "check", "-q"], ["cdxj-indexer"]])
def test_other_tools_accept_the_files(tmp_path: Path, command: list[str]) -> None:
    with writer(tmp_path, info={"operator": "某研究者 <a@b.invalid>"}) as archive:
        first = archive.write(exchange(via="http://portal.invalid/"))
        archive.write(exchange())
        for number, wire in enumerate(awkward()):
            archive.write(exchange(wire, f"http://portal.invalid/{number}"))
        archive.write_resource("urn:gongkai:x", "application/json", b"{}")
        archive.write_conversion(first, "text/plain", "文字".encode())
        archive.write_failure(exchange(b""), "refused: nobody there")
    path = next(tmp_path.glob("warc/demo/*.warc.gz"))
    done = subprocess.run([BIN / command[0], *command[1:], path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "fail" not in done.stdout
    assert verify(tmp_path).ok


def test_warcinfo_says_who_and_how(tmp_path: Path) -> None:
    with writer(tmp_path, info={"operator": "某研究者", "robots": "obey"}, software="gongkai/1 Scrapy/2") as archive:
        archive.write(exchange())
    with next(tmp_path.glob("warc/demo/*.warc.gz")).open("rb") as file:
        records = list(read_records(file.fileno()))
    fields = parse_fields(records[0].block)
    assert records[0].kind == "warcinfo"
    assert (fields["operator"], fields["robots"], fields["software"]) == ("某研究者", "obey", "gongkai/1 Scrapy/2")
    assert fields["ispartof"] == "demo-20260131T020000Z"
    assert all(record.headers["warc-warcinfo-id"] == records[0].headers["warc-record-id"] for record in records[1:])
    assert [record.kind for record in records[1:]] == ["response", "request"]
    assert records[1].headers["warc-ip-address"] == "192.0.2.7"


def test_the_same_answer_again_is_a_revisit(tmp_path: Path) -> None:
    with writer(tmp_path) as archive:
        first = archive.write(exchange(answer(b"page")))
        again = archive.write(exchange(answer(b"page", b"Date: later"), "http://portal.invalid/b"))
    with writer(tmp_path, crawl="demo-20260201T020000Z") as archive:
        later = archive.write(exchange(answer(b"page")))
    assert (again.kind, again.refers_to, again.digest, again.size) == ("revisit", first.id, first.digest, 4)
    assert (later.kind, later.refers_to) == ("revisit", first.id)
    assert later.warc != first.warc
    record = read(tmp_path, later.warc, later.offset)
    assert record.body == b"page"
    assert record.warc_headers["warc-refers-to-target-uri"] == first.url
    assert record.warc_headers["warc-refers-to-date"] == first.time
    assert [body for _, body in iterate(tmp_path)] == [b"page"] * 3
    assert b"Date: later" in read(tmp_path, again.warc, again.offset).http_head


@pytest.mark.parametrize(
    "wire",
    [
        answer(b""),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npage\r\n0\r\n\r\n",
        answer(b"page") + b"EXTRA",
        b"HTTP/1.1 304 Not Modified\r\n\r\n",
    ],
)
def test_empty_and_chunked_answers_are_never_revisits(tmp_path: Path, wire: bytes) -> None:
    with writer(tmp_path) as archive:
        assert [archive.write(exchange(wire)).kind for _ in range(2)] == ["response", "response"]


def test_other_framing_is_no_revisit_and_truncated_ones_neither(tmp_path: Path) -> None:
    with writer(tmp_path) as archive:
        archive.write(exchange(answer(b"page"), truncated="time"))
        assert archive.write(exchange(answer(b"page"))).kind == "response"
        assert archive.write(exchange(b"HTTP/1.0 200 OK\r\n\r\npage")).kind == "response"
        assert archive.write(exchange(answer(b"page"), exact=False)).kind == "response"
        assert archive.write(exchange(answer(b"page"))).kind == "revisit"


@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_bytes(b"not a database")])
def test_the_payload_index_is_made_again_from_the_files(tmp_path: Path, damage: object) -> None:
    with writer(tmp_path) as archive:
        first = archive.write(exchange(answer(b"page")))
    damage(tmp_path / "warc" / "demo" / "payloads.sqlite")  # type: ignore[operator]
    with writer(tmp_path, crawl="demo-2") as archive:
        assert archive.write(exchange(answer(b"page"))).refers_to == first.id


def test_rotation_by_size_and_age(tmp_path: Path) -> None:
    with writer(tmp_path, max_bytes=1) as archive:
        captures = [archive.write(exchange(url=f"http://portal.invalid/{n}")) for n in range(3)]
    with writer(tmp_path, crawl="demo-aged", max_age=timedelta(0)) as archive:
        captures += [archive.write(exchange(url=f"http://portal.invalid/aged/{n}")) for n in range(2)]
    assert len({capture.warc for capture in captures}) == 5
    assert [capture for capture, _ in iterate(tmp_path)] == captures
    assert verify(tmp_path).ok


def test_order_is_that_of_writing_not_of_names(tmp_path: Path) -> None:
    with writer(tmp_path, crawl="demo-z") as archive:
        first = archive.write(exchange())
    with writer(tmp_path, crawl="demo-a") as archive:  # a clock that was set back
        second = archive.write(exchange(url="http://portal.invalid/b"))
        third = archive.write(exchange(url="http://portal.invalid/c"))
    assert [capture for capture, _ in iterate(tmp_path)] == [first, second, third]
    assert [c for c, _ in iterate(tmp_path, "demo", after=(first.warc, first.offset))] == [second, third]
    assert [c for c, _ in iterate(tmp_path, "demo", after=(second.warc, second.offset))] == [third]
    assert not list(iterate(tmp_path, "demo", after=(third.warc, third.offset)))
    with pytest.raises(ArchiveError, match="not in the archive"):
        list(iterate(tmp_path, "demo", after=("demo/other.warc.gz", 0)))


def test_a_growing_file_is_readable_and_one_writer_excludes_another(tmp_path: Path) -> None:
    with writer(tmp_path) as archive:
        capture = archive.write(exchange())
        archive.sync()
        assert next(tmp_path.glob("warc/demo/*.open")).name == "demo-20260131T020000Z-00001.warc.gz.open"
        assert [found for found, _ in iterate(tmp_path)] == [capture]
        assert read(tmp_path, capture.warc, capture.offset).capture == capture
        with pytest.raises(PortalBusy, match="demo is being crawled by another process"):
            writer(tmp_path, crawl="other")
        WarcWriter(tmp_path, portal="another", crawl="another-1").close()
    assert not list(tmp_path.glob("warc/demo/*.open"))
    assert not list(tmp_path.glob("warc/another/*.warc.gz*")), "a crawl that wrote nothing leaves no file"


def test_large_answers_go_through_a_file(tmp_path: Path) -> None:
    body = bytes(range(256)) * 40_000
    with tempfile.TemporaryFile() as file, writer(tmp_path) as archive:
        file.write(answer(body))
        file.flush()
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
            capture = archive.write(exchange(mapped))  # type: ignore[arg-type]
        again = archive.write(exchange(answer(body)))
    assert (capture.size, again.refers_to) == (len(body), capture.id)
    assert read(tmp_path, capture.warc, capture.offset).body == body
    assert verify(tmp_path).ok


def test_no_answer_is_no_capture(tmp_path: Path) -> None:
    with writer(tmp_path) as archive:
        with pytest.raises(ArchiveError, match="no answer"):
            archive.write(exchange(b""))
        archive.write_failure(exchange(b""), "timeout: nothing\r\ncame: injected")
        assert archive.pending == []
    assert list(iterate(tmp_path)) == []
    with next(tmp_path.glob("warc/demo/*.warc.gz")).open("rb") as file:
        kinds = {record.kind: record for record in read_records(file.fileno())}
    assert parse_fields(kinds["metadata"].block)["error"] == "timeout: nothing came: injected"
    assert kinds["metadata"].headers["warc-concurrent-to"] == kinds["request"].headers["warc-record-id"]


@pytest.mark.parametrize("portal", ["", "../up", "a/b", ".hidden"])
def test_a_portal_must_name_a_folder(tmp_path: Path, portal: str) -> None:
    with pytest.raises(ArchiveError, match="cannot name a folder"):
        WarcWriter(tmp_path, portal=portal, crawl="x")


def test_a_place_outside_the_archive_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    for warc in ("../secret", str(tmp_path / "secret"), "demo/none.warc.gz"):
        with pytest.raises(ArchiveError):
            read(tmp_path, warc, 0)


def test_header_values_cannot_begin_a_new_line(tmp_path: Path) -> None:
    with writer(tmp_path, info={"operator": "a\r\nWARC-Type: response\r\n\r\nx"}) as archive:
        capture = archive.write(exchange(via="http://x/\r\nrule: forged", rule="real"))
    found, _ = next(iterate(tmp_path))
    assert found.rule == capture.rule == "real"
    assert verify(tmp_path).ok


@settings(max_examples=40, deadline=None)
@given(st.lists(st.binary(min_size=1, max_size=2000), min_size=1, max_size=5))
def test_any_bytes_come_back(tmp_path_factory: pytest.TempPathFactory, wires: list[bytes]) -> None:
    folder = tmp_path_factory.mktemp("any")
    with writer(folder) as archive:
        captures = [archive.write(exchange(wire)) for wire in wires]
    with ArchiveReader(folder) as reader:
        blocks = [reader.record(capture.warc, capture.offset).block for capture in captures]
        assert [capture for capture, _ in reader.iterate()] == captures
    assert blocks == wires
    assert verify(folder).ok
