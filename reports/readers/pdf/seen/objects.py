"""The objects of a PDF's page: ruled lines, areas, specks, pictures, and in which order and at what angle texts stand.

Asked of pdfium through ctypes, one by one, so everything that is not needed for reading tables is left out.
"""

from __future__ import annotations

import ctypes
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from reports.readers.pdf import calls as pdf_calls
from reports.readers.pdf.page import Box, Frame, Matrix, Order, PageContent, Rule
from reports.readers.pdf.seen.seals import by_rings, red_ink

THIN = 3.2  # points: a filled rectangle no thicker than this is a rule, not an area
SHORTEST = 2.5  # points: shorter strokes are ink of drawings
_FEWEST_DOTS = 4  # in a row: fewer are no line
_DOTS_APART = 5.0  # points
_OF_A_RECTANGLE = 5  # points
_LOWEST, _HIGHEST, _SLIMMEST, _WIDEST = 3.5, 32.0, 1.0, 160.0  # points: figures that are drawn
_MOST_DRAWINGS = 5_000
_OPAQUE = 0x80  # of 255: what may hide text; drawing the page tells
_DARK = 0xB0  # of 255: lighter strokes are a pattern under the text
_MOST_OBJECTS = 60_000
_MOST_SEGMENTS = 120_000

# what pdfium writes its answers into, and where that is
_edges, _EDGES_AT = pdf_calls.places(ctypes.c_float, 4)
_point, _POINT_AT = pdf_calls.places(ctypes.c_float, 2)
_modes, _MODES_AT = pdf_calls.places(ctypes.c_int, 2)
_colour, _COLOUR_AT = pdf_calls.places(ctypes.c_uint, 4)
_turn, (_TURN_AT, *_) = pdf_calls.places(ctypes.c_float, 6)
_held, _held_segment = pdf_calls.Handle(), pdf_calls.Handle()  # what the functions below are about
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _matrix() -> Matrix:
    if not pdf_calls.matrix(_held, _TURN_AT):
        return _IDENTITY
    a, b, c, d, e, f = _turn.tolist()
    return a, b, c, d, e, f


def objects(page: Any, frame: Frame, content: PageContent) -> None:
    """Walks the page's objects, and those of its form objects, without recursion."""
    top = pdf_calls.fixed(page)
    pending: list[tuple[Any, int, Matrix, Order, int]] = [(top, pdfium.FPDFPage_CountObjects(page), _IDENTITY, (), 255)]
    seen = depth = 0
    kind_of, path, text = pdf_calls.object_kind, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_TEXT
    held, matrix, turn, turn_at = _held, pdf_calls.matrix, _turn, _TURN_AT
    areas, drawn, hidden = content.areas, content.drawn, content.hidden
    while pending:
        holder, count, outer, before, veil = pending.pop()
        get = pdf_calls.form_object if before else pdf_calls.page_object
        seen += count
        if seen > _MOST_OBJECTS:
            content.cut = True
            count -= seen - _MOST_OBJECTS
        for index in range(count):
            held.value = item = get(holder, index)
            if item in hidden:
                continue
            kind = kind_of(held)
            if kind == text:
                drawn[item] = (*before, index)
                # nearly all texts stand upright on the page: one number is read of six
                if matrix(held, turn_at) and (turn[1] != 0.0 or outer is not _IDENTITY) and _is_slanted(outer):
                    content.slanted.add(item)
                if veil < 255:
                    content.veiled[item] = veil
                if outer is not _IDENTITY and pdf_calls.count_marks(held) > 0:
                    content.carried[item] = outer
            elif kind == path:
                known, framed = len(areas), len(content.framed)
                _path(outer, frame, content)
                if len(areas) > known or len(content.framed) > framed:
                    _note_fill((*before, index), areas[known:] + content.framed[framed:], content)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < 500:
                depth += 1
                inner = (*before[:6], index)
                known_alpha = pdf_calls.fill_colour(held, *_COLOUR_AT)
                alpha = veil * _colour[3] // 255 if known_alpha else veil
                content.within[inner] = placed = _times(_matrix(), outer)
                pending.append((item, pdf_calls.count_form_objects(held), placed, inner, alpha))
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE and pdf_calls.bounds(held, *_EDGES_AT):
                box = carried(outer, *_edges.tolist())
                content.images.append((box[2] - box[0], box[3] - box[1]))
                _note_drawing(frame.box(*box), content)
                if not pdf_calls.is_transparent(held):
                    content.pictures.append((frame.box(*box), (*before, index)))
            elif kind == pdfium.FPDF_PAGEOBJ_SHADING and drawn and pdf_calls.bounds(held, *_EDGES_AT):
                content.late.append((frame.box(*carried(outer, *_edges.tolist())), (*before, index)))
        if content.cut:
            break
    if content.reds:
        outside, inside = by_rings(content.reds)
        content.reds = []
        for box in outside:
            _note_drawing(box, content)
        content.sealed = {box for box in inside if _note_drawing(box, content)}
    if len(content.dots) >= _FEWEST_DOTS:
        content.horizontal += [Rule(*line) for line in _dotted([(y, x) for x, y in content.dots])]
        content.vertical += [Rule(*line) for line in _dotted(content.dots)]


def _note_fill(order: Order, areas: list[Box], content: PageContent) -> None:
    """Keeps the colour of areas, and those that lie over text."""
    known = pdf_calls.fill_colour(_held, *_COLOUR_AT)
    red, green, blue, alpha = _colour.tolist() if known else (0, 0, 0, 255)
    if alpha:
        content.fills += [(area, order, (red, green, blue)) for area in areas]
    if content.drawn and (alpha >= _OPAQUE or not pdf_calls.is_transparent(_held)):
        content.late += [(area, order) for area in areas]


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
    _held.value = item
    if not pdf_calls.bounds(_held, *_EDGES_AT):
        return 0.0, 0.0, 0.0, 0.0
    left, bottom, right, top = _edges.tolist()
    return left, bottom, right, top


def _note_drawing(box: Box, content: PageContent) -> bool:
    """Keeps what may be a figure that is drawn: of the size of one. Says whether it is."""
    width, height = box[2] - box[0], box[3] - box[1]
    if _LOWEST <= height <= _HIGHEST and _SLIMMEST <= width <= _WIDEST and len(content.drawings) < _MOST_DRAWINGS:
        content.drawings.append(box)
        return True
    return False


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


def _path(outer: Matrix, frame: Frame, content: PageContent) -> None:
    held = _held
    count = pdf_calls.count_segments(held)
    if count < 2 or count > _MOST_SEGMENTS:
        return
    pdf_calls.draw_mode(held, *_MODES_AT)
    filled, stroked = _modes[0] != 0, _modes[1] != 0
    if not filled and not stroked:
        return
    if outer is _IDENTITY and pdf_calls.bounds(held, *_EDGES_AT):
        # nearly all rules are single thin rectangles or lines, or a row of dashes: their bounds say it all, in one call
        left, top, right, bottom = frame.box(*_edges.tolist())
        if right - left <= THIN or bottom - top <= THIN or (count <= 6 and filled and not stroked):
            # of more segments it is a speck, if it is small: a point that is drawn
            _rectangle(left, top, right, bottom, content, filled=count > 6 or (filled and not stroked))
            return
    a, b, c, d, e, f = _times(_matrix(), outer)
    points: list[tuple[float, float]] = []
    curved = False
    segment = _held_segment
    for index in range(count):
        segment.value = pdf_calls.segment(held, index)
        kind = pdf_calls.segment_kind(segment)
        pdf_calls.segment_point(segment, *_POINT_AT)
        x, y = _point.tolist()
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if points:
                _subpath(points, curved, filled, stroked, frame, content)
            points, curved = [], False
        elif kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            curved = True
        points.append((a * x + c * y + e, b * x + d * y + f))
        if stroked and len(points) > 2 and pdf_calls.segment_closes(segment):
            points.append(points[0])
    if points:
        _subpath(points, curved, filled, stroked, frame, content)


def _subpath(
    points: list[tuple[float, float]], curved: bool, filled: bool, stroked: bool, frame: Frame, content: PageContent
) -> None:
    """One subpath: a thin filled rectangle or a stroke is a rule, a filled area is kept as an area."""
    xs = [x for x, _ in points]
    ys = [y for _, y in points]
    left, top, right, bottom = frame.box(min(xs), min(ys), max(xs), max(ys))
    if curved or (filled and len(points) > _OF_A_RECTANGLE):
        if red_ink(_held, filled) is not None:
            content.reds.append((left, top, right, bottom))
        elif filled and max(right - left, bottom - top) <= THIN:
            content.dots.append(((left + right) / 2, (top + bottom) / 2))
        elif filled:
            _note_drawing((left, top, right, bottom), content)
            if content.drawn and len(content.framed) < _MOST_DRAWINGS:
                content.framed.append((left, top, right, bottom))
        elif curved and points[0] != points[-1]:
            _note_slope((left, top, right, bottom), content)
    if curved:
        return
    if filled and stroked and len(points) <= _OF_A_RECTANGLE + 1 and right - left > THIN and bottom - top > THIN:
        content.framed.append((left, top, right, bottom))
    if right - left <= THIN or bottom - top <= THIN or (filled and not stroked):
        _rectangle(left, top, right, bottom, content, filled=filled and not stroked and len(points) <= 6)
        return
    for (x1, y1), (x2, y2) in pairwise(points):
        left, top, right, bottom = frame.box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
        if bottom - top <= 0.6 and right - left >= SHORTEST:
            content.horizontal.append(Rule((top + bottom) / 2, left, right))
        elif right - left <= 0.6 and bottom - top >= SHORTEST:
            content.vertical.append(Rule((left + right) / 2, top, bottom))
        elif bottom - top > 0.6 and right - left > 0.6:
            _note_slope((left, top, right, bottom), content)


def _note_slope(box: Box, content: PageContent) -> None:
    """Keeps a stroke that is neither level nor upright, if it is dark enough to strike something out."""
    if len(content.slopes) >= _MOST_DRAWINGS:
        return
    known = pdf_calls.stroke_colour(_held, *_COLOUR_AT)
    red, green, blue, alpha = _colour.tolist() if known else (0, 0, 0, 255)
    if alpha and min(red, green, blue) < _DARK:
        content.slopes.append(box)
    elif alpha and content.drawn:
        content.framed.append(box)  # as broad as it is, it may cover something
