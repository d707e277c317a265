"""Which place an organ's name begins with, and whether two organs are of places neither of which lies in the other.

Places are the codes of ``data/divisions.csv``, former ones included; a name that several places bear (鼓楼区) is any of
them, and one that no place bears tells nothing.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict

import data

_NATION = "100000"
_ABOVE_ALL = re.compile(r"^(?:中华人民共和国|国家[一-鿿]{2,6}?总?局|中国共产党|中共)")


@functools.cache
def _codes() -> dict[str, frozenset[str]]:
    """The codes that each name of a place has or had, without the zeros that stand for all that lies in it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in data.load_csv("divisions.csv"):
        if row["code"] != _NATION:
            found[row["name"]].add(_significant(row["code"]))
    return {name: frozenset(codes) for name, codes in found.items()}


def _significant(code: str) -> str:
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


@functools.cache
def _longest() -> int:
    return max(map(len, _codes()))


@functools.lru_cache(maxsize=256)
def places(name: str) -> frozenset[str]:
    """The innermost places that a name may begin with: 万载县 of 江西省宜春市万载县水利局."""
    rest = name
    if above := _ABOVE_ALL.match(rest):
        rest = rest[above.end() :]
    found: frozenset[str] = frozenset()
    while True:
        lengths = range(min(len(rest), _longest()), 1, -1)
        length = next((each for each in lengths if rest[:each] in _codes()), 0)
        inner = _codes().get(rest[:length], frozenset())
        if found:
            inner = frozenset(code for code in inner if code.startswith(tuple(found)))
        if not inner:
            return found
        found, rest = inner, rest[length:]


def are_apart(one: str, other: str) -> bool:
    """Whether two organs are of places of which neither lies in the other; in doubt they are not."""
    ours, theirs = places(one), places(other)
    return bool(ours and theirs) and not any(
        mine.startswith(yours) or yours.startswith(mine) for mine in ours for yours in theirs
    )
