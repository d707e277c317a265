"""The cheap look before the reading: most pages of a portal are lists and news, and reading one takes milliseconds.

Only of a capture and its body, so that crawl and rebuild read the same pages. When in doubt, it reads: a page that is
read in vain costs time, one that is not read costs a report.
"""

from __future__ import annotations

import functools
import json
import re
from dataclasses import dataclass
from typing import Any

import data
from archive.capture import Capture

_TITLES = re.compile(
    rb"<(?:title|h[1-6]|ucaptitle)\b[^>]{0,200}>(.{0,900}?)</|(<meta\b[^>]{0,80}(?:title|keywords)[^>]{0,600}>)"
    rb"|(<meta\b[^>]{0,600}\bname\s*=\s*[\"']?[a-z]{0,20}(?:title|keywords))",
    re.I | re.S,
)
_SPACES = re.compile(rb"\s+|&nbsp;|&emsp;|&ensp;|&#12288;|\xe3\x80\x80|\xc2\xa0", re.I)
_MARKUP = re.compile(rb"[\s\xef\xbb\xbf]*<")
_MANY_REFERENCES = 150  # &#24180; and the like: the page writes its Chinese as character references
_ENCODINGS = ("utf-8", "gb18030", "big5")


@dataclass(frozen=True, slots=True)
class _Words:
    text: tuple[bytes, ...]
    escaped: tuple[bytes, ...]  # as JSON may write them: \\u7b2c
    title: tuple[tuple[bytes, ...], ...]
    line: tuple[re.Pattern[bytes], ...]
    anchor: re.Pattern[str]


def prepare() -> None:
    """Makes the patterns, before processes are forked."""
    _words()


def worth_reading(capture: Capture, body: bytes) -> bool:
    """Whether a readable capture may be a report. Documents that are no web pages always are, whatever they are called:
    servers send Word files and PDF as text/html."""
    if "json" in capture.media_type:  # most are lists, and name reports without holding one
        return any(word in body for word in (*_words().text, *_words().escaped))
    if not _MARKUP.match(body):
        return True
    if "html" not in capture.media_type and not body[:400].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        return True
    words = _words()
    if capture.anchor and words.anchor.search(capture.anchor):
        return True
    if any(word in body for word in words.text) or body.count(b"&#") > _MANY_REFERENCES:
        return True
    titles = b"\n".join(b"".join(found) for found in _TITLES.findall(body))
    if b"&#" in titles or b"\0" in body[:200]:  # references in place of characters; UTF-16 without its mark
        return True
    closed = _SPACES.sub(b"", titles)
    if any(all(word in titles or word in closed for word in group) for group in words.title):
        return True
    return any(line.search(body) for line in words.line)


@functools.cache
def _words() -> _Words:
    known: dict[str, Any] = data.load_yaml("gate.yaml")
    return _Words(
        text=tuple(form for word in known["text"] for form in _encoded([word])),
        escaped=tuple(json.dumps(word)[1:-1].encode() for word in known["text"]),
        title=tuple(group for words in known["title"] for group in _groups(words)),
        line=tuple(_line(group) for words in known["line"] for group in _groups(words)),
        anchor=re.compile("|".join(known["anchor"])),
    )


def _groups(words: list[str]) -> list[tuple[bytes, ...]]:
    """The words together in each encoding that has all of them: big5 has no simplified characters."""
    found = []
    for encoding in _ENCODINGS:
        try:
            found.append(tuple(word.encode(encoding) for word in words))
        except UnicodeEncodeError:
            continue
    return found


def _encoded(words: list[str]) -> list[bytes]:
    return list(dict.fromkeys(group[0] for group in _groups(words)))


def _line(words: tuple[bytes, ...]) -> re.Pattern[bytes]:
    """The words one after the other in a line of text that is not a link's: links to reports are on every page."""
    return re.compile(rb"[^<>]{0,60}".join(re.escape(word) for word in words) + rb"[^<>]{0,40}<(?!/a\b)", re.I)
