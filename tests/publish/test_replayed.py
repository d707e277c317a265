"""An archived page looks like itself, from the archive alone: what a browser would load, and what it may not."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from archive import Exchange, WarcWriter, read
from pipelines.store import Store
from publish import archived, replayed
from reports.record import Cell

SITE = "http://portal.example"
PAGE = (
    "<html><head><meta charset='utf-8'><base href='/static/'>"
    "<link rel='stylesheet' href='look.css'><link rel='StyleSheet' href='gone.css'><link rel='preload' href='look.css'>"
    "<style>@import 'more.css'; h1{background:url( \"logo.png\" )} h2{background:url(http://elsewhere.example/x.png)}"
    "</style></head>"
    "<body background='logo.png' style=\"background:url('logo.png')\" onload='x()'>"
    "<img src='logo.png' srcset='logo.png 2x' data-src='logo.png'><img src='gone.png'><img src='{chinese}'>"
    "<svg><image href='logo.png' xlink:href='logo.png'/><use href='http://elsewhere.example/#a'/></svg>"
    "<a href='other.html' ping='http://elsewhere.example/'>相关链接</a><a href=' JavaScript:x()'>甲</a>"
    "<table><tr><td>件</td><td>12<span style='display:none'>99</span></td></tr></table></body></html>"
).replace("{chinese}", "图 片.png")
LOOK = "@import url(more.css);\nbody{background:url(logo.png)} @font-face{src:url('f.woff2')}"
FILES = {
    "/report.html": ("text/html", PAGE),
    "/static/look.css": ("text/css", LOOK),
    "/static/more.css": ("text/css", "td{color:#036}"),
    "/static/logo.png": ("image/png", "png"),
    "/static/%E5%9B%BE%20%E7%89%87.png": ("image/png", "png"),
    "/other.html": ("text/html", "<p>other</p>"),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("replayed")
    started = datetime(2026, 4, 1, tzinfo=UTC)
    with WarcWriter(folder, portal="portal", crawl="portal-20260401T000000Z") as writer:
        for at, (path, (kind, text)) in enumerate(FILES.items()):
            body = text.encode()
            head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            writer.write(Exchange(SITE + path, b"GET / HTTP/1.1\r\n\r\n", head + body, started + timedelta(seconds=at)))
        writer.sync()
    with Store.open(folder) as opened:
        opened.catch_up()
        opened.connection.row_factory = sqlite3.Row
        yield opened


def identity(store: Store, path: str) -> str:
    return store.connection.execute("SELECT id FROM capture WHERE url = ?", (SITE + path,)).fetchone()[0]


def page(store: Store, path: str, cell: Cell | None = None) -> tuple[str, bool]:
    row = archived.capture_row(store.connection, identity(store, path))
    assert row is not None
    record = read(store.archive, row["warc"], row["offset"])
    if path.endswith(".css"):
        return replayed.stylesheet(store.connection, row, record).decode(), False
    shown, found = replayed.page_with_mark(store.connection, row, record, cell)
    return shown.decode(), found


def test_stylesheets_and_pictures_come_from_the_archive(store: Store) -> None:
    shown, _ = page(store, "/report.html")
    look, more, logo = (identity(store, f"/static/{name}") for name in ("look.css", "more.css", "logo.png"))
    assert f'href="/-/page/{look}"' in shown and shown.count("<link") == 1
    assert f'@import url("/-/page/{more}");' in shown
    assert f'<img src="/-/raw/{logo}">' in shown
    assert f'background="/-/raw/{logo}"' in shown
    assert shown.count(f"/-/raw/{logo}") == 4
    assert f'<img src="/-/raw/{identity(store, "/static/%E5%9B%BE%20%E7%89%87.png")}">' in shown


def test_nothing_is_left_that_a_browser_would_ask_the_portal_for(store: Store) -> None:
    shown = unescape(page(store, "/report.html")[0])
    asked = re.findall(r"""(?:src|srcset|background|data-src|ping|xlink:href)=["']?([^"'> ]+)""", shown)
    asked += re.findall(r"""url\(["']?([^"')]*)|@import ["']([^"']*)""", shown)
    assert all("".join(each).startswith(("/-/", "data:,")) or not "".join(each) for each in asked), asked
    assert "elsewhere.example" not in shown.replace("<a href='other.html'", "")
    assert "onload" not in shown and "javascript:" not in shown.lower()
    assert 'href="other.html"' in shown, "what only a click would load stays as it was written"


def test_a_stylesheet_loads_its_imports_and_pictures_from_the_archive(store: Store) -> None:
    shown, _ = page(store, "/static/look.css")
    assert f'@import url("/-/page/{identity(store, "/static/more.css")}")' in shown
    assert f'url("/-/raw/{identity(store, "/static/logo.png")}")' in shown
    assert "@font-face" not in shown, "a font that is not in the archive goes with its rule"


def test_a_cell_with_hidden_text_is_not_marked_in_the_page(store: Store) -> None:
    cell = Cell(table="review", row="a", column="b", raw="12", value=12, state="number", position=(0, 0, 1))
    assert not page(store, "/report.html", cell)[1]
    label = Cell(table="review", row="a", column="b", raw="件", value=None, state="unreadable", position=(0, 0, 0))
    shown, found = page(store, "/report.html", label)
    assert found and 'id="gongkai-cell">件<' in shown
