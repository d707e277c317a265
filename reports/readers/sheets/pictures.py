"""Pictures and boxes of text that lie on the cells of an XLSX sheet: one over an empty cell may be its figure.

A drawing says where it begins, in a cell, and where it ends or how large it is (ECMA-376 part 1, 20.5). One much
larger than the cell under its middle is a seal or a logo, which floats over the sheet and says nothing of the cell.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from itertools import islice
from typing import Any, Final

from reports.readers.package import Package, PackageError

_PER_POINT: Final = 12_700  # EMU
_PER_CHARACTER: Final = 7 * 9_525  # EMU of a column's width: seven pixels at 96 dots an inch
_HEIGHT, _WIDTH = 15.0, 8.43  # points and characters, of rows and columns that tell no size
_LARGER: Final = 2  # times as high or wide as its cell
_NEAR: Final = 4  # rows or columns that a drawing of about a cell's size may touch
_MOST: Final = 2_000  # drawings of a sheet, and columns that tell their width

Size = Callable[[int], int]  # of a column or row by its number


def pictured_cells(package: Package, sheet: str, root: Any) -> set[tuple[int, int]]:
    """Rows and columns of the cells that a picture of about their size lies on; ``sheet`` is the path of ``root``."""
    folder, _, name = sheet.rpartition("/")
    links = f"{folder}/_rels/{name}.rels"
    if links not in package:
        return set()
    found: set[tuple[int, int]] = set()
    heights, widths = _heights(root), _widths(root)
    for link in package.xml(links):
        if not link.get("Type", "").endswith("/drawing"):
            continue
        target = link.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        try:
            drawings = package.xml(path).iter("{*}oneCellAnchor", "{*}twoCellAnchor")
            anchors = [each for each in islice(drawings, _MOST) if _shows_something(each)]
        except PackageError:
            continue  # pictures that cannot be had are not shown either
        places = (_place(each, heights, widths) for each in anchors)
        found.update(place for place in places if place is not None)
    return found


def _shows_something(anchor: Any) -> bool:
    if any(each.get("hidden") in ("1", "true") for each in anchor.iter("{*}cNvPr")):
        return False
    if next(anchor.iter("{*}blip"), None) is not None:
        return True
    return any((text.text or "").strip() for body in anchor.iter("{*}txBody") for text in body.iter("{*}t"))


def _place(anchor: Any, heights: Size, widths: Size) -> tuple[int, int] | None:
    row, column = _middle(anchor, "row", "cy", heights), _middle(anchor, "col", "cx", widths)
    return (row, column) if row is not None and column is not None else None


def _middle(anchor: Any, axis: str, length: str, size: Size) -> int | None:
    """The row or column under the drawing's middle, if it is not much smaller than the drawing."""
    first, begin = (_number(anchor.findtext(f"{{*}}from/{{*}}{name}")) for name in (axis, f"{axis}Off"))
    if anchor.find("{*}to") is not None:
        last, end = (_number(anchor.findtext(f"{{*}}to/{{*}}{name}")) for name in (axis, f"{axis}Off"))
        return place_under(first, begin, last, end, size)
    extent = anchor.find("{*}ext")
    return place_under(first, begin, first, begin + _number(extent.get(length) if extent is not None else None), size)


def place_under(first: int, begin: int, last: int, end: int, size: Size) -> int | None:
    """The row or column under the middle of what begins in one and ends in another, if not much smaller than it.

    ``begin`` and ``end`` are how far into the first and the last it begins and ends, in the unit of ``size``.
    """
    if not 0 <= last - first < _NEAR:
        return None
    end += sum(map(size, range(first, last)))
    middle = (begin + end) // 2
    for place in range(first, first + _NEAR):
        if middle <= size(place):
            return place if end - begin <= _LARGER * size(place) else None
        middle -= size(place)
    return None


def _number(written: str | None) -> int:
    text = (written or "").strip()
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 16 else 0


def _heights(root: Any) -> Size:
    told = {_number(row.get("r")) - 1: _size(row.get("ht"), _HEIGHT) for row in root.iter("{*}row") if row.get("ht")}
    usual = next((_size(each.get("defaultRowHeight"), _HEIGHT) for each in root.iter("{*}sheetFormatPr")), _HEIGHT)
    return lambda row: int(told.get(row, usual) * _PER_POINT)


def _widths(root: Any) -> Size:
    told = [
        (_number(each.get("min")) - 1, _number(each.get("max")) - 1, _size(each.get("width"), _WIDTH))
        for each in islice(root.iter("{*}col"), _MOST)
    ]
    usual = next((_size(each.get("defaultColWidth"), _WIDTH) for each in root.iter("{*}sheetFormatPr")), _WIDTH)

    def width(column: int) -> int:
        size = next((size for first, last, size in told if first <= column <= last), usual)
        return int(size * _PER_CHARACTER)

    return width


def _size(written: str | None, usual: float) -> float:
    try:
        size = float(written) if written else usual
    except ValueError:
        return usual
    return size if 0 <= size < 10_000 else usual
