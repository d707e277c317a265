"""Pages of reports that are shells: a script asks for the article by the address's own parameter.

``detail.html?id=3`` and ``?id=4`` are the same bytes.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

import data
from crawler.address import Boundary, canonical, host_of
from crawler.discovery import lists
from crawler.discovery.page import Page
from crawler.discovery.scoring import priority
from crawler.discovery.slugs import is_document
from crawler.families import asked, turned
from crawler.frontier.frontier import Row, Target

_LEAST = 600  # characters that a page shows which has an article
_FILE = re.compile(r"['\"]([^'\"\s<>]+\.(?:pdf|docx?|wps|ofd)(?:\?[^'\"\s]*)?)['\"]", re.I)
UNNAMED = "entry of a column that names nothing"
_FILES = 4  # of one page
_KINDS = ("report", "candidate")


def behind(page: Page, row: Row, boundary: Boundary) -> list[Target]:
    """The request that a shell's script makes for the article; nothing where the page shows text of its own."""
    if row.kind not in _KINDS or row.family or "<script" not in page.text or page.visible > _LEAST:
        return []
    own = _own(page.url)
    if not own or any(is_document(link.url) or link.tag in ("iframe", "frame") for link in page.links):
        return []  # the report is a file of the page, or in its frame
    for request in asked.requests(page):
        address = page.address(request.address)
        if address is None or not boundary.holds(address) or not _asks_for(request, own) or _counts(request):
            continue
        step = turned.step_of(address, request, [], 1, "")
        step.family, step.memo = None, {}
        target = lists.target(step, kind=row.kind, priority=row.priority, name="")
        target.listing = target.number = None
        target.rule = "the article that a shell asks for"
        target.anchor, target.context, target.year, target.listed = row.anchor, row.context, row.year, row.listed
        target.branch = row.branch
        return [target]
    return []


def files(page: Page, row: Row, boundary: Boundary) -> list[Target]:
    """The files that a shell's script shows (``new FlipBook({pdf: '../pdf/3.pdf'})``): the report is in them."""
    listed = row.kind in _KINDS or row.rule == UNNAMED
    if not listed or row.family or "<script" not in page.text or page.visible > _LEAST:
        return []
    named = (each[1] for script in page.scripts for each in _FILE.finditer(script))
    found = dict.fromkeys(url for each in named if (url := page.address(each)) and boundary.holds(url))
    return [
        Target(
            url=url, canonical=canonical(url), host=host_of(url), kind="attachment", priority=priority("attachment"),
            rule="a file that a shell shows", anchor=row.anchor, context=row.context, year=row.year, listed=row.listed,
            branch=row.branch,
        )
        for url in list(found)[:_FILES] if is_document(url)
    ]  # fmt: skip


def asks_by_address(page: Page) -> bool:
    """Whether a page's script takes a parameter of its own address (``getQuery('code')``): pages of the same bytes then
    show different things."""
    names = [name for name, _ in parse_qsl(urlsplit(page.url).query)]
    if not names or "<script" not in page.text:
        return False
    takes = re.compile(rf"\(\s*['\"](?:{'|'.join(map(re.escape, names))})['\"]\s*\)")
    return any(takes.search(script) for script in page.scripts)


def _counts(request: asked.Asked) -> bool:
    """Whether a request counts visits: most articles make one, by their own id."""
    words = "|".join(data.load_yaml("discovery.yaml")["sources"]["counters"])
    return bool(re.search(words, urlsplit(request.address).path, re.I))


def _own(url: str) -> set[str]:
    """What an address says of its article: the values of its query or route, else its name."""
    parts = urlsplit(url)
    queried = {value for name, value in parse_qsl(f"{parts.query}&{parts.fragment.partition('?')[2]}")}
    routed = {part for part in parts.fragment.partition("?")[0].split("/")[-1:] if any(map(str.isdigit, part))}
    named = {unquote(parts.path).rsplit("/", 1)[-1].split(".")[0]}
    return (queried | routed or named) - {""}


def _asks_for(request: asked.Asked, own: set[str]) -> bool:
    parts = urlsplit(request.address)
    values = {value for _, value in parse_qsl(parts.query)} | {str(value) for value in request.fields.values()}
    named = {part.split(".")[0] for part in re.split(r"[/=,]", parts.path)}
    return bool((values | named) & own)
