"""Files as other tools write them, with what goes wrong in them: nothing of it may be lost silently or damage the
archive."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from uuid import uuid4

import pytest

from archive import Capture, iterate, verify
from archive.errors import Damaged
from archive.foreign import answers, records
from archive.importer import full_date, import_file
from archive.unpacked import Unpacked

BODY = b"<p>theirs</p>"
HTTP = "application/http; msgtype=response"
SAME = "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest"


def record(kind: str, block: bytes, media_type: str = HTTP, **headers: str) -> bytes:
    """A WARC/1.0 record; headers are named with underscores and without ``WARC-``."""
    told = {"Record-ID": f"<urn:uuid:{uuid4()}>", "Date": "2020-01-02T03:04:05Z"}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"WARC-{name}: {value}\r\n" for name, value in told.items() if value)
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\n{lines}Content-Type: {media_type}\r\nContent-Length: {len(block)}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


def response(url: str = "http://theirs.invalid/", head: bytes = b"", body: bytes = BODY, **headers: str) -> bytes:
    wire = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + head + b"\r\n" + body
    return record("response", wire, Target_URI=url, **headers)


INFO = record("warcinfo", b"software: another/1.0\r\n", "application/warc-fields")


def imported(archive: Path) -> list[tuple[Capture, bytes]]:
    found = [pair for pair in iterate(archive, "theirs") if not pair[0].url.startswith("urn:gongkai:")]
    assert verify(archive).problems == []
    return found


def test_a_body_without_its_chunks_is_not_lost(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(INFO + response(head=b"Transfer-Encoding: chunked\r\n"))
    import_file(tmp_path / "archive", tmp_path / "a.warc", "theirs")
    assert [body for _, body in imported(tmp_path / "archive")] == [BODY]


def test_what_files_have_in_common_comes_once(tmp_path: Path) -> None:
    one, other = response("http://theirs.invalid/1"), response("http://theirs.invalid/2")
    (tmp_path / "a.warc").write_bytes(INFO + one)
    (tmp_path / "b.warc").write_bytes(INFO + one + other)
    import_file(tmp_path / "archive", tmp_path / "a.warc", "theirs")
    report = import_file(tmp_path / "archive", tmp_path / "b.warc", "theirs")
    assert (report.known, report.captures, report.problems) == (2, 1, [])
    assert [c.url[-1] for c, _ in imported(tmp_path / "archive")] == ["1", "2"]


def test_another_record_under_a_known_id_gets_a_new_one(tmp_path: Path) -> None:
    same = f"<urn:uuid:{uuid4()}>"
    (tmp_path / "a.warc").write_bytes(INFO + response(Record_ID=same) + response(body=b"other", Record_ID=same))
    report = import_file(tmp_path / "archive", tmp_path / "a.warc", "theirs")
    assert report.captures == 2 and "the id of another one" in report.problems[0]
    assert [body for _, body in imported(tmp_path / "archive")] == [BODY, b"other"]


def test_a_wrong_digest_is_told_once_and_is_no_damage_for_ever(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(INFO + response(Block_Digest="sha1:" + "A" * 32))
    report = import_file(tmp_path / "archive", tmp_path / "a.warc", "theirs")
    assert len(report.problems) == 1 and "not what its digest says" in report.problems[0]
    assert len(imported(tmp_path / "archive")) == 1
    (sealed,) = (tmp_path / "archive").glob("warc/theirs/*.warc.gz")
    ((_, kept),) = [each for each in records(sealed) if each[1].kind == "response"]
    assert kept.header("X-Stated-Block-Digest") == "sha1:" + "A" * 32


def test_records_that_name_what_was_not_given_along(tmp_path: Path) -> None:
    nowhere = f"<urn:uuid:{uuid4()}>"
    lonely = record("revisit", b"HTTP/1.1 200 OK\r\n\r\n", Target_URI="http://theirs.invalid/gone", Profile=SAME,
                    Payload_Digest="sha1:7777", Refers_To=nowhere)  # fmt: skip
    asked = record("request", b"GET / HTTP/1.1\r\n\r\n", "application/http; msgtype=request",
                   Target_URI="http://theirs.invalid/", Concurrent_To=nowhere, Warcinfo_ID=nowhere)  # fmt: skip
    (tmp_path / "a.warc").write_bytes(INFO + asked + lonely + response())
    report = import_file(tmp_path / "archive", tmp_path / "a.warc", "theirs")
    assert (report.orphans, report.problems) == (1, [])
    assert [c.url for c, _ in imported(tmp_path / "archive")] == ["http://theirs.invalid/"]
    found = response("http://theirs.invalid/gone", body=b"found", Record_ID=nowhere)
    (tmp_path / "b.warc").write_bytes(INFO + found)
    assert import_file(tmp_path / "archive", tmp_path / "b.warc", "theirs").orphans == 0
    assert [body for c, body in imported(tmp_path / "archive") if c.url.endswith("gone")] == [b"found", b"found"]


def test_a_revisit_without_a_head_is_shown_as_its_original(tmp_path: Path) -> None:
    again = record("revisit", b"", Target_URI="http://theirs.invalid/", Profile=SAME, Payload_Digest="sha1:7777")
    (tmp_path / "a.warc").write_bytes(INFO + response(Payload_Digest="sha1:7777") + again)
    import_file(tmp_path / "archive", tmp_path / "a.warc", "theirs")
    _, (capture, body) = imported(tmp_path / "archive")
    assert (capture.kind, capture.status, capture.media_type, body) == ("revisit", 200, "text/html", BODY)


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("2020-01-02T03:04:05Z", "2020-01-02T03:04:05Z"),
        ("2020-01-02T03:04:05.123456789Z", "2020-01-02T03:04:05.123456789Z"),
        ("2020", "2020-01-01T00:00:00.000Z"),
        ("2020-07", "2020-07-01T00:00:00.000Z"),
        ("2020-07-08", "2020-07-08T00:00:00.000Z"),
        ("2020-07-08T09:10Z", "2020-07-08T09:10:00.000Z"),
        ("20200102030405", "2020-01-02T03:04:05.000Z"),
        ("2020-01-02T03:04:05+08:00", "2020-01-01T19:04:05.000Z"),
        ("Thu, 02 Jan 2020", None),
        ("20201302030405", None),
        ("", None),
    ],
)
def test_dates(text: str, full: str | None) -> None:
    assert full_date(text) == full


def test_a_record_without_a_date_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(INFO + response(Date=""))
    report = import_file(tmp_path / "archive", tmp_path / "a.warc", "theirs")
    assert "no date that can be read" in report.problems[0]
    assert len(imported(tmp_path / "archive")) == 1


def arc() -> bytes:
    """Version 1, as the Internet Archive's crawlers wrote it: what describes the file, a page, a DNS answer."""
    described = b"1 0 InternetArchive\nURL IP-address Archive-date Content-type Archive-length\n"
    page = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + BODY
    told = b"filedesc://a.arc 0.0.0.0 20080102030405 text/plain %d\n%s\n" % (len(described), described)
    told += b"http://theirs.invalid/ 192.0.2.1 20080102030406 text/html %d\n%s\n" % (len(page), page)
    return told + b"dns:theirs.invalid 192.0.2.9 20080102030406 text/dns 2\nok\n"


@pytest.mark.parametrize("name", ["old.arc", "old.arc.gz"])
def test_arc(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(arc(), mtime=0) if name.endswith("gz") else arc())
    report = import_file(tmp_path / "archive", path, "theirs")
    assert (report.records, report.captures, report.problems) == (3, 1, [])
    (capture, body) = imported(tmp_path / "archive")[0]
    assert (capture.url, capture.time, capture.status, body) == (
        "http://theirs.invalid/", "2008-01-02T03:04:06Z", 200, BODY,
    )  # fmt: skip
    assert [answer.url for answer in answers(path)][:1] == ["http://theirs.invalid/"]


def test_packages_in_a_package(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as package:
        package.writestr("archive/a.warc.gz", gzip.compress(INFO) + gzip.compress(response()))
    with zipfile.ZipFile(tmp_path / "all.wacz", "w") as package:
        package.writestr("one.wacz", inner.getvalue())
        package.writestr("datapackage.json", json.dumps({"profile": "multi-wacz-package"}))
    import_file(tmp_path / "archive", tmp_path / "all.wacz", "theirs")
    assert [body for _, body in imported(tmp_path / "archive")] == [BODY]


def test_places_in_many_members_and_in_one(tmp_path: Path) -> None:
    parts = [gzip.compress(INFO, mtime=0), gzip.compress(response("http://theirs.invalid/1") * 2, mtime=0)]
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join(parts) + bytes(1000))
    assert [each.offset for _, each in records(path)] == [0, len(parts[0]), len(parts[0])]


def test_a_damaged_member_gives_no_record(tmp_path: Path) -> None:
    damaged = bytearray(gzip.compress(response(body=os.urandom(200_000)), mtime=0))
    damaged[-6] ^= 1  # of the CRC
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(INFO) + damaged)
    report = import_file(tmp_path / "archive", tmp_path / "a.warc.gz", "theirs")
    assert report.captures == 0 and "no valid gzip member" in report.problems[0]


def test_unpacking_reads_lines_and_pieces_across_members(tmp_path: Path) -> None:
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(b"one\ntw") + gzip.compress(b"") + gzip.compress(b"o\n" + bytes(300_000) + b"end"))
    with path.open("rb") as file:
        unpacked = Unpacked(file.fileno())
        assert (unpacked.readline(100), unpacked.readline(100)) == (b"one\n", b"two\n")
        assert unpacked.readline(10) == bytes(10)
        assert unpacked.read(299_990) == bytes(299_990)
        assert (unpacked.read(99), unpacked.read(1), unpacked.readline(9)) == (b"end", b"", b"")
    path.write_bytes(gzip.compress(b"x" * 100_000)[:-4])
    with path.open("rb") as file, pytest.raises(Damaged, match="breaks off"):
        Unpacked(file.fileno()).read(200_000)


def test_one_large_member_needs_little_memory(tmp_path: Path) -> None:
    """600 MB of records in one gzip member of a few hundred kilobytes."""
    path, block = tmp_path / "a.warc.gz", response(body=bytes(3_000_000))
    with gzip.open(path, "wb", 1) as file:
        file.write(INFO)
        for _ in range(200):
            file.write(block)
    code = (
        "import sys; from archive.foreign import records\n"
        "assert sum(1 for _ in records(sys.argv[1])) == 201\n"
        "print(next(line for line in open('/proc/self/status') if line.startswith('VmHWM:')).split()[1])"
    )
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 150_000, "kilobytes"
