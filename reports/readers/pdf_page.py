"""What pdfium knows of one page: its characters and its ruled lines, in points from the top left corner.

Called through ctypes character by character, so everything that is not needed for reading tables is left out.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

THIN = 3.2  # points: a filled rectangle no thicker than this is a rule, not an area
SHORTEST = 2.5  # points: shorter strokes are ink of drawings
OVERSIZED = 40.0  # points: of vertical fonts pdfium gives cells in unscaled units; then the ink has to do
_MOST_OBJECTS = 60_000
_MOST_SEGMENTS = 120_000
_MOST_CHARACTERS = 60_000


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


@dataclass(slots=True)
class PageContent:
    """One page. ``areas`` are filled rectangles, the weaker sign of a cell; ``images`` their widths and heights."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)
    areas: list[tuple[float, float, float, float]] = field(default_factory=list)
    images: list[tuple[float, float]] = field(default_factory=list)
    cut: bool = False


class Frame:
    """Turns pdfium's coordinates (from the bottom left, before rotation) into points from the shown top left corner."""

    def __init__(self, page: Any) -> None:
        self.rotation = pdfium.FPDFPage_GetRotation(page)
        self.width = float(pdfium.FPDF_GetPageWidthF(page))
        self.height = float(pdfium.FPDF_GetPageHeightF(page))
        box = [ctypes.c_float() for _ in range(4)]
        left = bottom = 0.0
        if pdfium.FPDFPage_GetCropBox(page, *box) or pdfium.FPDFPage_GetMediaBox(page, *box):
            left, bottom = min(box[0].value, box[2].value), min(box[1].value, box[3].value)
        self.left, self.bottom = left, bottom

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


def page_content(page: Any, number: int) -> PageContent:
    """Characters and rules of a loaded page (a raw ``FPDF_PAGE``)."""
    frame = Frame(page)
    content = PageContent(number, frame.width, frame.height)
    _glyphs(page, frame, content)
    _objects(page, frame, content)
    return content


def _glyphs(page: Any, frame: Frame, content: PageContent) -> None:
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return
    try:
        count = pdfium.FPDFText_CountChars(text_page)
        if count > _MOST_CHARACTERS:
            count, content.cut = _MOST_CHARACTERS, True
        rectangle = pdfium.FS_RECTF()
        reference = ctypes.byref(rectangle)
        unicode_of, box_of, ink_of = (
            pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_GetCharBox)  # fmt: skip
        new = tuple.__new__  # twice as fast as the named constructor, for every character of the file
        ink = [ctypes.c_double() for _ in range(4)]
        glyphs = content.glyphs
        upright, height, x0 = frame.rotation == 0, frame.height + frame.bottom, frame.left
        high = 0
        for index in range(count):
            code = unicode_of(text_page, index)
            if code <= 32 or code == 0xA0 or code in (0xFFFE, 0xFEFF):
                continue
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000 and high:
                code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
            if not box_of(text_page, index, reference):
                continue
            left, bottom, right, top = rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
            if top - bottom > OVERSIZED or right - left > OVERSIZED:
                if not ink_of(text_page, index, *(ctypes.byref(edge) for edge in ink)):
                    continue
                left, right, bottom, top = (edge.value for edge in ink)
            if upright:
                glyphs.append(new(Glyph, (chr(code), left - x0, height - top, right - x0, height - bottom)))
            else:
                glyphs.append(Glyph(chr(code), *frame.box(left, bottom, right, top)))
    finally:
        pdfium.FPDFText_ClosePage(text_page)


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


def _objects(page: Any, frame: Frame, content: PageContent) -> None:
    """Walks the page's objects, and those of its form objects, without recursion."""
    pending: list[tuple[Any, int, _Matrix, bool]] = [(page, pdfium.FPDFPage_CountObjects(page), _IDENTITY, False)]
    seen = 0
    depth = 0
    while pending:
        holder, count, outer, is_form = pending.pop()
        get = pdfium.FPDFFormObj_GetObject if is_form else pdfium.FPDFPage_GetObject
        for index in range(count):
            seen += 1
            if seen > _MOST_OBJECTS:
                content.cut = True
                return
            item = get(holder, index)
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                _path(item, outer, frame, content)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < 500:
                depth += 1
                pending.append((item, pdfium.FPDFFormObj_CountObjects(item), _times(_matrix(item), outer), True))
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                edges = [ctypes.c_float() for _ in range(4)]
                if pdfium.FPDFPageObj_GetBounds(item, *edges):
                    content.images.append((edges[2].value - edges[0].value, edges[3].value - edges[1].value))


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
