"""A report whose page goes on over further pages: ``t20240115_7.html``, ``t20240115_7_1.html``, …

They are known by their address (the report's own, and a number) and by the pager's words; other reports beside it bear
other names.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from crawler.address import canonical, host_of
from crawler.discovery import pager
from crawler.discovery.page import Page
from crawler.discovery.scoring import priority
from crawler.frontier.frontier import Frontier, Row, Target
from reports import continued

KIND = "part"
#: Why such a page is fetched. The archive keeps it; the store knows by it that the page is no report by itself.
RULE = "further page of the report"
_END = re.compile(r"\.[a-z]{2,5}$", re.I)
_TURNING = frozenset({"page", "p", "pageno", "pagenum", "pageindex", "curpage", "currentpage"})


def found(page: Page, first: str) -> list[str]:
    """The further pages of the report at ``first`` that one of its pages names, in their order."""
    pages: dict[int, str] = {}
    for link in page.links:
        place = _place(first, link.url) if pager.turns(link.text) else None
        if place is not None and canonical(link.url) != canonical(first):
            pages.setdefault(place, link.url)
    for number, url in continued.called(page.text, first).items():
        address = page.address(url)
        if address:
            pages.setdefault(number, address)
    return [url for _, url in sorted(pages.items())[: continued.MOST]]


def reopen(frontier: Frontier, row: Row) -> None:
    """Ask again, conditionally, for all known further pages of a report whose first page is read again."""
    frontier.db.execute(
        "UPDATE page SET state = 'pending', due = 0, tries = 0, claimed = NULL, conditional = 1 WHERE portal = ?"
        " AND kind = ? AND parent = ? AND state = 'done'",
        (frontier.portal, KIND, row.id),
    )


def _place(first: str, url: str) -> int | None:
    """The number that an address has more than that of the report's first page; None where it is another's."""
    one, other = urlsplit(first), urlsplit(url)
    if canonical(f"http://{host_of(first)}") != canonical(f"http://{host_of(url)}"):
        return None
    if one.path == other.path:
        (before, _), (after, numbers) = _turned(one.query), _turned(other.query)
        return int(numbers[0]) if before == after and len(numbers) == 1 and numbers[0].isdecimal() else None
    if one.query or other.query:
        return None
    end = _END.search(one.path)
    stem = one.path[: end.start()] if end else one.path
    number = re.fullmatch(rf"{re.escape(stem)}[_-](\d{{1,2}}){re.escape(end[0] if end else '')}", other.path)
    return int(number[1]) if number else None


def _turned(query: str) -> tuple[list[tuple[str, str]], list[str]]:
    """A query's pairs without those that turn pages, and the values of these."""
    pairs = parse_qsl(query, keep_blank_values=True)
    return sorted(each for each in pairs if each[0].lower() not in _TURNING), [
        value for key, value in pairs if key.lower() in _TURNING
    ]


def targets(page: Page, row: Row, first: str) -> list[Target]:
    """The further pages as addresses to fetch at once, before the next report."""
    return [
        Target(
            url=url,
            canonical=canonical(url),
            host=host_of(url),
            kind=KIND,
            priority=priority("report") + 1,
            rule=RULE,
            anchor=row.anchor,
            context=row.context,
            branch=f"parts:{row.id}",
            year=row.year,
        )
        for url in found(page, first)
    ]
