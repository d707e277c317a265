"""Of which time a figure is that a sentence states: the reported year, an earlier one, several years, or a part of it.

``2022年收到申请88件，2023年收到53件`` states two years' figures, ``2008年以来累计收到`` all of them, ``一季度收到`` a
quarter's. Only the reported year's are compared with the tables. Words in ``data/narrative.yaml``.
"""

from __future__ import annotations

import functools
import re
from typing import Literal

import data

Period = Literal["year", "earlier", "cumulative", "partial", "planned"]

_YEAR = r"(?P<y>20\d\d)年(?:度)?"
_ASIDE = re.compile(r"\([^()]*\)")  # (上一年度为88件) says nothing of what follows it


@functools.cache
def _marks() -> re.Pattern[str]:
    words = data.load_yaml("narrative.yaml")["periods"]
    compared = "".join(f"(?<!{each})" for each in words["compared"])
    groups = [f"(?P<{key}>{'|'.join(words[key])})" for key in ("cumulative", "partial", "planned", "earlier", "year")]
    return re.compile(f"{compared}(?:{'|'.join(groups)}|{_YEAR}(?!{'|'.join(words['not_of_year'])}))")


def period(before: str, year: int | None) -> Period:
    """What the words of a sentence before a figure say of its time; the last ones count. ``year`` is the reported one.

    较上年的88件 compares and is no time of its own; 上年结转 is the name of a figure.
    """
    last: Period = "year"
    for mark in _marks().finditer(_ASIDE.sub("", before)):
        if mark["y"]:
            last = "earlier" if year is not None and int(mark["y"]) < year else "year"
            continue
        last = next(key for key in ("cumulative", "partial", "planned", "earlier", "year") if mark[key])
        since = re.search(r"20\d\d", mark[0])
        if last == "cumulative" and since and year is not None and int(since[0]) >= year:
            last = "year"  # 2023年以来, in the report on 2023
    return last
