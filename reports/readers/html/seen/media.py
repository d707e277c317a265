"""Which parts of a style sheet hold for the screen that a page is read for: ``@media``, ``@supports`` and their like.

Asked with three answers: of what nobody can know without the browser (``@container``, ``@scope``), neither yes nor
no is said, and what such a rule hides is in doubt.
"""

from __future__ import annotations

import re
from typing import Final

_WIDTH: Final = 1280  # pixels of the screen
_SCREENS: Final = frozenset(("", "all", "screen"))
_HEAD = re.compile(r"@([\w-]+)\s*(.*)", re.S)
_QUERY = re.compile(r"(?P<sign>not|only)?\s*(?P<kind>[a-z-]+)?\s*(?:and\b)?\s*(?P<features>\(.*)?", re.S)
_FEATURE = re.compile(r"\(([^()]*)\)")
_BOUND = re.compile(r"(?P<bound>min|max)-(?:device-)?width\s*:\s*(?P<size>\d*\.?\d+)(?P<unit>px|r?em)?")
_RANGE = re.compile(r"(?P<size>\d*\.?\d+)(?P<unit>px|r?em)")
_RELATION = re.compile(r"[<>]=?|=")
_HELD: Final = {
    "orientation": "landscape", "hover": "hover", "any-hover": "hover", "pointer": "fine", "any-pointer": "fine",
    "prefers-color-scheme": "light", "prefers-reduced-motion": "no-preference", "prefers-contrast": "no-preference",
    "forced-colors": "none", "scripting": "enabled", "update": "fast", "display-mode": "browser", "color": "",
    "-webkit-min-device-pixel-ratio": "0", "-ms-high-contrast": None, "min--moz-device-pixel-ratio": None,
}  # fmt: skip
_COMMON: Final = frozenset(
    ("display", "position", "visibility", "color", "float", "flex", "flex-wrap", "grid", "gap", "object-fit", "width",
     "opacity", "overflow", "content", "height", "aspect-ratio", "transform", "transition", "animation")
)  # fmt: skip


def holds(head: str) -> bool | None:
    """Whether the rules in a block with this head (``@media (min-width: 600px)``) hold; None where nobody can know."""
    found = _HEAD.match(head)
    name, condition = (found[1].lower(), found[2].strip().lower()) if found else ("", "")
    if name == "media":
        return on_screen(condition)
    if name == "supports":
        return _supported(condition)
    if name == "layer":
        return True
    return None if name in ("container", "scope") else False  # where a scope begins and ends is not read


def on_screen(queries: str) -> bool | None:
    """Whether a list of media queries, as ``@media`` and ``media=""`` have them, holds on a wide screen."""
    told = [_query(each.strip()) for each in queries.lower().split(",")]
    if True in told:
        return True
    return None if None in told else False


def _query(query: str) -> bool | None:
    found = _QUERY.fullmatch(query) if "\\" not in query else None
    if found is None:
        return False
    kind = found["kind"] or ""
    told = [_feature(each.strip()) for each in _FEATURE.findall(found["features"] or "")]
    if _FEATURE.sub("", found["features"] or "").replace("and", "").strip():
        told = [None]  # of features in brackets of their own, or of which one is enough
    if kind not in _SCREENS or False in told:
        held: bool | None = False
    else:
        held = None if None in told else True
    return held if found["sign"] != "not" or held is None else not held


def _feature(feature: str) -> bool | None:
    if bound := _BOUND.fullmatch(feature):
        pixels = _pixels(bound)
        return pixels <= _WIDTH if bound["bound"] == "min" else pixels >= _WIDTH
    if "width" in feature and (sizes := list(_RANGE.finditer(feature))) and _RELATION.search(feature):
        return all(_within(feature, size) for size in sizes)
    name, _, value = feature.partition(":")
    if name.strip() not in _HELD:
        return None
    held = _HELD[name.strip()]
    return held is not None and value.strip() in ("", held)


def _within(feature: str, size: re.Match[str]) -> bool:
    """One relation of ``600px <= width < 1000px``."""
    width = feature.index("width")
    before = size.start() < width
    between = feature[size.end() : width] if before else feature[width + 5 : size.start()]
    smaller, pixels = "<" in between, _pixels(size)
    if "<" not in between and ">" not in between:
        return pixels == _WIDTH
    return pixels <= _WIDTH if smaller == before else pixels >= _WIDTH


def _pixels(size: re.Match[str]) -> float:
    return float(size["size"]) * (1 if size["unit"] in ("px", None) else 16)


def _supported(condition: str) -> bool | None:
    """Of a single property that every browser has; of anything else nobody knows."""
    negated = condition.startswith("not")
    found = re.fullmatch(r"(?:not\s*)?\(\s*([a-z-]+)\s*:\s*([^()]*)\)", condition)
    if found is None or found[1] not in _COMMON or (found[1] == "display" and not re.match(r"[a-z-]{4,}", found[2])):
        return None
    return not negated
