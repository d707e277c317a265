"""Pdfium's functions that are called for every object and character, with handles as plain numbers.

The bindings make an object for every handle that a call returns, which costs more than most of the calls; numbers
also serve as keys. And a call of ctypes costs about as much as its arguments take to convert. So nothing is converted
but small numbers: a page, and the places that pdfium writes its answers into, stay the same from call to call
(``fixed``, ``places``), and an object's handle is written into a ``Handle`` first. That halves the price of a call.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any, Protocol

import pypdfium2.raw as pdfium

Handle = ctypes.c_void_p  #: holds the number of an object as its ``value``: functions of objects take no bare numbers
_HANDLE, _INT, _NUMBER = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint
_FORMATS: dict[Any, Any] = {ctypes.c_float: "f", ctypes.c_double: "d", ctypes.c_int: "i", ctypes.c_uint: "I"}


class _OfObject(Protocol):
    """A bare number in the place of the handle would be cut to 32 bits, and end the process: so the types say it."""

    def __call__(self, held: ctypes.c_void_p, *more: Any) -> Any: ...


def _quick(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """The function; without kinds of ``arguments``, it takes what was made for it here, and numbers of 32 bits.

    The interpreter's lock is kept: the calls are shorter than letting go of it, and pdfium is not for several threads.
    """
    place = ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value
    return ctypes.PYFUNCTYPE(result, *arguments)(place or 0)


def _of_object(name: str, result: Any) -> _OfObject:
    return _quick(name, result)


def fixed(given: Any) -> Any:
    """A handle that the bindings returned, as an argument for many calls."""
    number = ctypes.cast(given, ctypes.c_void_p).value
    return ctypes.byref(ctypes.c_char.from_address(number)) if number else None


def places(kind: Any, count: int) -> tuple[Any, list[Any]]:
    """Room for ``count`` answers of a kind, to be read with ``tolist`` or by index, and the arguments for it.

    To be made once a module, not a page: ctypes makes a type for it, which takes as long as a hundred calls.
    """
    room = (kind * count)()
    size = ctypes.sizeof(kind)
    return memoryview(room).cast("B").cast(_FORMATS[kind]), [ctypes.byref(room, size * each) for each in range(count)]


def text_of(page: Any, count: int) -> bytes:
    """The first ``count`` characters of a text page and a zero, in UTF-16: two bytes each, where all have a code."""
    room = bytearray(2 * count + 2)  # an array of ctypes would be a type for each count
    known = _text(page, 0, count, ctypes.byref(ctypes.c_char.from_buffer(room)))
    return bytes(room[: 2 * known])


# of a page and the number of an object on it
page_object = _quick("FPDFPage_GetObject", _HANDLE)
# of a text page and the number of a character on it
_text = _quick("FPDFText_GetText", _INT)
text_object = _quick("FPDFText_GetTextObject", _HANDLE)
ink_box = _quick("FPDFText_GetCharBox", _INT)
character_box = _quick("FPDFText_GetLooseCharBox", _INT)
character_code = _quick("FPDFText_GetUnicode", _NUMBER)
character_angle = _quick("FPDFText_GetCharAngle", ctypes.c_float)
character_origin = _quick("FPDFText_GetCharOrigin", _INT)
character_matrix = _quick("FPDFText_GetMatrix", _INT)
font_size = _quick("FPDFText_GetFontSize", ctypes.c_double)
is_generated = _quick("FPDFText_IsGenerated", _INT)
# of a form object, by its number, and the number of an object in it, which is no small one for C: this one converts
form_object = _quick("FPDFFormObj_GetObject", _HANDLE, _HANDLE, ctypes.c_ulong)
# of a font, by its number, a character and a size (a ``c_float``): this one converts
glyph_path = _quick("FPDFFont_GetGlyphPath", _HANDLE, _HANDLE, _NUMBER, ctypes.c_float)
# of an outline
count_glyph_segments = _of_object("FPDFGlyphPath_CountGlyphSegments", _INT)
glyph_segment = _of_object("FPDFGlyphPath_GetGlyphPathSegment", _HANDLE)
# of an object
count_form_objects = _of_object("FPDFFormObj_CountObjects", _INT)
object_kind = _of_object("FPDFPageObj_GetType", _INT)
bounds = _of_object("FPDFPageObj_GetBounds", _INT)
matrix = _of_object("FPDFPageObj_GetMatrix", _INT)
is_transparent = _of_object("FPDFPageObj_HasTransparency", _INT)
count_marks = _of_object("FPDFPageObj_CountMarks", _INT)
fill_colour = _of_object("FPDFPageObj_GetFillColor", _INT)
stroke_colour = _of_object("FPDFPageObj_GetStrokeColor", _INT)
count_segments = _of_object("FPDFPath_CountSegments", _INT)
draw_mode = _of_object("FPDFPath_GetDrawMode", _INT)
segment = _of_object("FPDFPath_GetPathSegment", _HANDLE)
segment_kind = _of_object("FPDFPathSegment_GetType", _INT)
segment_point = _of_object("FPDFPathSegment_GetPoint", _INT)
segment_closes = _of_object("FPDFPathSegment_GetClose", _INT)
render_mode = _of_object("FPDFTextObj_GetTextRenderMode", _INT)
text_font = _of_object("FPDFTextObj_GetFont", _HANDLE)
clip_path = _of_object("FPDFPageObj_GetClipPath", _HANDLE)
# of a clip path
count_clips = _of_object("FPDFClipPath_CountPaths", _INT)
count_clip_segments = _of_object("FPDFClipPath_CountPathSegments", _INT)
clip_segment = _of_object("FPDFClipPath_GetPathSegment", _HANDLE)
