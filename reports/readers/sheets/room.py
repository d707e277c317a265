"""Whether a column has room for a number: where it has none a sheet shows ``###`` and the figure nowhere.

Widths are counted in digits of the default font, as [ECMA-376] part 1, 18.3.1.13 has them. A figure is told to
have no room only where its digits alone, without the margin that programs keep, are wider than the column.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

DEFAULT_WIDTH: Final = 9.0  # digits, of a column of which nothing is said; between 8.4 and 9.1 by the font
_OTHER_SIGNS: Final = 0.4  # of a digit: points, commas and minus signs
_FULL_WIDTH: Final = 2.0
_OTHER_SIZE: Final = 0.93  # fonts of another size are not scaled to the hair
_LEAST_POINTS: Final = 1.0


@dataclass(slots=True)
class Room:
    """Of a sheet: the widths of its columns, and those figures that are wider than their own column."""

    widths: dict[int, float] = field(default_factory=dict)
    otherwise: float = DEFAULT_WIDTH
    tight: dict[tuple[int, int], tuple[float, float]] = field(default_factory=dict)  # the least and the whole need

    def of(self, left: int, right: int) -> float:
        """The width of neighbouring columns together, in digits."""
        return sum(self.widths.get(x, self.otherwise) for x in range(left, right + 1))

    def note(self, y: int, x: int, text: str, scale: float, *, rounds: bool) -> None:
        """Takes in what a number shows; ``rounds``: its format drops decimals that have no room."""
        wide = self.widths.get(x, self.otherwise)
        if len(text) * scale * _FULL_WIDTH <= wide:
            return
        whole = needed(text, scale)
        if whole > wide:
            self.tight[y, x] = needed(text.partition(".")[0], scale) if rounds else whole, whole


def needed(text: str, scale: float) -> float:
    """The least width of a number, in digits; ``scale`` is its font's size by the default one's, 0 where fitted."""
    wide = sum(1.0 if "0" <= sign <= "9" else _OTHER_SIGNS if sign < "\x7f" else _FULL_WIDTH for sign in text)
    return wide * scale * (1.0 if scale in (0.0, 1.0) else _OTHER_SIZE)


def scale_of(points: float, default: float, *, fits: bool) -> float:
    """A font's size by the default one's; 0 where the cell shrinks or turns its text, 1 where a size is not known."""
    if fits:
        return 0.0
    return points / default if points >= _LEAST_POINTS and default >= _LEAST_POINTS else 1.0


def width(written: str | None) -> float | None:
    """A width as a file writes it; None where it writes none."""
    try:
        return float(written) if written else None
    except ValueError:
        return None
