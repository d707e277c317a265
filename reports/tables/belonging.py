"""Which of the three tables a row belongs to, by its labels alone."""

from __future__ import annotations

import functools
import re

from reports.forms import form
from reports.record import Table
from reports.tables.labels import fold
from reports.tables.rows import OWN_ROWS, Row

_LONGEST_HEADINGS = 200  # characters of a line of headings, the note in the corner included
_YEAR = re.compile("20[0-9]{2}年")
_FIGURES_OF_BLOCK = 5
_DEEPEST_HEADER = 4  # rows of a header, at most
_HEADER_KINDS = frozenset({"column", "column_group"})
_PLAIN_OUTCOMES = frozenset({"upheld", "corrected", "pending"})
_PLAIN_COLUMNS = frozenset({"natural_person", "business", "research", "social_organisation", "legal_service"})


def is_applications_header(row: Row) -> bool:
    """The names of the columns of table 3, or of their groups, without figures."""
    if row.numbers or not row.kinds & _HEADER_KINDS:
        return False
    keys = {label.key for _, label in row.labels("column")}
    of_total = keys == {"total"} and len(row.cells) == 1 and row.index < _DEEPEST_HEADER  # in a table of its own
    named = bool(keys & _PLAIN_COLUMNS) or of_total or "column_group" in row.kinds
    return named and all(label.key in OWN_ROWS for _, label in row.labels("row"))


def applicants_in(text: str) -> list[str]:
    """The kinds of applicants that a line of headings names, in its order: three or more, and no figures."""
    said = text
    if "。" in text:  # 下列数字依次为自然人、科研机构…。
        said = next((part for part in text.split("。") if "商业企业" in part and "科研机构" in part), "")
    if len(said) > _LONGEST_HEADINGS or any(map(str.isdigit, _YEAR.sub("", said))):
        return []
    folded = fold(said)
    places = {key: at for key, label in _applicants() if (at := folded.find(label)) >= 0}
    return sorted(places, key=lambda key: places[key]) if len(places) >= 3 else []


def applicants_beside_figures(row: Row) -> list[str]:
    """The kinds of applicants in a row that holds figures too: a header that ran together with what follows it."""
    if not row.numbers or "column" not in row.kinds:
        return []
    named = [label.key for _, label in row.labels("column") if label.key in _PLAIN_COLUMNS]
    return named if len(named) >= 3 else []


@functools.cache
def _applicants() -> tuple[tuple[str, str], ...]:
    columns = form("applications")["columns"]
    return tuple((column["key"], fold(column["label"])) for column in columns if column["key"] in _PLAIN_COLUMNS)


def has_blank_figures(row: Row) -> bool:
    """A row of table 4 on its side without a figure: one outcome, perhaps its block, and an empty cell or a dash.

    Or one of its blocks with five cells that are all empty or dashes, a dash among them.
    """
    blanks = sum(token.blank or token.value.state == "dash" for token in row.tokens)
    dashed = any(token.value.state == "dash" for token in row.tokens)
    if dashed and blanks >= _FIGURES_OF_BLOCK and row.labels("block") and not row.labels("outcome"):
        return True
    return len(row.labels("outcome")) == 1 and 0 < blanks <= 3 and len(row.tokens) - blanks <= 3


def is_strong(row: Row, table: Table) -> bool:
    """The row carries a label of this table that tables of another kind do not have."""
    labels = [label for token in row.tokens for label in token.labels if label.exact]
    if table == "proactive":
        return any(label.kind in ("figure", "paragraph") for label in labels)
    if table == "applications":
        return any(
            (label.kind == "row" and label.key not in OWN_ROWS)
            or (label.kind == "column" and label.key in _PLAIN_COLUMNS)
            for label in labels
        )
    if any(label.kind == "outcome" and label.key in _PLAIN_OUTCOMES for label in labels):
        return True
    heads = {label.key for _, label in row.labels("outcome")}  # 结果维|持: cut at a page break
    return row.numbers == 0 and (len(heads) >= 3 or len(row.labels("block")) >= 2)


def table_of(row: Row, current: Table | None) -> Table | None:
    """The table whose labels a row carries; None where it carries none that decides."""
    kinds = row.kinds
    if not kinds:
        return None
    if row.of_applications:
        return "applications"
    if "row" in kinds and current == "applications" and row.numbers:
        return "applications"
    if "column" in kinds:
        columns = {label.key for _, label in row.labels("column")}
        if columns & _PLAIN_COLUMNS and (len(columns) > 1 or current == "applications" or "column_group" in kinds):
            return "applications"
    if "outcome" in kinds and any(label.key in _PLAIN_OUTCOMES for _, label in row.labels("outcome")):
        return "review"
    if "block" in kinds and (current != "proactive" or row.numbers == 0):
        return "review"
    if kinds & {"figure", "paragraph", "kind"}:
        return "proactive"
    if "content" in kinds and current == "proactive":
        return "proactive"
    if "column_group" in kinds:
        return "applications"
    if current == "review" and "outcome" in kinds:
        return "review"
    return None
