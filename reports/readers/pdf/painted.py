"""What of a PDF's page leaves nothing on the paper: found by drawing the page without it.

Text in a layer that is off, in white on white, under a filling or a picture, outside its clip or without any ink: what
makes it so does not matter. Drawing a page takes longer than reading it, so only what is suspected is looked at.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any

import pypdfium2.raw as pdfium

_MOST_POINTS = 1_500_000  # of a drawing: a page of A4 is drawn at 1.7 times its size
_LARGEST = 1.7
_SEEN = 24  # of 255: lighter or darker than the paper by less is not seen
_MOST_ALONE = 200  # objects that lie over each other, drawn one by one
_BEYOND = 1.0  # points around an object

Box = tuple[float, float, float, float]  # left, bottom, right, top, as pdfium counts


class Painting:
    """One page, to be drawn with and without some of its objects (given by their handles)."""

    def __init__(self, page: Any) -> None:
        self._page = page
        width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        self._scale = min(_LARGEST, (_MOST_POINTS / max(width * height, 1.0)) ** 0.5)
        self._width, self._height = max(1, int(width * self._scale)), max(1, int(height * self._scale))

    def without_unseen(self, items: Sequence[int]) -> set[int]:
        """Takes off the page those of its objects that cannot be seen on it, and says which they are."""
        whole = self._drawn()
        for item in items:
            _activate(item, False)
        bare = self._drawn()
        places = {item: self._place(item) for item in items}
        changed = [item for item in items if _differ(whole, bare, self._width, places[item])]
        for item in changed:
            _activate(item, True)
        gone = set(items) - set(changed)
        # one of several that lie over each other may be what is seen there
        for item in changed[:_MOST_ALONE] if len(changed) > 1 else ():
            _activate(item, False)
            if _differ(whole, self._drawn(), self._width, places[item]):
                _activate(item, True)
            else:
                gone.add(item)
        return gone

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
        if stride == self._width:
            return held
        return b"".join(held[row * stride : row * stride + self._width] for row in range(self._height))
