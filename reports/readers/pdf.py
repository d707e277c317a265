"""PDF to a ``Document``: the text layer and the ruled lines, by pdfium."""

from __future__ import annotations

import functools
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2

from reports.document import Box, Cell, Document, Grid, Image, Paragraph, ReaderProblem
from reports.readers import pdf_lines
from reports.readers.pdf_breaks import mend_break
from reports.readers.pdf_content import page_content
from reports.readers.pdf_headings import is_whole
from reports.readers.pdf_lattice import Lattice, Slot, lattices, without_slivers
from reports.readers.pdf_lines import PrintedLine
from reports.readers.pdf_page import UNREADABLE, Glyph, PageContent, Rule
from reports.readers.pdf_unruled import WordGrid, least_awaited, word_grids
from reports.readers.pdf_words import figures, words

MOST_PAGES = 300  # a report has 5 to 30; a year book of 2,000 is read to here, and says so
SECONDS = 5.0  # of work, not by the clock: how busy the machine is must not decide what is read
_HELD = 60  # pages: of more the second reading opens the file again, for the sake of memory


def read_pdf(source: bytes, url: str | None = None) -> Document:
    """The file as a document; damaged, encrypted, picture-only and overlong files say so in their problems."""
    document = Document("pdf", address=url)
    with _opened(source, document) as file:
        if file is None:
            return document
        document.title = (file.get_metadata_dict().get("Title") or "").strip()
        started = time.process_time()
        flow = _Flow(document)
        characters = pictures = 0
        seen = _Sight()
        held: list[PageContent] = []
        for page in _pages(file, document, started):
            if page.number < _HELD:
                held.append(page)
            characters += len(page.glyphs)
            seen.add(page)
            if not page.glyphs and page.images:
                pictures += 1
                document.images += [Image(f"#page={page.number + 1}", "", int(w), int(h)) for w, h in page.images[:1]]
            _add_page(page, flow)
        flow.end()
    if len(held) == document.pages:
        document.again = functools.partial(by_words, held, grids=[grid.page or 0 for grid in document.grids])
    _judge_sight(document, seen)
    _judge_text_layer(document, characters, pictures)
    return document


def document_of_pages(document: Document, pages: Iterable[PageContent]) -> None:
    """Lays pages out into a document that has been opened in some other way."""
    flow = _Flow(document)
    for page in pages:
        _add_page(page, flow)
    flow.end()


def read_pdf_again(source: bytes) -> Document | None:
    """The tables of the file by the places of words alone; None where the file cannot be opened."""
    document = Document("pdf")
    with _opened(source, document) as file:
        return by_words(_pages(file, document, time.process_time())) if file is not None else None


def by_words(pages: Iterable[PageContent], wanted: frozenset[int] | None = None, grids: Sequence[int] = ()) -> Document:
    """The tables of pages by the places of their words alone.

    Of the ``wanted`` pages, where those are few: then tables are counted from the number of ``grids`` (the pages of the
    first reading's) before theirs.
    """
    document = Document("pdf")
    start = sum(page < min(wanted) for page in grids) if wanted else 0
    above: WordGrid | None = None
    for page in pages if wanted is None else (page for page in pages if page.number in wanted):
        for found in word_grids(page, page.glyphs, above):
            above = found
            if found.grid.rows:
                found.grid.index = start + len(document.flow)
                document.flow.append(found.grid)
    return document


@contextmanager
def _opened(source: bytes, document: Document) -> Iterator[Any]:
    try:
        file = pypdfium2.PdfDocument(source)
        document.pages = len(file)
    except pypdfium2.PdfiumError as error:
        code, message = "damaged", f"the file is not a PDF that can be opened: {error}"
        if "assword" in str(error) or "ecurity" in str(error):
            code, message = "encrypted", "the PDF asks for a password"
        document.problems.append(ReaderProblem(code, message))
        yield None
        return
    try:
        yield file
    finally:
        file.close()


def _pages(file: Any, document: Document, started: float) -> Iterator[PageContent]:
    count = len(file)
    for number in range(min(count, MOST_PAGES)):
        if time.process_time() - started > SECONDS:
            document.problems.append(
                ReaderProblem(
                    "cut", f"only the first {number} of {count} pages were read: time was up", f"page {number + 1}"
                )
            )
            return
        content = page_content(file, number)
        if content is None:
            document.problems.append(ReaderProblem("damaged", "a page cannot be loaded", f"page {number + 1}"))
            continue
        if content.cut:
            document.problems.append(
                ReaderProblem("cut", "a page holds too much to be read whole", f"page {number + 1}")
            )
        yield content
    if count > MOST_PAGES:
        document.problems.append(ReaderProblem("cut", f"only the first {MOST_PAGES} of {count} pages were read"))


_Contents = dict[int, tuple[Slot, list[Glyph]]]  # of a ruled table: its cells that hold characters
_UNDER = 60.0  # points: from a ruled header to the first row below it
_FEWEST_AREAS = 6  # of a table drawn as coloured cells
_VALUE = r"(?:[\d０-９]+(?: ?[.,，．] ?[\d０-９]+)*[件条项个]?|[/／\-－—])"
_FIGURES_IN_A_ROW = re.compile(rf"(?:^|\s){_VALUE}\s+{_VALUE}(?:\s+{_VALUE}(?:\s|$)|$)")
_FIGURES_AT_THE_END = re.compile(rf"\s{_VALUE}$")


class _Flow:
    """Lines become paragraphs as they come, over page breaks; tables stand between them."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.pending: str | None = None
        self.last: PrintedLine | None = None
        self.margins: pdf_lines.Margins | None = None
        self.page = 0
        self.began = 0
        self.paragraphs = 0
        self.grids = 0
        self.above: tuple[Grid, set[tuple[int, int]]] | None = None  # the ruled table before
        self.unruled: WordGrid | None = None  # the last table without lines

    def line(self, line: PrintedLine, page: int) -> None:
        before = self.last if self.pending is not None else None
        if (
            before is not None
            and self.margins is not None
            and self.pending is not None
            and pdf_lines.continues(before, line, self.margins, over_page=page != self.page)
        ):
            self.pending = pdf_lines.joined(self.pending, line.text)
        else:
            self.end()
            self.pending, self.began = line.text, page
        self.last, self.page = line, page

    def table(self, grid: Grid, full: set[tuple[int, int]]) -> None:
        """A ruled table. ``full`` are the cells whose last line is full: the page break may have cut them."""
        above, self.above = self.above, (grid, full)
        if above is not None and above[0].page == (grid.page or 0) - 1:
            mend_break(above[0], above[1], grid)
        if grid.rows:
            self.grid(grid)

    def grid(self, grid: Grid) -> None:
        self.end()
        self.document.flow.append(grid)
        self.grids += 1

    def end(self) -> None:
        if self.pending:
            self.document.flow.append(Paragraph(self.pending, self.paragraphs, page=self.began))
            self.paragraphs += 1
        self.pending = None


def _add_page(page: PageContent, flow: _Flow) -> None:
    size = pdf_lines.usual_size(page.glyphs)
    tables = lattices(page.horizontal, page.vertical, size)
    ruled, outside = _sorted(page, tables)
    if not tables and len(page.areas) >= _FEWEST_AREAS:
        # highlighted lines of text are areas too, so only what has the shape of a table counts
        drawn = [table for table in lattices(*_from_areas(page), size) if len(table.xs) > 2 and len(table.ys) > 3]
        shaded, around = _sorted(page, drawn)
        if not _has_figures(pdf_lines.lines(around)):
            ruled, outside = shaded, around  # else every other row is shaded, and the words tell more
    free = [line for line in pdf_lines.lines(outside) if not pdf_lines.is_page_number(line, page.height)]
    parts: list[tuple[float, int, PrintedLine | Grid | tuple[Lattice, _Contents]]] = []
    if _has_figures(free, least_awaited(page, flow.unruled) == 1):
        for found in word_grids(page, outside, flow.unruled):
            flow.unruled = found
            free = [line for line in free if not found.top <= (line.top + line.bottom) / 2 <= found.bottom]
            if found.grid.rows:
                parts.append((found.top, 0, found.grid))
    flow.margins = pdf_lines.margins(free, page.width) or flow.margins
    parts += [(line.top, 1, line) for line in free]
    parts += [(table.ys[0], 0, (table, contents)) for table, contents in ruled]
    for _, _, part in sorted(parts, key=lambda each: (each[0], each[1])):
        if isinstance(part, PrintedLine):
            flow.line(part, page.number)
        elif isinstance(part, Grid):
            part.index = flow.grids
            flow.grid(part)
        else:
            flow.table(*_grid(*part, flow.grids, page.number))


def _has_figures(printed: Iterable[PrintedLine], awaited: bool = False) -> bool:
    """Whether some lines may be rows of a table without ruled lines; one is enough where headings await them."""
    ends = int(awaited)
    for line in printed:
        if _FIGURES_IN_A_ROW.search(line.text):
            return True
        ends += bool(_FIGURES_AT_THE_END.search(line.text)) or any(is_whole(word) for word in line.text.split())
        if ends >= 2:
            return True
    return False


def _sorted(page: PageContent, tables: list[Lattice]) -> tuple[list[tuple[Lattice, _Contents]], list[Glyph]]:
    """The page's characters by the cells of its ruled tables, and those outside of any.

    A box around text, an underline that meets a margin line, or a frame around a table without lines is no ruled table:
    what it holds counts as outside.
    """
    inside: list[_Contents] = [{} for _ in tables]
    outside: list[Glyph] = []
    held = outside
    overrun, spaced = page.overrun, page.spaced
    before = outside
    around: Slot | None = None  # the cell of the character before: the next one is mostly in the same
    x1 = x2 = y1 = y2 = 0.0
    for place, glyph in enumerate(page.glyphs):
        if place not in overrun:  # a digit drawn in one piece with the digit before stays with it
            character, left, top, right, bottom = glyph
            x, y = (left + right) / 2, (top + bottom) / 2
            if not (x1 <= x < x2 and y1 <= y < y2):
                held, around = outside, None
                x2 = x1
                for number, table in enumerate(tables):
                    around = table.at(x, y)
                    if around is not None:
                        x1, y1, x2, y2 = around.left, around.top, around.right, around.bottom
                        held = inside[number].setdefault(id(around), (around, []))[1]
                        break
            if around is not None and character.isdigit() and _is_across(glyph, around):
                glyph = glyph._replace(text=UNREADABLE)
            elif (
                place in spaced and held is not before and before
            ):  # one number over a line, or two that are drawn together
                before[-1] = before[-1]._replace(text=UNREADABLE)
                glyph = glyph._replace(text=UNREADABLE)
            before = held
        held.append(glyph)
    ruled = []
    for table, contents in zip(tables, inside, strict=True):
        few = len(table.xs) <= 3 or not page.vertical
        if (
            len(table.xs) == 2
            or (len(contents) <= 1 and len(table.xs) <= 3)
            or (few and _holds_rows(contents))
            or _is_header(table, contents, outside, tables)
        ):
            outside += [glyph for _, glyphs in contents.values() for glyph in glyphs]
        else:
            ruled.append((table, contents))
    return ruled, outside


def _holds_rows(contents: _Contents) -> bool:
    """Whether some cell holds figures side by side: the table's own lines do not part all of its columns."""
    return any(
        sum(glyph[0].isdigit() for glyph in glyphs) >= 3 and any(figures(line) >= 3 for line in words(glyphs))
        for _, glyphs in contents.values()
    )


def _is_header(table: Lattice, contents: _Contents, outside: list[Glyph], tables: list[Lattice]) -> bool:
    """Whether a table is only the ruled headings of figures that stand below it, between no lines."""
    if any(glyph[0].isdigit() and len(glyphs) < 3 for _, glyphs in contents.values() for glyph in glyphs):
        return False
    bottom = table.ys[-1]
    under = [glyph for glyph in outside if 0 < glyph.top - bottom < _UNDER and table.xs[0] < glyph.left < table.xs[-1]]
    if any(0 <= other.ys[0] - bottom < _UNDER for other in tables) or not under:
        return False
    return any(figures(line) >= 2 for line in words(under))


def _is_across(glyph: Glyph, slot: Slot) -> bool:
    """Whether a digit drawn by itself lies on a line between two cells: whose it is, only a person can see."""
    over = 0.3 * (glyph.right - glyph.left)
    return glyph.left < slot.left - over or glyph.right > slot.right + over


def _from_areas(page: PageContent) -> tuple[list[Rule], list[Rule]]:
    """The edges of filled rectangles, where a table is drawn as coloured cells instead of lines."""
    across = [Rule(y, left, right) for left, top, right, bottom in page.areas for y in (top, bottom)]
    down = [Rule(x, top, bottom) for left, top, right, bottom in page.areas for x in (left, right)]
    return across, down


def _grid(table: Lattice, contents: _Contents, index: int, page: int) -> tuple[Grid, set[tuple[int, int]]]:
    """The table as a grid, and the places of cells whose last line is full."""
    table = without_slivers(table, lambda slot: id(slot) in contents)
    cells: dict[int, Cell] = {}
    rows: list[list[Cell | None]] = []
    wrapped: list[str] = []
    full: set[tuple[int, int]] = set()
    apart = pdf_lines.tracking(glyphs for _, glyphs in contents.values())
    for slot_row in table.slots:
        row: list[Cell | None] = []
        for slot in slot_row:
            cell = cells.get(id(slot))
            if cell is None:
                held = contents.get(id(slot))
                read = pdf_lines.cell_text(held[1] if held else (), slot.left, slot.right, apart)
                if read.guessed:
                    wrapped.append(f"digits of a number were joined over a line break, row {slot.row}")
                if read.full:
                    full.add((slot.row, slot.column))
                cell = cells[id(slot)] = Cell(read.text, slot.row, slot.column, slot.rowspan, slot.colspan,
                                              Box(page, slot.left, slot.top, slot.right, slot.bottom))  # fmt: skip
            row.append(cell)
        rows.append(row)
    return Grid(index, rows, page=page, uncertain=[*table.uncertain, *wrapped]), full


@dataclass(slots=True)
class _Sight:
    """What of the file's text is on its pages for a reader's eye."""

    outside: int = 0
    unseen: int = 0
    recognised: int = 0
    watermark: int = 0

    def add(self, page: PageContent) -> None:
        self.watermark += page.watermark
        self.outside += page.outside
        self.unseen += page.unseen
        self.recognised += page.recognised


def _judge_sight(document: Document, sight: _Sight) -> None:
    if sight.outside:
        message = f"{sight.outside} characters stand outside the visible part of their pages and were left out"
        document.problems.append(ReaderProblem("text-off-page", message))
    if sight.watermark:
        message = f"{sight.watermark} characters of watermarks, at an angle or large and faint, were left out"
        document.problems.append(ReaderProblem("watermark", message))
    if sight.unseen:
        message = (
            f"{sight.unseen} digits that are drawn invisibly, in white or under something else count as unreadable"
        )
        document.problems.append(ReaderProblem("text-unseen", message))
    if sight.recognised:
        document.ocr = True
        message = f"on {sight.recognised} of the pages the text was recognised from a picture by another program"
        document.problems.append(ReaderProblem("text-recognised", message))


def _judge_text_layer(document: Document, characters: int, pictures: int) -> None:
    if characters == 0 and not any(problem.code == "damaged" for problem in document.problems):
        message = "the pages are pictures without a text layer" if pictures else "the pages hold no text"
        document.problems.append(ReaderProblem("no-text-layer", message))
    elif pictures:
        document.problems.append(ReaderProblem("no-text-layer", f"{pictures} of the pages are pictures without text"))
