"""Where a report contradicts itself on whose it is: last year's file or another organ's was copied and not all changed.

The title is believed, as everywhere; what else the report calls itself is told beside it, never guessed away. Names
that are one organ's in other words are alike: abbreviations (市监局), its office, its place written in full or not.
"""

from __future__ import annotations

import functools
import re

import data
from reports.metadata.whose_place import are_apart, places
from reports.record import Candidate, Problem

#: Where a report says itself whose it is, each a witness of its own.
_WITNESSES = ("title", "opening", "signature", "first section", "opening (contact)", "later section")
#: Those that name other organs rightly: of another place only.
_BESIDE = ("opening (contact)", "later section")
#: What the page around the report says of whose it is: of another place only, and only where the text is silent.
_AROUND = ("breadcrumb", "page title", "meta sitename", "meta contentsource")
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")
_TELLING = 6  # characters of a name that says whose it is without a place
_LEVELS = "省市县区旗州盟镇乡"
_ABOVE = ("镇乡", "县区旗", "市州盟", "省")  # the levels from below
_PLACES = re.compile(rf"(?:[^{_LEVELS}、]{{2,9}}[{_LEVELS}])+")  # 宜春市万载县
_LEVEL_FIRST = re.compile(rf"(?!市[中南北]区)[{_LEVELS}]")  # 市中区 is a place
_PLACE = re.compile(rf"^(?:中华人民共和国|国家[一-鿿]{{2,4}}?局)?(?P<place>[^{_LEVELS}、]{{2,7}}(?:自治)?[{_LEVELS}])")


@functools.cache
def _endings() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = data.load_yaml("titles.yaml")["same_organ"]
    offices, kinds = ("|".join(words[key]) for key in ("offices", "kinds"))
    return re.compile(f"(?:{offices})$"), re.compile(f"(?:{kinds})$")


def organ_conflict(told: list[Candidate]) -> list[Problem]:
    """That the report's title, opening, signature or first section name different organs; at most one problem."""
    witnesses = [(str(each.value), each.source) for each in told if each.source in _WITNESSES]
    if not witnesses:
        return []
    named, where = witnesses[0]
    for other, source in witnesses[1:]:
        if source != where and _differ(named, other, source):
            message = f"the organ is told in two ways: {where} {named}, {source} {other}"
            return [Problem(code="organ-conflict", message=message, where=source)]
    if any(source != where and not are_apart(named, other) and places(other) for other, source in witnesses):
        return []  # the text says itself that it is the title's: the page is on another's site
    for other, source in ((str(each.value), each.source) for each in told):
        if (source in _AROUND or source.startswith("label")) and are_apart(named, other):
            message = f"the organ is told in two ways: {where} {named}, {source} {other}"
            return [Problem(code="organ-conflict", message=message, where=source)]
    return []


def _differ(named: str, other: str, source: str) -> bool:
    """Whether two names are of different organs; in doubt they are not."""
    one, two = _core(named), _core(other)
    if _within(one, two) or _within(two, one) or len(two) < 3:
        return False
    if source in _BESIDE:
        return _is_elsewhere(named, other)
    if _LEVEL_FIRST.match(other):  # 县教育局, in the report of 临江县民政局; 县委、县政府 is none
        return source != "first section" and one[-1] not in _LEVELS and not _within(two[1:], one)
    place = _PLACE.match(other)
    elsewhere = place is not None and not _within(place["place"][:-1], named)
    if place is None:  # 财政部内蒙古监管局; a name without any place may be the same in other words
        return len(two) >= _TELLING and len(set(one) & set(two)) < 2
    if elsewhere:
        return True
    return one[-1] not in _LEVELS and two[-1] not in _LEVELS  # two offices of one place, and none its government


def _is_elsewhere(named: str, other: str) -> bool:
    """Whether the other is of another place of the same level: later sections tell what the province and the places
    below did too, and what the other offices of the place.
    """
    if places(named) and places(other):
        return are_apart(named, other)
    place, own, theirs = _PLACE.match(other), _PLACES.match(named), _PLACES.match(other)
    if place is None or own is None or theirs is None or _within(place["place"][:-1], named):
        return False
    return _level(own[0]) == _level(theirs[0])


def _level(place: str) -> int:
    """How far up a place is, by its last character; 自治区 counts as 区, of which there are more."""
    return next(at for at, each in enumerate(_ABOVE) if place[-1] in each)


def _core(name: str) -> str:
    """A name without brackets, its office and its kind: 临江市水务局办公室 and 临江市水务局 are 临江市水务."""
    offices, kinds = _endings()
    name = offices.sub("", _BRACKETED.sub("", name)) or name
    return kinds.sub("", name) or name


def is_short_for(short: str, name: str) -> bool:
    """Whether a name could be another's, written from its level on and abbreviated: 县卫健局, 临江县卫生健康局."""
    name = name.removesuffix("员会")  # 市发展改革委
    return short.removesuffix("员会")[-1] == name[-1] and _within(short, name)


def _within(short: str, long: str) -> bool:
    """Whether the characters of a name stand in another in their order, as abbreviations do."""
    rest = iter(long)
    return all(char in rest for char in short)
