"""What is tried where a list is known to go on and nothing says how: the usual name of a page's number in the address,
then a browser.

Both are asked for only where the list stays incomplete otherwise. A guess proves itself by new entries, or the list
stays what it was.
"""

from __future__ import annotations

import json
import re

from crawler.discovery import lists, shown
from crawler.discovery.links import Link, Page
from crawler.families import anylist, rows, terms, ztree
from crawler.families.listing import Listing, Step
from crawler.frontier.frontier import Frontier, Row, Target

_GUESS = "guess"
_NAMED = re.compile(r"\bquery\s*:\s*\{\s*([A-Za-z_]\w*)\s*[:,}]|[?&]([A-Za-z_]\w*)=(?:['\"`]\s*\+|\$\{)")
_USUAL = "page"


def following(row: Row, page: Page, number: int, listing: Listing | None) -> Listing | None:
    """Of a page that was guessed and shows entries, the list with the next guess; else as it was given."""
    name = (json.loads(row.memo) if row.memo else {}).get(_GUESS)
    if not isinstance(name, str) or (listing is not None and (listing.steps or listing.end)):
        return listing
    listing = listing or Listing("general")
    listing.steps = [_page(page.url, name, number + 1)]
    listing.unread = None
    return listing


def held(page: Page, listing: Listing | None, entries: int) -> list[Link]:
    """What the page's scripts hold of a list of which it shows a part: the rest is drawn when its pages are turned."""
    more = listing is not None and not listing.steps and (listing.unread or (listing.records or 0) > entries)
    if not more or not entries:
        return []
    found = ztree.read(page, 1, {}) or rows.read(page)
    return found.links if found is not None and len(found.links) > entries and not found.steps else []


def guess(row: Row, page: Page, number: int) -> Step | None:
    """The second page of a list under the name that its scripts have for a page's number, else under the usual one."""
    if number != 1 or row.method != "GET" or row.family:
        return None
    named = (each[1] or each[2] for script in page.scripts for each in _NAMED.finditer(script))
    name = next((each for each in named if terms.turns(each)), _USUAL)
    return _page(page.url, name, 2)


def _page(url: str, name: str, number: int) -> Step:
    place = re.compile(rf"([?&]{re.escape(name)}=)\d*")
    plain = url.split("#")[0]
    address = (
        place.sub(rf"\g<1>{number}", plain)
        if place.search(plain)
        else f"{plain}{'&' if '?' in plain else '?'}{name}={number}"
    )
    return Step(address, number, memo={_GUESS: name, anylist.BEHIND: _GUESS})


def guessed(row: Row) -> bool:
    """Whether a page of a list was asked for under an address that was guessed."""
    return bool(row.memo) and _GUESS in json.loads(row.memo or "{}")


def in_a_browser(frontier: Frontier, row: Row, name: str) -> list[Target]:
    """The column once more, for a browser, if its list is incomplete and no browser has shown it yet."""
    if not lists.short(frontier, name) or shown.wanted(row):
        return []
    column = row if (row.number or 1) == 1 and not row.family else frontier.get(name)
    if column is None or column.kind not in shown.COLUMNS or column.method != "GET":
        return []
    target = shown.again(column)
    return [target] if frontier.state_of(target.canonical) is None else []
