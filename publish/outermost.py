"""The site's outermost layer: the reader's language, strict headers, doors that stay closed, snapshots that change."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, urlencode

from publish import codebook, language, site

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    b"content-security-policy": POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"x-frame-options": b"DENY",
    b"cross-origin-opener-policy": b"same-origin",
    b"permissions-policy": b"camera=(), microphone=(), geolocation=(), interest-cohort=()",
}
# Datasette's pages for its operator: paths of files, threads, settings, permissions. The public has no use for them.
CLOSED = re.compile(
    r"^/(-/(threads|databases|plugins|settings|metadata|versions|actor|allow-debug|permissions|messages|patterns|logout|auth-token)"
    r"(\.json)?$|_internal|_memory)"
)
BOM = "\ufeff".encode()


def outermost(datasette: Any) -> Callable[[Any], Any]:
    """An ASGI middleware around Datasette."""

    def wrap(app: Any) -> Any:
        async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
            served = site.of(datasette)
            if scope["type"] != "http" or served is None:
                await app(scope, receive, send)
                return
            if served.database.refresh():
                await asyncio.to_thread(site.load, datasette, served)
            asked = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
            arguments = dict(asked)
            headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
            spoken = language.choose(arguments, _cookies(headers.get("cookie", "")), headers.get("accept-language", ""))
            language.current.set(spoken)
            kept = asked
            if not scope["path"].startswith("/-/timegate/"):  # what follows it there is a portal's
                # Datasette would take these for columns to filter by.
                kept = [(key, value) for key, value in asked if key not in ("lang", "_bom")]
                kept = with_sort_column(scope["path"], kept)
            if kept != asked:
                scope = dict(scope, query_string=urlencode(kept).encode("latin-1"))
            remember = arguments.get("lang") in language.LANGUAGES
            bom = arguments.get("_bom") == "on" and scope["path"].endswith(".csv")
            closed = bool(CLOSED.match(scope["path"]))
            if closed:
                scope = dict(scope, path="/-/closed", raw_path=b"/-/closed")

            async def answer(message: dict[str, Any]) -> None:
                nonlocal bom
                if message["type"] == "http.response.start":
                    message = dict(message, headers=_headers(message["headers"], spoken if remember else None))
                elif bom and message["type"] == "http.response.body" and message.get("body"):
                    message, bom = dict(message, body=BOM + message["body"]), False
                await send(message)

            await app(scope, receive, answer)

        return application

    return wrap


def with_sort_column(path: str, asked: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The same parameters, with the column that a table is sorted by among those that are shown.

    Datasette's next page begins after the last row's value of it, and fails where the reader left it out.
    """
    if not any(key in ("_col", "_nocol") for key, _ in asked):
        return asked
    table = codebook.tables().get(path.rpartition("/")[2].partition(".")[0])
    by = next((value for key, value in asked if key in ("_sort", "_sort_desc")), None)
    if not by and table:
        by = table.sort_desc or table.sort
    if not by:
        return asked
    kept = [pair for pair in asked if pair != ("_nocol", by)]
    chosen = [value for key, value in kept if key == "_col"]
    return [*kept, ("_col", by)] if chosen and by not in chosen else kept


def _headers(given: list[tuple[bytes, bytes]], remember: str | None) -> list[tuple[bytes, bytes]]:
    """The answer's own headers, with ours where it has none of that name."""
    present = {name.lower() for name, _ in given}
    added = [(name, value) for name, value in HEADERS.items() if name not in present]
    if remember:
        cookie = f"{language.COOKIE}={remember}; Path=/; Max-Age=31536000; SameSite=Lax"
        added.append((b"set-cookie", cookie.encode()))
    added.append((b"vary", b"Cookie, Accept-Language"))
    return [*given, *added]


def _cookies(header: str) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:  # a header that no browser sends is no choice of language
        return {}
