"""Texts of a workbook whose parts do not look alike: a raised mark, or struck or white digits, beside the figure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from reports.readers.marks import Printed


class Font(NamedTuple):
    """What a font does to figures."""

    white: bool = False
    struck: bool = False
    raised: bool = False


PLAIN_FONT = Font()


class Rich(NamedTuple):
    """A text as a cell shows it that has a ground of its own, and as one shows it that has the paper's."""

    grounded: str
    bare: str


def rich(runs: Iterable[tuple[str, Font]]) -> str | Rich:
    """A text in runs; no more than the text itself where no run looks as if it were none."""
    held = list(runs)
    if not any(any(font) for _, font in held):
        return "".join(text for text, _ in held)
    return Rich(_printed(held), _printed([(text, font) for text, font in held if not font.white]))


def _printed(runs: list[tuple[str, Font]]) -> str:
    printed = Printed(bracket=True)
    for text, font in runs:
        printed.add(text, raised=font.raised, struck=font.struck)
    return printed.text()
