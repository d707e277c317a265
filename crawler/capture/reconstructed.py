"""Request and answer put together again from what the framework keeps, where the tap on the wire does not fit it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response


def rebuilt_request(request: Request) -> bytes:
    """A request put together again from what the framework kept of it."""
    parts = urlsplit(request.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [f"{request.method} {target} HTTP/1.1".encode(), f"Host: {parts.netloc.rpartition('@')[2]}".encode()]
    lines += _header_lines(request.headers, ())
    return b"\r\n".join(lines) + b"\r\n\r\n" + request.body


def rebuilt_response(response: Response) -> bytes:
    """An answer put together again: without chunks, its length stated."""
    lines = [f"{response.protocol or 'HTTP/1.1'} {response.status} {phrase(response.status)}".rstrip().encode()]
    lines += _header_lines(response.headers, (b"transfer-encoding", b"content-length"))
    lines.append(f"Content-Length: {len(response.body)}".encode())
    return b"\r\n".join(lines) + b"\r\n\r\n" + response.body


def phrase(status: int) -> str:
    """The reason phrase that RFC 9110 gives a status; the server's own is lost."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _header_lines(headers: Any, without: tuple[bytes, ...]) -> list[bytes]:
    return [name + b": " + value for name, values in headers.items() if name.lower() not in without for value in values]
