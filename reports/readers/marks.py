"""Raised, lowered and struck text inside a paragraph of a Word file, kept from running into the figure beside it.

``12`` with a raised ``1`` prints twelve with a footnote's mark: in a table it is read ``12[1]``, as HTML's ``<sup>``.
Text struck through no longer counts: it is left out where something else stands in the paragraph, and marked
``~~12~~`` where nothing does, for whether the cell is then blank or still twelve is for nobody to guess.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from reports.document import Document, ReaderProblem

OBJECT: Final = "\ufffc"  # where a picture stands in a line
PICTURE: Final = "[图]"  # a cell that shows a picture and no text: unreadable, never blank
_MUCH_SMALLER: Final = 0.63  # of the digits before
_OPENING = "[([（【〔"


@dataclass(slots=True)
class Printed:
    """One paragraph as it is collected. ``bracket``: it stands in a table, where raised text is a note's mark."""

    bracket: bool = False
    pieces: list[str] = field(default_factory=list)
    raised: list[bool] = field(default_factory=list)
    crossed: list[bool] = field(default_factory=list)
    special: bool = False
    struck: bool = False
    _size: float = 0.0  # of the last digits

    def add(self, text: str, *, raised: bool = False, struck: bool = False, size: float = 0.0) -> None:
        """Takes in some characters of one look; ``size`` is their font's, in any unit, 0 where it is not known."""
        if self.bracket and size and not (raised or struck) and text[-1:].isdecimal():
            text = self._beside(text, size)
        self.pieces.append(text)
        self.raised.append(raised)
        self.crossed.append(struck)
        if raised or struck:
            self.special = True
            self.struck = self.struck or struck

    def _beside(self, text: str, size: float) -> str:
        """Digits of a cell: much smaller ones behind others are a note's mark that nobody raised, or are not."""
        if size <= self._size * _MUCH_SMALLER:
            return doubted(text)
        self._size = size
        return text

    def since(self, start: int) -> str:
        """What was added from piece ``start`` on, as plain text."""
        return "".join(self.pieces[start:])

    def text(self) -> str:
        """The paragraph."""
        if not self.special:
            return "".join(self.pieces)
        kept = [
            (text, raised)
            for text, raised, crossed in zip(self.pieces, self.raised, self.crossed, strict=True)
            if not crossed
        ]
        if not any(text.strip() for text, _ in kept) and self.struck:
            return f"~~{''.join(self.pieces).strip()}~~" if "".join(self.pieces).strip() else ""
        if not self.bracket:
            return "".join(text for text, _ in kept)
        shown: list[str] = []
        mark = ""
        for text, raised in [*kept, ("", False)]:
            if raised:
                mark += text
                continue
            if mark.strip():
                mark = mark.strip()
                shown.append(mark if mark[0] in _OPENING else f"[{mark}]")
            mark = ""
            shown.append(text)
        return "".join(shown)


def tell(document: Document, *, revised: bool, struck: bool) -> None:
    """Says what the file holds besides what counts: changes under revision tracking, and text struck through."""
    if revised:
        message = "deletions under revision tracking were left out, insertions were read"
        document.problems.append(ReaderProblem("tracked-changes", message))
    if struck:
        message = "text struck through was left out, or is marked ~~ where nothing else is there"
        document.problems.append(ReaderProblem("struck-through", message))


def doubted(text: str) -> str:
    """A text that may not be seen: a figure of it cannot be read."""
    return OBJECT + text if any(each.isdigit() for each in text) else text
