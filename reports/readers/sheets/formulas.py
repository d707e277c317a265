"""What formulas give whose results their program did not store: sums and the four operations over cells of one sheet.

Libraries write formulas and leave the counting to the program that opens the file; what they store meanwhile is
nothing or nought. Of any other formula, of texts in it and of other sheets nothing is said: its cell is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from reports.readers.sheets.conditions import column_number
from reports.readers.sheets.sheet import Sheet

Place = tuple[int, int]  # row and column from 0

_MOST_STEPS: Final = 400_000  # cells looked at, of a sheet: a report's sums look at two thousand
_DEEPEST: Final = 12  # formulas upon formulas that are not known yet
_MOST_BRACKETS: Final = 8  # in brackets
_LONGEST: Final = 1_000
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d*)?|\.\d+)|(?P<range>\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?)(?![\w(!.])"
    r"|(?P<sum>SUM\()|(?P<sign>[-+*/(),%]))",
    re.I,
)
_CORNER = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})", re.I)


class _UnknownError(Exception):
    """The formula says something that is not understood, or gives no number."""


@dataclass(slots=True)
class Formulas:
    """Of one sheet: its numbers, the places of its texts, and its formulas without the sign of equality."""

    numbers: dict[Place, float]
    texts: set[Place]
    formulas: dict[Place, str]
    _known: dict[Place, float | None] = field(default_factory=dict)
    _left: int = _MOST_STEPS

    def result(self, place: Place, depth: int = 0) -> float | None:
        """What the formula at a place gives; None where that is not known."""
        if place not in self._known:
            self._known[place] = None  # for a formula that asks for itself
            try:
                self._known[place] = _Term(self, self.formulas[place], depth).whole()
            except (_UnknownError, ZeroDivisionError, OverflowError):
                return None
        return self._known[place]

    def at(self, place: Place, depth: int) -> float | None:
        """The number at a place, None where a text or nothing is."""
        self._left -= 1
        if self._left < 0 or depth > _DEEPEST:
            raise _UnknownError
        if place in self.formulas:
            found = self.result(place, depth + 1)
            if found is None:
                raise _UnknownError
            return found
        return self.numbers.get(place)


@dataclass(slots=True)
class _Term:
    """One formula, read from left to right."""

    sheet: Formulas
    text: str
    depth: int
    at: int = 0
    brackets: int = 0

    def whole(self) -> float:
        if len(self.text) > _LONGEST:
            raise _UnknownError
        value = self._sum()
        if self.text[self.at :].strip():
            raise _UnknownError
        return value

    def _next(self, *signs: str) -> str | None:
        """The next sign, if it is one of these."""
        match = _TOKEN.match(self.text, self.at)
        if match is None or match["sign"] not in signs:
            return None
        self.at = match.end()
        return match["sign"]

    def _sum(self) -> float:
        value = self._product()
        while (sign := self._next("+", "-")) is not None:
            other = self._product()
            value = value + other if sign == "+" else value - other
        return value

    def _product(self) -> float:
        value = self._factor()
        while (sign := self._next("*", "/", "%")) is not None:
            if sign == "%":
                value /= 100
            else:
                other = self._factor()
                value = value * other if sign == "*" else value / other
        return value

    def _factor(self) -> float:
        negative = False
        while (sign := self._next("+", "-")) is not None:
            negative ^= sign == "-"
        value = self._operand()
        return -value if negative else value

    def _operand(self) -> float:
        match = _TOKEN.match(self.text, self.at)
        if match is None:
            raise _UnknownError
        self.at = match.end()
        if match["number"]:
            return float(match["number"])
        if match["range"] and ":" not in match["range"]:
            (place,) = _places(match["range"])
            if place in self.sheet.texts:
                raise _UnknownError
            return self.sheet.at(place, self.depth) or 0.0
        if match["sum"] or match["sign"] == "(":
            self.brackets += 1
            if self.brackets > _MOST_BRACKETS:
                raise _UnknownError
            value = self._arguments() if match["sum"] else self._sum()
            if self._next(")") is None:
                raise _UnknownError
            self.brackets -= 1
            return value
        raise _UnknownError

    def _arguments(self) -> float:
        """What stands between the brackets of ``SUM``, which passes over texts in ranges."""
        value = 0.0
        while True:
            match = _TOKEN.match(self.text, self.at)
            if match is not None and match["range"] and self.text[match.end() :].lstrip()[:1] in (",", ")"):
                self.at = match.end()
                value += sum(self.sheet.at(place, self.depth) or 0.0 for place in _places(match["range"]))
            else:
                value += self._sum()
            if self._next(",") is None:
                return value


def _places(written: str) -> Iterator[Place]:
    first, _, last = written.partition(":")
    (top, left), (bottom, right) = _corner(first), _corner(last or first)
    for y in range(min(top, bottom), max(top, bottom) + 1):
        for x in range(min(left, right), max(left, right) + 1):
            yield y, x


def _corner(written: str) -> Place:
    match = _CORNER.fullmatch(written)
    if match is None:
        raise _UnknownError
    return int(match[2]) - 1, column_number(match[1].upper())


@dataclass(slots=True)
class Uncounted:
    """The cells of a sheet as they are read, until what its formulas show is settled.

    ``anew`` is whether the program that opens the file counts formulas in any case, whatever results are stored.
    """

    anew: bool
    _numbers: dict[Place, float] = field(default_factory=dict)
    _texts: set[Place] = field(default_factory=set)
    _formulas: dict[Place, tuple[str, float | str | None]] = field(default_factory=dict)

    def value(self, y: int, x: int, value: object) -> None:
        """Takes in what a cell without a formula holds."""
        if isinstance(value, int | float) and not isinstance(value, bool):
            self._numbers[y, x] = value
        else:
            self._texts.add((y, x))

    def formula(self, y: int, x: int, formula: str, stored: float | str | None) -> bool:
        """Takes in a formula with its stored result, None where there is none; whether the result is what is shown."""
        if self.anew or stored in (None, 0):
            self._formulas[y, x] = formula, stored
            return False
        self.value(y, x, stored)
        return True

    def settle(self, sheet: Sheet) -> None:
        """Puts into the sheet what the other formulas show: a result, or themselves where nobody can tell."""
        known = Formulas(self._numbers, self._texts, {place: text for place, (text, _) in self._formulas.items()})
        for place, (formula, stored) in self._formulas.items():
            result = known.result(place)
            if result is None:
                unknown = stored is None or (self.anew and stored in ("", 0))
            else:
                unknown = stored == 0 != result and not self.anew  # one of the two is out of date
            sheet.put(*place, f"={formula}" if unknown else stored if result is None else result)
            sheet.unlike.add(place)
