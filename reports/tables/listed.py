"""Rows of the forms that are written out in one line: ``label：1、2、3``, ``label（1，2，3）``, ``label……1、2、3``,
``label：自然人1件，商业企业0件``, ``label：1件（自然人1件，商业企业0件）``.

Such a line is taken apart only where every piece of it is a value, or a name of the form with its value: a
sentence that mentions a figure is none.
"""

from __future__ import annotations

import functools
import re

from reports.forms import form
from reports.tables.applications_form import COLUMNS
from reports.tables.kind_and_figure import kind_and_figure
from reports.tables.labels import exact_labels
from reports.tables.rows import Token, token_of

_COLON = re.compile("[:：]")
_PARTINGS = ("、", "，", "；", ";", ",", "/", "|", None)  # None: white space
_COMMAS = (",", "，")
_PLAIN_PARTINGS = ("、", "；", ";", *_COMMAS)
_NAMED = re.compile(
    r"(?P<name>[^0-9０-９]*?[^0-9０-９\s:：为])[\s:：为]*(?P<value>[-－—/]|[-+－]?[0-9０-９][0-9０-９,.]*)(?P<unit>[^0-9０-９]{0,2})"
)
_GROUPED = re.compile(r"[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?![0-9０-９])")  # 1,234: one number or two
_ENCLOSED = re.compile(
    r"(?:(?P<label>.*[^\s:：])\s*[:：]?\s*)?[（(【\[](?P<told>[^（()）【】\[\]]*)[）)】\]]\s*[。；;]?"
)
_LEADER = re.compile(
    r"\s*(?:…+|\.{3,}|·{3,}|_{3,}|—{2,}|─{2,}|-+>|=+>|→|＝|=)\s*"
)  # what leads from a label to its figures
_TALLIED = re.compile(
    r"(?P<total>[0-9０-９][0-9０-９,]*[^0-9０-９（(，,]{0,2})[，,]?\s*[（(]\s*(?:其中)?[:：，,]?(?P<parts>[^（()）]+)[）)]"
)
_SENTENCES = re.compile("[；;。\n]")
_BLOCK_TALLY = re.compile(
    r"(?P<label>[^0-9０-９:：]+?)[:：共计\s]*(?P<total>[0-9０-９]+)[件宗起]?[，,]?\s*其中[:：，,]?(?P<parts>.+)",
    re.DOTALL,
)
_OUTCOMES = tuple(str(column["key"]) for column in form("review")["columns"])
_OUTCOME_TOTAL = str(form("review")["columns"][-1]["label"])
_MOST_PIECES = 40
_LONGEST_SENTENCES = 1500  # characters of a line that may be a whole table
_APPLICANTS = tuple(column["label"] for column in form("applications")["columns"])
_MOST_VALUES = 15
_LONGEST = 300  # characters of a line that may be a row


@functools.lru_cache(maxsize=2048)
def written_out(text: str) -> tuple[str, ...]:
    """The cells of a row that is written out in a line, with a line of headings before it where it names each value.

    Nothing for other lines.
    """
    if len(text) > _LONGEST:
        return ()
    if headings := _headings(text):
        return headings
    if enclosed := _ENCLOSED.fullmatch(text):
        label, values = (enclosed["label"] or "").strip(), _values(enclosed["told"])
        if values and (token_of(label).labels if label else len(values) >= len(COLUMNS)):
            return (label, *values) if label else values
    colons = list(_COLON.finditer(text))
    for colon in reversed(colons):
        label, told = text[: colon.start()].strip(), text[colon.end() :].strip().rstrip("。；;")
        if (parts := kind_and_figure(label)) is not None:
            return (*parts, told) if is_value(token_of(told)) else ()
        known = not label or bool(token_of(label).labels)
        if label and known and (tallied := _tallied(told)):
            names, values = tallied
            return (*names, label, *values)
        if (values := _values(told)) and (known or len(values) >= len(COLUMNS)):  # an organ's own row of table 3
            return (label, *values) if label else values
        if label and known and (named := _named(told)):
            names, values = named
            return (*names, label, *values)
    return () if colons else _led(text) or _without_colon(text)


def _led(text: str) -> tuple[str, ...]:
    """``label……1、2、3``, or a label and its figures that arrows, dashes or dots part."""
    for leader in _LEADER.finditer(text):
        label, told = text[: leader.start()].strip(), text[leader.end() :].strip().rstrip("。；;")
        if label and token_of(label).labels and (values := _values(told)):
            return (label, *values)
    return ()


def _without_colon(text: str) -> tuple[str, ...]:
    """``label、1、2、3``, or the figures of a row alone: ``1、2、3``."""
    for parting in _PLAIN_PARTINGS:
        if parting in _COMMAS and (_GROUPED.search(text) or " " in text):
            continue  # it parts thousands
        pieces = [piece.strip() for piece in text.rstrip("。").split(parting)]
        figures = 0
        while figures < len(pieces) and is_value(token_of(pieces[-1 - figures]), blank=True):
            figures += 1
        label = parting.join(pieces[: len(pieces) - figures])
        values = tuple(pieces[len(pieces) - figures :])
        known = bool(token_of(label).labels) if label else figures > (2 if parting in _COMMAS else 1)
        if known and 0 < figures <= _MOST_VALUES and any(values):
            return (label, *values) if label else values
    return ()


def figures_in(text: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The figures of a row that stand in one cell, with their names where it gives them; None for other texts."""
    if len(text) > _LONGEST:
        return None
    if values := _values(text):
        return (), values
    return _named(" ".join(text.replace("\n", "；").split()).rstrip("。；;")) or None


def names_in(text: str) -> tuple[str, ...]:
    """The names of the form that stand in one cell; nothing for other texts."""
    return _headings(text) if len(text) <= _LONGEST else ()


def _values(told: str) -> tuple[str, ...]:
    grouped = _GROUPED.match(told)
    if grouped is not None and not re.search("[0-9０-９]", told[grouped.end() :]) and is_value(token_of(told)):
        return (told,)
    for parting in _PARTINGS:
        pieces = [piece.strip() for piece in told.split(parting)]
        if parting is not None and len(pieces) < 2:
            continue
        if parting in (",", "，") and len(pieces) < len(COLUMNS) and _GROUPED.search(told):
            continue  # no sum tells whether a comma parts two numbers or the thousands of one
        blank = parting in (None, "/", "|")
        counted = not blank or (
            parting is not None and len(pieces) == len(COLUMNS)
        )  # 0//////0: blanks left their marks
        if len(pieces) <= _MOST_VALUES and all(is_value(token_of(piece), counted) for piece in pieces):
            return tuple(pieces) if any(pieces) or (not blank and len(pieces) == len(COLUMNS)) else ()
    return ()


def _named(told: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    pieces = [piece.strip() for piece in re.split("[，；;、]|,(?![0-9]{3})", told) if piece.strip()]
    names: list[str] = []
    values: list[str] = []
    for piece in pieces:
        found = _NAMED.fullmatch(piece)
        if found is None and not exact_labels(piece):
            return None
        names.append(found["name"].strip() if found is not None else piece.rstrip(" :：为"))
        values.append((found["value"] + found["unit"]).strip() if found is not None else "")
    if not any(values) or not all(exact_labels(name) for name in names):
        return None
    return (tuple(names), tuple(values)) if all(is_value(token_of(value), blank=True) for value in values) else None


def _tallied(told: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """``3件（自然人2件，商业企业1件）``: the total before its parts; applicants that it does not name are blank."""
    if (tally := _TALLIED.fullmatch(told)) is None or (named := _named(tally["parts"])) is None:
        return None
    values: dict[str, str] = {}
    for name, value in zip(*named, strict=True):
        column = next((label.key for label in exact_labels(name) if label.kind == "column"), None)
        if column is None or column in values:
            return None
        values[column] = value
    if values.setdefault(COLUMNS[-1], tally["total"].strip()) != tally["total"].strip():
        return None
    return _APPLICANTS, tuple(values.get(column, "") for column in COLUMNS)


@functools.lru_cache(maxsize=2048)
def is_tallied(text: str) -> bool:
    """``予以公开：3件（自然人2件，商业企业1件）``."""
    label, colon, told = text.replace(":", "：").partition("：")
    return bool(colon) and bool(token_of(label).labels) and _tallied(told.strip().rstrip("。；;")) is not None


@functools.lru_cache(maxsize=512)
def in_one_sentence(text: str) -> tuple[str, ...]:
    """The cells of several rows that one line writes out, parted as sentences are; nothing for other lines.

    ``规章本年制发件数：2；规章本年废止件数：0。``, ``行政复议：结果维持1件，结果纠正0件…；行政诉讼…``
    """
    if len(text) > _LONGEST_SENTENCES:
        return ()
    pieces = [piece.strip() for piece in _SENTENCES.split(text) if piece.strip()]
    if not 1 < len(pieces) <= _MOST_PIECES or not any(map(str.isdigit, pieces[0])):
        return ()
    cells: list[str] = []
    for piece in pieces:
        if not (row := written_out(piece) or _of_block(piece)) or row[0] == piece:
            return ()
        cells += row
    return tuple(cells)


def _of_block(text: str) -> tuple[str, ...]:
    """``行政复议3件，其中结果维持2件，结果纠正1件，…``: a block of table 4 with its total before its parts."""
    tally = _BLOCK_TALLY.fullmatch(text)
    if tally is None or (named := _named(tally["parts"])) is None:
        return ()
    names, values = named
    outcomes = {label.key for name in names for label in exact_labels(name) if label.kind == "outcome"}
    block = any(label.kind == "block" for label in exact_labels(tally["label"]))
    if not block or len(names) != len(_OUTCOMES) - 1 or outcomes != set(_OUTCOMES[:-1]):
        return ()
    return (*names, _OUTCOME_TOTAL, tally["label"], *values, tally["total"])


def total_alone(text: str) -> tuple[str, ...]:
    """The cells of ``重复申请：0件`` among rows that tell their parts in brackets: its one figure is the total."""
    label, colon, told = text.replace(":", "：").partition("：")
    value = told.strip().rstrip("。；;")
    token = token_of(value)
    if not colon or token_of(label.strip()).label("row") is None or not is_value(token) or token.value.note:
        return ()
    return (*_APPLICANTS, label.strip(), *("" for _ in COLUMNS[1:]), value)


def _headings(text: str) -> tuple[str, ...]:
    """A line of headings: nothing but names of the form."""
    if token_of(text).labels:
        return ()
    for parting in _PARTINGS:
        pieces = [piece.strip() for piece in text.split(parting)]
        if (
            len(pieces) > (1 if parting is not None else 2)
            and all(pieces)
            and all(exact_labels(piece) for piece in pieces)
        ):
            return tuple(pieces)
    return ()


def is_value(token: Token, blank: bool = False) -> bool:
    """The text prints a number or a dash, or nothing where that counts."""
    return not token.labels and (token.numeric or token.value.state == "dash" or (blank and token.blank))
