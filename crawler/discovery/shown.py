"""Columns whose list could not be read from the page nor from what its scripts ask for: a browser is to show them.

It is asked last: the JSON behind a page costs one request a page of the list and knows its end.
"""

from __future__ import annotations

import json

from crawler.discovery.links import Page
from crawler.frontier import Row, Target

#: Kinds of pages that list: their shells are read for the requests of their scripts before a browser is started.
COLUMNS = ("column", "year", "level")
_MARK = "render"


def wanted(row: Row) -> bool:
    """Whether this request is one for a browser."""
    return bool(row.memo) and bool(json.loads(row.memo or "{}").get(_MARK))


def may_help(row: Row, page: Page) -> bool:
    """Whether a browser may show more of a page: it has scripts, and none has shown it yet."""
    return "<script" in page.text and not wanted(row)


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
