"""Text recognition, only where it is asked for: pages that are pictures, by the external program tesseract.

The ruled lines are found in the picture and wiped out of it, tesseract reads the cells between them and the text
around, and all goes the way of a PDF's own lines and characters. What it is not sure of is marked as unreadable;
nothing here is ever beyond doubt, and the document says so (``ocr``).
"""

from __future__ import annotations

import io
import math
import shutil
import subprocess
import time
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import pypdfium2

from reports.document import Document, ReaderProblem
from reports.readers import tesseract
from reports.readers.pdf.document import document_of_pages
from reports.readers.pdf.page import UNREADABLE, Glyph, PageContent, Rule
from reports.readers.pdf.ruled.lattice import lattices
from reports.readers.tesseract import Word

DPI = 300
MOST_PAGES = 30
SECONDS = 300.0  # for all pages of a source; a page of a table takes some seconds
_MOST_PIXELS = 40_000_000
_READINGS = ((tesseract.CHINESE, 1.0), (tesseract.FIGURES, 1.0), (tesseract.FIGURES, 1.6))  # of each cell; sizes
#: Of cells of which these leave a doubt.
_READINGS_AGAIN = ((tesseract.CHINESE, 1.6), (tesseract.FIGURES, 0.75), (tesseract.FIGURES, 2.2))
_DARK = 160
_SHORTEST = 0.35  # inches: shorter strokes are parts of characters
_THICKEST = 0.04  # inches
_MOST_SKEW = 3  # degrees by which a sheet may have lain askew
_LEVEL = 0.05  # degrees that do no harm

_Piece = tuple[int, int, Any]  # the ink of a cell: its left and top on the page, its dots


def recognised(source: bytes, kind: str, url: str | None) -> Document:
    """The document as recognised from the pictures of a PDF's pages, or from one picture."""
    document = Document("pdf" if kind == "pdf" else "image", address=url)
    if shutil.which(tesseract.PROGRAM) is None:
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

    picture = straightened(picture)
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
    read: list[Glyph] = []
    for table in lattices(page.horizontal, page.vertical):
        top, bottom, left, right = (round(at / point) for at in (table.ys[0], table.ys[-1], table.xs[0], table.xs[-1]))
        slots = {id(slot): slot for row in table.slots for slot in row}.values()
        boxes = [tuple(round(at / point) for at in (each.left, each.top, each.right, each.bottom)) for each in slots]
        read += _of_cells(wiped, boxes, per_inch, seconds)
        wiped[max(0, top) : bottom, max(0, left) : right] = 255
    read += tesseract.glyphs(tesseract.words(wiped, per_inch, seconds, tesseract.PAGE))
    page.glyphs = [_moved(glyph, 0, 0, point) for glyph in read]
    return page


def straightened(picture: Any) -> Any:
    """The picture turned so that lines of text and rules lie level: a degree off, no rule is found.

    Level is where the dots that are dark lie in the fewest rows: where the sum of the rows' squares is greatest.
    """
    import numpy
    from PIL import Image

    small = picture.reduce(max(1, picture.width // 800))
    ys, xs = numpy.nonzero(numpy.array(small) < _DARK)
    if not len(ys):
        return picture
    xs, ys = xs - small.width / 2, ys + small.width  # no row below nought, whatever the slope

    def levelness(angle: float) -> float:
        counts = numpy.bincount((ys - xs * math.tan(math.radians(angle))).astype(numpy.int64))
        return float((counts.astype(numpy.float64) ** 2).sum())

    best = max((step / 10 for step in range(-_MOST_SKEW * 10, _MOST_SKEW * 10 + 1)), key=levelness)
    best = max((best + step / 50 for step in range(-4, 5)), key=levelness)
    if abs(best) < _LEVEL:
        return picture
    return picture.rotate(best, resample=Image.Resampling.BICUBIC, fillcolor=255)


def _of_cells(dots: Any, boxes: list[Any], per_inch: float, seconds: float) -> list[Glyph]:
    """The characters of a table's cells. A cell without ink is blank and is not asked for."""
    import numpy

    inset = round(per_inch / 60)
    pieces: list[_Piece] = []
    for left, top, right, bottom in boxes:
        cell = dots[top + inset : bottom - inset, left + inset : right - inset]
        ink = cell < _DARK
        rows, columns = numpy.flatnonzero(ink.any(axis=1)), numpy.flatnonzero(ink.any(axis=0))
        if len(rows) < 3 or not len(columns):
            continue
        shown = cell[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        pieces.append((left + inset + int(columns[0]), top + inset + int(rows[0]), shown))
    readings = _asked(pieces, _READINGS, per_inch, seconds)
    taken = [tesseract.agreed(chinese, figures) for chinese, *figures in readings]
    doubtful = [place for place, words in enumerate(taken) if not tesseract.settled(words)]
    asked = _asked([pieces[place] for place in doubtful], _READINGS_AGAIN, per_inch, seconds)
    for place, (chinese, *figures) in zip(doubtful, asked, strict=True):
        (first, *before) = readings[place]
        taken[place] = tesseract.known([first, chinese]) or tesseract.agreed(first, [*before, *figures])
    found: list[Glyph] = []
    for (left, top, piece), words in zip(pieces, taken, strict=True):
        read = [_moved(glyph, left, top) for glyph in tesseract.glyphs(words)]
        # ink that nothing was made of is no blank
        found += read or [Glyph(UNREADABLE, left, top, left + piece.shape[1], top + piece.shape[0])]
    return found


def _asked(
    pieces: list[_Piece], asked: Sequence[tuple[tuple[str, ...], float]], per_inch: float, seconds: float
) -> list[tuple[list[Word], ...]]:
    """What tesseract reads in each piece, by each model and size, with places in the piece.

    It runs neighbouring figures together and loses lone ones, so it is given the pieces one below the other, as lines
    of one picture.
    """
    import numpy

    if not pieces:
        return []
    gap = round(per_inch / 8)
    starts = list(accumulate((piece.shape[0] + gap for *_, piece in pieces), initial=gap))
    column = numpy.full((starts[-1], max(piece.shape[1] for *_, piece in pieces) + 2 * gap), 255, numpy.uint8)
    for start, (*_, piece) in zip(starts, pieces, strict=False):
        column[start : start + piece.shape[0], gap : gap + piece.shape[1]] = piece
    borders = [start - gap / 2 for start in starts[:-1]]
    readings: list[tuple[list[Word], ...]] = [tuple([] for _ in asked) for _ in pieces]
    for number, (model, size) in enumerate(asked):
        for word in tesseract.words(column, per_inch, seconds, tesseract.COLUMN, model, size):
            place = max(0, bisect_right(borders, word.middle) - 1)
            readings[place][number].append(word.moved(-gap, -starts[place]))
    return readings


def _moved(glyph: Glyph, right: float, down: float, scale: float = 1.0) -> Glyph:
    return Glyph(
        glyph.text,
        (glyph.left + right) * scale,
        (glyph.top + down) * scale,
        (glyph.right + right) * scale,
        (glyph.bottom + down) * scale,
    )


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
