"""Text recognition, only where it is asked for: pages that are pictures, by the external program tesseract.

The ruled lines are found in the picture and wiped out of it, tesseract reads the cells between them and the text
around, and all goes the way of a PDF's own lines and characters. What it is not sure of is marked as unreadable;
nothing here is ever beyond doubt, and the document says so (``ocr``).
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import time
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

import pypdfium2

from reports.document import Document, ReaderProblem
from reports.readers.pdf.document import document_of_pages
from reports.readers.pdf.lattice import lattices
from reports.readers.pdf.page import UNREADABLE, Glyph, PageContent, Rule

PROGRAM, LANGUAGE = "tesseract", "chi_sim"
DPI = 300
MOST_PAGES = 30
SECONDS = 300.0  # for all pages of a source; a page of a table takes some seconds
SURE = 50.0  # per cent that tesseract claims, below which a figure is not taken
_MOST_PIXELS = 40_000_000
_DARK = 160
_SHORTEST = 0.35  # inches: shorter strokes are parts of characters
_THICKEST = 0.04  # inches


def recognised(source: bytes, kind: str, url: str | None) -> Document:
    """The document as recognised from the pictures of a PDF's pages, or from one picture."""
    document = Document("pdf" if kind == "pdf" else "image", address=url)
    if shutil.which(PROGRAM) is None:
        message = "recognising pictures needs the program tesseract with Chinese: tesseract-ocr, tesseract-ocr-chi-sim"
        document.problems.append(ReaderProblem("no-text-layer", "the pages are pictures without a text layer"))
        document.problems.append(ReaderProblem("ocr-missing", message))
        return document
    document.ocr = True
    pages: list[PageContent] = []
    started = time.monotonic()
    try:
        for number, picture in enumerate(_pictures(source, kind, document)):
            left = SECONDS - (time.monotonic() - started)
            if left <= 0:
                document.problems.append(ReaderProblem("cut", f"only {number} pages were recognised: time was up"))
                break
            pages.append(_page(picture, number, left))
    except (OSError, ValueError, subprocess.SubprocessError, pypdfium2.PdfiumError) as error:
        detail = error.stderr.decode(errors="replace") if isinstance(error, subprocess.CalledProcessError) else error
        document.problems.append(ReaderProblem("ocr-failed", f"the pages were not recognised: {str(detail)[:200]}"))
    document_of_pages(document, pages)
    document.problems.append(ReaderProblem("ocr", "the text was recognised from pictures: check it against them"))
    return document


def _pictures(source: bytes, kind: str, document: Document) -> Any:
    """The pages as grey pictures, 300 dots an inch."""
    from PIL import Image

    if kind != "pdf":
        with Image.open(io.BytesIO(source)) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise ValueError(f"the picture has {picture.width} by {picture.height} dots")
            yield picture.convert("L")
        return
    file = pypdfium2.PdfDocument(source)
    try:
        document.pages = len(file)
        if len(file) > MOST_PAGES:
            document.problems.append(ReaderProblem("cut", f"only the first {MOST_PAGES} pages were recognised"))
        for number in range(min(len(file), MOST_PAGES)):
            page = file[number]
            width, height = page.get_size()
            scale = min(DPI / 72, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
            yield page.render(scale=scale, grayscale=True).to_pil().convert("L")
            page.close()
    finally:
        file.close()


def _page(picture: Any, number: int, seconds: float) -> PageContent:
    """One picture as a page: its lines by their dots, its words by tesseract."""
    import numpy

    # a picture without a page: as if it were as wide as one
    per_inch = DPI if picture.width > 1_600 else picture.width / 8.27
    point = 72 / per_inch
    dots = numpy.array(picture)
    page = PageContent(number, picture.width * point, picture.height * point)
    dark = dots < _DARK
    wiped = dots.copy()
    for across, rules in ((True, page.horizontal), (False, page.vertical)):
        field = dark if across else dark.T
        target = wiped if across else wiped.T
        for at, start, end in _strokes(field, per_inch):
            target[max(0, at - 2) : at + 3, start:end] = 255
            rules.append(Rule((at + 0.5) * point, start * point, end * point))
    tables = lattices(page.horizontal, page.vertical)
    for table in tables:
        top, bottom, left, right = (round(at / point) for at in (table.ys[0], table.ys[-1], table.xs[0], table.xs[-1]))
        slots = {id(slot): slot for row in table.slots for slot in row}.values()
        boxes = [tuple(round(at / point) for at in (each.left, each.top, each.right, each.bottom)) for each in slots]
        page.glyphs += _of_cells(wiped, boxes, per_inch, point, seconds)
        wiped[max(0, top) : bottom, max(0, left) : right] = 255
    page.glyphs += [glyph for _, glyph in _words(wiped, per_inch, point, seconds)]
    return page


def _of_cells(dots: Any, boxes: list[Any], per_inch: float, point: float, seconds: float) -> list[Glyph]:
    """The characters of a table's cells: tesseract runs neighbouring figures together and loses lone ones, so it is
    given the cells one below the other, as lines of one picture. A cell without ink is blank and is not asked for."""
    import numpy

    inset, gap = round(per_inch / 60), round(per_inch / 8)
    pieces: list[tuple[int, int, int, Any]] = []  # where the piece begins in the column; its left and top on the page
    at = gap
    for left, top, right, bottom in boxes:
        cell = dots[top + inset : bottom - inset, left + inset : right - inset]
        ink = cell < _DARK
        rows, columns = numpy.flatnonzero(ink.any(axis=1)), numpy.flatnonzero(ink.any(axis=0))
        if len(rows) < 3 or not len(columns):
            continue
        shown = cell[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        pieces.append((at, left + inset + int(columns[0]), top + inset + int(rows[0]), shown))
        at += shown.shape[0] + gap
    if not pieces:
        return []
    column = numpy.full((at, max(piece.shape[1] for *_, piece in pieces) + 2 * gap), 255, numpy.uint8)
    for start, _, _, piece in pieces:
        column[start : start + piece.shape[0], gap : gap + piece.shape[1]] = piece
    starts = [start for start, *_ in pieces]
    read: set[int] = set()
    found: list[Glyph] = []
    for middle, glyph in _words(column, per_inch, point, seconds):
        number = max(0, bisect_right(starts, middle + gap / 2) - 1)
        start, left, top, _ = pieces[number]
        read.add(number)
        x, y = (left - gap) * point, (top - start) * point
        found.append(Glyph(glyph.text, glyph.left + x, glyph.top + y, glyph.right + x, glyph.bottom + y))
    for number, (_, left, top, piece) in enumerate(pieces):
        if number not in read:  # ink that nothing was made of
            box = (left * point, top * point, (left + piece.shape[1]) * point, (top + piece.shape[0]) * point)
            found.append(Glyph(UNREADABLE, *box))
    return found


def _words(dots: Any, per_inch: float, point: float, seconds: float) -> Iterator[tuple[float, Glyph]]:
    """What tesseract reads in a picture: characters in points, each with the middle of its word in dots."""
    from PIL import Image

    held = io.BytesIO()
    Image.fromarray(dots).save(held, "png")
    command = [PROGRAM, "stdin", "stdout", "-l", LANGUAGE, "--dpi", str(round(per_inch)), "--psm", "6", "tsv"]
    ran = subprocess.run(command, input=held.getvalue(), capture_output=True, check=True, timeout=seconds,
                         env={**os.environ, "OMP_THREAD_LIMIT": "1"})  # fmt: skip
    line = (0, 0)
    for word in csv.DictReader(io.StringIO(ran.stdout.decode("utf-8")), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (word["text"] or "").strip()
        left, top, width, height = (int(word[each]) for each in ("left", "top", "width", "height"))
        if word["level"] == "4":
            line = (top, height)  # the boxes of words are those of their ink: 一 is a hair high
        if word["level"] != "5" or not text:
            continue
        top, height = line
        if any(each.isdigit() for each in text) and float(word["conf"]) < SURE:
            text = UNREADABLE * len(text)
        step = width / len(text)
        for place, each in enumerate(text):
            first, last = (left + step * place) * point, (left + step * (place + 1)) * point
            yield top + height / 2, Glyph(each, first, top * point, last, (top + height) * point)


def _strokes(dark: Any, per_inch: float) -> list[tuple[int, int, int]]:
    """Long thin runs of dark dots along the rows of a field: row, first dot, the dot behind the last."""
    import numpy

    shortest = round(_SHORTEST * per_inch)
    found: list[tuple[int, int, int]] = []
    for row in numpy.flatnonzero(dark.sum(axis=1) >= shortest):
        edges = numpy.flatnonzero(numpy.diff(numpy.concatenate(([0], dark[row].astype(numpy.int8), [0]))))
        for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            if end - start >= shortest:
                found.append((int(row), start, end))
    thick = max(2, round(_THICKEST * per_inch))

    def is_thin(at: int, start: int, end: int) -> bool:
        """A line, not an area: looked at in several places, for some of them are where lines cross."""
        places = [start + (end - start) * part // 8 for part in range(1, 8)]
        return sum(bool(dark[max(0, at - thick) : at + thick + 1, place].all()) for place in places) < 4

    return [stroke for stroke in found if is_thin(*stroke)]
