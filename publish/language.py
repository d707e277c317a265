"""The site speaks Chinese and English. Texts lie in ``data/texts/site.yaml``; the reader's choice in ``?lang=`` or a
cookie.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import Literal

import data

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
COOKIE = "gongkai_lang"

#: The language of the request that is being answered. Set by the site's outermost layer, so that Datasette's own pages
#: (whose hooks do not see the request) speak the reader's language too.
current: ContextVar[Language] = ContextVar("language", default="zh")

Text = Callable[..., str]


def choose(arguments: Mapping[str, str], cookies: Mapping[str, str], accept: str) -> Language:
    """The reader's language: the address first, then the cookie, then what the browser prefers; else Chinese."""
    for wanted in (arguments.get("lang", ""), cookies.get(COOKIE, "")):
        if wanted in LANGUAGES:
            return "en" if wanted == "en" else "zh"
    for part in accept.split(","):
        tag = part.split(";")[0].strip().lower()
        if tag.startswith("zh"):
            return "zh"
        if tag.startswith("en"):
            return "en"
    return "zh"


def text(key: str, language: Language | None = None, /, **values: object) -> str:
    """The site's text for a key, with ``{name}`` places filled. KeyError where data/texts/site.yaml has no such key."""
    entry = data.load_yaml("texts/site.yaml")[key]
    chosen: str = entry[language or current.get()]
    return chosen.format(**values) if values else chosen


def pick(both: Mapping[str, str], stem: str = "label") -> str:
    """``label`` or ``label_en`` of an entry of a data file, by the reader's language."""
    if current.get() == "en":
        return both.get(f"{stem}_en") or both[stem]
    return both[stem]
