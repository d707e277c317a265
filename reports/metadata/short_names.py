"""Short names of organs (县发改局, 市卫健委) and the full names that they stand for."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

import data

_PLACE = re.compile(r"^.{1,12}?(?:自治[区州县旗]|[省市县区旗盟州镇乡]|地区)(?=..)")
_MOST_LEFT_OUT = 12  # characters that a short name leaves out: 住建 of 住房和城乡建设 leaves out five
_SEVERAL = re.compile(r"[、,，()（）]")


@functools.cache
def _endings() -> dict[str, str]:
    endings: dict[str, str] = data.load_yaml("titles.yaml")["short_endings"]
    return endings


def written_out(short: str, names: Iterable[str]) -> str | None:
    """The full one of the names for which a short name stands: 云溪县发展和改革局 for 云溪县发改局; None without one.

    The characters of a short name stand in the full one in their order, and both are of the same place. A name that
    goes on where the short one ends (公安局交警分局) is another organ's.
    """
    place = _PLACE.match(short)
    for name in names:
        if not 0 < len(name) - len(short) <= _MOST_LEFT_OUT or _SEVERAL.search(name):
            continue
        theirs = _PLACE.match(name)
        if theirs is None:
            continue
        begin, found, full = name.partition(place[0] if place else theirs[0])
        if found and (not begin or begin[-1] in "省市州盟区县") and _stands_for(short.removeprefix(found), full):
            return name
    return None


def _stands_for(core: str, full: str) -> bool:
    if len(core) < 3 or full.startswith(core):
        return False
    for ending, whole in _endings().items():
        if core.endswith(ending) and full.endswith(whole):
            rest = iter(full.removesuffix(whole))
            named = len(core) > len(ending) or len(ending) > 2  # 县政府办 leaves nothing, 县局 names no organ
            return named and all(each in rest for each in core.removesuffix(ending))
    return False
