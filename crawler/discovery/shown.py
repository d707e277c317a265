"""Columns whose list could not be read from the page nor from what its scripts ask for: a browser is to show them.

It is asked last: the JSON behind a page costs one request a page of the list and knows its end.
"""

from __future__ import annotations

import json
from dataclasses import replace

import data
from crawler.discovery import lists
from crawler.discovery.links import SCRIPT, Page
from crawler.discovery.reading import Reading
from crawler.discovery.scoring import explore
from crawler.frontier.frontier import Frontier, Row, Target

#: Kinds of pages that list: their shells are read for the requests of their scripts before a browser is started.
COLUMNS = ("column", "year", "level")
_MARK = "render"
#: What a page of a tree leads on to.
_ONWARD = ("column", "year", "level", "organ", "organs", "report", "candidate", "attachment", "frame")


def wanted(row: Row) -> bool:
    """Whether this request is one for a browser."""
    return bool(row.memo) and bool(json.loads(row.memo or "{}").get(_MARK))


def may_help(row: Row, page: Page) -> bool:
    """Whether a browser may show more of a page: it has scripts, and none has shown it yet."""
    return "<script" in page.text and not wanted(row)


def empty(
    frontier: Frontier, row: Row, name: str, page: Page, reading: Reading, home: set[str]
) -> list[Target]:  # fmt: skip
    """A column that shows no entry, leads nowhere and is no report has shown nothing, unless it says so itself.

    Where it has scripts, a browser may show more. What ``home`` links is the portal's menu, and no way on.
    """
    onward = (each for each in reading.targets if each.kind in _ONWARD and not each.reason)
    leads = any(each.canonical not in home for each in onward)
    if row.kind not in COLUMNS or leads or reading.report or page.redirect:
        return []
    lists.announce(frontier, name, page.url, page.title, None)
    text = SCRIPT.sub("", page.text)  # what a script would say of an empty list, it may never say
    says = next((word for word in data.load_yaml("discovery.yaml")["nothing"] if word in text), None)
    if says:
        lists.close(frontier, name, 1, f"the page says {says}")
        return []
    lists.leave(frontier, name, "incomplete", "the page shows no entries; its list may need a browser")
    return [again(row)] if may_help(row, page) else []


def home(row: Row, page: Page, reading: Reading) -> list[Target]:
    """A home page none of whose links promises anything once more, for a browser that clicks on its places: after the
    files of menus and the site's map, which are asked for at the same time."""
    if row.kind != "seed" or not may_help(row, page) or any(_promises(each) for each in reading.targets):
        return []
    return [replace(again(row), kind="hub", priority=explore(), rule="the home page as a browser shows it")]


def is_home(row: Row) -> bool:
    """Whether this request is ``home``'s."""
    return row.kind == "hub" and wanted(row)


def _promises(target: Target) -> bool:
    return target.priority >= explore() and target.kind not in ("frame", "notice") and not target.reason


def again(row: Row) -> Target:
    """The column once more, for a browser. It is another row, so that the next visit asks for it too."""
    return Target(
        url=row.url,
        canonical=f"SHOWN {row.canonical}",
        host=row.host,
        kind=row.kind,
        priority=row.priority,
        rule="the column as a browser shows it",
        anchor=row.anchor,
        context=row.context,
        branch=row.branch,
        memo=json.dumps({_MARK: 1}),
        listing=row.listing or row.canonical,
        number=1,
        year=row.year,
        listed=row.listed,
    )
