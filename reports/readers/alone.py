"""Lines that stand alone in a row of a table, where the table is all that there is: a sheet saved as a page or text.

Title, headings and sentences of a sheet stand above and below its figures, each alone in its row.
"""

from __future__ import annotations

from collections.abc import Iterator

from reports.document import Document, Grid, Paragraph
from reports.readers.marks import PICTURE


def alone_in(grid: Grid) -> Iterator[tuple[int, str]]:
    """The rows with one text, and that text."""
    for y in range(len(grid.rows)):
        filled = [cell for cell in grid.own_cells(y) if cell.text not in ("", PICTURE)]
        within = any(cell is not None and cell.row < y for cell in grid.rows[y])  # beside a cell merged downwards
        if len(filled) == 1 and not within:
            yield y, filled[0].text


def take_out(document: Document) -> None:
    """Makes paragraphs of such lines where the document begins with one, in the first row of its first table."""
    first = document.flow[0] if document.flow else None
    if not isinstance(first, Grid) or first.layout or first.hidden:
        return
    lines = list(alone_in(first))
    if not lines or lines[0][0] != 0:
        return
    texts = [text for _, text in lines]
    rest = [part for part in document.flow if not isinstance(part, Paragraph) or part.text not in texts]
    document.flow = [*(Paragraph(text, 0) for text in texts), *rest]
    for index, paragraph in enumerate(document.paragraphs):
        paragraph.index = index
