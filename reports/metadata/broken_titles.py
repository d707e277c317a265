"""Titles that stand on several lines, each made one: what a line's end breaks, even within the organ's name."""

from __future__ import annotations

import functools
import re

import data
from reports.characters import without_spaces
from reports.names import is_organ_like
from reports.title import TitleReading, read_title

_SPACE = re.compile(r"\s+")
_ANNEX = re.compile(r"附\s*件\s*[\d一二三四五]*\s*[:：]?")
_ANNEX_ABOVE = re.compile(rf"\s*{_ANNEX.pattern}\s*\n")
_BETWEEN_CJK = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_TOOLBAR = re.compile(r"[|｜│]|\bTab\s*键|无障碍|适老")  # 无障碍浏览 | 进入适老模式: no organ's name
_BROKEN_OFF = re.compile(
    r"(?:19|20)\d\d年度?政(?:府(?:信(?:息公?)?)?)?$"
)  # 临江市水务局2024年政 / 府信息公开工作年度报告
_BRACKETED_YEAR = re.compile(r"\s*[(（〔\[【]?\s*(?:19|20)\d\d\s*年?度?\s*[)）〕\]】]?\s*")
_CUT_NAME = re.compile(r"[一-鿿]{1,8}[省市县区旗州盟](?!.*公开)[一-鿿]{1,10}")
_LONGEST_REST = 2  # characters of a name that are none by themselves: 府2024年, 务局2024年


def tidy(text: str) -> str:
    """A title in one line: breaks and the spaces beside Chinese characters taken out (2023 年 → 2023年), and a line
    above it that says that it is annexed (附件1).
    """
    if without_spaces(text) == text:
        return text
    return _BETWEEN_CJK.sub("", _SPACE.sub(" ", _ANNEX_ABOVE.sub("", text))).strip()


def _whole_already(first: str, second: str) -> bool:
    """Whether two lines are two names and not one title broken in two: a column's name (政府信息公开年报) goes on
    only in a year, and another paper's title ends nobody's.
    """
    if read_title(second).kind == "decoy":
        return True
    return read_title(first).strength == "column" and not _BRACKETED_YEAR.fullmatch(second)


def is_loose(reading: TitleReading) -> bool:
    """2024年年报: of something, by nobody."""
    return reading.kind == "report" and reading.strength == "weak" and reading.organ is None


def _is_year(line: str) -> bool:
    reading = read_title(line)
    return reading.strength == "year" and reading.organ is None


def joined(lines: list[str]) -> list[str]:
    """Titles that stand on two or three lines: the organ's name above the title, or a title broken anywhere.

    An empty line is one that has no part in any title.
    """
    found = []
    for number, line in enumerate(lines[:-1]):
        first, second = tidy(line), tidy(lines[number + 1])
        if not first or not second or _TOOLBAR.search(first) or _ANNEX.fullmatch(first):
            continue
        if first[-1].isdigit() and second[0].isdigit():
            found.append(first + second)  # …街道办事处20 / 24年政府信息公开工作年度报告
            continue
        if len(first) > 40 or first.endswith((":", "：", "。")) or read_title(first).kind != "other":
            continue
        if _whole_already(first, second):
            continue
        below = read_title(second)
        if (below.kind == "report" and below.organ) or (number and _is_year(lines[number - 1]) and _is_year(line)):
            continue  # 2022, 2023, 2024 above a title: a side column's years
        if below.kind == "report" or below.strength == "column":
            if is_organ_like(first) or read_title(first).strength == "year" or _BROKEN_OFF.search(first):
                found.append(first + second)
        elif len(first + second) <= 60:
            found.append(first + second)
            if number + 2 < len(lines) and len(second) <= 30 and len(lines[number + 2]) <= 40:
                third = tidy(lines[number + 2])
                ends = read_title(third)  # 临江市水务局 / 政府信息公开工作 / 2023年度报告
                if third and (ends.kind == "other" or is_loose(ends)) and not read_title(second + third).organ:
                    found.append(first + second + third)
    return found


@functools.cache
def _second_halves() -> frozenset[str]:
    return frozenset(data.load_yaml("titles.yaml")["second_halves"])


def mended(lines: list[str]) -> list[str]:
    """Titles that a line's end cuts within the organ's name: 临江市水 / 务局2024年政府信息公开工作年度报告."""
    found = []
    for first, second, third in zip(lines, lines[1:], [*lines[2:], ""], strict=False):
        begin = tidy(first)
        if not _CUT_NAME.fullmatch(begin) or (is_organ_like(begin) and not begin.endswith("城乡")):
            continue  # …住房和城乡 is no township
        for rest in (tidy(second), tidy(second) + tidy(third)):
            half = rest.partition("20")[0]
            cut = len(half) <= _LONGEST_REST or half in _second_halves()
            if cut and is_organ_like(begin + half) and read_title(rest).kind == "report":
                found.append(begin + rest)
                break
    return found
