"""What of a PDF's page leaves nothing on the paper: found by drawing the page without it.

Text in a layer that is off, in white on white, under a filling or a picture, outside its clip or without any ink: what
makes it so does not matter. Drawing a page takes as long as reading it, so only what is suspected is looked at.
"""

from __future__ import annotations

import ctypes
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pypdfium2.raw as pdfium

from reports.readers.pdf import calls as pdf_calls
from reports.readers.pdf.page import Box

_MOST_POINTS = 1_500_000  # of a drawing: a page of A4 is drawn at 1.7 times its size
_LARGEST = 1.7
_SEEN = 24  # of 255: what makes less of a difference to the paper is not seen
_DARK = 0xD8  # of 255: a ground that white stands out from
_MOST_ALONE = 60  # objects that lie over each other, taken off one by one
_MOST_COMPARED = 400
_BEYOND: Final = 1  # points of a drawing, around an object

_Place = tuple[int, int, int, int]  # left, top, right, bottom, in the drawing

_edges, _EDGES_AT = pdf_calls.places(ctypes.c_float, 4)
_held = pdf_calls.Handle()


class Painting:
    """One page, drawn with and without some of its objects (by their handles)."""

    def __init__(self, page: Any) -> None:
        self._page = page
        width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        scale = min(_LARGEST, (_MOST_POINTS / max(width * height, 1.0)) ** 0.5)
        self._width, self._height = max(1, int(width * scale)), max(1, int(height * scale))
        self._whole, self._bare = self._drawn(), b""

    def without_unseen(self, items: Sequence[int], inner: frozenset[int] = frozenset()) -> set[int]:
        """Takes those of these objects off the page that cannot be seen on it, and says which they are.

        ``inner`` are those that stand in other objects, and might be anywhere.
        """
        for item in items:
            _show(item, False)
        self._bare = self._drawn()
        places = {item: (0, 0, self._width, self._height) if item in inner else self._bounds(item) for item in items}
        seen = [item for item in items if self._differs(self._bare, places[item])]
        for item in seen:
            _show(item, True)
        gone = set(items).difference(seen)
        for item in _over_each_other(seen, places)[:_MOST_ALONE]:  # what is seen there may be another one
            _show(item, False)
            if self._differs(self._drawn(), places[item]):
                _show(item, True)
            else:
                gone.add(item)
        return gone

    def shows(self, boxes: Sequence[Box]) -> bool:
        """Whether something of what was taken off before was to be seen in each of these places."""
        return all(self._differs(self._bare, self._place(box)) for box in boxes)

    def darkened(self, boxes: Sequence[Box]) -> int:
        """In how many of these places most of the paper is dark, without what was taken off before: white shows there.

        A white digit beside a black one takes a little off it, which is no figure for anyone.
        """
        return sum(self._is_dark(self._place(box)) for box in boxes)

    def _is_dark(self, place: _Place) -> bool:
        left, top, right, bottom = place
        points = b"".join(
            self._bare[row * self._width + left : row * self._width + right] for row in range(top, bottom)
        )
        return 2 * sum(point < _DARK for point in points) > len(points)

    def _drawn(self) -> bytes:
        bitmap = pdfium.FPDFBitmap_CreateEx(self._width, self._height, pdfium.FPDFBitmap_Gray, None, 0)
        if not bitmap:
            return b""
        try:
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, self._width, self._height, 0xFFFFFFFF)
            pdfium.FPDF_RenderPageBitmap(bitmap, self._page, 0, 0, self._width, self._height, 0, pdfium.FPDF_GRAYSCALE)
            stride = pdfium.FPDFBitmap_GetStride(bitmap)
            held = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * self._height)
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)
        return b"".join(held[at : at + self._width] for at in range(0, len(held), stride))

    def _differs(self, other: bytes, place: _Place) -> bool:
        """Whether another drawing differs from that of the whole page in a place."""
        left, top, right, bottom = place
        for row in range(top, bottom):
            at = row * self._width
            one, two = self._whole[at + left : at + right], other[at + left : at + right]
            if one != two and any(abs(a - b) >= _SEEN for a, b in zip(one, two, strict=True)):
                return True
        return False

    def _bounds(self, item: int) -> _Place:
        _held.value = item
        if not pdf_calls.bounds(_held, *_EDGES_AT):
            return 0, 0, self._width, self._height
        left, bottom, right, top = _edges.tolist()
        return self._place((left, bottom, right, top))

    def _place(self, box: Box) -> _Place:
        x, y = ctypes.c_int(), ctypes.c_int()
        xs, ys = [], []
        for across, up in ((box[0], box[1]), (box[2], box[3])):
            pdfium.FPDF_PageToDevice(self._page, 0, 0, self._width, self._height, 0, across, up, x, y)
            xs.append(x.value)
            ys.append(y.value)
        return (
            max(0, min(xs) - _BEYOND),
            max(0, min(ys) - _BEYOND),
            min(self._width, max(xs) + _BEYOND + 1),
            min(self._height, max(ys) + _BEYOND + 1),
        )


def _show(item: int, shown: bool) -> None:
    pdfium.FPDFPageObj_SetIsActive(ctypes.cast(item, pdfium.FPDF_PAGEOBJECT), shown)


def _over_each_other(items: Sequence[int], places: Mapping[int, _Place]) -> list[int]:
    if len(items) > _MOST_COMPARED:
        return []
    return [item for item in items if any(other != item and _meet(places[item], places[other]) for other in items)]


def _meet(one: _Place, other: _Place) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
