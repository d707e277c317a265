"""Cells whose figure is not in the markup: scripts, signs of fonts and sheets elsewhere put it there.

Such a cell is marked, so that it is unreadable: it is not blank, and what stands in it may be only its beginning.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Collection, Iterator
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from reports.readers.html.seen.painted import LAYOUT_DATA, MOST, cell_of_figures, is_beside_label, put, waits
from reports.readers.html.seen.signs import Sign, Signs
from reports.readers.html.seen.visible import visible_text
from reports.readers.marks import PICTURE

_HELD = re.compile(rb"data-([\w-]+)=[\"']?-?\d")
_BOUND: Final = {name: Sign(name.encode()) for name in ("v-text", "v-html", "ng-bind")}
_ICONS: Final = tuple(map(Sign, (b"iconfont", b"glyphicon", b"num-", b"digit", b"shuzi", b"fa-", b"<i ")))
_ICON = re.compile(r"icon|glyph|num|digit|shuzi|figure|sprite|(?:^|[\s_-])fa(?:$|[\s-])", re.I)
_NUMBERED = re.compile(r"\d(?:$|\s)")
_NAMED: Final = r"[\"'](?:[^\"']*[\s>+~,])?[a-z]*(?:#(?P<id>[\w-]+)|\.(?P<name>[\w-]+))(?::[^\"']*)?[\"']"
#: What scripts take hold of, by its id or class, and what they do with it behind.
_TAKEN: Final = tuple(
    re.compile(sign)
    for sign in (
        r"getelementbyid\(\s*[\"'](?P<id>[\w-]+)(?P<name>)(?P<deed>.{0,100})",
        r"getelementsbyclassname\(\s*[\"'](?P<id>)(?P<name>[\w-]+)(?P<deed>.{0,100})",
        rf"\$\(\s*{_NAMED}(?P<deed>.{{0,100}})",
        rf"queryselector(?:all)?\(\s*{_NAMED}(?P<deed>.{{0,100}})",
        # an element's id is a variable of its own
        r"(?<![\w$.])(?:window\.)?(?P<id>[a-z_]\w*)(?P<name>)(?P<deed>\.(?:innertext|innerhtml|textcontent)\s*\+?=(?!=))",
    )
)
#: The same by a name that is put together ("n_" + key), or that a variable holds.
_PUT_TOGETHER: Final = tuple(
    re.compile(sign)
    for sign in (
        r"getelementbyid\(\s*[\"'`](?P<id>[\w-]+)(?P<name>)(?:[\"']\s*\+|\$\{)(?P<deed>.{0,150})",
        r"(?:\$|queryselector(?:all)?)\(\s*[\"'`][^\"'`]*(?:#(?P<id>[\w-]+)|\.(?P<name>[\w-]+))(?:[\"']\s*\+|\$\{)(?P<deed>.{0,150})",
    )
)
_BY_VARIABLE = re.compile(
    r"(?:getelementbyid\(\s*|(?:\$|queryselector)\(\s*[\"'`]#(?:[\"']\s*\+\s*|\$\{))[a-z_$][\w$.\[\]]*(?P<deed>.{0,100})"
)
_IDS = re.compile(rb"<(?:span|b|i|em|strong|font|u|label|td|th|p|div)\s[^<>]*?\bid\s*=\s*[\"']?([\w-]+)")
_WORDS = re.compile(r"[\"']([\w-]+)[\"']|\b([a-z_$][\w$]*)\s*:")
_TAKING: Final = tuple(
    map(
        Sign,
        (
            rb"getelementbyid\(", rb"getelementsbyclass", rb"queryselector", rb"innertext(?<=\.innertext)",
            rb"innerhtml(?<=\.innerhtml)", rb"textcontent(?<=\.textcontent)", rb"\$\(",
        ),
    )
)  # fmt: skip
_WRITING = re.compile(
    r"innertext|innerhtml|textcontent|outer(?:html|text)|\.(?:text|html|append|prepend|remove|hide|replacewith|animate)\(|display|"
    r"classlist|classname\s*=|(?:add|remove|toggle)class\(|\.(?:hidden|style)\b|toggleattribute\("
)
#: Scripts of elements that are loaded, or are not: ``<img onerror="…">``.
_ON_LOADING = re.compile(rb"\son(?:load|error)\s*=\s*(\"[^\"]*\"|'[^']*')")
_MOST_NAMES = 60  # of data, and of what scripts take hold of
_MOST_WORDS = 5_000  # that a script names elements by
_IN_LINE: Final = "span|b|i|em|strong|font|u|label|td|th|p|div"


def mark_awaited(tree: LexborHTMLParser, signs: Signs, hidden: Collection[int]) -> None:
    """Marks these cells. ``hidden``: what the page does not show."""
    if b"<td" not in signs.tags and b"<th" not in signs.tags:
        return
    seen: dict[int, bool] = {}
    marked: set[int] = set()
    for node, alone in _awaited(tree, signs):
        cell = cell_of_figures(node, seen) if node.mem_id not in hidden else None
        if cell is None or cell.mem_id in marked or not is_beside_label(cell):
            continue
        text = visible_text(cell, (), ("script", "template"))
        if any(map(str.isalpha, text)) or (alone and text.strip()):
            continue
        marked.add(cell.mem_id)
        put(cell, PICTURE, before=True)


def _awaited(tree: LexborHTMLParser, signs: Signs) -> Iterator[tuple[Any, bool]]:
    """The elements that show more than their text, and whether they do so only in a cell of no text."""
    for selector, told, alone in _selectors(tree, signs):
        for node in tree.css(selector)[:MOST]:
            if told(node):
                yield node, alone


def _selectors(tree: LexborHTMLParser, signs: Signs) -> Iterator[tuple[str, Callable[[Any], bool], bool]]:
    if names := sorted(
        name for name in map(bytes.decode, set(_HELD.findall(signs.tags))) if not LAYOUT_DATA.search(name)
    ):
        yield ",".join(f"[data-{name}]" for name in names[:_MOST_NAMES]), _waits, False
    if b"document.write" in signs.tags:
        yield _in_cells("script"), _writes, False
    if any(sign.stands_in(signs) for sign in _BOUND.values()):
        yield _in_cells(*(f"[{name}]" for name in _BOUND)), _is_any, False
    if b"customelements" in signs.words:
        yield _in_cells("*"), lambda node: "-" in (node.tag or "")[1:], False
    if b"shadowroot" in signs.words:
        yield _in_cells("template"), lambda node: "shadowrootmode" in node.attributes, False
    if b"<ol" in signs.tags:
        yield _in_cells("ol"), _is_empty, True
    if any(sign.stands_in(signs) for sign in _ICONS):
        icons = _in_cells("i", "span[class]", "em[class]", "b[class]")
        yield icons, _is_icon, True
        yield icons, _is_numbered, False
    if any(sign.stands_in(signs) for sign in _TAKING):
        scripts = "\n".join(node.text() or "" for node in tree.css("script")).lower()
        scripts += "\n".join(map(_handler, _ON_LOADING.findall(signs.tags)))
        if taken := _taken(scripts, signs.tags):
            yield taken, _is_any, False


def _in_cells(*selectors: str) -> str:
    """These selectors' elements in cells, or as cells where an attribute alone is asked for."""
    cells = [f"{cell}{selector}" for selector in selectors if selector[0] == "[" for cell in ("td", "th")]
    return ",".join([*cells, *(f"{cell} {selector}" for selector in selectors for cell in ("td", "th"))])


def _handler(script: bytes) -> str:
    return script[1:-1].decode("ascii", "replace")


def _is_any(node: Any) -> bool:
    return True


def _is_empty(node: Any) -> bool:
    return not (node.text() or "").strip()


def _waits(node: Any) -> bool:
    return waits(node.tag, node.attributes, node.text() or "")


def _writes(node: Any) -> bool:
    return "document.write" in (node.text() or "")


def _is_icon(node: Any) -> bool:
    """An empty element that a font or a sprite elsewhere gives its sign."""
    names = node.attributes.get("class") or ""
    return _holds_nothing(node) and bool(names) and (node.tag == "i" or _ICON.search(names) is not None)


def _is_numbered(node: Any) -> bool:
    """An icon that is named by a number, or a picture behind an empty element: beside digits it may be one more."""
    painted = "url(" in (node.attributes.get("style") or "")
    names = node.attributes.get("class") or ""
    return _holds_nothing(node) and (painted or (_is_icon(node) and _NUMBERED.search(names) is not None))


def _holds_nothing(node: Any) -> bool:
    child = node.child
    return child is None or (child.tag == "-text" and child.next is None and not (child.text_content or "").strip())


def _taken(scripts: str, signs: bytes) -> str:
    """The selector of words in lines that inline scripts write, hide or take away; empty where they do so with none."""
    names: set[tuple[str, str]] = set()
    for pattern in _TAKEN:
        for found in pattern.finditer(scripts):
            if _WRITING.search(found["deed"]):
                names.add(("id", found["id"]) if found["id"] else ("class", found["name"]))
    selectors = []
    for kind, name in sorted(names)[:_MOST_NAMES]:
        sign = rf"<(?:{_IN_LINE})\s[^<]*{kind}\s*=\s*[\"']?[^\"'<]*\b{re.escape(name)}\b"
        if re.search(sign.encode(), signs):
            selectors.append(f"[{kind}~='{name}' i]")
    for pattern in _PUT_TOGETHER:
        for found in pattern.finditer(scripts):
            if _WRITING.search(found["deed"]):
                kind, name = ("id", found["id"]) if found["id"] else ("class", found["name"])
                selectors.append(f"[{kind}^='{name}' i]" if kind == "id" else f"[class*='{name}' i]")
    if any(_WRITING.search(found["deed"]) for found in _BY_VARIABLE.finditer(scripts)):
        words = {one or other for one, other in itertools.islice(_WORDS.findall(scripts), _MOST_WORDS)}
        ids = set(map(bytes.decode, _IDS.findall(signs)))
        selectors += [f"[id='{name}' i]" for name in sorted(words & ids)[:_MOST_NAMES]]
    return _in_cells(*selectors) if selectors else ""
