"""PDF to a ``Document``: the text layer and the ruled lines, by pdfium."""

from __future__ import annotations

import functools
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pypdfium2

from reports.document import Document, Grid, Image, Paragraph, ReaderProblem
from reports.readers.pdf import lines as pdf_lines
from reports.readers.pdf.breaks import mend_break
from reports.readers.pdf.content import page_content
from reports.readers.pdf.lines import PrintedLine
from reports.readers.pdf.page import Glyph, PageContent
from reports.readers.pdf.ruled.lattice import SNAP, Lattice, lattices
from reports.readers.pdf.ruled.ruled import Contents, edges, holds_stacks, parted, ruled_grid
from reports.readers.pdf.running import without_running_heads
from reports.readers.pdf.seen.layers import has_layers
from reports.readers.pdf.seen.names import misnamed_digits
from reports.readers.pdf.seen.pictured import pictured_figures
from reports.readers.pdf.seen.sight import Sight, tell_garbled, tell_text_layer
from reports.readers.pdf.struck import tell_struck
from reports.readers.pdf.two_up import halves
from reports.readers.pdf.unruled.cut_labels import mend_label
from reports.readers.pdf.unruled.headings import is_whole
from reports.readers.pdf.unruled.unruled import WordGrid, least_awaited, word_grids
from reports.readers.pdf.untrailed import with_trailer

MOST_PAGES = 300  # a report has 5 to 30; a year book of 2,000 is read to here, and says so
SECONDS = 5.0  # of work, not by the clock: how busy the machine is must not decide what is read
_HELD = 60  # pages: of more the second reading opens the file again, for the sake of memory


def read_pdf(source: bytes, url: str | None = None) -> Document:
    """The file as a document; damaged, encrypted, picture-only and overlong files say so in their problems."""
    document = Document("pdf", address=url)
    with _opened(source, document) as file:
        if file is None:
            return document
        document.title = _title(file)
        started = time.process_time()
        flow = _Flow(document)
        characters = pictures = 0
        seen = Sight()
        held: list[PageContent] = []
        for page in without_running_heads(_pages(file, document, started, source)):
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
        document.again = functools.partial(by_words, held, first=list(document.grids))
    seen.tell(document)
    tell_text_layer(document, characters, pictures)
    tell_garbled(document)
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
        pages = _pages(file, document, time.process_time(), source) if file is not None else ()
        return by_words(without_running_heads(pages)) if file is not None else None


def by_words(
    pages: Iterable[PageContent], wanted: frozenset[int] | None = None, first: Sequence[Grid] = ()
) -> Document:
    """The tables of pages by the places of their words alone.

    ``wanted``: only these of the ``first`` reading's grids, by their numbers, if rules show where they are.
    """
    document = Document("pdf")
    chosen = [grid for grid in first if wanted is not None and grid.index in wanted]
    if not all(grid.ruled for grid in chosen):
        chosen = []
    above: WordGrid | None = None
    for page in pages:
        here = [grid for grid in chosen if grid.page == page.number]
        parts = [(_within(page, grid), grid.index) for grid in here]
        for glyphs, index in parts if chosen else [(page.glyphs, len(document.flow))]:
            for number, found in enumerate(word_grids(page, glyphs, above)):
                if above is not None and above.grid.page == page.number - 1:
                    mend_label(above.grid, found.grid)
                above = found
                if found.grid.rows:
                    found.grid.index = index + number
                    document.flow.append(found.grid)
    return document


def _within(page: PageContent, grid: Grid) -> list[Glyph]:
    """The characters of a ruled grid, with those that a page break leaves below its last rule."""
    boxes = [cell.box for row in grid.rows for cell in row if cell is not None and cell.box is not None]
    top, bottom = min(box.top for box in boxes), max(box.bottom for box in boxes)
    left, right = min(box.left for box in boxes), max(box.right for box in boxes)
    bottom += pdf_lines.usual_size(page.glyphs)
    return [
        glyph
        for glyph in page.glyphs
        if top <= (glyph[2] + glyph[4]) / 2 <= bottom and left <= (glyph[1] + glyph[3]) / 2 <= right
    ]


def _title(file: Any) -> str:
    try:
        return str(file.get_metadata_value("Title") or "").strip()
    except UnicodeDecodeError:
        return ""  # half of a character: the title of a damaged file is no reason not to read its pages


def _file(source: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        mended = None if _asks_for_password(error) else with_trailer(source)
        if mended is None:
            raise
        return pypdfium2.PdfDocument(mended)


def _asks_for_password(error: pypdfium2.PdfiumError) -> bool:
    return "assword" in str(error) or "ecurity" in str(error)


@contextmanager
def _opened(source: bytes, document: Document) -> Iterator[Any]:
    try:
        file = _file(source)
        document.pages = len(file)
    except pypdfium2.PdfiumError as error:
        code, message = "damaged", f"the file is not a PDF that can be opened: {error}"
        if _asks_for_password(error):
            code, message = "encrypted", "the PDF asks for a password"
        document.problems.append(ReaderProblem(code, message))
        yield None
        return
    try:
        yield file
    finally:
        file.close()


def _pages(file: Any, document: Document, started: float, source: bytes) -> Iterator[PageContent]:
    count = len(file)
    misnamed, layered = misnamed_digits(source), has_layers(source)
    two_up = False  # the sheet before held two pages
    shown = 0  # pages: where a sheet holds two, they are counted each
    for number in range(min(count, MOST_PAGES)):
        if time.process_time() - started > SECONDS:
            document.problems.append(
                ReaderProblem(
                    "cut", f"only the first {number} of {count} pages were read: time was up", f"page {number + 1}"
                )
            )
            return
        content = page_content(file, number, layered)
        if content is None:
            shown += 1
            document.problems.append(ReaderProblem("damaged", "a page cannot be loaded", f"page {number + 1}"))
            continue
        if content.cut:
            document.problems.append(
                ReaderProblem("cut", "a page holds too much to be read whole", f"page {number + 1}")
            )
        if misnamed:
            content.untell(misnamed)
        parts = halves(content, two_up)
        two_up = len(parts) == 2
        document.pages = (document.pages or 0) + len(parts) - 1
        for part in parts:
            part.number = shown
            shown += 1
            tell_struck(part)
            yield part
    if count > MOST_PAGES:
        document.problems.append(ReaderProblem("cut", f"only the first {MOST_PAGES} of {count} pages were read"))


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
        self.digits_apart = 0.0  # how far apart the digits of figures in ruled tables are set
        self.shaded: list[float] = []  # the edges of the columns of the last table, on the page before

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
    tables = lattices(page.horizontal, page.vertical, page.glyphs, page.height)
    if page.drawings:
        page.glyphs += pictured_figures(page, tables)
    ruled, outside = parted(page, tables)
    if not tables and (len(page.areas) >= _FEWEST_AREAS or (page.areas and flow.shaded)):
        # highlighted lines of text are areas too, so only what has the shape of a table counts
        drawn = [
            table
            for table in lattices(*edges(page), page.glyphs)
            if len(table.xs) > 2 and (len(table.ys) > 3 or _goes_on(table, flow.shaded))
        ]
        shaded, around = parted(page, drawn)
        if not _has_figures(pdf_lines.lines(around)) and not any(map(holds_stacks, (held for _, held in shaded))):
            ruled, outside = shaded, around  # else every other row is shaded, and the words tell more
            tables = drawn
    flow.shaded = tables[-1].xs if tables and page.areas else []
    free = [line for line in pdf_lines.lines(outside) if not pdf_lines.is_page_number(line, page.height)]
    parts: list[tuple[float, int, PrintedLine | Grid | tuple[Lattice, Contents]]] = []
    if _has_figures(free, least_awaited(page, flow.unruled) <= 2):
        for found in word_grids(page, outside, flow.unruled):
            if flow.unruled is not None and flow.unruled.grid.page == page.number - 1:
                mend_label(flow.unruled.grid, found.grid)
            flow.unruled = found
            free = [line for line in free if not found.top <= (line.top + line.bottom) / 2 <= found.bottom]
            if found.grid.rows:
                parts.append((found.top, 0, found.grid))
    held = [glyphs for _, contents in ruled for _, glyphs in contents.values()]
    flow.digits_apart = pdf_lines.digits_apart(held, flow.digits_apart)
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
            flow.table(*ruled_grid(*part, flow.grids, page.number, flow.digits_apart))


def _goes_on(table: Lattice, above: list[float]) -> bool:
    """Whether a table has all its columns' edges from the last table of the page before."""
    return bool(above) and all(any(abs(x - other) < SNAP for other in above) for x in table.xs)


def _has_figures(printed: Iterable[PrintedLine], awaited: bool = False) -> bool:
    """Whether some lines may be rows of a table without ruled lines; one is enough below a table cut by the break."""
    ends = int(awaited)
    for line in printed:
        if " " in line.text and _FIGURES_IN_A_ROW.search(line.text):
            return True
        ends += bool(_FIGURES_AT_THE_END.search(line.text)) or any(is_whole(word) for word in line.text.split())
        if ends >= 2:
            return True
    return False
