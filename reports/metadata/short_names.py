"""Short names of organs (县发改局, 市卫健委) and the full names that they stand for."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

import data

_PLACE = re.compile(r"^.{1,12}?(?:自治[区州县旗]|[省市县区旗盟镇乡]|州(?!市)|地区)(?=..)")
_MOST_LEFT_OUT = 12  # characters that a short name leaves out: 住建 of 住房和城乡建设 leaves out five
_LEVELS = ("", "省", "市", "州", "盟", "县", "区", "旗")
_SEVERAL = re.compile(r"[、,，()（）]")


@functools.cache
def _words() -> tuple[dict[str, str], tuple[str, ...]]:
    words = data.load_yaml("titles.yaml")
    return words["short_endings"], tuple(words["short_leaves_out"])


def written_out(short: str, names: Iterable[str]) -> str | None:
    """The full one of the names for which a short name stands: 云溪县发展和改革局 for 云溪县发改局; None without one.

    The characters of a short name stand in the full one in their order, and both are of the same place. A name that
    goes on where the short one ends (公安局交警分局) is another organ's.
    """
    if zone := _zone(short):
        return max((name for name in names if len(name) > len(short) and zone.match(name)), key=len, default=None)
    place = _PLACE.match(short)
    for name in names:
        if not 0 < len(name) - len(short) <= _MOST_LEFT_OUT or _SEVERAL.search(name):
            continue
        theirs = _PLACE.match(name)
        if theirs is None:
            if place is None and _stands_for(short, name):
                return name
            continue
        begin, found, full = name.partition(place[0] if place else theirs[0])
        if found and (not begin or begin[-1] in "省市州盟区县") and _stands_for(_core(short, found), full):
            return name
    return None


@functools.cache
def _zones() -> re.Pattern[str]:
    kinds = "|".join(sorted(data.load_yaml("titles.yaml")["short_zones"], key=len, reverse=True))
    return re.compile(rf"(?P<of>.{{0,12}}?)(?P<kind>{kinds})(?:管委会|管理委员会)?")


def _zone(short: str) -> re.Pattern[str] | None:
    """The full names of a zone's committee: 临江高新技术产业开发区管理委员会 for 临江高新区 and for 高新区管委会."""
    found = _zones().fullmatch(short)
    if found is None:
        return None
    of = found["of"].removesuffix("国家级").removesuffix("国家")
    before = "[一-鿿]{0,6}" if of in _LEVELS else re.escape(of) + "[市县区省]?(?:国家级?|省级|市级)?"
    whole = "|".join(data.load_yaml("titles.yaml")["short_zones"][found["kind"]])
    above, kind = "(?:[一-鿿]{1,12}?[省市州盟县区])?", f"(?:{whole}|{found['kind']})"
    return re.compile(f"{above}{before}{kind}(?:管理委员会|管委会)$")


def _core(short: str, place: str) -> str:
    """A short name without its place, or without the level that stands for it: 县发改局."""
    level = place[-1] if short.startswith(place[-1]) and short[0] in "省市州县区旗盟" else ""
    return short.removeprefix(place).removeprefix(level)


def _stands_for(core: str, full: str) -> bool:
    if full in data.load_yaml("titles.yaml")["short_wholes"].get(core, ()):
        return True
    endings, left_out = _words()
    if len(core) < 3:
        return False
    if full.startswith(core):  # 公安局, 公安局交警分局; but 佳和里街, 佳和里街道办事处
        return any(core.endswith(end) and full == core.removesuffix(end) + whole for end, whole in endings.items())
    for ending, whole in endings.items():
        if core.endswith(ending) and full.endswith(whole):
            if len(core) == len(ending):
                return len(ending) > 2  # 县政府办 leaves nothing, 县局 names no organ
            first, of = core.removesuffix(ending), full.removesuffix(whole).removeprefix("人民政府")
            if of.startswith(first):
                return of.removeprefix(first) in left_out
            rest = iter(of)
            return of[:1] == first[0] and all(each in rest for each in first)
    return False
