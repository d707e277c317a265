"""The requests for what a list goes on with: its next page, the lists that it is made of, another way to ask."""

from __future__ import annotations

from crawler.discovery import lists
from crawler.discovery.page import Page
from crawler.discovery.reading import Reading
from crawler.discovery.scoring import Context, explore, priority
from crawler.families import Listing, called, cascade, ztree
from crawler.families import anylist as any_list
from crawler.families.listing import MOST, Step
from crawler.frontier import visit
from crawler.frontier.frontier import Frontier, Row, Target


class Onward:
    """The ways on from the pages of one portal's lists."""

    def __init__(self, frontier: Frontier) -> None:
        self.frontier = frontier

    def loaded(self, row: Row, page: Page, reading: Reading) -> list[Target]:
        """The way on from a page of disclosure that shows none: its script loads a menu or a tree of columns."""
        guessed = f"{row.id}:menu"  # what may be a menu is no way yet
        ways = (each for each in reading.targets if each.priority >= explore() and not each.reason)
        ways = (each for each in ways if each.branch != guessed)
        if next(ways, None) is not None:
            return []
        if row.kind in ("seed", "frame") and (start := cascade.root(page, annual=False)) is not None:  # of one page
            listing = Listing(cascade.NAME, steps=[start])
            return self.steps(row, f"{row.canonical}#menu", listing, "column", "annual", turns=False)
        if reading.context not in ("hub", "organ", "organs"):
            return []
        tree = ztree.read(page, 1, {}) if "async" in page.text else None
        if tree is not None and tree.steps and not tree.links:  # one of all columns, asked for branch by branch
            return self.steps(row, f"{row.canonical}#tree", tree, "column", "annual")
        steps = [each for each in any_list.sources(page) if any_list.QUOTED not in each.memo]
        listing = Listing(any_list.NAME, steps=steps)
        return self.steps(row, f"{row.canonical}#menu", listing, row.kind, reading.context) if steps else []

    def years(self, row: Row, name: str, page: Page, asked: range | None, *, bare: bool) -> list[Target]:
        """The lists of years, organs or tabs that the page lets one choose, each a list of its own."""
        targets: list[Target] = []
        for choice, year, step in called.choices(page, asked, bare=bare):
            kind = "level" if year is None else "year"
            targets += self.steps(
                row, f"{name}#{choice}", Listing(any_list.NAME, steps=[step]), kind, "annual", turns=False
            )
            targets[-1].year = year
        if len(targets) >= MOST:
            lists.leave(self.frontier, name, "incomplete", f"more than {MOST} lists can be chosen")
        return targets

    def steps(
        self,
        row: Row,
        name: str,
        listing: Listing,
        kind: str,
        context: Context,
        *,
        fruitful: bool = False,
        turns: bool = True,
    ) -> list[Target]:
        """A listing's steps as requests that belong to the list of this name. ``kind`` and ``context`` are those of the
        page; ``fruitful``: the notices have held reports; ``turns``: the steps turn the list's own pages.
        """
        value = priority("pager")
        targets = []
        stepwise = listing.family == cascade.NAME and all(
            step.number == 1 and step.memo["column"] for step in listing.steps
        )
        apart = (
            listing.family == "ztree" or stepwise or (listing.family in ("gkmlpt", "jcms") and len(listing.steps) > 1)
        )
        if apart and listing.family != "gkmlpt":
            lists.close(self.frontier, name, 1, "its branches are lists of their own")
        for step in (self._known_way(each) if row.checks else each for each in listing.steps):
            if context == "notice":
                value = priority("notice_found" if fruitful else "notice_pager") - min(step.number, 20) * 0.5
            own = f"{name}#{step.memo.get('column')}" if apart else name
            target = lists.target(
                step,
                kind="column" if kind in ("seed", "hub", "organ", "organs", "other") and context == "annual" else kind,
                priority=value,
                name=own,
            )
            target.context = str(row.extra.get("whose") or "") or row.context or row.anchor
            target.year = row.year  # of a year's column, the answers that fill it are that year's list
            targets.append(target)
            beside = step.number == 1 and row.kind in ("report", "attachment", "candidate")  # an article's own menu
            if turns and not beside:  # at a return visit the page behind a changed one is known, and asked for again
                self.frontier.reopen(target.canonical, conditional=False)
                if row.checks:  # … and one that was not there before may be there now
                    visit.reopen_gone(self.frontier, target.canonical)
        lists.goes_on(self.frontier, name, row.number or 1, targets)
        return targets

    def _known_way(self, step: Step) -> Step:
        """Of the ways to number pages, or to ask, the one that brought this page before: the others are not there."""
        ways = (step, *step.otherwise)
        return next((each for each in ways if self.frontier.state_of(lists.key_of(each)) == "done"), step)

    def otherwise(self, row: Row, memo: dict[str, object]) -> bool:
        """The other way to number pages, or to ask, where the first failed; whether there is one."""
        steps = memo.get("otherwise")
        if not isinstance(steps, list) or not steps:
            return False
        step, *rest = map(lists.unpack, steps)
        step.otherwise += rest
        if row.listing and step.number > (number := row.number or 1):  # the pages before it are had in no way
            lists.leave(self.frontier, row.listing, "incomplete", lists.missing(number))
        target = lists.target(step, kind=row.kind, priority=row.priority, name=row.listing or row.canonical)
        target.context = row.context
        self.frontier.add([target], parent=row)
        return self.frontier.state_of(target.canonical) == "pending" and target.canonical != row.canonical
