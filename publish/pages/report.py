"""``/report/ORGAN-YEAR``: one report."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from publish import report_page, site
from publish.citation import cite
from publish.language import text
from publish.pages.answer import ask, base, html, missing


async def page(datasette: Any, request: Any) -> Any:
    """The page of a report."""
    identity = unquote(request.url_vars["id"])
    found = await ask(datasette, lambda connection: report_page.assemble(connection, identity))
    if found is None:
        return await missing(datasette, request, text("no_report"))
    served = site.of(datasette)
    crumbs: list[tuple[str, str | None]] = [(text("home"), "/"), (text("nav_places"), "/places")]
    crumbs += [(report_page.place_name(place), f"/place/{place['code']}") for place in found.place]
    crumbs += [(found.organ["name"], f"/organ/{found.organ['id']}"), (str(found.report["year"]), None)]
    return await html(datasette, request, "report.html", {
        "page": found, "numbers": report_page.NUMBERS, "beside": report_page.BESIDE, "crumbs": crumbs,
        "citation": cite(found, served.version if served else "", base(request)),
    })  # fmt: skip
