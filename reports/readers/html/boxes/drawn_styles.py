"""What a page's own sheets say of the place of boxes, written into their styles, which drawn tables are read from."""

from __future__ import annotations

import re
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from reports.readers.html.seen.style_rules import parted, plain, rules_of, specificity
from reports.readers.html.seen.styles import nodes_of

_PLACING: Final = re.compile(
    r"(?<![\w-])(?:display|order|flex-direction|flex-flow|grid-[a-z-]+|position|left|top|width|height|float|direction)"
    r"\s*:\s*[^;]+",
    re.I,
)
_DIRECTION: Final = re.compile(r"(?<![\w-])direction\s*:\s*(\w+)", re.I)
_LONGEST = 300_000  # characters of a sheet that are read
_MOST = 400  # selectors that are looked for
_MOST_MET = 500_000  # elements that they meet, all together: no report has hundreds of rules for all its elements
_FURTHEST = 6  # elements above a row that may turn it from right to left


def put_styles(tree: LexborHTMLParser) -> None:
    """Changes the tree: weaker rules before stronger ones, and an element's own style last."""
    rules: list[tuple[tuple[int, int, int], int, str, str]] = []
    for style in tree.css("style"):
        for selectors, declarations, _ in rules_of(plain((style.text() or "")[:_LONGEST])):
            said = ";".join(_PLACING.findall(declarations)).replace("!important", "")
            for selector in parted(selectors) if said else ():
                if len(rules) < _MOST:
                    rules.append((specificity(selector), len(rules), selector.strip(), said))
    told: dict[int, tuple[Any, list[str]]] = {}
    left = _MOST_MET
    for _, _, selector, said in sorted(rules):
        nodes = nodes_of(tree, selector) if left > 0 else []
        left -= len(nodes)
        for node in nodes:
            told.setdefault(node.mem_id, (node, []))[1].append(said)
    for node, styles in told.values():
        node.attrs["style"] = ";".join((*styles, node.attributes.get("style") or ""))


def runs_from_the_right(row: Any) -> bool:
    """The row's boxes are set from right to left: ``direction: rtl``, of its own or of what is around it."""
    for _ in range(_FURTHEST):
        if row is None:
            return False
        attributes = row.attributes
        style, said = attributes.get("style"), attributes.get("dir")
        if style and (written := _DIRECTION.findall(style)):
            said = written[-1]
        if said:
            return bool(said.lower() == "rtl")
        row = row.parent
    return False
