"""What the external program tesseract makes of a picture: words with their places, in the order in which it read them.

Chinese is read with the model for it, which takes a lone 1 for 工 or |, and 6 for 0; figures are asked for twice more,
in two sizes, with a model of Latin print that may answer with figures only. Two readings must agree on a figure.
"""

from __future__ import annotations

import csv
import io
import os
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from reports.readers.form_words import is_printed
from reports.readers.pdf.page import UNREADABLE, Glyph

PROGRAM: Final = "tesseract"
SURE: Final = 50.0  # per cent that tesseract claims, below which a figure is not taken
SURE_ALONE: Final = 85.0  # the same, where only the model of Latin print has read one

#: How a picture is laid out (``--psm``): lines of all sizes one below the other, or of one size.
PAGE, COLUMN = "4", "6"
CHINESE: Final = ("-l", "chi_sim")
FIGURES: Final = ("-l", "eng", "-c", "tessedit_char_whitelist=0123456789.,-")


class Word(NamedTuple):
    """A word in dots. Top and bottom are its line's: the box of 一 alone is a hair high."""

    text: str
    sure: float  # per cent
    left: int
    right: int
    top: int
    bottom: int

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    def moved(self, right: int, down: int) -> Word:
        return self._replace(
            left=self.left + right, right=self.right + right, top=self.top + down, bottom=self.bottom + down
        )


def words(
    dots: Any, per_inch: float, seconds: float, layout: str, model: tuple[str, ...] = CHINESE, size: float = 1.0
) -> list[Word]:
    """The words of a grey picture, read at ``size`` times its own. Raises OSError or SubprocessError where the program
    fails or takes too long."""
    from PIL import Image

    picture, held = Image.fromarray(dots), io.BytesIO()
    if size != 1.0:
        picture = picture.resize((round(picture.width * size), round(picture.height * size)), Image.Resampling.LANCZOS)
    picture.save(held, "png")
    command = [PROGRAM, "stdin", "stdout", *model, "--dpi", str(round(per_inch * size)), "--psm", layout, "tsv"]
    ran = subprocess.run(command, input=held.getvalue(), capture_output=True, check=True, timeout=seconds,
                         env={**os.environ, "OMP_THREAD_LIMIT": "1"})  # fmt: skip
    found: list[Word] = []
    line: list[Word] = []
    height = (0, 0)
    for row in csv.DictReader(io.StringIO(ran.stdout.decode("utf-8")), delimiter="\t", quoting=csv.QUOTE_NONE):
        left, top, wide, high = (round(int(row[each]) / size) for each in ("left", "top", "width", "height"))
        if row["level"] == "4":
            found += _side_by_side(line)
            line, height = [], (top, top + high)
        elif row["level"] == "5" and (text := (row["text"] or "").strip()):
            line.append(Word(text, float(row["conf"]), left, left + wide, *height))
    return found + _side_by_side(line)


def _side_by_side(line: list[Word]) -> list[Word]:
    """A line's words with boxes that end where the next begins: tesseract's overlap, the places of characters, which
    are all that a page knows of their order, would change."""
    for place in range(len(line) - 1):
        one, two = line[place], line[place + 1]
        if two.left < one.right:
            border = max(one.left + 1, min((one.right + two.left) // 2, two.right - 1))
            line[place] = one._replace(right=border)
            line[place + 1] = two._replace(left=border, right=max(border + 1, two.right))
    return line


def glyphs(found: Iterable[Word]) -> Iterator[Glyph]:
    """Words as characters in dots. A figure that tesseract is not sure of is not readable."""
    for word in found:
        doubtful = any(each.isdigit() for each in word.text) and word.sure < SURE
        step = (word.right - word.left) / len(word.text)
        for place, each in enumerate(word.text):
            left = word.left + step * place
            yield Glyph(UNREADABLE if doubtful else each, left, word.top, left + step, word.bottom)


def agreed(chinese: list[Word], figures: Sequence[list[Word]]) -> list[Word]:
    """One cell's words by the model for Chinese, and its figure as the other model reads it in pictures of two sizes:
    which of them stands. Of a figure two readings must agree."""
    text = _text(chinese)
    if sum(_is_chinese(each) for each in text) > 1:  # the last stroke of 制 is read once more, as a bar
        return [word._replace(text=bare) for word in chinese if (bare := word.text.strip("|"))]
    read = [words[0] for words in figures if len(words) == 1 and any(each.isdigit() for each in words[0].text)]
    if not read:
        return chinese
    spelled = Counter(_plain(each) for each in (text, *(word.text for word in read)) if any(map(str.isdigit, each)))
    ((most, times),) = spelled.most_common(1)
    if any(len(each) > len(most) and _digits(each) == _digits(most) for each in spelled):
        return [read[0]._replace(sure=0.0)]  # the smallest size loses the sign of a figure, or its point
    if times > 1:
        return [next(word for word in read if _plain(word.text) == most)._replace(sure=100.0)]
    if len(spelled) == 1 and read[0].sure >= SURE_ALONE:
        return read
    return [read[0]._replace(sure=0.0)]


def settled(words: list[Word]) -> bool:
    """Whether a cell's words leave no doubt: words of the forms, or a figure on which two readings agreed."""
    if any(_is_chinese(each) for word in words for each in word.text):
        return is_printed(_text(words))
    return bool(words) and all(word.sure >= SURE for word in words)


def known(readings: Iterable[list[Word]]) -> list[Word] | None:
    """The reading of a cell that makes words of the forms; None where none does."""
    return next((words for words in readings if is_printed(_text(words))), None)


def _text(words: Iterable[Word]) -> str:
    return "".join(word.text for word in words)


def _plain(figure: str) -> str:
    return figure.replace(",", "").strip(".")


def _digits(figure: str) -> str:
    return "".join(filter(str.isdigit, figure))


def _is_chinese(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"
