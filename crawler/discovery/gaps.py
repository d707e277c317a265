"""A page that is missing from the middle of a list: what lies behind it is asked for all the same.

The list stays incomplete for it, and says which page it was.
"""

from __future__ import annotations

import json
import re

from crawler.discovery import lists
from crawler.families.listing import Step
from crawler.frontier.frontier import Frontier, Row

_FIRST = 3  # where page 2 is missing, more likely its address was wrong than that it has gone
_MOST = 2  # pages that are missing one after the other
_NUMBER = re.compile(r"(\d+)(?=\.\w+$|/?$)")


def passed(frontier: Frontier, row: Row, reason: str) -> bool:
    """Ask for the page behind one that has gone; whether there is one to ask for."""
    step = _behind(row) if reason.startswith("gone") and row.listing else None
    if step is None or not lists.more_pages(frontier, str(row.listing), row.number or 1):
        return False
    lists.leave(frontier, str(row.listing), "incomplete", lists.missing(row.number or 1))
    target = lists.target(step, kind=row.kind, priority=row.priority, name=str(row.listing))
    target.context = row.context
    return bool(frontier.add([target], parent=row))


def _behind(row: Row) -> Step | None:
    """The request for the page behind a missing one whose address ends in its number, counted from 0 or from 1."""
    memo = json.loads(row.memo) if row.memo else {}
    number, missed = row.number or 1, int(memo.get("missed", 0))
    found = _NUMBER.search(row.url)
    counts = found is not None and int(found[1]) in (number - 1, number)
    if number < _FIRST or missed >= _MOST or not counts or found is None or row.method != "GET":
        return None
    address = f"{row.url[: found.start()]}{int(found[1]) + 1}{row.url[found.end() :]}"
    kept = {name: value for name, value in memo.items() if name != "otherwise"}
    return Step(address, number + 1, family=row.family, memo=kept | {"missed": missed + 1})
