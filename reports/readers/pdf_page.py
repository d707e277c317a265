"""What pdfium knows of one page: its characters and its ruled lines, in points from the top left corner.

Called through ctypes object by object, so everything that is not needed for reading tables is left out.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from reports.readers import pdf_calls

THIN = 3.2  # points: a filled rectangle no thicker than this is a rule, not an area
SHORTEST = 2.5  # points: shorter strokes are ink of drawings
CLEARLY = 0x38  # of 255: what is so much lighter than other text is seen to be; browsers print #999 as 0x45
_FEWEST_DOTS = 4  # in a row: fewer are no line
_DOTS_APART = 5.0  # points
UNREADABLE = "\ufffd"  # stands for a figure that cannot be told
_MOST_OBJECTS = 60_000
_MOST_SEGMENTS = 120_000


class Glyph(NamedTuple):
    """A printed character with its cell of the font: the box does not depend on the character's ink."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


class Rule(NamedTuple):
    """A ruled line: ``at`` is its y (horizontal) or x (vertical), from ``start`` to ``end``."""

    at: float
    start: float
    end: float


Matrix = tuple[float, float, float, float, float, float]
Order = tuple[int, ...]  # when an object is drawn: its place on the page, and in the form objects around it


@dataclass(slots=True)
class PageContent:
    """One page. ``areas`` are filled rectangles, the weaker sign of a cell; ``dots`` the middles of filled specks, of
    which dotted lines are made; ``images`` their widths and heights.

    ``slanted`` are the text objects (by handle) that stand neither upright nor on their side, as watermarks do.
    ``veiled`` are those drawn through a form object that is transparent, and its alpha. ``lights`` say how light each
    of the glyphs is and which object it is of, on pages where texts clearly differ in that.
    ``carried`` are those with marks of their own in a form object that is moved or scaled, and by which matrix.
    ``drawn`` says of each text object (by its handle) when it is drawn, ``late`` and ``pictures`` where and when areas
    and pictures are. ``overrun`` are the places (among the glyphs) of digits that go on with the
    digit before, drawn in one piece with it; ``spaced`` of those that are drawn with it too, but a little apart.
    ``outside``, ``unseen`` and ``watermark`` count characters off the page, figures that cannot be seen on it, and
    characters of a watermark; ``unnamed`` those that the file has no text for, and ``untold`` figures whose ink is not
    theirs; ``recognised`` says that the text lies under a picture of the page.
    """

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)
    areas: list[tuple[float, float, float, float]] = field(default_factory=list)
    dots: list[tuple[float, float]] = field(default_factory=list)
    images: list[tuple[float, float]] = field(default_factory=list)
    drawn: dict[int, Order] = field(default_factory=dict)
    slanted: set[int] = field(default_factory=set)
    veiled: dict[int, int] = field(default_factory=dict)
    carried: dict[int, Matrix] = field(default_factory=dict)
    lights: list[tuple[int, int]] = field(default_factory=list)
    overrun: set[int] = field(default_factory=set)
    spaced: set[int] = field(default_factory=set)
    late: list[tuple[tuple[float, float, float, float], Order]] = field(default_factory=list)
    pictures: list[tuple[tuple[float, float, float, float], Order]] = field(default_factory=list)
    outside: int = 0
    unseen: int = 0
    watermark: int = 0
    unnamed: int = 0
    untold: int = 0
    recognised: bool = False
    cut: bool = False

    def keep(self, which: Sequence[bool]) -> None:
        """Leaves out the glyphs that are not to be kept."""
        places = [place for place, kept in enumerate(which) if kept]
        self.overrun = {new for new, old in enumerate(places) if old in self.overrun}
        self.spaced = {new for new, old in enumerate(places) if old in self.spaced}
        self.glyphs = [self.glyphs[place] for place in places]
        self.lights = [self.lights[place] for place in places] if self.lights else []


class Frame:
    """Turns pdfium's coordinates (from the bottom left, before rotation) into points from the shown top left corner.

    ``turns`` is the direction of the text: a page that lies on its side, or upside down, is read as if it stood.
    """

    def __init__(self, page: Any, turns: int | None = None) -> None:
        self.rotation = pdfium.FPDFPage_GetRotation(page) if turns is None else turns
        box = pdfium.FS_RECTF()
        self.left = self.bottom = 0.0
        self.width, self.height = float(pdfium.FPDF_GetPageWidthF(page)), float(pdfium.FPDF_GetPageHeightF(page))
        if pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box)):
            self.left, self.bottom = min(box.left, box.right), min(box.bottom, box.top)
            sides = abs(box.right - box.left), abs(box.top - box.bottom)
            self.width, self.height = sides if self.rotation in (0, 2) else sides[::-1]

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Left, top, right, bottom as shown."""
        left, right = left - self.left, right - self.left
        bottom, top = bottom - self.bottom, top - self.bottom
        if self.rotation == 0:
            return left, self.height - top, right, self.height - bottom
        if self.rotation == 1:
            return bottom, left, top, right
        if self.rotation == 2:
            return self.width - right, bottom, self.width - left, top
        return self.width - top, self.height - right, self.width - bottom, self.height - left


# what pdfium writes its answers into, and where that is
_edges, _EDGES_AT = pdf_calls.places(ctypes.c_float, 4)
_point, _POINT_AT = pdf_calls.places(ctypes.c_float, 2)
_modes, _MODES_AT = pdf_calls.places(ctypes.c_int, 2)
_colour, _COLOUR_AT = pdf_calls.places(ctypes.c_uint, 4)
_turn, (_TURN_AT, *_) = pdf_calls.places(ctypes.c_float, 6)
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _matrix(item: int) -> Matrix:
    if not pdf_calls.matrix(item, _TURN_AT):
        return _IDENTITY
    a, b, c, d, e, f = _turn.tolist()
    return a, b, c, d, e, f


def objects(page: Any, frame: Frame, content: PageContent) -> None:
    """Walks the page's objects, and those of its form objects, without recursion."""
    top = pdf_calls.fixed(page)
    pending: list[tuple[Any, int, Matrix, Order, int]] = [(top, pdfium.FPDFPage_CountObjects(page), _IDENTITY, (), 255)]
    seen = depth = 0
    kind_of, path, text = pdf_calls.object_kind, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_TEXT
    matrix, turn, turn_at = pdf_calls.matrix, _turn, _TURN_AT
    areas, drawn = content.areas, content.drawn
    while pending:
        holder, count, outer, before, veil = pending.pop()
        get = pdf_calls.form_object if before else pdf_calls.page_object
        seen += count
        if seen > _MOST_OBJECTS:
            content.cut = True
            count -= seen - _MOST_OBJECTS
        for index in range(count):
            item = get(holder, index)
            kind = kind_of(item)
            if kind == text:
                drawn[item] = (*before, index)
                # nearly all texts stand upright on the page: one number is read of six
                if matrix(item, turn_at) and (turn[1] != 0.0 or outer is not _IDENTITY) and _is_slanted(outer):
                    content.slanted.add(item)
                if veil < 255:
                    content.veiled[item] = veil
                if outer is not _IDENTITY and pdf_calls.count_marks(item) > 0:
                    content.carried[item] = outer
            elif kind == path:
                known = len(areas)
                _path(item, outer, frame, content)
                if len(areas) > known and drawn and not pdf_calls.is_transparent(item):
                    content.late += [(area, (*before, index)) for area in areas[known:]]
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < 500:
                depth += 1
                inner = (*before[:6], index)
                known_alpha = pdf_calls.fill_colour(item, *_COLOUR_AT)
                alpha = veil * _colour[3] // 255 if known_alpha else veil
                pending.append((item, pdf_calls.count_form_objects(item), _times(_matrix(item), outer), inner, alpha))
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE and pdf_calls.bounds(item, *_EDGES_AT):
                box = carried(outer, *_edges.tolist())
                content.images.append((box[2] - box[0], box[3] - box[1]))
                if not pdf_calls.is_transparent(item):
                    content.pictures.append((frame.box(*box), (*before, index)))
        if content.cut:
            break
    if len(content.dots) >= _FEWEST_DOTS:
        content.horizontal += [Rule(*line) for line in _dotted([(y, x) for x, y in content.dots])]
        content.vertical += [Rule(*line) for line in _dotted(content.dots)]


def _dotted(dots: list[tuple[float, float]]) -> list[tuple[float, float, float]]:
    """The lines that specks in rows make: their common place, start and end, as of places across and along."""
    rows: dict[int, list[float]] = {}
    for at, along in dots:
        rows.setdefault(round(2 * at), []).append(along)
    found = []
    for at, places in rows.items():
        places.sort()
        first = 0
        for number, place in enumerate(places):
            if number + 1 == len(places) or places[number + 1] - place > _DOTS_APART:
                if number + 1 - first >= _FEWEST_DOTS:
                    found.append((at / 2, places[first], place))
                first = number + 1
    return found


def _is_slanted(outer: Matrix) -> bool:
    """Whether the text whose matrix was read last stands at an angle, and is no slanted type either."""
    a, b, c, d, e, f = _turn.tolist()
    a, b, c, d, _, _ = _times((a, b, c, d, e, f), outer)
    return min(abs(a), abs(b)) > 0.1 * max(abs(a), abs(b)) and min(abs(c), abs(d)) > 0.1 * max(abs(c), abs(d))


def carried(outer: Matrix, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
    """A box of a form object's content, on the page."""
    if outer is _IDENTITY:
        return left, bottom, right, top
    a, b, c, d, e, f = outer
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def place_of(item: int) -> tuple[float, float, float, float]:
    """The box of an object, in the form object that holds it."""
    if not pdf_calls.bounds(item, *_EDGES_AT):
        return 0.0, 0.0, 0.0, 0.0
    left, bottom, right, top = _edges.tolist()
    return left, bottom, right, top


def _rectangle(left: float, top: float, right: float, bottom: float, content: PageContent, *, filled: bool) -> None:
    """A thin rectangle is a rule, a filled one an area."""
    width, height = right - left, bottom - top
    if height <= THIN and width >= SHORTEST and width > height:
        content.horizontal.append(Rule((top + bottom) / 2, left, right))
    elif width <= THIN and height >= SHORTEST:
        content.vertical.append(Rule((left + right) / 2, top, bottom))
    elif filled and width > THIN and height > THIN:
        content.areas.append((left, top, right, bottom))
    elif filled and 0.1 < width <= THIN and 0.1 < height <= THIN:
        content.dots.append(((left + right) / 2, (top + bottom) / 2))


def _path(item: int, outer: Matrix, frame: Frame, content: PageContent) -> None:
    count = pdf_calls.count_segments(item)
    if count < 2 or count > _MOST_SEGMENTS:
        return
    pdf_calls.draw_mode(item, *_MODES_AT)
    filled, stroked = _modes[0] != 0, _modes[1] != 0
    if not filled and not stroked:
        return
    if outer is _IDENTITY and pdf_calls.bounds(item, *_EDGES_AT):
        # nearly all rules are single thin rectangles or lines, or a row of dashes: their bounds say it all, in one call
        left, top, right, bottom = frame.box(*_edges.tolist())
        if right - left <= THIN or bottom - top <= THIN or (count <= 6 and filled and not stroked):
            _rectangle(left, top, right, bottom, content, filled=filled and not stroked and count <= 6)
            return
    a, b, c, d, e, f = _times(_matrix(item), outer)
    points: list[tuple[float, float]] = []
    curved = False
    for index in range(count):
        segment = pdf_calls.segment(item, index)
        kind = pdf_calls.segment_kind(segment)
        pdf_calls.segment_point(segment, *_POINT_AT)
        x, y = _point.tolist()
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if points and not curved:
                _outline(points, filled, stroked, frame, content)
            points, curved = [], False
        elif kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            curved = True
        points.append((a * x + c * y + e, b * x + d * y + f))
        if stroked and len(points) > 2 and pdf_calls.segment_closes(segment):
            points.append(points[0])
    if points and not curved:
        _outline(points, filled, stroked, frame, content)


def _outline(
    points: list[tuple[float, float]], filled: bool, stroked: bool, frame: Frame, content: PageContent
) -> None:
    """One subpath: a thin filled rectangle or a stroke is a rule, a filled area is kept as an area."""
    xs = [x for x, _ in points]
    ys = [y for _, y in points]
    left, top, right, bottom = frame.box(min(xs), min(ys), max(xs), max(ys))
    if right - left <= THIN or bottom - top <= THIN or (filled and not stroked):
        _rectangle(left, top, right, bottom, content, filled=filled and not stroked and len(points) <= 6)
        return
    for (x1, y1), (x2, y2) in pairwise(points):
        left, top, right, bottom = frame.box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
        if bottom - top <= 0.6 and right - left >= SHORTEST:
            content.horizontal.append(Rule((top + bottom) / 2, left, right))
        elif right - left <= 0.6 and bottom - top >= SHORTEST:
            content.vertical.append(Rule((left + right) / 2, top, bottom))
