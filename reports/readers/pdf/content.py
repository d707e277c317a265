"""All of one PDF page: its ruled lines, areas and pictures, then its characters; what is typed into forms included."""

from __future__ import annotations

from typing import Any

import pypdfium2.raw as pdfium

from reports.readers.pdf.drawn import Drawn
from reports.readers.pdf.glyphs import glyphs, text_turns
from reports.readers.pdf.marks import leave_out_marks
from reports.readers.pdf.objects import objects
from reports.readers.pdf.page import Frame, PageContent

_NOT_PRINTED = (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP, pdfium.FPDF_ANNOT_TEXT)
_MOST_ANNOTATIONS = 2_000


def page_content(file: Any, number: int) -> PageContent | None:
    """The page as printed; None where it cannot be loaded."""
    page = pdfium.FPDF_LoadPage(file, number)
    if not page:
        return None
    try:
        if _is_written_over(page) and pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == 1:
            pdfium.FPDF_ClosePage(page)
            page = pdfium.FPDF_LoadPage(file, number)
            if not page:
                return None
        text_page = pdfium.FPDFText_LoadPage(page)
        try:
            frame = Frame(page, text_turns(text_page) if text_page else None)
            content = PageContent(number, frame.width, frame.height)
            objects(page, frame, content)
            if text_page:
                glyphs(text_page, frame, content, Drawn(file, page))
                if content.lights:
                    leave_out_marks(content)
        finally:
            if text_page:
                pdfium.FPDFText_ClosePage(text_page)
        content.drawn = {}  # handles of a page that is closed
    finally:
        if page:
            pdfium.FPDF_ClosePage(page)
    return content


def _is_written_over(page: Any) -> bool:
    """Whether annotations print something: figures typed into fields or over the text are no part of the page's own."""
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST_ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if kind not in _NOT_PRINTED:
            return True
    return False
