"""Numbers in Chinese words: 三, 十二, 两百零五, 贰拾."""

from __future__ import annotations

NUMERALS = "零〇一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾"

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
