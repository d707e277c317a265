"""``/-/timemap/CAPTURE`` and ``/-/timegate/ADDRESS``: the archive as Memento clients ask it (RFC 7089).

An address's mementos are its captures with a representation: neither redirects nor answers without a body of their own
(304) are among them. Each is at ``/-/raw/CAPTURE``, with ``headers_of``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any
from urllib.parse import quote

from datasette.utils.asgi import NotFound, Response

from publish import archived
from publish.language import text
from publish.pages.answer import ask, base
from publish.report_page import Row

MEDIA_TYPE = "application/link-format"
_URI = "%/:=&?~#+!$,;'@()*[]"  # of RFC 3986, and the per cent sign: what is encoded stays so


async def timemap(datasette: Any, request: Any) -> Response:
    """Every memento of a capture's address."""
    identity = request.url_vars["capture"]

    def look(connection: sqlite3.Connection) -> tuple[Row, list[Row]] | None:
        capture = archived.capture_row(connection, identity)
        return None if capture is None else (capture, _mementos(connection, capture["url"]))

    found = await ask(datasette, look)
    if found is None:
        raise NotFound(text("not_found"))
    capture, mementos = found
    span = f'; from="{http_date(mementos[0]["time"])}"; until="{http_date(mementos[-1]["time"])}"' if mementos else ""
    lines = [
        f'<{uri(capture["url"])}>; rel="original"',
        f'<{_timemap(request, identity)}>; rel="self"; type="{MEDIA_TYPE}"{span}',
        f'<{_timegate(request, capture["url"])}>; rel="timegate"',
        *(_link(request, mementos, at) for at in range(len(mementos))),
    ]
    return Response(",\n".join(lines) + "\n", content_type=f"{MEDIA_TYPE}; charset=utf-8")


async def timegate(datasette: Any, request: Any) -> Response:
    """Sends on to the memento of an address that is nearest to ``Accept-Datetime``; without it, to the last one."""
    query = request.query_string
    # Not from the route: Datasette takes ~ for the beginning of a code.
    address = request.path.partition("/-/timegate/")[2] + (f"?{query}" if query else "")
    asked = request.headers.get("accept-datetime")
    try:
        wanted = parsedate_to_datetime(asked) if asked else None
    except ValueError:
        return Response(text("bad_request"), status=400, content_type="text/plain; charset=utf-8")

    mementos = await ask(datasette, lambda connection: _mementos(connection, address))
    if not mementos:
        raise NotFound(text("not_found"))
    chosen = mementos[-1]
    if wanted is not None:
        moment = wanted if wanted.tzinfo else wanted.replace(tzinfo=UTC)
        chosen = min(mementos, key=lambda each: abs(_moment(each["time"]) - moment))
    headers = {
        "location": f"{base(request)}/-/raw/{chosen['id']}",
        "vary": "accept-datetime",
        "link": f'<{uri(address)}>; rel="original", '
        f'<{_timemap(request, chosen["id"])}>; rel="timemap"; type="{MEDIA_TYPE}"',
    }
    return Response("", status=302, headers=headers, content_type="text/plain; charset=utf-8")


def headers_of(capture: Row, request: Any) -> dict[str, str]:
    """What a memento says of itself: its time, and where its original and the others are."""
    return {
        "memento-datetime": http_date(capture["time"]),
        "link": f'<{uri(capture["url"])}>; rel="original", '
        f'<{_timemap(request, capture["id"])}>; rel="timemap"; type="{MEDIA_TYPE}", '
        f'<{_timegate(request, capture["url"])}>; rel="timegate"',
    }


def status_of(capture: Row) -> int:
    """The status of a memento: that of an answer which was a failure is the same again."""
    return capture["status"] if 400 <= capture["status"] < 600 else 200


def uri(url: str) -> str:
    """An archived address in a link: what may not stand in a URI is encoded."""
    return quote(url, safe=_URI)


def http_date(time: str) -> str:
    """A capture's time as HTTP has it."""
    return format_datetime(_moment(time), usegmt=True)


def _moment(time: str) -> datetime:
    moment = datetime.fromisoformat(time)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _mementos(connection: sqlite3.Connection, address: str) -> list[Row]:
    captures = archived.captures_of(connection, address)
    return [
        each
        for each in captures
        if (each["kind"] != "resource" or each["status"] == 200) and not 300 <= each["status"] < 400
    ]


def _link(request: Any, mementos: Sequence[Row], at: int) -> str:
    names = (("first", at == 0), ("last", at == len(mementos) - 1), ("memento", True))
    relation = " ".join(name for name, holds in names if holds)
    each = mementos[at]
    return f'<{base(request)}/-/raw/{each["id"]}>; rel="{relation}"; datetime="{http_date(each["time"])}"'


def _timemap(request: Any, identity: str) -> str:
    return f"{base(request)}/-/timemap/{identity}"


def _timegate(request: Any, address: str) -> str:
    return f"{base(request)}/-/timegate/{uri(address).replace('#', '%23')}"
