"""What the portal's home pages link: the site's own navigation, which no list holds, wherever it stands again.

It is kept in the frontier, for a crawl that goes on after a kill and a visit to which the home page answers that it has
not changed do not read it, and would take the menu of a column's page for what the column lists.
"""

from __future__ import annotations

from collections.abc import Iterable

from crawler.address import canonical
from crawler.discovery.page import Link
from crawler.frontier.frontier import Frontier, Row


def keep(frontier: Frontier, seed: Row, links: Iterable[Link]) -> set[str]:
    """Record what a home page links now, in place of what it linked before; the canonical addresses."""
    found = {canonical(link.url) for link in links}
    with frontier.transaction() as db:
        db.execute("DELETE FROM home_link WHERE portal = ? AND seed = ?", (frontier.portal, seed.id))
        db.executemany(
            "INSERT INTO home_link (portal, seed, canonical) VALUES (?,?,?)",
            [(frontier.portal, seed.id, key) for key in found or ("",)],  # a page without links has been read too
        )
    return found


def known(frontier: Frontier) -> set[str]:
    """The canonical addresses that the home pages linked when they were last read.

    Home pages of which nothing is kept are to be read again, whatever they say: an older version has read them.
    """
    found = frontier.db.execute("SELECT canonical FROM home_link WHERE portal = ?", (frontier.portal,))
    links = {canonical(f"http://{key}") for (key,) in found if key}  # a parameter may be a session's by now
    frontier.db.execute(
        "UPDATE page SET state = 'pending', due = CASE state WHEN 'done' THEN 0 ELSE due END, conditional = 0"
        " WHERE portal = ? AND kind = 'seed' AND state <> 'dropped' AND id NOT IN (SELECT seed FROM home_link WHERE"
        " portal = ?)",
        (frontier.portal, frontier.portal),
    )
    return links
