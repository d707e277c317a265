"""A small archive of invented reports, made by the project's own writer and store: pages, a PDF, a Word file, an edit,
a wrong
sum, and a report whose every scraped field is hostile."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive import Exchange, WarcWriter
from demo import organs
from demo.editorial import career, edited
from demo.render import docx, html, pdf
from demo.writing import Report
from pipelines.store import Store, publish_snapshot

HOST = "http://www.lanchuan.example"
PORTAL = "lanchuan"
START = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
YEARS = range(2019, 2026)
HOSTILE = '<img src=x onerror=alert(1)>"\'><script>alert(2)</script>{{7*7}}=HYPERLINK("http://evil.example")'


def page(report: Report, title: str | None = None, body: str | None = None) -> bytes:
    """A portal's page around a report."""
    shown = title or report.title
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{shown}</title><meta name='PubDate' "
        f"content='{report.published} 09:00'>"
        f"<meta name='ContentSource' content='{report.organ.name}'></head><body><h1>{shown}</h1><div "
        f"id='zoom'>{body or html.article(report)}</div></body></html>"
    ).encode()


def answer(body: bytes, kind: str = "text/html; charset=utf-8") -> bytes:
    """A server's answer on the wire."""
    return b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n" % (kind.encode(), len(body)) + body


def wrong(report: Report) -> Report:
    """The same with a total that is not the sum of its parts."""
    assert report.figures is not None
    figures = report.figures.copy()
    figures.values["applications_granted_total"] = (figures.values["applications_granted_total"] or 0) + 3
    return dataclasses.replace(report, figures=figures)


def hostile(report: Report) -> bytes:
    """A page that tries to break out of every place in which the site shows what a portal wrote."""
    body = html.article(report)
    evil = HOSTILE.replace("<", "&lt;").replace(">", "&gt;")
    body = body.replace("一、总体情况", f"一、总体情况{evil}", 1)
    first = body.index("<p", body.index("总体情况"))
    end = body.index(">", first) + 1
    body = body[:end] + evil + body[end:]
    body += f"<p><a href='javascript:alert(3)'>{evil}附件.pdf</a> <a href='http://www.lanchuan.example/a.pdf?x=\"&gt;&lt;script&gt;alert(4)&lt;/script&gt;'>{evil}附件2.pdf</a></p>"
    body += "<script>parent.document.title='pwned';alert(5)</script>"
    body += "<img src='http://evil.example/x.png' onerror='alert(6)'>"
    body += f"<meta http-equiv='refresh' content='0;url=http://evil.example/'><p>联系地址：{evil}路1号</p>"
    return page(report, title=f"{report.title}{evil}", body=body)


def build(folder: Path) -> Path:
    """Make the archive, its database and its snapshot in ``folder``."""
    place = organs.place("lanchuan")
    exchanges: list[tuple[str, bytes, str]] = []
    later: list[tuple[str, bytes, str]] = []
    for at, organ in enumerate(place.organs[:6]):
        for report in career(organ, YEARS, "site"):
            address = f"{HOST}/zfxxgk/{organ.slug}/{report.year}.html"
            if at == 1 and report.year == 2022:
                exchanges.append((address, answer(page(wrong(report))), "report"))
            elif at == 2 and report.year == 2023:
                exchanges.append(
                    (f"{HOST}/files/{organ.slug}-2023.pdf", answer(pdf.render(report), "application/pdf"), "report")
                )
            elif at == 3 and report.year == 2024:
                kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
                exchanges.append((f"{HOST}/files/{organ.slug}-2024.docx", answer(docx.render(report), kind), "report"))
            elif at == 4 and report.year == 2024:
                exchanges.append((address, answer(hostile(report)), "report"))
            elif at == 5 and report.year == 2021:
                continue
            else:
                exchanges.append((address, answer(page(report)), "report"))
                if at == 0 and report.year == 2024:
                    later.append((address, answer(page(edited(report))), "recheck"))
    folder.mkdir(parents=True, exist_ok=True)
    captures = []
    for name, offset, several in (("20260401T020000Z", 0, exchanges), ("20260501T020000Z", 30, later)):
        with WarcWriter(folder, portal=PORTAL, crawl=f"{PORTAL}-{name}") as writer:
            for at, (address, response, rule) in enumerate(several):
                captures.append(writer.write(Exchange(
                    url=address, request=f"GET {address} HTTP/1.1\r\n\r\n".encode(), response=response, rule=rule,
                    started=START + timedelta(days=offset, seconds=at),
                )))  # fmt: skip
            writer.sync()
    with Store.open(folder) as store:
        store.ingest_all((capture, None, None) for capture in captures)
    publish_snapshot(folder)
    return folder


if __name__ == "__main__":
    import sys

    build(Path(sys.argv[1]))
