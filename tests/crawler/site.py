"""A small portal on loopback for the crawler's tests.

Pages by path, answers as functions where needed, and a log of what was asked.
"""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TABLE = (
    "<h3>一、总体情况</h3><p>{organ}按条例要求编制本报告。</p><h3>二、主动公开政府信息情况</h3>"
    "<h3>三、收到和处理政府信息公开申请情况</h3><table><tr><td>本年新收政府信息公开申请数量</td><td>{figure}</td></tr></table>"
    "<h3>四、政府信息公开行政复议、行政诉讼情况</h3><h3>五、存在的主要问题及改进情况</h3>"
)


@dataclass
class Answer:
    """What the site answers."""

    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    media: str = "text/html; charset=utf-8"


@dataclass
class Asked:
    """One request that came in."""

    method: str
    path: str
    body: str
    headers: dict[str, str]
    status: int = 0
    secure: bool = False  # it came over TLS


Reply = Answer | Callable[[Asked], Answer]


class Site:
    """Pages by path (with query); ``etags`` answers conditional requests."""

    def __init__(self, pages: dict[str, Reply | str], *, etags: bool = True) -> None:
        self.pages: dict[str, Reply] = {}
        self.asked: list[Asked] = []
        self.etags = etags
        for path, page in pages.items():
            self.put(path, page)
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # else each answer waits 40 ms for the acknowledgement of its head
            wbufsize = -1

            def do_GET(self) -> None:
                site.serve(self)

            def do_POST(self) -> None:
                site.serve(self)

            def log_message(self, format: str, *args: object) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.home = f"http://127.0.0.1:{self.port}/"

    def put(self, path: str, page: Reply | str) -> None:
        """Add or replace a page."""
        self.pages[path] = Answer(page) if isinstance(page, str) else page

    def serve(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer one request."""
        length = int(handler.headers.get("Content-Length") or 0)
        asked = Asked(handler.command, handler.path, handler.rfile.read(length).decode(), dict(handler.headers.items()))
        asked.secure = isinstance(handler.connection, ssl.SSLSocket)
        self.asked.append(asked)
        reply = self.pages.get(handler.path)
        if reply is None:
            reply = self.pages.get(handler.path.split("?")[0] + "?*", Answer("<html><title>404</title></html>", 404))
        answer = reply(asked) if callable(reply) else reply
        body = answer.body.encode() if isinstance(answer.body, str) else answer.body
        etag = f'"{md5(body).hexdigest()}"'
        headers = {"Content-Type": answer.media, **answer.headers}
        status = answer.status
        if self.etags and status == 200 and answer.body:
            headers["ETag"] = etag
            if asked.headers.get("If-None-Match") == etag:
                status, body = 304, b""
        asked.status = status
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        if status != 304 and "Content-Length" not in headers:
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)
        handler.close_connection = handler.close_connection or headers.get("Connection") == "close"

    def paths(self) -> list[str]:
        """The paths asked for, robots.txt left out, in order."""
        return [each.path for each in self.asked if each.path != "/robots.txt"]


@contextmanager
def serving(pages: dict[str, Reply | str], *, etags: bool = True) -> Iterator[Site]:
    """A running site."""
    site = Site(pages, etags=etags)
    thread = threading.Thread(target=site.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.server.shutdown()
        site.server.server_close()
        thread.join()


def html(title: str, body: str, head: str = "") -> str:
    """A page."""
    top = f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
    return f"{top}<body>{body}</body></html>"


def report(organ: str, year: int, figure: int = 3, extra: str = "") -> str:
    """A page that reads like a yearly report."""
    title = f"{organ}{year}年政府信息公开工作年度报告"
    return html(title, f"<h1>{title}</h1>{TABLE.format(organ=organ, figure=figure)}{extra}")


def items(*links: tuple[str, str], date: str = "2025-01-20") -> str:
    """A list of links with dates."""
    return (
        "<ul>" + "".join(f'<li><a href="{href}">{text}</a><span>{date}</span></li>' for href, text in links) + "</ul>"
    )
