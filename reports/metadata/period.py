"""The period that the report's figures cover (统计期限), which is the best witness of its year beside the title."""

from __future__ import annotations

import re

from reports.characters import without_spaces
from reports.metadata.dates import arabic_days
from reports.years import FIRST_YEAR, LAST_YEAR, arabic_years

_BEGIN = r"((?:19|20)\d\d)年?[.\-/]?0?1月?[.\-/]?0?1日?"
_FULL = re.compile(
    rf"{_BEGIN}(?:起|开始)?[,，]?(?:至|到|—+|-+|–+|~|～|起至)+(?:((?:19|20)\d\d)年?|同年|当年|本年)?[.\-/]?12月?[.\-/]?31日?"
)
_START = re.compile(
    r"((?:19|20)\d\d)年0?[1-9]月\d{1,2}日(?:起|开始)?[,，]?(?:至|到|—+|-+|–+|~)+(?:((?:19|20)\d\d)年)?(?:1[0-2]|0?[1-9])月\d{1,2}日"
)
_MONTHS = re.compile(
    r"统计(?:期限|时限|时间|区间|周期)[^。\d]{0,12}((?:19|20)\d\d)年(?:度|0?1月?[-—–~至到－]+12月|全年)"
)
_UNTIL = re.compile(r"截[至止]((?:19|20)\d\d)年(?:12月31日|年?底)")


def read_period(opening: str) -> tuple[int, bool] | None:
    """The year of the 统计期限 and whether it can be trusted.

    Doubtful are periods that lost digits or signs on their way (自20221月1日起至202212月31日), that reach over more
    than a year, and those of which only the end is printed.
    """
    text = arabic_days(arabic_years(without_spaces(opening)))
    match = _FULL.search(text)
    if match:
        year = int(match[1])
        lost = "年" not in match[0] and not re.search(r"\d[.\-/]", match[0][4:7])
        lost = lost or ("月" not in match[0] and "年" in match[0])
        whole = match[2] is None or int(match[2]) == year
        return _valid(int(match[2]) if not whole and int(match[2]) > year else year, whole and not lost)
    match = _START.search(text)
    if match:
        return _valid(int(match[2] or match[1]), False)
    match = _MONTHS.search(text)
    if match:
        return _valid(int(match[1]), True)
    match = _UNTIL.search(text)
    return _valid(int(match[1]), False) if match else None


def _valid(year: int, trusted: bool) -> tuple[int, bool] | None:
    return (year, trusted) if FIRST_YEAR <= year <= LAST_YEAR else None
