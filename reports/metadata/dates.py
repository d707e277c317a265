"""Dates as portals and reports print them, by fixed patterns: never an invented day.

A date is as precise as its print: YYYY-MM-DD, YYYY-MM or YYYY. dateparser, which turns 2024年 into the year 2 and gives
2024年1月 today's day, is only asked when no pattern fits, and believed only when the text shows the digits that it
returns.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass

FIRST_YEAR, LAST_YEAR = 1998, 2049

_ZERO = "〇零○ΟОOo◯0"
_NUMERAL = f"{_ZERO}一二三四五六七八九十"
_DIGITS = {**dict.fromkeys(_ZERO, "0"), **{each: str(n) for n, each in enumerate("一二三四五六七八九", 1)}}
_MONTH, _DAY = "1[0-2]|0?[1-9]", r"[12]\d|3[01]|0?[1-9]"
_CHINESE_MONTH = "十[一二]?|[元一二三四五六七八九]"
_CHINESE_DAY = "(?:三十|卅)一?|(?:二十|廿)[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九]"
_PATTERN = re.compile(
    rf"(?:(?<!\d)(?P<y>(?:19|20)\d\d)|(?P<cy>(?:一九|二[{_ZERO}])[{_NUMERAL}]{{2}}))\s*年\s*"
    rf"(?:(?P<m>{_MONTH}|{_CHINESE_MONTH})\s*月\s*(?:(?P<d>{_DAY})(?!\d)\s*[日号]?|(?P<cd>{_CHINESE_DAY})\s*[日号])?)?"
    r"|(?<!\d)(?P<y2>(?:19|20)\d\d)\s*"
    rf"(?:(?P<s>[-/.])\s*(?P<m2>{_MONTH})\s*(?:(?P=s)\s*(?P<d2>3[01]|[12]\d|0?[1-9])|(?!\d|\s*[-/.]))"
    rf"|[—–－]\s*(?P<m5>{_MONTH})\s*[—–－]\s*(?P<d5>3[01]|[12]\d|0?[1-9])"
    r"|(?P<m3>0[1-9]|1[0-2])(?P<d3>0[1-9]|[12]\d|3[01])(?=(?:\d{6})?(?!\d))"
    r"|[-/](?P<m4>1[0-2]|0[1-9])(?P<d4>))"
)
_WIDE = str.maketrans("０１２３４５６７８９／．", "0123456789/.")
_WIDE_DIGIT = re.compile("[０-９]")


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A date as precise as it was printed."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    def covers(self, other: Moment) -> bool:
        """Whether the other is the same date, only more precise."""
        return (
            self.year == other.year
            and self.month in (None, other.month)
            and (self.day is None or self.day == other.day)
        )


def _number(text: str) -> int:
    """A month or day in digits or words (元月 is January, 廿三 is 23)."""
    if text.isascii():
        return int(text)
    text = text.replace("元", "一").replace("卅", "三十").replace("廿", "二十")
    tens, ten, ones = text.partition("十")
    if ten:
        return (int(_DIGITS[tens]) if tens else 1) * 10 + (int(_DIGITS[ones]) if ones else 0)
    return int(_DIGITS[text])


_IN_WORDS = re.compile(rf"({_CHINESE_MONTH})月({_CHINESE_DAY})(?=[日号])")


def arabic_days(text: str) -> str:
    """The text with months and days in words (一月三十一日) in digits."""
    return _IN_WORDS.sub(lambda match: f"{_number(match[1])}月{_number(match[2])}", text) if "月" in text else text


def moment(year: int, month: int | None = None, day: int | None = None) -> Moment | None:
    """A date that the calendar has; a day that it does not have is left away, a month makes the whole None."""
    if not FIRST_YEAR <= year <= LAST_YEAR or (month is not None and not 1 <= month <= 12):
        return None
    if day is not None and (month is None or not 1 <= day <= calendar.monthrange(year, month)[1]):
        day = None
    return Moment(year, month, day)


def _read(match: re.Match[str]) -> Moment | None:
    digits = match["y"] or match["y2"] or "".join(_DIGITS[each] for each in match["cy"])
    month = match["m"] or match["m2"] or match["m3"] or match["m4"] or match["m5"]
    day = match["d"] or match["cd"] or match["d2"] or match["d3"] or match["d5"]
    return moment(int(digits), _number(month) if month else None, _number(day) if day else None)


def find_dates(text: str) -> list[tuple[Moment, int, int]]:
    """All dates that a text prints, in order, each with its character range."""
    found = []
    for match in _PATTERN.finditer(text):
        read = _read(match)
        if read is not None:
            found.append((read, match.start(), match.end()))
    return found


_UNIVERSAL = re.compile(r"T([0-2]\d):[0-5]\d(?::[0-5]\d)?(?:\.\d+)?(?:Z|\+00:?00)$")  # China is 8 hours on
_SHORT = re.compile(rf"(?<!\d)(\d\d)([-/.])({_MONTH})\2({_DAY})(?!\d)")


def short_date(text: str) -> Moment | None:
    """A date of whose year only two digits are printed (24-01-19), after a label that says that it is a date."""
    match = _SHORT.search(text)
    return moment(2000 + int(match[1]), int(match[3]), int(match[4])) if match else None


def read_date(text: str) -> Moment | None:
    """The first date that a text prints (a PubDate may hold two datetimes in one), or None."""
    text = text.translate(_WIDE) if _WIDE_DIGIT.search(text) else text
    match = _PATTERN.search(text)
    while match is not None:
        read = _read(match)
        if read is not None:
            return _in_china(read, text[match.end() :])
        match = _PATTERN.search(text, match.end())
    return _last_resort(text)


def _in_china(day: Moment, behind: str) -> Moment:
    """The day in China of a moment in universal time (2024-01-18T17:20:00Z)."""
    universal = _UNIVERSAL.match(behind)
    if universal is None or int(universal[1]) < 16 or day.month is None or day.day is None:
        return day
    following = datetime.date(day.year, day.month, day.day) + datetime.timedelta(days=1)
    return Moment(following.year, following.month, following.day)


_WORTH_ASKING = re.compile(r"(?=.*\b(?:19|20)\d\d\b)(?=.*[A-Za-z]{3})")


def _last_resort(text: str) -> Moment | None:
    """dateparser, for the English forms that mirrors print (Jan 17, 2024); kept only if its digits stand in the
    text.
    """
    if len(text) > 60 or not _WORTH_ASKING.match(text):
        return None
    import dateparser

    read = dateparser.parse(
        text, languages=["en", "zh"], settings={"STRICT_PARSING": True, "RETURN_AS_TIMEZONE_AWARE": False}
    )
    numbers = {int(each) for each in re.findall(r"\d+", text)}
    if read is None or read.year not in numbers or read.day not in numbers:
        return None
    return moment(read.year, read.month, read.day)


_ADDRESS = (
    re.compile(r"/t(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])_\d"),  # TRS t20240115_3271106.html; never t17883009
    re.compile(r"/(20\d\d)/(1[0-2]|0?[1-9])/(3[01]|[12]\d|0?[1-9])/"),  # jcms /art/2024/1/19/, Wuxi /doc/2024/01/08/
    re.compile(r"/(20\d\d)-(1[0-2]|0[1-9])/([0-3]\d)/"),  # /2024-01/29/
    re.compile(r"/(20\d\d)-(1[0-2]|0[1-9])-([0-3]\d)/"),  # Kunming /c/2026-01-22/
    re.compile(r"/(20\d\d)/(1[0-2]|0[1-9])-([0-3]\d)/"),  # Henan /2023/01-19/
    re.compile(r"/(20\d\d)(1[0-2]|0[1-9])/([0-3]\d)/"),  # Hebei /202308/21/
    re.compile(r"/(20\d\d)/(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])/"),  # /html/2023/0119/
    re.compile(r"/(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])/"),  # Shanghai, Epoint /20230331/
    re.compile(
        r"/(?:[PW]|[A-Za-z]+/[PW])0(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{6,}"
    ),  # TRS attachments P020250224…
    re.compile(
        r"/(?:article_|0)?(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{6,11}(?:/|\.|$)"
    ),  # timestamps as names
    re.compile(r"/(20\d\d)/[^/]*_(0[1-9]|1[0-2])([0-3]\d)/"),  # Yunnan, Changzhou /2022/2021n_0220/
    re.compile(r"/(20\d\d)-?(0[1-9]|1[0-2])/"),  # UCAP /202401/
    re.compile(r"/art/(20\d\d)/art_"),  # jpaas
)


def address_date(address: str) -> Moment | None:
    """The date in an article's address, by the dialects of portals; a folder that is only a year (/2019/) tells
    nothing.
    """
    for pattern in _ADDRESS:
        match = pattern.search(address)
        if match:
            numbers = [int(each) for each in match.groups()]
            read = moment(*numbers)
            if read is not None:
                return read
    return None
