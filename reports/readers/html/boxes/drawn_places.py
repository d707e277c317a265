"""Where the styles of a drawn table's cells put them on the screen, when that is not the order of the source.

Lines of a CSS grid (``grid-area: 2/1/3/4``), distances from the left edge, ``order``, rows that run from the right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

_DECLARED = re.compile(r"(?<![\w-])([\w-]+)\s*:\s*([^;]+)")
_LENGTH = re.compile(r"(-?\d{1,6}(?:\.\d{1,6})?)(px|%|em|rem|pt)?")
_LINE = re.compile(r"\d{1,3}")
_ACROSS = re.compile(r"span\s+(\d{1,3})", re.I)


class Place(NamedTuple):
    """The slots of a grid that a cell covers: its first row and column from 0, and how many of each."""

    row: int
    column: int
    down: int
    across: int


@lru_cache(4096)  # a table's cells share a few styles
def declared(style: str) -> Mapping[str, str]:
    """The declarations of a ``style`` attribute."""
    return {name.lower(): value.strip().lower() for name, value in _DECLARED.findall(style)}


def is_clearing(style: str) -> bool:
    """The element only ends a row of floating cells."""
    told = declared(style)
    return "clear" in told and "float" not in told


def on_grid(style: str) -> Place | None:
    """Where a cell lies by lines with numbers; None where its style leaves a side to the browser."""
    if "grid-" not in style:
        return None
    told = declared(style)
    area = [part.strip() for part in told.get("grid-area", "").split("/")]
    if len(area) == 4:
        rows, columns = (area[0], area[2]), (area[1], area[3])
    else:
        rows, columns = _lines(told, "grid-row"), _lines(told, "grid-column")
    down, across = _reach(*rows), _reach(*columns)
    if down is None or across is None:
        return None
    return Place(down[0], across[0], down[1], across[1])


def _lines(told: Mapping[str, str], name: str) -> tuple[str, str]:
    first, _, last = told.get(name, "").partition("/")
    return told.get(f"{name}-start", first).strip(), told.get(f"{name}-end", last).strip()


def _reach(first: str, last: str) -> tuple[int, int] | None:
    """The first slot between two lines, and how many there are."""
    if not _LINE.fullmatch(first) or first == "0":
        return None
    begin = int(first)
    if span := _ACROSS.fullmatch(last):
        size = int(span[1])
    elif not last or last == "auto":
        size = 1
    elif _LINE.fullmatch(last):
        size = int(last) - begin
    else:
        return None
    return (begin - 1, size) if size > 0 else None


def by_edges(cells: Sequence[str]) -> list[Place] | None:
    """Where cells lie that are put by their distance from above and from the left; None where they stand in one row."""
    told = [declared(style) for style in cells]
    if any(each.get("position") != "absolute" for each in told):
        return None
    tops, lefts = (_lengths([each.get(side, "") for each in told]) for side in ("top", "left"))
    if not tops or not lefts or len(set(tops)) < 2:
        return None
    heights = _lengths([each.get("height", "") for each in told]) or [0.0] * len(tops)
    widths = _lengths([each.get("width", "") for each in told]) or [0.0] * len(lefts)
    down, across = _slots(tops, heights), _slots(lefts, widths)
    return [Place(y, x, h, w) for (y, h), (x, w) in zip(down, across, strict=True)]


def _slots(begins: list[float], sizes: list[float]) -> list[tuple[int, int]]:
    edges = sorted(set(begins))
    return [
        (edges.index(begin), max(1, sum(begin <= edge < begin + size - 1 for edge in edges)))
        for begin, size in zip(begins, sizes, strict=True)
    ]


def _lengths(written: list[str]) -> list[float]:
    """Lengths in one unit; nothing where one is missing or has another unit."""
    found = [_LENGTH.fullmatch(each) for each in written]
    lengths = [(float(each[1]), each[2]) for each in found if each is not None]
    if len(lengths) < len(found) or len({unit for length, unit in lengths if length}) > 1:
        return []
    return [length for length, _ in lengths]


def in_sight(row: str, cells: Sequence[str], from_the_right: bool = False) -> list[int]:
    """The cells of a row from left to right, by the styles of the row and of each cell.

    ``from_the_right``: the row is set from right to left, as in Arabic.
    """
    order = list(range(len(cells)))
    told = [declared(style) for style in cells]
    if all(each.get("position") == "absolute" for each in told):
        lefts = _lengths([each.get("left", "") for each in told])
        return sorted(order, key=lambda at: lefts[at]) if lefts else order
    of_row = declared(row)
    if "flex" in of_row.get("display", ""):
        orders = [each.get("order", "0") for each in told]
        if all(_LINE.fullmatch(each.removeprefix("-")) for each in orders):
            order.sort(key=lambda at: int(orders[at]))
        reverse = "row-reverse" in of_row.get("flex-direction", "") + of_row.get("flex-flow", "")
        if reverse != from_the_right:
            order.reverse()
    elif any("float" in each for each in told):
        if all(each.get("float") == "right" for each in told):
            order.reverse()
    elif from_the_right:
        order.reverse()
    return order
