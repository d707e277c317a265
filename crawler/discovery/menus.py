"""Menus and trees that a page keeps in its scripts.

They read ``{name: "政务公开", url: "/zwgk/"}`` and the like (``nodes``), or are anchors that a script writes.

Only scripts that speak of disclosure at all are read (data/discovery.yaml, ``menus``): everything else in scripts is
advertising, statistics and animation.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterator

import data
from crawler.discovery.links import Link, Page, squeeze
from crawler.discovery.nodes import nodes
from crawler.discovery.scoring import sure_organ

#: Trees and menus that a widget finds in an attribute: ``data-options="data:[{…}]"``, ``:menu='[{…}]'``.
_IN_ATTRIBUTE = re.compile(r"\s[:@\w-]+\s*=\s*(?:\"([^\"<>]*?[\[{][^\"<>]*)\"|'([^'<>]*?[\[{][^'<>]*)')")
_HOLDS = ("&quot;", "data:[", "data: [", "='[", "='{", '="[', '="{')
_BARE_YEAR = re.compile(r"['\"](?:19|20)\d\d年度?['\"]")
_ORGAN = re.compile(r"[局委厅府办处镇乡道区县市旗会]['\"]")  # how a quoted organ's name ends
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_WRITTEN = re.compile(
    r"<a\b[^>]*?\bhref\s*=\s*\\?['\"]([^'\"\\+]+)\\?['\"][^>]*>((?:(?!<a\b|\]\]>).){1,200}?)</a>", re.I | re.S
)
_FRAMED = re.compile(
    r"(?:\.src\s*=|\.(?:attr|prop)\(\s*['\"]src['\"]\s*,|<iframe\b[^>]*?\bsrc\s*=)\s*\\?['\"]([^'\"\s\\<>]+)(?!\\?['\"]\s*\+|[^'\"\s\\<>])",
    re.I,
)
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|svg|bmp|js|css|mp4)\b", re.I)
_FILE = re.compile(r"<script\b[^>]*\bsrc\s*=\s*['\"]([^'\"]+\.js[^'\"]*)['\"]", re.I)
_LOADED = re.compile(
    r"(?:\.\s*(?:load|get|getJSON|post|ajax|open)|\bfetch|\burl\s*:)[\s(]*(?:['\"]GET['\"]\s*,\s*)?['\"]([^'\"\s<>]+)['\"]"
    r"|<\w+\b[^>]*?\s(?:data-|w3-)?(?:include(?:-html)?|load)\s*=\s*['\"]([^'\"\s<>]+)['\"]",
    re.I,
)
_PART = re.compile(r"\)\s*\.\s*load\s*\(\s*['\"]([^'\"\s<>#]+)['\"]\s*[,)]")  # $('#y2023').load('/nb/2023.html')
_FRAGMENT = re.compile(r"/|\.(?:s?html?|inc|tpl|json|jsp|aspx?|php)$", re.I)
_ORGANS = 3  # so many of a script's nodes make a tree of them
_FILES = 3  # script files of one page
_PARTS = 60  # fragments of one page
_LONGEST = 40  # characters of a menu's entry


@functools.cache
def _words() -> tuple[str, ...]:
    return tuple(data.load_yaml("discovery.yaml")["menus"])


def links_in_scripts(page: Page) -> list[Link]:
    """The links of the page's menus; ``block`` is a negative number a script, so that one menu is one list."""
    found: list[Link] = []
    for number, (script, held) in enumerate(_held_and_run(page), start=10):
        if "\\u" in script:
            script = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), script)
        script = script.replace("\\/", "/")
        silent = not held and not any(word in script for word in _words())
        if silent and len(_BARE_YEAR.findall(script)) < 2 and len(_ORGAN.findall(script)) < _ORGANS:
            continue
        entries = list(nodes(script))
        if silent:  # the menu of a column whose nodes are years or organs alone; what else the script holds is no menu
            entries = _years_or_organs(entries)
        else:
            entries += [(re.sub(r"<[^>]*>", "", match[2]), match[1], "") for match in _WRITTEN.finditer(script)]
        for text, href, heading in entries:
            text = squeeze(text)
            url = page.address(href)
            if url and text and len(text) <= _LONGEST:
                found.append(Link(url=url, text=text, heading=squeeze(heading), block=-number, tag="script"))
    return found


def _years_or_organs(entries: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """The nodes that say a year, and those that name an organ where several do."""
    years = [each for each in entries if _BARE_YEAR.fullmatch(f'"{squeeze(each[0])}"')]
    organs = [each for each in entries if sure_organ(squeeze(each[0]))]
    return years + (organs if len(organs) >= _ORGANS else [])


def _held_and_run(page: Page) -> Iterator[tuple[str, bool]]:
    """The page's scripts, and what its attributes hold for them: whether it is the latter."""
    for script in page.scripts:
        yield script, False
    if any(mark in page.text for mark in _HOLDS):
        for match in _IN_ATTRIBUTE.finditer(page.text):
            held = html.unescape(match[1] or match[2])
            if "/" in held or ".htm" in held or ".jsp" in held:
                yield held, True


def frames_in_scripts(page: Page) -> list[Link]:
    """The frames whose addresses a script sets (``$('#list').attr('src', '/nb/list.htm')``), on pages that have any."""
    if "frame" not in page.text:
        return []
    named = (match[1] for script in page.scripts for match in _FRAMED.finditer(script))
    urls = (page.address(each) for each in dict.fromkeys(named) if not _PICTURE.search(each) and "." in each)
    return [Link(url=url, text="", tag="iframe") for url in urls if url]


def menu_files(page: Page) -> list[str]:
    """The addresses of script files that may hold the page's menu: by their names, else those that are no libraries."""
    rules = data.load_yaml("discovery.yaml")
    names, libraries = (
        re.compile("|".join(each), re.I) for each in (rules["menu_files"], rules["sources"]["libraries"])
    )
    urls = [url for match in _FILE.finditer(page.text) if (url := page.address(match[1]))]
    named = [url for url in urls if names.search(url.rsplit("/", 1)[-1])]
    own = [url for url in urls if url not in named and not libraries.search(url.rsplit("/", 1)[-1])]
    return list(dict.fromkeys(named + own))[:_FILES]


def menu_fragments(page: Page) -> list[str]:
    """The addresses of what a page loads into itself, its menu perhaps (``$('#nav').load('/common/head.html')``)."""
    named = (match[1] or match[2] for match in _LOADED.finditer(page.text))
    urls = (page.address(each) for each in named if _FRAGMENT.search(each.split("?")[0]) and not _PICTURE.search(each))
    return list(dict.fromkeys(url for url in urls if url))[:_FILES]


def parts(page: Page) -> list[str]:
    """The addresses of the fragments that a page loads into its boxes (a tab for each year), its furniture left out."""
    furniture = re.compile("|".join(data.load_yaml("discovery.yaml")["furniture"]), re.I)
    named = dict.fromkeys(match[1] for script in page.scripts for match in _PART.finditer(script))
    urls = (page.address(each) for each in named if not furniture.search(each.split("?")[0].rsplit("/", 1)[-1]))
    return list(dict.fromkeys(url for url in urls if url and not _PICTURE.search(url)))[:_PARTS]
