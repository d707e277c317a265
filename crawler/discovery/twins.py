"""Addresses that give the same bytes: one page under two names, or two pages of one template."""

from __future__ import annotations

from crawler.discovery.reading import Reading
from crawler.frontier.frontier import Frontier, Row


def twin(frontier: Frontier, row: Row, digest: object, reading: Reading, *, worth: float) -> str | None:
    """The other address of the same bytes, where this one leads nowhere else.

    The pages of organs' sub-sites are often the same to the byte, and their relative links lead to different places: a
    link of priority ``worth`` to an unknown address makes a page of its own. The pages of columns are told apart by
    what they list.
    """
    if row.kind in ("seed", "column", "year", "level") or not digest:
        return None
    other = frontier.seen_digest(str(digest), row)
    if other and any(
        each.priority >= worth and not each.reason and frontier.state_of(each.canonical) is None
        for each in reading.targets
    ):
        return None
    return other
