"""What on a page looks like one of the tables again, and was not read: turned round, drawn, or cut to pieces."""

from __future__ import annotations

from reports.document import Document, Paragraph
from reports.tables.belonging import OWN_ROWS
from reports.tables.labels import exact_labels
from reports.tables.rows import Reading

_LONGEST = 90  # characters of a label with its notes
_FEWEST = {"proactive": 3, "applications": 4, "review": 3}  # labels of one form: running text names fewer
_KINDS = {"proactive": {"figure", "kind"}, "applications": {"row"}, "review": {"outcome", "block"}}


def names_again(document: Document, reading: Reading) -> bool:
    """Whether several labels of the table's form stand on the page outside the grids that it was read from."""
    read = {grid.index for grid in reading.grids}
    kinds, fewest = _KINDS[reading.table], _FEWEST[reading.table]
    found: set[tuple[str, str]] = set()
    for part in document.flow:
        if part.hidden or (not isinstance(part, Paragraph) and part.index in read):
            continue
        texts = (
            (part.text,)
            if isinstance(part, Paragraph)
            else (cell.text for row in range(len(part.rows)) for cell in part.own_cells(row))
        )
        for text in texts:
            if 1 < len(text) <= _LONGEST and not text.isdigit():
                found |= {
                    (label.kind, label.key)
                    for label in exact_labels(text)
                    if label.kind in kinds and label.key not in OWN_ROWS
                }
        if len(found) >= fewest:
            return True
    return False
