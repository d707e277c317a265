"""The general pager: 下一页, page numbers and 尾页 as links, for every page whose family says nothing."""

from __future__ import annotations

import functools
import re

import data
from crawler.address import canonical
from crawler.discovery.links import ARROWS
from crawler.discovery.page import Link, Page
from crawler.families.listing import Listing, Step, announced

_NUMBER = re.compile(r"^\[?第?(\d{1,4})页?\]?$")
_FURTHER = re.compile(r"[后下]\d{1,3}[条篇页项则]")  # 后10条
_DIGITS = re.compile(r"\d+")
_STEM = re.compile(r"(?:(?:index|list|default)(?![a-z]))?[-_]?0?(?:\.\w+)?$", re.I)  # of a list's pages, numbers folded


@functools.cache
def _reading(name: str) -> frozenset[str]:
    return frozenset(data.load_yaml("discovery.yaml")["reading"][name])


def _says(text: str, name: str) -> bool:
    """Whether a text is one of these words, with or without arrows around it (下一页>>)."""
    if text in _reading(name) or text.strip(ARROWS) in _reading(name):
        return True
    return name == "next" and _FURTHER.fullmatch(text.strip(ARROWS)) is not None


def is_pager_link(link: Link) -> bool:
    """Whether a link only turns pages."""
    return any(_says(link.text, name) for name in ("next", "last", "first")) or (
        (link.place == "pager" or link.tag == "option") and bool(_NUMBER.match(link.text))
    )


def turns(text: str) -> bool:
    """Whether a link's text turns to some page."""
    return bool(_NUMBER.match(text)) or _says(text, "next") or _says(text, "last")


def turns_to(text: str, number: int) -> bool:
    """Whether a link's text turns to the page of this number, which is the next."""
    match = _NUMBER.match(text)
    return _says(text, "next") or bool(match and int(match[1]) == number)


def bare(page: Page, listing: str) -> bool:
    """Whether a page of a list is a fragment that a script puts into another page, and says nothing of the others.

    Such a one does not tell whether it is the last.
    """
    if page.title or "<body" in page.text.lower():
        return False
    return not any(is_pager_link(link) or canonical(link.url) == listing for link in page.links)


def read(page: Page, number: int) -> Listing | None:
    """The next page by its link (下一页, else the next number), and what the page announces.

    None where nothing turns pages.
    """
    here = canonical(page.url)
    following: str | None = None
    last: str | None = None
    numbers: dict[int, str] = {}
    turning = boxed = False  # boxed: a number stands in a box that is called a pager (1 2 …: one link alone)
    for link in page.links:
        if _says(link.text, "next") and (
            link.text.strip(ARROWS)
            or link.place == "pager"
            or _beside_numbers(page, link)
            or alike(link.url, here)
            or _numbered(link.url, number + 1, here)
        ):
            turning = True
            if canonical(link.url) != here:
                following = following or link.url
        elif _says(link.text, "more") and alike(link.url, here) and canonical(link.url) != here:
            turning, following = True, following or link.url
        elif _says(link.text, "last"):
            turning = True
            last = link.url
        else:
            match = _NUMBER.match(link.text)
            if match and int(match[1]) < 1900 and link.tag in ("a", "script", "option"):
                numbers[int(match[1])] = link.url
                boxed = boxed or link.place == "pager"
    following = following or _told_in_head(page)
    turning = turning or following is not None
    records, pages = announced(page.text) if turning or numbers or "共" in page.text else (None, None)
    shown = numbers.get(number + 1)
    if shown and not following:
        sure = turning or boxed or len(numbers) > 1 or (pages or 0) > number
        following = shown if sure or _numbered(shown, number + 1, here) else None
    if following is None and not turning and not pages:
        return None
    listing = Listing("general", records=records, pages=pages)
    if following and _same_site_part(following, page.url):
        listing.steps = [Step(following, number + 1, linked=True)]
    elif pages is not None and number >= pages:
        listing.end = f"page {number} of {pages}"
    elif turning and (last is None or canonical(last) == here):
        listing.end = "no next page"
    return listing


def _told_in_head(page: Page) -> str | None:
    """The next page as the page's head names it (``<link rel="next">``), for machines alone."""
    if page.tree is None or "rel=" not in page.text or "next" not in page.text:
        return None
    node = page.tree.css_first("link[rel=next][href]")
    return page.address(node.attributes.get("href") or "") if node is not None else None


def _beside_numbers(page: Page, link: Link) -> bool:
    return any(_NUMBER.match(each.text) for each in page.links if each.block == link.block and each.block)


def alike(url: str, here: str) -> bool:
    """Whether an address is that of another page of the list: it differs in one number of its path or its query."""
    (path, _, query), (own, _, given) = canonical(url).partition("?"), here.partition("?")
    changed = set(query.split("&")) ^ set(given.split("&"))
    names = {each.split("=")[0] for each in changed if each}
    return len(names) <= 1 and _STEM.sub("", _DIGITS.sub("0", path)) == _STEM.sub("", _DIGITS.sub("0", own))


def _numbered(url: str, number: int, here: str) -> bool:
    """Whether an address is that of this page of the list by its own number, beside the list: ``2.html``, ``?page=2``.

    A list of two pages shows one number alone, in no box that says what it is.
    """
    (path, _, query), (own, _, given) = canonical(url).partition("?"), here.partition("?")
    if path == own:
        more = set(query.split("&")) - set(given.split("&"))
        return len(more) == 1 and more.pop().rpartition("=")[2] == str(number)
    folder, _, name = path.rstrip("/").rpartition("/")
    stem = name.partition(".")[0]
    beside = folder in (own.rstrip("/"), own.rpartition("/")[0])
    return beside and re.fullmatch(rf"(?:\w*[a-zA-Z_-])?{number}", stem) is not None


def _same_site_part(following: str, url: str) -> bool:
    """A next page has the host of its list (arrows in page heads lead elsewhere)."""
    return canonical(following).split("/", 1)[0] == canonical(url).split("/", 1)[0]
