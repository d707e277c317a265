"""Whether a report counts a whole area (jurisdiction) or the organ alone; None where the text does not say."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Literal

import data
from reports.metadata.conflicts import is_short_for
from reports.metadata.places import Places
from reports.metadata.statutory import is_local_government

Scope = Literal["jurisdiction", "organ"]
_NAMED = "\ue0d2"  # stands for the organ's name


@dataclass(frozen=True, slots=True)
class _Words:
    area: re.Pattern[str]
    system: re.Pattern[str]
    own: re.Pattern[str]
    about: re.Pattern[str]
    together: re.Pattern[str]
    left_out: re.Pattern[str]
    of_the_report: re.Pattern[str]


_KEYS = ("jurisdiction", "department", "organ", "about", "together", "left_out", "of_the_report")


@functools.cache
def _words() -> _Words:
    words = data.load_yaml("scope.yaml")
    return _Words(*(re.compile("|".join(each for entry in words[key] for each in _by_letter(entry))) for key in _KEYS))


_NOT_BEHIND = re.compile(r"(?:\(\?<![^()]+\))*")
_CLASS = re.compile(r"\[([^\]\\^]+)\](?![?*+{])")
_GROUP = re.compile(r"\(\?:((?:[^()\\]|\\.)+)\)(?![?*+{])")


def _by_letter(pattern: str) -> list[str]:
    """``[县区]本级`` as 县本级 and 区本级: where every word begins with a letter, they are found sooner.

    ``(?<!不)含`` becomes ``含(?<!不含)``.
    """
    pattern = pattern.replace(r"\ue0d2", _NAMED)
    behind = _NOT_BEHIND.match(pattern)
    assert behind is not None  # it may be empty
    rest = pattern[behind.end() :]
    found = [rest]
    if letters := _CLASS.match(rest):
        found = [letter + rest[letters.end() :] for letter in letters[1]]
    elif words := _GROUP.match(rest):
        found = [word + rest[words.end() :] for word in words[1].split("|")]
    if not behind[0]:
        return found
    return [each[0] + behind[0].replace(")", f"{each[0]})") + each[1:] for each in found]


def sentence_scope(sentence: str, government: bool = True) -> Scope | None:
    """Whose figures one sentence (without white space) states: 全市受理…, 本机关受理…, 市政府办公厅代表市政府受理….

    A department's sentence is of its whole field only where it says 全系统 or 汇总.
    """
    words = _words()
    if words.together.search(sentence) and not words.left_out.search(sentence):
        return "jurisdiction"
    if words.own.search(sentence):
        return "organ"
    return "jurisdiction" if (words.area if government else words.system).search(sentence) else None


@functools.cache
def _one_organ() -> re.Pattern[str]:
    return re.compile(data.load_yaml("scope.yaml")["one_organ"])


def is_of_one_organ(before: str) -> bool:
    """Whether the words before a figure in a government's report end in one of its organs: 县住建局(收到…)."""
    return _one_organ().search(before) is not None


_QUOTED = re.compile(r"《[^《》]*》")  # 《关于做好全市…的通知》 says nothing of what is counted


_OF_AN_AREA = re.compile(r"[镇乡]$|人民政府$|街道|[区园城岛]管理?委(?:员)?会$|行政公署$|办事处$|兵团$")
_TOWNSHIP = re.compile(r"(?:[镇乡]|街道|苏木)(?:人民政府|办事处)?$")  # has no organs below it
_BELOW = re.compile(r"[一-鿿]{1,8}?[市县区旗]([一-鿿]{2,8}(?:[镇乡]人民政府|街道办事处))$")
_SHORT = re.compile(r"[省市县区旗州盟][一-鿿]{2,12}?(?:委员会|[局委厅办院]|中心)(?![一-鿿]{0,2}(?:长|任))")


_COUNTS = "(?:政府)?(?:共|新|累计|全年)*(?:收到|受理|办理)"
_LAST = 5  # characters of a force's name by which it is known: a place of two and 调查队


def _with_organ_marked(text: str, organ: str) -> str:
    """The text with one letter for the organ's name, written out or from its level on (县农业农村局, 县卫健局)."""
    text = text.replace(organ, _NAMED)
    if below := _BELOW.match(organ):  # 石鼓镇人民政府, in the report of 平原市石鼓镇人民政府
        text = text.replace(below[1], _NAMED)
        short = re.sub("(?:人民政府|办事处)$", "", below[1])
        text = re.sub(rf"{short}(?={_COUNTS})", _NAMED, text)  # 石鼓镇共收到…
    if organ.endswith("队") and organ[-_LAST:] in text:  # 临江调查队, in the report of 国家统计局临江调查队
        text = text.replace(organ[-_LAST:], _NAMED)
    return _SHORT.sub(lambda match: _NAMED if is_short_for(match[0], organ) else match[0], text)


def scope(places: Places, organ: str | None) -> Scope | None:
    """The report's scope, by the sentences that say what is counted: what one says of the report's own figures settles
    it, else one about the whole area.
    """
    government = organ is None or is_local_government(organ) or bool(_OF_AN_AREA.search(organ))
    words = _words()
    seen: set[Scope] = set()
    for printed in _QUOTED.sub("", places.text.replace(" ", "")).split("\n"):
        # 统计局, 综合执法支队: a name says nothing of what is counted
        paragraph = _with_organ_marked(printed, organ) if organ else printed
        if not words.about.search(paragraph):
            continue
        sentences = [each for each in re.split(r"[。;]", paragraph) if len(each) > 6]
        for each in sentences:
            if words.of_the_report.search(each) and (told := sentence_scope(each, government)):
                return told
        counting = [each for each in sentences if words.about.search(each)]
        for each in counting:
            clauses = [clause for clause in each.split(",") if words.about.search(clause)]
            if not government and any("申请" in part and sentence_scope(part, False) == "organ" for part in clauses):
                return "organ"  # 全市教育系统公开信息3000条，我局收到申请12件: what the tables count
            seen |= {found for part in (each, *clauses) if (found := sentence_scope(part, government))}
            if organ and (not government or _TOWNSHIP.search(organ)) and _NAMED in each:
                seen.add("organ")
        if counting and government and not seen and words.area.search(paragraph):
            seen.add("jurisdiction")  # 2024年，我市…。全年受理申请30件: the paragraph's subject is the area
    if "jurisdiction" in seen:
        return "jurisdiction"
    return "organ" if seen else None
