"""Lists of whose further pages nothing but a script tells: no link and no button of the page leads on.

Only a list that has named reports is worth the question, for almost every page of a portal holds a script that could
turn one. What cannot be asked for is told: such a list is incomplete, not whole.
"""

from __future__ import annotations

import functools
import json
import re

import data
from crawler.address import canonical
from crawler.discovery import lists, resort, shown
from crawler.discovery.page import Page
from crawler.families import anylist, cascade, jslist, turned
from crawler.families.listing import Listing, Step, announced
from crawler.frontier.frontier import Frontier, Row

UNREAD = "its next page is turned by a script that could not be read"
_POSTS = re.compile(r"\.\s*post\s*\(|\b(?:type|method)['\"]?\s*:\s*['\"]post['\"]", re.I)
_COUNTS = re.compile(r"//[^/]+/.*(?:\d|=)")  # an address without either (data-src="/nb/more") is a part of one
_SOME = 8  # entries of which a list has at least so many before words in a script make one think that there are more


def way_on(
    page: Page, listing: Listing | None, context: str, number: int, entries: int, reports: int, *, bare: bool = False
) -> Listing | None:
    """The list with the request for its next page, or with what says that it has one; else as it was given.

    ``entries`` and ``reports`` are how many the page shows; ``bare``: it is a fragment that says nothing of the others.
    """
    if listing is not None and listing.family == "jslist" and listing.steps and number == 1:  # made up; a script knows
        _with_what_scripts_ask_for(page, listing, number, entries)
    if listing is not None and (listing.steps or listing.end):
        return listing
    if number > 1 and reports and turned.shows(page.url, number) and _goes_on(page, listing, number, bare=bare):
        following = turned.following(Step(page.url, number))
        if following is not None:
            return Listing("general", steps=[following], pages=listing.pages if listing else None)
    stuck = context == "annual" and page.stuck
    told = listing is not None and listing.family != "general"  # its family knows where such lists end
    if not stuck and (told or not reports or number > 1):
        return listing
    steps = anylist.sources(page, shown=number, entries=entries, sure=not stuck) if number == 1 else []
    if page.more and number == 1 and _COUNTS.search(page.more):
        posts = bool(_POSTS.search(page.text))
        asked: dict[str, object] = {anylist.BEHIND: "stuck"} | ({"fields": {}} if posts else {})
        steps = [Step(page.more, 2, "POST" if posts else "GET", "" if posts else None, anylist.NAME, asked)]
    records = announced(page.text)[0] if "共" in page.text else None
    more = records is not None and records > entries
    if not (stuck or steps or more or _says_more(page, entries)):
        return listing
    listing = listing or Listing(anylist.NAME)
    listing.records = listing.records or (records if more else None)
    listing.steps, listing.unread = steps, UNREAD
    return listing


def _with_what_scripts_ask_for(page: Page, listing: Listing, number: int, entries: int) -> None:
    """Put the request of a script that turns the list beside the addresses that were made up: before them where it asks
    for this list's second page and no script builds addresses."""
    (made_up,) = listing.steps
    asked = anylist.sources(page, shown=number, entries=entries, sure=True)
    if asked and asked[0].number == made_up.number and not asked[0].otherwise and not jslist.builds(page):
        asked[0].otherwise = [made_up, *made_up.otherwise]
        made_up.otherwise = []
        listing.steps = asked
    else:
        made_up.otherwise += asked


def _goes_on(page: Page, listing: Listing | None, number: int, *, bare: bool) -> bool:
    """Whether a further page that its address counts is not known to be the last: a fragment that a script puts into
    its column (河北) calls for the next one by what only the column defines, or has no pager at all."""
    if listing is None:
        return bare or page.stuck
    return listing.family == "general" and (page.stuck or (listing.pages or 0) > number)


def unread(listing: Listing | None) -> bool:
    """Whether a list is known to go on, and not how."""
    return listing is not None and bool(listing.unread) and not listing.steps


def another(row: Row, context: str, entries: int, reports: int) -> bool:
    """Whether what a script was asked for is no part of a column of reports, for it brings none: a list beside it."""
    return bool(entries) and context == "annual" and not reports and _asked_for(row) in ("next", "first")


def again(row: Row) -> bool:
    """Whether the script was asked for the page that is known already, for it counts its pages otherwise."""
    return _asked_for(row) == "first"


def unheard(frontier: Frontier, row: Row, name: str, entries: int) -> None:
    """A page that repeats the first may do so because the portal did not hear its number: as many entries as a page
    has leave open what lies behind them."""
    size = turned.size_of(Step(row.url, row.number or 1, memo=json.loads(row.memo) if row.memo else {}))
    if size is not None and entries >= size and lists.known(frontier, name) == entries:
        lists.leave(frontier, name, "incomplete", "each page is the first one again, and that is full")


def unreadable(frontier: Frontier, row: Row, proof: str = "the answer is not a list", *, error: bool = False) -> None:
    """A page of a list is missing or no list: its end, or a gap; an ``error`` of the portal is never its end.

    Where it is the first page of a list of which only a script tells, a browser is asked to show the column.
    """
    number = row.number or 1
    name = row.listing or canonical(row.url)
    column = frontier.get(row.listing) if row.listing and number == 1 else None
    if _asked_for(row):
        if not lists.short(frontier, name):  # what the page announced says more
            lists.leave(frontier, name, "incomplete", UNREAD)
        frontier.add(resort.in_a_browser(frontier, row, name), parent=row)
    elif column is None or row.family not in (anylist.NAME, cascade.NAME):
        lists.close(frontier, name, number, proof, failed=True, error=error)
    else:
        lists.leave(frontier, column.canonical, "incomplete", "what its scripts ask for could not be read")
        frontier.add([shown.again(column)], parent=row)


def _asked_for(row: Row) -> str:
    """Which page of a list whose first one the column shows was asked of its script; "" for any other request."""
    memo = json.loads(row.memo) if row.memo else {}
    return str(memo.get(anylist.BEHIND, ""))


@functools.cache
def _words(name: str) -> re.Pattern[str]:
    words = "|".join(map(re.escape, data.load_yaml("discovery.yaml")["turned"][name]))
    end = r"['\"]?\s*[=:]\s*['\"]?(\d{1,6})\b" if name == "totals" else r"\b"
    return re.compile(rf"\b({words}){end}", re.I)


def _says_more(page: Page, entries: int) -> bool:
    """Whether the page's scripts count more entries than it shows, name the pages of a list, or load at its foot."""
    script = "\n".join(page.scripts)
    if any(int(found[2]) > entries for found in _words("totals").finditer(script)):
        return True
    named = {found[1].lower() for found in _words("paging").finditer(script)}
    return entries >= _SOME and (len(named) > 1 or bool(_words("loaders").search(script)))
