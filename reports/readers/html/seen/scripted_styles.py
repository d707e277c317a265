"""What scripts do to a page's styles: sheets that they write, and the names by which they switch rules of its own.

Whether and when a script runs nobody can tell without a browser: such rules may hold, so what they hide is in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final
from urllib.parse import unquote

from reports.readers.html.seen.style_rules import parted, plain, rules_of

_LONGEST: Final = 200_000  # characters of scripts, and of sheets
_MOST: Final = 200  # rules
_WRITES_SHEETS: Final = re.compile(r"<style|[\"']style[\"']|insertrule|addrule|stylesheet", re.I)
_STRING = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'|`([^`]*)`", re.S)
_ADDED = re.compile(r"addrule\(\s*([\"'])(.*?)\1\s*,\s*([\"'])(.*?)\3", re.I)
_TAG = re.compile(r"<[^>]*>")
#: Where a script names an element: by classes, an id, an attribute.
_NAMES = re.compile(
    r"(?:class(?:name|list)|(?:add|toggle|remove)class|setattribute|toggleattribute)([^;\n]{0,120})"
    r"|\.id\s*=([^;\n=]{0,60})|\.dataset\.(\w+)\s*=",
    re.I,
)
_WORD = re.compile(r"[\w-]{2,40}")
_HIDES = re.compile(r"none|hidden|collapse|opacity|font|indent|clip|width|height|left|top|transform|color", re.I)
_IMPORTED = re.compile(r"@import\s+(?:url\(\s*)?[\"']?data:text/css[^,]*,([^\"')]*\{[^\"']*?\})", re.I)
_NOBODY_KNOWS: Final = "@container scripted{%s}"


def imported(sheets: Iterable[str]) -> list[str]:
    """The sheets that others bring along as data: ``@import "data:text/css,…"``."""
    return [unquote(found[1]) for sheet in sheets if "@import" in sheet for found in _IMPORTED.finditer(sheet)]


def in_doubt(scripts: Sequence[str], sheets: Sequence[str]) -> list[str]:
    """The rules that these scripts may bring to hold, as a sheet of which nobody knows whether it does."""
    code = "\n".join(scripts)[:_LONGEST]
    rules = _written(code) if _WRITES_SHEETS.search(code) else []
    rules += _switched(_named(code), sheets)
    return [_NOBODY_KNOWS % rule for rule in rules[:_MOST]]


def _written(code: str) -> list[str]:
    """The rules that stand in a script's strings."""
    strings = (next(filter(None, found.groups()), "") for found in _STRING.finditer(code))
    rules = [plain(_TAG.sub("", each)) for each in strings if "{" in each and "}" in each]
    return rules + [f"{found[2]}{{{found[4]}}}" for found in _ADDED.finditer(code)]


def _named(code: str) -> frozenset[str]:
    """The classes, ids and attributes that a script gives to elements."""
    return frozenset(
        word.lower()
        for found in _NAMES.finditer(code)
        for said in found.groups()
        if said
        for word in _WORD.findall(said)
    )


def _switched(names: frozenset[str], sheets: Sequence[str]) -> list[str]:
    """The rules for what stands in an element of one of these names (``.js .k``), as those for it anywhere (``.k``)."""
    rules = []
    for sheet in sheets if names else ():
        for selectors, declarations, _ in rules_of(plain(sheet[:_LONGEST])):
            if _HIDES.search(declarations) is None:
                continue
            for selector in parted(selectors):
                around, _, last = selector.strip().rpartition(" ")
                told = {name.lower().removeprefix("data-") for name in _WORD.findall(around)}
                if around and not told.isdisjoint(names | {name.removeprefix("data-") for name in names}):
                    rules.append(f"{last}{{{declarations}}}")
    return rules
