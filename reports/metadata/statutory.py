"""When a report was due, and how late it came (政府信息公开条例, articles 49 and 50; before 2019 article 31)."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterable

import data
from reports.metadata.dates import Moment


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    rules = data.load_yaml("statutory.yaml")
    return re.compile("|".join(rules["government"])), re.compile("|".join(rules["not_government"]))


@functools.lru_cache(maxsize=64)  # a report asks for its organ again and again
def is_local_government(organ: str) -> bool:
    """Whether the organ is a local government of county level or above (上海市人民政府, 丽水市), not one of its
    offices.
    """
    government, other = _patterns()
    return bool(government.search(organ)) and not other.search(organ)


def statutory_date(organ: str | None, year: int | None) -> datetime.date | None:
    """The day by which the organ's report for this year was due; None where organ or year is not known."""
    if organ is None or year is None:
        return None
    rule = [each for each in data.load_yaml("statutory.yaml")["rules"] if each["from_year"] <= year]
    if not rule:
        return None
    month, day = map(int, rule[-1]["government" if is_local_government(organ) else "organ"].split("-"))
    return datetime.date(year + 1, month, day)


def days_late(due: datetime.date | None, published: Moment | None) -> int | None:
    """Days after the statutory date; 0 or less is in time; None without a day of publication."""
    if due is None or published is None or published.month is None or published.day is None:
        return None
    return (datetime.date(published.year, published.month, published.day) - due).days


#: What a report's problems say where the date that its page shows may be later than that of publication.
LATER_THAN_PUBLISHED = frozenset(("date-of-an-edit", "date-of-a-move"))


def measured(late: int | None, codes: Iterable[str]) -> int | None:
    """The days late if they can be known: of a date that may be later than publication, only that it is in time."""
    return None if late is not None and late > 0 and not LATER_THAN_PUBLISHED.isdisjoint(codes) else late
