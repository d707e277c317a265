"""What a cell of an OpenDocument sheet keeps out of sight, though its text is written out: noughts that the view does
not show, and figures for which a condition chooses a look that shows nothing.

A condition stands in the cell's style (``style:map``, OpenDocument 1.3 part 3, 16.3). Where it compares the cell with a
number it is applied; of any other it can only be said that the figure may not be shown.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from reports.numerals import NUMERALS, chinese
from reports.readers.odf.styles import Styles, get, name_of
from reports.readers.sheets.sheet import printed

_NUMBERS: Final = ("float", "percentage", "currency")
_COMPARISON = re.compile(r"cell-content\(\)(<=|>=|!=|=|<|>)(-?\d{1,15}(?:\.\d{1,15})?)")
_TESTS: Final[dict[str, Callable[[float, float], bool]]] = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge,
}  # fmt: skip


@dataclass(slots=True)
class SheetSight:
    """Of a file. ``zeros`` is whether noughts are shown, None where its views do not agree."""

    styles: Styles
    zeros: bool | None
    _conditions: dict[str, list[tuple[str, str]]] = field(default_factory=dict)  # by style: those that hide

    def hides(self, cell: Any, style: str) -> bool | None:
        """Whether the figure of a cell with this style is out of sight; None where nobody can tell."""
        value = number_of(cell)
        if value is None:
            return False
        said = [self.zeros if self.zeros is None else not self.zeros] if value == 0 else []
        said += [_is_true(test, value) for test, _ in self._hiding(style)]
        said.append(self.styles.writes_white(style))
        return True if True in said else None if None in said else False

    def _hiding(self, style: str) -> list[tuple[str, str]]:
        if style not in self._conditions:
            self._conditions[style] = [
                (test, look) for test, look in self.styles.conditions(style) if self.styles.shows_nothing(look)
            ]
        return self._conditions[style]


def number_of(cell: Any) -> float | None:
    """The number that a cell holds, whatever it shows; None where it holds none."""
    try:
        return float(get(cell, "value")) if get(cell, "value-type") in _NUMBERS else None
    except ValueError:
        return None


def unwritten(cell: Any, style: str, styles: Styles) -> str:
    """What a cell shows of which libraries store the value or formula only, and no text; empty where it shows nothing.

    A formula without a result is counted when the sheet is opened: something is shown, no blank.
    """
    if any(name_of(each) == "p" for each in cell):
        return ""
    value = number_of(cell)
    if value is not None:
        return "" if styles.may_show_nothing(style) else printed(value)
    formula = get(cell, "formula")
    return f"={formula}" if formula and not get(cell, "value-type") else get(cell, "string-value")


def is_in_words(text: str, value: float) -> bool:
    """Whether a format only writes a number in Chinese numerals, as 一十四 for 14."""
    return not text.isascii() and set(text) <= set(NUMERALS) and chinese(text) == value


def _is_true(condition: str, value: float) -> bool | None:
    match = _COMPARISON.fullmatch("".join(condition.split()))
    return _TESTS[match[1]](value, float(match[2])) if match else None


def shows_zeros(settings: Any | None) -> bool | None:
    """What the settings of a file say of noughts; None where they say both."""
    items = settings.iter("{*}config-item") if settings is not None else ()
    said = {(each.text or "").strip() for each in items if get(each, "name") == "ShowZeroValues"}
    return None if len(said) > 1 else said != {"false"}


def default_styles(columns: list[tuple[Any, int]]) -> list[str]:
    """The styles that cells of a sheet have where they name none, by column."""
    return [get(column, "default-cell-style-name") for column, count in columns for _ in range(count)]


def own_style(cell: Any, row: Any, columns: list[str], at: int) -> str:
    """The style of a cell: its own, that of its row's cells, or that of its column's."""
    named = get(cell, "style-name") or get(row, "default-cell-style-name")
    return named or (columns[at] if at < len(columns) else "")


def is_sheet(table: Any) -> bool:
    """Whether a table is a sheet of a workbook."""
    return name_of(table.getparent()) == "spreadsheet"
