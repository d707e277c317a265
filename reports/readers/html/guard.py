"""Markup that would cost a parser quadratic time is cut down before it is parsed.

HTML parsers look up the stack of open elements at nearly every tag: 200,000 open ``<div>``s take minutes. No page
nests a thousand deep, so what lies deeper is text without elements.
"""

from __future__ import annotations

import re
from typing import Final

DEEPEST = 600  # open elements; word processors nest some forty deep
HARMLESS = 20_000  # tags, opening and closing: so few are parsed in a second however they nest
MOST_TAGS = 300_000  # of a page; a report pasted from Word has some five thousand
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)")
_LEAVES: Final = frozenset(
    (
        # never open, or closed by the parser at the next of their kind: their end tags may be left out
        "br", "img", "hr", "input", "meta", "link", "col", "wbr", "base", "area", "embed", "source", "param", "frame",
        "script", "style", "title", "textarea", "iframe", "p", "li", "option", "dd", "dt", "td", "th", "tr", "tbody",
        "thead", "tfoot", "colgroup", "caption", "html", "head", "body",
    )
)  # fmt: skip
_FORMATTING: Final = frozenset(
    ("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u")
)
_MOST_FORMATTING = 60


def tamed(text: str) -> tuple[str, str | None]:
    """The markup with nesting bounded, and a sentence about what was cut, if anything was."""
    if text.count("<") <= HARMLESS:
        return text, None
    kept: list[str] = []
    copied = depth = formatting = tags = 0
    cut = False
    for tag in _TAG.finditer(text):
        tags += 1
        if tags > MOST_TAGS:
            kept.append(text[copied : tag.start()])
            return "".join(kept), f"only the first {MOST_TAGS} tags were read"
        lowered = tag.group(2).lower()
        if lowered in _LEAVES:
            if lowered == "td":
                formatting = 0
            continue
        plain = lowered in _FORMATTING
        if tag.group(1):
            depth = max(0, depth - 1)
            if plain:
                formatting = max(0, formatting - 1)
            continue
        if depth < DEEPEST and not (plain and formatting >= _MOST_FORMATTING):
            depth += 1
            formatting += plain
            continue
        end = text.find(">", tag.end())
        kept.append(text[copied : tag.start()])
        copied = len(text) if end < 0 else end + 1
        cut = True
    if not cut:
        return text, None
    kept.append(text[copied:])
    return "".join(kept), f"elements nested more than {DEEPEST} deep were left out"
