"""One form for what is written in many: half-width signs for wide ones, simplified characters for traditional ones.

Traditional characters (big5 gates, Hong Kong mirrors) are mapped where our vocabulary has them (``data/titles.yaml``).
"""

from __future__ import annotations

import functools
import re
import unicodedata

import data

_HALF = {
    code: unicodedata.normalize("NFKC", chr(code))
    for span in ((0x2E80, 0x2FE0), (0xF900, 0xFB00), (0xFE30, 0xFE70), (0xFF00, 0xFFF0))
    for code in range(*span)
    if len(unicodedata.normalize("NFKC", chr(code))) == 1
} | dict.fromkeys((0x00A0, 0x3000, 0x2002, 0x2003, 0x2009, 0x202F, 0x0009), " ")
# str.translate is the slowest step of all over Chinese text: the few signs that make up nearly all of it go first
_COMMON = (*((wide, unicodedata.normalize("NFKC", wide)) for wide in "，：；（）！？"), ("\u3000", " "), ("\xa0", " "))
_RARE = re.compile("[" + re.escape("".join(chr(code) for code in _HALF)) + "]")


@functools.cache
def _traditional() -> dict[int, str]:
    return {ord(pair[0]): pair[1] for pair in data.load_yaml("titles.yaml")["traditional"].split()}


@functools.cache
def traditional_marks() -> re.Pattern[str]:
    """Finds any of the traditional characters that ``simplified`` maps."""
    return re.compile("[" + "".join(map(chr, _traditional())) + "]")


@functools.cache
def _changing() -> re.Pattern[str]:
    """Finds any character that ``plain`` changes; most cells have none."""
    signs = {chr(code) for code in (*_HALF, *_traditional())} | {wide for wide, _ in _COMMON}
    return re.compile("[" + re.escape("".join(sorted(signs))) + "]")


def simplified(text: str) -> str:
    """The text with the traditional characters of our vocabulary as simplified ones; nothing else is touched."""
    known = _traditional()
    text = traditional_marks().sub(lambda mark: known[ord(mark[0])], text)  # str.translate takes ten times as long
    return text.replace("资讯公开", "信息公开") if "资讯" in text else text


def without_spaces(text: str) -> str:
    """The text without any white space; four times as fast as a pattern's ``sub``."""
    return "".join(text.split())


def plain(text: str) -> str:
    """Half-width punctuation and digits, unified characters, of the same length: positions stay true for the raw
    text.
    """
    if text.isascii() or not _changing().search(text):
        return text
    half = text
    for wide, narrow in _COMMON:
        half = half.replace(wide, narrow)
    if _RARE.search(half):
        half = _RARE.sub(lambda sign: _HALF[ord(sign[0])], half)
    return simplified(half) if traditional_marks().search(half) else half


@functools.cache
def _radicals() -> tuple[re.Pattern[str], dict[str, str]]:
    runs = "".join(data.load_yaml("forms/characters.yaml")["radicals"])
    known = {runs[at]: runs[at + 1] for at in range(0, len(runs), 2)}
    known |= {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    return re.compile("[\u2e80-\u2fd5]"), known


def unified(text: str) -> str:
    """The text with characters for the radicals that browsers' and WPS's PDF files hold in their place."""
    marks, known = _radicals()
    return marks.sub(lambda mark: known.get(mark[0], mark[0]), text) if marks.search(text) else text
