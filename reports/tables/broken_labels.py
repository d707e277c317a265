"""Labels that are broken over several lines of a text, with the row's figures beside one of the pieces."""

from __future__ import annotations

from reports.tables.labels import exact_labels
from reports.tables.listed import is_value
from reports.tables.rows import token_of

#: The cells of a row made of loose lines: each text, and table, row and column in the source's own grid.
LooseRow = list[tuple[str, tuple[int, int, int] | None]]

_MOST_PIECES = 5  # the longest label of the forms, ten characters a line
_ROWS = frozenset(("row", "kind", "block"))


def whole_labels(rows: list[LooseRow]) -> list[LooseRow]:
    """The rows with their broken labels joined: only where the pieces together are a label letter by letter."""
    taken: set[int] = set()
    joined: dict[int, LooseRow] = {}
    for place, row in enumerate(rows):
        at = _label_place(row)
        if at is None or _is_row_label(row[at][0]):
            continue
        before, after = _pieces(rows, place, -1, taken), _pieces(rows, place, 1, taken)
        found = _joined(row[at][0], before if at == 0 else [], after)
        if found is not None:
            label, above, below = found
            joined[place] = [*row[:at], (label, row[at][1]), *row[at + 1 :]]
            taken.update(range(place - above, place))
            taken.update(range(place + 1, place + 1 + below))
    return [joined.get(place, row) for place, row in enumerate(rows) if place not in taken]


def _label_place(row: LooseRow) -> int | None:
    """Where the text stands that the row's figures follow."""
    texts = [place for place, (text, _) in enumerate(row) if text and not is_value(token_of(text))]
    return texts[-1] if texts and len(row) > texts[-1] + 1 else None


def _is_row_label(text: str) -> bool:
    return any(label.kind in _ROWS for label in exact_labels(text))


def _pieces(rows: list[LooseRow], place: int, step: int, taken: set[int]) -> list[str]:
    """The lines beside a row that are nothing but a text, the nearest first."""
    found: list[str] = []
    place += step
    while 0 <= place < len(rows) and len(found) < _MOST_PIECES and place not in taken:
        (text, _), *others = rows[place]
        if others or is_value(token_of(text)):
            break
        found.append(text)
        place += step
    return found


def _joined(piece: str, before: list[str], after: list[str]) -> tuple[str, int, int] | None:
    """The label that the piece is part of, and how many of the lines above and below it belong to it."""
    for size in range(1, _MOST_PIECES + 1):
        for above in range(min(size, len(before)), -1, -1):
            below = size - above
            if below > len(after):
                continue
            label = "".join((*reversed(before[:above]), piece, *after[:below]))
            if _is_row_label(label):
                return label, above, below
    return None
