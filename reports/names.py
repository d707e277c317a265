"""Names of organs as titles hold them: what surrounds the report's name, without numbers, verbs and decoration."""

from __future__ import annotations

import functools
import re

import data

_BRACKETED = re.compile(r"[（(【\[〔]([^（(【\[〔)）】\]〕]{2,30})[)）】\]〕]")
_WRAPPED = re.compile(r"^[（(【\[]([^（(【\[)）】\]]{2,30})[)）】\]]")
_NOISE = re.compile(
    r"^(?:[0-9]{1,3}[.、:)）]|[一二三四五六七八九十]{1,3}[、.]|[:：.、，,;；·•*#\-—–_|《〈<“\"'\[【〔(（\x00】〕\])）]|(?:No|NO)\.?\d{1,3}|[a-zA-Z]+[.:])+"
)
_DOCUMENT_NUMBER = re.compile(r"^[一-鿿]{1,14}[〔\[(]\x00?[〕\])]第?\d{1,4}号")  # 临水字〔2024〕3号
_TAIL_NOISE = re.compile(r"[:：.、，,;；·•*#\-—–_|“\"《〈'\[【(（》〉>\x00]+$")
_UNOPENED = re.compile(r"^[^(（\[【]*[)）】\]]+$")
_EMPTY = re.compile(r"[(（〔【]\s*[)）〕】]")  # where a year was
_HANZI = re.compile(r"[\u3400-\u9fff]")
_PLACE = re.compile(r"[省市县区旗盟州]$")


@functools.cache
def _endings() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = data.load_yaml("titles.yaml")
    organs, others = ("|".join(map(re.escape, words[key])) for key in ("organ_ends", "no_government"))
    return re.compile(f"(?:{organs})$"), re.compile(f"(?:{others})$")


@functools.cache
def _decoration() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = data.load_yaml("titles.yaml")
    before, after, other = (
        "|".join(map(re.escape, words[key])) for key in ("leading", "organ_verbs", "other_openness")
    )
    return re.compile(rf"^(?:(?:{before})\d*|附(?=[:：]))"), re.compile(
        rf"(?:{after}|(?:{other})[暨和及与、]?|年度?|^\d+|(?<=[一-鿿])\d\d|1[-—至]12月|第\d{{1,4}}[号期])$"
    )


#: 临江市2024年度市水务局: the level stands in the place already; 市场监督管理局 is no level.
_LEVEL_AGAIN = re.compile(r"(?<=[一-鿿])([省市州盟县区旗])\x00(?:年?度)?\1(?![场政容民域])(?=[一-鿿]{2})")


@functools.cache
def _not_organs() -> frozenset[str]:
    return frozenset(data.load_yaml("titles.yaml")["not_organs"])


@functools.cache
def _site_ends() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(data.load_yaml('titles.yaml')['organ_in_text']['site_ends'])})$")


def ends_like_an_organ(text: str) -> bool:
    """Whether a text ends as organs' and places' names do."""
    return bool(_endings()[0].search(text))


def is_organ_like(text: str) -> bool:
    """Whether a short text could be an organ's or a place's name: Chinese characters that end as such names do,
    and not as those of sites (门户网站, which 站 ends).
    """
    if not 3 <= len(text) <= 40 or text in _not_organs():
        return False
    return ends_like_an_organ(text) and not _site_ends().search(text)


def is_no_government(name: str) -> bool:
    """Whether a name is that of a school, a hospital or a company."""
    return bool(_endings()[1].search(name))


def organ_in_title(before: str, after: str) -> str | None:
    """The organ named in a title, or None: before the report's name, else in brackets after it."""
    before = _LEVEL_AGAIN.sub(r"\1", before) if "\x00" in before else before
    text = before = _DOCUMENT_NUMBER.sub("", before)
    wrapped = _WRAPPED.match(before)
    if wrapped:  # (西安市人防办)2011年…, but 【年报】西安市人防办2011年…
        rest = before[wrapped.end() :].strip("\x00")
        text = rest if len(rest) >= 3 else wrapped[1] + rest
    text = _undecorated(text)
    if text.endswith("人民"):
        text += "政府"
    text = _EMPTY.sub("", text.replace("》", "").replace("《", ""))
    if len(text) >= 2 and text not in _not_organs() and _HANZI.search(text):
        if _PLACE.search(text):  # 临江市2022年…(临江市城市管理局)
            bracketed = [match[1] for match in _BRACKETED.finditer(after) if is_organ_like(match[1])]
            for inner in (each for each in bracketed if not _PLACE.search(each)):
                if inner.startswith(text):
                    return inner
                if inner[0] == text[-1] and len(inner) > 2:  # 临江县2022年…(县住建局)
                    return text[:-1] + inner
        return _half_repeated(text)
    for match in _BRACKETED.finditer(after):
        inner = match[1].strip("\x00")  # (临江市水务局2023年)
        if ends_like_an_organ(inner) and inner not in _not_organs():
            return inner
    return None


def _undecorated(text: str) -> str:
    leading, verbs = _decoration()
    earlier = None
    while text != earlier:
        earlier = text
        text = _TAIL_NOISE.sub("", _NOISE.sub("", text)).replace("\x00", "")
        text = verbs.sub("", leading.sub("", text))
        if _UNOPENED.match(text):  # 市水务局): the other half went before; 委员会(粮食局) keeps its own
            text = text.rstrip(")）】]")
    return text


def _half_repeated(text: str) -> str:
    """北京市水务局北京市水务局 → 北京市水务局: the organ's line and the title's line run together."""
    half = len(text) // 2
    return text[:half] if len(text) % 2 == 0 and half >= 4 and text[:half] == text[half:] else text
