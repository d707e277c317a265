"""Walks through a page whose ways are no links, as a reader does: by clicking on what promises the yearly reports.

Applications of one page (a menu of ``<li @click>``, a list of ``<div onclick>``) have no address to be read: where a
click leads is known when it is done. What is clicked is judged by the same words as links are. A click that changes
the address tells it, and is taken back; one that changes what is shown is gone on from. What comes of it is the page
with links at its places, and behind it each state that was reached. Nothing but the first look at a state asks the
server: what was answered once is answered from memory (``rendering``).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any, NamedTuple, Protocol

from crawler.address import canonical
from crawler.browser import places, turning

MOST_CLICKS = 600
SECONDS = 600.0  # for a walk; the requests of its states wait for each other
DEEPEST = 4  # column, organ, level, year
#: Kinds of promises that are clicked: first what is a report, then what leads to some, the widest first.
ENTRIES = ("report", "candidate", "attachment")
MENUS = ("hub", "column", "organs", "organ", "level", "year")
NEXT = ""  # a step of a way: the next page of the list

#: Of a page with links to ``address_of`` at its places: those worth a click by number, the best first, with their kind.
Judge = Callable[[str], list[tuple[int, str]]]


def address_of(number: int) -> str:
    """Where a place seems to lead while it is judged."""
    return f"/gongkai-place/{number}"


def number_of(url: str) -> int | None:
    """The place whose ``address_of`` an address is."""
    _, found, number = url.partition("/gongkai-place/")
    return int(number) if found and number.isdecimal() else None


class Visit(Protocol):
    """What the walk needs of whoever answers the page's requests."""

    async def reopen(self) -> None:
        """Show the page as it was at first."""

    async def quiet(self) -> None:
        """Wait until nothing is asked for."""

    def led(self) -> str | None:
        """Where the last click would have loaded another page; asked once."""


class Outcome(NamedTuple):
    """What a click came to: an address, or else whether something else is shown now."""

    address: str | None
    changed: bool


@dataclass
class Walk:
    """One page's walk. ``page`` is Playwright's."""

    page: Any
    visit: Visit
    judge: Judge
    until: float  # on the monotonic clock
    shown: list[str] = field(default_factory=list)  # the states reached, as markup
    whole: str = ""  # the page itself, with the addresses of its places
    clicks: int = 0
    seen: set[str] = field(default_factory=set)  # lines and links that some state has shown
    nowhere: int = 0  # entries that opened without an address

    async def run(self) -> str | None:
        """The page with links at its places and the states behind it; None where no click led anywhere."""
        await self.visit.quiet()
        led = await self._explore((), frozenset())
        if not led and not self.shown:
            return None
        end = self.whole.rfind("</body>")
        return "".join((self.whole[:end], *self.shown, self.whole[end:]))

    async def _explore(self, way: tuple[str, ...], known: frozenset[str]) -> bool:
        """Click what the state at the end of a way shows, but for what was known before it; whether an address came of
        it."""
        found = await self._places()
        promised = [(found[number], kind) for number, kind in await self._judged(found) if found[number] not in known]
        groups = [[place for place, kind in promised if kind in ENTRIES]]
        groups += [[place for place, kind in promised if kind == each] for each in MENUS]
        addresses: dict[str, str] = {}
        opened = False
        for number, group in enumerate(groups):
            if opened:
                break  # what else the state offers is offered in the states that it opened
            for place in group:
                if self._spent():
                    break
                outcome = await self._click(place)
                if outcome.address:
                    addresses[place] = outcome.address
                elif number and len(way) < DEEPEST:  # what is open already changes nothing, and is gone on from too
                    opened = True
                    await self._explore((*way, place), known | set(group))
                elif outcome.changed:
                    self.nowhere += 1
                await self._back(way)
        await self._keep(way, addresses)
        if way and addresses and not self._spent() and await turning.turn(self.page, self.visit.quiet):
            menus = {place for group in groups[1:] for place in group}
            await self._explore((*way, NEXT), known | menus)
        return bool(addresses)

    async def _keep(self, way: Sequence[str], addresses: dict[str, str]) -> None:
        """Keep a state that shows something new, with the addresses of its places; the first is the page itself."""
        lines = set(await self.page.evaluate(turning.LINKS))
        new, self.seen = lines - self.seen, self.seen | lines
        numbers = {number: addresses.get(place) for number, place in enumerate(await self._places())}
        if not way:
            self.whole = await self.page.evaluate(places.COPY, [places.MARK, numbers, True])
        elif addresses or new:
            named = " ".join(step.rpartition("#")[0] for step in way if step != NEXT)
            markup = await self.page.evaluate(places.COPY, [places.MARK, numbers, False])
            self.shown.append(f"<section><h2>{escape(named)}</h2>{markup}</section>")

    async def _places(self) -> list[str]:
        found: list[str] = await self.page.evaluate(places.FIND, places.MARK)
        return found

    async def _judged(self, found: list[str]) -> list[tuple[int, str]]:
        if not found:
            return []
        addresses = {number: address_of(number) for number in range(len(found))}
        return self.judge(await self.page.evaluate(places.COPY, [places.MARK, addresses, True]))

    async def _click(self, place: str) -> Outcome:
        self.clicks += 1
        found = await self._places()
        if place not in found:
            return Outcome(None, False)
        before = await self.page.evaluate(places.STATE)
        await self.page.evaluate(places.CLICK, [places.MARK, found.index(place)])
        await self.visit.quiet()
        led = self.visit.led()
        address, opened, text = await self.page.evaluate(places.STATE)
        moved = (
            address if canonical(address) != canonical(before[0]) else None
        )  # the fragment of href="#" is no address
        return Outcome(opened or moved or led, text != before[2])

    async def _back(self, way: Sequence[str]) -> None:
        """The state at the end of a way, from the beginning."""
        await self.visit.reopen()
        for step in way:
            if step == NEXT:
                await turning.turn(self.page, self.visit.quiet)
            else:
                await self._click(step)

    def _spent(self) -> bool:
        return self.clicks >= MOST_CLICKS or time.monotonic() > self.until
