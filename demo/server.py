"""The demo portals on loopback: real HTTP/1.1 servers with ETag, Last-Modified and 304, and a log of what was asked."""

from __future__ import annotations

import errno
import hashlib
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from demo.portals.family import Resource, Site
from demo.writing import Report

#: The demo's own ports: fixed, so that a demo run that was killed finds the same addresses again.
FIRST_PORT = 18641


class PortInUse(OSError):
    """A demo portal's port is taken; the message says by which address and what to do."""


@dataclass(frozen=True)
class Portal:
    """A portal that can be served. ``site`` gives its addresses in a state (1, then 2 after ``advance``)."""

    name: str
    title: str
    family: str
    site: Callable[[int], Site]
    port: int = 0  # 0: any free one


@dataclass(frozen=True)
class Request:
    """One request as the server saw it."""

    portal: str
    method: str
    path: str
    status: int
    conditional: bool
    user_agent: str


@dataclass(frozen=True)
class Expected:
    """A report that is to be found, and what is true of it."""

    portal: str
    organ: str
    year: int
    title: str
    published: date
    url: str  # where the figures are: the page, or its attachment
    page: str  # the page
    column: str
    kind: str  # html, pdf, docx
    verdict: str
    report: Report


class DemoServer:
    """A context manager that serves portals. ``homes`` are their addresses, in the order given."""

    def __init__(self, portals: Sequence[Portal], host: str = "127.0.0.1") -> None:
        self.portals = list(portals)
        self.host = host
        self.state = 1
        self.log: list[Request] = []
        self._servers: dict[str, _PortalServer] = {}
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> DemoServer:
        try:
            for portal in self.portals:
                self._servers[portal.name] = _PortalServer(self, portal)
        except BaseException:
            self._close()
            raise
        for server in self._servers.values():
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
            thread.start()
            self._threads.append(thread)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for server in self._servers.values():
            server.shutdown()
        for thread in self._threads:
            thread.join()
        self._close()

    def _close(self) -> None:
        for server in self._servers.values():
            server.server_close()

    @property
    def homes(self) -> list[str]:
        """The portals' home pages."""
        return [self.home(portal.name) for portal in self.portals]

    def home(self, portal: str) -> str:
        """One portal's home page."""
        return f"http://{self.host}:{self._servers[portal].server_port}/"

    def site(self, portal: str) -> Site:
        """What a portal serves now."""
        return self._servers[portal].site

    def advance(self) -> None:
        """Let time pass on all portals: reports are edited, published late, removed (state 2)."""
        self.state += 1
        for server in self._servers.values():
            server.site = server.portal.site(self.state)

    def expected(self) -> list[Expected]:
        """Every report that is there in the present state."""
        found = []
        for portal in self.portals:
            home = self.home(portal.name).rstrip("/")
            for truth in self.site(portal.name).reports:
                report = truth.article.report
                assert report is not None
                kind = truth.article.file.kind if truth.article.file else "html"
                found.append(
                    Expected(
                        portal.name, report.organ.name, report.year, truth.article.title, truth.article.published,
                        home + truth.path, home + truth.page, home + truth.column, kind, report.verdict, report,
                    )
                )  # fmt: skip
        return found

    def minimum(self) -> int:
        """The fewest requests with which an all-knowing client gets every report: home, robots, lists, reports."""
        sites = [self.site(portal.name) for portal in self.portals]
        return sum(2 + len(site.minimum) + site.unlisted_lists for site in sites)


class _PortalServer(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, demo: DemoServer, portal: Portal) -> None:
        self.demo, self.portal = demo, portal
        self.site = portal.site(demo.state)
        try:
            super().__init__((demo.host, portal.port), _Answer)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise PortInUse(
                    errno.EADDRINUSE,
                    f"port {portal.port} on {demo.host}, where the demo portal {portal.name} belongs, is in use: "
                    "is another demo running?",
                ) from None
            raise

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away (a killed crawl) is no news; the log has what it asked."""


class _Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _PortalServer
    server_version = "Apache-Coyote/1.1"
    sys_version = ""
    timeout = 30
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_POST(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, with_body: bool) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        sent = self.rfile.read(length) if length else b""
        path, _, query = self.path.partition("?")
        found = self.server.site.pages.get(self.path) or self.server.site.dynamic(path, query, sent)
        conditional = "If-None-Match" in self.headers or "If-Modified-Since" in self.headers
        if found is None:
            self._send(404, b"<html><head><title>404</title></head><body>404 Not Found</body></html>", {}, with_body)
            status = 404
        elif found.location is not None:
            self._send(found.status, b"", {"Location": found.location}, with_body)
            status = found.status
        else:
            status = self._send_found(found, with_body)
        agent = self.headers.get("User-Agent", "")
        self.server.demo.log.append(
            Request(self.server.portal.name, self.command, self.path, status, conditional, agent)
        )

    def _send_found(self, found: Resource, with_body: bool) -> int:
        body = found.content()
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        headers = {"ETag": tag, "Last-Modified": format_datetime(found.modified, usegmt=True)}
        if self._unchanged(tag, found):
            self._send(304, None, headers, with_body)
            return 304
        self._send(found.status, body, {"Content-Type": found.media_type, **headers}, with_body)
        return found.status

    def _unchanged(self, tag: str, found: Resource) -> bool:
        if (named := self.headers.get("If-None-Match")) is not None:
            return tag in named
        since = self.headers.get("If-Modified-Since")
        if since is None:
            return False
        try:
            return found.modified <= parsedate_to_datetime(since)
        except (TypeError, ValueError):
            return False

    def _send(self, status: int, body: bytes | None, headers: dict[str, str], with_body: bool) -> None:
        self.send_response(status)
        if status == 404:
            self.send_header("Content-Type", "text/html")
        for name, value in headers.items():
            self.send_header(name, value)
        if body is not None:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body and body:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """The log is ``DemoServer.log``, not standard error."""
