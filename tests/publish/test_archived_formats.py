"""A figure of each format on its archived page, in the system's Chromium: the cell marked where the reader read it, in
sight, nothing asked of any other host, nothing in the console."""

from __future__ import annotations

import io
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PIL import Image

from archive import Exchange, WarcWriter
from demo.figures import balanced
from demo.layout import expanded
from demo.organs import ContactData, Organ
from demo.render import docx, html, parts, pdf
from demo.writing import Report, write
from pipelines.store import Store, publish_snapshot
from publish.serve import build
from tests.publish.conftest import served
from tests.publish.reader import Person

pytestmark = pytest.mark.browser

HOST = "http://www.lanchuan.example"
CODE = "applications_granted_natural_person"
#: What a portal's page brings along, and a browser would run, load or follow.
AROUND = (
    "<link rel='stylesheet' href='/css/site.css'><link rel='stylesheet' href='http://cdn.example/x.css'>"
    "<link rel='dns-prefetch' href='//cdn.example'><link rel='preload' as='image' href='http://cdn.example/p.png'>"
    "<style>@font-face{{font-family:F;src:url(http://cdn.example/f.woff2)}} h1{{font-family:F;background:url("
    '"http://cdn.example/b.png")}}</style>'
    "<script src='http://cdn.example/a.js'></script><script>document.title='ran'</script>"
    "<meta http-equiv='refresh' content='0;url=http://cdn.example/'>"
)
BELOW = (
    "<img src='/img/logo.png' alt='logo'><img src='http://cdn.example/count.gif'><img data-src='//cdn.example/l.png'"
    " srcset='http://cdn.example/2.png 2x'><iframe src='http://cdn.example/ad.html'></iframe>"
    "<video poster='http://cdn.example/v.png' src='http://cdn.example/v.mp4'></video><object data='http://cdn.example/o'>"
    "</object><embed src='http://cdn.example/e'><svg><image href='http://cdn.example/s.png'/></svg>"
    "<input type='image' src='http://cdn.example/i.png'><form action='http://cdn.example/f'><button>检索</button></form>"
)
#: ``hidden`` has text in its cells that no browser shows: such a cell is marked in the table as read, not in the page.
KINDS = ("html", "gbk", "pdf", "docx", "xlsx", "text", "hidden")
_FRAME = (163, 41, 31)  # the colour of the frame around a figure in a page's picture
BUREAUS = ("教育局", "财政局", "民政局", "司法局", "审计局", "水利局", "统计局")


def report(kind: str) -> Report:
    contact = ContactData("澜川市政务公开办公室", "人民路1号", "223600", "0527-80000000")
    organ = Organ(name=f"澜川市{BUREAUS[KINDS.index(kind)]}", kind="department", slug="x", contact=contact)
    return write(organ, 2024, balanced(kind), kind)


def page(of: Report, charset: str, hand: str = "word") -> bytes:
    return (
        f"<!DOCTYPE html><html><head><meta charset='{charset}'><title>{of.title}</title>{AROUND.format()}</head>"
        f"<body><h1>{of.title}</h1><div id='zoom'>{html.article(of, hand)}</div>{BELOW}</body></html>"
    ).encode(charset)


def hidden(of: Report) -> bytes:
    assert of.figures is not None
    shown = page(of, "utf-8", "clean").decode()
    value = of.figures.values[CODE]
    changed = re.sub(rf"(?<=>)(\s*{value})(?=\s*<)", r"\1<i style='display:none'>99</i>", shown)
    assert changed != shown
    return changed.encode()


def workbook(of: Report) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.cell(1, 1, of.title)
    line = 2
    for _, part in parts(of):
        if isinstance(part, str):
            sheet.cell(line, 1, part)
            line += 1
            continue
        for row in expanded(part):
            for column, (cell, begins) in enumerate(row, 1):
                if begins:
                    sheet.cell(line, column, cell.text)
                    if cell.rowspan > 1 or cell.colspan > 1:
                        sheet.merge_cells(start_row=line, start_column=column, end_row=line + cell.rowspan - 1,
                                          end_column=column + cell.colspan - 1)  # fmt: skip
            line += 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text(of: Report) -> bytes:
    lines = [of.title]
    for _, part in parts(of):
        if isinstance(part, str):
            lines.append(part)
        else:
            lines += ["| " + " | ".join(cell.text if begins else "" for cell, begins in row) + " |"
                      for row in expanded(part)]  # fmt: skip
    return "\n".join(lines).encode()


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (30, 10), "red").save(out, "PNG")
    return out.getvalue()


SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
STYLE = b"@import '/css/gone.css'; h1{color:rgb(1, 2, 3)} body{background:url(http://cdn.example/bg.png)}"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("formats")
    bodies = {
        "/css/site.css": (STYLE, "text/css"),
        "/img/logo.png": (picture(), "image/png"),
        "/html.html": (page(report("html"), "utf-8"), "text/html"),
        "/gbk.html": (page(report("gbk"), "gb18030"), "text/html; charset=gbk"),
        "/pdf.pdf": (pdf.render(report("pdf")), "application/pdf"),
        "/docx.docx": (docx.render(report("docx")), WORD),
        "/xlsx.xlsx": (workbook(report("xlsx")), SHEET),
        "/hidden.html": (hidden(report("hidden")), "text/html"),
        "/text.txt": (text(report("text")), "text/plain; charset=utf-8"),
    }
    started = datetime(2026, 4, 1, tzinfo=UTC)
    with WarcWriter(folder, portal="lanchuan", crawl="lanchuan-20260401T000000Z") as writer:
        for at, (path, (body, kind)) in enumerate(bodies.items()):
            head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            writer.write(Exchange(HOST + path, b"GET / HTTP/1.1\r\n\r\n", head + body, started + timedelta(seconds=at)))
        writer.sync()
    with Store.open(folder) as store:
        store.catch_up()
        store.refresh()
    publish_snapshot(folder)
    return folder


@pytest.fixture(scope="module")
def address(archive: Path) -> Iterator[str]:
    with served(build(archive)) as running:
        yield running


def figure(archive: Path, kind: str) -> tuple[str, str, int]:
    """Report, capture, and the figure in the database."""
    with closing(sqlite3.connect(archive / "snapshot.db")) as db:
        found = db.execute(
            f"SELECT r.id, r.capture, f.{CODE} FROM report r JOIN figures f ON f.report = r.id WHERE r.url LIKE ?",
            (f"{HOST}/{kind}.%",),
        ).fetchone()
    assert found is not None, kind
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_a_figure_on_its_archived_page(browser: Any, address: str, archive: Path, kind: str) -> None:
    identity, capture, value = figure(archive, kind)
    assert value == report(kind).figures.values[CODE]  # type: ignore[union-attr]
    someone = Person(browser, address)
    asked: list[str] = []
    someone.page.on("request", lambda request: asked.append(request.url))
    someone.go(f"/report/{identity}")
    someone.page.click(f"#{CODE} a")
    someone.page.wait_for_load_state("networkidle")
    assert f"/archive/{capture}" in someone.page.url
    assert "已在下面的存档页面上标出" in someone.page.inner_text("main")
    if kind in ("html", "gbk"):
        frame = someone.page.frame_locator("iframe.replay")
        cell = frame.locator("#gongkai-cell")
        inside, outside = cell.bounding_box(), someone.page.locator("iframe.replay").bounding_box()
        assert inside and outside and outside["y"] <= inside["y"] < outside["y"] + outside["height"]
        assert frame.locator("h1").inner_text() == report(kind).title, "in the page's own characters"
        color = frame.locator("h1").evaluate("each => getComputedStyle(each).color")
        assert color == "rgb(1, 2, 3)", "the archived stylesheet is not applied"
        assert frame.locator("img[alt=logo]").evaluate("each => each.naturalWidth") == 30
        assert someone.page.title() != "ran"
    elif kind == "pdf":
        shown = someone.page.locator("p.page-image img")
        assert shown.evaluate("each => each.naturalWidth") > 500
        return_value = someone.page.request.get(address + shown.get_attribute("src"))
        painted = Image.open(io.BytesIO(return_value.body())).convert("RGB")
        rows = (painted.crop((0, at, painted.width, at + 1)).getcolors() or [] for at in range(painted.height))
        frames = [at for at, colors in enumerate(rows) if _FRAME in {color for _, color in colors}]
        assert frames, "no frame is drawn"
        place, around = someone.page.locator("#gongkai-cell").bounding_box(), shown.bounding_box()
        assert place and around and 0 <= place["y"] < 900, "the framed cell is out of sight"
        top = around["y"] + frames[0] * around["height"] / painted.height
        assert abs(place["y"] - top) < 8, "the page is not opened at the frame"
        cell = None
    else:
        cell = someone.page.locator("#gongkai-cell")
        box = cell.bounding_box()
        assert box and 0 <= box["y"] < 900, "the marked cell is out of sight"
    if cell is not None:
        assert cell.count() == 1 and cell.inner_text().strip() == str(value)
    someone.context.close()
    assert someone.noted == []
    assert asked and all(url.startswith((address, "data:")) for url in asked), asked


def test_a_page_opened_by_itself_asks_nobody_else(browser: Any, address: str, archive: Path) -> None:
    """Without the frame around it, and as it was archived: what the sandbox stops was never sent."""
    for kind in ("html", "gbk"):
        _, capture, _ = figure(archive, kind)
        for place in ("page", "raw"):
            someone = Person(browser, address)
            sent: list[str] = []
            someone.page.on("requestfinished", lambda request, sent=sent: sent.append(request.url))
            someone.page.goto(f"{address}/-/{place}/{capture}")
            someone.page.wait_for_load_state("networkidle")
            assert someone.page.url == f"{address}/-/{place}/{capture}", "it went elsewhere"
            assert all(url.startswith((address, "data:")) for url in sent), sent
            assert someone.page.title() != "ran"
            if place == "page":
                assert someone.noted == []
            someone.context.close()
