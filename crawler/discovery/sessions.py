"""Session ids under names that nobody has listed: a portal that writes one into every link has endless addresses.

Such a parameter stands on most links of a page with one and the same value, which is another on the next page, and not
the one with which that page was asked. An organ's code or a column's number is carried on, or differs between links.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from urllib.parse import parse_qsl, urlsplit

from crawler import address
from crawler.address import Boundary, canonical
from crawler.discovery.links import Page
from crawler.frontier.frontier import Frontier

_PROOF = 3  # pages that must show a parameter so; one that was asked with another value than it gives counts for two
_LINKS = 5  # a page with fewer says nothing
_CARRIED = 3  # links that must carry it where most carry nothing
_SHORTEST = 3  # characters of a session's value
_LONG = 8  # … where most links carry nothing


class Sessions:
    """What one portal's links have shown of its sessions; what was learned is kept in the frontier."""

    def __init__(self, frontier: Frontier, boundary: Boundary) -> None:
        self.frontier = frontier
        self.boundary = boundary
        self.values: defaultdict[str, set[str]] = defaultdict(set)
        self.proof: Counter[str] = Counter()
        self.meaningful: set[str] = set()
        address.ignore_parameters(_known(frontier))

    def observe(self, page: Page) -> list[str]:
        """The parameters that this page proves to be session ids; the frontier's addresses are known without them."""
        inside = [link.url for link in page.links if self.boundary.holds(link.url)]
        asking = [url for url in inside if "?" in url]
        if len(inside) < _LINKS or len(asking) < _CARRIED:
            return []
        own = dict(parse_qsl(urlsplit(page.url).query))
        shown: defaultdict[str, set[str]] = defaultdict(set)
        carried: Counter[str] = Counter()
        for url in asking:
            for name, value in parse_qsl(urlsplit(url).query):
                shown[name].add(value)
                carried[name] += 1
        learned = []
        for name, values in shown.items():
            value = next(iter(values))
            if len(values) > 1:
                self.meaningful.add(name)
            elif (
                len(value) >= _SHORTEST
                and value != own.get(name)
                and (2 * carried[name] >= len(inside) or _drawn_anew(value, own.get(name), carried[name]))
            ):
                if value not in self.values[name]:
                    self.proof[name] += 2 if name in own else 1
                self.values[name].add(value)
            if self.proof[name] >= _PROOF and name not in self.meaningful:
                learned.append(name)
        for name in learned:
            self.meaningful.add(name)  # settled: not looked at again
            _forget(self.frontier, name)
        return learned


def _drawn_anew(value: str, asked: str | None, carried: int) -> bool:
    """Whether a page of scripts beside pages of files (their links carry nothing) answers a long value with another of
    the same length, in all its scripts' links."""
    return asked is not None and carried >= _CARRIED and len(value) == len(asked) >= _LONG


def _known(frontier: Frontier) -> list[str]:
    return [name for (name,) in frontier.db.execute("SELECT name FROM session WHERE portal = ?", (frontier.portal,))]


def _forget(frontier: Frontier, name: str) -> None:
    """Know every address without this parameter from now on; of two that become one, the fetched one stays."""
    named = (frontier.portal, f"%{name}=%")
    with frontier.transaction() as db:
        db.execute("INSERT OR IGNORE INTO session (portal, name) VALUES (?,?)", (frontier.portal, name))
        address.ignore_parameters(_known(frontier))
        pages = db.execute(
            "SELECT id, url FROM page WHERE portal = ? AND canonical LIKE ? AND method = 'GET' ORDER BY done IS NULL",
            named,
        ).fetchall()
        for row, url in pages:
            moved = db.execute("UPDATE OR IGNORE page SET canonical = ? WHERE id = ?", (canonical(url), row))
            if not moved.rowcount:
                db.execute(
                    "UPDATE page SET state = 'dropped', reason = 'same page in another session', claimed = NULL"
                    " WHERE id = ? AND done IS NULL",
                    (row,),
                )
        entries = db.execute(
            "SELECT listing, canonical FROM entry WHERE portal = ? AND canonical LIKE ?", named
        ).fetchall()
        for listing, key in entries:
            db.execute(
                "UPDATE OR REPLACE entry SET canonical = ? WHERE portal = ? AND listing = ? AND canonical = ?",
                (canonical(f"http://{key}"), frontier.portal, listing, key),
            )
