"""Invented portals for the store's tests.

Reports rendered to pages, archived as a crawl would, at times that we choose.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive import Capture, Exchange, WarcWriter
from demo.figures import Figures, balanced
from demo.organs import ContactData, Organ
from demo.render import html, pdf
from demo.writing import Report, write

START = datetime(2026, 2, 1, 2, tzinfo=UTC)
CONTACT = ContactData("沭阳县政务公开办公室", "沭阳县人民路1号", "223600", "0527-80000000")


def organ(name: str = "沭阳县教育局", kind: str = "department") -> Organ:
    """An organ; the place is real so that it has a code, the figures never are."""
    return Organ(name=name, kind=kind, slug="x", contact=CONTACT, whole="全县")  # type: ignore[arg-type]


def report(name: str = "沭阳县教育局", year: int = 2024, seed: int = 1, figures: Figures | None = None) -> Report:
    """A report whose figures balance."""
    kind = "government" if name.endswith("人民政府") else "department"
    return write(organ(name, kind), year, figures or balanced(seed), seed, contact_at="closing")


def page(each: Report, *, noise: str = "", title: str | None = None, more: str = "") -> bytes:
    """The report as a web page. ``noise`` is what changes on each visit, ``more`` further markup."""
    shown = title or each.title
    return (
        f"<!doctype html><html><head><meta charset='utf-8'><title>{shown}</title>"
        f"<meta name='ArticleTitle' content='{shown}'><meta name='PubDate' content='{each.published} 09:00'></head>"
        f"<body><h1>{shown}</h1><p>发布日期：{each.published} 浏览次数：{noise or 7}次</p><div id='zoom'>"
        f"{html.article(each)}{more}</div></body></html>"
    ).encode()


def linking_page(each: Report, href: str) -> bytes:
    """A page that has the report only as a file."""
    return (
        f"<!doctype html><html><head><meta "
        f"charset='utf-8'><title>{each.title}</title></head><body><h1>{each.title}</h1>"
        f"<p>发布日期：{each.published}</p><div id='zoom'><p>附件：<a "
        f"href='{href}'>{each.title}.pdf</a></p></div></body></html>"
    ).encode()


def as_pdf(each: Report) -> bytes:
    """The report as PDF."""
    return pdf.render(each)


@dataclass
class Visit:
    """One crawl of one portal, being archived."""

    writer: WarcWriter
    time: datetime
    captures: list[Capture] = field(default_factory=list)

    def get(
        self, url: str, body: bytes = b"", status: int = 200, media_type: str = "text/html; charset=utf-8",
        via: str | None = None, anchor: str | None = None, rule: str | None = None, truncated: str | None = None,
    ) -> Capture:  # fmt: skip
        """One request and its answer."""
        self.time += timedelta(seconds=1)
        reason = {
            200: "OK",
            301: "Moved",
            302: "Found",
            304: "Not Modified",
            404: "Not Found",
            410: "Gone",
            503: "Unavailable",
        }[status]
        head = f"HTTP/1.1 {status} {reason}\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n"
        capture = self.writer.write(
            Exchange(
                url=url, request=b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", response=head.encode() + body, started=self.time,
                via=via, anchor=anchor, rule=rule or ("attachment" if via else "report"), truncated=truncated,
            )
        )  # fmt: skip
        self.captures.append(capture)
        return capture

    def summary(self, **told: object) -> Capture:
        """The crawl's own account."""
        capture = self.writer.write_resource(
            f"urn:gongkai:crawl:{self.writer.crawl}:summary", "application/json", json.dumps(told).encode()
        )
        self.captures.append(capture)
        return capture


@contextmanager
def crawl(archive: Path, portal: str = "shuyang", day: int = 0) -> Iterator[Visit]:
    """A crawl of a portal on a day after the first."""
    start = START + timedelta(days=day)
    with WarcWriter(archive, portal=portal, crawl=f"{portal}-{start:%Y%m%dT%H%M%SZ}") as writer:
        yield Visit(writer, start)
        writer.sync()
