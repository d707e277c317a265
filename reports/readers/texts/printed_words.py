"""The words of a line of text with the places that they cover, and the figures that end it."""

from __future__ import annotations

import re
import unicodedata

import msgspec

from reports.readers.texts.cells import FIGURE

_WORD = re.compile(r"[^ \u3000\t|]+")
_NUMBER_OF_A_ROW = re.compile(r"\d{1,2}[.．、]")  # 3. over 其他: where a label is folded behind its number


class Word(msgspec.Struct, frozen=True):
    """A word and where it stands: ``right`` is the first place after it."""

    text: str
    left: int
    right: int


def printed_words(line: str, wide: int) -> list[Word]:
    """The words of a line, where a wide letter takes ``wide`` places: two on a screen, one for programs that count."""
    places = places_of(line, wide)
    return [Word(found[0], places[found.start()], places[found.end()]) for found in _WORD.finditer(line)]


def places_of(line: str, wide: int) -> list[int]:
    """Where each letter of a line stands, and where the line ends."""
    places = [0]
    for char in line:
        places.append(places[-1] + (wide if unicodedata.east_asian_width(char) in "WF" else 1))
    return places


def labels_and_figures(words: list[Word]) -> tuple[list[Word], list[Word]]:
    """The words before the figures that end a line, and the figures."""
    first = len(words)
    while first and FIGURE.match(words[first - 1].text) and not _NUMBER_OF_A_ROW.fullmatch(words[first - 1].text):
        first -= 1
    return words[:first], words[first:]
