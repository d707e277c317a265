"""Tables of a text that are drawn with lines: ``+---+---+`` and ``┌──┬──┐``, their merged cells included.

Every character has its place on the screen, wide ones two. Where bars and rules stand says which cells reach over
several columns and rows; a drawing whose bars do not meet its rules is left to the readers of bars.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import dataclass, field

from reports.document import Cell, Grid
from reports.readers.texts.cells import FIGURE

_RULES = frozenset("-=─━═┄┅┈┉╌╍")
BARS = frozenset("|｜¦│┃║┆┇┊┋╎╏")  # what parts the cells of a line
_BARS = BARS - frozenset("｜¦")
_JOINTS = frozenset(("+", *map(chr, range(0x2500, 0x2580)))) - _RULES - _BARS  # of the block of box drawing
_TOP = re.compile("^\\s*[+\u250c-\u257f][-=+ \u2500-\u257f]*[+\u250c-\u257f]\\s*$")
_DRAWN = _RULES | _BARS | _JOINTS
_EDGE = _RULES | _JOINTS
_MOST_LINES = 400


@dataclass(slots=True)
class _Line:
    """One line of the drawing by its places on the screen; the second place of a wide character is empty."""

    places: list[str] = field(default_factory=list)

    def bars(self) -> set[int]:
        return {at for at, char in enumerate(self.places) if char in _BARS or char in _JOINTS}

    def between(self, left: int, right: int) -> str:
        return "".join(self.places[left + 1 : right])


def boxed(lines: list[str], at: int, index: int) -> tuple[Grid, int] | None:
    """The drawn table that begins at this line, and the line after it; None where none does."""
    if not _TOP.match(lines[at]):
        return None
    end = at
    while end < len(lines) and end - at < _MOST_LINES and (text := lines[end].strip()) and text[0] in _DRAWN:
        if end > at and _TOP.match(text) and _EDGE.issuperset(lines[end - 1].strip()):
            break  # two rules: the next drawing begins
        end += 1
    for wide_rules in (False, True):  # a rule is as wide as a letter, or in Chinese type twice as wide
        drawn = [_placed(line, wide_rules) for line in lines[at:end]]
        grid = _grid(drawn, index)
        if grid is not None:
            return grid, end
    return None


def _placed(line: str, wide_rules: bool) -> _Line:
    placed = _Line()
    for char in line.rstrip():
        placed.places.append(char)
        if unicodedata.east_asian_width(char) in "WF" or (wide_rules and char in _DRAWN and char not in "-=+|"):
            placed.places.append("")
    return placed


def _grid(drawn: list[_Line], index: int) -> Grid | None:
    edges = sorted(drawn[0].bars().union(*(line.bars() for line in drawn)))
    ruled = [line for line in drawn if _is_rule(line, edges)]
    known = set().union(*(line.bars() for line in ruled))
    if len(edges) < 3 or set(edges) != known or len({max(line.bars(), default=-1) for line in drawn}) > 1:
        return None
    bands, above = _bands(drawn, edges)
    if not bands or any(_stacks_figures(band, edges) for band in bands):
        return None
    return _merged(bands, above, edges, index)


def _is_rule(line: _Line, edges: list[int]) -> bool:
    return any(_is_ruled(line, left, right) for left, right in itertools.pairwise(edges))


def _is_ruled(line: _Line, left: int, right: int) -> bool:
    inside = line.between(left, right)
    return bool(inside) and all(char in _RULES for char in inside)


def _bands(drawn: list[_Line], edges: list[int]) -> tuple[list[list[_Line]], list[_Line]]:
    """The lines of each row of cells, the rule over it first where text stands in that line too, and those rules."""
    bands: list[list[_Line]] = []
    above: list[_Line] = []
    for line in drawn:
        if _is_rule(line, edges):
            bands.append([])
            above.append(line)
        elif bands:
            bands[-1].append(line)
    if bands and not bands[-1]:
        bands.pop()
        above.pop()
    return bands, above


def _stacks_figures(band: list[_Line], edges: list[int]) -> bool:
    """A figure stands below something else in one column: no rules part the rows, each line is a row of its own."""
    for left, right in itertools.pairwise(edges):
        pieces = [piece for line in band if (piece := line.between(left, right).strip())]
        if any(FIGURE.match(piece) for piece in pieces[1:]):  # 2 over .其他法律 is a label's number
            return True
    return False


def _merged(bands: list[list[_Line]], above: list[_Line], edges: list[int], index: int) -> Grid | None:
    """The cells: places that no line parts belong together, and must be a rectangle."""
    width, height = len(edges) - 1, len(bands)
    owner = {(y, x): (y, x) for y in range(height) for x in range(width)}

    def root(place: tuple[int, int]) -> tuple[int, int]:
        while owner[place] != place:
            place = owner[place]
        return place

    for y in range(height):
        for x in range(width):
            if x and bands[y] and not all(edges[x] in line.bars() for line in bands[y]):
                owner[root((y, x))] = root((y, x - 1))
            if y and not _is_ruled(above[y], edges[x], edges[x + 1]):
                owner[root((y, x))] = root((y - 1, x))
    groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for place in owner:
        groups.setdefault(root(place), []).append(place)
    rows: list[list[Cell | None]] = [[None] * width for _ in range(height)]
    for places in groups.values():
        top, left = min(y for y, _ in places), min(x for _, x in places)
        down, across = max(y for y, _ in places) + 1 - top, max(x for _, x in places) + 1 - left
        if down * across != len(places):
            return None
        text = _text(bands, above, edges, (top, left, top + down, left + across))
        cell = Cell(text, top, left, down, across)
        for y, x in places:
            rows[y][x] = cell
    return Grid(index, rows)


def _text(bands: list[list[_Line]], above: list[_Line], edges: list[int], box: tuple[int, int, int, int]) -> str:
    """What is written in a cell; the breaks of a narrow column are no spaces."""
    top, left, bottom, right = box
    pieces: list[str] = []
    for y in range(top, bottom):
        for line in ([above[y]] if y > top else []) + bands[y]:
            piece = line.between(edges[left], edges[right]).strip()
            pieces.append(piece.rstrip("\\"))  # how Markdown and Org break a line
    return "".join(piece for piece in pieces if piece)
