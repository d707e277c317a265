"""Lines that stand alone in a row of a table, where the table is all that there is: a sheet saved as a page or text.

Title, headings and sentences of a sheet stand above and below its figures, each alone in its row.
"""

from __future__ import annotations

from reports.document import Document, Grid, Paragraph
from reports.readers.marks import PICTURE


def lines_around(grid: Grid) -> tuple[list[str], list[str]]:
    """The lines that stand alone in a row of a grid: those above its last row of cells, and those below."""
    above: list[str] = []
    below: list[str] = []
    for y in range(len(grid.rows)):
        filled = [cell for cell in grid.own_cells(y) if cell.text not in ("", PICTURE)]
        within = any(cell is not None and cell.row < y for cell in grid.rows[y])  # beside a cell merged downwards
        if len(filled) == 1 and not within:
            below.append(filled[0].text)
        elif filled:
            above += below
            below = []
    return above, below


def take_out(document: Document) -> None:
    """Makes paragraphs of such lines where the document begins with one, in the first row of its first table."""
    first = document.flow[0] if document.flow else None
    if not isinstance(first, Grid) or first.layout or first.hidden or not first.rows:
        return
    if sum(1 for cell in first.own_cells(0) if cell.text) != 1:
        return
    above, below = lines_around(first)
    taken = {*above, *below}
    rest = [part for part in document.flow[1:] if not isinstance(part, Paragraph) or part.text not in taken]
    document.flow = [*map(_paragraph, above), first, *map(_paragraph, below), *rest]
    for index, paragraph in enumerate(document.paragraphs):
        paragraph.index = index


def _paragraph(text: str) -> Paragraph:
    return Paragraph(text, 0)
