"""What an address says by itself: words of a column, a file, one article. The words are in data/."""

from __future__ import annotations

import functools
import re
from urllib.parse import parse_qsl, urlsplit

import data


@functools.cache
def _slug(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{line})" for line in data.load_yaml("slugs.yaml")[kind]), re.I)


_TENANT = re.compile(r"_?\d+$")


@functools.lru_cache(maxsize=8192)
def slug_kind(url: str) -> str | None:
    """What the path's words say: annual, year, hub, notice, decoy, or None."""
    parts = urlsplit(url)
    segments = [each for each in parts.path.split("/") if each]
    words = []
    for each in segments:
        stem = re.sub(r"\.[a-z]{2,5}$", "", each, flags=re.I)
        words.append(_TENANT.sub("", stem) or stem)
    words += [value for key, value in parse_qsl(parts.query) if key.lower() in ("labelname", "column", "channel")]
    if any(_slug("decoy").fullmatch(each) for each in words):
        return "decoy"
    if any(_slug("annual").fullmatch(each) for each in words):
        return "annual"
    if words and _slug("notice").fullmatch(words[-1]):
        return "notice"
    if any(_slug("year").fullmatch(each) for each in segments):
        return "year"
    if words and _slug("hub").fullmatch(words[-1]):
        return "hub"
    return None


@functools.lru_cache(maxsize=8192)
def is_document(url: str) -> bool:
    """A file to fetch: by its extension, or a download script."""
    files = data.load_yaml("discovery.yaml")["files"]
    path = urlsplit(url).path.lower()
    end = path.rsplit(".", 1)[-1] if "." in path.rsplit("/", 1)[-1] else ""
    if end in files["documents"]:
        return True
    return any(word in path for word in files["scripts"]) and end not in ("html", "htm", "shtml")


@functools.lru_cache(maxsize=8192)
def is_never(url: str) -> bool:
    """A picture, a video, a style sheet: never fetched."""
    last = urlsplit(url).path.lower().rsplit("/", 1)[-1]
    return "." in last and last.rsplit(".", 1)[-1] in data.load_yaml("discovery.yaml")["files"]["never"]


@functools.cache
def _articles() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{each})" for each in data.load_yaml("families.yaml")["articles"]), re.I)


@functools.lru_cache(maxsize=8192)
def is_article(url: str) -> bool:
    """An address that looks like one article, not a column."""
    return bool(_articles().search(url))
