"""Names in Latin letters, for searching and for readers without Chinese."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

import data

_NOT_LETTERS = re.compile("[^a-z0-9]+")
# Endings of place names that are translated, not transcribed.
_ENDINGS = (
    ("特别行政区", "Special Administrative Region"), ("自治区", "Autonomous Region"),
    ("自治州", "Autonomous Prefecture"),
    ("自治县", "Autonomous County"), ("自治旗", "Autonomous Banner"), ("地区", "Prefecture"), ("新区", "New Area"),
    ("省", "Province"), ("盟", "League"), ("旗", "Banner"), ("县", "County"), ("区", "District"), ("市", ""),
)  # fmt: skip
# Provinces whose English name is no plain transcription.
_CUSTOMARY = {
    "内蒙古自治区": "Inner Mongolia", "西藏自治区": "Tibet", "新疆维吾尔自治区": "Xinjiang",
    "陕西省": "Shaanxi Province", "广西壮族自治区": "Guangxi", "宁夏回族自治区": "Ningxia", "全国": "China",
    "厦门市": "Xiamen",
}  # fmt: skip


@functools.lru_cache(maxsize=20_000)
def pinyin(name: str) -> str:
    """Syllables with spaces, without tones: ``qin zhou shi``."""
    places, rest = _places(name)
    return " ".join([*places, _rest(rest)] if rest else places)


@functools.lru_cache(maxsize=20_000)
def initials(name: str) -> str:
    """The first letters: ``qzs``."""
    places, rest = _places(name)
    return "".join(place[0] for place in places) + (_first_letters(rest) if rest else "")


def english(name: str, syllables: str) -> str:
    """A place's name as English texts have it: ``Qinzhou``, ``Shuyang County``. ``syllables`` are its pinyin."""
    if name in _CUSTOMARY:
        return _CUSTOMARY[name]
    spoken = syllables.split()
    for ending, translated in _ENDINGS:
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return f"{_joined(spoken[: -len(ending)])} {translated}".strip()
    return _joined(spoken)


def _joined(syllables: Sequence[str]) -> str:
    joined = ""
    for syllable in syllables:
        joined += ("'" if joined and syllable[0] in "aeo" else "") + syllable
    return joined.capitalize()


def _places(name: str) -> tuple[list[str], str]:
    """The syllables of the places that a name begins with, which no dictionary reads as well as the table, and the
    rest: 长治市财政局 is chang zhi shi and 财政局."""
    known, syllables = _spoken(), list[str]()
    while True:
        for length in range(min(len(name), _longest()), 1, -1):
            if (spoken := known.get(name[:length])) is not None:
                syllables += spoken.split()
                name = name[length:]
                break
        else:
            return syllables, name


@functools.cache
def _spoken() -> dict[str, str]:
    return {row["name"]: row["pinyin"] for row in data.load_csv("divisions.csv")}


@functools.cache
def _longest() -> int:
    return max(map(len, _spoken()))


def _rest(name: str) -> str:
    from pypinyin import lazy_pinyin  # half a second and thirty megabytes, for names that are new only

    return " ".join(_NOT_LETTERS.sub("", syllable.lower()) for syllable in lazy_pinyin(name)).strip()


def _first_letters(name: str) -> str:
    from pypinyin import Style, lazy_pinyin

    letters = lazy_pinyin(name, style=Style.FIRST_LETTER)
    return "".join(_NOT_LETTERS.sub("", letter.lower())[:1] for letter in letters)
