"""How far a list of notices is turned, on which yearly reports may stand among a thousand other things.

Reports come out between January and March. A list that has named some, or the list of a portal that has shown none
anywhere, is turned until it has gone through a whole such season without one; any other for a page or two.
"""

from __future__ import annotations

import data
from crawler.frontier.frontier import Frontier

_REPORTS = "p.kind IN ('report', 'attachment')"


def pays(frontier: Frontier, name: str, number: int) -> bool:
    """Whether the page behind page ``number`` is worth its request."""
    patience = data.load_yaml("discovery.yaml")["patience"]
    page, last = _last_report(frontier, name)
    since = number - page
    column = frontier.count("useful = 1 AND kind = 'column'")
    if since <= (min(1, patience["notice_pages"]) if column else patience["notice_pages"]):
        return True
    if since > patience["notice_season_pages"] or not (page or frontier.count("report = 1") == 0):
        return False
    newest, here = frontier.db.execute(
        "SELECT max(listed), max(CASE WHEN number = ? THEN listed END) FROM entry WHERE portal = ? AND listing = ?",
        (number, frontier.portal, name),
    ).fetchone()
    if here is None:
        return bool(since <= patience["notice_undated_pages"])
    return bool(here >= f"{_season(last or newest)}-01-01")


def fruitful(frontier: Frontier, name: str) -> bool:
    """Whether the list has named a report."""
    return _last_report(frontier, name)[0] > 0


def _season(day: str) -> int:
    """The year of the last January to March that lies wholly before ``day`` (YYYY-MM-DD)."""
    year, month = int(day[:4]), int(day[5:7])
    return year if month > 3 else year - 1


def _last_report(frontier: Frontier, name: str) -> tuple[int, str | None]:
    """The last page that named a report (0: none), and the oldest such entry's date."""
    page, day = frontier.db.execute(
        "SELECT max(e.number), min(e.listed) FROM entry e JOIN page p ON p.portal = e.portal AND"
        f" p.canonical = e.canonical WHERE e.portal = ? AND e.listing = ? AND {_REPORTS}",
        (frontier.portal, name),
    ).fetchone()
    return int(page or 0), day
