"""Names in Latin letters, for searching and for readers without Chinese."""

from __future__ import annotations

import functools
import re

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
    "重庆市": "Chongqing", "厦门市": "Xiamen", "六安市": "Lu'an", "台州市": "Taizhou",
    "洪洞县": "Hongtong County", "黄陂区": "Huangpi District",
}  # fmt: skip


@functools.lru_cache(maxsize=20_000)
def pinyin(name: str) -> str:
    """Syllables with spaces, without tones: ``qin zhou shi``."""
    from pypinyin import lazy_pinyin  # half a second and thirty megabytes, for names that are new only

    return " ".join(_NOT_LETTERS.sub("", syllable.lower()) for syllable in lazy_pinyin(name)).strip()


@functools.lru_cache(maxsize=20_000)
def initials(name: str) -> str:
    """The first letters: ``qzs``."""
    from pypinyin import Style, lazy_pinyin

    letters = lazy_pinyin(name, style=Style.FIRST_LETTER)
    return "".join(_NOT_LETTERS.sub("", letter.lower())[:1] for letter in letters)


def english(name: str) -> str:
    """A place's name as English texts have it: ``Qinzhou``, ``Shuyang County``."""
    if name in _CUSTOMARY:
        return _CUSTOMARY[name]
    for ending, translated in _ENDINGS:
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return f"{_joined(name[: -len(ending)])} {translated}".strip()
    return _joined(name)


def _joined(name: str) -> str:
    joined = ""
    for syllable in pinyin(name).split():
        joined += ("'" if joined and syllable[0] in "aeo" else "") + syllable
    return joined.capitalize()
