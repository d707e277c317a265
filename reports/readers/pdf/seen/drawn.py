"""What a PDF's digits look like when they are drawn: for fonts without outlines that could be asked for (Type 3).

A text object is drawn alone, so no line and no seal runs through it. That takes a twentieth of a millisecond.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

from reports.readers.pdf import calls as pdf_calls
from reports.readers.pdf.page import Box
from reports.readers.pdf.seen.shapes import Run, Shape, digit_of

_ROWS = 48  # of a digit
_FEWEST = 40  # rows: with less, the digit is not there as a whole
_INK = 128  # of 255: how opaque ink is
_LARGEST = 4_000_000  # bytes
_MOST_KNOWN = 4_000

_known: dict[tuple[bytes, ...], str | None] = {}
_edges, _EDGES_AT = pdf_calls.places(ctypes.c_float, 4)
_held = pdf_calls.Handle()
_INKED = bytes(value >= _INK for value in range(256))


class Drawn:
    """The text objects of one page, drawn each by itself."""

    def __init__(self, file: Any, page: Any) -> None:
        self._file, self._page = file, page

    def digit(self, item: int, ink: Box) -> str | None:
        """The digit that a text object draws in a place; None where that is not clear."""
        _held.value = item
        left, bottom, right, top = ink
        if top <= bottom or not pdf_calls.bounds(_held, *_EDGES_AT):
            return None
        around = _edges.tolist()
        scale = _ROWS / (top - bottom)
        if 4 * (around[2] - around[0]) * (around[3] - around[1]) * scale * scale > _LARGEST:
            return None
        handle = ctypes.cast(item, pdfium.FPDF_PAGEOBJECT)
        bitmap = pdfium.FPDFTextObj_GetRenderedBitmap(self._file, self._page, handle, scale)
        if not bitmap:
            return None
        try:
            rows = _rows(bitmap, [scale * (left - around[0]), scale * (around[3] - top)], scale * (right - left))
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)
        if rows not in _known:
            if len(_known) >= _MOST_KNOWN:
                _known.clear()
            _known[rows] = digit_of_rows(rows)
        return _known[rows]


def _rows(bitmap: Any, corner: list[float], wide: float) -> tuple[bytes, ...]:
    """The rows of a digit, a byte a point: 1 where there is ink."""
    if pdfium.FPDFBitmap_GetFormat(bitmap) != pdfium.FPDFBitmap_BGRA:
        return ()
    stride, height = pdfium.FPDFBitmap_GetStride(bitmap), pdfium.FPDFBitmap_GetHeight(bitmap)
    opaque = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)[3::4].translate(_INKED)
    across, first, begin = stride // 4, max(0, round(corner[1])), max(0, round(corner[0]))
    end = min(across, round(corner[0] + wide))
    rows = [opaque[row * across + begin : row * across + end] for row in range(first, min(height, first + _ROWS))]
    while rows and 1 not in rows[0]:
        del rows[0]
    while rows and 1 not in rows[-1]:
        del rows[-1]
    return tuple(rows)


def digit_of_rows(rows: tuple[bytes, ...]) -> str | None:
    """The digit that rows of points show, a byte a point; None where that is not clear."""
    inked = [place for row in rows for place in (row.find(1), row.rfind(1)) if place >= 0]
    if len(rows) < _FEWEST or not all(1 in row for row in rows):
        return None
    start, wide = min(inked), max(inked) + 1 - min(inked)
    found: list[list[Run]] = []
    for row in rows:
        runs: list[Run] = []
        begin = row.find(1)
        while begin >= 0:
            end = row.find(0, begin)
            end = end if end >= 0 else len(row)
            runs.append(((begin - start) / wide, (end - start) / wide))
            begin = row.find(1, end)
        found.append(runs)
    return digit_of(Shape(found, wide / len(rows)))
