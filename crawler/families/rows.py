"""Lists that a script holds as rows without names (``[["1021", "…年度报告", "2025-01-20"], …]``): what opens one is
made of its cells (``'/doc/' + rows[i][0] + '.html'``)."""

from __future__ import annotations

import json
import re
from typing import Any

from crawler.discovery.links import Link, Page
from crawler.families import made
from crawler.families.brackets import balanced
from crawler.families.entries import entry_of
from crawler.families.listing import Listing

NAME = "rows"
_HELD = re.compile(r"[=:(]\s*(?=\[\s*\[\s*['\"\d])")
_QUOTED = re.compile(r"'((?:[^'\\\n]|\\.)*)'")
_LONGEST = 400_000  # characters of such a list


def read(page: Page) -> Listing | None:
    """The entries of the first list of rows in the page's scripts that have a title and an address."""
    for script in page.scripts:
        for start in _HELD.finditer(script):
            inside = balanced(script, start.end(), _LONGEST)
            links = _links(page, inside) if inside is not None else []
            if links:
                return Listing(NAME, links=links)
    return None


def _links(page: Page, inside: str) -> list[Link]:
    plain = _QUOTED.sub(lambda text: json.dumps(text[1], ensure_ascii=False), inside)
    try:
        held = json.loads(f"[{plain.rstrip().rstrip(',')}]")
    except ValueError:
        return []
    shapes = made.shapes(page)
    return [link for each in held if isinstance(each, list) and (link := entry_of(celled(each), page.url, shapes))]


def celled(row: list[Any]) -> dict[str, Any]:
    """A row's cells by the names that ``made.shapes`` gives them."""
    return {made.cell(number): value for number, value in enumerate(row) if isinstance(value, str | int)}
