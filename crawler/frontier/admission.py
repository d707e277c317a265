"""Whether an address is worth its request now: the budget, the yield of its branch, and patience with exploration.

All limits are in data/discovery.yaml.
"""

from __future__ import annotations

import data
from crawler.discovery import lists, shown
from crawler.discovery.scoring import explore
from crawler.frontier.frontier import Row
from crawler.spiders.portal import PortalSpider

_COLUMN_FOUND = "useful = 1 AND kind IN ('column', 'year', 'level')"

_BESIDES = ("other", "hub", "frame")  # what may still lead to another column


def admit(spider: PortalSpider, row: Row) -> bool:
    """Whether a row is worth its request now; else it is dropped with the reason, or the visit stops."""
    if spider.counts["requests"] >= spider.max_pages:
        spider.scheduler.stopped = "budget"
        left = spider.frontier.count("state = 'pending' AND priority >= ?", (explore(),))
        spider.frontier.release(row)
        spider.note(
            "budget-spent",
            f"--max-pages {spider.max_pages} is spent; {left} promising addresses wait for the next visit",
            spider.home,
        )
        return False
    if shown.is_home(row) and row.done is None and spider.known_reports:
        spider.frontier.drop(row, "low yield: the portal's reports were found without a browser")
        return False
    patience = _patience()
    if row.branch and row.report == 0 and row.done is None:
        organs = "organ_misses" if spider.known_reports else "first_organ_misses"
        limit = (
            patience[organs]
            if row.kind in ("organ", "organs")
            else patience["shape_misses"]
            if row.kind in ("other", "level", "candidate")
            else 0
        )
        if limit and spider.frontier.branch_misses(row.branch) >= limit:
            why = "low yield: the links beside it led to nothing"
            spider.frontier.drop(row, why)
            beside = spider.frontier.drop_where("branch = ?", (row.branch,), why)
            if row.kind != "other":  # organs of a list, entries of a column: one may have what the others have not
                told = f"{beside + 1} links of a list were not followed: those before them led to nothing"
                spider.note("links-left", told, row.url)
            return False
    if row.priority >= explore() or row.kind == "seed" or row.done is not None:
        return True
    found = spider.known_reports > 0
    limit = max(patience["found"], patience["share"] * spider.counts["useful"]) if found else patience["nothing_found"]
    if found and row.kind in _BESIDES:
        if spider.besides >= patience["besides"] and spider.frontier.holds(_COLUMN_FOUND):
            why = "low yield: a column of reports has been found, and this promises none"
            spider.frontier.drop(row, why)
            spider.frontier.drop_where(f"priority < ? AND kind IN {_BESIDES}", (explore(),), why)  # of a map, thousands
            return False
        spider.besides += 1
    if spider.explored >= limit:
        spider.frontier.drop(row, "low yield: exploration has found nothing for long")
        spider.frontier.drop_where("priority < ?", (explore(),), "low yield: exploration has found nothing for long")
        lists.sample(spider.frontier)
        return False
    spider.explored += 1
    return True


def _patience() -> dict[str, float]:
    patience: dict[str, float] = data.load_yaml("discovery.yaml")["patience"]
    return patience
