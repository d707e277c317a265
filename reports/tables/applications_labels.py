"""Which row of table 3 the texts before its figures name."""

from __future__ import annotations

from reports.tables.applications_form import GROUP_OF, OTHERS, group_number_of, number_of
from reports.tables.labels import Label, fold, labels_of
from reports.tables.rows import Row, Token


def label_of(row: Row, count: int) -> tuple[int, Label | None]:
    """Where the ``count`` figures of a row begin, and the last label before them."""
    end, found = 0, None
    for place, token in enumerate(row.tokens):
        label = (token.label("row") or token.label("group")) if token.labels else None
        if label is not None:
            end = place + 1
            if found is None or not _is_group_of(token, found):
                found = label
        elif token.numeric and found is not None:
            break  # a figure before the first label is the row's serial number
    if found is None:
        for place, token in enumerate(row.tokens):
            if place == 0 and token.numeric and _is_named_behind(row, count):
                continue  # the serial number of a row of the organ's own
            if _is_name(token):
                end = place + 1
            elif token.numeric or token.value.state == "dash":
                break
    elif found.kind == "group":  # a row of the organ's own beside its group: 其中：网上申请
        while end < len(row.tokens) - count and _is_name(row.tokens[end]):
            end, found = end + 1, None
    return end, found


def _is_group_of(token: Token, found: Label) -> bool:
    """A group's name behind the name of one of its rows: lines put it there whose places were sorted by their left."""
    group = token.label("group")
    return found.kind == "row" and group is not None and group.key == GROUP_OF[found.key] != "result"


def named_by(row: Row, start: int, label: Label | None) -> Token | None:
    """The text before a row's figures that this label was found in."""
    return next((token for token in reversed(row.tokens[:start]) if label in token.labels), None)


def key_of(label: Label | None, token: Token | None, group: str, last: str | None) -> str | None:
    """The form's row that a label names in its group; ``last`` is the row that went before."""
    if label is None or token is None:
        return None
    as_row = token.label("row")
    if as_row is None:
        return None
    key = as_row.key
    if key == "other_other":
        in_others = group == "other" or (as_row.number in ("3", "") and last in OTHERS)
        return key if in_others else None
    if key == "handled_total":
        if as_row.number == "八" and as_row.exact and not as_row.alias:
            return key if last in (*OTHERS, "other_outcome") else None  # behind an outcome of the organ's own, （七）
        if as_row.number == "七" or "办理" in token.text or (not as_row.alias and "小" not in token.text):
            return key if as_row.number in ("", "七") else None
        return None
    if not as_row.exact and as_row.number and as_row.number not in (number_of(key), group_number_of(key)):
        return None  # a typing error and another number: not the same row
    return key


def is_only_numbered(row: Row) -> bool:
    """The one number of a row (a note, a blank) is its serial number: one more than that of the form's row above it."""
    if row.numbers != 1 or not row.tokens[0].numeric or not row.index:
        return False
    above = Row(row.grid, row.index - 1)
    first = above.tokens[0].value.figure if above.tokens and "row" in above.kinds else None
    return first is not None and row.tokens[0].value.figure == first + 1


def is_piece(text: str) -> bool:
    """The text may be a part of a label that was cut."""
    return bool(text) and not labels_of(text) and len(fold(text)) >= 2


def _is_named_behind(row: Row, count: int) -> bool:
    """A name stands behind a row's first cell and before its ``count`` figures."""
    return any(_is_name(token) for token in row.tokens[1 : len(row.tokens) - count])


def _is_name(token: Token) -> bool:
    return bool(token.text) and not token.numeric and token.value.state != "dash"
