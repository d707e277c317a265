"""What styles do to the place of the text within a cell: lines of their own, the order of the pieces, raised marks.

``<span class="line">12</span><span class="line">3</span>`` shows two figures below each other, not 123; pieces that a
style shows in the opposite order make another figure than the source's. Such an order is marked, not followed.
"""

from __future__ import annotations

import re
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from reports.readers.html.kinds import BLOCKS
from reports.readers.html.seen.painted import TURNED, cell_of_figures
from reports.readers.html.seen.signs import Sign, Signs
from reports.readers.html.seen.style_signs import in_elements
from reports.readers.html.seen.styles import Marks, apply, inline, nodes_of, read_sheets, selected, sheets_of

RAISED: Final = "raised"
_LINE, _REVERSED, _ORDERED, _OVERRIDDEN = "line", "reversed", "ordered", "overridden"
_EFFECTS: Final = (
    (_LINE, "display", re.compile(r"(?:block|flex|grid|table|list-item)\b")),
    (_REVERSED, "flex-direction", re.compile(r".*-reverse\b")),
    (_REVERSED, "flex-flow", re.compile(r".*-reverse\b")),
    (_REVERSED, "direction", re.compile(r"rtl\b")),  # of pieces that are boxes; plain digits keep their order
    (_ORDERED, "order", re.compile(r"-?0*[1-9]")),
    (_OVERRIDDEN, "unicode-bidi", re.compile(r"(?:isolate-|bidi-)override\b")),
    (_OVERRIDDEN, "letter-spacing", re.compile(r"-(?:[5-9]|[1-9]\d+)(?:\.\d+)?p[xt]|-(?:0?\.[4-9]|[1-9])\d*r?em")),
    (_OVERRIDDEN, "transform", re.compile(r".*\b(?:scale(?:x|3d)?\(\s*-|rotate[xyz]?\(\s*-?[1-9])")),
    (_OVERRIDDEN, "rotate", re.compile(r"(?:.*\s)?-?0*\.?[1-9]")),
    (RAISED, "vertical-align", re.compile(r"(?:super|sub)\b")),
)
# Every pattern begins with a letter of its own, which makes looking for it twenty times as fast; with each where it may
# stand in a ``style`` of its own.
_SIGNS: Final = tuple(
    (re.compile(sign), Sign(sign.encode()), selector)
    for sign, selector in (
        (
            r"display\s*:\s*(?:block|flex|grid|table(?![\w-])|list-item)",
            "td [style*='display' i],th [style*='display' i]",
        ),
        (r"-reverse", "tr[style*='-reverse' i],td [style*='-reverse' i],th [style*='-reverse' i]"),
        (r"order(?<![\w-]order)\s*:\s*-?\d", "td[style*='order' i],td [style*='order' i],th [style*='order' i]"),
        (r"rtl\b", "td [dir='rtl' i],th [dir='rtl' i],td [style*='rtl' i],th [style*='rtl' i]"),
        (r"-override", "td [style*='-override' i],th [style*='-override' i]"),
        (r"letter-spacing\s*:\s*-(?:[1-9]|0?\.[4-9])", "td[style*='letter' i],td [style*='letter' i]"),
        (r"scale(?:x|3d)?\(\s*-", "td[style*='scale' i],td [style*='scale' i]"),
        (r"rotate(?:[xyz]?\(|\s*:)", "td[style*='rotate' i],td [style*='rotate' i]"),
        (r"vertical-align\s*:\s*su", "td [style*='vertical-align' i],th [style*='vertical-align' i]"),
    )
)
_CELLS: Final = frozenset(("td", "th"))
_OWN_LINE: Final = frozenset((*BLOCKS, *_CELLS, "table", "tbody", "tr", "br", "img"))
_MOST_RULES = 200


def arrange(tree: LexborHTMLParser, signs: Signs) -> set[int]:
    """Settles in the tree what can be settled there; the elements that are raised, for they are notes' marks."""
    told = [(sign.pattern, selector) for _, sign, selector in _SIGNS if sign.stands_in(signs)]
    if not told:
        return set()
    marks: Marks = {effect: set() for effect, _, _ in _EFFECTS}
    places = ",".join(selector for sign, selector in told if in_elements(signs.tags, sign))
    for node in tree.css(places) if places else ():
        for effect in inline(node.attributes.get("style") or "", _EFFECTS):
            marks[effect].add(node.mem_id)
        if (node.attributes.get("dir") or "").lower() == "rtl":
            marks[_REVERSED].add(node.mem_id)
    sheets = sheets_of(tree)
    if any(_concerns_cells(tree, sheet) for sheet in sheets):
        apply(read_sheets(sheets, _EFFECTS), lambda selector: selected(tree, selector), marks)
    moved = set().union(*(marks[effect] for effect in (_LINE, _REVERSED, _ORDERED, _OVERRIDDEN)))
    if not moved:
        return marks[RAISED]
    seen: dict[int, bool] = {}
    for node in tree.css("tr,td,th,td *,th *"):
        if node.mem_id not in moved or (node.tag != "tr" and cell_of_figures(node, seen) is None):
            continue
        if _is_turned(node, marks):
            _turn(node)
        elif node.mem_id in marks[_LINE] and node.tag not in _OWN_LINE:
            node.insert_before(tree.create_node("br"))
            node.insert_after(tree.create_node("br"))
    return marks[RAISED]


def _concerns_cells(tree: LexborHTMLParser, sheet: str) -> bool:
    """Whether a rule of such a kind may be about a table's cells: hardly any is, and reading all rules takes long."""
    lowered, asked = sheet.lower(), 0
    for sign, _, _ in _SIGNS:
        for found in sign.finditer(lowered):
            brace = sheet.rfind("{", 0, found.start())
            selector = sheet[sheet.rfind("}", 0, max(brace, 0)) + 1 : max(brace, 0)].rpartition("{")[2]
            asked += 1
            nodes = nodes_of(tree, selector.strip())
            if sign is _SIGNS[0][0]:  # what stands on a line of its own anyway is not moved
                nodes = [node for node in nodes if node.tag not in _OWN_LINE]
            if asked > _MOST_RULES or "&" in selector or any(map(_is_in_row, nodes)):
                return True
    return False


def _is_in_row(node: Any) -> bool:
    while node is not None and node.tag != "tr":
        node = node.parent
    return node is not None


def _is_turned(node: Any, marks: Marks) -> bool:
    place = node.mem_id
    if place in marks[_OVERRIDDEN] or (place in marks[_REVERSED] and _pieces(node) > 1):
        return True
    return place in marks[_ORDERED] and node.parent is not None and _pieces(node.parent) > 1


def _turn(node: Any) -> None:
    """Marks that what stands here is not shown in the order of the source: nobody reads it as a figure."""
    row = node.parent if node.tag in _CELLS else node
    if row is not None and row.tag == "tr":
        for cell in row.iter():
            if cell.tag in _CELLS:
                _mark(cell)
    else:
        _mark(node)


def _pieces(node: Any) -> int:
    """How many pieces an element holds that a style may put in another order."""
    return sum(bool((child.text_content if child.tag == "-text" else child.text() or "").strip())
               for child in node.iter(include_text=True))  # fmt: skip


def _mark(node: Any) -> None:
    text = node.text() or ""
    if any(character.isdigit() for character in text) and TURNED not in text and node.child is not None:
        node.child.insert_before(TURNED)
