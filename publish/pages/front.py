"""``/``, ``/places``, ``/place/CODE``, ``/organ/ID``: the ways in."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, unquote

from publish import charts, overview, site, spread, summary
from publish.language import pick, text
from publish.pages.answer import ask, html, html_once, missing
from publish.report_page import Row, place_name, rows

BESIDE_PEERS = "disclosure_rate_partly"  # the indicator by which an organ's page shows it among its peers
FIRST_INDICATORS = (
    "new_received", "disclosure_rate_partly", "refusal_rate", "not_held_rate", "not_processed_rate",
    "carried_forward_rate", "reviews_per_100", "review_corrected_rate", "late_share",
)  # fmt: skip
EXAMPLES = ("复议", "自然资源局")


async def front(datasette: Any, request: Any) -> Any:
    """What the data is, how much of it there is, and every way in."""
    served = site.of(datasette)
    assert served is not None

    def gather(connection: sqlite3.Connection) -> dict[str, Any]:
        return {
            "totals": overview.totals(connection), "matrix": overview.matrix(connection, None),
            "portals": overview.portal_matrix(connection),
            "initials": overview.example_initials(connection),
            "newest": overview.newest(connection), "edits": overview.edits(connection),
        }  # fmt: skip

    async def make() -> dict[str, Any]:
        known = summary.indicators()
        found: dict[str, Any] = await ask(datasette, gather)
        return {
            **found, "portal_link": _list_of_portal, "portal_of": _portal_page,
            "figures": served.counts.get("figure_long"), "examples": (*EXAMPLES, *found["initials"]),
            "all_years": sorted({year for year, _ in served.summary.verdicts}, reverse=True),
            "matrix_link": _list_of_province,
            "indicators": [known[code] for code in FIRST_INDICATORS], "place_of": lambda code: f"/place/{code}",
        }  # fmt: skip

    return await html_once(datasette, request, "front.html", make)


def _list_of_province(code: str, year: int) -> str:
    return f"/gongkai/panel?province__exact={code}&year__exact={year}"


def _list_of_portal(identity: str, year: int) -> str:
    return f"/gongkai/panel?portal__exact={quote(identity)}&year__exact={year}&division__isnull=1"


def _portal_page(identity: str) -> str:
    return f"/portal/{quote(identity, safe='')}"


def _list_of_place(code: str, year: int) -> str:
    column = "prefecture" if code.endswith("00") else "division"
    return f"/gongkai/panel?{column}__exact={code}&year__exact={year}"


def _all_of_place(place: dict[str, Any]) -> str:
    """The filter of the panel that keeps the reports of a place and of all below it."""
    column = place["level"] if place["level"] in ("province", "prefecture") else "division"
    return f"{column}__exact={place['code']}"


def _way(above: Iterable[Row], here: str) -> list[tuple[str, str | None]]:
    """The crumbs of a page below some places, the widest first: name and address, the last without one."""
    passed = [(place_name(row), f"/place/{row['code']}") for row in above]
    return [(text("home"), "/"), (text("nav_places"), "/places"), *passed, (here, None)]


async def places(datasette: Any, request: Any) -> Any:
    """All provinces and the places below them."""

    def gather(connection: sqlite3.Connection) -> dict[str, Any]:
        return {"matrix": overview.matrix(connection, None), "portals": overview.portal_matrix(connection),
                "prefectures": rows(connection, (
            "SELECT code, name, name_en, parent FROM division WHERE level = 'prefecture' ORDER BY code"))}  # fmt: skip

    async def make() -> dict[str, Any]:
        found: dict[str, Any] = await ask(datasette, gather)
        below: dict[str, list[Any]] = {}
        for row in found["prefectures"]:
            below.setdefault(row["parent"], []).append(row)
        crumbs: list[tuple[str, str | None]] = [(text("home"), "/"), (text("nav_places"), None)]
        return {
            "matrix": found["matrix"], "portals": found["portals"], "portal_link": _list_of_portal,
            "portal_of": _portal_page, "below": below, "matrix_link": _list_of_province, "crumbs": crumbs,
            "place_of": lambda code: f"/place/{code}",
        }  # fmt: skip

    return await html_once(datasette, request, "places.html", make)


async def place(datasette: Any, request: Any) -> Any:
    """One place: its government's own report beside its departments, never added."""
    code = unquote(request.url_vars["code"])
    served = site.of(datasette)
    assert served is not None
    found = await ask(
        datasette, lambda connection: served.remember(f"place {code}", connection, lambda c: overview.place(c, code))
    )
    if found is None:
        return await missing(datasette, request)
    crumbs = _way(found.above, place_name(found.place))
    values = [
        {"year": str(year), "series": label, "value": known[year]["new_received"]}
        for label, known in ((text("own_report"), found.own), (text("departments"), found.departments))
        for year in found.years
        if year in known and known[year]["new_received"] is not None
    ]
    chart = charts.lines(values, text("new_requests"), text("year")) if len(found.years) > 1 and values else None
    return await html(datasette, request, "place.html", {
        "page": found, "crumbs": crumbs, "panel_filter": _all_of_place(found.place),
        "rate": overview.rate, "matrix": found.matrix, "matrix_link": _list_of_place,
        "chart": chart,
        "place_of": lambda each: f"/place/{each}",
    })  # fmt: skip


async def portal(datasette: Any, request: Any) -> Any:
    """One portal: its organs by years, its crawls and what went wrong."""
    identity = unquote(request.url_vars["id"])
    found = await ask(datasette, lambda connection: overview.portal(connection, identity))
    if found is None:
        return await missing(datasette, request)
    crumbs = _way(found.place, found.portal["name"])
    return await html(datasette, request, "portal.html", {"page": found, "crumbs": crumbs})


async def organ(datasette: Any, request: Any) -> Any:
    """One organ: its years, lateness, missing years, contacts and portal."""
    identity = unquote(request.url_vars["id"])
    found = await ask(datasette, lambda connection: overview.organ(connection, identity))
    if found is None:
        return await missing(datasette, request)
    crumbs = _way(found.place, found.organ["name"])
    values = [
        {"year": str(row["year"]), "series": label, "value": row[code]}
        for row in found.years
        for code, label in (("new_received", text("new_requests")), ("handled_total", text("handled")))
        if row[code] is not None
    ]
    chart = (
        charts.lines(values, text("requests_axis"), text("year")) if len({row["year"] for row in values}) > 1 else None
    )
    served = site.of(datasette)
    assert served is not None
    indicator = summary.indicators()[BESIDE_PEERS]
    kind, level = found.organ["kind"], found.organ["level"]
    known = await ask(datasette, lambda c: served.remember(
        f"quartiles {kind} {level}", c, lambda c: spread.quartiles(c, indicator, kind, level)))  # fmt: skip
    own = {str(row["year"]): row[BESIDE_PEERS] for row in found.years}
    beside = [row | {"value": own.get(row["year"])} for row in known]
    if all(row["value"] is None for row in beside):
        beside = []
    return await html(datasette, request, "organ.html", {
        "page": found, "crumbs": crumbs, "chart": chart,
        "peers": charts.band(beside, pick({"label": indicator.label, "label_en": indicator.label_en}), text("year"),
        charts.number_format(indicator)) if beside else None,
    })  # fmt: skip
