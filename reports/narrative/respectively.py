"""Figures that a sentence names first and then counts one by one: 受理、答复分别为12件和10件."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

import data
from reports.narrative.numbers import PATTERN

MARK = "分别"


class Told(NamedTuple):
    """One of the figures as a sentence would tell it alone (受理申请12件), and where its number stands in the text."""

    sentence: str
    start: int
    end: int


class _Words(NamedTuple):
    told: re.Pattern[str]  # 分别为12件、10件和3件
    number: re.Pattern[str]
    parting: re.Pattern[str]
    done: re.Pattern[str]  # 受理 and what is received, once for all: 受理、答复依申请公开


@functools.cache
def _words() -> _Words:
    words = data.load_yaml("narrative.yaml")["respectively"]
    number = re.sub(r"\?P<\w+>", "?:", PATTERN) + f"(?:{words['unit']})?"  # 分别为12、10、3件
    numbers = rf"{number}(?:{words['between']}{number})+(?<={words['unit']})"
    told = rf"{MARK}(?:{'|'.join(words['is'])})?(?P<numbers>{numbers})(?![\d、])"
    return _Words(
        re.compile(told),
        re.compile(number),
        re.compile(words["parting"]),
        re.compile(rf"^(?P<done>.{{0,6}}?(?:{'|'.join(words['done'])})(?:了)?)(?P<what>.+)$"),
    )


def one_by_one(flat: str) -> Iterator[list[Told]]:
    """Each list of figures that names as many as it counts; none where the two lists differ in length."""
    words = _words()
    for told in words.told.finditer(flat):
        begin = max(flat.rfind(mark, 0, told.start()) for mark in ",;:(。") + 1
        names = words.parting.split(flat[begin : told.start()])
        numbers = list(words.number.finditer(flat, *told.span("numbers")))
        if len(names) != len(numbers) or not all(names):
            continue
        last = words.done.match(names[-1])
        common = last["what"] if last and all(words.done.fullmatch(each + "。") for each in names[:-1]) else ""
        whats = [common] * (len(names) - 1) + [""]
        unit = numbers[-1][0][-1]
        yield [
            Told(flat[:begin] + name + what + number[0].removesuffix(unit) + unit, number.start(), number.end())
            for name, what, number in zip(names, whats, numbers, strict=True)
        ]
