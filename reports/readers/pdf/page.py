"""What is known of one page of a PDF: its characters and its ruled lines, in points from the top left corner."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

CLEARLY = 0x38  # of 255: what is so much lighter than other text is seen to be; browsers print #999 as 0x45
UNREADABLE = "\ufffd"  # stands for a figure that cannot be told


class Glyph(NamedTuple):
    """A printed character with its cell of the font: the box does not depend on the character's ink."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


class Rule(NamedTuple):
    """A ruled line: ``at`` is its y (horizontal) or x (vertical), from ``start`` to ``end``."""

    at: float
    start: float
    end: float


Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
Order = tuple[int, ...]  # when an object is drawn: its place on the page, and in the form objects around it


@dataclass(slots=True)
class PageContent:
    """One page. ``areas`` are filled rectangles, the weaker sign of a cell; ``dots`` the middles of filled specks, of
    which dotted lines are made; ``framed`` filled rectangles with a frame; ``slopes`` the boxes of strokes that are
    neither level nor upright; ``fills`` the areas with when they are drawn and their colours; ``within`` by which
    matrix a form object puts things on the page, by its place in the order; ``images`` their widths and heights;
    ``drawings`` what is as large as a figure and neither text nor a line: an outline that is filled, or a picture.
    ``reds`` are the outlines in a seal's red, ``sealed`` those of the drawings that are in a red ring.

    ``slanted`` are the text objects (by handle) that stand neither upright nor on their side, as watermarks do.
    ``veiled`` are those drawn through a form object that is transparent, and its alpha. ``lights`` say how light each
    of the glyphs is and which object it is of, on pages where texts clearly differ in that. ``carried`` are those with
    marks of their own in a form object that is moved or scaled, and by which matrix. ``drawn`` says of each text object
    (by its handle) when it is drawn, ``late`` and ``pictures`` where and when areas and pictures are. ``overrun`` are
    the places (among the glyphs) of digits that go on with the digit before, drawn in one piece with it; ``spaced`` of
    those that are drawn with it too, but a little apart. ``suspects`` are text objects (by their handles) with figures
    that do not seem to be seen, and where those stand, as pdfium counts; ``whitened`` are those of them that are white;
    ``hidden`` are objects that are known to leave nothing on the page, ``painted`` text objects whose figures are known
    to be seen. ``left_out`` counts texts that cannot be seen, ``outside``, ``unseen`` and ``watermark`` count
    characters off the page, figures that cannot be seen on it, and characters of a watermark; ``unnamed`` those that
    the file has no text for, and ``untold`` figures whose ink is not theirs; ``recognised`` says that the text lies
    under a picture of the page.
    """

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)
    areas: list[tuple[float, float, float, float]] = field(default_factory=list)
    dots: list[tuple[float, float]] = field(default_factory=list)
    framed: list[Box] = field(default_factory=list)
    slopes: list[Box] = field(default_factory=list)
    fills: list[tuple[Box, Order, tuple[int, int, int]]] = field(default_factory=list)
    within: dict[Order, Matrix] = field(default_factory=dict)
    images: list[tuple[float, float]] = field(default_factory=list)
    drawings: list[Box] = field(default_factory=list)
    reds: list[Box] = field(default_factory=list)
    sealed: set[Box] = field(default_factory=set)
    drawn: dict[int, Order] = field(default_factory=dict)
    slanted: set[int] = field(default_factory=set)
    veiled: dict[int, int] = field(default_factory=dict)
    carried: dict[int, Matrix] = field(default_factory=dict)
    lights: list[tuple[int, int]] = field(default_factory=list)
    overrun: set[int] = field(default_factory=set)
    spaced: set[int] = field(default_factory=set)
    late: list[tuple[tuple[float, float, float, float], Order]] = field(default_factory=list)
    pictures: list[tuple[tuple[float, float, float, float], Order]] = field(default_factory=list)
    suspects: dict[int, list[Box]] = field(default_factory=dict)
    whitened: set[int] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    painted: set[int] = field(default_factory=set)
    left_out: int = 0
    outside: int = 0
    unseen: int = 0
    watermark: int = 0
    unnamed: int = 0
    untold: int = 0
    recognised: bool = False
    cut: bool = False

    def untell(self, digits: frozenset[str]) -> None:
        """Takes these digits for unreadable."""
        for place, glyph in enumerate(self.glyphs):
            if glyph.text in digits:
                self.glyphs[place] = glyph._replace(text=UNREADABLE)
                self.untold += 1

    def keep(self, which: Sequence[bool]) -> None:
        """Leaves out the glyphs that are not to be kept."""
        places = [place for place, kept in enumerate(which) if kept]
        self.overrun = {new for new, old in enumerate(places) if old in self.overrun}
        self.spaced = {new for new, old in enumerate(places) if old in self.spaced}
        self.glyphs = [self.glyphs[place] for place in places]
        self.lights = [self.lights[place] for place in places] if self.lights else []


class Frame:
    """Turns pdfium's coordinates (from the bottom left, before rotation) into points from the shown top left corner.

    ``turns`` is the direction of the text: a page that lies on its side, or upside down, is read as if it stood.
    """

    def __init__(self, page: Any, turns: int | None = None) -> None:
        self.rotation = pdfium.FPDFPage_GetRotation(page) if turns is None else turns
        box = pdfium.FS_RECTF()
        self.left = self.bottom = 0.0
        self.width, self.height = float(pdfium.FPDF_GetPageWidthF(page)), float(pdfium.FPDF_GetPageHeightF(page))
        if pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box)):
            self.left, self.bottom = min(box.left, box.right), min(box.bottom, box.top)
            sides = abs(box.right - box.left), abs(box.top - box.bottom)
            self.width, self.height = sides if self.rotation in (0, 2) else sides[::-1]

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Left, top, right, bottom as shown."""
        left, right = left - self.left, right - self.left
        bottom, top = bottom - self.bottom, top - self.bottom
        if self.rotation == 0:
            return left, self.height - top, right, self.height - bottom
        if self.rotation == 1:
            return bottom, left, top, right
        if self.rotation == 2:
            return self.width - right, bottom, self.width - left, top
        return self.width - top, self.height - right, self.width - bottom, self.height - left
