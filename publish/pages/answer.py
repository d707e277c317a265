"""What pages have in common: asking the database in its thread, and answering in HTML."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from datasette.utils.asgi import Response

from publish import site
from publish.language import current, text

Answer = TypeVar("Answer")
CACHE = "max-age=60"


async def ask(datasette: Any, question: Callable[[sqlite3.Connection], Answer]) -> Answer:
    """Run a function of a connection on the served database."""
    served = site.of(datasette)
    assert served is not None
    return await served.database.execute_fn(question)


async def html(datasette: Any, request: Any, template: str, context: dict[str, Any], status: int = 200) -> Response:
    """A page from a template."""
    body = await datasette.render_template(template, context, request=request, view_name=template.removesuffix(".html"))
    return Response.html(body, status=status, headers={"cache-control": CACHE})


async def html_once(
    datasette: Any, request: Any, template: str, make: Callable[[], Awaitable[dict[str, Any]]]
) -> Response:
    """A page that says the same to everybody of one language, rendered once a snapshot."""
    served = site.of(datasette)
    assert served is not None
    if request.query_string or served.database.is_mutable:
        return await html(datasette, request, template, await make())
    remembered, key = served.remembered, f"page {template} {current.get()}"
    body = remembered.get(key)
    if body is None:
        answer = await html(datasette, request, template, await make())
        body = remembered[key] = answer.body
    return Response.html(body, headers={"cache-control": CACHE})


async def missing(datasette: Any, request: Any, title: str | None = None) -> Response:
    """The page that says that there is nothing here."""
    return await html(
        datasette, request, "error.html", {"status": 404, "title": title or text("not_found"), "error": ""}, 404
    )


def base(request: Any) -> str:
    """The site's address as the reader wrote it: scheme and host."""
    return f"{request.scheme}://{request.host}"


def whole(request: Any, name: str, otherwise: int = 0) -> int:
    """A parameter of the address as a whole number below a million; whatever else was written is as if not given."""
    written = request.args.get(name) or ""
    return int(written) if written.isascii() and written.isdigit() and len(written) < 7 else otherwise
