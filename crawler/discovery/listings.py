"""Turns the pages of lists: notes what a page lists, asks for the next one, and decides when a list has ended."""

from __future__ import annotations

import json
from collections.abc import Callable

from crawler.address import Boundary, canonical
from crawler.discovery import lists, notices, pager, resort, scripted, scriptturned, shown, unread_menus
from crawler.discovery.changes import Changes
from crawler.discovery.ends import Ends
from crawler.discovery.onward import Onward
from crawler.discovery.page import Page
from crawler.discovery.reading import CONTEXTS, Reading, read_links, whose
from crawler.discovery.scoring import Context, sure_organ
from crawler.families import Listing, annual_jsp, cascade, holds_tree, jcms, read_lists, rows, ztree
from crawler.families import anylist as any_list
from crawler.frontier.frontier import Frontier, Row, Target

#: A list that goes on for ever (a calendar, a random page) is left after so many pages.
LONGEST = 2000
#: Families that make up the next page's address from what a script says.
_GUESSED = ("trs", "jslist")
#: Pages of which an answer of a family's own lists what they would, and not the reports of a column.
_OF_ANSWERS = ("notice", "hub", "organ", "organs")


class Lists:
    """The lists of one portal; ``note`` takes a problem (code, message, where)."""

    def __init__(self, frontier: Frontier, note: Callable[[str, str, str], None]) -> None:
        self.frontier = frontier
        self.note = note
        self.changes = Changes(frontier)
        self.ends = Ends(frontier)
        self.onward = Onward(frontier)
        self.scripts = scripted.Scripts()
        self.resized: set[str] = set()  # lists that announce another number of entries or pages than before
        self.rearranged: set[str] = set()  # lists that were sorted anew since the last visit: read to their end

    def turn(
        self, row: Row, page: Page, reading: Reading, *, boundary: Boundary, home: set[str], years: range | None
    ) -> list[Target]:
        """What an HTML page's list adds: entries that its family finds (comments, data stores), and its next page."""
        context = reading.context
        row.extra["whose"] = whose(page.crumbs)  # what fills the list from elsewhere has no breadcrumb
        several = reading.reports >= 2
        if context == "organs" and not any(sure_organ(link.text) for link in page.links):
            asked = Listing(any_list.NAME, steps=any_list.sources(page))  # a script asks for the organs
            return self.onward.steps(row, row.canonical, asked, "organs", "organs", turns=False) if asked.steps else []
        if context not in ("annual", "notice") and not several and not holds_tree(page):
            return self.onward.loaded(row, page, reading)
        closed = context == "annual" and scripted.closed(page, reading)
        if closed and (files := self.scripts.wanted(row, page, boundary)):
            return scripted.first_with(self.frontier, files, row, page)
        number = row.number or 1
        memo = json.loads(row.memo) if row.memo else {}
        listing = _listing(page, number, memo)
        if context == "annual" and not reading.entries and (listing is None or not (listing.links or listing.steps)):
            listing = ztree.read(page, number, memo) or rows.read(page) or listing  # organs that a script draws
        targets: list[Target] = []
        elsewhere = listing is not None and any(step.number == number for step in listing.steps)
        listed = [] if elsewhere else list(reading.entries)  # what a shell shows beside its list is none of it
        if listing is not None and listing.links:
            inside: Context = (
                "annual" if listing.context == "annual" or context not in ("annual", "notice") else context
            )
            extra = read_links(
                page,
                kind=row.kind,
                row=row.id,
                boundary=boundary,
                home=home,
                links=listing.links,
                context=inside,
                years=years,
            )
            targets += extra.targets
            listed += [link for link in listing.links if link.block != -3]
            reading.reports += extra.reports
        if context not in ("annual", "notice") and not several:
            if listing is not None and listing.context == "annual":
                targets += self.onward.steps(row, f"{row.canonical}#tree", listing, "column", "annual")
            return targets
        name = row.listing or row.canonical
        bare = not listed and (listing is None or not listing.links)
        whole = context == "annual" and number == 1 and name == row.canonical  # no year's own list
        targets += (yearly := self.onward.years(row, name, page, years, bare=bare) if whole else [])
        if row.checks:
            chosen = {each.canonical for each in yearly}
            self.changes.unlinked(row, name, {canonical(link.url) for link in page.links} | chosen)
        nothing = number == 1 and not (listed or yearly or reading.parts)
        empty = nothing and (listing is None or not listing.steps) and context == "annual"
        if empty and not reading.report and not shown.wanted(row):
            steps = cascade.before(page, any_list.sources(page))
            guess = not steps or any_list.QUOTED in steps[0].memo
            if guess and (files := self.scripts.wanted(row, page, boundary)):
                return targets + scripted.first_with(self.frontier, files, row, page)
            listing = Listing(str(steps[0].family), steps=steps) if steps else listing
        elif listed and context in ("annual", "notice"):
            listing = scriptturned.way_on(
                page, listing, context, number, len(listed), reading.reports, bare=pager.bare(page, name)
            )
            if scriptturned.unread(listing) and (files := self.scripts.wanted(row, page, boundary)):
                return targets + scripted.first_with(self.frontier, files, row, page)
        if listing is None and nothing:
            return targets + shown.empty(self.frontier, row, name, page, reading, home)
        self._announce(name, page.url, page.title, listing)
        turned = lists.note(self.frontier, row, name, number, listed)
        self.changes.seen(row, turned)
        if number == 1 and context == "annual" and (held := resort.held(page, listing, len(listed))):
            extra = read_links(
                page, kind=row.kind, row=row.id, boundary=boundary, home=home, links=held, context="annual", years=years
            )
            targets += extra.targets
            turned = lists.note(self.frontier, row, name, number, [*listed, *held])
        why = lists.short(self.frontier, name) if shown.wanted(row) and not turned.new else ""
        if why and not (row.extra.get("shown") and why.startswith(unread_menus.PROOF)):
            return targets  # a browser has shown no more: what was known of the list still is
        listing = resort.following(row, page, number, listing)
        onward = self._next(
            row,
            name,
            number,
            listing,
            turned,
            "annual" if several and context != "notice" else context,
            reading.reports,
            bare=pager.bare(page, name),
        )
        beside = (whole or shown.wanted(row)) and listed and not (onward or yearly or row.extra.get("shown"))
        if beside and (menu := unread_menus.names(page)):
            lists.leave(self.frontier, name, "incomplete", f"{unread_menus.PROOF} ({'、'.join(menu[:3])} …)")
            return targets + resort.in_a_browser(self.frontier, row, name)
        if not onward and context == "annual" and listed:
            onward = self._resort(row, page, name, number)
        return targets + onward

    def _resort(self, row: Row, page: Page, name: str, number: int) -> list[Target]:
        """What is left for a list that is known to be longer than what was seen of it."""
        if not lists.short(self.frontier, name) or shown.wanted(row):
            return []
        step = resort.guess(row, page, number)
        if step is not None and self.frontier.state_of(lists.key_of(step)) is None:
            return self.onward.steps(row, name, Listing("general", steps=[step]), row.kind, "annual")
        return resort.in_a_browser(self.frontier, row, name) if "<script" in page.text else []

    def siblings(
        self, row: Row, page: Page, reading: Reading, *, boundary: Boundary, home: set[str], years: range | None
    ) -> list[Target]:
        """The organ's other years, where a report's own page is the only one that names them (xxgkAnnualReport.jsp)."""
        links = annual_jsp.siblings(page)
        if not links:
            return []
        return read_links(
            page,
            kind=row.kind,
            row=row.id,
            boundary=boundary,
            home=home,
            links=links,
            context="annual",
            years=years,
        ).targets

    def fragment(
        self, row: Row, url: str, listing: Listing, *, boundary: Boundary, home: set[str], years: range | None
    ) -> list[Target]:
        """What an answer of a family's own (JSON, XML, HTML fragment) adds."""
        context: Context = CONTEXTS[row.kind] if row.kind in _OF_ANSWERS else "annual"
        reading = read_links(
            Page(url=url, text="", base=url, crumbs=row.context or ""),
            kind=row.kind,
            row=row.id,
            boundary=boundary,
            home=home,
            links=listing.links,
            context=context,
            years=years,
        )
        name, number = row.listing or row.canonical, row.number or 1
        if scriptturned.another(row, context, len(listing.links), reading.reports):
            lists.close(self.frontier, name, number, "no next page; a list beside it is turned by a script")
            return reading.targets
        self._announce(name, url, row.context or "", listing)
        turned = lists.note(self.frontier, row, name, number, listing.links)
        self.changes.seen(row, turned)
        return reading.targets + self._next(row, name, number, listing, turned, context, reading.reports)

    def _next(
        self,
        row: Row,
        name: str,
        number: int,
        listing: Listing | None,
        turned: lists.Turned,
        context: Context,
        reports: int,
        *,
        bare: bool = False,
    ) -> list[Target]:
        if turned.new:
            self.ends.turned(name, number)
        if listing is None:
            proof = "a single page" if number == 1 else "no next page"
            whole = lists.close(self.frontier, name, number, proof) == "complete"
            if whole and number > 1 and bare and turned.entries and not lists.all_announced(self.frontier, name):
                lists.leave(self.frontier, name, "incomplete", f"page {number} has no pager: it may go on behind it")
            return []
        memo = json.loads(row.memo) if row.memo else {}
        revisit = row.checks > 0 or lists.complete(self.frontier, name)  # its pages may have other addresses now
        if number > 1 and turned.new == 0 and not (revisit or (turned.entries and scriptturned.again(row))):
            if turned.entries and lists.all_announced(self.frontier, name):
                lists.close(self.frontier, name, number, "all announced entries")
                return []
            if listing.family == "jcms" and turned.entries and listing.steps:
                return self.onward.steps(
                    row, name, listing, row.kind, context
                )  # groups overlap: one may bring nothing new
            if self.onward.otherwise(row, memo):
                return []
            if listing.end or not listing.steps:
                lists.close(self.frontier, name, number, listing.end or "no next page")
            else:
                why = "repeats earlier entries" if turned.entries else "is empty"
                lists.close(self.frontier, name, number, f"page {number} {why}", failed=True)
                if resort.guessed(row) and number == 2:  # not heard: nothing is known of the end
                    lists.leave(self.frontier, name, "incomplete", scriptturned.UNREAD)
                scriptturned.unheard(self.frontier, row, name, turned.entries)
            return []
        if turned.rearranged and context != "notice":
            self.rearranged.add(name)  # what is new or has moved may stand on any page
        unchanged = turned.new == 0 and not (name in self.resized and not turned.vanished)
        unchanged = unchanged and name not in self.rearranged
        if (
            revisit
            and unchanged
            and lists.complete(self.frontier, name)
            and not lists.longer(self.frontier, name, number, listing)
        ):
            return []
        if listing.unread and not listing.steps and not lists.all_announced(self.frontier, name):
            if lists.close(self.frontier, name, number, "no next page") != "incomplete":
                lists.leave(self.frontier, name, "incomplete", listing.unread)
            return []
        if listing.end or not listing.steps:
            again = jcms.from_the_start(memo, number) if listing.family == "jcms" and listing.records else None
            if again is not None and not lists.all_announced(self.frontier, name):
                listing.steps = [again]
                return self.onward.steps(row, name, listing, row.kind, context)
            lists.close(
                self.frontier,
                name,
                number,
                listing.end or "no next page",
                failed=listing.end in ("empty page", "empty fragment", "empty group", "empty answer"),
            )
            return []
        goes_on = any(step.linked for step in listing.steps) or (listing.pages or 0) > number  # then it proves nothing
        if lists.all_announced(self.frontier, name, exactly=True) and not (revisit or goes_on):
            lists.close(self.frontier, name, number, "all announced entries")
            return []
        last = lists.last_page(self.frontier, name) <= number
        if last and self.ends.short(listing, number, turned.entries):
            lists.close(
                self.frontier, name, number + 1, f"page {number} is as short as the last ones here", failed=True
            )
            return []
        if number >= LONGEST:
            lists.leave(self.frontier, name, "incomplete", f"left after {LONGEST} pages")
            self.note("list-endless", f"a list goes on behind page {LONGEST}", row.url)
            return []
        if context == "notice" and not reports and not notices.pays(self.frontier, name, number):
            lists.leave(self.frontier, name, "sampled", f"a list of notices without reports, left after page {number}")
            return []
        fruitful = bool(reports) or notices.fruitful(self.frontier, name)
        return self.onward.steps(row, name, listing, row.kind, context, fruitful=fruitful)

    def _announce(self, name: str, url: str, title: str, listing: Listing | None) -> None:
        if lists.announce(self.frontier, name, url, title, listing):
            self.resized.add(name)


def _listing(page: Page, number: int, memo: dict[str, object]) -> Listing | None:
    """What the page's family and the general pager together know of its list."""
    listing, general = read_lists(page, number, memo), pager.read(page, number)
    if listing is None or general is None:
        return listing or general
    listing.records = listing.records or general.records
    listing.pages = listing.pages or general.pages
    if not listing.steps and not listing.end:
        listing.steps, listing.end = general.steps, general.end
    elif (
        listing.family in _GUESSED and listing.steps and general.steps and general.steps[0].url != listing.steps[0].url
    ):
        general.steps[0].otherwise = listing.steps  # a link that is there beats an address that is made up
        listing.steps = general.steps
    return listing
