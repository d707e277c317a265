"""Figures stated in running text: requests received and their outcomes, reviews, lawsuits, documents, items published.

Each is found with its section and character range in the section's text, so that a reader can point at it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

import data
from reports.metadata.places import plain
from reports.metadata.scope import sentence_scope
from reports.narrative.numbers import PATTERN, value
from reports.record import Narrative, Section


@dataclass(frozen=True, slots=True)
class Rule:
    """A figure's patterns from ``data/narrative.yaml``."""

    key: str
    needs: tuple[str, ...]
    unless: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]
    zero: str | None  # the key that is 0 where such a sentence stands


@functools.cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order in which they are tried."""
    return tuple(
        Rule(
            each["key"],
            tuple(each["needs"]),
            tuple(each.get("unless", ())),
            tuple(re.compile(pattern.replace("N", PATTERN)) for pattern in each["patterns"]),
            each.get("zero"),
        )
        for each in data.load_yaml("narrative.yaml")["figures"]
    )


@functools.cache
def _nothing() -> dict[str, re.Pattern[str]]:
    return {key: re.compile(pattern) for key, pattern in data.load_yaml("narrative.yaml")["nothing"].items()}


_SENTENCE = re.compile(r"[^。;!?\n]+")
_UNIT = "[件条期份宗起次场个名人元项篇部例万]"
_WORTH = re.compile(rf"\d\s*(?:余|多)?\s*{_UNIT}|[一二两三四五六七八九十零]{_UNIT}|未|无|没有")
LONGEST_SENTENCE = 3000  # characters; what is longer is no sentence
_PART = re.compile(r"其中[^。;]*$|\([^()]*$")


def read_figures(sections: list[Section], government: bool = True) -> list[Narrative]:
    """The figures of all sections, in the order of the text. ``government``: whose 全市 is its own area (``scope``)."""
    found: list[Narrative] = []
    for section in sections:
        found += _section(section, government)
    return found


def _section(section: Section, government: bool) -> list[Narrative]:
    text = plain(section.text)
    found: list[Narrative] = []
    for sentence in _SENTENCE.finditer(text):
        if sentence.end() - sentence.start() > LONGEST_SENTENCE or not _WORTH.search(sentence[0]):
            continue
        flat, places = _flat(sentence[0], sentence.start())
        scope = sentence_scope(flat, government)
        taken: list[tuple[int, int]] = []
        for key, start, end, number in _sentence(flat):
            if number != 0 and any(start < other_end and end > other_start for other_start, other_end in taken):
                continue
            taken.append((start, end))
            first, last = places[start], places[end - 1] + 1
            found.append(
                Narrative(
                    key=key, value=number, raw=section.text[first:last], section=section.number, start=first, end=last,
                    scope=scope,
                )
            )  # fmt: skip
    found.sort(key=lambda each: each.start)
    return found


def _flat(text: str, offset: int) -> tuple[str, Sequence[int]]:
    """The sentence without white space, and where each of its characters stands in the section."""
    if not any(map(str.isspace, text)):
        return text, range(offset, offset + len(text))
    places = [offset + at for at, char in enumerate(text) if not char.isspace()]
    return "".join(char for char in text if not char.isspace()), places


def _sentence(flat: str) -> list[tuple[str, int, int, int | float]]:
    found: list[tuple[str, int, int, int | float]] = []
    for rule in rules():
        if not any(word in flat for word in rule.needs):
            continue
        for pattern in rule.patterns:
            for match in pattern.finditer(flat):
                clause = _clause(flat, match.start(), match.end())
                if any(word in clause for word in rule.unless):
                    continue
                if rule.zero:
                    found.append((rule.zero, match.start(), match.end(), 0))
                    continue
                number = value(match)
                if number is not None:
                    key = rule.key
                    if key in ("received", "handled") and _PART.search(flat[: match.start()]):
                        key = f"{key}_part"
                    found.append((key, match.start(), match.end(), number))
    for key, none in _nothing().items():
        if not any(each[0] == key for each in found):
            nil = none.search(flat)
            if nil:
                found.append((key, nil.start(), nil.end(), 0))
    return found


def _clause(flat: str, start: int, end: int) -> str:
    """The clause around a match, from comma to comma."""
    left = max(flat.rfind(mark, 0, start) for mark in ",、(:")
    right = min((at for mark in ",)" if (at := flat.find(mark, end)) >= 0), default=len(flat))
    return flat[left + 1 : right]
