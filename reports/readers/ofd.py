"""OFD files (GB/T 33190, the Chinese office's fixed layout) to a ``Document``: characters and ruled lines, as of a PDF.

A page is XML: texts with the place of each character, paths, pictures. Lengths are millimetres from the top left
corner; each object has a boundary, inside which its own coordinates count, bent by a matrix where it has one.
"""

from __future__ import annotations

import functools
import posixpath
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from reports.document import Document, ReaderProblem
from reports.readers.ofd_over import (
    POINTS,
    Box,
    annotate,
    box_of,
    clip_of,
    cover,
    cut,
    is_small,
    lies_in,
    millimetres,
    numbers,
    shown_annotations,
)
from reports.readers.package import Package, PackageError
from reports.readers.pdf.document import by_words, document_of_pages
from reports.readers.pdf.page import Glyph, PageContent, Rule
from reports.readers.pdf.struck import tell_struck

MOST_PAGES = 300
SECONDS = 5.0  # of work
_MOST_GLYPHS = 60_000  # of a page
_MOST_RULES = 20_000
_STRAIGHT: Final = 0.3  # millimetres that a ruled line may lean
_ASCENT, _DESCENT = 0.88, 0.12  # of the font's size, above and below the line that characters stand on
_PATH = re.compile(r"([A-Z])|(-?\d+(?:\.\d+)?(?:[eE]-?\d+)?)")
_PLAIN: Final = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

_SHEET = re.compile(r"M \S+ \S+(?: L \S+ \S+){3,4}(?: C)?")  # a rectangle
_BENT: Final = {"Q": 4, "B": 6, "A": 7}  # curves, with how many numbers they take: no ruled line is one


def read_ofd(source: bytes, url: str | None = None) -> Document:
    """The file as a document; encrypted, damaged, picture-only and overlong files say so."""
    document = Document("ofd", address=url)
    pages: list[PageContent] = []
    try:
        package = Package(source)
        if "Encryptions.xml" in package:
            raise PackageError("the OFD file is encrypted")
        for page in _pages(package, document):
            pages.append(page)
    except PackageError as error:
        code = "encrypted" if "encrypted" in str(error) else "damaged"
        document.problems.append(ReaderProblem(code, str(error)))
    document_of_pages(document, pages)
    document.again = functools.partial(by_words, pages)
    if not any(page.glyphs for page in pages) and not document.problems:
        message = "the pages are pictures without text" if any(page.images for page in pages) else "no page holds text"
        document.problems.append(ReaderProblem("no-text-layer", message))
    return document


def _pages(package: Package, document: Document) -> Iterator[PageContent]:
    """The pages of the first document of the file, in order."""
    started = time.process_time()
    top = package.xml("OFD.xml")
    document.title = (top.findtext(".//{*}Title") or "").strip()
    root = _resolved("", top.findtext(".//{*}DocRoot") or "Doc_0/Document.xml")
    body = package.xml(root)
    common = body.find("{*}CommonData")
    size = _size(common)
    templates = {
        each.get("ID", ""): _resolved(root, each.get("BaseLoc", "")) for each in body.iterfind(".//{*}TemplatePage")
    }
    listed = body.findall("{*}Pages/{*}Page")
    places = [_resolved(root, each.get("BaseLoc", "")) for each in listed]
    notes = shown_annotations(package, root, body)
    document.pages = len(places)
    for number, place in enumerate(places[:MOST_PAGES]):
        if time.process_time() - started > SECONDS:
            message = f"only the first {number} of {len(places)} pages were read: time was up"
            document.problems.append(ReaderProblem("cut", message))
            return
        try:
            content = package.xml(place)
        except PackageError as error:
            document.problems.append(ReaderProblem("damaged", str(error), f"page {number + 1}"))
            continue
        width, height = _size(content) or size or (210.0, 297.0)
        page = PageContent(number, width * POINTS, height * POINTS)
        for template in content.iterfind("{*}Template"):
            behind = templates.get(template.get("TemplateID", ""), "")
            if behind in package:
                _read_page(package.xml(behind), page)
        _read_page(content, page)
        if len(page.glyphs) >= _MOST_GLYPHS or len(page.horizontal) + len(page.vertical) >= _MOST_RULES:
            document.problems.append(
                ReaderProblem("cut", "a page holds too much to be read whole", f"page {number + 1}")
            )
        tell_struck(page)
        annotate(page, notes.get(listed[number].get("ID", ""), []))
        yield page
    if len(places) > MOST_PAGES:
        document.problems.append(ReaderProblem("cut", f"only the first {MOST_PAGES} pages were read"))


def _resolved(base: str, place: str) -> str:
    """A place in the package, said from the part that names it or from the top."""
    return posixpath.normpath(
        posixpath.join(posixpath.dirname(base), place) if not place.startswith("/") else place[1:]
    )


def _size(element: Any) -> tuple[float, float] | None:
    """Width and height of the paper."""
    box = numbers(element.findtext("{*}PageArea/{*}PhysicalBox") or element.findtext("{*}Area/{*}PhysicalBox")
                   if element is not None else None)  # fmt: skip
    return (box[2], box[3]) if len(box) == 4 and 0 < box[2] < 10_000 and 0 < box[3] < 10_000 else None


def _read_page(root: Any, page: PageContent) -> None:
    grounds: list[Box] = []
    for element in root.iter("{*}PathObject", "{*}TextObject", "{*}ImageObject", "{*}CompositeObject"):
        if element.get("Visible") == "false" or element.get("Alpha") == "0":
            continue
        frame = _Frame.of(element)
        name = element.tag.rsplit("}", 1)[-1]
        if name == "PathObject":
            if element.get("Fill") != "true":
                _rules(element, frame, page)
            elif _is_white(element):
                page.glyphs = [glyph for glyph in page.glyphs if not lies_in(millimetres(glyph), frame.boundary)]
            else:
                grounds.append(frame.boundary)
                if _is_sheet(element):
                    cover(page, frame.boundary)
                _rules(element, frame, page)
        elif name == "ImageObject":
            page.images.append((frame.boundary[2] * POINTS, frame.boundary[3] * POINTS))
            if is_small(frame.boundary, page):
                cover(page, frame.boundary)
        elif name == "CompositeObject":
            if is_small(frame.boundary, page):
                cover(page, frame.boundary)
        elif element.get("Fill") == "false" and element.get("Stroke") != "true":
            continue  # text without any ink
        elif not frame.slants and (not _is_white(element) or any(lies_in(frame.boundary, each) for each in grounds)):
            first = len(page.glyphs)
            _glyphs(element, frame, page)
            cut(page, first, clip_of(element, frame.boundary))


@dataclass(slots=True)
class _Frame:
    """Where an object's own coordinates lie on the page."""

    boundary: Box
    matrix: tuple[float, ...]

    @classmethod
    def of(cls, element: Any) -> _Frame:
        matrix = numbers(element.get("CTM"))
        return cls(box_of(element) or (0.0, 0.0, 0.0, 0.0), tuple(matrix) if len(matrix) == 6 else _PLAIN)

    @property
    def slants(self) -> bool:
        """Whether it stands neither upright nor level, as watermarks do."""
        a, b, c, d, _, _ = self.matrix
        return abs(b) + abs(c) > 0.02 * (abs(a) + abs(d))

    def at(self, x: float, y: float) -> tuple[float, float]:
        """A point on the page."""
        a, b, c, d, e, f = self.matrix
        return self.boundary[0] + a * x + c * y + e, self.boundary[1] + b * x + d * y + f


def _glyphs(element: Any, frame: _Frame, page: PageContent) -> None:
    size = next(iter(numbers(element.get("Size"))), 0.0)
    squeezed = next(iter(numbers(element.get("HScale"))), 1.0)
    x = y = 0.0
    for code in element.iterfind("{*}TextCode"):
        x = next(iter(numbers(code.get("X"))), x)
        y = next(iter(numbers(code.get("Y"))), y)
        right, down = _steps(code.get("DeltaX")), _steps(code.get("DeltaY"))
        for place, character in enumerate((code.text or "").replace("\n", "")):
            if len(page.glyphs) >= _MOST_GLYPHS:
                return
            step = right[place] if place < len(right) else 0.0
            wide = size * squeezed * (1.0 if ord(character) > 0x2E80 else 0.5)
            left, _ = frame.at(x, y)
            end, _ = frame.at(x + (min(wide, step) if step > 0 else wide), y)
            _, top = frame.at(x, y - size * _ASCENT)
            _, bottom = frame.at(x, y + size * _DESCENT)
            if character.strip() and 0 <= left * POINTS <= page.width and 0 <= bottom * POINTS <= page.height:
                page.glyphs.append(
                    Glyph(character, left * POINTS, top * POINTS, max(end, left) * POINTS, bottom * POINTS)
                )
            x += step
            y += down[place] if place < len(down) else 0.0


def _steps(written: str | None) -> list[float]:
    """The steps from character to character; ``g 3 2.5`` is three steps of 2.5."""
    steps: list[float] = []
    words = (written or "").split()
    at = 0
    while at < len(words) and len(steps) < _MOST_GLYPHS:
        if words[at] == "g" and at + 2 < len(words):
            count = int(words[at + 1]) if words[at + 1].isdecimal() else 0
            steps += numbers(words[at + 2]) * min(count, _MOST_GLYPHS)
            at += 3
        else:
            steps += numbers(words[at])
            at += 1
    return steps


def _rules(element: Any, frame: _Frame, page: PageContent) -> None:
    """The upright and level strokes of a path."""
    start = last = None
    pending: list[float] = []
    letter = ""
    for match in _PATH.finditer(element.findtext("{*}AbbreviatedData") or ""):
        if match.group(1):
            letter, pending = match.group(1), []
            if letter == "C" and start is not None and last is not None:
                _rule(last, start, page)
                last = start
            continue
        pending.append(float(match.group(2)))
        if letter in ("M", "S", "L") and len(pending) == 2:
            point = frame.at(*pending)
            if letter == "L" and last is not None:
                _rule(last, point, page)
            else:
                start = point
            last, pending = point, []
        elif letter in _BENT and len(pending) == _BENT[letter]:
            last, pending = frame.at(*pending[-2:]), []


def _rule(one: tuple[float, float], other: tuple[float, float], page: PageContent) -> None:
    if len(page.horizontal) + len(page.vertical) >= _MOST_RULES:
        return
    (x1, y1), (x2, y2) = one, other
    if abs(y1 - y2) <= _STRAIGHT < abs(x1 - x2):
        page.horizontal.append(Rule((y1 + y2) / 2 * POINTS, min(x1, x2) * POINTS, max(x1, x2) * POINTS))
    elif abs(x1 - x2) <= _STRAIGHT < abs(y1 - y2):
        page.vertical.append(Rule((x1 + x2) / 2 * POINTS, min(y1, y2) * POINTS, max(y1, y2) * POINTS))
    elif abs(x1 - x2) > _STRAIGHT and abs(y1 - y2) > _STRAIGHT and len(page.slopes) < _MOST_RULES:
        left, right, top, bottom = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
        page.slopes.append((left * POINTS, top * POINTS, right * POINTS, bottom * POINTS))


def _is_white(element: Any) -> bool:
    """Whether an object is filled with the colour of the paper, or with none."""
    colour = element.find("{*}FillColor")
    if colour is None:
        return False
    if colour.get("Alpha") == "0":
        return True
    parts = numbers(colour.get("Value"))
    if len(parts) == 4:
        return max(parts) <= 5  # of cyan, magenta, yellow and black
    return bool(parts) and min(parts) >= 250


def _is_sheet(element: Any) -> bool:
    """Whether a filled path is a rectangle that nothing under it shows through."""
    colour = element.find("{*}FillColor")
    through = [each.get("Alpha") for each in (element, colour) if each is not None]
    path = element.findtext("{*}AbbreviatedData") or ""
    return all(alpha in (None, "255") for alpha in through) and bool(_SHEET.fullmatch(" ".join(path.split())))
