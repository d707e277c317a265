"""Whether a PDF's font draws the digits that its text names: the outline behind each digit, looked at once.

A table of texts (ToUnicode) that gives one digit for another moves no ink out of its usual place, and the figures of
table 2 stand in no sum. The shapes of the outlines say it, in any kind of font, encrypted or not.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

from reports.readers.pdf import calls as pdf_calls
from reports.readers.pdf.seen.shapes import Point, digit_of, shape_of

_SIZE = ctypes.c_float(1.0)
_FEWEST, _MOST = 4, 2_000  # segments of an outline
_PARTS = 4  # parts of each straight piece that a curve is taken for
_SIGN = (0, 1, 2, 3)  # points that tell one outline from another, with their number
_MOST_KNOWN = 4_000

_Sign = tuple[Any, ...]
_known: dict[_Sign, tuple[str | None, float]] = {}  # fonts come again from report to report
_point, _POINT_AT = pdf_calls.places(ctypes.c_float, 2)
_path, _segment = pdf_calls.Handle(), pdf_calls.Handle()


def has_outlines(font: int) -> bool:
    """Whether a font (by its handle) has outlines; a Type 3 font is embedded, but has no data of its own."""
    size = ctypes.c_size_t()
    handle = ctypes.cast(font, pdfium.FPDF_FONT)
    known = pdfium.FPDFFont_GetFontData(handle, None, 0, ctypes.byref(size))
    return not pdfium.FPDFFont_GetIsEmbedded(handle) or (bool(known) and size.value > 0)


def shown_digit(font: int, digit: str) -> tuple[str | None, float]:
    """The digit that a font draws where the text says ``digit`` (None: not clear), and its width to its height.

    Where two glyphs have one name, it is one of the two.
    """
    path = pdf_calls.glyph_path(font, ord(digit), _SIZE)
    if not path:
        return None, 0.0
    _path.value = path
    count = pdf_calls.count_glyph_segments(_path)
    if not _FEWEST <= count <= _MOST:
        return None, 0.0
    sign: _Sign = (count, *(value for number in _SIGN for value in _at(number)))
    if sign not in _known:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        shape = shape_of(_outline(count))
        _known[sign] = (digit_of(shape), shape.slim) if shape is not None else (None, 0.0)
    return _known[sign]


def _at(number: int) -> list[float]:
    """The point of a segment of the path that is held."""
    _segment.value = pdf_calls.glyph_segment(_path, number)
    pdf_calls.segment_point(_segment, *_POINT_AT)
    found: list[float] = _point.tolist()
    return found


def _outline(count: int) -> list[list[Point]]:
    """The closed lines of the path that is held, its curves in straight pieces."""
    found: list[list[Point]] = []
    curve: list[Point] = []  # the points of a curve come as three segments
    for number in range(count):
        x, y = _at(number)
        kind = pdf_calls.segment_kind(_segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO or not found:
            found.append([(x, y)])
        elif kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            curve.append((x, y))
            if len(curve) == 3:
                found[-1] += _pieces(found[-1][-1], *curve)
                curve = []
        else:
            found[-1].append((x, y))
    return found


def _pieces(start: Point, first: Point, second: Point, end: Point) -> list[Point]:
    found = []
    for part in range(1, _PARTS + 1):
        t = part / _PARTS
        a, b, c, d = (1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3
        found.append(
            (
                a * start[0] + b * first[0] + c * second[0] + d * end[0],
                a * start[1] + b * first[1] + c * second[1] + d * end[1],
            )
        )
    return found
