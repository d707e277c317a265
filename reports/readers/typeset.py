"""Spaces and breaks as a reader of the page sees them, not as the source happens to be wrapped."""

from __future__ import annotations

import re

# U+202D and U+202E turn the order of digits around: they are kept, for the number to be refused
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u200e\u200f\u202a-\u202c\u2060\ufeff\u00ad]")
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
# Word wraps its HTML at 80 characters, in the middle of Chinese sentences: such a break is no space. The pattern begins
# with the break, which is looked for twenty times as fast as what may stand before it.
_WRAPPED = re.compile(rf"\n(?<=[{_WIDE}]\n)\s*(?=[{_WIDE}])")
#: The narrow spaces that typographers part thousands with; a figure keeps them, for a wider one may part two figures.
_NARROW = re.compile("[\u2009\u202f](?<=[0-9][\u2009\u202f])(?=[0-9]{3}(?![0-9]))")
PARTS_THOUSANDS = "\u202f"
_KEPT = "\ue000"


def one_line(text: str) -> str:
    """The text of one printed line: runs of any white space folded to one space, invisible marks removed."""
    if text.isalnum():
        return text
    if "\n" in text and not text.isascii():
        text = _unwrapped(text.strip().replace("\r", "\n"))
    folded = " ".join(text.split())
    if " " in folded and not text.isascii() and _NARROW.search(text):
        return one_line(_NARROW.sub(_KEPT, text)).replace(_KEPT, PARTS_THOUSANDS)
    if folded.isprintable():  # nearly always, and asked faster than the marks are looked for
        return folded
    return " ".join(_INVISIBLE.sub("", folded).split())


def _unwrapped(text: str) -> str:
    if "\n" not in text:
        return text
    if " \n" in text or "\t\n" in text:
        text = "\n".join(line.rstrip(" \t") for line in text.split("\n"))
    return _WRAPPED.sub("", text)


def fold(text: str) -> str:
    """The text of a cell: each of its lines folded, empty lines left out, lines joined by ``\\n``."""
    if "\n" not in text and "\r" not in text and "\x0b" not in text:
        return one_line(text)
    return "\n".join(line for line in map(one_line, re.split(r"[\r\n\x0b\x0c]+", text)) if line)
