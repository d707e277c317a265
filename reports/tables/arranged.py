"""Where the figures of table 3 stand whose blank cells left no trace: told by its sums, where only one place balances.

Each row's total and both sums of each column hold of a form that is filled in without a slip. A row with fewer figures
than columns can stand under them in many ways; of these only those count with which all sums balance.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from reports.tables.applications_form import OUTCOMES

Arrangement = tuple[int | None, ...]  # a row's figure in each column, None where it is blank
_MARGINS = ("new_received", "carried_in", "handled_total", "carried_forward")
_MOST_STATES = 1_000
_MOST_STEPS = 20_000


class TooManyWays(Exception):
    """There are more arrangements than anyone would want to look at."""


def balanced_arrangements(ways: Mapping[str, list[Arrangement]]) -> dict[str, set[Arrangement]]:
    """For each row those of its arrangements with which all sums can balance; none where no choice of them does.

    ``ways`` are the arrangements of every row of the form, only one for a row that is printed whole; the last column is
    the total. Raises ``TooManyWays`` where there are too many to tell.
    """
    found: dict[str, set[Arrangement]] = {key: set() for key in ways}
    new, carried_in, handled, forward = _MARGINS
    before: dict[tuple[int, ...], tuple[set[Arrangement], set[Arrangement]]] = {}  # by what the two make together
    for one, two in itertools.product(ways[new], ways[carried_in]):
        ones, twos = before.setdefault(_sum(one, two), (set(), set()))
        ones.add(one)
        twos.add(two)
    outcomes = [key for key in OUTCOMES if key in ways]
    alive: dict[tuple[int, ...], list[set[Arrangement]] | None] = {}  # many arrangements of noughts make the same
    steps = [0]
    for total in ways[handled]:
        matches = [(other, key) for other in ways[forward] if (key := _sum(total, other)) in before]
        if matches and (made := _sum(total)) not in alive:
            alive[made] = _down_to_nothing([ways[key] for key in outcomes], made, steps)
        if not matches or alive[made] is None:
            continue
        found[handled].add(total)
        for other, key in matches:
            found[forward].add(other)
            found[new] |= before[key][0]
            found[carried_in] |= before[key][1]
    for each in alive.values():
        for outcome, kept in zip(outcomes, each or (), strict=False):
            found[outcome] |= kept
    return found


def ways_of(figures: Sequence[int], columns: int) -> list[Arrangement]:
    """The places that a row's figures can take, in their order, so that its total is the sum of the others."""
    ways: list[Arrangement] = []
    for places in itertools.combinations(range(columns), len(figures)):
        way: list[int | None] = [None] * columns
        for place, figure in zip(places, figures, strict=True):
            way[place] = figure
        if sum(figure or 0 for figure in way[:-1]) == (way[-1] or 0):
            ways.append(tuple(way))
    return ways


def _sum(*ways: Arrangement) -> tuple[int, ...]:
    return tuple(sum(figure or 0 for figure in column) for column in zip(*ways, strict=True))


def _down_to_nothing(
    rows: list[list[Arrangement]], total: tuple[int, ...], steps: list[int]
) -> list[set[Arrangement]] | None:
    """The ways of each outcome's row that, with some of all others, leave nothing of the total; None without any."""
    layers: list[dict[tuple[int, ...], None]] = [{total: None}]
    for ways in rows:
        after: dict[tuple[int, ...], None] = {}
        for left, way in itertools.product(layers[-1], ways):
            steps[0] += 1
            rest = tuple(have - (take or 0) for have, take in zip(left, way, strict=True))
            if min(rest) >= 0:
                after[rest] = None
        if len(after) > _MOST_STATES or steps[0] > _MOST_STEPS:
            raise TooManyWays
        layers.append(after)
    nothing = (0,) * len(total)
    if nothing not in layers[-1]:
        return None
    alive: list[set[Arrangement]] = []
    wanted = {nothing}
    for ways, before in zip(reversed(rows), reversed(layers[:-1]), strict=True):
        kept: set[Arrangement] = set()
        sources: set[tuple[int, ...]] = set()
        for rest, way in itertools.product(wanted, ways):
            left = tuple(have + (take or 0) for have, take in zip(rest, way, strict=True))
            if left in before:
                kept.add(way)
                sources.add(left)
        alive.append(kept)
        wanted = sources
    return alive[::-1]
