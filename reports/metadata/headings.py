"""Headings of the report's sections: numbered or not, letter-spaced, glued to their text, with doubled or missing
numerals.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

import data
from reports.characters import without_spaces

_NUMBERED = re.compile(
    r"\s*(?:第\s*)?([一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{1,3})\s*(?:部\s*分\s*)?([、..,，::．]|\s|(?<=分))\s*(?=\S)"
)
_BULLET = re.compile(r"\s*[-–—•·●○■□◆◇▲△★☆※◎►▶➤*]{1,2}\s*(?=[^\s\d])")  # Word's numbering, lost on the way to the page
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾", "一二三四五六七八九十")
_ARABIC = re.compile(r"\s*(\d{1,2})\s*[、.]\s*(?=[^\d\s])")
_BRACKETED = re.compile(r"\s*[(]\s*([一二三四五六七八九十]{1,3})\s*[)]\s*[、.]?\s*(?=\S)")
_SENTENCE = re.compile(r"[。;；!！?？]")
_NUMERALS = "一二三四五六七八九十"
_SHORT = 60  # characters of a line that is likely to come again


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's heading. ``kind`` is its key in ``data/sections.yaml``; ``end`` is where its text begins in the
    paragraph.
    """

    number: str | None
    title: str
    kind: str | None
    end: int
    bracketed: bool = False

    @property
    def trusted(self) -> bool:
        """Whether the heading is one that the forms or their forerunners know."""
        return self.kind is not None


@functools.cache
def _known() -> tuple[dict[str, str], re.Pattern[str]]:
    kinds = {title: kind for kind, titles in data.load_yaml("sections.yaml").items() for title in titles}
    kinds = {title: kind for title, kind in kinds.items() if kind not in ("not_headings", "before")}
    every = "|".join(
        r"\s*".join(
            _JOINER if each in "、和及与" else f"{each}?" if each == "的" else re.escape(each) for each in title
        )
        for title in sorted(kinds, key=len, reverse=True)
    )
    before = "|".join(
        r"\s*".join(map(re.escape, each))
        for each in sorted(data.load_yaml("sections.yaml")["before"], key=len, reverse=True)
    )
    squeezed = {_squeezed(title): kind for title, kind in kinds.items()}
    return squeezed, re.compile(rf"(?:(?:{before})\s*)?({every})")


_JOINER = "[、和及与]?"
_UNSAID = re.compile(r"[\s、和及与的]")


def _squeezed(title: str) -> str:
    """A title without what its writers leave out or change: 复议、诉讼 is 复议和诉讼."""
    return _UNSAID.sub("", title)


@functools.cache
def _table_rows() -> tuple[str, ...]:
    return tuple(data.load_yaml("sections.yaml")["not_headings"])


def _kind(title: str) -> str | None:
    return _known()[0].get(_squeezed(title))


def read_heading(text: str, level: int | None = None) -> Heading | None:
    """The heading that a paragraph (in half-width form) is or begins with; None for running text.

    A numbered paragraph is a heading if it is short and no sentence, or begins with a title that the forms know; one
    without a number only if it is such a title and nothing else.
    """
    return _short(text, level) if len(text) <= _SHORT else _read(text, level)


@functools.lru_cache(maxsize=4096)
def _short(text: str, level: int | None) -> Heading | None:
    """Short lines are kept: the same headings stand in every report, and hundreds of titles are asked of each."""
    return _read(text, level)


def _read(text: str, level: int | None) -> Heading | None:
    match = _NUMBERED.match(text)
    bracketed = False
    if match is None:
        match = _BRACKETED.match(text)
        bracketed = match is not None
    if match is None:
        match = _ARABIC.match(text)
        if match and not _known()[1].match(text, match.end()):
            return None
    number = match[1].translate(_FORMAL) if match else None
    bullet = None if match else _BULLET.match(text)
    start = match.end() if match else bullet.end() if bullet else len(text) - len(text.lstrip())
    if match is None and level is None and len(text) > 60:
        return None
    known = _known()[1].match(text, start)
    if known:
        title = without_spaces(text[start : known.end()])
        rest = text[known.end() :].lstrip()
        whole = not rest.strip(" :。.、") or rest.startswith("(")
        glued = (
            number is not None and not bracketed and not rest.startswith(("、", "和", "及", "与", "的", ",", "方面"))
        )
        if whole or glued:
            return Heading(number, title, _kind(known[1]), known.end(), bracketed)
    if number is None or len(number) > 2 or without_spaces(text[start:]).startswith(_table_rows()):
        return None
    if len(without_spaces(text)) <= 45 and not _SENTENCE.search(text.rstrip("。 ")) and "," not in text[start:]:
        return Heading(number, without_spaces(text[start:]).rstrip("。:"), None, len(text), bracketed)
    return None
