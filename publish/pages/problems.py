"""``/problems`` and ``/problems/KIND``."""

from __future__ import annotations

import sqlite3
from typing import Any
from urllib.parse import urlencode

from publish import problems, site
from publish.language import current, text
from publish.pages.answer import ask, html, missing, whole
from publish.report_page import Row, place_name, places


async def listing(datasette: Any, request: Any) -> Any:
    """Every kind of problem with its number."""
    served = site.of(datasette)
    assert served is not None
    counts = await ask(datasette, lambda c: served.remember("problem counts", c, problems.counts))
    rules = await ask(datasette, lambda c: served.remember(f"failed by rule {current.get()}", c, problems.by_rule))
    crumbs = [(text("home"), "/"), (text("nav_problems"), None)]
    return await html(
        datasette,
        request,
        "problems.html",
        {"counts": counts, "rules": rules, "kinds": problems.KINDS, "crumbs": crumbs},
    )


async def one(datasette: Any, request: Any) -> Any:
    """One kind of problem, a page at a time, by year and by place if asked."""
    kind = problems.KINDS.get(request.url_vars["kind"])
    if kind is None:
        return await missing(datasette, request)
    served = site.of(datasette)
    assert served is not None
    page = max(1, whole(request, "page", 1))
    year = whole(request, "year") or None
    offset = (min(page, 200) - 1) * problems.PER_PAGE
    asked = (request.args.get("place") or "")[:12] if kind.by_place else ""
    above = await ask(datasette, lambda c: places(c, asked or None))
    place = above[-1] if above else None
    code = place["code"] if place else None

    def read(connection: sqlite3.Connection) -> list[Row]:
        return kind.read(connection, offset, year, code)

    # What is said in the reader's language is made for each reader.
    in_words = kind.key in ("inconsistent", "edits", "corrections")
    key = f"problems {kind.key} {offset} {year} {code}"
    found = await ask(datasette, read if in_words else lambda c: served.remember(key, c, read))
    years = sorted({at for at, _ in served.summary.verdicts}, reverse=True)
    crumbs = [(text("home"), "/"), (text("nav_problems"), "/problems"), (text(f"p_{kind.key}"), None)]
    kept = {"place": code, "year": year}
    return await html(datasette, request, "problem.html", {
        "kind": kind, "rows": found, "page": page, "year": year, "years": years, "crumbs": crumbs,
        "place": place, "place_name": place_name, "more": len(found) == problems.PER_PAGE,
        "address": lambda **changed: _address(kind.key, kept | changed),
    })  # fmt: skip


def _address(kind: str, chosen: dict[str, Any]) -> str:
    asked = urlencode({key: value for key, value in chosen.items() if value})
    return f"/problems/{kind}{'?' if asked else ''}{asked}"
