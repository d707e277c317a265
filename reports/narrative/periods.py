"""Of which time a figure is that a sentence states: the reported year, an earlier one, several years, or a part of it.

``2022年收到申请88件，2023年收到53件`` states two years' figures, ``2008年以来累计收到`` all of them, ``一季度收到`` a
quarter's. Only the reported year's are compared with the tables. Words in ``data/narrative.yaml``.
"""

from __future__ import annotations

import functools
import re
from typing import Literal, NamedTuple

import data

Period = Literal["year", "earlier", "cumulative", "partial", "planned"]
_KINDS: tuple[Period, ...] = ("cumulative", "partial", "planned", "earlier", "year")


#: What is compared and no more: 上年度为51件, 2022年88件. The sentence goes on with its own time.
_ALONE = re.compile(r"(?:为|是|的|共|有)*[\d,]+(?:件次|[件宗份起])")
#: What this year's is compared with: 较2023年政府信息公开申请31件增加15件.
_AGAINST = re.compile(
    r"度?(?:同期)?(?:收到|受理|新收|接收)?的?(?:(?:政府)?信息公开|依申请公开)?申请(?:数?量)?(?:为|是|的|共|有)*[\d,]+(?:件次|[件宗份起])"
)


class _Mark(NamedTuple):
    """A word of time in a sentence; ``until`` is where its brackets close: what follows is of another time."""

    start: int
    kind: Period | None  # None: a year in digits
    year: int | None
    until: int


@functools.cache
def _words() -> tuple[re.Pattern[str], tuple[str, ...]]:
    words = data.load_yaml("narrative.yaml")["periods"]
    groups = [f"(?P<{key}>{'|'.join(words[key])})" for key in _KINDS]
    year = rf"(?P<y>20\d\d)年(?!度?(?:{'|'.join(words['not_of_year'])}))(?:度)?"
    return re.compile(f"(?:{'|'.join(groups)}|{year})"), tuple(words["compared"])


@functools.lru_cache(maxsize=64)
def _marks(sentence: str) -> tuple[_Mark, ...]:
    """The words of time in a sentence. 较上年的88件 compares and is no time of its own; 上年结转 is a figure's name."""
    pattern, compared = _words()
    found = []
    told: re.Match[str] | None = None
    for match in pattern.finditer(sentence):
        against = sentence.endswith(compared, 0, match.start())
        if against and not (told := _AGAINST.match(sentence, match.end())):
            continue
        kind = next((key for key in _KINDS if match[key]), None)
        digits = match["y"] or next(iter(re.findall(r"20\d\d", match[0])), None)
        alone = _ALONE.match(sentence, match.end()) if kind in (None, "earlier") else None
        until = told.end() if against and told else alone.end() if alone else len(sentence)
        if sentence.rfind("(", 0, match.start()) > sentence.rfind(")", 0, match.start()):
            until = sentence.find(")", match.end())  # -1: the bracket is never closed
        found.append(
            _Mark(match.start(), kind, int(digits) if digits else None, until if until >= 0 else len(sentence))
        )
    return tuple(found)


def period(sentence: str, end: int, year: int | None) -> Period:
    """The time of the figure that ends at ``end``: the last words of time before it tell. ``year`` is the reported."""
    last: Period = "year"
    begun = 0
    for mark in _marks(sentence):
        if mark.start >= end:
            break
        if mark.until < end:
            continue
        if last == "planned" and mark.kind in (None, "year") and "," not in sentence[begun : mark.start]:
            continue  # 预计2025年受理申请50件左右
        begun = mark.start
        if mark.kind is None:
            last = "earlier" if year is not None and mark.year is not None and mark.year < year else "year"
        elif mark.kind == "cumulative" and mark.year is not None and year is not None and mark.year >= year:
            last = "year"  # 2023年以来, in the report on 2023
        else:
            last = mark.kind
    return last
