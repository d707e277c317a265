"""Figures with a note in brackets, or with a unit, on the lines below: in a table without ruled lines."""

from __future__ import annotations

import re
from dataclasses import replace

from reports.readers.pdf.lines import joined
from reports.readers.pdf.unruled.headings import has_note
from reports.readers.pdf.unruled.words import Word, is_figure

_OPEN = re.compile(r"[\d０-９][\d０-９.,，．]*(?:件|条|项|个)?[（(][^）)]*")
_UNIT = re.compile(r"件|条|项|个|元|万元")
_COUNTED = re.compile(r"[\d０-９][\d０-９.,，．]*")
_BEHIND_NOTE = re.compile(r"(.{24,}[）)])([^（(）)]{1,4})")
_FURTHEST = 1.0  # heights of characters between the lines of a note


def with_whole_notes(band: list[list[Word]]) -> list[list[Word]]:
    """The lines of a table with each note whole, in the line where its figure stands: 17（含自然失效|2件）, 10|件."""
    notes: list[Word] = []
    counted: list[Word] = []  # figures that a unit may stand below
    for line in band:
        for word in list(line):
            above = next((note for note in notes if _goes_on(note, word)), None)
            if above is not None:
                above.text = joined(above.text, word.text)
                above.left, above.right = min(above.left, word.left), max(above.right, word.right)
                above.bottom = word.bottom
                line.remove(word)
                if not _OPEN.fullmatch(above.text):
                    notes.remove(above)
            elif _OPEN.fullmatch(word.text):
                notes.append(word)
            elif _UNIT.fullmatch(word.text):
                figure = next((each for each in reversed(counted) if _goes_on(each, word)), None)
                if figure is not None:
                    figure.text += word.text
                    line.remove(word)
            elif _COUNTED.fullmatch(word.text):
                counted.append(word)
    return [line for line in band if line]


def _goes_on(note: Word, word: Word) -> bool:
    """Whether a word stands right below a note whose bracket is open."""
    free = word.top - note.bottom
    return (
        word is not note
        and word.left < note.right
        and word.right > note.left
        and -0.5 < free / max(word.bottom - word.top, 1.0) < _FURTHEST
        and not is_figure(word.text)
    )


def with_parted_notes(band: list[list[Word]]) -> list[list[Word]]:
    """The lines of a table; a heading that stands right behind the note in the corner is a word of its own."""
    return [[part for word in line for part in _parted(word)] for line in band]


def _parted(word: Word) -> list[Word]:
    match = _BEHIND_NOTE.fullmatch(word.text)
    if match is None or not has_note(match[1]):
        return [word]
    at = word.right - (word.right - word.left) * len(match[2]) / len(word.text)
    return [replace(word, text=match[1], right=at - 1), replace(word, text=match[2], left=at)]
