"""What a page holds for discovery: its links with the heading above them, their place, and the list they stand in."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser

from crawler.address import absolute, in_viewer

_SPACE = re.compile(r"[\s\u200b\ufeff\xa0\u3000]+")
#: Around the words that turn a page (下一页>>).
ARROWS = "[]|<>«»‹›→←▶►◀◄"
_SHORT = 60  # characters of a text that is worth remembering
_MARKUP = re.compile(r"<style\b.*?</style>|<!--.*?-->|<[^>]*>", re.S | re.I)
SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script>", re.S | re.I)


@dataclass(slots=True)
class Link:
    """One link of a page. ``text`` is squeezed (NFKC, no white space); ``heading`` is the nearest heading above it."""

    url: str
    text: str
    heading: str = ""
    place: str = "body"  # body, nav, side, foot, crumb, pager
    block: int = 0  # links of one list share it
    date: str | None = None  # printed beside it, YYYY-MM-DD
    tag: str = "a"  # a, iframe, frame, option, area, script, meta, comment, json
    title: str = ""


@dataclass(slots=True)
class Page:
    """An HTML answer, decoded and read once."""

    url: str
    text: str  # the decoded source
    base: str
    title: str = ""
    crumbs: str = ""
    headings: list[str] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    years: list[str] = field(default_factory=list)  # that a script shows when they are chosen; crawler.families.chosen
    bound: dict[str, str] = field(default_factory=dict)  # what a function is called with; crawler.families.called
    aliases: list[str] = field(default_factory=list)  # … and what holds it besides
    within: tuple[str, list[str]] | None = None  # the function around a request; crawler.families.asked
    holes: bool = False  # whether what a request lacks is kept as a hole; crawler.families.cascade
    stuck: bool = False  # its next page is turned by a script that cannot be read
    more: str | None = None  # the address of what follows, as the button that loads it holds it
    redirect: str | None = None  # meta refresh or a script that only sends on
    charset: str = "utf-8"  # in which its links' queries are asked
    tree: LexborHTMLParser | None = field(default=None, repr=False, compare=False)

    def address(self, href: str) -> str | None:
        """The absolute address of one of its links."""
        address = absolute(self.base, href, self.charset)
        return address and in_viewer(address)

    @property
    def visible(self) -> int:
        """Characters of text, about."""
        if len(self.text) > 200_000:
            return len(self.text)
        return len(_SPACE.sub("", _MARKUP.sub("", SCRIPT.sub("", self.text))))

    @property
    def scripts(self) -> Iterator[str]:
        """The inline scripts."""
        return (match[1] for match in SCRIPT.finditer(self.text))

    def block(self, number: int) -> list[Link]:
        """The links of one list."""
        return [link for link in self.links if link.block == number]


def squeeze(text: str) -> str:
    """NFKC and no white space: how texts are compared."""
    return _remembered(text) if len(text) <= _SHORT else _SPACE.sub("", unicodedata.normalize("NFKC", text))


@functools.lru_cache(maxsize=8192)
def _remembered(text: str) -> str:
    """A portal's navigation is the same on its every page."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))
