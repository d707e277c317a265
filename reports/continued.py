"""A report whose page goes on over further pages (分页): which those are, and all of them as one page to be read.

What the pages of one template have in common (head, navigation, title, foot) is taken from the first; of a further
page only what it has beside that follows behind what the first has there. Nothing is archived in this form: each page
is a capture of its own, and the joined page is made of them whenever it is read.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from reports.readers.charset import decode

#: Pages of one report; a pager that leads on and on is no report's.
MOST = 30
_CALL = re.compile(
    r"createPage(?:HTML)?\(\s*(?:['\"](?P<box>[\w-]*)['\"]\s*,\s*)?(?P<total>\d{1,3})\s*,\s*\d{1,3}\s*,\s*"
    r"['\"](?P<stem>[^'\"]+)['\"]\s*,\s*['\"](?P<end>\w+)['\"]",
    re.I,
)
_HREF = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.I)
_DIGITS = re.compile(r"\d+")
_AROUND = frozenset(
    {"body", "div", "section", "article", "main", "form", "center", "td", "ucapcontent", "span", "font"}
)
_LAYOUT = frozenset({"table", "tbody", "tr"})
_UNREAD = ("a", "script", "style")
_FURNITURE = 60  # letters outside links: the day's date and weather, a heading over links
_HERE = "\ue000"  # of the private use area: where a further page is put in
_UTF_8 = b"\xef\xbb\xbf"

Page = tuple[str, bytes]  # its address and what was sent


def called(text: str, first: str) -> dict[int, str]:
    """The further pages of the page at ``first`` that its pager's call makes, by the number that each has there."""
    call = _CALL.search(text)
    name = urlsplit(first).path.rpartition("/")[2]
    if call is None or f"{call['stem']}.{call['end']}" != name:
        return {}
    total = min(int(call["total"]), MOST)
    numbers = range(2, total + 1) if call["box"] is not None else range(1, total)  # 开普 counts from 1, TRS from 0
    return {number: urljoin(first, f"{call['stem']}_{number}.{call['end']}") for number in numbers}


def joined(first: Page, further: Sequence[Page]) -> tuple[bytes, list[str]]:
    """The first page with the content of those further ones that it, or one before them, names; and their addresses."""
    url, source = first
    markup = decode(source).text
    named = _named(markup, url, url)
    taken: list[str] = []
    for address, body in further:
        if address in named:
            other = decode(body).text
            named |= _named(other, address, url)
            markup = _together(markup, other)
            taken.append(address)
    return (_UTF_8 + markup.encode("utf-8", "replace"), taken) if taken else (source, [])


def _named(markup: str, url: str, first: str) -> set[str]:
    links = {urljoin(url, html.unescape(next(filter(None, found), ""))) for found in _HREF.findall(markup)}
    return links | set(called(markup, first).values())


def _together(markup: str, further: str) -> str:
    """A page's markup with what a further page has beside it."""
    page, other = LexborHTMLParser(markup.replace(_HERE, "")), LexborHTMLParser(further)
    if page.body is None or other.body is None:
        return markup
    place, content = _beside(page.body, other.body)
    place.insert_after(_HERE)
    more = "".join(
        html.escape(each.text(), quote=False) if each.tag == "-text" else each.html or "" for each in content
    )
    return (page.html or "").replace(_HERE, more, 1)


def _beside(one: LexborNode, other: LexborNode) -> tuple[LexborNode, list[LexborNode]]:
    """What ``other`` has beside what both have, and the node of ``one`` behind which it belongs."""
    ours, theirs = list(one.iter(include_text=True)), list(other.iter(include_text=True))
    looks, like = [_look(each) for each in ours], [_look(each) for each in theirs]
    start = _alike(looks, like)
    behind = _alike(looks[start:][::-1], like[start:][::-1])
    mine, more = ours[start : len(ours) - behind], theirs[start : len(theirs) - behind]
    pair = _content(mine, more)
    if pair is not None and _surrounds(*pair):
        return _beside(*pair)
    return [one, *ours[:start], *mine][-1], more


def _content(mine: list[LexborNode], more: list[LexborNode]) -> tuple[LexborNode, LexborNode] | None:
    """The one part of a template that holds the content of two of its pages, where what else differs is furniture.

    Tokens, the day's weather, advertisements in any order and lists of links are others at every answer.
    """
    parts = [_part(each) for each in more]
    if not more or parts != [_part(each) for each in mine]:
        return None
    sizes = [max(_unlinked(one), _unlinked(other)) for one, other in zip(mine, more, strict=True)]
    at = max(range(len(sizes)), key=sizes.__getitem__)
    if parts.count(parts[at]) > 1 or any(size > _FURNITURE for size in (*sizes[:at], *sizes[at + 1 :])):
        return None
    return mine[at], more[at]


def _part(node: LexborNode) -> tuple[str | None, ...]:
    """What a template calls a part of its pages."""
    attributes = node.attributes if node.tag != "-text" else {}
    return node.tag, attributes.get("id"), attributes.get("class")


def _unlinked(node: LexborNode) -> int:
    """How many letters of running text a node holds."""
    if node.tag in _UNREAD:
        return 0
    inside = node.css(",".join(_UNREAD)) if node.tag != "-text" else []
    return len("".join(node.text().split())) - sum(len("".join(each.text().split())) for each in inside)


def _alike(some: Sequence[str], others: Sequence[str]) -> int:
    """How many of two rows are the same, from their beginnings."""
    pairs = enumerate(zip(some, others, strict=False))
    return next((n for n, (one, other) in pairs if one != other), min(len(some), len(others)))


def _look(node: LexborNode) -> str:
    """By what a node of one page is known on the other: counters and page numbers count up, figures do not."""
    markup = node.html or ""
    return markup if "<table" in markup else _DIGITS.sub("0", markup)


def _surrounds(one: LexborNode, other: LexborNode) -> bool:
    """Whether both hold the page's content among other things: a division, or a table that lays out the page."""
    if one.tag != other.tag:
        return False
    lays_out = one.tag in _LAYOUT and all("<table" in (each.inner_html or "") for each in (one, other))
    return one.tag in _AROUND or lays_out
