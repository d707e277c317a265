"""Pdfium's functions that are called for every object and character, with handles as plain numbers.

The bindings make an object for every handle that a call returns, which costs more than most of the calls; numbers
also serve as keys.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium

_HANDLE, _INT, _AT = ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p


def _quick(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    place = ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value
    return ctypes.CFUNCTYPE(result, *arguments)(place or 0)


def handle(given: Any) -> int:
    """The number of a handle that the bindings returned."""
    return ctypes.cast(given, ctypes.c_void_p).value or 0


page_object = _quick("FPDFPage_GetObject", _HANDLE, _HANDLE, _INT)
form_object = _quick("FPDFFormObj_GetObject", _HANDLE, _HANDLE, ctypes.c_ulong)
count_form_objects = _quick("FPDFFormObj_CountObjects", _INT, _HANDLE)
object_kind = _quick("FPDFPageObj_GetType", _INT, _HANDLE)
bounds = _quick("FPDFPageObj_GetBounds", _INT, _HANDLE, _AT, _AT, _AT, _AT)
matrix = _quick("FPDFPageObj_GetMatrix", _INT, _HANDLE, _AT)
is_transparent = _quick("FPDFPageObj_HasTransparency", _INT, _HANDLE)
count_marks = _quick("FPDFPageObj_CountMarks", _INT, _HANDLE)
fill_colour = _quick("FPDFPageObj_GetFillColor", _INT, _HANDLE, _AT, _AT, _AT, _AT)
stroke_colour = _quick("FPDFPageObj_GetStrokeColor", _INT, _HANDLE, _AT, _AT, _AT, _AT)
count_segments = _quick("FPDFPath_CountSegments", _INT, _HANDLE)
draw_mode = _quick("FPDFPath_GetDrawMode", _INT, _HANDLE, _AT, _AT)
segment = _quick("FPDFPath_GetPathSegment", _HANDLE, _HANDLE, _INT)
segment_kind = _quick("FPDFPathSegment_GetType", _INT, _HANDLE)
segment_point = _quick("FPDFPathSegment_GetPoint", _INT, _HANDLE, _AT, _AT)
segment_closes = _quick("FPDFPathSegment_GetClose", _INT, _HANDLE)
text_object = _quick("FPDFText_GetTextObject", _HANDLE, _HANDLE, _INT)
render_mode = _quick("FPDFTextObj_GetTextRenderMode", _INT, _HANDLE)
text_font = _quick("FPDFTextObj_GetFont", _HANDLE, _HANDLE)
ink_box = _quick("FPDFText_GetCharBox", _INT, _HANDLE, _INT, _AT, _AT, _AT, _AT)
character_box = _quick("FPDFText_GetLooseCharBox", _INT, _HANDLE, _INT, _AT)
