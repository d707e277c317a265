"""Vega-Lite specifications, drawn by the bundled library in the reader's browser. Data and title are in the page
itself.
"""

from __future__ import annotations

from typing import Any

from publish.summary import Indicator

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"  # an identifier: nothing is fetched from it
INK, LINE, ACCENT = "#1d2529", "#dfdcd2", "#1c5a66"
COLOURS = [ACCENT, "#c28a12", "#6b5b95", "#5b7a3a", "#3c6ea5", "#8a5a44"]
SEAL = "#a3291f"  # what is wrong, and a date due; never one series among others
PALE = "#b9cfd0"  # the oldest of years drawn over each other
# What was given, what was refused, what could not be: the seal's red stays for what is wrong.
OUTCOMES = [ACCENT, "#6fa8a5", "#c28a12", "#d9c49a", "#8c9498", "#c9cccb"]
FONT = "'Source Sans 3', 'Noto Sans CJK SC', 'Source Han Sans SC', 'PingFang SC', sans-serif"

Spec = dict[str, Any]


def _base(values: list[dict[str, Any]], **parts: Any) -> Spec:
    return {
        "$schema": SCHEMA, "background": None, "data": {"values": values}, "width": "container", "height": 260,
        "config": {
            "font": FONT, "view": {"stroke": None}, "range": {"category": COLOURS},
            "axis": {"labelColor": "#4c585e", "titleColor": "#4c585e", "gridColor": "#eeece4", "domainColor": LINE,
            "tickColor": LINE,
                     "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": 400},
            "legend": {"labelFontSize": 12, "titleFontSize": 12, "orient": "top", "title": None, "labelLimit": 260},
        }, **parts,
    }  # fmt: skip


def number_format(indicator: Indicator) -> str:
    """How Vega writes the values of an indicator: per cent, whole numbers, or at most three digits after the point."""
    if indicator.percent:
        return ".1~%"
    return ",d" if indicator.denominator is None else ",.3~f"


def lines(values: list[dict[str, Any]], y_title: str, x_title: str, number: str = ",d") -> Spec:
    """Lines by year: ``year``, ``series``, ``value``."""
    axis = {"format": number, "tickCount": 5} | ({"tickMinStep": 1} if number == ",d" else {})
    encoding = {
        "x": {"field": "year", "type": "ordinal", "title": x_title, "axis": {"labelAngle": 0}},
        "y": {"field": "value", "type": "quantitative", "title": y_title, "axis": axis},
        "color": {"field": "series", "type": "nominal", "sort": None},
        "tooltip": [
            {"field": "series"},
            {"field": "year"},
            {"field": "value", "format": number},
            {"field": "reports", "format": ",d"},
        ],
    }
    if not any("reports" in row for row in values):
        encoding["tooltip"].pop()  # type: ignore[attr-defined]
    return _base(
        values, mark={"type": "line", "point": {"filled": True, "size": 55}, "strokeWidth": 2.2}, encoding=encoding
    )


def ranking(values: list[dict[str, Any]], title: str, number: str = ",d") -> Spec:
    """Horizontal bars, the highest first: ``name``, ``value``."""
    encoding = {
        "y": {"field": "name", "type": "nominal", "sort": "-x", "title": None, "axis": {"labelLimit": 220}},
        "x": {
            "field": "value",
            "type": "quantitative",
            "title": title,
            "axis": {"format": number, "tickCount": 5},
        },
        "tooltip": [
            {"field": "name"},
            {"field": "value", "format": number},
            *([{"field": "reports", "format": ",d"}] if any("reports" in row for row in values) else []),
        ],
    }
    return _base(
        values, mark={"type": "bar", "color": ACCENT, "cornerRadiusEnd": 2}, encoding=encoding, height={"step": 19}
    )


def histogram(values: list[dict[str, Any]], x_title: str, y_title: str) -> Spec:
    """Counts by class: ``class``, ``organs``, in the order given."""
    axis = {"tickCount": 5, "format": ",d", "tickMinStep": 1}
    encoding = {
        "x": {
            "field": "class",
            "type": "ordinal",
            "sort": None,
            "title": x_title,
            "axis": {"labelAngle": -35, "labelFontSize": 11},
        },
        "y": {
            "field": "organs",
            "type": "quantitative",
            "title": y_title,
            "axis": axis,
        },
        "tooltip": [{"field": "class"}, {"field": "organs", "format": ",d"}],
    }
    return _base(values, mark={"type": "bar", "color": ACCENT}, encoding=encoding, height=220)


def tiles(values: list[dict[str, Any]], title: str, number: str = ",d") -> Spec:
    """Provinces as a grid of tiles: ``x``, ``y``, ``name``, ``value``. A map that claims no boundaries."""
    place = {
        "x": {"field": "x", "type": "ordinal", "axis": None, "scale": {"domain": list(range(8))}},
        "y": {"field": "y", "type": "ordinal", "axis": None, "scale": {"domain": list(range(8))}},
    }
    short = ".3~s" if number == ",d" else ".0%" if number.endswith("%") else ",.1~f"
    layer = [
        {"mark": {"type": "rect", "cornerRadius": 3, "stroke": "#fff", "strokeWidth": 2},
         "encoding": {"color": {"field": "value", "type": "quantitative", "title": title,
         "scale": {"range": ["#e8efee", "#14434d"]},
                                "legend": {"orient": "bottom", "gradientLength": 220, "format": short,
                                "title": title}},
                      "tooltip": [{"field": "name"}, {"field": "value", "format": number},
                      {"field": "reports"}]}},
        {"mark": {"type": "text", "fontSize": 11, "dy": -6},
         "encoding": {"text": {"field": "short"}, "color": {"condition": {"test": "datum.dark", "value": "#fff"},
         "value": INK}}},
        {"mark": {"type": "text", "fontSize": 10, "dy": 8},
         "encoding": {"text": {"field": "value", "format": short},
                      "color": {"condition": {"test": "datum.dark", "value": "#fff"}, "value": INK}}},
    ]  # fmt: skip
    return _base(values, encoding=place, layer=layer, width={"step": 54}, height={"step": 46})


def stacked(values: list[dict[str, Any]], y_title: str, x_title: str) -> Spec:
    """Bars of the same height by year, divided: ``year``, ``part``, ``order``, ``value``."""
    encoding = {
        "x": {"field": "year", "type": "ordinal", "title": x_title, "axis": {"labelAngle": 0}},
        "y": {
            "field": "value",
            "type": "quantitative",
            "stack": "normalize",
            "title": y_title,
            "axis": {"format": ".0%"},
        },
        "color": {"field": "part", "type": "nominal", "sort": {"field": "order"}, "scale": {"range": OUTCOMES}},
        "order": {"field": "order"},
        "tooltip": [{"field": "year"}, {"field": "part"}, {"field": "value", "format": ",d"}, {"field": "reports"}],
    }
    return _base(values, mark={"type": "bar"}, encoding=encoding)


def heat(values: list[dict[str, Any]], title: str, x_title: str) -> Spec:
    """A cell a year and ground, darker for a larger share: ``year``, ``ground``, ``value``, ``count``."""
    place = {
        "x": {"field": "year", "type": "ordinal", "title": x_title, "axis": {"labelAngle": 0, "orient": "top"}},
        "y": {"field": "ground", "type": "nominal", "sort": None, "title": None, "axis": {"labelLimit": 220}},
    }
    fill = {"field": "value", "type": "quantitative", "scale": {"range": ["#f6f4ee", "#e08f85"], "domainMin": 0}}
    legend = {"orient": "bottom", "gradientLength": 220, "format": ".0%", "title": title}
    told = [
        {"field": "year"},
        {"field": "ground"},
        {"field": "value", "format": ".1%"},
        {"field": "count", "format": ",d"},
    ]
    shown = {"value": INK}
    layer = [
        {
            "mark": {"type": "rect", "stroke": "#fff"},
            "encoding": {"color": fill | {"title": title, "legend": legend}, "tooltip": told},
        },
        {
            "mark": {"type": "text", "fontSize": 11},
            "encoding": {"text": {"field": "value", "type": "quantitative", "format": ".0%"}, "color": shown},
        },
    ]
    return _base(values, encoding=place, layer=layer, height={"step": 26})


def curves(values: list[dict[str, Any]], y_title: str, x_title: str) -> Spec:
    """Lines over days before and after the date due, which is marked: ``day``, ``series``, ``value``."""
    line = {
        "x": {"field": "day", "type": "quantitative", "title": x_title, "axis": {"tickCount": 8}},
        "y": {"field": "value", "type": "quantitative", "title": y_title, "axis": {"format": ".0%", "tickCount": 5}},
        "color": {"field": "series", "type": "ordinal", "scale": {"range": [PALE, ACCENT]}},
        "tooltip": [{"field": "series"}, {"field": "day"}, {"field": "value", "format": ".1%"}],
    }
    due = {"mark": {"type": "rule", "strokeDash": [4, 4], "color": SEAL}, "encoding": {"x": {"datum": 0}}}
    return _base(values, layer=[{"mark": {"type": "line", "strokeWidth": 2}, "encoding": line}, due])


def funnel(points: list[dict[str, Any]], bounds: list[dict[str, Any]], y_title: str, x_title: str) -> Spec:
    """Rates against the number of cases (``cases``, ``value``, ``organs``, ``name``), within the bounds of chance
    (``cases``, ``low``, ``high``, ``rate``).
    """
    across = {"field": "cases", "type": "quantitative", "title": x_title, "scale": {"type": "log"},
              "axis": {"format": ",d", "tickCount": 6}}  # fmt: skip
    share = {"type": "quantitative", "title": y_title, "axis": {"format": ".0%", "tickCount": 5}}
    chance: Spec = {"values": bounds}
    told = [{"field": "name"}, {"field": "organs", "format": ",d"}, {"field": "cases", "format": ",d"},
            {"field": "value", "format": ".1%"}]  # fmt: skip
    layer = [
        {"data": chance, "mark": {"type": "area", "color": ACCENT, "opacity": 0.09},
         "encoding": {"x": across, "y": share | {"field": "low"}, "y2": {"field": "high"}}},
        {"data": chance, "mark": {"type": "line", "strokeDash": [4, 4], "color": INK, "strokeWidth": 1},
         "encoding": {"x": across, "y": share | {"field": "rate"}}},
        {"mark": {"type": "circle", "color": ACCENT, "opacity": 0.55, "stroke": "#fff", "strokeWidth": 0.5},
         "encoding": {"x": across, "y": share | {"field": "value"}, "tooltip": told,
                      "size": {"field": "organs", "type": "quantitative", "legend": None,
                               "scale": {"range": [24, 420]}}}},
    ]  # fmt: skip
    return _base(points, layer=layer, height=300)


def multiples(values: list[dict[str, Any]], title: str, number: str) -> Spec:
    """A small line a kind of organ, all on the same scale: ``kind``, ``year``, ``value``."""
    two_digits = {"labelAngle": 0, "labelExpr": "'’' + substring(datum.label, 2)"}
    encoding = {
        "facet": {"field": "kind", "type": "nominal", "columns": 4, "sort": None, "title": None,
                  "header": {"labelFontSize": 12, "labelColor": INK, "labelAnchor": "start"}},
        "x": {"field": "year", "type": "ordinal", "title": None, "axis": two_digits},
        "y": {"field": "value", "type": "quantitative", "title": None, "axis": {"format": number, "tickCount": 3}},
        "tooltip": [{"field": "kind"}, {"field": "year"}, {"field": "value", "format": number, "title": title},
                    {"field": "reports", "format": ",d"}],
    }  # fmt: skip
    mark = {"type": "line", "color": ACCENT, "strokeWidth": 2, "point": {"filled": True, "size": 24, "color": ACCENT}}
    return _base(values, mark=mark, encoding=encoding, width=190, height=92)


def band(values: list[dict[str, Any]], y_title: str, x_title: str, number: str) -> Spec:
    """One organ's line over its peers' quartiles: ``year``, ``value``, ``low``, ``middle``, ``high``, ``organs``."""
    year = {"field": "year", "type": "ordinal", "title": x_title, "axis": {"labelAngle": 0}}
    share = {"type": "quantitative", "title": y_title, "axis": {"format": number, "tickCount": 5}}
    told = [
        {"field": "year"},
        *({"field": each, "format": number} for each in ("value", "high", "middle", "low")),
        {"field": "organs", "format": ",d"},
    ]
    own = {"type": "line", "color": ACCENT, "strokeWidth": 2.4, "point": {"filled": True, "size": 55, "color": ACCENT}}
    layer = [
        {"mark": {"type": "area", "color": "#8c9498", "opacity": 0.22},
         "encoding": {"x": year, "y": share | {"field": "low"}, "y2": {"field": "high"}}},
        {"mark": {"type": "line", "color": "#5d6468", "strokeDash": [4, 3], "strokeWidth": 1.4},
         "encoding": {"x": year, "y": share | {"field": "middle"}}},
        {"mark": own, "encoding": {"x": year, "y": share | {"field": "value"}, "tooltip": told}},
    ]  # fmt: skip
    return _base(values, layer=layer, height=220)
