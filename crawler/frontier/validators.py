"""ETag and Last-Modified: what a page is asked for again with, and what they are worth.

Some servers answer 304 for ever, whatever has become of the page: a cache in front of them, or the time of a template's
file for that of the page. So every page is asked for without conditions now and then; one that has changed under the
validators that it had before shows that its host's say nothing.
"""

from __future__ import annotations

import data
from crawler.frontier.frontier import Frontier, Row


def conditions(frontier: Frontier, row: Row) -> dict[str, str]:
    """The headers that ask for a page only if it has changed."""
    every = data.load_yaml("discovery.yaml")["whole_every"]["report" if row.report else "list"]
    if not row.conditional or row.checks % int(every) == int(every) - 1 or row.host in frontier.distrusted:
        return {}
    known = {"If-None-Match": row.etag, "If-Modified-Since": row.modified}
    return {name: value for name, value in known.items() if value}


def contradicted(row: Row, facts: dict[str, object]) -> bool:
    """Whether a page that lists something else than before came with the same validators as before."""
    return bool(row.etag or row.modified) and (row.etag, row.modified) == (facts["etag"], facts["modified"])


def distrust(frontier: Frontier, host: str) -> None:
    """Ask this host for whole pages from now on."""
    frontier.distrusted.add(host)
    frontier.db.execute("INSERT OR IGNORE INTO distrusted (portal, host) VALUES (?, ?)", (frontier.portal, host))
