"""Tables by where words stand, with little or no help of ruled lines: for PDFs that have none, and as a second reading.

Figures of a column stand below each other, so the places of the figures are the columns, and every line with figures is
a row. The lines of a label, or of a heading, make one block; a row's label is the block beside its figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, pairwise, takewhile

from reports.document import Cell, Grid
from reports.readers.pdf.page import Glyph, PageContent
from reports.readers.pdf.unruled.blocks import Pitches, Separators
from reports.readers.pdf.unruled.columns import Range
from reports.readers.pdf.unruled.decimals import with_whole_decimals
from reports.readers.pdf.unruled.folded import with_whole_figures
from reports.readers.pdf.unruled.headings import is_article, is_whole
from reports.readers.pdf.unruled.letterspaced import with_whole_headings
from reports.readers.pdf.unruled.lists import lists_of
from reports.readers.pdf.unruled.notes import with_parted_notes, with_whole_notes
from reports.readers.pdf.unruled.placed import NOTE, PlacedTable
from reports.readers.pdf.unruled.words import Word, bands, body_of, figures, words
from reports.readers.typeset import one_line

_ALONE = 5
_MOST_HEADINGS = 8  # lines
_MANY_LINES = 12  # of a table: so many have distances of their own
_ASIDE = 0.6  # heights of characters, between the middles of a heading's lines
_BETWEEN = 0.3  # heights of characters, from line to line of a heading that a page break cut


@dataclass(slots=True)
class WordGrid:
    """A table found by its words, and the stretch of the page that it takes up."""

    grid: Grid
    top: float
    bottom: float
    columns: list[Range]
    waiting: list[list[Word]] = field(default_factory=list)  # headings that go on on the next page


def word_grids(page: PageContent, glyphs: Sequence[Glyph], above: WordGrid | None = None) -> list[WordGrid]:
    """The tables of a page, or of some of its characters, as far as figures in columns show them.

    ``above`` is the last one found before, on whose columns the first of this page may go on without headings.
    """
    across = Separators(page)
    body = body_of(words(glyphs, page.vertical), page.height)
    held = bands(body, page.width, least_awaited(page, above))
    of_page = Pitches(word for band in held for line in band for word in line)
    found: list[WordGrid] = []
    for part in chain.from_iterable(map(lists_of, chain.from_iterable(map(_by_articles, held)))):
        parts = with_parted_notes(part)
        band = with_whole_notes(with_whole_figures(with_whole_decimals(with_whole_headings(parts))))
        goes_on = above if not found and above is not None and above.grid.page == page.number - 1 else None
        inside = [word for line in band for word in line]
        pitches = Pitches(inside) if len(band) > _MANY_LINES else of_page
        top, bottom = min(word.top for word in inside), max(word.bottom for word in inside)
        if any(figures(line) for line in band):
            if goes_on is not None and goes_on.waiting:
                band = _below(goes_on.waiting, band)
            table = PlacedTable(band, across, pitches, goes_on.columns if goes_on is not None else ())
            found.append(WordGrid(table.grid(len(found), page.number), top, bottom, table.columns))
        else:
            found.append(WordGrid(_headings_only(band, len(found), page.number), top, bottom, []))
    begun = _begun(body[body.index(held[-1][-1]) + 1 :] if held else body)
    if begun:
        nothing = Grid(len(found), [], page=page.number, ruled=False)
        found.append(WordGrid(nothing, begun[0][0].top, begun[-1][0].bottom, [], begun))
    return found


def _begun(rest: list[list[Word]]) -> list[list[Word]]:
    """The headings of a table that a page break cuts in two, at the end of a page."""
    known = [
        at for at, line in enumerate(rest) if any(is_whole(word.text) and not is_article(word.text) for word in line)
    ]
    if not known or len(rest) - known[0] > _MOST_HEADINGS or any(figures(line) for line in rest[known[0] :]):
        return []
    return rest[known[0] :]


def _below(headings: list[list[Word]], band: list[list[Word]]) -> list[list[Word]]:
    """A band with the headings from the page before above it, as if there were no break.

    A heading that the break cuts stands right above its rest.
    """
    height = band[0][0].bottom - band[0][0].top
    floor = max(word.bottom for word in headings[-1])
    rests = [word for line in takewhile(lambda line: not figures(line), band) for word in line]
    cut = [word for line in headings for word in line if not is_whole(word.text)]
    moved: list[list[Word]] = []
    for line in headings:
        moved.append([])
        for word in line:
            down = band[0][0].top - floor - _BETWEEN * height
            if not is_whole(word.text) and (
                rest := next((each for each in rests if _share_a_middle(each, word)), None)
            ):
                last = max(
                    (each for each in cut if each is word or _share_a_middle(each, word)), key=lambda each: each.top
                )
                down = rest.top - last.bottom - _BETWEEN * height
            moved[-1].append(replace(word, top=word.top + down, bottom=word.bottom + down))
    return [*moved, *band]


def _share_a_middle(one: Word, other: Word) -> bool:
    return abs(one.centre - other.centre) < _ASIDE * (other.bottom - other.top)


def least_awaited(page: PageContent, above: WordGrid | None) -> int:
    """How many figures side by side are a table's, though they are the only row on the page.

    One, where the page before ended in headings; two, where it ended in a table; else five.
    """
    if above is None or above.grid.page != page.number - 1:
        return _ALONE
    return 2 if above.columns else 1


def _by_articles(band: list[list[Word]]) -> list[list[list[Word]]]:
    """A band cut above each article of the law that stands alone in its line: below each, table 2 has other columns."""
    starts = [at for at, line in enumerate(band) if at and len(line) == 1 and is_article(line[0].text)]
    return [band[start:end] for start, end in pairwise([0, *starts, len(band)])]


def _headings_only(band: list[list[Word]], index: int, page: int) -> Grid:
    """Headings whose figures stand on the next page."""
    width = max(len(line) for line in band)
    rows: list[list[Cell | None]] = []
    for y, line in enumerate(band):
        texts = [one_line(word.text) for word in line] + [""] * (width - len(line))
        rows.append([Cell(text, y, x) for x, text in enumerate(texts)])
    return Grid(index, rows, page=page, ruled=False, uncertain=[NOTE])
