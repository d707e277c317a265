"""The rules by which sentences are asked for figures, from ``data/narrative.yaml``."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Any

import data
from reports.narrative.numbers import PATTERN
from reports.narrative.subject import Turns


@dataclass(frozen=True, slots=True)
class Rule:
    """A figure's patterns from ``data/narrative.yaml``."""

    key: str
    needs: tuple[str, ...]
    unless: tuple[str, ...]
    unless_before: tuple[str, ...]  # before the figure in its clause: 结转下年度办理2件
    unless_in_sentence: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]
    zero: str | None  # the key that is 0 where such a sentence stands
    of_disclosure: bool  # not where another of the organ's affairs was spoken of since: 受理行政许可申请9件,办结8件
    linked: bool | str  # only where the words before say that it is about disclosure; close: not only the paragraph's
    told_of: re.Pattern[str] | None  # what the sentence or the paragraph before it must hold
    told_last: bool  # and no other of the organ's affairs behind it
    turns: Turns | None


@functools.cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order in which they are tried."""
    knowledge = data.load_yaml("narrative.yaml")

    words = "|".join([*sorted(knowledge["words"], key=len, reverse=True), knowledge["ways"]])

    def compiled(pattern: str) -> re.Pattern[str]:
        # atomic: 申请人 is one word and never 申请 and 人, or a hostile sentence would take for ever
        pattern = pattern.replace("(?:W)", f"(?>{words})").replace("(?:M)", knowledge["between"])
        pattern = pattern.replace("(?:Q)", knowledge["quantity"]).replace("|Q)", f"|{knowledge['quantity']})")
        return re.compile(pattern.replace("N", PATTERN))

    return tuple(
        Rule(
            each["key"],
            tuple(each["needs"]),
            tuple(each.get("unless", ())),
            tuple(each.get("unless_before", ())),
            tuple(each.get("unless_in_sentence", ())),
            tuple(map(compiled, each["patterns"])),
            each.get("zero"),
            each.get("of_disclosure", False),
            each.get("linked", False),
            re.compile(each["told_of"]) if "told_of" in each else None,
            each.get("told_last", False),
            _turns(each["turns"]) if "turns" in each else None,
        )
        for each in knowledge["figures"]
    )


def _turns(words: dict[str, Any]) -> Turns:
    return Turns(re.compile(words["words"]), re.compile(words["to"]), words["or_none"])


@functools.cache
def asked() -> dict[str, tuple[int, ...]]:
    """The words of which rules ask whether a sentence has them, and the places of the rules that need each."""
    words = {word for rule in rules() for word in (*rule.needs, *rule.unless_in_sentence)}
    return {word: tuple(at for at, rule in enumerate(rules()) if word in rule.needs) for word in words}


@functools.cache
def nothing() -> dict[str, re.Pattern[str]]:
    """What says, by key, that there was none of it."""
    return {key: re.compile(pattern) for key, pattern in data.load_yaml("narrative.yaml")["nothing"].items()}
