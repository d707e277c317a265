"""What makes another paper, a notice, news or a picture of a title: the words of ``data/decoys.yaml``."""

from __future__ import annotations

import functools
import re

import data
from reports.names import ends_like_an_organ

_PICTURES = "picture or digest of the report"
_NOISE = re.compile(r"^[\W\d_]+")
_WORDS = re.compile(r"[一-鿿]{2}")
_BRACKETED = re.compile(r"[（(【\[〔].*?(?:[)）】\]〕]|$)")


@functools.cache
def _lines(strength: str) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """The name, the first word and the others of each line; every link of every page is held against all of them."""
    return tuple(
        (name, first, tuple(others))
        for name, lines in data.load_yaml("decoys.yaml")[strength].items()
        for first, *others in (line.split("+") for line in lines)
    )


@functools.cache
def _any_of(*path: str) -> re.Pattern[str]:
    """Finds any of a list's words: most titles have none of them, and are not asked for each."""
    words = data.load_yaml("decoys.yaml")
    for key in path:
        words = words[key]
    return re.compile("|".join(map(re.escape, words)))


@functools.cache
def _first_words(strength: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(first) for _, first, _ in _lines(strength)))


@functools.cache
def _verbs_before() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The verbs with which words before the report's name begin, and how they end with one."""
    verbs = tuple(data.load_yaml("decoys.yaml")["verbs_before"])
    return verbs, tuple(verb + behind for verb in verbs for behind in ("", "了", "《"))


def decoy(text: str, strength: str) -> str | None:
    """The paper that a squeezed title names (``strength``: strong or weak), or None."""
    if not _first_words(strength).search(text):
        return None
    for name, first, others in _lines(strength):
        if first in text and all(word in text for word in others):
            return name
    return None


def about(before: str, name: str, after: str) -> str | None:
    """Why a title with the report's name in it is about the report and not the report's own; None where it is its
    own.
    """
    words = data.load_yaml("decoys.yaml")
    lead = _NOISE.sub("", before)
    begin = lead.removeprefix("关于")
    begins, ends = _verbs_before()
    for verb in begins if lead.endswith(ends) or begin.startswith(begins) else ():
        if lead.endswith((verb, verb + "了", verb + "《")) or begin.startswith(verb):
            return f"notice or news about the report ({verb})"
    if _any_of("collectives").search(lead):
        return "about the reports of several organs"
    rest = after.lstrip("》”\"')）的")
    sentence = _BRACKETED.sub("", rest)
    for verb in words["verbs_after"]:
        if rest.startswith(verb):
            return f"news about the report ({verb})"
    for verb in words["news_after"] if _any_of("news_after").search(sentence) else ():
        if verb in sentence:
            return f"news about the report ({verb})"
    return decoy(name + after, "weak") or picture(lead)


def behind(after: str) -> str | None:
    """That words follow the report's name which its own title does not have (…年度报告里的民生温度), or None."""
    rest = _BRACKETED.sub("", after.lstrip("》”\"')）的"))
    if not _WORDS.match(rest) or rest.startswith(_may_follow()) or ends_like_an_organ(rest):
        return None
    return "words follow that no report's title has"


@functools.cache
def _may_follow() -> tuple[str, ...]:
    return tuple(data.load_yaml("decoys.yaml")["may_follow"])


def picture(lead: str) -> str | None:
    """That the words before the report's name announce a picture or digest of it (一图读懂 | 2023年…)."""
    return _PICTURES if _any_of("weak", _PICTURES).search(lead) else None
