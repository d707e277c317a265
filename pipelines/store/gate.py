"""The cheap look before the reading: most pages of a portal are lists and news, and reading one takes milliseconds.

Only of a capture and its body, so that crawl and rebuild read the same pages.
"""

from __future__ import annotations

import functools
import re

import data
from archive.capture import Capture

_TITLES = re.compile(
    rb"<(?:title|h[1-3]|ucaptitle)\b[^>]{0,200}>(.{0,600}?)</|"
    rb"<meta\b[^>]{0,100}name\s*=\s*[\"']?(?:articletitle|title|keywords)[\"']?[^>]{0,20}content\s*=\s*[\"']([^\"'>]{0,300})",
    re.I | re.S,
)
_MANY_REFERENCES = 150  # &#24180; and the like: the page writes its Chinese as character references


def worth_reading(capture: Capture, body: bytes) -> bool:
    """Whether a readable capture may be a report. Documents that are no web pages always are."""
    if "html" not in capture.media_type and not body[:400].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        return True
    words = _words()
    if any(word in (capture.anchor or "") for word in words["anchor"]):
        return True
    if any(word in body for word in words["text"]) or body.count(b"&#") > _MANY_REFERENCES:
        return True
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    titles = b"\n".join(first or second for first, second in _TITLES.findall(body))
    return any(all(word in titles for word in group) for group in words["title"])


@functools.cache
def _words() -> dict[str, tuple]:  # type: ignore[type-arg]
    known = data.load_yaml("gate.yaml")
    return {
        "text": tuple(each for word in known["text"] for each in _encoded(word)),
        "title": tuple(
            group
            for words in known["title"]
            for group in zip(*(_encoded(word, strict=True) for word in words), strict=True)
        ),
        "anchor": tuple(known["anchor"]),
    }


def _encoded(word: str, strict: bool = False) -> tuple[bytes, ...]:
    forms = []
    for encoding in ("utf-8", "gb18030", "big5"):
        try:
            forms.append(word.encode(encoding))
        except UnicodeEncodeError:  # big5 has no simplified characters
            if strict:
                forms.append(b"\x00none")
    return tuple(dict.fromkeys(forms)) if not strict else tuple(forms)
