"""What pdfium knows of one page: its characters and its ruled lines, in points from the top left corner.

Called through ctypes object by object, so everything that is not needed for reading tables is left out.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

THIN = 3.2  # points: a filled rectangle no thicker than this is a rule, not an area
SHORTEST = 2.5  # points: shorter strokes are ink of drawings
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


Order = tuple[int, ...]  # when an object is drawn: its place on the page, and in the form objects around it


@dataclass(slots=True)
class PageContent:
    """One page. ``areas`` are filled rectangles, the weaker sign of a cell; ``images`` their widths and heights.

    ``late`` and ``pictures`` are areas and pictures that were drawn after text, and when. ``outside`` and ``unseen``
    count characters off the page and figures that cannot be seen on it; ``recognised`` says that the text lies under a
    picture of the page.
    """

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)
    areas: list[tuple[float, float, float, float]] = field(default_factory=list)
    images: list[tuple[float, float]] = field(default_factory=list)
    late: list[tuple[tuple[float, float, float, float], Order]] = field(default_factory=list)
    pictures: list[tuple[tuple[float, float, float, float], Order]] = field(default_factory=list)
    outside: int = 0
    unseen: int = 0
    recognised: bool = False
    cut: bool = False


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


_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_Matrix = tuple[float, float, float, float, float, float]


def _times(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _matrix(item: Any) -> _Matrix:
    read = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(read)):
        return _IDENTITY
    return (read.a, read.b, read.c, read.d, read.e, read.f)


def objects(page: Any, frame: Frame, content: PageContent) -> None:
    """Walks the page's objects, and those of its form objects, without recursion."""
    pending: list[tuple[Any, int, _Matrix, Order]] = [(page, pdfium.FPDFPage_CountObjects(page), _IDENTITY, ())]
    seen = depth = 0
    after_text = False
    kind_of, path, text = pdfium.FPDFPageObj_GetType, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_TEXT
    areas = content.areas
    while pending:
        holder, count, outer, before = pending.pop()
        get = pdfium.FPDFFormObj_GetObject if before else pdfium.FPDFPage_GetObject
        seen += count
        if seen > _MOST_OBJECTS:
            content.cut = True
            count -= seen - _MOST_OBJECTS
        for index in range(count):
            item = get(holder, index)
            kind = kind_of(item)
            if kind == text:
                after_text = True
            elif kind == path:
                known = len(areas)
                _path(item, outer, frame, content)
                if after_text and len(areas) > known and not pdfium.FPDFPageObj_HasTransparency(item):
                    content.late += [(area, (*before, index)) for area in areas[known:]]
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < 500:
                depth += 1
                inner = (*before, index)
                pending.append((item, pdfium.FPDFFormObj_CountObjects(item), _times(_matrix(item), outer), inner))
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE and pdfium.FPDFPageObj_GetBounds(item, *_edges):
                left, bottom, right, top = (edge.value for edge in _bounds)
                left, bottom, right, top = _carried(outer, left, bottom, right, top)
                content.images.append((right - left, top - bottom))
                if not pdfium.FPDFPageObj_HasTransparency(item):
                    content.pictures.append((frame.box(left, bottom, right, top), (*before, index)))
        if content.cut:
            return


def _carried(outer: _Matrix, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
    """A box of a form object's content, on the page."""
    if outer is _IDENTITY:
        return left, bottom, right, top
    a, b, c, d, e, f = outer
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def address(item: Any) -> int:
    """Which object a handle of pdfium's means."""
    return ctypes.cast(item, ctypes.c_void_p).value or 0


def orders(page: Any) -> dict[int, Order]:
    """When each text object of a page is drawn, by ``address``."""
    found: dict[int, Order] = {}
    pending: list[tuple[Any, int, Order]] = [(page, pdfium.FPDFPage_CountObjects(page), ())]
    while pending and len(found) < _MOST_OBJECTS:
        holder, count, before = pending.pop()
        get = pdfium.FPDFFormObj_GetObject if before else pdfium.FPDFPage_GetObject
        for index in range(min(count, _MOST_OBJECTS)):
            item = get(holder, index)
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                found[address(item)] = (*before, index)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and len(before) < 20:
                pending.append((item, pdfium.FPDFFormObj_CountObjects(item), (*before, index)))
    return found


_fill, _stroke = ctypes.c_int(), ctypes.c_int()
_bounds = [ctypes.c_float() for _ in range(4)]
_edges = [ctypes.byref(edge) for edge in _bounds]


def _rectangle(left: float, top: float, right: float, bottom: float, content: PageContent, *, filled: bool) -> None:
    """A thin rectangle is a rule, a filled one an area."""
    width, height = right - left, bottom - top
    if height <= THIN and width >= SHORTEST and width > height:
        content.horizontal.append(Rule((top + bottom) / 2, left, right))
    elif width <= THIN and height >= SHORTEST:
        content.vertical.append(Rule((left + right) / 2, top, bottom))
    elif filled and width > THIN and height > THIN:
        content.areas.append((left, top, right, bottom))


def _path(item: Any, outer: _Matrix, frame: Frame, content: PageContent) -> None:
    count = pdfium.FPDFPath_CountSegments(item)
    if count < 2 or count > _MOST_SEGMENTS:
        return
    pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(_fill), ctypes.byref(_stroke))
    filled, stroked = _fill.value != 0, _stroke.value != 0
    if not filled and not stroked:
        return
    if count <= 6 and outer is _IDENTITY and pdfium.FPDFPageObj_GetBounds(item, *_edges):
        # nearly all rules are single thin rectangles or lines: their bounds say it all, in one call
        left, top, right, bottom = frame.box(*(edge.value for edge in _bounds))
        if right - left <= THIN or bottom - top <= THIN or (filled and not stroked):
            _rectangle(left, top, right, bottom, content, filled=filled and not stroked)
            return
    matrix = _times(_matrix(item), outer)
    a, b, c, d, e, f = matrix
    x_ref, y_ref = ctypes.c_float(), ctypes.c_float()
    x_at, y_at = ctypes.byref(x_ref), ctypes.byref(y_ref)
    points: list[tuple[float, float]] = []
    segment_of, point_of, type_of = (
        pdfium.FPDFPath_GetPathSegment, pdfium.FPDFPathSegment_GetPoint, pdfium.FPDFPathSegment_GetType)  # fmt: skip
    curved = False
    for index in range(count):
        segment = segment_of(item, index)
        kind = type_of(segment)
        point_of(segment, x_at, y_at)
        x, y = x_ref.value, y_ref.value
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if points and not curved:
                _outline(points, filled, stroked, frame, content)
            points, curved = [], False
        elif kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            curved = True
        points.append((a * x + c * y + e, b * x + d * y + f))
        if pdfium.FPDFPathSegment_GetClose(segment) and stroked and len(points) > 2:
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
