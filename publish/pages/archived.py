"""``/archive/CAPTURE``, ``/-/raw/CAPTURE``, ``/-/page/CAPTURE``, ``/-/picture/CAPTURE``.

What a portal wrote is shown from this site's origin only inside a sandbox without scripts, in which nothing is loaded
from anywhere else.
"""

from __future__ import annotations

import sqlite3
from typing import Any
from urllib.parse import urlencode

from datasette.utils.asgi import NotFound, Response

import archive as keeping
from publish import archived, replayed, site
from publish.language import text
from publish.pages import memento
from publish.pages.answer import ask, base, html, missing
from publish.report_page import Row, first

RAW_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
PAGE_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline' {site}; img-src data: {site}; frame-ancestors 'self'"
)
FOR_EVER = "max-age=31536000, immutable"
INLINE = ("text/html", "text/plain", "text/css", "application/xhtml+xml", "application/pdf", "image/")


async def page(datasette: Any, request: Any) -> Any:
    """The archived page with its time, digest and place in the archive; a figure's cell highlighted if one is asked
    for.
    """
    identity, report, code = request.url_vars["capture"], request.args.get("report"), request.args.get("cell")
    served = site.of(datasette)
    assert served is not None

    def look(connection: sqlite3.Connection) -> dict[str, Any] | None:
        capture = archived.capture_row(connection, identity)
        if capture is None:
            return None
        located = archived.locate(connection, capture, report, code)
        grids: list[archived.ShownGrid] = []
        sheet: archived.Sheet | None = None
        found, failure = False, ""
        try:
            record = archived.as_read(connection, served.archive, capture)
            if located.how == "html":
                found = replayed.page_with_mark(connection, capture, record, located.cell)[1]
                if located.cell is not None and not found:  # drawn without a table, or with hidden text in the cell
                    grids, found = archived.grids(record, capture, located.cell)
                    located.how = "grid" if found else "html"
            elif located.how == "picture":
                sheet, found = archived.sheet_of(record, located.page), bool(located.cell and located.cell.box)
            else:
                grids, found = archived.grids(record, capture, located.cell)
        except (keeping.ArchiveError, OSError) as error:
            failure = type(error).__name__
        about = (
            first(
                connection,
                "SELECT r.id, r.year, o.name AS organ_name FROM report r JOIN organ o ON o.id = r.organ WHERE r.id = ?",
                report,
            )
            if report
            else None
        )
        return {"located": located, "grids": grids, "found": found, "sheet": sheet, "failure": failure, "report": about,
                "captures": archived.captures_of(connection, capture["url"])}  # fmt: skip

    found = await ask(datasette, look)
    if found is None:
        return await missing(datasette, request)
    crumbs: list[tuple[str, str | None]] = [(text("home"), "/")]
    if found["report"]:
        crumbs.append(
            (f"{found['report']['organ_name']} {found['report']['year']}", f"/report/{found['report']['id']}")
        )
    crumbs.append((text("archived_page"), None))
    asked = {key: value for key, value in (("report", report), ("cell", code)) if value}
    return await html(
        datasette,
        request,
        "archived.html",
        {**found, "capture": found["located"].capture, "asked": urlencode(asked), "crumbs": crumbs},
    )


async def raw(datasette: Any, request: Any) -> Response:
    """The exact body of an answer, as the server meant it, in a sandbox; with its status where that was a failure."""
    capture, record = await _record(datasette, request)
    kind = capture["media_type"] or "application/octet-stream"
    declared = next(
        (value.decode("latin-1") for name, value in record.headers if name.lower() == b"content-type"), kind
    )
    headers = _headers(capture, request) | {"content-security-policy": RAW_POLICY, "cache-control": FOR_EVER}
    if not kind.startswith(INLINE):
        headers["content-disposition"] = f'attachment; filename="{capture["id"]}"'
    safe = "".join(character for character in declared if 32 <= ord(character) < 127)
    status = memento.status_of(capture)
    return Response(record.body, status=status, content_type=safe or kind, headers=headers)


async def replay(datasette: Any, request: Any) -> Response:
    """The archived HTML without what runs, with the cell marked, for the frame of ``/archive/CAPTURE``; or a stylesheet
    that such a page needs."""
    identity, report, code = request.url_vars["capture"], request.args.get("report"), request.args.get("cell")
    served = site.of(datasette)
    assert served is not None

    def make(connection: sqlite3.Connection) -> tuple[Row, bytes] | None:
        capture = archived.capture_row(connection, identity)
        if capture is None:
            return None
        if capture["media_type"] == "text/css":
            sheet = archived.body_of(connection, served.archive, capture)
            return capture, replayed.stylesheet(connection, capture, sheet)
        located = archived.locate(connection, capture, report, code)
        of = archived.as_read if located.cell is not None else archived.body_of
        record = of(connection, served.archive, capture)
        return capture, replayed.page_with_mark(connection, capture, record, located.cell)[0]

    try:
        found = await ask(datasette, make)
    except keeping.ArchiveError as error:
        raise NotFound(text("not_in_archive")) from error
    if found is None:
        raise NotFound(text("not_found"))
    headers = _headers(found[0], request) | {"content-security-policy": PAGE_POLICY.format(site=base(request))}
    kind = "text/css" if found[0]["media_type"] == "text/css" else "text/html"
    return Response(found[1], content_type=f"{kind}; charset=utf-8", headers=headers)


async def picture(datasette: Any, request: Any) -> Response:
    """A page of an archived PDF as a picture, the figure's box drawn in it."""
    identity, report, code = request.url_vars["capture"], request.args.get("report"), request.args.get("cell")
    asked = request.args.get("page") or "0"
    number = int(asked) if asked.isdigit() and len(asked) < 5 else 0
    served = site.of(datasette)
    assert served is not None

    def make(connection: sqlite3.Connection) -> bytes | None:
        capture = archived.capture_row(connection, identity)
        if capture is None:
            return None
        cell = archived.locate(connection, capture, report, code).cell
        box = cell.box[1:] if cell and cell.box and cell.box[0] == number else None
        return archived.picture(archived.body_of(connection, served.archive, capture), number, box)

    try:
        found = await ask(datasette, make)
    except keeping.ArchiveError as error:
        raise NotFound(text("not_in_archive")) from error
    if found is None:
        raise NotFound(text("not_found"))
    return Response(found, content_type="image/png", headers={"cache-control": "max-age=3600"})


async def _record(datasette: Any, request: Any) -> tuple[Row, keeping.ArchivedRecord]:
    identity = request.url_vars["capture"]
    served = site.of(datasette)
    assert served is not None

    def look(connection: sqlite3.Connection) -> tuple[Row, keeping.ArchivedRecord] | None:
        capture = archived.capture_row(connection, identity)
        return None if capture is None else (capture, archived.body_of(connection, served.archive, capture))

    try:
        found = await ask(datasette, look)
    except (keeping.ArchiveError, OSError) as error:
        raise NotFound(text("not_in_archive")) from error
    if found is None:
        raise NotFound(text("not_found"))
    return found


def _headers(capture: Row, request: Any) -> dict[str, str]:
    """What Memento clients read, and what keeps the page in its box."""
    return memento.headers_of(capture, request) | {
        "x-frame-options": "SAMEORIGIN", "x-content-type-options": "nosniff", "referrer-policy": "no-referrer",
        "cross-origin-resource-policy": "cross-origin",
    }  # fmt: skip
