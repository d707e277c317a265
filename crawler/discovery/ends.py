"""Lists that are asked for a page behind their last: what the portal's others have shown tells where a short one ends.

TRS templates count one page more than was published (``createPageHTML(2, 0, …)`` on every list of one page), and some
answers do not say how many pages there are. Each such list costs a request that brings nothing; a column a year and a
kind of organ has dozens of them.
"""

from __future__ import annotations

from crawler.families.listing import Listing
from crawler.frontier.frontier import Frontier

_LEARNT = 3  # lists of a portal that were asked for a page too many
_FEW = 10  # entries: no list of a portal has so small pages and goes on


class Ends:
    """What the lists of one portal have shown of their ends."""

    def __init__(self, frontier: Frontier) -> None:
        self.frontier = frontier
        self.passed: set[str] = set()  # families whose lists are asked for a page too many
        self.least: dict[str, int] = {}  # the fewest entries of a page that was not its list's last, by family

    def turned(self, name: str, number: int) -> None:
        """A further page has brought entries: the one before it was not the last."""
        if number > 1 and self.least:
            before = self._entries(name, number - 1)
            self.least = {family: min(least, before) for family, least in self.least.items()}

    def short(self, listing: Listing, number: int, entries: int) -> bool:
        """Whether a page with so many entries is its list's last, though its family would ask for one more.

        Only where nothing but the template's count, or nobody, says that there is one.
        """
        family = listing.family
        told = listing.records is not None or (listing.pages is not None and listing.pages != number + 1)
        if not 0 < entries < _FEW or told or any(step.linked or step.number != number + 1 for step in listing.steps):
            return False
        return self._passed(family) and entries < self._least(family)

    def _passed(self, family: str) -> bool:
        if family not in self.passed:
            asked = self.frontier.db.execute(
                "SELECT count(*) FROM (SELECT 1 FROM listing l WHERE portal = ? AND family = ? AND records IS NULL"
                " AND state = 'complete' AND EXISTS (SELECT 1 FROM page p WHERE p.portal = l.portal"
                " AND p.branch = 'pager:' || l.listing AND p.state != 'pending' AND p.number > (SELECT max(number)"
                " FROM entry e WHERE e.portal = l.portal AND e.listing = l.listing)) LIMIT ?)",
                (self.frontier.portal, family, _LEARNT),
            ).fetchone()
            if asked[0] < _LEARNT:
                return False
            self.passed.add(family)
        return True

    def _least(self, family: str) -> int:
        if family not in self.least:
            found = self.frontier.db.execute(
                "SELECT listing, number FROM (SELECT e.listing, e.number - 1 AS number FROM listing l JOIN entry e"
                " ON e.portal = l.portal AND e.listing = l.listing WHERE l.portal = ? AND l.family = ?"
                " AND e.number > 1 GROUP BY e.listing, e.number)",
                (self.frontier.portal, family),
            ).fetchall()
            self.least[family] = min((self._entries(name, number) for name, number in found), default=_FEW)
        return self.least[family]

    def _entries(self, name: str, number: int) -> int:
        """How many entries a page of a list has shown; one that stand elsewhere now are none of them."""
        counted = "SELECT count(*) FROM entry WHERE portal = ? AND listing = ? AND number = ?"
        return int(self.frontier.db.execute(counted, (self.frontier.portal, name, number)).fetchone()[0]) or _FEW
