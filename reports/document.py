"""The one document model that every reader (HTML, PDF, Word, Excel, text) gives, and that everything else reads.

A document is a flow of paragraphs and grids in reading order, with the metadata that stood around them. Readers decide
nothing about reports: they say what is printed, and where. What comes in thousands is a ``msgspec.Struct``, which is
made five times as fast as a dataclass, and which the garbage collector need not look at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

import msgspec

Kind = Literal["html", "pdf", "docx", "doc", "xlsx", "xls", "odf", "ofd", "text", "archive", "image", "unknown"]


class Box(msgspec.Struct, gc=False):
    """A rectangle on a page of a paged document, in points from the top left corner. Pages count from 0."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


class Cell(msgspec.Struct, gc=False):
    """One cell as the source prints it.

    ``text`` has entities resolved, runs of spaces folded to one, paragraph and line breaks as ``\\n``, and is
    stripped; nothing else is normalised, so that it can be shown as raw text. ``row`` and ``column`` are its top left
    corner in the expanded grid, counted from 0.
    """

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    box: Box | None = None


@dataclass(slots=True)
class Grid:
    """A table with its merged cells expanded.

    ``rows`` is rectangular. A merged cell is the same ``Cell`` object at every place that it covers; ``None`` is a
    place where the source has no cell. ``index`` counts all tables of the source from 0, nested and hidden ones
    included, and is what ``position[0]`` of a record's cell names.
    """

    index: int
    rows: list[list[Cell | None]]
    page: int | None = None  # of a paged source; a table over a page break is two grids
    sheet: str | None = None  # of a workbook
    hidden: bool = False  # display:none and the like: read only if nothing else is there
    nested: bool = False  # a table inside a cell of another table
    layout: bool = False  # a table that holds other tables or whole paragraphs: not a table of figures
    ruled: bool = True  # False where rows and columns were inferred (text, <div>s, PDF without lines, OCR)
    uncertain: list[str] = field(default_factory=list)  # what the reader had to guess, in words
    own: list[list[Cell]] | None = field(default=None, repr=False, compare=False)  # the cells that begin in each row
    laid: object = field(default=None, repr=False, compare=False)  # the same for grids whose cells lie alike

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.rows[0]) if self.rows else 0

    def own_cells(self, row: int) -> list[Cell]:
        """The cells that begin in this row, in source order: what the author typed, whatever the spans claim."""
        if self.own is not None:
            return self.own[row].copy()
        return list({id(cell): cell for cell in self.rows[row] if cell is not None and cell.row == row}.values())


class Paragraph(msgspec.Struct, gc=False):
    """A block of running text outside figure tables."""

    text: str
    index: int  # in the document's flow
    level: int | None = None  # of a heading element (1-6), where the source has one
    linked: float = 0.0  # the share of its characters that stand inside links: navigation is near 1
    hidden: bool = False
    region: Literal["body", "navigation", "footer"] = "body"
    page: int | None = None
    spaced: str = ""  # the text with its spaces, and with the empty lines before it, where they may part cells


class Link(msgspec.Struct, gc=False):
    """A link with its text; ``url`` is absolute where the document has an address."""

    url: str
    text: str
    title: str = ""
    in_body: bool = True


@dataclass(slots=True)
class Image:
    """A picture that stands in the body (a scanned report, a table as a picture), with its size where known."""

    url: str
    alt: str = ""
    width: int | None = None
    height: int | None = None
    away: bool = False  # a link to another page: an advertisement or a button, no page of a scanned report


@dataclass(slots=True)
class ReaderProblem:
    """Something the reader could not do, in one sentence, with a stable code (``charset-guessed``, ``encrypted`` …)."""

    code: str
    message: str
    where: str = ""


@dataclass(slots=True)
class Document:
    """What a reader gives."""

    kind: Kind
    flow: list[Paragraph | Grid] = field(default_factory=list)
    title: str = ""  # <title>, the PDF's or Word file's own title
    headings: list[str] = field(default_factory=list)  # h1 and CMS title elements (<ucaptitle> …), best first
    meta: list[tuple[str, str]] = field(default_factory=list)  # names in lower case (pubdate, sitename …), all of them
    tagged: list[tuple[str, str]] = field(default_factory=list)  # CMS elements: ("publishtime", "2017-05-15 10:49:00")
    links: list[Link] = field(default_factory=list)
    frames: list[str] = field(default_factory=list)  # addresses of <iframe>s, embeds and script-loaded documents
    images: list[Image] = field(default_factory=list)
    drawing: bool = False  # a drawing that may hold a table (<canvas>) stands on the page
    address: str | None = None
    encoding: str | None = None  # the charset that was used, of text sources
    pages: int | None = None
    ocr: bool = False
    problems: list[ReaderProblem] = field(default_factory=list)
    #: A second way of reading from what the reader still holds, so that the file need not be opened again: of all
    #: grids, or of some by their numbers, which they keep.
    again: Callable[[frozenset[int] | None], Document | None] | None = field(default=None, repr=False, compare=False)
    #: The parts of the page that hold many lines, as their first and last paragraph: one of them is the article.
    boxes: list[tuple[Paragraph, Paragraph]] = field(default_factory=list, repr=False, compare=False)

    @property
    def grids(self) -> Iterator[Grid]:
        """The tables, in reading order."""
        return (part for part in self.flow if isinstance(part, Grid))

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        """The running text, in reading order."""
        return (part for part in self.flow if isinstance(part, Paragraph))
