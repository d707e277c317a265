"""Whether a report counts a whole area (jurisdiction) or the organ alone; None where the text does not say."""

from __future__ import annotations

import functools
import re
from typing import Literal

import data
from reports.metadata.places import Places
from reports.metadata.statutory import is_local_government

Scope = Literal["jurisdiction", "organ"]


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = data.load_yaml("scope.yaml")
    area = "|".join(words["jurisdiction"])
    own = "|".join(words["organ"])
    return re.compile(area), re.compile(own), re.compile("|".join(words["about"]))


def sentence_scope(sentence: str) -> Scope | None:
    """What one sentence says of whose figures it states: 全市受理…, 本机关受理…, 市政府办公厅代表市政府受理…"""
    area, own, _ = _patterns()
    if own.search(sentence):
        return "organ"
    return "jurisdiction" if area.search(sentence) else None


def scope(places: Places, organ: str | None) -> Scope | None:
    """The report's scope. A department reports for itself; of a government only what its text says counts."""
    if organ is not None and not is_local_government(organ):
        return "organ"
    area, own, about = _patterns()
    text = re.sub(r"[ \u3000]+", "", places.text)
    seen: dict[Scope, int] = {"jurisdiction": 0, "organ": 0}
    for sentence in re.split(r"[。;\n]", text):
        if not about.search(sentence):
            continue
        if area.search(sentence):
            seen["jurisdiction"] += 1
        elif own.search(sentence):
            seen["organ"] += 1
    if seen["jurisdiction"]:
        return "jurisdiction"
    return "organ" if seen["organ"] else None
