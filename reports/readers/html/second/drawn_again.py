"""Tables drawn without ``<table>``, found another way than the first: by what markup says of rows, else by likeness.

An element is a row where its role, its style or its class say so, or where it stands among brothers of the same kind
that hold several boxes each. The boxes of a CSS grid, and those with places of their own, are taken from the top left
to the bottom right. Nothing is guessed about merged cells: the second opinion compares figures side by side.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from lxml import etree

_BOXES: Final = frozenset(("div", "li", "span", "p", "dd", "dt", "section", "label", "input"))
_PARTS: Final = frozenset(("rowgroup", "table-row-group", "table-header-group", "table-footer-group"))
_DISPLAY = re.compile(r"display\s*:\s*(table-[a-z-]+)", re.I)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_CLASS = re.compile(r"\.([\w-]+)\s*(?:,|$)")
_LEAST_PLACED: Final = 8  # boxes of a table that is laid out box by box
_AREA = re.compile(r"grid-area\s*:\s*(\d+)\s*/\s*(\d+)")
_LINE_DOWN = re.compile(r"grid-row(?:-start)?\s*:\s*(\d+)")
_LINE_ACROSS = re.compile(r"grid-column(?:-start)?\s*:\s*(\d+)")
_TOP, _LEFT = (re.compile(rf"(?<![\w-]){side}\s*:\s*(-?\d+(?:\.\d+)?)") for side in ("top", "left"))
_MOST: Final = 40_000  # elements that are looked at


def drawn_rows(root: Any, is_gone: Callable[[Any], bool]) -> Iterator[list[list[Any]]]:
    """The rows of each drawn table that the page shows, as the elements that are their cells."""
    shown_by, said = _displays(root), _said_by_class(root)
    table: list[list[Any]] = []
    row = group = None
    for count, element in enumerate(root.iter(etree.Element)):
        if count > _MOST:
            break
        if element.tag not in ("div", "li", "ul", "dl", "p", "section"):
            continue
        if row is not element and (placed := _placed(element, said)) and not is_gone(element):
            if table:
                yield table
                table = []
            row, group = element, None
            yield [placed]
            continue
        if not _is_row(element, shown_by):
            continue
        if any(above is row for above in element.iterancestors()):
            continue  # a row in a row's cell is read with the cell
        row = element
        holder = _holder(element, shown_by)
        if holder is not group and table:
            yield table
            table = []
        group = holder
        if not is_gone(element):
            table.append([each for each in element if each.tag in _BOXES])
    if table:
        yield table


def _displays(root: Any) -> dict[str, str]:
    """How the page's own styles display a class, where as part of a table."""
    found: dict[str, str] = {}
    for style in root.iter("style"):
        for selectors, rules in _RULE.findall((style.text or "")[:200_000]):
            if display := _DISPLAY.search(rules):
                found.update((name, display[1].lower()) for name in _CLASS.findall(selectors.strip()))
    return found


def _said_by_class(root: Any) -> dict[str, str]:
    """The declarations of each class in the page's own styles."""
    found: dict[str, str] = {}
    for style in root.iter("style"):
        for selectors, rules in _RULE.findall((style.text or "")[:200_000]):
            for name in _CLASS.findall(selectors.strip()):
                found[name] = f"{found.get(name, '')};{rules}"
    return found


def _style(element: Any, said: dict[str, str]) -> str:
    classes = (element.get("class") or "").split()
    return ";".join((*(said.get(name, "") for name in classes), element.get("style") or "")).lower()


def _placed(element: Any, said: dict[str, str]) -> list[Any]:
    """The boxes of an element that lays them out itself, in the order that is seen; nothing if it does not."""
    boxes = [each for each in element if each.tag in _BOXES]
    if len(boxes) < _LEAST_PLACED:
        return []
    styles = [_style(each, said) for each in boxes]
    if "grid-template" in _style(element, said):
        places = [_lines(style) for style in styles]
    elif all("absolute" in style for style in styles):
        places = [(_number(_TOP, style), _number(_LEFT, style)) for style in styles]
    else:
        return []
    if any(None in place for place in places):
        return boxes
    return [box for _, box in sorted(zip(places, boxes, strict=True), key=lambda each: each[0])]


def _lines(style: str) -> tuple[float | None, float | None]:
    """The row and column lines of a grid at which a box begins."""
    if area := _AREA.search(style):
        return float(area[1]), float(area[2])
    return _number(_LINE_DOWN, style), _number(_LINE_ACROSS, style)


def _number(pattern: re.Pattern[str], style: str) -> float | None:
    found = pattern.findall(style)
    return float(found[-1]) if found else None


def _part(element: Any, shown_by: dict[str, str]) -> str:
    """What part of a table the element is said to be: by its role, its style or its class."""
    if role := (element.get("role") or "").lower():
        return role
    if display := _DISPLAY.search(element.get("style") or ""):
        return display[1].lower()
    return next((shown_by[name] for name in (element.get("class") or "").split() if name in shown_by), "")


def _is_row(element: Any, shown_by: dict[str, str]) -> bool:
    part = _part(element, shown_by)
    if part in ("row", "table-row"):
        return True
    if part or not _is_flat(element):
        return False
    if any(above.tag == "table" for above in element.iterancestors()):
        return False  # the words of a cell, more likely
    brothers = [each for each in (element.getprevious(), element.getnext()) if each is not None]
    return any(
        each.tag == element.tag and each.get("class") == element.get("class") and _is_flat(each) for each in brothers
    )


def _is_flat(element: Any) -> bool:
    """Several boxes without boxes of boxes in them, and no text beside them."""
    boxes = [each for each in element if isinstance(each.tag, str)]
    if len(boxes) < 2 or any(each.tag not in _BOXES for each in boxes) or (element.text or "").strip():
        return False
    if any((each.tail or "").strip() for each in boxes):
        return False
    return not any(
        inner.tag in ("div", "li", "ul", "table", "dl") for each in boxes for inner in each.iterdescendants()
    )


def _holder(row: Any, shown_by: dict[str, str]) -> Any:
    """The element that is the table of a row: head and body of it are one level further down."""
    above = row.getparent()
    while above is not None and _part(above, shown_by) in _PARTS and above.getparent() is not None:
        above = above.getparent()
    return above
