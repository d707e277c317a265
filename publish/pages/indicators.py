"""``/indicators`` and ``/indicators/CODE``: definitions, trends, ranking, tiles, distribution, comparison."""

from __future__ import annotations

import sqlite3
from typing import Any
from urllib.parse import unquote

import data
from publish import charts, codebook, site, summary
from publish.language import current, pick, text
from publish.pages.answer import ask, html, missing
from publish.report_page import first, rows

Basis = tuple[str | None, str]
SHARES = [(at / 10, (at + 1) / 10) for at in range(10)]
COUNTS = [(0, 1), (1, 3), (3, 10), (10, 30), (30, 100), (100, 300), (300, 1000), (1000, 3000), (3000, 10**9)]


async def listing(datasette: Any, request: Any) -> Any:
    """Every indicator with its definition and formula."""
    groups = []
    known = summary.indicators()
    for group in data.load_yaml("indicators.yaml")["groups"]:
        groups.append((pick(group), [known[entry["code"]] for entry in group["indicators"]]))
    crumbs = [(text("home"), "/"), (text("nav_indicators"), None)]
    return await html(datasette, request, "indicators.html", {"groups": groups, "crumbs": crumbs})


async def one(datasette: Any, request: Any) -> Any:
    """One indicator over years, provinces and organs."""
    indicator = summary.indicators().get(unquote(request.url_vars["code"]))
    if indicator is None:
        return await missing(datasette, request)
    served = site.of(datasette)
    assert served is not None
    bases = _bases(served.summary, indicator)
    level, kind = _basis(request.args.get("basis"), bases)
    verified = request.args.get("verified") == "1"
    years = sorted({key[0] for key in served.summary.sums[indicator.code]})
    year = int(request.args.get("year") or 0)
    year = year if year in years else (years[-1] if years else 0)
    chosen = [organ for organ in request.args.getlist("organ") if organ][:6]
    percent = indicator.denominator is not None and indicator.scale == 1
    title = codebook.column("panel", indicator.code).title(current.get())

    trend = served.summary.pooled(indicator, "year", level=level, kind=kind, only_verified=verified)
    places = served.summary.pooled(indicator, "province", level=level, kind=kind, only_verified=verified, year=year)
    names = await ask(datasette, lambda c: served.remember(f"provinces {current.get()}", c, _provinces))
    distribution = await ask(datasette, lambda c: served.remember(
        f"distribution {indicator.code} {year} {level} {kind} {verified}", c,
        lambda c: _distribution(c, indicator, year, level, kind, verified, percent)))  # fmt: skip
    compared = await ask(datasette, lambda c: _compared(c, indicator, chosen))
    values = [
        {
            "year": str(at),
            "series": basis_label(level, kind),
            "value": summary.value(indicator, pooled),
            "reports": pooled.used,
        }
        for at, pooled in sorted(trend.items())
    ]
    ranked = [
        {
            "name": names.get(code, code or text("without_division")),
            "code": code,
            "value": summary.value(indicator, pooled),
            "reports": pooled.used,
        }
        for code, pooled in places.items()
        if summary.value(indicator, pooled) is not None
    ]
    ranked.sort(key=lambda row: -row["value"])
    used, reports = sum(each.used for each in trend.values()), sum(each.reports for each in trend.values())
    crumbs = [(text("home"), "/"), (text("nav_indicators"), "/indicators"), (title, None)]
    return await html(datasette, request, "indicator.html", {
        "indicator": indicator, "title": title, "crumbs": crumbs, "bases": bases, "basis_label": basis_label,
        "level": level, "kind": kind,
        "verified_only": verified, "year": year, "years": years, "percent": percent, "ranked": ranked, "used": used,
        "reports": reports,
        "trend": charts.lines([row for row in values if row["value"] is not None], title, text("year"),
        percent=percent) if values else None,
        "values": values, "ranking": charts.ranking(ranked, title, percent=percent) if len(ranked) > 1 else None,
        "tiles": charts.tiles(tiled, title, percent=percent) if (tiled := _tiles(ranked)) else None,
        "distribution": charts.histogram(distribution, title,
        text("organs_axis")) if any(row["organs"] for row in distribution) else None,
        "compared": compared, "comparison": charts.lines(compared["values"], title, text("year"),
        percent=percent) if compared["values"] else None,
    })  # fmt: skip


def basis_label(level: str | None, kind: str) -> str:
    """Whose reports are counted, in words."""
    return (
        f"{codebook.value_label(level or 'unknown_level', current.get())} · {codebook.value_label(kind, current.get())}"
    )


def _bases(sums: summary.Summary, indicator: summary.Indicator) -> list[Basis]:
    """Whose reports there are: levels, governments before departments, those of which there are most first."""
    counted: dict[Basis, int] = {}
    for (_, _, level, kind), pooled in sums.sums[indicator.code].items():
        counted[(level, kind)] = counted.get((level, kind), 0) + pooled.used
    return sorted(counted, key=lambda basis: (basis[1] != "government", -counted[basis], str(basis[0])))


def _basis(asked: str | None, bases: list[Basis]) -> Basis:
    """The level and kind asked for; else the governments of which there are most reports."""
    for level, kind in bases:
        if asked == f"{level}-{kind}":
            return level, kind
    return bases[0] if bases else ("prefecture", "government")


def _provinces(connection: sqlite3.Connection) -> dict[str, str]:
    return {
        row["code"]: row["name_en"] if current.get() == "en" else row["name"]
        for row in rows(connection, "SELECT code, name, name_en FROM division WHERE level = 'province'")
    }


def _tiles(ranked: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if not ranked:
        return []
    places = data.load_yaml("indicators.yaml")["tiles"]
    values = [row["value"] for row in ranked]
    middle = (min(values) + max(values)) / 2
    return [
        row
        | {
            "x": places[row["code"]][0],
            "y": places[row["code"]][1],
            "short": places[row["code"]][2],
            "dark": row["value"] > middle,
        }
        for row in ranked
        if row["code"] in places
    ]


def _distribution(
    connection: sqlite3.Connection, indicator: summary.Indicator, year: int, level: str | None, kind: str,
    verified: bool, percent: bool
) -> list[dict[str, Any]]:  # fmt: skip
    """Organs by class of value, in one year."""
    condition = " AND verdict = 'verified'" if verified else ""
    found = connection.execute(
        f"SELECT {indicator.code} FROM panel WHERE year = ? AND (kind = 'government') = ? AND level IS ? AND "
        f"{indicator.code} IS NOT NULL{condition}",
        (year, kind == "government", level),
    )
    values = [row[0] for row in found]
    classes = SHARES if percent else COUNTS
    out = []
    for low, high in classes:
        last = (low, high) == classes[-1]
        label = (
            f"{low * 100:.0f}–{high * 100:.0f}%"
            if percent
            else (f"{low}+" if last else str(low) if high - low == 1 else f"{low}–{high - 1}")
        )
        out.append(
            {
                "class": label,
                "organs": sum(low <= value and (value < high or (last and value <= high)) for value in values),
            }
        )
    return out


def _compared(connection: sqlite3.Connection, indicator: summary.Indicator, organs: list[str]) -> dict[str, Any]:
    """The chosen organs' values by year."""
    values, names = [], []
    for identity in organs:
        organ = first(connection, "SELECT id, name FROM organ WHERE id = ?", identity)
        if organ is None:
            continue
        names.append(organ)
        for row in rows(
            connection, f"SELECT year, {indicator.code} AS value FROM panel WHERE organ = ? ORDER BY year", identity
        ):
            if row["value"] is not None:
                values.append({"year": str(row["year"]), "series": organ["name"], "value": row["value"]})
    return {"organs": names, "values": values}
