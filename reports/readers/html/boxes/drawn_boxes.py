"""The cells of a row drawn without ``<table>``: which children of an element they are, and the room they claim."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any, Final, NamedTuple

from reports.readers.html.boxes.drawn_places import Place, by_edges, in_sight, is_clearing, on_grid
from reports.readers.html.boxes.drawn_styles import runs_from_the_right
from reports.readers.html.seen.visible import visible_text
from reports.readers.typeset import one_line

_BOXES: Final = frozenset(
    ("div", "li", "span", "p", "dd", "dt", "section", "label", "strong", "b", "em", "i", "a", "font", "input")
)
_NESTING: Final = frozenset(("div", "li", "ul", "table", "dl", "section", "article"))
_STRUCK: Final = ("s", "del", "strike")
_WHOLE: Final = frozenset(("table", "grid", "rowgroup", "treegrid"))  # roles of what holds rows
_LONGEST = 90  # characters of a cell
FIGURE = re.compile(r"^[-+−－]?[\d０-９][\d０-９,，.．]*(?:件|条|项|个|元|万元)?$|^[/／—－-]$")
_SPAN = re.compile(r"grid-(column|row)(?:-end)?\s*:[^;]*?span\s+(\d{1,3})", re.I)
TABLE_ROW = re.compile(r"display\s*:\s*table-row(?![\w-])", re.I)


class Box(NamedTuple):
    """An element that is a cell of a drawn table."""

    node: Any
    text: str
    rowspan: int
    colspan: int
    style: str = ""
    place: Place | None = None  # by lines of a CSS grid


def is_said_row(node: Any, names: Collection[str]) -> bool:
    """The markup itself says that the element is a table's row, whatever its cells hold in turn."""
    attributes = node.attributes
    return (
        (attributes.get("role") or "").lower() == "row"
        or bool(TABLE_ROW.search(attributes.get("style") or ""))
        or (bool(names) and any(name in names for name in (attributes.get("class") or "").split()))
    )


def cells_of(node: Any, columns: int, said: bool, hidden: Collection[int], may_turn: bool) -> list[Box] | None:
    """The children as cells, if all of the element's text stands in short children; None where it is no row.

    ``said``: the markup says that it is one; ``may_turn``: something on the page is set from right to left.
    """
    children = _boxes(node, nested=said or columns > 0)
    if children is None or (node.attributes.get("role") or "").lower() in _WHOLE:
        return None
    if not said and _holds_rows(children):
        return None
    cells = []
    for child in children:
        text = one_line(visible_text(child, hidden, _STRUCK) if child.child is not None else child.text() or "")
        if len(text) > _LONGEST:
            return None
        attributes = child.attributes
        style = attributes.get("style") or ""
        spans = {kind.lower(): int(size) for kind, size in _SPAN.findall(style)}
        across = _claimed(attributes, "colspan") or spans.get("column", 1)
        down = _claimed(attributes, "rowspan") or spans.get("row", 1)
        if child.mem_id not in hidden and (text or not is_clearing(style)):
            cells.append(Box(child, text, down, across, style, on_grid(style) if columns else None))
    if len(cells) < 2 and not columns and not said and not _is_lone_row(node, cells):
        return None
    row, from_the_right = node.attributes.get("style") or "", may_turn and runs_from_the_right(node)
    if columns or not (from_the_right or "reverse" in row or any(cell.style for cell in cells)):
        return cells if any(cell.text for cell in cells) else None
    if places := by_edges([cell.style for cell in cells]):
        cells = [cell._replace(place=place) for cell, place in zip(cells, places, strict=True)]
    else:
        cells = [cells[at] for at in in_sight(row, [cell.style for cell in cells], from_the_right)]
    return cells if any(cell.text for cell in cells) else None


def _boxes(node: Any, *, nested: bool) -> list[Any] | None:
    """The element's children that may be cells; None where something else prints in it, or, unless they may be
    ``nested``, they hold boxes in turn.

    Asked first, because it is cheap: most elements of a page are boxes of boxes.
    """
    found = []
    child = node.child
    while child is not None:
        tag = child.tag
        if tag == "-text":
            if (child.text_content or "").strip():
                return None
        elif _is_box(child):
            if not nested and any(inner.tag in _NESTING or _parts_custom(inner) for inner in child.iter()):
                return None
            found.append(child)
        elif tag not in ("-comment", "br", "hr"):
            return None
        child = child.next
    return found


def is_custom(node: Any) -> bool:
    """An element whose name a page's author made up (``<uni-view>``): a box like any other."""
    return "-" in (node.tag or "-")[1:]


def _is_box(node: Any) -> bool:
    return node.tag in _BOXES or is_custom(node)


def _parts_custom(node: Any) -> bool:
    """A made-up element with several boxes in it, which is no wrapping of one cell's text."""
    while is_custom(node):
        boxes = [each for each in node.iter() if _is_box(each)]
        if len(boxes) != 1:
            return len(boxes) > 1
        node = boxes[0]
    return False


def _is_lone_row(node: Any, cells: list[Box]) -> bool:
    """A row of one cell, between rows that are elements of the same kind: the heading of a block."""
    if len(cells) != 1 or not cells[0].text or cells[0].node.child is None or cells[0].node.child.tag != "-text":
        return False
    return any(
        beside is not None
        and beside.tag == node.tag
        and beside.attributes == node.attributes
        and sum(_is_box(each) for each in beside.iter()) > 1
        for beside in (_element(node, forward=True), _element(node, forward=False))
    )


def _element(node: Any, *, forward: bool) -> Any:
    """The next element beside this one; None where text stands between."""
    while True:
        node = node.next if forward else node.prev
        if node is None or node.tag not in ("-text", "-comment"):
            return node
        if node.tag == "-text" and (node.text_content or "").strip():
            return None


def _holds_rows(children: list[Any]) -> bool:
    """Most of an element's children are rows of ``<span>``s: it is a table, not a row."""
    rows = sum(
        sum(_is_box(inner) for inner in child.iter()) > 1 and not FIGURE.match((child.text() or "").strip())
        for child in children
    )
    return rows > 1 and 2 * rows > len(children)


def _number(written: str | None) -> int:
    return int(written) if written and written.isdecimal() and len(written) < 4 else 0


def _claimed(attributes: dict[str, str | None], name: str) -> int:
    return next((size for start in ("", "data-", "aria-") if (size := _number(attributes.get(start + name)))), 0)
