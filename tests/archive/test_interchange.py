"""CDXJ, WACZ and other people's files."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive import ArchiveError, Exchange, WarcWriter, iterate, verify
from archive.cdxj import left_to_the_collector, write_cdxj
from archive.foreign import answers, is_archive, records
from archive.importer import import_file, imported
from archive.package import Page, write_wacz

BIN = Path(sys.executable).parent


def crawl(folder: Path, portal: str, when: datetime, body: bytes = b"page", chunked: bool = False) -> str:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=gbk\r\nContent-Length: %d\r\n\r\n" % len(body)
    wire = head + body
    if chunked:
        wire = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    with WarcWriter(folder, portal=portal, crawl=f"{portal}-{when:%Y%m%dT%H%M%SZ}") as writer:
        request = b"GET /a?b=1 HTTP/1.1\r\nHost: portal.invalid\r\n\r\n"
        capture = writer.write(Exchange(f"http://{portal}.invalid/a?b=1", request, wire, when, via="http://v.invalid/"))
        writer.write_resource(f"urn:gongkai:crawl:{portal}:summary", "application/json", b"{}")
    return capture.time


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    archive = tmp_path / "archive"
    crawl(archive, "one", datetime(2025, 3, 1, tzinfo=UTC))
    crawl(archive, "one", datetime(2026, 3, 1, tzinfo=UTC))  # a revisit of the year before
    crawl(archive, "one", datetime(2027, 3, 1, tzinfo=UTC), b"new", chunked=True)
    crawl(archive, "two", datetime(2026, 4, 1, tzinfo=UTC), b"other")
    return archive


def test_cdxj_is_that_of_cdxj_indexer(folder: Path, tmp_path: Path) -> None:
    import wacz.waczindexer  # noqa: F401  changes cdxj-indexer's defaults for the whole process

    files = sorted(str(path) for path in folder.glob("warc/one/*.warc.gz"))
    theirs = subprocess.run([BIN / "cdxj-indexer", "-s", *files], capture_output=True, text=True, check=True).stdout
    assert write_cdxj(folder, tmp_path / "one.cdxj", "one") == 3
    assert (tmp_path / "one.cdxj").read_text() == theirs
    assert theirs.count("\n") == 6
    out = io.StringIO()
    assert write_cdxj(folder, out) == 4
    assert "invalid,two)/a?b=1 20260401" in out.getvalue()
    with pytest.raises(ArchiveError, match="no sealed WARC file of nowhere"):
        write_cdxj(folder, tmp_path / "none", "nowhere")


def test_wacz_of_a_year_has_the_originals_of_its_revisits(folder: Path, tmp_path: Path) -> None:
    pages = [Page("http://one.invalid/a?b=1", "2026-03-01T00:00:00.000Z", "钦州 2024")]
    package = write_wacz(folder, tmp_path / "one.wacz", pages, portal="one", year=2026, title="一")
    assert len(package.files) == 2
    with zipfile.ZipFile(package.path) as file:
        listed = [json.loads(line) for line in file.read("pages/pages.jsonl").splitlines()]
        assert json.loads(file.read("datapackage.json"))["title"] == "一"
    assert (listed[1]["title"], listed[1]["ts"]) == ("钦州 2024", "2026-03-01T00:00:00.000Z")
    whole = write_wacz(folder, tmp_path / "all.wacz", pages)
    assert len(whole.files) == 4
    for made in (package, whole):
        done = subprocess.run([BIN / "wacz", "validate", "-f", made.path], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
        assert "is valid" in done.stdout
    with pytest.raises(ArchiveError, match="no captures of 1999"):
        write_wacz(folder, tmp_path / "none.wacz", year=1999)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.wacz", "archive", "one.wacz"]


def test_a_package_imported_again_reads_the_same(folder: Path, tmp_path: Path) -> None:
    package = write_wacz(folder, tmp_path / "one.wacz", portal="one")
    report = import_file(folder, package.path, "again")
    assert (report.problems, report.captures) == ([], 6)
    before = [(c.url, c.time, c.digest, c.via, body) for c, body in iterate(folder, "one")]
    after = [(c.url, c.time, c.digest, c.via, body) for c, body in iterate(folder, "again")]
    assert after[1:] == before
    assert after[0][0] == f"urn:gongkai:import:{report.crawl}"
    assert json.loads(after[0][4])["file"] == "one.wacz"
    assert len(imported(folder, report)) == 7
    assert import_file(folder, package.path, "again").already
    assert len(list(iterate(folder, "again"))) == 7
    assert verify(folder).ok


def foreign_warc(gzipped: bool = True) -> bytes:
    """As warcio writes: warcinfo, response with sha1 digests, request, dates without milliseconds."""
    with left_to_the_collector():
        return written_by_warcio(gzipped)


def written_by_warcio(gzipped: bool) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzipped, warc_version="WARC/1.0")
    writer.write_record(writer.create_warcinfo_record("theirs.warc.gz", {"software": "Wget/1.21"}))
    head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    response = writer.create_warc_record(
        "http://theirs.invalid/", "response", payload=io.BytesIO(b"<p>theirs</p>"), http_headers=head
    )
    asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", "theirs.invalid")], is_http_request=True)
    request = writer.create_warc_record("http://theirs.invalid/", "request", http_headers=asked)
    writer.write_request_response_pair(request, response)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["members", "one member", "plain", "wacz"])
def test_files_that_others_made(tmp_path: Path, kind: str) -> None:
    path = tmp_path / ("theirs.wacz" if kind == "wacz" else "theirs.warc" if kind == "plain" else "theirs.warc.gz")
    match kind:
        case "members":
            path.write_bytes(foreign_warc())
        case "one member":
            path.write_bytes(gzip.compress(foreign_warc(gzipped=False), mtime=0))
        case "plain":
            path.write_bytes(foreign_warc(gzipped=False))
        case "wacz":
            with zipfile.ZipFile(path, "w") as package:
                package.writestr("archive/data.warc.gz", foreign_warc())
    assert is_archive(path)
    assert [(answer.url, answer.status, answer.body) for answer in answers(path)] == [
        ("http://theirs.invalid/", 200, b"<p>theirs</p>")
    ]
    archive = tmp_path / "archive"
    report = import_file(archive, path, "theirs")
    assert (report.records, report.captures, report.problems) == (3, 1, [])
    _, (capture, body) = iterate(archive, "theirs")
    assert (capture.url, capture.status, capture.crawl, body) == (
        "http://theirs.invalid/",
        200,
        report.crawl,
        b"<p>theirs</p>",
    )
    blocks = {record.kind: record.block for _, record in records(path)}
    sealed = next(archive.glob("warc/theirs/*.warc.gz"))
    assert {record.kind: record.block for _, record in records(sealed) if record.kind in blocks} == blocks
    assert verify(archive).ok
    check = subprocess.run([BIN / "warcio", "check", sealed], capture_output=True, text=True, check=False)
    assert check.returncode == 0, check.stdout


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.warc.gz", b"", "holds no record"),
        ("a.warc", b"<html>", "not a WARC record"),
        ("a.warc.gz", gzip.compress(b"hello", mtime=0), "not a WARC record"),
        ("a.wacz", b"PK", "not a WACZ file"),
        ("a.warc", b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", "without Content-Length"),
    ],
)
def test_what_is_no_archive_is_said_and_begins_nothing(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ArchiveError, match=message):
        import_file(tmp_path / "archive", tmp_path / name, "theirs")
    assert not (tmp_path / "archive").exists()


def test_a_file_that_breaks_off_gives_what_it_has(tmp_path: Path) -> None:
    path = tmp_path / "cut.warc.gz"
    path.write_bytes(foreign_warc()[:-30])
    report = import_file(tmp_path / "archive", path, "theirs")
    assert report.captures == 1
    assert "breaks off" in report.problems[0]
    assert verify(tmp_path / "archive").ok
