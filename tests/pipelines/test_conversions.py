"""The text of files with reports is archived beside them; pages, repeated files and other papers leave none."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import scrapy
from scrapy.crawler import Crawler

import reports
from archive import Exchange, WarcWriter, iterate, verify
from archive.records import read_records
from demo.figures import balanced
from demo.organs import ContactData, Organ
from demo.render import docx, html, pdf
from demo.writing import write
from pipelines.conversions import ConversionPipeline

CONTACT = ContactData("政务公开办公室", "人民路1号", "223600", "0527-80000000")
REPORT = write(Organ(name="沭阳县教育局", kind="department", slug="x", contact=CONTACT), 2023, balanced(1), 1)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("name", "media_type", "body", "kept"),
    [
        ("a.pdf", "application/pdf", pdf.render(REPORT), 1),
        ("a.docx", WORD, docx.render(REPORT), 1),
        ("a.html", "text/html", f"<title>{REPORT.title}</title>{html.article(REPORT)}".encode(), 0),
        ("b.txt", "text/plain", "关于放假的通知".encode(), 0),
    ],
)
def test_text_of_files(tmp_path: Path, name: str, media_type: str, body: bytes, kept: int) -> None:
    records = reports.extract(body, name=name, content_type=media_type)
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    crawler = Crawler(scrapy.Spider)
    pipeline = ConversionPipeline.from_crawler(crawler)
    with WarcWriter(tmp_path, portal="demo", crawl="demo-1") as writer:
        crawler.gongkai_writer = writer  # type: ignore[attr-defined]
        for _ in range(2):  # the second is a revisit
            exchange = Exchange(f"http://p.invalid/{name}", b"GET / HTTP/1.1\r\n\r\n", head + body, datetime.now(UTC))
            item = {"capture": writer.write(exchange), "records": records}
            assert pipeline.process_item(item) is item
    (path,) = tmp_path.glob("warc/demo/*.warc.gz")
    with path.open("rb") as file:
        found = [record for record in read_records(file.fileno()) if record.kind == "conversion"]
    assert len(found) == kept
    assert [capture.kind for capture, _ in iterate(tmp_path)] == ["response", "revisit"]
    assert verify(tmp_path).ok
    for record in found:
        text = record.block.decode()
        assert REPORT.title in text and "一、总体情况" in text
        total = REPORT.figures.values["applications_new_received_total"]
        assert f"applications new_received total: {total}" in text
        assert record.headers["content-type"] == "text/plain; charset=utf-8"
        check = subprocess.run([Path(sys.executable).parent / "warcio", "check", path], check=False)
        assert check.returncode == 0
