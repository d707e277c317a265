"""Rows whose figures stand in lines of their own behind headings: ``予以公开``, ``自然人：12``, ``商业企业：3``."""

from __future__ import annotations

from reports.tables.applications_form import COLUMNS
from reports.tables.listed import is_value
from reports.tables.rows import Token, token_of

#: A text of a run of lines, with its table, row and column in the source's own grid where it has one.
Piece = tuple[str, tuple[int, int, int] | None]

_ROWS = ("row", "kind", "block")
_LEAST_PAIRS = 3
_LEAST = {"column": len(COLUMNS) - 2, "outcome": 5, "figure": 1}  # headings of one kind that make a row


def as_rows(run: list[Piece]) -> list[Piece]:
    """The run with the headings of each such row before its label and the figures behind it, as a table prints them."""
    tokens = [token_of(text) for text, _ in run]
    if not _prints_pairs(tokens):
        return run
    found: list[Piece] = []
    at = 0
    while at < len(run):
        headings, values, end = _pairs(run, tokens, at + 1) if _names_row(tokens[at]) else ([], [], at)
        if headings:
            found += [*headings, run[at], *values]
            at = end
        else:
            found.append(run[at])
            at += 1
    return found


def _prints_pairs(tokens: list[Token]) -> bool:
    """Figures stand between two headings each, again and again: so no table prints them whose header goes before."""
    between = [
        value
        for one, value, other in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if is_value(value) and any(one.label(kind) and other.label(kind) for kind in _LEAST)
    ]
    return len(between) >= _LEAST_PAIRS


def _names_row(token: Token) -> bool:
    return any(label.kind in _ROWS for label in token.labels)


def _pairs(run: list[Piece], tokens: list[Token], at: int) -> tuple[list[Piece], list[Piece], int]:
    """The headings and the figures of the pairs from here on, and where they end; nothing where they are no row."""
    for kind, least in _LEAST.items():
        headings: list[Piece] = []
        values: list[Piece] = []
        keys: set[str] = set()
        end = at
        while end < len(run) and (label := tokens[end].label(kind)) is not None and label.key not in keys:
            if end + 1 < len(run) and is_value(tokens[end + 1]):
                value, after = run[end + 1], end + 2
            else:
                value, after = ("", run[end][1]), end + 1  # a blank leaves its heading alone
            keys.add(label.key)
            headings.append(run[end])
            values.append(value)
            end = after
        if len(keys) >= least and not (end < len(run) and is_value(tokens[end])):
            return headings, values, end
    return [], [], at
