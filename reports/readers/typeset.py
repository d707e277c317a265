"""Spaces and breaks as a reader of the page sees them, not as the source happens to be wrapped."""

from __future__ import annotations

import re

# U+202D and U+202E turn the order of digits around: they are kept, for the number to be refused
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u200e\u200f\u202a-\u202c\u2060\ufeff\u00ad]")
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
# Word wraps its HTML at 80 characters, in the middle of Chinese sentences: such a break is no space
_WRAPPED = re.compile(rf"(?<=[{_WIDE}])[ \t]*[\r\n]\s*(?=[{_WIDE}])")


def one_line(text: str) -> str:
    """The text of one printed line: runs of any white space folded to one space, invisible marks removed."""
    if text.isalnum():
        return text
    if not text.isascii():
        if "\n" in text:
            text = _WRAPPED.sub("", text)
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())


def fold(text: str) -> str:
    """The text of a cell: each of its lines folded, empty lines left out, lines joined by ``\\n``."""
    if "\n" not in text and "\r" not in text and "\x0b" not in text:
        return one_line(text)
    return "\n".join(line for line in map(one_line, re.split(r"[\r\n\x0b\x0c]+", text)) if line)
