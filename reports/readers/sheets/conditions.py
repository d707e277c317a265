"""Conditional formats, as XLSX writes them, that take figures out of sight, as sheets do that hide their noughts.

Of a rule only this is asked: does it write in white on the paper, or in a number format that shows nothing. Where a
rule compares the cell with a number it is applied; of any other it can only be said that figures may not be shown.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from reports.readers.sheets.looks import children, is_bare, is_white
from reports.readers.sheets.number_formats import shown_number

_MOST_RULES: Final = 100
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_SELF = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(<=|>=|<>|=|<|>)(-?\d+(?:\.\d+)?)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_NAMES: Final = {
    "equal": "=", "notEqual": "<>", "lessThan": "<", "greaterThan": ">", "lessThanOrEqual": "<=",
    "greaterThanOrEqual": ">=",
}  # fmt: skip
EVERYWHERE: Final = (0, 0, 1 << 20, 1 << 14)
_TESTS: Final[dict[str, Callable[[float, float], bool]]] = {
    "=": operator.eq, "<>": operator.ne, "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Condition:
    """One rule for one range: first row, first column, last row, last column; ``test`` where it is understood."""

    place: tuple[int, int, int, int]
    test: tuple[str, float] | None

    def hides(self, y: int, x: int, value: float) -> bool | None:
        """Whether the number at a place is out of sight; None where nobody can tell."""
        top, left, bottom, right = self.place
        if not (top <= y <= bottom and left <= x <= right):
            return False
        return None if self.test is None else _TESTS[self.test[0]](value, self.test[1])


def hiding_looks(styles: Any) -> frozenset[int]:
    """The numbers of the ``dxf`` looks in ``xl/styles.xml`` that show nothing."""
    found = set()
    for number, look in enumerate(children(styles, "dxfs")):
        font, fill, format_ = look.find("{*}font"), look.find("{*}fill"), look.find("{*}numFmt")
        bare = fill is None or is_bare(fill)
        white = bare and font is not None and is_white(font.find("{*}color"))
        if white or (format_ is not None and not shown_number(1.0, format_.get("formatCode", "General"), "1")):
            found.add(number)
    return frozenset(found)


def conditions_of(sheet: Any, hiding: frozenset[int]) -> list[Condition]:
    """The rules of a sheet that hide what they are true of."""
    found: list[Condition] = []
    if not hiding:
        return found
    for block in sheet.iter("{*}conditionalFormatting"):
        places = [_place(match) for match in _RANGE.finditer(block.get("sqref", ""))]
        for rule in block:
            number = rule.get("dxfId", "")
            if number.isdecimal() and int(number) in hiding and len(found) < _MOST_RULES:
                test = _test(rule, places)
                found += [Condition(place, test) for place in places]
    return found


def _test(rule: Any, places: list[tuple[int, int, int, int]]) -> tuple[str, float] | None:
    formulas = ["".join((each.text or "").split()) for each in rule.iterfind("{*}formula")]
    if len(formulas) != 1:
        return None
    sign = _NAMES.get(rule.get("operator", ""))
    if rule.get("type") == "cellIs" and sign and _NUMBER.fullmatch(formulas[0]):
        return sign, float(formulas[0])
    own = _SELF.fullmatch(formulas[0])  # B3=0, said of the range's own first cell
    if rule.get("type") == "expression" and own and places and "$" not in formulas[0]:
        first = (int(own[2]) - 1, column_number(own[1]))
        return (own[3], float(own[4])) if len(places) == 1 and first == places[0][:2] else None
    return None


def _place(match: re.Match[str]) -> tuple[int, int, int, int]:
    top, left = int(match[2]) - 1, column_number(match[1])
    if match[3] is None:
        return top, left, top, left
    return top, left, int(match[4]) - 1, column_number(match[3])


def column_letters(number: int) -> str:
    """0 is ``A``, 26 ``AA``."""
    letters = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


def column_number(letters: str) -> int:
    """``A`` is 0, ``AA`` 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
