"""What on a page looks like one of the tables again, and was not read: turned round, drawn, or cut to pieces."""

from __future__ import annotations

import functools
from collections.abc import Iterable

import data
from reports.document import Document, Grid, Paragraph
from reports.metadata.attachments import attachments
from reports.record import Table
from reports.tables.labels import exact_labels, fold
from reports.tables.limits import MOST_ROWS
from reports.tables.rows import OWN_ROWS, Reading

_LONGEST = 90  # characters of a label with its notes
_WIDE, _HIGH = 300, 150  # pixels of the smallest picture of a table
_LONGEST_HEADING = 24  # characters
_FEWEST = {"proactive": 3, "applications": 4, "review": 3}  # labels of one form: running text names fewer
_NEARLY_ALL = {"proactive": 8, "applications": 12, "review": 6}
_FIGURES = {"proactive": 8, "applications": 60, "review": 13}
_KINDS = {"proactive": {"figure", "kind"}, "applications": {"row"}, "review": {"outcome", "block"}}


def whole_again(grids: Iterable[Grid], table: Table) -> bool:
    """Whether one of these grids, of which no figure was read, is the table again, with nearly all its labels."""
    return any(_is_whole(grid, table) for grid in grids)


def _is_whole(grid: Grid, table: Table) -> bool:
    texts = [cell.text for row in range(min(len(grid.rows), MOST_ROWS)) for cell in grid.own_cells(row)]
    if sum(text.isdecimal() for text in texts) < _FIGURES[table]:
        return False
    kinds = _KINDS[table]
    found = {
        (label.kind, label.key)
        for text in texts
        if 1 < len(text) <= _LONGEST and not text.isdecimal()
        for label in exact_labels(text)
        if label.kind in kinds and label.key not in OWN_ROWS
    }
    return len(found) >= _NEARLY_ALL[table]


@functools.cache
def _last_sections() -> frozenset[str]:
    return frozenset(fold(text) for text in data.load_yaml("forms/headings.yaml")["last_section"])


@functools.cache
def _named_as_tables() -> tuple[str, ...]:
    return tuple(data.load_yaml("forms/headings.yaml")["linked_tables"])


def links_tables(document: Document) -> bool:
    """Whether the page links a file that is named as one of tables."""
    return any(word in file.name for file in attachments(document) for word in _named_as_tables())


def shows_pictures(document: Document) -> bool:
    """Whether the page shows pictures, drawings or frames that could hold a table: of no known size, or as large."""
    return (
        document.drawing
        or bool(document.frames)
        or any((image.width or _WIDE) >= _WIDE and (image.height or _HIGH) >= _HIGH for image in document.images)
    )


def is_behind_the_end(document: Document, first: int) -> bool:
    """Whether the report's last section (六、其他需要报告的事项) begins before this place of the flow."""
    return any(
        isinstance(part, Paragraph) and len(part.text) <= _LONGEST_HEADING and fold(part.text) in _last_sections()
        for part in document.flow[:first]
    )


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
