"""The words of a page in their order, for the second reading: of its lines, and of what its scripts hold.

Nothing is made of them but their order: a row that the first reading found has its figures side by side here too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any, Final

from lxml import etree

_HOLDING: Final = (
    ("<script", "</script"), ("<!--", "-->"), ("<textarea", "</textarea"), ('srcdoc="', '"'), ("srcdoc='", "'"),
)  # fmt: skip
_ROW: Final = "结转下年"  # of the forms, perhaps drawn without a table
_OF_TABLES: Final = ("<t", "&lt;t", "\\u003ct", _ROW, _ROW.encode("unicode_escape").decode())
_LEAST = 400  # characters that may hold a table
_LONGEST = 3_000_000
_CODE = re.compile(r"\\u([0-9a-fA-F]{4})")
_INLINE = re.compile(r"</?(?:span|font|b|strong|i|em|u|o:p)(?:\s[^<>]{0,2000})?>", re.I)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_UNREAD: Final = frozenset(("script", "style", "noscript", "template", "title", "textarea", "select", "head"))


def words_shown(root: Any, is_gone: Callable[[Any], bool]) -> str:
    """The text that the page shows, with spaces where elements end that are not part of a line."""
    pieces: list[str] = []
    left: list[Any] = []  # open elements whose text is left out
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if left or tag in _UNREAD or is_gone(element):
                left.append(element)
            elif element.text:
                pieces.append(element.text)
        else:
            if left:
                left.pop()
            if tag not in ("span", "font", "b", "strong", "i", "em", "u"):
                pieces.append(" ")
            if element.tail and not left:
                pieces.append(element.tail)
    return "".join(pieces)


def words_held(markup: str) -> str:
    """The text of tables that scripts, comments, text areas and frames hold, with what stands around them."""
    return " ".join(
        _TAG.sub(" ", _INLINE.sub("", unescape(_unescaped(held))))
        for held in _held(markup[:_LONGEST])
        if len(held) >= _LEAST and any(sign in held or sign in held.lower() for sign in _OF_TABLES)
    )


def _held(markup: str) -> Iterator[str]:
    for opening, closing in _HOLDING:
        at = 0
        while (start := markup.find(opening, at)) >= 0:
            start += len(opening)
            end = markup.find(closing, start)
            if end < 0:
                break
            yield markup[start:end]
            at = end + len(closing)


def _unescaped(written: str) -> str:
    """What a script's string says."""
    if "\\" not in written:
        return written
    plain = _CODE.sub(lambda code: chr(int(code[1], 16)), written)
    for sign, meant in (("\\n", " "), ("\\t", " "), ("\\r", " "), ("\\", "")):
        plain = plain.replace(sign, meant)
    return plain
