"""ETag and Last-Modified: what a page is asked for again with, and what they are worth.

Some servers answer 304 for ever, whatever has become of the page: a cache in front of them, or the time of a template's
file for that of the page. So each host is tested once: a list that it knows is asked for with validators that no page
has, and whoever answers 304 to these looks at nothing. And every page is asked for without conditions now and then; one
that has changed under the validators that it had before shows that its host's say nothing.
"""

from __future__ import annotations

import data
from crawler.frontier.frontier import Frontier, Row

_NEVER = {"If-None-Match": '"gongkai"', "If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"}  # RFC 9110, 13.1


def conditions(frontier: Frontier, row: Row) -> dict[str, str]:
    """The headers that ask for a page only if it has changed."""
    every = data.load_yaml("discovery.yaml")["whole_every"]["report" if row.report else "list"]
    if not row.conditional or row.checks % int(every) == int(every) - 1 or row.host in frontier.distrusted:
        return {}
    known = {"If-None-Match": row.etag, "If-Modified-Since": row.modified}
    given = {name: value for name, value in known.items() if value}
    if not given or row.report or row.host in frontier.tested:
        return given
    frontier.tested.add(row.host)
    frontier.db.execute("INSERT OR IGNORE INTO tested (portal, host) VALUES (?, ?)", (frontier.portal, row.host))
    row.extra["tests"] = True
    return {name: _NEVER[name] for name in given}


def failed(frontier: Frontier, row: Row) -> bool:
    """Whether a 304 answers a test: then its host is not believed any more, and the page is asked for again, whole."""
    if not row.extra.get("tests"):
        return False
    distrust(frontier, row.host)
    frontier.move(row, row.url)
    frontier.release(row)
    return True


def contradicted(row: Row, facts: dict[str, object]) -> bool:
    """Whether a page that lists something else than before came with the same validators as before."""
    return bool(row.etag or row.modified) and (row.etag, row.modified) == (facts["etag"], facts["modified"])


def distrust(frontier: Frontier, host: str) -> None:
    """Ask this host for whole pages from now on."""
    frontier.distrusted.add(host)
    frontier.db.execute("INSERT OR IGNORE INTO distrusted (portal, host) VALUES (?, ?)", (frontier.portal, host))
