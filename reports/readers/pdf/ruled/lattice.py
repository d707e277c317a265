"""Ruled tables: from the lines of a page to grids.

Lines that touch each other form one table. Its distinct line positions span slots; two neighbouring slots without
a line between them belong to one merged cell.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from operator import itemgetter

from reports.readers.pdf.lines import usual_size
from reports.readers.pdf.page import Glyph, Rule

_GUTTER = 6.0  # points: no column of figures is so narrow
SNAP = 3.0  # points: lines no further apart are one line, drawn twice or with joints
_LOW, _NARROW = 0.8, 0.3  # of the height of characters: no line of text, and no digit, fits between such lines
_FURTHEST = 9.0  # points
_MOST_LINES = 400  # of one table, each way
_TOUCH = 4.0
_START = itemgetter(1)
_OPEN = 6.0  # points that lines run on beyond the last line across them
_LOW_ON_THE_PAGE = 0.75  # of its height: there a table may go on on the next page


@dataclass(slots=True)
class Slot:
    """A cell of the lattice: row, column, spans, and its box (left, top, right, bottom)."""

    row: int
    column: int
    rowspan: int
    colspan: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(slots=True)
class Lattice:
    """One ruled table. ``slots[y][x]`` is the (merged) cell there.

    Browsers end the lines of a table that a page break cuts above the last line of its text: it overhangs.
    """

    xs: list[float]
    ys: list[float]
    slots: list[list[Slot]]
    uncertain: list[str]
    open_below: list[bool] = field(default_factory=list)  # columns without a line at the table's end
    overhang: float = 0.0  # points that those reach down beyond it

    def at(self, x: float, y: float) -> Slot | None:
        """The cell around a point."""
        if not (self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1] + self.overhang):
            return None
        column = min(bisect_right(self.xs, x) - 1, len(self.xs) - 2)
        row = min(bisect_right(self.ys, y) - 1, len(self.ys) - 2)
        if y > self.ys[-1] and not self.open_below[column]:
            return None
        return self.slots[row][column]


def lattices(
    horizontal: Sequence[Rule], vertical: Sequence[Rule], glyphs: Sequence[Glyph] = (), height: float = 0.0
) -> list[Lattice]:
    """The ruled tables of a page, from top to bottom.

    ``glyphs`` are the characters on it, ``height`` is that of the page, where they are known.
    """
    across = _merged(horizontal)
    down = _merged(vertical)
    if len(across) < 2 or len(down) < 2:
        return []
    found = []
    size = usual_size(glyphs)
    for h_rules, v_rules in _connected(across, down):
        low = _snap(_LOW, size)
        if low > SNAP and _are_crowded(h_rules, low):  # a table in smaller type than the page's text has lower rows
            inside = _inside(glyphs, h_rules, v_rules)
            low = _snap(_LOW, min(size, usual_size(inside) if inside else size))
        lattice = _lattice(_aligned(h_rules, low), _aligned(v_rules, _snap(_NARROW, size)))
        if lattice is not None:
            if any(lattice.open_below) and lattice.ys[-1] > _LOW_ON_THE_PAGE * height > 0:
                lattice.overhang = size
            found.append(lattice)
    found.sort(key=lambda each: (each.ys[0], each.xs[0]))
    return found


def _snap(share: float, size: float) -> float:
    """How far apart lines are that are one, among characters of a height: so much of it."""
    return min(max(SNAP, share * size), _FURTHEST)


def _are_crowded(rules: Sequence[Rule], low: float) -> bool:
    """Whether some lines are too close for a row of the page's text, and too far apart to be one line."""
    places = sorted(rule.at for rule in rules)
    return any(SNAP < below - above <= low for above, below in pairwise(places))


def _inside(glyphs: Sequence[Glyph], across: Sequence[Rule], down: Sequence[Rule]) -> list[Glyph]:
    """The characters between the outermost lines of a table."""
    top, bottom = min(rule.at for rule in across), max(rule.at for rule in across)
    left, right = min(rule.at for rule in down), max(rule.at for rule in down)
    return [each for each in glyphs if top < each.top and each.bottom < bottom and left < each.left < right]


def _near(rules: Sequence[Rule], snap: float) -> Iterator[list[Rule]]:
    """Rules in groups of nearly one place."""
    group: list[Rule] = []
    furthest = float("-inf")
    for rule in sorted(rules):
        if rule[0] > furthest:
            if group:
                yield group
            group, furthest = [], rule[0] + snap
        group.append(rule)
    if group:
        yield group


def _place(rules: Sequence[Rule]) -> float:
    if len(rules) == 1:
        return rules[0].at
    lengths = [end - start for _, start, end in rules]
    return sum([rule[0] * length for rule, length in zip(rules, lengths, strict=True)]) / sum(lengths)


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Lines in the same place joined to one: borders are drawn cell by cell, dotted, or twice."""
    merged = []
    for group in _near(rules, SNAP):
        chain: list[Rule] = []
        end = 0.0
        for rule in sorted(group, key=_START):
            if chain and rule[1] > end + SNAP:
                merged.append(Rule(_place(chain), chain[0].start, end))
                chain = []
            end = max(end, rule[2]) if chain else rule[2]
            chain.append(rule)
        merged.append(Rule(_place(chain), chain[0].start, end))
    return [rule for rule in merged if rule.end - rule.start > 6][: _MOST_LINES * 4]


def _aligned(rules: Sequence[Rule], snap: float) -> list[Rule]:
    """The lines of one table, those no further apart than ``snap`` at one place."""
    return [Rule(place, start, end)
            for group in _near(rules, snap) for place in (_place(group),) for _, start, end in group]  # fmt: skip


def without_slivers(table: Lattice, holds_text: Callable[[Slot], bool]) -> Lattice:
    """The table without rows that nothing but the middle of taller cells is in.

    Where a page break parts a table, browsers end merged cells a little above or below their neighbours: the line there
    makes a row that nobody sees.
    """
    gone: set[int] = set()
    slots = {id(slot): slot for row in table.slots for slot in row}
    printed = {number: slot for number, slot in slots.items() if holds_text(slot)}
    left = {number: slot.rowspan for number, slot in printed.items()}  # rows that each still has
    for y in sorted(range(len(table.slots)), key=lambda y: table.ys[y + 1] - table.ys[y]):
        held = {id(slot) for slot in table.slots[y]} & left.keys()
        if held and all(left[number] > 1 for number in held):
            gone.add(y)
            for number in held:
                left[number] -= 1
    gutters = {
        x
        for x, (start, end) in enumerate(pairwise(table.xs))
        if end - start < _GUTTER and all(row[x].colspan > 1 or id(row[x]) not in printed for row in table.slots)
    }
    if len(gutters) < len(table.xs) - 1:
        table = _without_columns(table, gutters, slots.values())
    if not gone:
        return table
    for slot in slots.values():
        lost = len(gone.intersection(range(slot.row, slot.row + slot.rowspan)))
        slot.row -= len(gone.intersection(range(slot.row)))
        slot.rowspan -= lost
    kept = [row for y, row in enumerate(table.slots) if y not in gone]
    return replace(table, slots=kept)


def _without_columns(table: Lattice, gone: set[int], slots: Iterable[Slot]) -> Lattice:
    """The table without columns that are no wider than what some programs leave free between the cells."""
    if not gone:
        return table
    for slot in slots:
        lost = len(gone.intersection(range(slot.column, slot.column + slot.colspan)))
        slot.column -= len(gone.intersection(range(slot.column)))
        slot.colspan -= lost
    return replace(table, slots=[[slot for x, slot in enumerate(row) if x not in gone] for row in table.slots])


def _connected(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Lines grouped by whether they touch."""
    parents = list(range(len(across) + len(down)))

    def root(node: int) -> int:
        while parents[node] != node:
            parents[node] = parents[parents[node]]
            node = parents[node]
        return node

    reaches = [(x, top - _TOUCH, bottom + _TOUCH) for x, top, bottom in down]
    for i, (y, start, end) in enumerate(across):
        left, right = start - _TOUCH, end + _TOUCH
        for j, (x, top, bottom) in enumerate(reaches, len(across)):
            if left <= x <= right and top <= y <= bottom:
                parents[root(i)] = root(j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, h in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(h)
    for j, v in enumerate(down):
        groups.setdefault(root(len(across) + j), ([], []))[1].append(v)
    return [group for group in groups.values() if len(group[0]) >= 2 and len(group[1]) >= 2]


def _positions(rules: list[Rule]) -> list[float]:
    positions: list[float] = []
    for rule in sorted(rules):
        if not positions or rule.at - positions[-1] > SNAP:
            positions.append(rule.at)
    return positions


def _closed(positions: list[float], crossing: list[Rule]) -> list[float]:
    """A table cut by a page break has no line there, but its other lines run on: their ends close it."""
    first, last = min(rule.start for rule in crossing), max(rule.end for rule in crossing)
    before = [rule for rule in crossing if rule.start < positions[0] - _OPEN]
    after = [rule for rule in crossing if rule.end > positions[-1] + _OPEN]
    if len(before) >= 2:
        positions = [first, *positions]
    if len(after) >= 2:
        positions = [*positions, last]
    return positions


def _lattice(across: list[Rule], down: list[Rule]) -> Lattice | None:
    xs, ys = _positions(down), _positions(across)
    ys = _closed(ys, down)
    xs = _closed(xs, across)
    if len(xs) < 2 or len(ys) < 2 or len(xs) > _MOST_LINES or len(ys) > _MOST_LINES:
        return None
    columns, rows = len(xs) - 1, len(ys) - 1
    # walls[y][x]: whether there is a line on the right of (below) slot y, x
    right = _walls(down, xs, ys)
    below = _walls(across, ys, xs)
    owner = [[-1] * columns for _ in range(rows)]
    cells: list[Slot] = []
    uncertain: list[str] = []
    for y in range(rows):
        for x in range(columns):
            if owner[y][x] >= 0:
                continue
            last_x = x
            while last_x + 1 < columns and not right[last_x + 1][y] and owner[y][last_x + 1] < 0:
                last_x += 1
            last_y = y
            wide = slice(x, last_x + 1)
            while last_y + 1 < rows and not any(below[last_y + 1][wide]) and max(owner[last_y + 1][wide]) < 0:
                # the row below belongs to this cell only if it is open along the whole width, with no wall inside
                if any(wall[last_y + 1] for wall in right[x + 1 : last_x + 1]):
                    uncertain.append(f"lines around row {y}, column {x} do not close a rectangle")
                    break
                last_y += 1
            number = len(cells)
            cells.append(Slot(y, x, last_y - y + 1, last_x - x + 1, xs[x], ys[y], xs[last_x + 1], ys[last_y + 1]))
            for row in owner[y : last_y + 1]:
                row[wide] = [number] * (last_x + 1 - x)
    slots = [[cells[each] for each in row] for row in owner]
    return Lattice(xs, ys, slots, uncertain[:10], [not wall for wall in below[-1]])


def _walls(rules: list[Rule], own: list[float], other: list[float]) -> list[list[bool]]:
    """``walls[i][k]``: a line at ``own[i]`` passes the middle between ``other[k]`` and ``other[k + 1]``."""
    walls = [[False] * (len(other) - 1) for _ in own]
    middles = [(a + b) / 2 for a, b in pairwise(other)]
    for at, start, end in rules:
        first, behind = bisect_left(middles, start), bisect_right(middles, end)
        if first < behind:
            walls[max(0, bisect_right(own, at) - 1)][first:behind] = [True] * (behind - first)
    return walls
