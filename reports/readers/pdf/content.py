"""All of one PDF page: its ruled lines, areas and pictures, then its characters; what is typed into forms included."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

from reports.readers.pdf.page import Frame, PageContent
from reports.readers.pdf.seen.annotations import glyphs_of, print_annotations
from reports.readers.pdf.seen.drawn import Drawn
from reports.readers.pdf.seen.glyphs import glyphs, text_turns
from reports.readers.pdf.seen.layers import in_layers
from reports.readers.pdf.seen.marks import leave_out_marks
from reports.readers.pdf.seen.objects import objects
from reports.readers.pdf.seen.painted import Painting


def page_content(file: Any, number: int, layered: bool = False) -> PageContent | None:
    """The page as printed; None where it cannot be loaded. ``layered``: it may have layers, of which some are off."""
    page = pdfium.FPDF_LoadPage(file, number)
    if not page:
        return None
    try:
        page, typed = print_annotations(file, number, page, layered)
        if not page:
            return None
        hidden: set[int] = set()
        if layered and (items := in_layers(page))[0]:
            hidden = Painting(page).without_unseen(*items)
        content = _read(file, page, number, hidden, set())
        if content.suspects:
            painting = Painting(page)
            gone = painting.without_unseen(sorted(content.suspects))
            kept = {item for item, boxes in content.suspects.items() if item not in gone and painting.shows(boxes)}
            for item in content.whitened.intersection(kept):
                dark = painting.darkened(content.suspects[item])
                if dark < len(content.suspects[item]):
                    kept.discard(item)
                    gone |= {item} if not dark else set()
            for item in gone:
                _take_off(page, item)
            if gone or kept:
                content = _read(file, page, number, hidden | gone, kept)
                content.left_out = len(gone)
        content.drawn, content.lights = {}, []  # of handles of a page that is closed
        if typed:
            content.glyphs += glyphs_of(typed, Frame(page))
    finally:
        if page:
            pdfium.FPDF_ClosePage(page)
    return content


def _take_off(page: Any, item: int) -> None:
    """Removes a text that cannot be seen: pdfium leaves out a second text in its place, which may be the one seen."""
    held = ctypes.cast(item, pdfium.FPDF_PAGEOBJECT)
    if pdfium.FPDFPage_RemoveObject(page, held):  # not of a form object
        pdfium.FPDFPageObj_Destroy(held)


def _read(file: Any, page: Any, number: int, hidden: set[int], painted: set[int]) -> PageContent:
    """What stands on a page, without the objects that are ``hidden``."""
    text_page = pdfium.FPDFText_LoadPage(page)
    try:
        frame = Frame(page, text_turns(text_page) if text_page else None)
        content = PageContent(number, frame.width, frame.height, hidden=hidden, painted=painted)
        objects(page, frame, content)
        if text_page:
            glyphs(text_page, frame, content, Drawn(file, page))
            if content.lights:
                leave_out_marks(content)
    finally:
        if text_page:
            pdfium.FPDFText_ClosePage(text_page)
    return content
