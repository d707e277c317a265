"""Layers of a PDF (optional content, ISO 32000-1, 8.11): which objects of a page stand in one, and may be off.

Whether a layer is on hangs on states, usages and groups of layers; pdfium knows it when it draws, but does not tell.
So what stands in layers is named here, and looked at where it is drawn.
"""

from __future__ import annotations

import ctypes
import re
import zlib
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from reports.readers.pdf import calls as pdf_calls

_MOST = 8_000_000  # bytes taken out of compressed streams
_DEEPEST, _MOST_OBJECTS = 4, 20_000
_NAMED = "OC\0".encode("utf-16-le")
_SIGN = b"/OCProperties"
_held = pdf_calls.Handle()


def has_layers(source: bytes) -> bool:
    """Whether a file has layers; those of compressed objects that are encrypted cannot be known to have none."""
    if _SIGN in source:
        return True
    left = _MOST
    for match in re.finditer(rb"/ObjStm\b", source):
        begin = source.find(b"stream", match.end())
        begin += 8 if source[begin + 6 : begin + 8] == b"\r\n" else 7
        try:
            content = zlib.decompressobj().decompress(source[begin : source.find(b"endstream", begin)], left)
        except zlib.error:
            return b"/Encrypt" in source
        left -= len(content)
        if _SIGN in content or left <= 0:
            return True
    return False


def in_layers(page: Any) -> tuple[list[int], frozenset[int]]:
    """The objects of a page that a layer may hide, and which of them stand in form objects."""
    found: list[int] = []
    inner: list[int] = []
    for item, depth in _objects(page):
        _held.value = item
        if pdf_calls.object_kind(_held) == pdfium.FPDF_PAGEOBJ_FORM or _is_marked(item):
            found.append(item)
            if depth:
                inner.append(item)
    return found, frozenset(inner)


def _objects(page: Any) -> Iterator[tuple[int, int]]:
    """The handles of a page's objects, each with how many form objects are around it."""
    top = pdf_calls.fixed(page)
    pending = [(pdf_calls.page_object(top, at), 0) for at in range(pdfium.FPDFPage_CountObjects(page))][::-1]
    for _ in range(_MOST_OBJECTS):
        if not pending:
            return
        item, depth = pending.pop()
        yield item, depth
        _held.value = item
        if depth < _DEEPEST and pdf_calls.object_kind(_held) == pdfium.FPDF_PAGEOBJ_FORM:
            count = pdf_calls.count_form_objects(_held)
            pending += [(pdf_calls.form_object(item, at), depth + 1) for at in range(count)][::-1]


def _is_marked(item: int) -> bool:
    """Whether an object stands in content that is marked as a layer's."""
    handle = ctypes.cast(item, pdfium.FPDF_PAGEOBJECT)
    name, size = ctypes.create_string_buffer(len(_NAMED)), ctypes.c_ulong()
    for at in range(pdf_calls.count_marks(_held)):
        mark = pdfium.FPDFPageObj_GetMark(handle, at)
        known = pdfium.FPDFPageObjMark_GetName(
            mark, ctypes.cast(name, ctypes.POINTER(ctypes.c_ushort)), len(_NAMED), size
        )
        if known and name.raw == _NAMED:
            return True
    return False
