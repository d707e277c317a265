"""The cheap look: whatever the reading would call a report must get past it."""

from __future__ import annotations

import pytest

from archive.capture import Capture
from pipelines.store.gate import worth_reading
from reports import extract
from tests.pipelines.portal_desk import page, report

TITLE = "青溪市水利局2023年政府信息公开工作年度报告"
PICTURE = "<p><img src='/images/2023.jpg' width='900'></p>"
MENU = "".join(f"<li><a href='/c{n}'>栏目{n}</a></li>" for n in range(40))


def capture(media_type: str = "text/html", anchor: str | None = None) -> Capture:
    """A page's capture, as far as the gate looks."""
    return Capture(
        id="x", crawl="c", portal="p", url="http://www.example.gov.cn/1.html", time="2024-01-15T00:00:00Z",
        kind="response", status=200, media_type=media_type, digest="sha256:0", size=1, warc="p/1.warc.gz", offset=0,
        length=1, anchor=anchor,
    )  # fmt: skip


def html(head: str, body: str) -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body><ul>{MENU}</ul>{body}</body></html>"


def references(text: str) -> str:
    return "".join(f"&#{ord(character)};" for character in text)


def traditional(text: str) -> str:
    return text.translate(str.maketrans("报务开员会", "報務開員會"))


REPORTS = {
    "title element": html(f"<title>{TITLE}</title>", PICTURE).encode(),
    "short title": html("<title>青溪市信息公开年报2023</title>", PICTURE).encode(),
    "GBK": html(f"<title>{TITLE}</title>", PICTURE).encode("gbk"),
    "Big5": html(f"<title>{traditional('青溪市2023年度信息公开年报')}</title>", PICTURE).encode("big5", "ignore"),
    "spaced heading": html("<title>青溪市</title>", f"<h2>{' '.join(TITLE)}</h2>{PICTURE}").encode(),
    "wide spaces": html("<title>青溪市</title>", f"<h5>{chr(0x3000).join(TITLE)}</h5>{PICTURE}").encode(),
    "references in the title": html(f"<title>{references(TITLE)}</title>", PICTURE).encode(),
    "paragraph": html("<title>青溪市水利局</title>", f"<p><b>{TITLE}</b></p>{PICTURE}").encode(),
    "paragraph in GBK": html("<title>青溪市水利局</title>", f"<div>{TITLE}</div>{PICTURE}").encode("gb18030"),
    "meta": html(f'<title>青溪市</title><meta name="ArticleTitle" content="{TITLE}">', PICTURE).encode(),
    "meta, turned": html(f'<title>青溪市</title><meta content="{TITLE}" name="ArticleTitle">', PICTURE).encode(),
    "UTF-16": html(f"<title>{TITLE}</title>", PICTURE).encode("utf-16"),
    "UTF-16, no mark": html(f"<title>{TITLE}</title>", PICTURE).encode("utf-16-le"),
    "PDF sent as a page": b"%PDF-1.4 ...",
    "Word sent as a page": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "whole": page(report()),
    "whole in GBK": page(report()).decode().replace("utf-8", "gbk").encode("gb18030"),
    "whole by references": references(page(report()).decode()).replace("&#60;", "<").replace("&#62;", ">").encode(),
}


@pytest.mark.parametrize("body", REPORTS.values(), ids=REPORTS)
def test_unusual_reports_are_read(body: bytes) -> None:
    assert worth_reading(capture(), body)


@pytest.mark.parametrize("anchor", ["2023年", " 2023 ", "二〇二三年", "2023年年度报告", "年报"])
def test_what_a_link_says_is_enough(anchor: str) -> None:
    body = html("<title>青溪市水利局</title>", PICTURE).encode()
    assert worth_reading(capture(anchor=anchor), body) and not worth_reading(capture(), body)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_lists_and_news_are_not_read(encoding: str) -> None:
    links = "".join(f"<li><a title='{TITLE}' href='/{n}.html'>{TITLE}</a><i>2024-01-15</i></li>" for n in range(30))
    for body in (
        html("<title>青溪市水利局</title>", f"<ul>{links}</ul>"),
        html("<title>我市召开防汛会议</title>", "<p>会议2023年7月召开，有关信息公开在本站。</p>"),
    ):
        assert not worth_reading(capture(), body.encode(encoding))
        assert extract(body.encode(encoding), name="1.html")[0].verdict == "not_a_report"
