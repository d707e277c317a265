"""A page has come: its links go to the frontier, its list is turned, and what may be a report goes to the store."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urldefrag

from scrapy.http import Response

from crawler.address import canonical, host_of, origin_of
from crawler.discovery import home, parts, scripted, scriptturned, shells, shown
from crawler.discovery.page import Link, Page, decode, decoded, read_page
from crawler.discovery.reading import Reading, lists_organs, looks_like_report, read_links
from crawler.discovery.scoring import explore
from crawler.discovery.slugs import is_document
from crawler.discovery.twins import twin
from crawler.families import Listing, Step, annual_jsp, read_answer, sitemap, turned, ztree
from crawler.families import anylist as any_list
from crawler.frontier import settled, validators
from crawler.frontier.frontier import Row, Target
from crawler.pages import absence, answer, redirects
from crawler.politeness import blocks, refusals
from crawler.spiders.portal import PortalSpider

#: Pages on the way to the column of the reports.
_LEADING = ("home", "hub", "organs", "organ")
_MAPS = 3  # of a site, that its robots.txt names
_LARGEST_PAGE = 16 << 20  # bytes of markup; what is more is no page that somebody wrote


def read(spider: PortalSpider, row: Row, response: Response, facts: dict[str, object]) -> Iterator[dict[str, Any]]:
    """An answer of status 200; gives the item for the store, if it may be a report."""
    capture = response.meta.get("gongkai_capture")
    body = response.body
    facts["etag"] = answer.header(response, b"ETag")
    facts["modified"] = answer.header(response, b"Last-Modified")
    facts["digest"] = capture.digest if capture else None
    row.extra["shown"] = bool(response.meta.get("gongkai_shown"))
    media = (answer.header(response, b"Content-Type") or "").lower()
    if row.family == sitemap.NAME and body[:2] == b"\x1f\x8b":
        _fragment(spider, row, response.replace(body=sitemap.unpacked(body)), facts)
        return
    if row.family and not answer.binary(row, media, body):
        if _is_report(row, response, media):  # a click on an organ's year loads the report itself into its box
            row.extra["report"] = True
            yield _item(spider, row, response, facts, [])
            return
        _fragment(spider, row, response, facts)
        return
    if answer.binary(row, media, body):
        yield _item(spider, row, response, facts, [])
        return
    if len(body) > _LARGEST_PAGE:
        spider.note("page-too-large", f"a page of {len(body) >> 20} MB; its links are not read", row.url)
        yield _item(spider, row, response, facts, [])
        return
    text, charset = decoded(body, media)
    report = looks_like_report(text)
    own = report and row.kind in ("report", "candidate", "attachment", "other")
    page = _parsed(spider, row, response, text, charset, own)
    if row.kind == "seed" and blocks.outage(page, spider.boundary):
        refusals.shut(spider, row, page.title)
        return
    if spider.sessions.observe(page):
        spider.home_links = {canonical(f"http://{key}") for key in spider.home_links}
    if _has_gone(spider, row, page, text, report, facts):
        return
    if (
        row.kind == "report" and not report and lists_organs(page, spider.home_links)
    ):  # 2021年部门信息公开年报: theirs, not one
        spider.frontier.known_as(row, "year")
    reading = read_links(
        page,
        kind=row.kind,
        row=row.id,
        boundary=spider.boundary,
        home=spider.home_links,
        years=spider.years,
        depth=row.depth,
    )
    article = [] if report else shells.behind(page, row, spider.boundary) or shells.files(page, row, spider.boundary)
    reading.targets += article
    if not row.extra["shown"] and not blocks.empty_shell(text, page.visible):
        reading.targets += shown.home(row, page, reading)
    if reading.context in _LEADING and (branches := ztree.branches(page)):  # columns that only a click's script opens
        reading.targets += read_links(
            page,
            kind=row.kind,
            row=row.id,
            boundary=spider.boundary,
            home=spider.home_links,
            links=branches,
            context=reading.context,
            years=spider.years,
            depth=row.depth,
        ).targets
    other = (
        None
        if report or shells.asks_by_address(page)
        else twin(spider.frontier, row, facts["digest"], reading, worth=explore())
    )
    if other:
        spider.counts["twins"] += 1
        settled.lost(spider, row, f"same bytes as {other}", facts, quiet=True)
        return
    reading.targets += _maps(spider, row, reading)
    if row.kind == "seed":
        spider.home_links |= home.keep(spider.frontier, row, page.links)
    if row.kind == parts.KIND:
        first = spider.frontier.get(canonical(row.via or ""))
        spider.frontier.add(parts.targets(page, row, row.via or row.url), parent=first or row)
        settled.finish(spider, row, facts)
        return
    _follow(spider, row, response, facts, page, reading)
    if reading.report or row.kind in ("report", "attachment", "candidate"):
        row.extra["article"] = bool(article)  # asked for beside it: what looks like a shell may hold a scan
        row.extra["report"], row.extra["page"] = reading.report, page
        yield _item(spider, row, response, facts, page.links)
    else:
        settled.finish(spider, row, facts | settled.schedule(row))


def _maps(spider: PortalSpider, row: Row, reading: Reading) -> list[Target]:
    """The maps of the site that robots.txt names, where the home page shows no way and one is asked for by its name."""
    usual = next((each for each in reading.targets if each.family == sitemap.NAME), None)
    rules = spider.scheduler.rules.get(origin_of(row.url))
    if usual is None or rules is None or rules.robots is None:
        return []
    named = dict.fromkeys(url for url in rules.robots.sitemaps if spider.boundary.holds(url))
    return [replace(usual, url=url, canonical=canonical(url), host=host_of(url)) for url in list(named)[:_MAPS]]


def _parsed(spider: PortalSpider, row: Row, response: Response, text: str, charset: str, own: bool) -> Page:
    """The page as links are read from it, with the scripts that are known of it; ``own``: it is a report itself."""
    media = (answer.header(response, b"Content-Type") or "").lower()
    if "javascript" in media or (row.kind == "frame" and "json" in media):
        # a menu in a file of its own: its links are those of the page that loads it
        return read_page(row.via or response.url, f"<script>{text}</script>")
    if "json" in media:
        text = answer.markup(text)
    source = spider.lists.scripts.within(response.url, text) if row.kind in shown.COLUMNS else text
    routed = row.url if urldefrag(row.url).url == response.url else response.url  # the wire knows no fragment
    return read_page(routed, source, report=own, charset=charset)


def _has_gone(spider: PortalSpider, row: Row, page: Page, text: str, report: bool, facts: dict[str, object]) -> bool:
    """Whether the page says that what was here is not, or only sends on: then the row is settled."""
    away = None if report else absence.why_gone(row, page, text, facts["digest"])
    if away:
        if row.report and row.digest:
            _in_its_place(spider, row, page)
        settled.lost(spider, row, away, facts)
        return True
    if redirects.to_itself(spider, row, page):
        return True
    if page.redirect:
        redirects.forward(spider, row, page.redirect, "the page only sends on")
        if not report and row.kind in ("report", "candidate", "attachment"):
            settled.lost(spider, row, f"redirect to {page.redirect}", facts, quiet=True)
            return True
    return False


def _in_its_place(spider: PortalSpider, row: Row, page: Page) -> None:
    """Reports that are named where a known one stood: a column that was its one report has become a list."""
    read = read_links(
        page,
        kind="column",
        row=row.id,
        boundary=spider.boundary,
        home=spider.home_links,
        years=spider.years,
        depth=row.depth,
    )
    named = [each for each in read.targets if each.kind in ("report", "attachment") and not each.reason]
    if spider.frontier.add(named, parent=row):
        spider.lists.changes.stir()


def _follow(
    spider: PortalSpider, row: Row, response: Response, facts: dict[str, object], page: Page, reading: Reading
) -> None:
    """The page's links, the list's next page and a report's further pages go to the frontier."""
    narrow = row.kind == "report" or (reading.report and row.kind in ("candidate", "attachment", "other"))
    yearly = reading.report and annual_jsp.here(page)  # one address an organ and year, whatever led here
    follow = spider.lists.siblings if narrow or yearly else spider.lists.turn
    further = parts.targets(page, row, response.url) if narrow else []
    if further:
        _goes_on(spider, row, facts, reading, further)
    with spider.frontier.transaction():  # a page is not noted as turned without the way to the next one
        targets = (
            further
            + reading.targets
            + follow(row, page, reading, boundary=spider.boundary, home=spider.home_links, years=spider.years)
        )
        new = spider.frontier.add(targets, parent=row)
        if (yearly and row.checks and new) or _tells_of_reports(spider, targets, new):
            spider.lists.changes.stir()
    _weigh(spider, row, facts, new)
    spider.counts["links"] += len(new)
    for link in reading.outside:
        spider.counts["outside"] += 1
        if spider.counts["outside"] <= 20:
            spider.note("outside", f"a promising link leads to another portal: {link.text[:60]}", link.url, "info")


def _is_report(row: Row, response: Response, media: str) -> bool:
    """Whether what a script was asked for as a list is a report, and lists nothing."""
    text, _ = decoded(response.body, media)
    if not looks_like_report(answer.markup(text) if "json" in media else text):
        return False
    memo = json.loads(row.memo) if row.memo else {}
    listing = read_answer(str(row.family), text, response.url, row.number or 1, memo)
    return listing is None or not (listing.links or listing.steps)


def _fragment(spider: PortalSpider, row: Row, response: Response, facts: dict[str, object]) -> None:
    text = decode(response.body, answer.header(response, b"Content-Type") or "")
    if row.family == scripted.NAME:
        settled.finish(spider, row, facts)
        settled.flush(spider)  # the pages that load it are done before they are asked for again
        for page in spider.lists.scripts.learn(row.url, text):
            spider.frontier.reopen(page, conditional=False)
        return
    memo = json.loads(row.memo) if row.memo else {}
    listing: Listing | None = read_answer(str(row.family), text, response.url, row.number or 1, memo)
    if listing is None or (not listing.links and not listing.steps and _unlikely(row, memo, listing)):
        if not spider.lists.onward.otherwise(row, memo):
            scriptturned.unreadable(spider.frontier, row)
            if row.number == 1:
                spider.note("list-unreadable", f"an answer of the {row.family} list could not be read", row.url)
        settled.finish(spider, row, facts)
        return
    with spider.frontier.transaction():  # as above
        targets = spider.lists.fragment(
            row, response.url, listing, boundary=spider.boundary, home=spider.home_links, years=spider.years
        )
        new = spider.frontier.add(targets, parent=row)
        if _tells_of_reports(spider, targets, new):
            spider.lists.changes.stir()
    _weigh(spider, row, facts, new)
    spider.counts["links"] += len(new)
    settled.finish(spider, row, facts | settled.schedule(row))


def _goes_on(spider: PortalSpider, row: Row, facts: dict[str, object], reading: Reading, further: list[Target]) -> None:
    """A report of several pages: they are fetched with its first one, at later visits too, whatever it says itself."""
    names = {each.canonical for each in further}
    reading.targets = [each for each in reading.targets if each.canonical not in names]
    facts["etag"] = facts["modified"] = None
    parts.reopen(spider.frontier, row)


def _tells_of_reports(spider: PortalSpider, targets: list[Target], new: list[str]) -> bool:
    """Whether a portal that was visited before names what may be a new report, be it in a list that is new itself."""
    kinds = ("report", "attachment", "candidate")
    return spider.returning and any(each.kind in kinds and each.canonical in new for each in targets)


def _weigh(spider: PortalSpider, row: Row, facts: dict[str, object], new: list[str]) -> None:
    """What the validators of a page are worth that names something new."""
    if row.checks and (new or row.extra.get("changed")) and validators.contradicted(row, facts):
        validators.distrust(spider.frontier, row.host)


def _unlikely(row: Row, memo: dict[str, object], listing: Listing) -> bool:
    """Whether an answer without entries is the wrong answer: there is another way to ask, nothing was known of the
    list but the address in a script, or the column itself shows entries of the page that was asked for."""
    first = row.family == any_list.NAME and (row.number or 1) == 1
    empty = "" in turned.parameters(Step(row.url, 1, memo=memo)).values()
    guessed = listing.records != 0 or bool(memo.get("unread")) or empty
    return bool(memo.get("otherwise")) or (first and guessed) or scriptturned.again(row)


def _item(
    spider: PortalSpider, row: Row, response: Response, facts: dict[str, object], links: list[Link]
) -> dict[str, Any]:
    capture = response.meta.get("gongkai_capture")
    spider.awaiting[capture.id if capture else response.url] = (row, facts)
    return {
        "capture": capture,
        "url": response.url,
        "body": response.body,
        "content_type": answer.header(response, b"Content-Type") or "",
        "links": [(link.url, link.text) for link in links if is_document(link.url)],
    }
