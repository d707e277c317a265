"""``/problems`` and ``/problems/KIND``."""

from __future__ import annotations

from typing import Any

from publish import problems, site
from publish.language import current, text
from publish.pages.answer import ask, html, missing, whole


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
    """One kind of problem, a page at a time, by year if asked."""
    kind = problems.KINDS.get(request.url_vars["kind"])
    if kind is None:
        return await missing(datasette, request)
    served = site.of(datasette)
    assert served is not None
    page = max(1, whole(request, "page", 1))
    year = whole(request, "year") or None
    offset = (min(page, 200) - 1) * problems.PER_PAGE
    found = await ask(datasette, lambda c: served.remember(f"problems {kind.key} {offset} {year}", c,
    lambda c: kind.read(c, offset, year))
                      if kind.key != "inconsistent" and kind.key != "edits" else kind.read(c, offset,
                      year))  # fmt: skip
    years = sorted({at for at, _ in served.summary.verdicts}, reverse=True)
    crumbs = [(text("home"), "/"), (text("nav_problems"), "/problems"), (text(f"p_{kind.key}"), None)]
    return await html(datasette, request, "problem.html", {
        "kind": kind, "rows": found, "page": page, "year": year, "years": years, "crumbs": crumbs,
        "more": len(found) == problems.PER_PAGE,
    })  # fmt: skip
