"""Numbers as sentences write them: 1,136, 5万余, 三, 十二, 两."""

from __future__ import annotations

import re

from reports.record import Number

_NUMERALS = "零〇一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾"
#: A number inside a sentence without white space; the group is replaced into the patterns of ``data/narrative.yaml``.
#: 第3件 is a place in a row, 数十件 and 百余件 are no numbers, 无一件 is none.
PATTERN = (
    r"(?:约|近|超过?|达|多达)?"
    r"(?:(?<![第\d])(?P<n>\d[\d,]*(?:\.\d+)?(?:万|千)?)"
    rf"|(?<![第数几无\d{_NUMERALS}])(?<!没有)(?![百千万])(?P<c>[{_NUMERALS}]+))(?:余|多)?"
)

_DIGITS = {
    **{each: n for n, each in enumerate("零一二三四五六七八九")},
    **{each: n for n, each in enumerate("壹贰叁肆伍陆柒捌玖", 1)},
    "〇": 0,
    "两": 2,
}
_UNITS = {"十": 10, "拾": 10, "百": 100, "千": 1000, "万": 10000}


def chinese(text: str) -> int | None:
    """The value of a number in Chinese words up to 九千九百九十九万, or None where the words make none."""
    total = section = 0
    digit: int | None = None
    for char in text:
        if char in _DIGITS:
            if digit is not None and digit != 0:
                return None
            digit = _DIGITS[char]
        elif char == "万":
            total += (section + (digit or 0)) * 10000
            section, digit = 0, None
        else:
            section += (1 if digit is None else digit) * _UNITS[char]
            digit = None
    return total + section + (digit or 0)


def value(match: re.Match[str]) -> Number | None:
    """The number that a match of ``PATTERN`` states; 余, 约 and 近 stay in its raw text."""
    words = match.groupdict()
    if words["n"] is None:
        return chinese(words["c"])
    text = words["n"].replace(",", "")
    number = float(text.rstrip("万千")) * {"万": 10000, "千": 1000}.get(text[-1], 1)
    return int(number) if number == int(number) else number
