"""Whether the columns of an OpenDocument sheet have room for its numbers: where they have none it shows ``###``.

The text is written out in the file all the same. Widths are in points; a digit is half as wide as its font is high.
"""

from __future__ import annotations

from typing import Any, Final

from reports.readers.flow import Line, TableCell
from reports.readers.odf.styles import Styles
from reports.readers.sheets.room import needed
from reports.readers.sheets.sheet import NO_ROOM

_USUAL_SIZE: Final = 10.0  # points, of a font of which nothing is said
_DIGIT: Final = 0.5


def widths(columns: list[tuple[Any, int]], styles: Styles, named: list[str]) -> list[float | None]:
    """The widths of a sheet's columns, whose styles are ``named``; None where nothing is said."""
    told = [styles.length(name, "column-width") for name in named]
    return [wide for wide, (_, count) in zip(told, columns, strict=True) for _ in range(count)]


def crowd(cell: TableCell, style: str, styles: Styles, columns: list[float | None]) -> bool | None:
    """Puts ``###`` for a number that ``columns``, those of its cell, have no room for, and says so.

    None where a sheet may have room for the figure without its decimals, which it drops then.
    """
    lines = [block for block in cell.blocks if isinstance(block, Line)]
    wide = sum(each for each in columns if each is not None)
    if len(lines) != 1 or None in columns or not lines[0].text[-1:].isdigit() or styles.is_fitted(style):
        return False
    digit = (styles.length(style, "font-size") or _USUAL_SIZE) * _DIGIT
    text = lines[0].text
    if needed(text, 1.0) * digit <= wide:
        return False
    if "." in text and needed(text.partition(".")[0], 1.0) * digit <= wide:
        return None
    lines[0].text = NO_ROOM
    return True
