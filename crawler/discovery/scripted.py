"""Columns that only a script file opens: an element's id becomes an address there, or a chosen year a request.

Such a file is fetched once a visit, and the pages of lists that load it are read with it as if it stood in them.
"""

from __future__ import annotations

from collections import defaultdict

import data
from crawler.address import Boundary, absolute, canonical, host_of
from crawler.discovery import lists
from crawler.discovery.links import Page, squeeze
from crawler.discovery.reading import Reading
from crawler.families import anylist, chosen
from crawler.frontier.frontier import Frontier, Row, Target
from reports.title import read_title

NAME = "scriptfile"
_LONGEST = 200_000  # characters of a script file that a person wrote


class Scripts:
    """The script files of one portal's lists that this visit has fetched."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.waiting: defaultdict[str, set[str]] = defaultdict(set)  # file → pages that are to be read with it

    def learn(self, url: str, text: str) -> set[str]:
        """A file has come; the pages to be read again with it."""
        self.texts[canonical(url)] = text[:_LONGEST]
        return self.waiting[canonical(url)]

    def within(self, url: str, text: str) -> str:
        """A page's source with those of its script files that are known."""
        if not self.texts:
            return text
        named = (absolute(url, path) for path in anylist.SCRIPT_FILE.findall(text))
        known = [self.texts[key] for each in named if each and (key := canonical(each)) in self.texts]
        return text + "".join(f"<script>{each}</script>" for each in known)

    def wanted(self, row: Row, page: Page, boundary: Boundary) -> list[Target]:
        """The page's files that have not come yet; a page asks for each once."""
        found = []
        for url in anylist.files(page):
            key = canonical(url)
            known = key in self.texts or row.canonical in self.waiting[key]
            if boundary.holds(url) and not known:
                self.waiting[key].add(row.canonical)
                found.append(_target(url, row))
        return found


def first_with(frontier: Frontier, files: list[Target], row: Row, page: Page) -> list[Target]:
    """The page is read again when its script files are there; without them its list stays incomplete."""
    name = row.listing or row.canonical
    lists.announce(frontier, name, page.url, page.title, None)
    lists.leave(frontier, name, "incomplete", "its entries are opened by a script that could not be read")
    for each in files:
        frontier.reopen(each.canonical, conditional=False)
    return files


def closed(page: Page, reading: Reading) -> bool:
    """Whether only a script file may open what a column has: its entries, or the lists of the years it offers."""
    if reading.reports:
        return False
    return _unopened(page) or bool(chosen.years(page) and not anylist.by_year(page))


def _unopened(page: Page) -> bool:
    """Whether an element that is no link names a report, and an id or a call by which a script would open it."""
    marks = data.load_yaml("discovery.yaml")["entry_ids"]
    held = ", ".join(f"[{mark}]" for mark in marks)
    found = page.tree.css(f"{held}, [onclick], a[href^='javascript:']") if page.tree else []
    return any(read_title(squeeze(node.text(separator=""))[:200]).kind == "report" for node in found)


def _target(url: str, row: Row) -> Target:
    return Target(
        url=url,
        canonical=canonical(url),
        host=host_of(url),
        kind="frame",
        priority=row.priority + 1,
        rule="a script file that opens a column's entries",
        family=NAME,
        listing=row.canonical,
        branch=f"{row.id}:scripts",
    )
