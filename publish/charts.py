"""Vega-Lite specifications, drawn by the bundled library in the reader's browser. Data and title are in the page
itself.
"""

from __future__ import annotations

from typing import Any

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"  # an identifier: nothing is fetched from it
INK, LINE, ACCENT = "#1d2529", "#dfdcd2", "#1c5a66"
COLOURS = [ACCENT, "#a3291f", "#b98518", "#5b7a3a", "#6b5b95", "#3c6ea5", "#8a5a44"]
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


def lines(values: list[dict[str, Any]], y_title: str, x_title: str, *, percent: bool = False) -> Spec:
    """Lines by year: ``year``, ``series``, ``value``."""
    number = ".0%" if percent else ",d"
    encoding = {
        "x": {"field": "year", "type": "ordinal", "title": x_title, "axis": {"labelAngle": 0}},
        "y": {"field": "value", "type": "quantitative", "title": y_title, "axis": {"format": number, "tickCount": 5}},
        "color": {"field": "series", "type": "nominal", "sort": None},
        "tooltip": [
            {"field": "series"},
            {"field": "year"},
            {"field": "value", "format": ".1%" if percent else ",.4~f"},
        ],
    }
    return _base(
        values, mark={"type": "line", "point": {"filled": True, "size": 55}, "strokeWidth": 2.2}, encoding=encoding
    )


def ranking(values: list[dict[str, Any]], title: str, *, percent: bool = False) -> Spec:
    """Horizontal bars, the highest first: ``name``, ``value``."""
    encoding = {
        "y": {"field": "name", "type": "nominal", "sort": "-x", "title": None, "axis": {"labelLimit": 220}},
        "x": {
            "field": "value",
            "type": "quantitative",
            "title": title,
            "axis": {"format": ".0%" if percent else ",.3~f", "tickCount": 5},
        },
        "tooltip": [
            {"field": "name"},
            {"field": "value", "format": ".1%" if percent else ",.4~f"},
            {"field": "reports"},
        ],
    }
    return _base(
        values, mark={"type": "bar", "color": ACCENT, "cornerRadiusEnd": 2}, encoding=encoding, height={"step": 19}
    )


def histogram(values: list[dict[str, Any]], x_title: str, y_title: str) -> Spec:
    """Counts by class: ``class``, ``organs``, in the order given."""
    encoding = {
        "x": {
            "field": "class",
            "type": "ordinal",
            "sort": None,
            "title": x_title,
            "axis": {"labelAngle": -35, "labelFontSize": 11},
        },
        "y": {"field": "organs", "type": "quantitative", "title": y_title, "axis": {"tickCount": 5, "format": ",d"}},
        "tooltip": [{"field": "class"}, {"field": "organs", "format": ",d"}],
    }
    return _base(values, mark={"type": "bar", "color": ACCENT}, encoding=encoding, height=220)


def tiles(values: list[dict[str, Any]], title: str, *, percent: bool = False) -> Spec:
    """Provinces as a grid of tiles: ``x``, ``y``, ``name``, ``value``. A map that claims no boundaries."""
    place = {
        "x": {"field": "x", "type": "ordinal", "axis": None, "scale": {"domain": list(range(8))}},
        "y": {"field": "y", "type": "ordinal", "axis": None, "scale": {"domain": list(range(8))}},
    }
    number = ".0%" if percent else ".3~s"
    layer = [
        {"mark": {"type": "rect", "cornerRadius": 3, "stroke": "#fff", "strokeWidth": 2},
         "encoding": {"color": {"field": "value", "type": "quantitative", "title": title,
         "scale": {"range": ["#e8efee", "#14434d"]},
                                "legend": {"orient": "bottom", "gradientLength": 220, "format": number,
                                "title": title}},
                      "tooltip": [{"field": "name"}, {"field": "value", "format": ".1%" if percent else ",.4~f"},
                      {"field": "reports"}]}},
        {"mark": {"type": "text", "fontSize": 11, "dy": -6},
         "encoding": {"text": {"field": "short"}, "color": {"condition": {"test": "datum.dark", "value": "#fff"},
         "value": INK}}},
        {"mark": {"type": "text", "fontSize": 10, "dy": 8},
         "encoding": {"text": {"field": "value", "format": number},
                      "color": {"condition": {"test": "datum.dark", "value": "#fff"}, "value": "#4c585e"}}},
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
        "color": {"field": "part", "type": "nominal", "sort": {"field": "order"}},
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
        "color": {"field": "series", "type": "nominal", "sort": None},
        "tooltip": [{"field": "series"}, {"field": "day"}, {"field": "value", "format": ".1%"}],
    }
    due = {"mark": {"type": "rule", "strokeDash": [4, 4], "color": COLOURS[1]}, "encoding": {"x": {"datum": 0}}}
    return _base(values, layer=[{"mark": {"type": "line", "strokeWidth": 2}, "encoding": line}, due])
