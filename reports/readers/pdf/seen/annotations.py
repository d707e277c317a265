"""Annotations of a PDF's page: what is typed into fields or written over it is printed, notes beside it are not.

What is hidden or not for the screen is taken away, and the rest made part of the page. A text that has no looks of its
own is drawn by the program that shows it: it is put where it will stand.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from reports.readers.pdf.page import UNREADABLE, Box, Frame, Glyph

_NOT_PRINTED = (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP, pdfium.FPDF_ANNOT_TEXT)
_UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_TEXT_OF = {pdfium.FPDF_ANNOT_WIDGET: b"V", pdfium.FPDF_ANNOT_FREETEXT: b"Contents"}
_MOST = 2_000
_LONGEST = 200  # bytes of a text, of two each
_LARGEST, _MARGIN = 11.0, 1.0  # points: of characters, and from the edge of a field
_HIGHEST = 40.0  # points: what is higher is no figure
_DRAWN = re.compile(r"\(([^()\\]*)\)\s*Tj")  # text in an encoding of one byte
_NO_FIGURE = re.compile(r"\D")
_LEAST_WIDE = "\u2e80"


class Typed(NamedTuple):
    """A text without looks of its own, and where it stands: left, bottom, right, top."""

    text: str
    box: Box


def print_annotations(file: Any, number: int, page: Any, layered: bool) -> tuple[Any, list[Typed]]:
    """The page with its annotations printed on it, loaded again where it has any, and what could not be printed."""
    typed: list[Typed] = []
    printed = False
    for index in reversed(range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST))):
        with _annotation(page, index) as annotation:
            kind, flags = pdfium.FPDFAnnot_GetSubtype(annotation), pdfium.FPDFAnnot_GetFlags(annotation)
            if kind in _NOT_PRINTED:
                continue
            seen = not flags & _UNSEEN
            if seen and layered and pdfium.FPDFAnnot_HasKey(annotation, b"OC"):
                typed += _covered(annotation)  # whether its layer is on, pdfium neither tells nor minds
                seen = False
            looks = _looks(annotation) if seen and kind in _TEXT_OF else None
            if looks == "":
                typed += _typed(annotation, _TEXT_OF[kind])
            elif looks and _is_other(looks, _text(annotation, _TEXT_OF[kind])):
                typed += _covered(annotation)  # the value was changed: some programs show it, others its old looks
        if seen:
            printed = True
        else:
            pdfium.FPDFPage_RemoveAnnot(page, index)
    if printed and pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS:
        pdfium.FPDF_ClosePage(page)
        page = pdfium.FPDF_LoadPage(file, number)
    return page, typed


def glyphs_of(typed: list[Typed], frame: Frame) -> Iterator[Glyph]:
    """The characters of texts in the places where they will stand, in the middle of their fields' height."""
    for text, box in typed:
        left, top, right, bottom = frame.box(*box)
        size = min(_LARGEST, bottom - top)
        widths = [size if character >= _LEAST_WIDE else size / 2 for character in text]
        squeezed = min(1.0, max(right - left - 2 * _MARGIN, 1.0) / (sum(widths) or 1.0))
        at, middle = left + _MARGIN, (top + bottom) / 2
        for character, width in zip(text, widths, strict=True):
            yield Glyph(character, at, middle - size / 2, at + squeezed * width, middle + size / 2)
            at += squeezed * width


@contextmanager
def _annotation(page: Any, index: int) -> Iterator[Any]:
    annotation = pdfium.FPDFPage_GetAnnot(page, index)
    try:
        yield annotation
    finally:
        pdfium.FPDFPage_CloseAnnot(annotation)


def _text(annotation: Any, key: bytes) -> str:
    """A short text that an annotation holds under a key; nothing where it has none."""
    size = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if not 2 < size <= _LONGEST:
        return ""
    room = (ctypes.c_ushort * (size // 2))()
    pdfium.FPDFAnnot_GetStringValue(annotation, key, room, size)
    return bytes(room).decode("utf-16-le", "replace").strip("\0 \r\n")


def _looks(annotation: Any) -> str:
    """What draws an annotation; nothing where it has no looks of its own."""
    size = pdfium.FPDFAnnot_GetAP(annotation, pdfium.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0)
    if size <= 2:
        return ""
    room = (ctypes.c_ushort * (size // 2))()
    pdfium.FPDFAnnot_GetAP(annotation, pdfium.FPDF_ANNOT_APPEARANCEMODE_NORMAL, room, size)
    return bytes(room).decode("utf-16-le", "replace")


def _is_other(looks: str, value: str) -> bool:
    """Whether plain text with figures is drawn, and other figures than those of the value."""
    drawn = "".join(_DRAWN.findall(looks))
    figures, held = _NO_FIGURE.sub("", drawn), _NO_FIGURE.sub("", value)
    return bool(figures and held) and figures != held


def _typed(annotation: Any, key: bytes) -> Iterator[Typed]:
    text = _text(annotation, key)
    if text and (box := _box(annotation)):
        yield Typed(text, box)


def _covered(annotation: Any) -> Iterator[Typed]:
    """What may or may not stand over a figure."""
    box = _box(annotation)
    if box is not None and box[3] - box[1] <= _HIGHEST:
        yield Typed(UNREADABLE, box)


def _box(annotation: Any) -> Box | None:
    box = pdfium.FS_RECTF()
    if not pdfium.FPDFAnnot_GetRect(annotation, ctypes.byref(box)):
        return None
    bottom, top = sorted((box.bottom, box.top))
    return box.left, bottom, box.right, top
