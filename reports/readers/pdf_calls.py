"""Pdfium's functions that are called for every object and character, with handles as plain numbers.

The bindings make an object for every handle that a call returns, which costs more than most of the calls; numbers
also serve as keys. And a call of ctypes costs about as much as its arguments take to convert. So what stays the same
from call to call, a page and the places that pdfium writes its answers into, is converted once (``fixed``, ``places``),
and functions that take nothing else but small numbers have no types to convert by: that halves the price of a box.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium

_HANDLE, _INT, _AT = ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p
_FORMATS = {ctypes.c_float: "f", ctypes.c_double: "d", ctypes.c_int: "i", ctypes.c_uint: "I"}


def _quick(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """The function; without ``arguments`` it takes what ``fixed`` and ``places`` made, and numbers of 32 bits.

    The interpreter's lock is kept: the calls are shorter than letting go of it, and pdfium is not for several threads.
    """
    place = ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value
    return ctypes.PYFUNCTYPE(result, *arguments)(place or 0)


def fixed(given: Any) -> Any:
    """A handle that the bindings returned, as an argument for many calls."""
    number = ctypes.cast(given, ctypes.c_void_p).value
    return ctypes.byref(ctypes.c_char.from_address(number)) if number else None


def places(kind: Any, count: int) -> tuple[memoryview, list[Any]]:
    """Room for ``count`` answers of a kind, to be read with ``tolist`` or by index, and the arguments for it."""
    room = (kind * count)()
    size = ctypes.sizeof(kind)
    return memoryview(room).cast("B").cast(_FORMATS[kind]), [ctypes.byref(room, size * each) for each in range(count)]


# of a page and the number of an object on it
page_object = _quick("FPDFPage_GetObject", _HANDLE)
# of a text page and the number of a character on it
text_object = _quick("FPDFText_GetTextObject", _HANDLE)
ink_box = _quick("FPDFText_GetCharBox", _INT)
character_box = _quick("FPDFText_GetLooseCharBox", _INT)
character_code = _quick("FPDFText_GetUnicode", ctypes.c_uint)
character_angle = _quick("FPDFText_GetCharAngle", ctypes.c_float)
is_generated = _quick("FPDFText_IsGenerated", _INT)
# of an object
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
render_mode = _quick("FPDFTextObj_GetTextRenderMode", _INT, _HANDLE)
text_font = _quick("FPDFTextObj_GetFont", _HANDLE, _HANDLE)
