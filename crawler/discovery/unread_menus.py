"""Menus of organs or years on a column's page that are no links and that nothing has read: the list beside them is one
of several, however whole it looks."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from crawler.discovery.links import Page, squeeze
from crawler.discovery.scoring import names_branch

PROOF = "a menu beside it was not read"
_LEAST = 3  # names side by side
_LONGEST = 24  # characters of a name
_MOST = 4_000  # elements of a page that are looked at
_PLACES = "li, span, div, dd, dt, a, button, label, p, h3, h4, i, b, em, strong"
_FOOT = re.compile("foot|copyright|bottom", re.I)
#: Of rows of figures, forms and text, whose names are no menu's.
_NO_MENU = frozenset(("tr", "thead", "tbody", "table", "p", "select", "form", "body"))


def names(page: Page) -> list[str]:
    """The names of the first such menu; none where there is no script that could open it."""
    if page.tree is None or "<script" not in page.text:
        return []
    linked = {link.text for link in page.links}
    menus: dict[int, dict[str, None]] = {}
    for node in page.tree.css(_PLACES)[:_MOST]:
        if node.child is None or node.child.next is not None or node.child.tag != "-text":
            continue
        text = squeeze(node.text(deep=False))
        if not 2 <= len(text) <= _LONGEST or ":" in text or text in linked or not names_branch(text):
            continue  # 主办单位：… is no menu's
        place = _whole(node)
        around = place.parent
        if around is None or around.tag in _NO_MENU or _is_apart(node):
            continue
        menu = menus.setdefault(around.mem_id, {})
        menu[text] = None
    return next((list(menu) for menu in menus.values() if len(menu) >= _LEAST), [])


def _whole(node: LexborNode) -> LexborNode:
    """The outermost element that holds nothing else."""
    while node.parent is not None and _alone(node):
        node = node.parent
    return node


def _alone(node: LexborNode) -> bool:
    beside = (node.prev, node.next)
    return all(each is None or (each.tag == "-text" and not (each.text_content or "").strip()) for each in beside)


def _is_apart(node: LexborNode) -> bool:
    """Whether it is a link, or stands at the foot of the page."""
    at: LexborNode | None = node
    while at is not None and at.tag != "body":
        if at.tag == "a":
            to = (at.attributes.get("href") or "").strip().lower()
            return bool(to) and to != "#" and not to.startswith("javascript:")
        if at.tag == "footer" or _FOOT.search(f"{at.attributes.get('class')} {at.attributes.get('id')}"):
            return True
        at = at.parent
    return False
