"""From a page and the row that led to it to the addresses worth asking for: pure, so that a test needs no crawl."""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace

import data
from crawler.address import Boundary, absolute, canonical, host_of, shape
from crawler.discovery import pager, rowforms
from crawler.discovery.beside import names_nothing
from crawler.discovery.menus import menu_files, menu_fragments, parts
from crawler.discovery.page import Link, Page
from crawler.discovery.scoring import Context, Promise, explore, judge, priority, sure_organ, under_annual
from crawler.discovery.slugs import is_article, is_document
from crawler.families import sitemap
from crawler.frontier.frontier import Target
from reports.title import read_title

CONTEXTS: dict[str, Context] = {
    "seed": "home",
    "hub": "hub",
    "organs": "organs",
    "organ": "organ",
    "column": "annual",
    "year": "annual",
    "level": "annual",
    "candidate": "annual",
    "frame": "other",
    "notice": "notice",
}
_COLUMNS = ("column", "year", "level")
#: What is an entry of a column whatever its address looks like, and without a date beside it.
_ENTRIES = ("report", "attachment", "candidate")
_ORGANS = 3  # so many make a list of them
_TITLE_END = re.compile(r"[-_|—–]")  # behind it stands the portal's name
#: What a report's own page may lead to: everything else on it is the portal's navigation.
_FROM_REPORTS = {"report", "attachment", "column", "year", "frame"}


@dataclass(slots=True)
class Reading:
    """What a page offers."""

    context: Context
    targets: list[Target] = field(default_factory=list)
    entries: list[Link] = field(default_factory=list)  # what its list holds
    reports: int = 0  # links whose text names a yearly report
    outside: list[Link] = field(default_factory=list)  # promising links to hosts that are not the portal's
    report: bool = False  # the page itself reads like a yearly report
    parts: int = 0  # fragments that its script loads into it
    guessed: bool = False  # nothing marks its entries as such; they are what stands in blocks of links


@functools.cache
def _markers() -> tuple[int, tuple[str, ...]]:
    rule = data.load_yaml("discovery.yaml")["report_markers"]
    return int(rule["enough"]), tuple(rule["phrases"])


def looks_like_report(text: str) -> bool:
    """Whether a page's source holds enough of the phrases that every yearly report holds. Extraction decides."""
    enough, phrases = _markers()
    count = 0
    for phrase in phrases:
        if phrase in text:
            count += 1
            if count >= enough:
                return True
    return False


def lists_organs(page: Page, home: set[str]) -> bool:
    """Whether a page lists nothing but organs: the reports of a year, each under its organ's name.

    What the ``home`` page links too are the organs' sites.
    """
    blocks: defaultdict[int, list[Link]] = defaultdict(list)
    body = [link for link in page.links if link.place not in ("nav", "foot", "crumb", "side")]
    if any(is_document(link.url) or link.tag in ("iframe", "frame") for link in body):
        return False  # the report itself is in a file or a frame; the organs stand beside it
    for link in body:
        if link.block:
            blocks[link.block].append(link)
    return any(
        len(links) >= _ORGANS
        and 2 * len(links) > len(body)
        and all(sure_organ(link.text) and canonical(link.url) not in home for link in links)
        for links in blocks.values()
    )


def context_of(kind: str, page: Page) -> Context:
    """What kind of page this is: by the link that led here, or because its own heading or breadcrumb says 年报."""
    context = CONTEXTS.get(kind, "other")
    if context in ("annual", "home"):
        return context
    tail = page.crumbs.rsplit(">", 1)[-1] if page.crumbs else ""
    names = [page.meta.get("columnname", ""), tail]
    if kind == "organ" and len(page.headings) < 4:  # an organ's link may lead to its column of the reports at once
        names += [_TITLE_END.split(page.title, maxsplit=1)[0], *page.headings]
    if kind == "other" and len(page.headings) < 3 and not page.crumbs:  # what led here said nothing: 单位 → 年报
        names += page.headings[:1]
    if any(name and under_annual(name) for name in names):
        return "annual"
    return context


def read_links(
    page: Page,
    *,
    kind: str,
    row: int,
    boundary: Boundary,
    home: frozenset[str] | set[str] = frozenset(),
    links: list[Link] | None = None,
    context: Context | None = None,
    years: range | None = None,
    depth: int = 0,
) -> Reading:
    """Judge the links of a page (or the given ones, of a fragment) and turn what is worth a request into targets.

    ``home`` holds the canonical addresses that the home page links; ``years`` restricts the reported years.
    """
    context = context or context_of(kind, page)
    reading = Reading(context, report=links is None and looks_like_report(page.text))
    narrow = kind == "report" or (reading.report and kind in ("candidate", "attachment", "other"))
    best: dict[str, tuple[Link, Promise]] = {}
    loose: list[Link] = []
    refused: list[Link] = []
    for link in page.links if links is None else links:
        if context != "organs" and pager.is_pager_link(link):
            continue
        key = canonical(link.url)
        if key == canonical(page.url):
            continue
        promise = judge(link, "other" if narrow else context, home=key in home)
        if narrow:
            promise = _beside_report(link, promise) if reading.report else _before_report(link, promise)
        if context == "annual" and not narrow and link.place not in ("nav", "foot", "crumb"):
            document = is_document(link.url)
            entry = link.date or is_article(link.url) or document or promise.kind in _ENTRIES
            if (
                key in home and not link.date
            ):  # the site's menu, whose addresses may be like articles' (ItemList.html?id=9)
                entry = promise.kind in ("report", "attachment")
            framed = link.tag in ("iframe", "frame") and not document  # a frame holds the list
            if entry and not framed and promise.kind != "file":
                reading.entries.append(link)
            elif promise.kind == "decoy":
                refused.append(link)
        elif link.date or promise.kind == "report":
            reading.entries.append(link)
        if link.place == "body" and link.block and key not in home and promise.kind != "file":
            loose.append(link)
        if promise.kind == "report":
            reading.reports += 1
        known = best.get(key)
        if known is None or promise.priority > known[1].priority:
            best[key] = (link, promise)
    listed = {link.block for link in reading.entries if link.block}
    reading.entries += [link for link in refused if link.block in listed]  # what a list announces counts them
    if context != "annual" and not any(link.date for link in reading.entries):  # an undated list has them all
        named = {link.block for link in reading.entries if link.block}
        reading.entries += [link for link in loose if link.block in named and link not in reading.entries]
    if not reading.entries:  # a list without dates, of an unknown dialect
        reading.entries, reading.guessed = loose, True
    for key, (link, promise) in best.items():
        if not boundary.holds(link.url):
            if promise.priority >= priority("slug"):
                reading.outside.append(link)
            continue
        target = _target(key, link, _further(promise, depth), row, years)
        if target is not None and promise.kind in ("report", "attachment") and is_document(link.url):
            target.anchor = _named_for(page, link)[:300] or None
        if target is not None:
            reading.targets.append(target)
    if links is None and not narrow and context != "home":
        for link, opened in rowforms.entries(page, context, boundary, row):
            reading.entries.append(link)
            reading.targets.append(opened)
            reading.reports += opened.kind == "report"
        if context != "annual":
            reading.targets += rowforms.ways(page, context, boundary, row)
    if links is None and not narrow and kind != "seed":
        loaded = _parts(page, row, boundary, context)
        reading.parts = len(loaded)
        reading.targets += loaded
    lost = links is None and not any(each.priority >= explore() for each in reading.targets)
    if lost and context == "annual" and kind in _COLUMNS and not narrow:
        reading.targets = _unnamed(reading.targets, loose)
    if kind == "hub" and lost:
        reading.targets += [_menu(url, row) for url in menu_fragments(page) if boundary.holds(url)]
    if kind == "seed" and lost:
        reading.targets += [_menu(url, row) for url in menu_files(page) + menu_fragments(page) if boundary.holds(url)]
        if (url := absolute(page.url, "/sitemap.xml")) is not None:
            reading.targets.append(replace(_menu(url, row), kind="notice", rule="the site's map", family=sitemap.NAME))
    return reading


def _unnamed(targets: list[Target], loose: list[Link]) -> list[Target]:
    """Of a column whose links say nothing (水利, 第三号): those that stand in lists, with addresses like each other's,
    are what it lists; after so many in vain (``shape_misses``) the rest are left."""
    shapes = Counter(shape(link.url) for link in {canonical(each.url): each for each in loose}.values())
    keys = {canonical(link.url) for link in loose if shapes[shape(link.url)] >= _ORGANS}
    value = priority("unnamed")
    return [
        replace(each, priority=value, rule="entry of a column that names nothing")
        if each.kind == "other" and not each.reason and each.canonical in keys
        else each
        for each in targets
    ]


def _named_for(page: Page, link: Link) -> str:
    """What a link to a file says, with the organ whose column it stands in where it names none: the table of a
    workbook may be all that the file holds."""
    title = read_title(link.text)
    return link.text if title.kind != "report" or title.organ else whose(page.crumbs) + link.text


def whose(crumbs: str) -> str:
    """The organ in whose part of the portal a page stands, by its breadcrumb; "" where it names none."""
    return next((step for step in reversed(crumbs.split(">")) if sure_organ(step)), "")


def _parts(page: Page, row: int, boundary: Boundary, context: Context) -> list[Target]:
    """What a script loads into a page of disclosure; into one of the yearly reports, the lists of years or organs."""
    if context not in ("annual", "hub", "organ", "organs"):
        return []
    annual = context == "annual" or any(under_annual(each) for each in page.headings)
    kind = "level" if annual else "frame"
    return [
        replace(_menu(url, row), kind=kind, priority=priority(kind), rule="a part that a script loads")
        for url in parts(page)
        if boundary.holds(url)
    ]


def _menu(url: str, row: int) -> Target:
    """A home page without a way: its menu may stand in a file of its own."""
    return Target(
        url, canonical(url), host_of(url), "frame", priority("frame"), "menu in a file of its own", branch=f"{row}:menu"
    )


def _further(promise: Promise, depth: int) -> Promise:
    """The deeper a chain of disclosure pages without a column, the less it promises (endless catalogues)."""
    rule = data.load_yaml("discovery.yaml")["deeper"]
    steps = depth - int(rule["from"])
    if steps <= 0 or promise.kind not in ("hub", "organs", "organ", "notice"):
        return promise
    loss = float(rule["hub"] if promise.kind == "hub" and promise.priority < 60 else rule["other"])
    return replace(promise, priority=max(2.0, promise.priority - steps * loss))


def _beside_report(link: Link, promise: Promise) -> Promise:
    """On a report's own page: its attachments and frames, and other reports by name; nothing else."""
    if link.tag in ("iframe", "frame"):
        return Promise("attachment" if is_document(link.url) else "frame", priority("frame"), "frame in the report")
    if is_document(link.url) and link.place not in ("nav", "foot", "crumb") and promise.kind != "decoy":
        return Promise("attachment", priority("attachment"), "attachment of the report", promise.year)
    if promise.kind in _FROM_REPORTS and not promise.reason:
        return promise
    return Promise("other", 0, "beside a report")


def _before_report(link: Link, promise: Promise) -> Promise:
    """On a page under a report's name that holds none: what leads on to its text by 点击查看全文 besides."""
    title = read_title(link.heading)
    if link.place == "body" and names_nothing(link.text) and (title.kind, title.strength) == ("report", "strong"):
        kind = "attachment" if is_document(link.url) else "report"
        return Promise(kind, priority("report"), "the text of a report's page", title.year)
    return _beside_report(link, promise)


def _target(key: str, link: Link, promise: Promise, row: int, years: range | None) -> Target | None:
    reason = promise.reason
    if reason and not reason.startswith("decoy"):
        return None
    if reason is None and promise.priority < 2:
        return None
    dated = promise.kind in ("report", "attachment", "year", "candidate")
    if reason is None and dated and years is not None and promise.year is not None and promise.year not in years:
        reason = "year not asked for"
    branch = f"shape:{shape(link.url)}" if promise.kind == "other" else f"{row}:{promise.kind}:{link.block}"
    return Target(
        url=link.url,
        canonical=key,
        host=host_of(link.url),
        kind=promise.kind,
        priority=promise.priority,
        rule=promise.rule,
        anchor=link.text[:300] or None,
        context=link.heading[:120] or None,
        branch=branch,
        year=promise.year,
        listed=link.date,
        reason=reason,
    )
