"""The colours that an RTF file names by number: which of them are the paper's."""

from __future__ import annotations

from dataclasses import dataclass, field

from reports.readers.paper import are_paper


@dataclass(slots=True)
class Colours:
    """The table of colours; number 0 is mostly left to the program that shows the file."""

    whites: list[bool] = field(default_factory=list)
    _named: list[tuple[int, ...]] = field(default_factory=list)
    _parts: list[int] = field(default_factory=list)

    def take(self, word: bytes | None, parameter: bytes | None, text: bytes | None) -> None:
        """A word or a text of the table: three parts and a semicolon make a colour."""
        if word in (b"red", b"green", b"blue") and parameter is not None:
            self._parts.append(int(parameter))
        for _ in range((text or b"").count(b";")):
            self.whites.append(are_paper(self._parts))
            self._named.append(tuple(self._parts))
            self._parts = []

    def is_white(self, number: int | None) -> bool:
        """Whether text of this colour has the colour of the paper."""
        return number is not None and 0 <= number < len(self.whites) and self.whites[number]

    def are_one(self, number: int, ground: int) -> bool:
        """Whether letters have the colour of their ground: figures that were blacked out by hand."""
        if not (0 < ground < len(self._named) and 0 <= number < len(self._named)):
            return False
        return (self._named[number] or (0, 0, 0)) == self._named[ground]  # letters without a colour are black

    def is_ground(self, number: int | None) -> bool:
        """Whether a ground of this colour is another than the paper's."""
        return number is not None and number > 0 and not self.is_white(number)
