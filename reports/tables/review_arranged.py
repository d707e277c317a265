"""Where the figures of table 4 stand in a text whose blank cells left no trace: told by the sum of each block.

The figures keep their order, and each block's parts make its total; of all arrangements that balance a cell is known
if they agree on it.
"""

from __future__ import annotations

from collections.abc import Sequence

_State = tuple[int, int]  # how many figures have been placed, and what the parts of the block make so far


def places_in_blocks(figures: Sequence[int], blocks: int, size: int) -> list[set[int | None]]:
    """For each place which of the figures, by their number, it can print, None where it can be blank.

    Each block has ``size`` places, the last one its total. Nothing for each place where no arrangement balances.
    """
    places = blocks * size
    layers: list[set[_State]] = [{(0, 0)}]
    for place in range(places):
        layers.append({after for state in layers[-1] for after, _ in _next(state, place, figures, size)})
    found: list[set[int | None]] = [set() for _ in range(places)]
    wanted = {(len(figures), 0)} & layers[-1]
    for place in range(places - 1, -1, -1):
        before: set[_State] = set()
        for state in layers[place]:
            for after, taken in _next(state, place, figures, size):
                if after in wanted:
                    found[place].add(taken)
                    before.add(state)
        wanted = before
    return found


def _next(state: _State, place: int, figures: Sequence[int], size: int) -> list[tuple[_State, int | None]]:
    """What the place can print, and the state after it."""
    at, parts = state
    ways: list[tuple[_State, int | None]] = []
    for taken in (None, at) if at < len(figures) else (None,):
        value = 0 if taken is None else figures[taken]
        after = at + (taken is not None)
        if (place + 1) % size:
            ways.append(((after, parts + value), taken))
        elif parts == value:
            ways.append(((after, 0), taken))
    return ways
