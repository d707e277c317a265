"""What a page's scripts call their functions with, read off the scripts: where the pages of a list begin."""

from __future__ import annotations

import re

from crawler.discovery.links import Page
from crawler.families.brackets import balanced, split

_FUNCTION = re.compile(r"\bfunction\s+([\w$]+)\s*\(([^)]*)\)")


def first_passed(page: Page, name: str) -> str | None:
    """What the page first calls a function with whose parameter has this name (``getList(0)``): where pages begin."""
    name = name.strip()
    if not re.fullmatch(r"[A-Za-z_$][\w$]*", name):
        return None
    for function, parameters in _FUNCTION.findall(page.text):
        names = [each.strip() for each in parameters.split(",")]
        calls = _calls(page.text, function) if name in names else []
        given = (call[names.index(name)] for call in calls if len(call) == len(names))
        if (first := next(filter(str.isdigit, given), None)) is not None:
            return first
    return None


def _calls(source: str, function: str) -> list[list[str]]:
    """The arguments of the calls of a function, its definition left out."""
    calls = re.finditer(rf"(?<!function )(?<![\w$.]){re.escape(function)}(?=\()", source)
    inside = (balanced(source, call.end()) for call in calls)
    return [[each.strip() for each in split(given, ",")] for given in inside if given is not None]
