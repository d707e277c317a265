"""What a return visit finds changed in the lists, and when that calls for the known reports too.

A portal on which something moves is one on which something may have been edited that no list shows.
"""

from __future__ import annotations

import time
from collections.abc import Collection

from crawler.discovery.lists import Turned
from crawler.frontier import visit
from crawler.frontier.frontier import Frontier, Row


class Changes:
    """What has changed on one portal.

    It is kept in the frontier: a visit that is killed has read its lists, and the one that goes on does not read them
    again.
    """

    def __init__(self, frontier: Frontier) -> None:
        self.frontier = frontier
        self.rechecked = False

    def stir(self) -> None:
        """Something has changed on this portal: ``recheck`` is worth its requests, if it has not been made already."""
        if self.rechecked:
            return
        self.frontier.db.execute(
            "INSERT OR IGNORE INTO stir (portal, since) VALUES (?, ?)", (self.frontier.portal, time.time())
        )

    @property
    def stirred(self) -> bool:
        """Whether something has changed since the known reports were asked for."""
        found = self.frontier.db.execute("SELECT 1 FROM stir WHERE portal = ?", (self.frontier.portal,))
        return found.fetchone() is not None

    def recheck(self) -> bool:
        """All lists have been read, and something has changed: known reports are asked for again, once a visit.

        Whether there are any.
        """
        if self.rechecked or not self.stirred:
            return False
        self.rechecked = True
        with self.frontier.transaction() as db:
            db.execute("DELETE FROM stir WHERE portal = ?", (self.frontier.portal,))
            return visit.recheck(self.frontier) > 0

    def gone(self, row: Row) -> None:
        """A known report has gone from its address: the pages of lists on which it stood may name another one.

        Where nothing else has changed on them, the lists have not been read so deep. Newer entries move those behind
        them, so the page after it is read as well.
        """
        self.frontier.db.execute(
            "UPDATE page SET state = 'pending', due = 0, tries = 0, claimed = NULL, conditional = 1 WHERE portal = ?"
            " AND state = 'done' AND report = 0 AND done < ? AND EXISTS (SELECT 1 FROM entry e WHERE e.portal ="
            " page.portal AND e.canonical = ? AND e.listing = coalesce(page.listing, page.canonical) AND"
            " coalesce(page.number, 1) IN (e.number, e.number + 1))",
            (self.frontier.portal, visit.started(self.frontier), row.canonical),
        )

    def unlinked(self, row: Row, name: str, shown: Collection[str]) -> None:
        """Reports to which a page led by a bare year or an organ's name, which need be no entries of its list, and
        to which it leads no more: asked for again at once, and told once."""
        known = self.frontier.db.execute(
            "SELECT canonical FROM page WHERE portal = ?1 AND parent = ?2 AND report = 1 AND state = 'done'"
            " AND kind NOT IN ('report', 'attachment') AND NOT EXISTS (SELECT 1 FROM entry e WHERE e.portal = ?1"
            " AND e.listing = ?3 AND e.canonical = page.canonical AND e.number IS NULL)",
            (self.frontier.portal, row.id, name),
        ).fetchall()
        for key in [key for (key,) in known if key not in shown]:
            self.frontier.db.execute(
                "INSERT INTO entry (portal, listing, canonical) VALUES (?, ?, ?)"
                " ON CONFLICT DO UPDATE SET number = NULL",
                (self.frontier.portal, name, key),
            )
            self.frontier.reopen(key, conditional=False)
            self.stir()

    def seen(self, row: Row, turned: Turned) -> None:
        """A page of a list that was read before: entries that read differently or have gone are asked for again at
        once, and other reports with them.

        Other links stand among the entries (other portals, what others read, with the day of the visit beside them):
        that these change says nothing. A report that is new is told of by its own link (``received``).
        """
        if not row.checks:
            return
        gone = turned.vanished if len(turned.vanished) > turned.new else []
        changed = [*turned.changed, *gone]
        for key in changed:
            self.frontier.reopen(key, conditional=False)
        again = [*turned.returned, *filter(self._is_report, turned.changed)]  # be it under another title
        back = [key for key in again if visit.reopen_gone(self.frontier, key)]
        if back or any(map(self._is_report, changed)):
            row.extra["changed"] = True
            self.stir()

    def _is_report(self, key: str) -> bool:
        """Whether an entry is a report, or is called one."""
        return self.frontier.count("canonical = ? AND (report = 1 OR kind IN ('report', 'attachment'))", (key,)) > 0
