"""Headings of table 2 that lines cut: 本年制 in one line, 发件数 behind the other headings or in the line below.

A piece that a typing error would explain (发件数 for 本年制发件数) stands behind the headings that were printed beside
its beginning. Taken for a heading at its own place it would give every figure of the row to its neighbour, and no sum
of table 2 would tell.
"""

from __future__ import annotations

from reports.document import Cell
from reports.tables.labels import Label, exact_labels
from reports.tables.rows import Row

_KINDS = ("figure", "content", "paragraph", "kind")


def unexplained(row: Row) -> list[Cell]:
    """The texts of a row of headings that are no label and no figure."""
    pairs = zip(row.cells, row.tokens, strict=True)
    return [
        cell for cell, token in pairs
        if cell.text and not token.numeric and not any(token.label(kind) for kind in _KINDS)
    ]  # fmt: skip


def with_cut_ones(row: Row) -> list[tuple[Cell, Label]]:
    """The headings of a row and their places; one whose beginning stands before it in the row has the beginning's."""
    named = list(row.labels("figure"))
    pieces = unexplained(row) if not row.grid.ruled else []
    for number, (cell, label) in enumerate(named):
        before = [piece for piece in pieces if piece.column < cell.column]
        for piece in before if label.alias or not label.exact else ():
            if (whole := _whole(piece.text, cell.text)) is not None and whole.key == label.key:
                named[number] = piece, whole
    return named


def _whole(beginning: str, end: str) -> Label | None:
    """The heading that two pieces make, if it is one letter by letter and its beginning alone is none."""
    if any(label.kind == "figure" for label in exact_labels(beginning)):
        return None
    return next((label for label in exact_labels(beginning + end) if label.kind == "figure"), None)
