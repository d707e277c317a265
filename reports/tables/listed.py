"""Rows of the forms that are written out in one line: ``label：1、2、3``, ``label：自然人1件，商业企业0件``.

Such a line is taken apart only where every piece of it is a value, or a name of the form with its value: a
sentence that mentions a figure is none.
"""

from __future__ import annotations

import functools
import re

from reports.tables.applications_form import COLUMNS
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
    colons = list(_COLON.finditer(text))
    for colon in reversed(colons):
        label, told = text[: colon.start()].strip(), text[colon.end() :].strip().rstrip("。；;")
        known = not label or bool(token_of(label).labels)
        if (values := _values(told)) and (known or len(values) >= len(COLUMNS)):  # an organ's own row of table 3
            return (label, *values) if label else values
        if label and known and (named := _named(told)):
            names, values = named
            return (*names, label, *values)
    return () if colons else _without_colon(text)


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
        known = bool(token_of(label).labels) if label else figures > 1 and parting not in _COMMAS
        if known and 0 < figures <= _MOST_VALUES and any(values):
            return (label, *values) if label else values
    return ()


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
        if len(pieces) <= _MOST_VALUES and all(is_value(token_of(piece), not blank) for piece in pieces):
            return tuple(pieces) if any(pieces) else ()
    return ()


def _named(told: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    pieces = [piece.strip() for piece in re.split("[，；;、]|,(?![0-9]{3})", told) if piece.strip()]
    found = [_NAMED.fullmatch(piece) for piece in pieces]
    names = tuple(each["name"].strip() for each in found if each is not None)
    values = tuple((each["value"] + each["unit"]).strip() for each in found if each is not None)
    if len(names) < len(pieces) or not names or not all(exact_labels(name) for name in names):
        return None
    return (names, values) if all(is_value(token_of(value)) for value in values) else None


def _headings(text: str) -> tuple[str, ...]:
    """A line of headings: nothing but names of the form."""
    if token_of(text).labels:
        return ()
    for parting in _PARTINGS[:-1]:
        pieces = [piece.strip() for piece in text.split(parting)]
        if len(pieces) > 1 and all(pieces) and all(exact_labels(piece) for piece in pieces):
            return tuple(pieces)
    return ()


def is_value(token: Token, blank: bool = False) -> bool:
    """The text prints a number or a dash, or nothing where that counts."""
    return not token.labels and (token.numeric or token.value.state == "dash" or (blank and token.blank))
