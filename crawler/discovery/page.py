"""Reads a fetched page for discovery."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from crawler.address import absolute
from crawler.discovery.calls import sent_on
from crawler.discovery.charset import decode, decoded
from crawler.discovery.links import Link, Page, squeeze
from crawler.discovery.menus import frames_in_scripts, links_in_scripts
from crawler.discovery.walk import LOCATION, Walk

_REFRESH = re.compile(r"url\s*=\s*['\"]?([^'\";]+)", re.I)
_KEPT = re.compile(r"<(textarea|template|xmp)\b[^>]*>(.*?)</\1>", re.S | re.I)
_COMMENT = re.compile(r"<!--(.*?)-->", re.S)


def read_page(url: str, text: str, *, report: bool = False, charset: str = "utf-8") -> Page:
    """Read a page's links and headings, those in comments that hold a list (UCAP) included.

    ``report``: the page is a report, of whose links only attachments, frames and other reports matter.
    """
    tree = LexborHTMLParser(text)
    page = Page(url=url, text=text, base=url, charset=charset, tree=tree)
    _head(tree, page)
    body = tree.body or tree.root
    if body is not None:
        Walk(page).run(body, report=report and "onclick" not in text)
    for inner, heading in _within_frames(tree) if "srcdoc" in text else ():
        framed = LexborHTMLParser(inner)
        if framed.body is not None:
            before = len(page.links)
            Walk(page).run(framed.body)
            for link in page.links[before:]:
                link.block, link.heading = link.block or -1, link.heading or heading
    for inner in _kept(text):
        if "<li" in inner and "href" in inner and "<![endif" not in inner:
            hidden = LexborHTMLParser(inner)
            if hidden.body is not None:
                before = len(page.links)
                Walk(page).run(hidden.body)
                for link in page.links[before:]:
                    link.block = link.block or -1
                    link.tag = "comment"
    if not report:
        page.links += links_in_scripts(page) + frames_in_scripts(page)
    _redirect(page)
    return page


def _within_frames(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """The markup of frames that the page holds itself (``<iframe srcdoc="…">``), and the heading above each."""
    heading = ""
    for node in tree.css("h1, h2, h3, h4, iframe[srcdoc]"):
        if node.tag == "iframe":
            yield node.attributes.get("srcdoc") or "", heading
        else:
            heading = squeeze(node.text(separator=""))


def _kept(text: str) -> Iterator[str]:
    """Markup that a page keeps where no browser shows it, for its scripts to put in place."""
    for comment in _COMMENT.finditer(text):
        yield comment[1]
    for kept in _KEPT.finditer(text):
        yield html.unescape(kept[2]) if kept[1].lower() == "textarea" else kept[2]


def _head(tree: LexborHTMLParser, page: Page) -> None:
    base = tree.css_first("base[href]")
    if base is not None:
        page.base = absolute(page.url, base.attributes.get("href") or "") or page.url
    title = tree.css_first("title")
    page.title = squeeze(title.text()) if title is not None else ""
    for meta in tree.css("meta"):
        attributes = meta.attributes
        name = (attributes.get("name") or attributes.get("http-equiv") or "").lower()
        content = attributes.get("content") or ""
        if name and name not in page.meta:
            page.meta[name] = content


def _redirect(page: Page) -> None:
    refresh = page.meta.get("refresh", "")
    found = _REFRESH.search(refresh) if refresh else None
    target = page.address(found[1]) if found else None
    if found is None and len(page.text) < 4000 and len(page.links) < 3:
        written = LOCATION.search(page.text)
        whole = written is not None and not page.text[written.end() :].lstrip().startswith("+")  # '/list/' + id
        target = page.address(written[1]) if written is not None and whole else None
        target = sent_on(page) or target
    if target and target.split("#")[0] != page.url.split("#")[0]:
        page.redirect = target


__all__ = ["Link", "Page", "decode", "decoded", "read_page", "squeeze"]
