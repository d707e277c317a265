"""One printed cell as a value: number, blank, dash, number with a note, or unreadable. Nothing is guessed.

A text that could be read in two ways is unreadable, or ``tentative`` where a sum of the form may settle it
(``1 6``: sixteen with a gap, or two figures): see ``reports.tables.settle``.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import msgspec

import data
from reports.readers.typeset import PARTS_THOUSANDS
from reports.record import Number, State
from reports.tables.labels import fold_characters

_NO_NUMBER: Final = "not a number of the form"
_LONGEST_MARKED = 40  # characters of a figure with a footnote's mark
_MUCH: Final = 100_000  # 万元: what hardly any organ took in fees; without any unit it will be in 元
_DIGITS_AT_MOST = 13  # more than a million million 件: two figures run together


class Value(msgspec.Struct, frozen=True):
    """What one cell says. ``number`` is None for blanks, dashes and what cannot be read.

    ``unit`` is a money unit printed in the cell, which ``number`` is then counted in; ``note`` is what stood beside the
    number; ``tentative`` marks a reading that needs the confirmation of a sum.
    """

    state: State
    number: Decimal | int | None = None
    note: str | None = None
    unit: str | None = None
    tentative: bool = False
    reason: str = ""

    @property
    def figure(self) -> Number | None:
        """The number as a record holds it: a whole number as int."""
        return self.number if self.number.__class__ is int else plain(self.number)


BLANK = Value("blank")


def plain(number: Decimal | int | None) -> Number | None:
    """A decimal as int where it is whole, else as float."""
    if number is None or isinstance(number, int):
        return number
    return int(number) if number == number.to_integral_value() else float(number)


def as_count(value: Value) -> Value:
    """A count: a dot before its last three digits (1.856) may part thousands, if the sums over it say so."""
    number = value.number
    if isinstance(number, Decimal) and parts_thousands(number):
        return msgspec.structs.replace(value, number=int(number * 1000), tentative=True)
    return value


def parts_thousands(number: Decimal) -> bool:
    """Whether the point in a number could part its thousands."""
    return number.as_tuple().exponent == -3 and 1 <= abs(number) < 1000


def to_10k_yuan(value: Value, header_unit: str | None) -> Value:
    """A money cell in 万元. The unit in the cell goes before the unit in the header (元, 万元 …)."""
    unit = value.unit or header_unit
    if not value.number:
        return value  # nothing is nothing in any unit
    if unit is None:
        return value if value.number < _MUCH else _unreadable("no unit is named of so much money")
    if unit == "?":
        return _unreadable("the heading names two units")
    factor = _words().money.get(unit)
    if factor is None or factor == 1:
        return value
    return Value(value.state, value.number * factor, value.note or f"{unit}", unit, value.tentative, value.reason)


def counted_in(heading: str) -> str | None:
    """The unit of a heading, or of a label, that counts in more than ones: 处理决定数量（万件）."""
    unit = _MULTIPLES.search("".join(heading.split()))
    return unit[0] if unit else None


def in_ones(value: Value, unit: str, text: str) -> Value:
    """A count under a heading that counts in 万件: 12.5 is 125 000. The unit in the cell goes before it: 37件 is 37."""
    if not value.number or (value.note and "万" in value.note) or is_counter(_AMOUNT.sub("", text)):
        return value
    if unit[:-1] != "万":
        return _unreadable(f"the heading counts in {unit}")
    told = " ".join(part for part in (value.note, unit) if part)
    return msgspec.structs.replace(value, state="annotated", number=value.number * 10_000, note=told)


def in_unit(value: Value, unit: str | None, text: str) -> Value:
    """A figure of table 2 by the unit that its heading gives it, of money or of counts; ``text``: the cell's."""
    return in_ones(value, unit, text) if unit and _MULTIPLES.fullmatch(unit) else to_10k_yuan(value, unit)


def read_value(text: str) -> Value:
    """The value of a cell's text as a reader gives it (stripped, line breaks as ``\\n``)."""
    if not text:
        return BLANK
    if text.isascii() and text.isdigit() and len(text) <= _DIGITS_AT_MOST and (text[0] != "0" or len(text) == 1):
        return Value("number", int(text))
    return _read(text)


def spelled(value: Value, text: str) -> Value:
    """A figure that a cell spells with one Chinese digit (三), if the sums over it say so."""
    number = _words().spelled.get(text.strip()) if value.reason == _NO_NUMBER else None
    return value if number is None else Value("annotated", number, text.strip(), tentative=True)


def is_counter(text: str) -> bool:
    """Whether a cell prints what is counted (件) and no figure; of money the unit would change the figure beside it."""
    return text.strip("()（） ") in _words().counters


def is_unit(text: str) -> bool:
    """Whether a cell prints nothing but a unit: 件, 万件, 万元."""
    bare = text.strip("()（） ")
    return bare in _words().counters or bare in _words().money or bool(_MULTIPLES.fullmatch(bare))


_SHOWN_SPACE = re.compile("&(?:amp;)?(?:nbsp|ensp|emsp|thinsp|#160|#xa0);?", re.I)
_MULTIPLES = re.compile("[百千万亿]+[件项条次个宗]")
_AMOUNT = re.compile(r"[\d,.，．\s]+万?")  # what stands before a cell's own unit
#: What Unicode says of numbers that point to no footnote: 1½, 1₂ and 1⒉, unlike 5², 5① and 5⑴.
_PART_OF_A_NUMBER = re.compile(r"<fraction>|<sub>|<compat>.* 002E$")
_NARROW_PARTED = re.compile(f"(?<![0-9])[0-9]{{1,3}}(?:{PARTS_THOUSANDS}[0-9]{{3}})+(?![0-9])")
_FIGURE_IN_BRACKETS = re.compile(r"[(【]\s*[-+]?[0-9][0-9,.]*[0-9]\s*[)】]")
_MARKED_DASH = re.compile(r"([^\[\]]{1,6})(\[[^\[\]]{1,2}\])")
_FOOTNOTE = re.compile(r"([^\[(（【〔]+)([\[(（【〔][^\])）】〕]{1,6}[\])）】〕])")


@dataclass(frozen=True)
class _Words:
    dash_marks: frozenset[str]
    dash_words: frozenset[str]
    counters: frozenset[str]
    money: dict[str, Decimal]
    nought: frozenset[str]
    spelled: dict[str, int]
    doubtful: tuple[str, ...]
    shape: re.Pattern[str]
    minus: frozenset[str]
    marked: re.Pattern[str]  # a number with a footnote's mark


def _alternatives(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@functools.cache
def _words() -> _Words:
    loaded = data.load_yaml("forms/cells.yaml")
    minus = [unicodedata.normalize("NFKC", word) for word in loaded["minus"]]
    signs = _alternatives([*loaded["plus"], *minus])
    units = _alternatives([*loaded["counters"], *loaded["money"], "万件", "万条", "万次"])
    marks = unicodedata.normalize("NFKC", loaded["footnote_marks"])
    shape = re.compile(
        rf"(?P<estimate>{_alternatives(loaded['estimates'])})?(?P<currency>[¥￥]|人民币)?(?:共|计|共计)?"
        rf"(?P<sign>{signs})?(?P<digits>[0-9][0-9, ]*(?:\.[0-9]+)?|\.[0-9]+)\s*(?P<unit>{units})?"
        r"(?P<tail>[。；;.]|(?P<note>\s*(?:\(.*\)|\[.*\]|【.*】|[,;]\s*其中.*)\s*))?",
        re.DOTALL,
    )
    return _Words(
        dash_marks=frozenset(loaded["dash_marks"]) | frozenset("-/"),
        dash_words=frozenset(loaded["dash_words"]),
        counters=frozenset(loaded["counters"]),
        money={unit: Decimal(factor) for unit, factor in loaded["money"].items()},
        nought=frozenset(loaded["nought"]),
        spelled={digit: number for number, digit in enumerate(loaded["spelled"], 1)},
        doubtful=tuple(loaded["doubtful_notes"]),
        shape=shape,
        minus=frozenset(minus),
        marked=re.compile(rf"(?P<before>(?:[*＊※△▲☆★])?)\s?(?P<rest>.+?)\s?(?P<behind>(?:{marks})?)", re.DOTALL),
    )


def _unreadable(reason: str) -> Value:
    return Value("unreadable", reason=reason)


@functools.lru_cache(maxsize=8192)
def _read(text: str) -> Value:
    words = _words()
    if "&" in text:  # escaped twice: the page shows 12&nbsp;
        text = _SHOWN_SPACE.sub(" ", text).strip()
    if any(unicodedata.category(char) == "No" for char in text):
        if (noted := _FOOTNOTE.fullmatch(text)) and not any(word in noted[2] for word in words.doubtful):
            value = read_value(noted[1].strip())  # 5[①]
            if value.state in ("number", "annotated"):
                return Value("annotated", value.number, noted[2], value.unit, value.tentative)
            if value.state == "dash":
                return Value("dash", note=noted[2])
        bare = text.rstrip("".join(char for char in text if unicodedata.category(char) == "No"))
        if bare == text or not bare.strip() or any(unicodedata.category(char) == "No" for char in bare):
            return _unreadable("a superscript, circled number or fraction")
        if any(_PART_OF_A_NUMBER.match(unicodedata.decomposition(char)) for char in text[len(bare) :]):
            return _unreadable("a superscript, circled number or fraction")
        value, mark = read_value(bare.strip()), text[len(bare) :]  # 5² is 5 with a footnote, not 52
        if value.state not in ("number", "annotated"):
            return _unreadable("a superscript, circled number or fraction")
        note = f"{value.note} {mark}" if value.note else mark
        return Value("annotated", value.number, note, value.unit, value.tentative)
    folded = fold_characters(_NARROW_PARTED.sub(lambda parted: parted[0].replace(PARTS_THOUSANDS, ","), text))
    if "\u202e" in text or "\u202d" in text:
        return _unreadable("the digits are set from right to left")
    folded = "".join(char for char in folded if unicodedata.category(char) != "Cf").strip().strip("'‘’`")
    if not folded.strip():
        return BLANK
    solid = "".join(folded.split())
    if all(char in words.dash_marks for char in solid) or solid.rstrip("。") in words.dash_words:
        return Value("dash")
    if (noted := _MARKED_DASH.fullmatch(solid)) and all(char in words.dash_marks for char in noted[1]):
        return Value("dash", note=noted[2])  # a dash with a footnote
    if solid in words.nought:
        return Value("number", Decimal(0), note=solid)
    return _read_shape(folded, words)


def _read_shape(folded: str, words: _Words) -> Value:
    spaced = re.sub(r"\s+", " ", folded)
    found = words.shape.fullmatch(spaced)
    marked = words.marked.fullmatch(spaced) if found is None and len(spaced) <= _LONGEST_MARKED else None
    if marked is not None and words.shape.fullmatch(marked["rest"]):
        value = _read_shape(marked["rest"], words)
        if value.number is None:
            return value
        told = " ".join(part for part in (value.note, marked["before"], marked["behind"]) if part)
        return Value("annotated", value.number, told, value.unit, value.tentative)
    if found is None:
        return _unreadable(_NO_NUMBER)
    note = (found["note"] or "").strip() or None
    if note and any(word in note for word in words.doubtful):
        return _unreadable("a note changes the number")
    if note and _FIGURE_IN_BRACKETS.fullmatch(note):
        return _unreadable("a second figure in brackets")  # (1) and [12] may be a footnote's mark, (15) hardly
    digits = found["digits"].rstrip(" ,") if not found["unit"] else found["digits"].strip()
    if found["digits"].rstrip(" ") != found["digits"].rstrip(" ,"):
        return _unreadable("a comma without digits after it")
    tentative = " " in digits
    digits = digits.replace(" ", "")
    if "," in digits:
        if not re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", digits):
            return _unreadable("a comma that does not part thousands")
        digits = digits.replace(",", "")
    whole = digits.partition(".")[0]
    if len(whole) > _DIGITS_AT_MOST:
        return _unreadable("too many digits for one figure")
    if len(whole) > 1 and whole[0] == "0" and digits.strip("0."):
        tentative = True
    number = Decimal(digits)
    if found["sign"] in words.minus:
        number = -number
    unit = found["unit"]
    extra = [found["estimate"], note]
    if unit in ("万件", "万条", "万次"):
        number, extra, unit = number * 10000, [*extra, unit], None
    said = " ".join(part for part in extra if part) or None
    money = unit if unit in words.money else None
    return Value("annotated" if said else "number", number, said, money, tentative)
