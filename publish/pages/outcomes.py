"""``/outcomes``: what became of requests by year, the grounds of refusal, publication against the date due."""

from __future__ import annotations

from typing import Any

from publish import charts, outcomes, site
from publish.language import text
from publish.pages.answer import ask, html


async def page(datasette: Any, request: Any) -> Any:
    """Governments, or departments: never both together."""
    served = site.of(datasette)
    assert served is not None
    government = request.args.get("kind") != "department"
    sums = await ask(
        datasette, lambda c: served.remember(f"outcomes {government}", c, lambda c: outcomes.sums(c, government))
    )
    curves = await ask(
        datasette, lambda c: served.remember(f"published {government}", c, lambda c: outcomes.published(c, government))
    )
    names = outcomes.labels()
    shares = [
        {"year": str(row["year"]), "part": names[code], "order": at, "value": row[code], "reports": row["reports"]}
        for row in sums
        for at, code in enumerate(outcomes.OUTCOMES)
    ]
    heat = [
        {
            "year": str(row["year"]),
            "ground": names[code],
            "count": row[code],
            "value": round(row[code] / row["refused"], 4),
        }
        for row in sums
        if row["refused"]
        for code in outcomes.grounds()
    ]
    crumbs = [(text("home"), "/"), (text("nav_indicators"), "/indicators"), (text("outcomes"), None)]
    context = {
        "government": government, "crumbs": crumbs, "sums": sums, "names": names, "codes": outcomes.OUTCOMES,
        "shares": charts.stacked(shares, text("share_of_handled"), text("year")) if shares else None,
        "heat": charts.heat(heat, text("share_of_refused"), text("year")) if heat else None,
        "curves": charts.curves(curves, text("share_published"), text("days_after_due")) if curves else None,
    }  # fmt: skip
    return await html(datasette, request, "outcomes.html", context)
