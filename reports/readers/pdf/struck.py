"""Digits that are struck out: tracked changes print the old figure beside the new one, with a line through it.

Read as text the two would be one number.
"""

from __future__ import annotations

from bisect import bisect_left

from reports.readers.pdf.page import UNREADABLE, PageContent

_FROM_EDGES = 0.3  # heights of a character: what runs nearer to its top or bottom is a line of the table or below it


def tell_struck(page: PageContent) -> None:
    """Takes digits for unreadable that a level line runs through."""
    if not page.horizontal:
        return
    rules = sorted(page.horizontal)
    places = [rule.at for rule in rules]
    for number, glyph in enumerate(page.glyphs):
        if not "0" <= glyph[0] <= "9":
            continue
        _, left, top, right, bottom = glyph
        inwards = _FROM_EDGES * (bottom - top)
        at, last, middle = bisect_left(places, top + inwards), bottom - inwards, (left + right) / 2
        while at < len(rules) and places[at] <= last:
            if rules[at].start <= middle <= rules[at].end:
                page.glyphs[number] = glyph._replace(text=UNREADABLE)
                break
            at += 1
