"""Rows between bars whose labels are folded into several lines, with no rule between the rows.

A line goes on with the row above where every text in it stands below one that fills its column, and where it holds
fewer texts, no figure and no number of a row: a row of its own whose figures are blank would begin with its number.
"""

from __future__ import annotations

import re
import unicodedata

from reports.readers.texts.cells import FIGURE

#: How rows of the forms begin: （三）, 2., ③, 第二十条.
NUMBERED = re.compile(r"^第?[（(]?[一二三四五六七八九\d①-⑩]{1,2}[)）.．、十]")
_SPARE = 1  # letters: programs that count a wide letter as one place break lines a little before the edge


def unfolded(lines: list[str]) -> list[str]:
    """The lines with those that go on with the one above joined to it."""
    rows = [[piece.strip() for piece in line.split("|")] for line in lines]
    widest: dict[tuple[int, int], tuple[int, int]] = {}  # of rows of so many pieces, in this place: letters and places
    for row in rows:
        for place, text in enumerate(row):
            letters, places = widest.get((len(row), place), (0, 0))
            widest[len(row), place] = (max(letters, len(text)), max(places, _size(text)))
    found: list[str] = []
    above: list[str] = []
    for line, texts in zip(lines, rows, strict=True):
        if len(texts) == len(above) and _goes_on(texts, above, widest):
            told = [piece.strip() for piece in found[-1].split("|")]
            found[-1] = "|".join(one + other for one, other in zip(told, texts, strict=True))
        else:
            found.append(line)
        above = texts
    return found


def _goes_on(texts: list[str], above: list[str], widest: dict[tuple[int, int], tuple[int, int]]) -> bool:
    written = [place for place, text in enumerate(texts) if text]
    return 0 < len(written) < sum(bool(text) for text in above) and all(
        above[place]
        and not FIGURE.match(texts[place])
        and not FIGURE.match(above[place])
        and not NUMBERED.match(texts[place])
        and _fills(above[place], widest[len(texts), place])
        for place in written
    )


def _fills(text: str, widest: tuple[int, int]) -> bool:
    letters, places = widest
    return len(text) + _SPARE >= letters or _size(text) + 2 * _SPARE >= places


def _size(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
