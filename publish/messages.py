"""What the messages of problems and checks say in Chinese: ``data/texts/messages.yaml`` has the words.

Programs write them in English, once, into the database; the site says them in the reader's language.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

import markupsafe

import data
from publish.explain import likely_cells, rule_text
from publish.language import current
from reports import forms

LONGEST = 2000  # characters of a message that are looked at: a portal's text may be part of it
_GAP = re.compile(r"\{(\w+)\}")
_KEY = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*")


def said(message: str | None) -> markupsafe.Markup:
    """A message for a page: in Chinese where that is spoken and the form is known, else marked as English."""
    if not message:
        return markupsafe.Markup("")
    if current.get() == "en":
        return markupsafe.escape(message)
    chinese = in_chinese(message)
    if chinese is None:
        return markupsafe.Markup('<span lang="en">{}</span>').format(message)
    return markupsafe.escape(chinese)


def in_chinese(message: str) -> str | None:
    """The message in Chinese; None where its form is not known."""
    cells = likely_cells(message)
    if cells:
        return "；".join(words for _, words in cells)
    if len(message) > LONGEST:
        return None
    for form, chinese in _forms():
        found = form.fullmatch(message)
        if found:
            return chinese.format(**{gap: _named(told) for gap, told in found.groupdict().items()})
    return None


@functools.cache
def _forms() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Each English form as a pattern, with its Chinese: forms with more words of their own go first."""
    known: dict[str, str] = data.load_yaml("texts/messages.yaml")
    ordered = sorted(known, key=lambda english: -len(_GAP.sub("", english)))
    return tuple((re.compile("".join(_parts(english)), re.DOTALL), known[english]) for english in ordered)


def _parts(english: str) -> Iterator[str]:
    at = 0
    for gap in _GAP.finditer(english):
        yield re.escape(english[at : gap.start()])
        yield f"(?P<{gap[1]}>.*?)"
        at = gap.end()
    yield re.escape(english[at:])


def _named(told: str) -> str:
    """A key of the forms, or several with commas between, by their official labels; whatever else, as it stands."""
    if _KEY.fullmatch(told):
        return _labels().get(told) or (rule_text(told)["label"] if "." in told else told)
    parts = told.split(", ")
    return "、".join(_labels()[part] for part in parts) if all(part in _labels() for part in parts) else told


@functools.cache
def _labels() -> dict[str, str]:
    """Chinese labels by key: of tables, rows and columns, and of whole figures (table.row.column, row_column)."""
    found: dict[str, str] = {}
    for figure in forms.figures():
        for key in (f"{figure.table}.{figure.row}.{figure.column}", figure.code, figure.code.partition("_")[2]):
            found.setdefault(key, f"“{figure.label}”")
    for table in forms.TABLES:
        found[table] = f"“{forms.form(table)['label']}”"
    for part in (*forms.form("applications")["rows"], *forms.form("applications")["columns"],
                 *forms.form("review")["rows"], *forms.form("review")["columns"], *_blocks()):  # fmt: skip
        found.setdefault(part["key"], part["label"])
    return found


def _blocks() -> Iterator[dict[str, str]]:
    for blocks in forms.form("proactive")["generations"].values():
        for block in blocks:
            yield from block["rows"]
            yield from block["columns"]
