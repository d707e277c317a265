"""What a reader sees when something fails: one page, the status, and nothing of the machine."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from datasette.utils.asgi import Base400, Response
from datasette.views.base import DatasetteError

from publish.language import text

log = logging.getLogger("gongkai.site")


def answer(datasette: Any, request: Any, exception: Exception) -> Callable[[], Awaitable[Response]]:
    """The answer to a request that failed. What was not foreseen goes to the log, with its trace."""

    async def render() -> Response:
        status, message = 500, ""
        if isinstance(exception, Base400):
            status, message = exception.status, str(exception.args[0]) if exception.args else ""
        elif isinstance(exception, DatasetteError):
            # Datasette says 500 of an address that names a column which there is not.
            status = 400 if exception.status == 500 else exception.status
            message = str(exception.message) if not exception.message_is_html else text("too_slow")
        else:
            log.error("failed: %s", request.path if request else "?", exc_info=exception)
        return await page(datasette, request, status, message)

    return render


async def page(datasette: Any, request: Any, status: int, message: str) -> Response:
    """The page of a failure; its JSON where the address asks for JSON."""
    title = text({403: "forbidden", 404: "not_found"}.get(status, "bad_request" if status < 500 else "error_title"))
    if request is not None and request.path.split("?")[0].endswith(".json"):
        body = {"ok": False, "error": message or title, "status": status}
        return Response.json(body, status=status, headers={"access-control-allow-origin": "*"})
    context = {"status": status, "title": title, "error": message}
    return Response.html(await datasette.render_template("error.html", context, request=request), status=status)
