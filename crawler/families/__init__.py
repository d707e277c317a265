"""CMS families: how a column of each lists its entries and goes on. A portal needs no code; a family is one small
module.

A module offers ``NAME``, ``read(page, number, memo) -> Listing | None`` for HTML pages whose source holds one of
its words
(data/families.yaml), and, where its lists come as JSON, XML or HTML fragments, ``read_answer(text, url, number,
memo) -> Listing | None``.
Everything is plain: text in, links and next steps out.
"""

from __future__ import annotations

import functools
import importlib
from types import ModuleType

import data
from crawler.discovery.page import Page
from crawler.families.listing import Listing, Step

ORDER = (
    "gkmlpt",
    "jcms",
    "jpaas",
    "lonsun",
    "reversed",
    "ucap",
    "trs",
    "annual_jsp",
    "jumps",
    "jslist",
    "postback",
    "formpager",
    "toldpager",
    "ztree",
    "cascade",
    "anylist",
)

__all__ = ["ORDER", "Listing", "Step", "family", "holds_tree", "read_answer", "read_lists", "recognise"]


@functools.cache
def family(name: str) -> ModuleType:
    """The module of a family."""
    return importlib.import_module(f"crawler.families.{name}")


def recognise(text: str) -> list[str]:
    """The families whose words stand in a page's source."""
    return [
        name
        for name, words in data.load_yaml("families.yaml")["families"].items()
        if any(word in text for word in words)
    ]


def holds_tree(page: Page) -> bool:
    """Whether a page holds the tree of columns of its family in a script, whatever it lists itself."""
    return "gkmlpt" in recognise(page.text) or "xxgkAnnualReport.jsp" in page.text


def read_lists(page: Page, number: int, memo: dict[str, object]) -> Listing | None:
    """What the page's families say about its list: the first that knows how it goes on, with the entries of all."""
    names = recognise(page.text)
    found: Listing | None = None
    for name in ORDER:
        if name not in names:
            continue
        listing: Listing | None = family(name).read(page, number, memo)
        if listing is None:
            continue
        if found is None:
            found = listing
        else:
            found.links += listing.links
            if not found.steps:
                found.steps, found.family = listing.steps, listing.family
            found.records = found.records or listing.records
            if found.pages is None and listing.end and not any(step.linked for step in found.steps):
                found.steps, found.end = [], listing.end  # the script that turns the pages counts them elsewhere
            found.pages = found.pages or listing.pages
    return found


def read_answer(name: str, text: str, url: str, number: int, memo: dict[str, object]) -> Listing | None:
    """Read a fragment that a family asked for; None where it is not what was expected."""
    listing: Listing | None = family(name).read_answer(text, url, number, memo)
    return listing
