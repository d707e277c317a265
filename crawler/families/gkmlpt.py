"""Guangdong's gkmlpt.

A tree of columns in ``window._CONFIG``, lists from ``/gkmlpt/api/all/{column}?page=N&sid=SID``.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlsplit

from crawler.discovery.page import Page
from crawler.discovery.scoring import under_annual
from crawler.families.listing import Listing, Step, json_listing

NAME = "gkmlpt"
_SID = re.compile(r"""['"]?SID['"]?\s*[:=]\s*['"]?(\d+)""")
_TREE = re.compile(r"""['"]?TREE['"]?\s*[:=]\s*(?=\[)""")


def read(page: Page, number: int, memo: dict[str, object]) -> Listing | None:
    """The columns of yearly reports in the tree, or the one that the address names (/gkmlpt/annualreport#2629)."""
    sid = _SID.search(page.text)
    if not sid or "/gkmlpt" not in page.url:
        return None
    prefix = page.url.split("/gkmlpt", 1)[0]
    columns: list[str] = []
    tree = _TREE.search(page.text)
    if tree:
        try:
            nodes, _ = json.JSONDecoder().raw_decode(page.text, tree.end())
        except ValueError:
            nodes = []
        columns = _annual(nodes)
    fragment = urlsplit(page.url).fragment
    if "annualreport" in page.url and fragment.isdigit() and fragment not in columns:
        columns.append(fragment)
    steps = [_step(prefix, column, sid[1], 1) for column in columns]
    return Listing(NAME, steps=steps, context="annual") if steps else None


def _annual(nodes: Any, inside: bool = False) -> list[str]:
    found: list[str] = []
    for node in nodes if isinstance(nodes, list) else []:
        if not isinstance(node, dict):
            continue
        name = str(node.get("name") or node.get("title") or "")
        here = inside or under_annual(name)
        number = node.get("id") or node.get("cat_id")
        children = node.get("children") or node.get("child") or []
        below = _annual(children, here)
        if here and number is not None:
            found.append(str(number))
        found += below
    return found


def _step(prefix: str, column: str, sid: str, number: int) -> Step:
    return Step(
        f"{prefix}/gkmlpt/api/all/{column}?page={number}&sid={sid}",
        number,
        family=NAME,
        memo={"prefix": prefix, "column": column, "sid": sid},
    )


def read_answer(text: str, url: str, number: int, memo: dict[str, object]) -> Listing | None:
    """One page of a column. Some tenants answer one page only: the total tells."""
    listing = json_listing(text, url, NAME)
    if listing is None:
        return None
    if not listing.links:
        listing.end = "empty page"
    else:
        listing.steps = [_step(str(memo["prefix"]), str(memo["column"]), str(memo["sid"]), number + 1)]
    return listing
