"""Articles that a page holds as a string in a script (``{DETAIL: {content: "<p>…"}}``) and shows by it.

Looked for only on pages that show no figures of their own. Keys in ``data/readers/page_parts.yaml``.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Final, NamedTuple

import data

_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.S)
_NAMED: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": "", "\n": ""}
_TABLE = re.compile(r"<t(?:able|body|r)\b|&lt;t(?:able|body|r)\b", re.I)
_ROW = "结转下年"  # of the forms, drawn without a table
_TEXT = re.compile(r"<(?:p|div|br|span)\b", re.I)
_LINKED: Final = ("datePublished", "dateCreated")
_LINKED_TIME = re.compile(rf'"({"|".join(_LINKED)})"\s*:\s*"([^"\n]{{8,40}})"')
_CHINA = datetime.timezone(datetime.timedelta(hours=8))
_LEAST = 400  # characters of a string that may hold an article
MOST = 6  # such strings of a page that are read


def _string(quotes: str) -> re.Pattern[str]:
    """A string between such quotes, or, with an empty third group, what follows a quote that its line leaves open."""
    return re.compile(rf"""([{quotes}])((?:[^"'\\\n]++|(?:\\.)++|(?!\1)["'])*+)(\1?)""", re.S)


_STRING = _string("\"'")
_OTHER = {'"': _string("'"), "'": _string('"')}


class Scripted(NamedTuple):
    """What the scripts of a page hold: the markup of articles, the title and the time of publication said beside it.

    ``left``: how many articles there are beyond those that are read.
    """

    articles: list[str]
    title: str | None
    published: str | None
    left: int = 0


def scripted(scripts: Iterable[str], *, narrative: bool) -> Scripted:
    """The articles with tables in them, and with ``narrative`` those without; templates of markup hold none."""
    articles: list[str] = []
    title = published = None
    for script in scripts:
        if len(script) < _LEAST or script.lstrip()[:1] == "<":
            continue
        texts = [_unescaped(each) for each in _strings(script) if len(each) >= _LEAST]
        held = [each for each in texts if _is_article(each, narrative)]
        if held:
            title, published = title or _said(script, "script_titles"), published or _said(script, "script_times")
        articles += [unescape(text) if "<t" not in text else text for text in held if text not in articles]
    return Scripted(articles[:MOST], title, published, max(0, len(articles) - MOST))


def described(scripts: Iterable[str]) -> list[tuple[str, str]]:
    """When the page was published, as scripts say that show none of it: linked data (JSON-LD), a variable (pubTime).

    Nothing where one of them tells several times, as the data of a list do.
    """
    times: dict[str, set[str]] = {name: set() for name in (*_LINKED, "script time")}
    for script in scripts:
        if any(name in script for name in _LINKED):
            for name, time in _LINKED_TIME.findall(script):
                times[name].add(time)
        elif any(name in script for name in _names()):  # cheaper than the pattern, which most scripts need not
            for clock, printed in _variables().findall(script):
                times["script time"].add(_in_china(int(clock)) if clock else printed)
    if times[_LINKED[0]]:
        del times[_LINKED[1]]
    return [(name, told.pop()) for name, told in times.items() if len(told) == 1]


@functools.cache
def _names() -> tuple[str, ...]:
    return (*data.load_yaml("readers/page_parts.yaml")["script_times"], "document.write")


@functools.cache
def _variables() -> re.Pattern[str]:
    """A time of publication in (milli)seconds or as a string: pubTime = 1705627200000, document.write("2024-01-19")."""
    names = "|".join(map(re.escape, data.load_yaml("readers/page_parts.yaml")["script_times"]))
    value = r"""["']?(?:(1\d{9})(?:\d{3})?(?!\d)|(20\d\d[-/年.]\d{1,2}[-/月.]\d{1,2}[日 T\d:]{0,10})["'])"""
    return re.compile(rf"""(?:(?<![\w$])["']?(?:{names})["']?\s*[:=]\s*|\bdocument\.write\((?:[\w.]+\()?){value}""")


def _in_china(seconds: int) -> str:
    return datetime.datetime.fromtimestamp(seconds, _CHINA).strftime("%Y-%m-%d %H:%M")


def _strings(script: str) -> Iterator[str]:
    """What stands between quotes, in one pass.

    A quote that its line leaves open (an apostrophe in a comment) opens no string, nor does another like it up to where
    the line ends, since all are escaped there: only strings between the other quotes may.
    """
    for match in _STRING.finditer(script):
        if match[3]:
            yield match[2]
        else:
            inside = _OTHER[match[1]].finditer(script, match.start(2), match.end())
            yield from (other[2] for other in inside if other[3])


def _is_article(text: str, narrative: bool) -> bool:
    if _TABLE.search(text):
        return True
    return _TEXT.search(text) is not None and (_ROW in text or (narrative and "信息公开" in text))


@functools.cache
def _keys(group: str) -> re.Pattern[str]:
    names = "|".join(map(re.escape, data.load_yaml("readers/page_parts.yaml")[group]))
    value = r"""(?:"((?:[^"\\\n]|\\.){1,300})"|'([^'\\\n]{1,300})')"""
    return re.compile(rf"""(?<![\w$])["']?(?:{names})["']?\s*:\s*{value}""")


def _said(script: str, group: str) -> str | None:
    match = _keys(group).search(script)
    return _unescaped(match[1] or match[2]).strip() or None if match else None


def _unescaped(text: str) -> str:
    """A JavaScript string as the script sees it."""
    if "\\" not in text:
        return text

    def character(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        return chr(int(code, 16)) if code else _NAMED.get(match[3], match[3])

    plain = _ESCAPE.sub(character, text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
