"""The stylesheets and pictures of a report's page: archived with it, so that years later it still looks like itself.

They are rows of the frontier like any other, asked for after everything that promises a report, each address once
for ever. They are no part of the walk: whatever becomes of one, the report is stored. How many a page and a portal may
have is in data/discovery.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urljoin

from scrapy.http import Response
from selectolax.lexbor import LexborHTMLParser

import data
from archive.style import references
from crawler.address import canonical, host_of, origin_of
from crawler.discovery.page import Page, decode
from crawler.discovery.scoring import explore
from crawler.frontier.frontier import Row, Target
from crawler.pages import answer
from crawler.spiders.portal import PortalSpider

KIND = "looks"
_OF_HTML = (
    ("link[href]", "href", "stylesheet"),
    ("img[src]", "src", "picture"),
    ("input[type=image][src]", "src", "picture"),
    ("[background]", "background", "picture"),
)
_FONT = re.compile(r"\.(woff2?|ttf|otf|eot)([?#]|$)", re.IGNORECASE)


def dress(spider: PortalSpider, row: Row, item: dict[str, Any]) -> None:
    """A page was stored as a report: what it needs becomes pending."""
    if item["capture"] is None or "html" not in item["capture"].media_type or not _room(spider):
        return
    page = row.extra.get("page")
    tree = page.tree if isinstance(page, Page) else None
    _add(spider, row, needs(tree or LexborHTMLParser(decode(item["body"], item["content_type"])), item["url"]))


def read(spider: PortalSpider, row: Row, response: Response) -> None:
    """An answer has come: what a stylesheet imports and paints with becomes pending."""
    spider.counts["looks"] += 1
    media = (answer.header(response, b"Content-Type") or "").lower()
    if "css" in media or row.rule.startswith("stylesheet"):
        _add(spider, row, needs_of_style(decode(response.body, media), response.url))


def needs(tree: LexborHTMLParser, url: str) -> Iterator[tuple[str, str]]:
    """The stylesheets of a page, then its pictures, as absolute addresses, each with the word for what it is."""
    base = tree.css_first("base[href]")
    around = _joined(url, base.attributes.get("href")) if base is not None else None
    for selector, attribute, rule in _OF_HTML:
        for node in tree.css(selector):
            if rule == "stylesheet" and "stylesheet" not in (node.attributes.get("rel") or "").lower():
                continue
            address = _joined(around or url, node.attributes.get(attribute))
            if address:
                yield address, rule
    for node in tree.css("style"):
        yield from needs_of_style(node.text(), around or url)


def needs_of_style(style: str, url: str) -> Iterator[tuple[str, str]]:
    """What a stylesheet imports, and its pictures; no fonts, for Chinese ones have megabytes."""
    for reference, kind in references(style):
        address = _joined(url, reference)
        if address and kind != "font" and not _FONT.search(address):
            yield address, kind


def _add(spider: PortalSpider, row: Row, needed: Iterable[tuple[str, str]]) -> None:
    most = int(data.load_yaml("discovery.yaml")["looks"]["page"])
    targets: dict[str, Target] = {}
    for address, rule in needed:
        key, host = canonical(address), host_of(address)
        rules = spider.scheduler.rules.get(origin_of(address))
        # Of hosts that have told what they allow: for a picture no new host is asked for its robots.txt.
        if key in targets or rules is None or not rules.allows(address, spider.agent):
            continue
        if spider.boundary.holds(address) and spider.frontier.state_of(key) is None:
            targets[key] = Target(address, key, host, KIND, explore(), f"{rule} of a report")
        if len(targets) >= most:
            break
    new = spider.frontier.add(list(targets.values())[: _room(spider)], parent=row)
    spider.looks_left = _room(spider) - len(new)


def _room(spider: PortalSpider) -> int:
    """How many more the portal may have."""
    if spider.looks_left is None:
        most = int(data.load_yaml("discovery.yaml")["looks"]["portal"])
        spider.looks_left = max(0, most - spider.frontier.count("kind = ?", (KIND,)))
    return spider.looks_left


def _joined(url: str, reference: str | None) -> str | None:
    try:
        address = urljoin(url, (reference or "").strip()).partition("#")[0]
    except ValueError:
        return None
    return address if reference and address.startswith(("http://", "https://")) else None
