"""What a sentence speaks of where its figure stands: disclosure or another affair, the organ or another one."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import NamedTuple

import data
from reports.metadata.conflicts import is_short_for

_KINDS = ("局", "委员会", "办公室", "厅", "中心")
_ORGAN = re.compile(
    rf"[一-鿿]{{2,16}}?(?:{'|'.join(_KINDS)})"
)  # 信访局, 行政审批服务局: names say nothing of what is counted


class Turns(NamedTuple):
    """Of several things that a sentence speaks of in turn (``words``), the last before a figure is one (``to``)."""

    words: re.Pattern[str]
    to: re.Pattern[str]
    or_none: bool

    def fit(self, before: str) -> bool:
        """Whether the words before a figure turned to the rule's thing last: 行政复议5件、行政诉讼4件，其中维持…"""
        told = [each.start() for each in self.words.finditer(before)]
        return self.to.match(before, told[-1]) is not None if told else self.or_none


class _Words(NamedTuple):
    link: re.Pattern[str]
    after: re.Pattern[str]
    denied: re.Pattern[str]
    other_business: tuple[str, ...]
    others: re.Pattern[str]


@functools.cache
def _words() -> _Words:
    words = data.load_yaml("narrative.yaml")
    link, after, denied = (re.compile(words[key]) for key in ("link", "link_after", "link_denied"))
    return _Words(link, after, denied, tuple(words["other_business"]), re.compile(words["other_organs"]))


def without_organs(clause: str) -> str:
    """A clause without the names of organs in it."""
    return _ORGAN.sub("", clause) if holds(clause, _KINDS) else clause


def holds(text: str, words: tuple[str, ...]) -> bool:
    """Whether one of the words stands in a text; a loop, because a generator costs three times as much here."""
    for word in words:  # noqa: SIM110
        if word in text:
            return True
    return False


def of_other_business(flat: str, end: int) -> bool:
    """Whether another of the organ's affairs was spoken of in the sentence since it last spoke of disclosure."""
    words = _words()
    last = max((each.end() for each in words.link.finditer(flat, 0, end)), default=0)
    if flat.startswith("案件", last):  # 依申请公开案件45件: its own affair
        last += len("案件")
    said = without_organs(flat[last:end])
    return holds(said, words.other_business)


def is_linked(match: re.Match[str], flat: str, context: Callable[[], str], close: bool = False) -> bool:
    """Whether the words before a figure, or close behind it, say that it is about disclosure.

    ``close``: words of its own sentence or of its section's title, and none of the sentences before.
    """
    words = _words()
    behind = flat[match.end() :]
    if words.denied.search(behind):
        return bool(words.link.search(match[0]))
    if words.link.search(flat[: match.end()]) or words.after.search(behind):
        return True
    told = context()
    if close:
        told = told.partition("\n")[0] + told.rpartition("。")[2]
    return bool(words.link.search(told))


def is_of_another_organ(before: str, organ: str) -> bool:
    """Whether the words before a figure, in the report of an organ that is no government, end in another: 各乡镇共…"""
    found = _words().others.search(before)
    if found is None:
        return False
    name = found["name"]
    return name is None or not (name in organ or organ.endswith(name[-4:]) or is_short_for(name, organ))
