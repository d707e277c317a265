"""``/indicators`` and ``/indicators/CODE``: definitions, trends, ranking, tiles, distribution, funnel, comparison."""

from __future__ import annotations

import sqlite3
from typing import Any
from urllib.parse import unquote, urlencode

import data
from publish import charts, codebook, finding, site, spread, summary
from publish.language import current, pick, text
from publish.pages.answer import ask, html, missing, whole
from publish.report_page import Row, first, rows
from publish.summary import Basis, Indicator

MOST_COMPARED = 6
MOST_BARS = 40
MOST_KINDS = 12


async def listing(datasette: Any, request: Any) -> Any:
    """Every indicator with its definition and formula."""
    served = site.of(datasette)
    assert served is not None
    known = summary.offered(served.summary)
    groups = [
        (pick(group), [known[entry["code"]] for entry in group["indicators"] if entry["code"] in known])
        for group in data.load_yaml("indicators.yaml")["groups"]
    ]
    crumbs = [(text("home"), "/"), (text("nav_indicators"), None)]
    return await html(datasette, request, "indicators.html", {"groups": groups, "crumbs": crumbs})


async def one(datasette: Any, request: Any) -> Any:
    """One indicator over years, provinces and organs; with ``province=``, over the organs of that province."""
    served = site.of(datasette)
    assert served is not None
    indicator = summary.offered(served.summary).get(unquote(request.url_vars["code"]))
    if indicator is None:
        return await missing(datasette, request)
    sums = served.summary
    names: dict[str, str] = await ask(datasette, lambda c: served.remember(f"provinces {current.get()}", c, _provinces))
    asked = request.args.get("province")
    province = asked if asked in names else None
    level, kind = _level_and_kind(request.args.get("basis"), bases := _bases(sums, indicator, province))
    basis = Basis(level, kind, province, request.args.get("verified") == "1")
    years = sorted({key[0] for key in sums.sums[indicator.code]})
    year = whole(request, "year")
    year = year if year in years else (years[-1] if years else 0)
    chosen = list(dict.fromkeys(organ for organ in request.args.getlist("organ") if organ))[:MOST_COMPARED]
    chosen = [] if indicator.of_a_group else chosen
    find = (request.args.get("find") or "").strip()[:60]

    def gather(connection: sqlite3.Connection) -> dict[str, Any]:
        if indicator.of_a_group:  # no organ alone has a value that could be ranked or compared
            ranked = [] if province else _ranked_places(sums, indicator, basis, year, names)
            return {"ranked": ranked, "distribution": [], "funnel": None}
        return {
            "ranked": spread.ranked_organs(connection, indicator, basis, year) if province
            else _ranked_places(sums, indicator, basis, year, names),
            "distribution": spread.distribution(connection, indicator, basis, year),
            "funnel": spread.funnel(connection, indicator, basis, year) if indicator.uncertain else None,
        }  # fmt: skip

    key = f"indicator {current.get()} {indicator.code} {year} {basis}"
    found = await ask(datasette, lambda c: served.remember(key, c, gather))
    compared = await ask(datasette, lambda c: _compared(c, indicator, chosen))
    offered = await ask(datasette, lambda c: finding.organs(c, find)) if find else []
    trend = _trend(sums, indicator, basis, names)
    kinds = _kinds(sums, indicator, basis)
    pooled = sums.pooled(indicator, "year", basis)
    title = codebook_title(indicator)
    ranked = found["ranked"]
    crumbs = [(text("home"), "/"), (text("nav_indicators"), "/indicators"), (title, None)]
    shown = charts.number_format(indicator)
    return await html(datasette, request, "indicator.html", {
        "indicator": indicator, "title": title, "crumbs": crumbs, "bases": bases, "basis": basis, "years": years,
        "year": year, "names": names, "find": find, "offered": offered, "with_organs": _with_organs(request, chosen),
        "used": sum(each.used for each in pooled.values()), "reports": sum(each.reports for each in pooled.values()),
        "compared": compared, "values": trend, "ranked": ranked, "most_bars": MOST_BARS,
        "comparison": charts.lines(compared["values"], title, text("year"), shown) if compared["values"] else None,
        "trend": charts.lines(trend, title, text("year"), shown) if trend else None,
        "ranking": charts.ranking(_bars(ranked), title, shown) if len(ranked) > 1 else None,
        "tiles": charts.tiles(tiled, title, shown) if not province and (tiled := _tiles(ranked)) else None,
        "distribution": charts.histogram(found["distribution"], title, text("organs_axis"))
        if any(row["organs"] for row in found["distribution"]) else None,
        "funnel": charts.funnel(found["funnel"].points, found["funnel"].bounds, title, text("cases"))
        if found["funnel"] else None,
        "kinds": charts.multiples(kinds, title, shown) if kinds else None,
    })  # fmt: skip


def codebook_title(indicator: Indicator) -> str:
    """The indicator's name in the reader's language."""
    return indicator.label_en if current.get() == "en" else indicator.label


def _bases(sums: summary.Summary, indicator: Indicator, province: str | None) -> list[Basis]:
    """Whose reports there are: levels, governments before departments, those of which there are most first."""
    counted: dict[tuple[str | None, str], int] = {}
    for (_, place, level, kind), pooled in sums.sums[indicator.code].items():
        if province in (None, place):
            counted[(level, kind)] = counted.get((level, kind), 0) + pooled.used
    ordered = sorted(counted, key=lambda key: (key[1] != "government", -counted[key], str(key[0])))
    return [Basis(level, kind) for level, kind in ordered if counted[level, kind]]


def _level_and_kind(asked: str | None, bases: list[Basis]) -> tuple[str | None, str]:
    """The level and kind asked for; else the governments of which there are most reports."""
    for basis in bases:
        if asked == f"{basis.level}-{basis.kind}":
            return basis.level, basis.kind
    return (bases[0].level, bases[0].kind) if bases else ("prefecture", "government")


def _provinces(connection: sqlite3.Connection) -> dict[str, str]:
    return {
        row["code"]: row["name_en"] if current.get() == "en" else row["name"]
        for row in rows(
            connection, "SELECT code, name, name_en FROM division WHERE level = 'province' AND code IN "
            "(SELECT DISTINCT province FROM panel) ORDER BY code",
        )
    }  # fmt: skip


def _trend(
    sums: summary.Summary, indicator: Indicator, basis: Basis, names: dict[str, str]
) -> list[dict[str, Any]]:  # fmt: skip
    """The value of every year, of the whole country, and beside it of the province asked for."""
    nation = Basis(basis.level, basis.kind, None, basis.verified)
    shown = [(text("nationwide"), nation)]
    if basis.province:
        shown.insert(0, (names[basis.province], basis))
    return [
        {"year": str(at), "series": label, "value": value, "reports": pooled.used}
        for label, each in shown
        for at, pooled in sorted(sums.pooled(indicator, "year", each).items())
        if (value := summary.value(indicator, pooled)) is not None
        # A sum of the whole country beside one of its provinces would flatten the province's line.
        and not (basis.province and each is nation and indicator.denominator is None)
    ]


def _kinds(sums: summary.Summary, indicator: Indicator, basis: Basis) -> list[dict[str, Any]]:
    """The value of every year by kind of department, of the kinds of which there are most reports."""
    if basis.kind == "government" or basis.province or basis.verified or indicator.of_a_group:
        return []
    known = {kind: by_year for (level, kind), by_year in sums.kinds[indicator.code].items() if level == basis.level}
    most = sorted(known, key=lambda kind: (-sum(each.used for each in known[kind].values()), kind))[:MOST_KINDS]
    return [
        {"year": str(year), "kind": codebook.value_label(kind, current.get()), "value": value, "reports": pooled.used}
        for kind in most
        for year, pooled in sorted(known[kind].items())
        if (value := summary.value(indicator, pooled)) is not None
    ]


def _ranked_places(
    sums: summary.Summary, indicator: Indicator, basis: Basis, year: int, names: dict[str, str]
) -> list[Row]:  # fmt: skip
    ranked = [
        {"name": names.get(code, code or text("without_division")), "code": code, "value": value, "reports": each.used}
        for code, each in sums.pooled(indicator, "province", basis, year=year).items()
        if (value := summary.value(indicator, each)) is not None
    ]
    return sorted(ranked, key=lambda row: -row["value"])


def _bars(ranked: list[Row]) -> list[Row]:
    """The bars of a ranking: names twice in it are told apart by a number, and no more than can be read."""
    seen: dict[str, int] = {}
    bars = []
    for row in ranked[:MOST_BARS]:
        seen[row["name"]] = times = seen.get(row["name"], 0) + 1
        name = row["name"] if times == 1 else f"{row['name']} ({times})"
        bars.append({"name": name, "value": row["value"]} | ({"reports": row["reports"]} if "reports" in row else {}))
    return bars


def _tiles(ranked: list[Row]) -> list[Row]:
    if not ranked:
        return []
    places = data.load_yaml("indicators.yaml")["tiles"]
    highest, lowest = ranked[0]["value"], ranked[-1]["value"]
    middle = lowest + 0.42 * (highest - lowest)  # where white on the scale of colours is as legible as ink
    return [
        row | {
            "x": places[row["code"]][0], "y": places[row["code"]][1],
            "short": places[row["code"]][3 if current.get() == "en" else 2],
            "dark": row["value"] > middle,
        }
        for row in ranked
        if row["code"] in places
    ]  # fmt: skip


def _with_organs(request: Any, chosen: list[str]) -> Any:
    """The present address with other organs chosen: ``add`` one, or ``drop`` one."""

    def address(add: str | None = None, drop: str | None = None) -> str:
        kept = [(key, request.args[key]) for key in ("basis", "year", "province", "verified") if request.args.get(key)]
        organs = [each for each in chosen if each != drop]
        if add and add not in organs:
            organs = [*organs, add][-MOST_COMPARED:]
        return f"?{urlencode([*kept, *(('organ', each) for each in organs)])}"

    return address


def _compared(connection: sqlite3.Connection, indicator: Indicator, organs: list[str]) -> dict[str, Any]:
    """The chosen organs' values by year."""
    values, names = [], []
    for identity in organs:
        organ = first(connection, "SELECT id, name FROM organ WHERE id = ?", identity)
        if organ is None:
            continue
        names.append(organ)
        for row in rows(
            connection, f"SELECT year, {indicator.source} AS value FROM panel WHERE organ = ? ORDER BY year", identity
        ):
            if row["value"] is not None:
                values.append({"year": str(row["year"]), "series": organ["name"], "value": row["value"]})
    return {"organs": names, "values": values}
