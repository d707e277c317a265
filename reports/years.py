"""The years that titles and periods name, in digits or in Chinese numerals; never a date's year."""

from __future__ import annotations

import functools
import re

import data

FIRST_YEAR, LAST_YEAR = 2003, 2049  # the first local rules on disclosure are of 2003; the national ones of 2008

_DATE = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?:年\d{1,2}月\d{1,2}日?|[-./]\d{1,2}[-./]\d{1,2}|[01]\d[0-3]\d)(?:\d\d:\d\d(?::\d\d)?)?(?!\d)"
)
_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:[-—–~至到、和]((?:19|20)\d\d|\d\d)|年度?[-—–~至到、]((?:19|20)\d\d)(?=年(?!\d)))?(?!\d)"
    r"(?:年年度|年度|财年|财政年度|学年度?|年|度)?"
)


# begins with its digit, and looks behind it only then: such a pattern is found ten times as fast
_LETTER_YEAR = re.compile(r"2(?<![0-9A-Za-z]2)[OoΟО〇○]([0-4]\d)(?=年)")


@functools.cache
def _numeral_year() -> tuple[re.Pattern[str], dict[str, str]]:
    digits = {key: str(value) for key, value in data.load_yaml("titles.yaml")["numerals"].items()}
    zeros = "".join(key for key, value in digits.items() if value == "0")
    every = "".join(digits)
    return re.compile(f"二[{zeros}][{every}][{every}](?=年|度|\\s)"), digits


def arabic_years(text: str) -> str:
    """The text with years in numerals (二〇二四年) or with a letter for 0 (2O24年) in Arabic digits; same length."""
    if "2" in text and _LETTER_YEAR.search(text):
        text = _LETTER_YEAR.sub(r"20\1", text)
    if "二" not in text:
        return text
    pattern, digits = _numeral_year()
    return pattern.sub(lambda match: "2" + "".join(digits[each] for each in match[0][1:]), text)


def years_in(text: str) -> list[tuple[int, int, int]]:
    """The years that a squeezed text names, as (year, start, end); full dates and ranges' first years left out."""
    dates = [match.span() for match in _DATE.finditer(text)]
    found = []
    for match in _YEAR.finditer(text):
        if any(start <= match.start() < end for start, end in dates):
            continue
        year = int(match[1])
        if more := match[2] or match[3]:
            last = int(more) if len(more) == 4 else year // 100 * 100 + int(more)
            year = last if last > year else year
        if FIRST_YEAR <= year <= LAST_YEAR:
            found.append((year, *match.span()))
    return found


def names_several(text: str) -> bool:
    """Whether a title is that of several years' reports: 2019年至2021年政府信息公开工作年度报告."""
    flat = "".join(arabic_years(text).split())
    return any(
        int(match[1]) < int(match[2] or match[3])
        for match in _YEAR.finditer(flat)
        if len(match[2] or match[3] or "") == 4
    )
