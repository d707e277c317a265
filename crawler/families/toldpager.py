"""Pagers that a portal's own function draws of what it is told: ``showPage({now: 1, total: 4, prefix: 'p', …})``.

The function has any name; what it is told has an extension, the page that is shown and how many there are. The
addresses are guesses by the usual habits; the next is tried where one fails.
"""

from __future__ import annotations

import re

from crawler.address import absolute
from crawler.discovery.links import Page
from crawler.families.brackets import balanced, split
from crawler.families.listing import Listing, Step

NAME = "toldpager"
_CALL = re.compile(r"(?<![\w$.])([A-Za-z_$][\w$.]*)\s*\(")
_EXTENSION = re.compile(r"\.?(s?html?|jsp|aspx?|php)")
_PAIR = re.compile(r"\s*['\"]?([A-Za-z_$][\w$]*)['\"]?\s*:\s*(.*)", re.S)
_PLACE = re.compile(r"el|elem|element|id|container|target|box|dom|selector|cont|div", re.I)
_COUNT = re.compile(r"(?:record|row|item|data|entry|entries|size|limit|per)", re.I)
_MOST_PAGES = 3000
_SEPARATORS = ("_", "", "-")


def read(page: Page, number: int, memo: dict[str, object]) -> Listing | None:
    """The next page of a list whose pager a call like these draws."""
    for script in page.scripts:
        for call in _CALL.finditer(script):
            inside = balanced(script, call.end() - 1, 400)
            if inside is None or "function" in inside or not _EXTENSION.search(inside):
                continue
            listing = _told(page, inside.strip(), number, memo)
            if listing is not None:
                return listing
    return None


def _told(page: Page, inside: str, number: int, memo: dict[str, object]) -> Listing | None:
    whole = balanced(inside, 0) if inside.startswith("{") else inside
    numbers: list[int] = []
    extension, stems = "", []
    for part in split(whole or "", ","):
        pair = _PAIR.match(part) if inside.startswith("{") else None
        name, value = (pair[1], pair[2].strip()) if pair else ("", part.strip())
        if re.fullmatch(r"['\"]?\d{1,5}['\"]?", value) and not _COUNT.search(name):
            numbers.append(int(value.strip("'\"")))
        elif (text := re.fullmatch(r"['\"]([^'\"\s]{1,80})['\"]", value)) is not None:
            if (found := _EXTENSION.fullmatch(text[1])) is not None:
                extension = found[1]
            elif not _PLACE.fullmatch(name) and not _is_place(page, text[1]) and text[1].isascii():
                stems.append(text[1])
    if not extension or len(numbers) < 2 or len(stems) > 1:
        return None
    base = memo.get("base")
    base = base if isinstance(base, int) else next((each for each in (1, 0) if number - 1 + each in numbers), None)
    if base is None or number - 1 + base not in numbers:
        return None
    numbers.remove(number - 1 + base)
    pages = min(numbers) if min(numbers) >= number else 0
    if not number <= pages <= _MOST_PAGES or pages < 2:
        return None
    if number == pages:
        return Listing(NAME, pages=pages, end=f"page {number} of {pages}")
    steps = _steps(page, stems[0] if stems else "index", extension, number, base, memo)
    if not steps:
        return None
    steps[0].otherwise = steps[1:]
    return Listing(NAME, pages=pages, steps=steps[:1])


def _steps(page: Page, stem: str, extension: str, number: int, base: int, memo: dict[str, object]) -> list[Step]:
    """The next page by the habits of portals: index_1, index_2, index2, index-2; by the one that did for the last."""
    known = memo.get("habit")
    habits = [(mark, first) for mark in _SEPARATORS for first in (base, 1 - base)]
    if isinstance(known, list):
        habits = [(str(known[0]), int(known[1]))]
    found = []
    for mark, first in habits:
        address = absolute(page.url, f"{stem}{mark}{number + first}.{extension}")
        if address:
            found.append(Step(address, number + 1, memo={"habit": [mark, first], "base": base}))
    return found


def _is_place(page: Page, text: str) -> bool:
    """Whether a text is the id of an element, where the pager is put."""
    if text.startswith(("#", ".")):
        return True
    return bool(re.search(rf"\b(?:id|class)\s*=\s*['\"]?{re.escape(text)}\b", page.text))
