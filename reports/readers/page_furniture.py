"""Page numbers and running heads between the lines of a text that was taken from pages."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Sequence

import data

_BARE = re.compile(r"\d{1,3}")
_WHOLE_ROW = re.compile(r".*[^\W\d]\W{0,3}?(?:[\s|]+(?:\d[\d,.]*[件条项个]?|[-/—无])){7}[\s|]*")
_WORD = re.compile(r"[\u4e00-\u9fff]{2}")
_LONGEST_NUMBER = 16  # characters
_LEAST_HEAD = 8  # characters of a running head: fewer are a label or a heading that may well come again


@functools.cache
def _numbered() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{each})" for each in data.load_yaml("readers/page_furniture.yaml")["page_numbers"]))


@functools.cache
def _section() -> re.Pattern[str]:
    return re.compile(data.load_yaml("readers/page_furniture.yaml")["section"])


@functools.lru_cache(maxsize=4096)
def is_page_number(line: str) -> bool:
    """The line is a page's number and nothing else, and cannot be a figure: ``- 5 -``, 第5页 共9页."""
    return len(line) < 24 and _numbered().fullmatch(line.strip()) is not None


def furniture(lines: Sequence[str]) -> set[int]:
    """The places of page numbers and running heads among these lines.

    A running head is a line that has been there before and stands beside a page's number. That number may be bare where
    an empty line follows it: elsewhere a bare number is a figure. Where the lines around it are there again too, they
    are no page's edge: the labels and figures of a second report.
    """
    texts = [line.strip() or ("\t" if "\t" in line else "") for line in lines]  # a tab parts cells: no empty line
    found = {
        place for place, text in enumerate(texts) if text and (is_page_number(text) or _between_rows(texts, place))
    }
    counted = Counter(text for text in texts if len(text) >= _LEAST_HEAD)
    beside = _words_beside(texts)
    seen: dict[str, set[tuple[str, str]]] = {}
    for place, text in enumerate(texts):
        if counted[text] < 2 or _section().match(text):
            continue
        if text in seen and beside[place] not in seen[text]:
            around = _around(texts, place)
            numbers = {each for each in around if each in found} or _nearest_bare(texts, place, around)
            if numbers:
                found |= {place, *numbers}
        seen.setdefault(text, set()).add(beside[place])
    return found | _spacing(texts, found)


def _between_rows(texts: Sequence[str], place: int) -> bool:
    """A bare number between two rows of table 3 that are whole by themselves, each with its seven figures."""
    if not 0 < place < len(texts) - 1 or not _BARE.fullmatch(texts[place]):
        return False
    return all(_WHOLE_ROW.fullmatch(each) for each in (texts[place - 1], texts[place + 1]))


def _words_beside(texts: Sequence[str]) -> list[tuple[str, str]]:
    """For each line the nearest lines above and below that say more than a number."""
    above, below = _words_above(texts), _words_above(texts[::-1])
    return list(zip(above, below[::-1], strict=True))


def _words_above(texts: Sequence[str]) -> list[str]:
    latest, found = "", []
    for text in texts:
        found.append(latest)
        if len(text) > _LONGEST_NUMBER or _WORD.search(text):
            latest = text
    return found


def _spacing(texts: Sequence[str], found: set[int]) -> set[int]:
    """The empty lines before and after, where there are both: they set the page's edge apart from its text."""
    spacing: set[int] = set()
    for place in found:
        first, last = place, place
        while first - 1 in found:
            first -= 1
        while last + 1 in found:
            last += 1
        around = {first - 1, last + 1}
        if all(0 <= each < len(texts) and not texts[each] for each in around):
            spacing |= around
    return spacing


def _around(texts: Sequence[str], place: int) -> list[int]:
    """The nearest lines with text before and after a place, at most one empty line away."""
    near = []
    for step in (-1, 1):
        for away in (step, 2 * step):
            if 0 <= place + away < len(texts) and texts[place + away]:
                near.append(place + away)
                break
    return near


def _nearest_bare(texts: Sequence[str], place: int, around: list[int]) -> set[int]:
    """The bare number nearest to a running head. Of two as near as each other nobody knows which one is a figure."""
    bare = [each for each in around if _is_bare(texts, each)]
    least = min((abs(each - place) for each in bare), default=0)
    nearest = {each for each in bare if abs(each - place) == least}
    return nearest if len(nearest) == 1 else set()


def _is_bare(texts: Sequence[str], place: int) -> bool:
    return bool(_BARE.fullmatch(texts[place])) and (place + 1 == len(texts) or not texts[place + 1])
