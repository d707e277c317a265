"""Trees of organs or years that a page keeps as nodes without addresses (zTree): a click's script makes the address of
a node's number."""

from __future__ import annotations

import json
import re

from crawler.discovery.links import Link
from crawler.discovery.page import Page
from crawler.families import made
from crawler.families.brackets import balanced
from crawler.families.listing import Listing, entry_of

NAME = "ztree"
_NODES = re.compile(r"[=:(,]\s*(?=\[\s*\{)")
_LONGEST = 400_000  # characters of a tree
_KEY = re.compile(r"([{,]\s*)([A-Za-z_$][\w$]*)\s*:")
_QUOTED = re.compile(r"'((?:[^'\\\n]|\\.)*)'")


def read(page: Page, number: int, memo: dict[str, object]) -> Listing | None:
    """The nodes of the page's trees that have a name and an address, their own or one that a script makes."""
    shapes = made.shapes(page)
    links: list[Link] = []
    for script in page.scripts:
        for start in _NODES.finditer(script):
            inside = balanced(script, start.end(), _LONGEST)
            if inside is not None:
                links += [link for each in _objects(inside) if (link := entry_of(each, page.url, shapes))]
    return Listing(NAME, links=links) if links else None


def _objects(inside: str) -> list[dict[str, object]]:
    """The objects of an array as a script writes it: its keys need no quotes."""
    plain = _KEY.sub(r'\1"\2":', _QUOTED.sub(lambda text: json.dumps(text[1], ensure_ascii=False), inside))
    try:
        found = json.loads(f"[{plain.rstrip().rstrip(',')}]")
    except ValueError:
        return []
    return [each for each in found if isinstance(each, dict)]
