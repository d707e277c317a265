"""What lies over the figures of an OFD page: clips, pictures, composites and annotations.

None of them is drawn here, so a figure under one cannot be told. What only marks a text, or leads away, hides none.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any, Final

from reports.readers.package import Package, PackageError
from reports.readers.pdf.page import UNREADABLE, Glyph, PageContent

POINTS: Final = 72 / 25.4  # of a millimetre
_NOTHING_HIDDEN: Final = ("Highlight", "Link", "Watermark")
_MOST_ANNOTATIONS = 2_000
_SHARE = 0.3  # of the page: larger pictures are its ground
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_SMALLEST = 2.5  # points: no print is so small

Box = tuple[float, float, float, float]  # left, top, width, height, in millimetres


def numbers(written: str | None) -> list[float]:
    """The numbers of a text; none where one of its words is no number."""
    try:
        return [float(word) for word in (written or "").split()]
    except ValueError:
        return []


def box_of(element: Any) -> Box | None:
    """The boundary of an object."""
    found = numbers(element.get("Boundary"))
    return (found[0], found[1], found[2], found[3]) if len(found) == 4 else None


def clip_of(element: Any, boundary: Box) -> Box | None:
    """What a text is cut to, on the page; None where it is not."""
    paths = list(element.iterfind("{*}Clips/{*}Clip/{*}Area/{*}Path"))
    if not paths:
        return None
    xs: list[float] = []
    ys: list[float] = []
    for path in paths:
        own = box_of(path) or (0.0, 0.0, 0.0, 0.0)
        places = [float(each) for each in _NUMBER.findall(path.findtext("{*}AbbreviatedData") or "")]
        xs += [boundary[0] + own[0] + x for x in places[::2]]
        ys += [boundary[1] + own[1] + y for y in places[1::2]]
    return (min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)) if xs and ys else (0.0, 0.0, 0.0, 0.0)


def cut(page: PageContent, first: int, clip: Box | None) -> None:
    """Digits from a place on that are cut away, or are too small for an eye, cannot be told."""
    for place in range(first, len(page.glyphs)):
        glyph = page.glyphs[place]
        if not glyph.text.isdigit():
            continue
        if glyph.bottom - glyph.top < _SMALLEST or (clip is not None and not lies_in(millimetres(glyph), clip)):
            page.glyphs[place] = glyph._replace(text=UNREADABLE)


def cover(page: PageContent, box: Box) -> None:
    """Figures under what is painted over them cannot be told."""
    for place, glyph in enumerate(page.glyphs):
        if glyph.text.isdigit() and lies_in(millimetres(glyph), box):
            page.glyphs[place] = glyph._replace(text=UNREADABLE)


def is_small(box: Box, page: PageContent) -> bool:
    """Whether a picture is no ground of the whole page."""
    return box[2] * box[3] * POINTS * POINTS < _SHARE * page.width * page.height


def shown_annotations(package: Package, root: str, body: Any) -> dict[str, list[Any]]:
    """The annotations that are shown, by the pages' numbers in the file."""
    found: dict[str, list[Any]] = {}
    try:
        for place in _places(package, root, body.findtext("{*}Annotations")):
            for page in package.xml(place).iterfind("{*}Page"):
                for part in _places(package, place, page.findtext("{*}FileLoc")):
                    shown = [
                        each
                        for each in package.xml(part).iterfind("{*}Annot")
                        if each.get("Visible") != "false" and each.get("Type") not in _NOTHING_HIDDEN
                    ]
                    found.setdefault(page.get("PageID", ""), []).extend(shown[:_MOST_ANNOTATIONS])
    except PackageError:
        return found  # a page says what can be read of it without them
    return found


def _places(package: Package, base: str, named: str | None) -> Iterator[str]:
    if named and named.strip():
        named = named.strip()
        place = posixpath.join(posixpath.dirname(base), named) if not named.startswith("/") else named[1:]
        if posixpath.normpath(place) in package:
            yield posixpath.normpath(place)


def annotate(page: PageContent, shown: list[Any]) -> None:
    """Takes figures under annotations for unreadable, and puts such a one where an annotation holds figures."""
    for annotation in shown:
        looks = annotation.find("{*}Appearance")
        box = box_of(looks) if looks is not None else None
        if box is None or not is_small(box, page):
            continue
        cover(page, box)
        if any(character.isdigit() for code in looks.iter("{*}TextCode") for character in code.text or ""):
            left, top, width, height = (POINTS * each for each in box)
            page.glyphs.append(Glyph(UNREADABLE, left, top, left + min(width, height), top + height))


def lies_in(box: Box, ground: Box) -> bool:
    """Whether the middle of a box is in another."""
    x, y = box[0] + box[2] / 2, box[1] + box[3] / 2
    return ground[0] <= x <= ground[0] + ground[2] and ground[1] <= y <= ground[1] + ground[3]


def millimetres(glyph: Glyph) -> Box:
    """The box of a character."""
    left, top = glyph.left / POINTS, glyph.top / POINTS
    return left, top, glyph.right / POINTS - left, glyph.bottom / POINTS - top
