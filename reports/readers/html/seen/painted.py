"""What a browser paints in a cell without its being text there: form fields, pictures, what scripts count up to.

A figure that stands in ``<input value="12">`` is on the page, and its cell is not blank. What
cannot be known (a picture, a drawing, a frame) is marked, so that its cell is unreadable instead of blank.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, Final

from reports.readers.marks import PICTURE

PICTURES: Final = ("img", "svg", "canvas", "object", "iframe", "embed", "math", "meter", "progress", "video")
FIELDS: Final = ("input", "textarea", "select", "button")
PAINTING: Final = (*FIELDS, *PICTURES, "bdo", "details")
TURNED: Final = "\u202e"  # right-to-left override: digits are shown in the opposite order

#: Where a page keeps the figure that a script counts up to or puts in: ``<b data-to="16">0</b>``.
_COUNTED: Final = ("to", "count", "countto", "count-to", "counter", "value", "val", "v", "num", "number", "target",
                   "end", "n", "figure")  # fmt: skip
#: Data of editors and of tables' layout, which are no figures of the report.
LAYOUT_DATA: Final = re.compile(
    r"row|col|width|height|index|idx|(?:^|-)id|span|size|style|key|order|seq|level|line|sort|page|time|date|ver|sheets|"
    r"font|mce|cke|pm-|ccp|type|align|list|pos|left|top|offset|x$|y$"
)
_FIGURE = re.compile(r"-?[0-9]{1,13}(?:\.[0-9]+)?")
_DIGIT_NAMED = re.compile(r"(?:^|/)[a-z_-]{0,8}\d\.(?:gif|png|jpg)", re.I)
_TYPES: Final = frozenset(("", "text", "number", "tel", "search"))
#: Where a link around a picture of the report leads: nowhere, into a script, to the picture's or the report's file.
_OWN_LINK = re.compile(
    r"\s*(?:$|#|javascript:|data:)|[^?#]*\.(?:jpe?g|png|gif|bmp|webp|tiff?|pdf|docx?|wps|ofd)\b", re.I
)
_SPACERS = re.compile(r"(?:^|[/_.-])(?:spacer|space|blank|transparent|clear|dot|pixel)s?\d*\.(?:gif|png)", re.I)
LONGEST = 40  # characters of a field or of generated content that may be a figure
_FEWEST_WORDS = 8  # of a drawing that may be a table
_DEEPEST = 200  # elements that may lie in each other in a cell
_LINK_AROUND = 3  # elements between a picture and the link that it is
_LONGEST_CELL = 400  # characters of a cell of figures
MOST = 5_000  # fields and pictures of a page that are looked at


def field_text(tag: str, attributes: dict[str, str | None], text: str, options: list[tuple[str, bool]]) -> str | None:
    """What a form field shows; None where it shows nothing that could be a figure."""
    if tag == "input":
        kind = (attributes.get("type") or "").strip().lower()
        shown = attributes.get("value") or "" if kind in _TYPES else ""
        if not shown and kind in _TYPES and (attributes.get("placeholder") or "").strip():
            return PICTURE  # it is shown, but nobody has filled it in
    elif tag == "select":
        shown = next((words for words, chosen in options if chosen), options[0][0] if options else "")
    else:
        shown = text
    shown = " ".join(shown.split())
    return shown if 0 < len(shown) <= LONGEST else None


def is_spacer(tag: str, attributes: dict[str, str | None]) -> bool:
    """An invisible picture that keeps an empty cell open."""
    if tag != "img":
        return False
    sizes = [re.match(r"\s*\d+", attributes.get(side) or "") for side in ("width", "height")]
    return any(size is not None and int(size.group()) <= 3 for size in sizes) or (
        _SPACERS.search(attributes.get("src") or "") is not None
    )


def may_hold_table(node: Any) -> bool:
    """A canvas, which only scripts fill, or a drawing with as many words as a table has; not the sign of a button."""
    return node.tag == "canvas" or (node.tag == "svg" and len(node.css("text")) >= _FEWEST_WORDS)


def paint(tree: Any, tags: frozenset[str], signs: bytes, hidden: Collection[int]) -> None:
    """Puts into the tree's cells, as text, what a browser paints there.

    ``tags``: the names of elements that the page has, of ``PAINTING`` at least; ``signs``: its lower-case markup;
    ``hidden``: the elements that the page does not show.
    """
    names: list[str] = [tag for tag in PAINTING if tag in tags]
    if b"bidi-override" in signs:
        names.append("[style*='bidi-override' i]")
    seen: dict[int, bool] = {}
    for node in list(tree.css(",".join(names)))[:MOST] if names else ():
        if node.mem_id in hidden:
            continue
        cell = cell_of_figures(node, seen)
        tag, attributes = node.tag, node.attributes
        if tag in FIELDS:
            options = [
                (option.text() or "", "selected" in option.attributes)
                for option in (node.css("option") if tag == "select" else ())
            ]
            shown = field_text(tag, attributes, node.text() or "", options)
            if shown and (cell is not None or (tag == "input" and _FIGURE.fullmatch(shown))):
                node.replace_with(shown)  # outside a cell it may be a figure of a drawn table
        elif cell is None:
            continue
        elif tag == "details":
            if "open" not in attributes:
                summary = node.css_first("summary")
                node.replace_with((summary.text() or "") if summary is not None else "")
        elif tag in PICTURES:
            words = (cell.text() or "").strip()
            alone = words in ("", (node.text() or "").strip()) and not is_spacer(tag, attributes)
            if is_beside_label(cell) and (alone or _holds_figure(node, tag, attributes, words)):
                node.insert_before(PICTURE)
        elif tag != "bdo" or (attributes.get("dir") or "").lower() == "rtl":
            text = (node.text() or "").strip()
            if len(text) > 1 and len(text) <= LONGEST:
                node.replace_with(TURNED + text)


def _holds_figure(node: Any, tag: str, attributes: dict[str, str | None], words: str) -> bool:
    """A picture beside digits that may be one more of them, as its name, its words or its drawing tell."""
    if not words.replace(".", "").isdigit():
        return False
    if tag == "svg":
        return node.css_first("text,use") is not None
    return tag == "math" or (
        tag == "img"
        and bool(_DIGIT_NAMED.search(attributes.get("src") or "") or _FIGURE.fullmatch(attributes.get("alt") or ""))
    )


def waits(tag: str, attributes: Mapping[str, str | None], text: str) -> bool:
    """The element shows nothing, or a figure, and holds another in an attribute that scripts or sheets may show."""
    shown = text.strip().replace(",", "")
    if tag in FIELDS or (shown and not _FIGURE.fullmatch(shown)):
        return False
    for name, value in attributes.items():
        if name.startswith("data-") and value and value.strip() != shown and _FIGURE.fullmatch(value.strip()):
            kind = name[5:]
            if kind in _COUNTED or (shown in ("", "0") and LAYOUT_DATA.search(kind) is None):
                return True
    return False


def is_beside_label(cell: Any) -> bool:
    """The cells of its row are several, or words stand in the other one: it is none of the page's layout."""
    others = 0
    for each in cell.parent.iter() if cell.parent is not None else ():
        if each.tag in ("td", "th") and each.mem_id != cell.mem_id:
            others += 1
            if others == 2 or 1 < len((each.text() or "").strip()) <= LONGEST:
                return True
    return False


def cell_of_figures(node: Any, seen: dict[int, bool]) -> Any:
    """The cell of figures around a node; None where it stands in one that holds a table: in the page's layout.

    ``seen``: the cells that were asked already, and whether they hold figures.
    """
    for _ in range(_DEEPEST):
        if node is None or node.tag in ("td", "th"):
            break
        node = node.parent
    if node is None or node.tag not in ("td", "th"):
        return None
    if node.mem_id not in seen:
        seen[node.mem_id] = node.css_first("table") is None and len(node.text() or "") <= _LONGEST_CELL
    return node if seen[node.mem_id] else None


def put(node: Any, text: str, before: bool) -> None:
    """Puts text into an element, before or behind all that it holds."""
    if before and node.child is not None:
        node.child.insert_before(text)
    else:
        node.insert_child(text)


def leads_away(picture: Any) -> bool:
    """Whether a picture is a link to another page: an advertisement or a button, no page of a scanned report."""
    around = picture.parent
    for _ in range(_LINK_AROUND):
        if around is None:
            return False
        if around.tag == "a":
            return not _OWN_LINK.match(around.attributes.get("href") or "")
        around = around.parent
    return False
