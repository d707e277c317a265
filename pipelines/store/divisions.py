"""Places: the codes of GB/T 2260, and which of them a printed name begins with (``data/divisions.csv``)."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

import data

NATION = "100000"
_SUFFIXES = ("自治县", "自治旗", "自治州", "自治区", "矿区", "林区", "地区", "新区", "特区")
_SHORT_SUFFIXES = ("省", "市", "区", "县", "旗", "盟", "州")


@dataclass(frozen=True, slots=True)
class Division:
    """One place. ``parent`` is the place that governs it; ``province`` its province's code; ``pinyin`` has a syllable
    for each character of the name."""

    code: str
    name: str
    pinyin: str
    level: str
    parent: str | None

    @property
    def province(self) -> str | None:
        """The code of the province, None for the whole country."""
        return None if self.code == NATION else self.code[:2] + "0000"


@dataclass(frozen=True, slots=True)
class Place:
    """What stands at the beginning of a name: the place, and the rest. ``rivals`` are other places that fit as well."""

    code: str | None
    rest: str
    rivals: tuple[str, ...] = ()


@functools.cache
def divisions() -> dict[str, Division]:
    """Every place by code: those in force, and former ones without a certain successor, under their last name."""
    found: dict[str, Division] = {}
    for row in data.load_csv("divisions.csv"):
        if row["successor"] and row["successor"] != row["code"]:
            continue
        if row["valid_to"] and row["code"] in found:
            continue
        found[row["code"]] = Division(row["code"], row["name"], row["pinyin"], row["level"], row["parent"] or None)
    for code, place in found.items():
        if place.parent is not None and place.parent not in found:
            # A county that was dissolved before its prefecture was: the province still stands.
            found[code] = replace(place, parent=code[:2] + "0000")
    return found


def ancestors(code: str | None) -> Iterator[str]:
    """The code itself, then what governs it, up to the country."""
    known = divisions()
    while code is not None and code in known:
        yield code
        code = known[code].parent


def full_name(code: str) -> str:
    """江苏省淮安市洪泽区: the name from the province down."""
    chain = [divisions()[each] for each in ancestors(code) if each != NATION]
    return "".join(each.name for each in reversed(chain)) or divisions()[NATION].name


def within(code: str | None, outer: str | None) -> bool:
    """Whether a place is another or lies in it."""
    return outer is not None and outer in ancestors(code)


@functools.cache
def _forms() -> dict[str, list[tuple[str, bool]]]:
    """Every written form of a name, with the places that it may be, and whether it is the full name."""
    forms: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    known = divisions()
    for row in data.load_csv("divisions.csv"):
        code = row["successor"] or row["code"]
        if code not in known or code == NATION:
            continue
        for form, full in _spellings(row["name"], row["level"]):
            if (code, full) not in forms[form]:
                forms[form].append((code, full))
    return dict(forms)


def _spellings(name: str, level: str) -> Iterator[tuple[str, bool]]:
    yield name, True
    stem = name
    for suffix in _SUFFIXES:
        if name.endswith(suffix):
            stem = name[: -len(suffix)]
            break
    else:
        if name.endswith(_SHORT_SUFFIXES):
            stem = name[:-1]
    bare = stem
    if stem != name and name.endswith(("自治县", "自治旗", "自治州", "自治区")):
        shorter = _without_peoples(stem)
        if len(shorter) >= 2:
            bare = shorter
            # 凉山州 and 都安县 are what people write; as good as the full name.
            yield bare + name[-1], True
    if len(bare) >= 2 and bare != name:
        yield bare, False


def _without_peoples(stem: str) -> str:
    peoples = sorted(data.load_yaml("organs.yaml")["peoples"], key=len, reverse=True)
    changed = True
    while changed:
        changed = False
        for people in peoples:
            if stem.endswith(people) and len(stem) - len(people) >= 2:
                stem, changed = stem[: -len(people)], True
    return stem


@functools.cache
def _longest() -> int:
    return max(map(len, _forms()))


def locate(name: str, near: str | None = None) -> Place:
    """The place that a name begins with, and what follows. ``near`` is the place that the page's portal belongs to.

    A province, prefecture and county in a row are followed down as far as they are written. A name that several places
    bear (鼓楼区, 朝阳区) is the one inside or above ``near``; where that leaves several, none is chosen and all are
    named. A name without its suffix counts only where it cannot be a word of the organ's own name: provinces always,
    prefectures inside the portal's province, counties only where it is the portal's own.
    """
    best = _parse(name, None, near)
    if not best:
        return Place(None, name)
    longest = max(used for used, _ in best)
    codes = {code for used, code in best if used == longest}
    rest = name[longest:]
    if len(codes) > 1 and near is not None:
        close = {code for code in codes if within(code, near) or within(near, code)}
        if not close:
            close = {code for code in codes if code[:4] == near[:4]} or {code for code in codes if code[:2] == near[:2]}
        codes = close or codes
    if len(codes) > 1:
        # 吉林 is a province and a city in it; the wider one is what a bare name means.
        widest = [code for code in codes if all(within(other, code) for other in codes)]
        codes = set(widest) or codes
    if len(codes) == 1:
        return Place(codes.pop(), rest)
    return Place(None, rest, tuple(sorted(codes)))


def _parse(name: str, under: str | None, near: str | None) -> list[tuple[int, str]]:
    """Every way to read places at the beginning of the name: characters used, and the innermost place."""
    found: list[tuple[int, str]] = []
    forms = _forms()
    for length in range(min(len(name), _longest()), 1, -1):
        for code, full in forms.get(name[:length], ()):
            if under is not None and (code == under or not within(code, under)):
                continue
            if not full and not _short_name_counts(code, name[length:], under, near):
                continue
            found.append((length, code))
            deeper = _parse(name[length:], code, near)
            found.extend((length + used, inner) for used, inner in deeper)
    return found


def _short_name_counts(code: str, rest: str, under: str | None, near: str | None) -> bool:
    level = divisions()[code].level
    if rest[:1] in ("市", "县", "区", "州", "省", "盟", "旗"):
        return False  # 南昌县 is not 南昌 and a word that begins with 县
    if level == "province":
        return True
    if not rest:
        return near is not None and (within(near, code) or within(code, near))
    if level == "prefecture":
        return near is None or near == NATION or code[:2] == near[:2]
    return code == near and under is None
